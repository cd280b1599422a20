"""Judges one act: whose key Procountor saw, and whose words Slack was given to show to whom.

It knows who belongs to which company, and which company a handle was first shown for; it asks nothing of the bot.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from isolation_world import USERS, Firm, World

from sandbox.slack.server import PracticeSlack

CUT = 600  # signs of what was shown that a failure quotes
CHOOSER = "company.be"  # the one element that names several companies, all of them the reader's own
SILENT = frozenset({"auth.test", "users.info", "conversations.open", "files.info", "oauth.v2.access"})


@dataclass(frozen=True)
class Shown:
    """One thing given to Slack: for whom, and all of it."""

    team: str
    users: frozenset[str]
    what: str
    body: Any


@dataclass(frozen=True)
class Handle:
    """Something pressable as it was shown: where, for which company."""

    team: str
    company: str
    action: str
    value: str
    block: str
    meta: str
    callback: str
    kind: str


class Leak(AssertionError):
    """What must never be."""


@dataclass
class Judge:
    world: World
    handles: list[Handle] = field(default_factory=list)
    known: dict[tuple[str, str], str] = field(default_factory=dict)  # workspace and token → the company shown for
    counts: Counter[str] = field(default_factory=Counter)
    _seen: set[tuple[str, str, str, str]] = field(default_factory=set)
    _typed: str = ""

    def __post_init__(self) -> None:
        self.world.procountor.world.journal.recording = True
        for slack in self.world.slacks.values():
            slack.world.recording = True

    @contextmanager
    def watching(self, what: str, team: str, allowed: list[Firm], actor: str = "", typed: str = "") -> Iterator[None]:
        """Everything that reaches either practice server meanwhile must be about one of ``allowed``.

        ``typed`` are the actor's own words, which may be given back to him.
        """
        self._typed = typed.casefold()
        requests = self.world.procountor.world.journal.requests
        for slack in self.world.slacks.values():
            slack.world.heard.clear()
            slack.world.acks.clear()
        requests.clear()
        yield
        self._keys(what, allowed)
        for slack in self.world.slacks.values():
            for shown in self._shown(slack, actor):
                self._words(what, team, allowed, shown)

    def loosely(self) -> None:
        """Of everything so far, whatever it came from: right keys with right words, and nobody shown another's."""
        self._typed = ""
        self._keys("all at once", list(self.world.firms))
        for slack in self.world.slacks.values():
            team = slack.workspace.team_id
            for shown in self._shown(slack, ""):
                self._words("all at once", team, [f for f in self.world.firms if f.team == team], shown)

    def _keys(self, what: str, allowed: list[Firm]) -> None:
        right = {(firm.number, firm.word): firm for firm in allowed}
        for request in self.world.procountor.world.journal.requests:
            self.counts["requests to Procountor"] += 1
            firm = right.get((request.company, request.key))
            if firm is None:
                raise Leak(f"{what}: {request.route} with the key of {request.key}")
            foreign = self._words_of(request.body.decode("utf-8", "replace")) - {firm.id}
            if foreign:
                raise Leak(f"{what}: {request.route} of {firm.word} carries words of {self._named(foreign)}")

    def _words(self, what: str, team: str, allowed: list[Firm], shown: Shown) -> None:
        self.counts["things given to Slack"] += 1
        if shown.team != team:
            raise Leak(f"{what}: {shown.what} in another workspace, {shown.team}")
        told = json.dumps(_without_chooser(shown.body), ensure_ascii=False)
        found = self._words_of(told)
        if found - {firm.id for firm in allowed}:
            raise Leak(
                f"{what}: {shown.what} shows {self._named(found)} and not {[f.word for f in allowed]}: {told[:CUT]}"
            )
        if len(found) > 1:
            raise Leak(f"{what}: {shown.what} mixes {self._named(found)}: {told[:CUT]}")
        for user in shown.users:
            self._for(what, user, found, shown, told)
        self._harvest(shown, found, allowed)

    def _for(self, what: str, user: str, found: set[str], shown: Shown, told: str) -> None:
        now, was = self.world.mine(shown.team, user), self.world.was(shown.team, user)
        mine, always = [*now, *was], [firm for firm in now if firm in was]
        reach = [*self.world.reach(shown.team, user), *was]  # who is taken out is told so
        everything = json.dumps(shown.body, ensure_ascii=False)
        beyond = self._words_of(everything) - {firm.id for firm in reach}
        if beyond:
            raise Leak(f"{what}: {user} is shown {self._named(beyond)}: {everything[:CUT]}")
        inner = {f.id for f in self.world.firms if f.canary.casefold() in everything.casefold()}
        if inner - {firm.id for firm in mine}:
            raise Leak(f"{what}: {user}, who has no rights there, is shown what belongs to {self._named(inner)}")
        if len(always) > 1 and found and ":office:" not in told and not _inside(shown.body):
            raise Leak(f"{what}: {user} has several companies and is not told which one it is: {told[:CUT]}")

    def _words_of(self, text: str) -> set[str]:
        folded = text.casefold()
        if self._typed:
            folded = folded.replace(self._typed, "")
        firms = self.world.firms
        return {f.id for f in firms if f.word.casefold() in folded or f.canary.casefold() in folded}

    def _named(self, ids: set[str]) -> list[str]:
        return sorted(self.world.of(id).word for id in ids)

    # what was shown, and to whom

    def _shown(self, slack: PracticeSlack, actor: str) -> Iterator[Shown]:
        team = slack.workspace.team_id
        for heard in list(slack.world.heard):
            if heard.method not in SILENT:
                args = {name: _parsed(value) for name, value in heard.args.items()}
                yield Shown(team, self._audience(slack, args, actor), heard.method, args)
        for ack in list(slack.world.acks):
            if ack.body.strip():
                yield Shown(team, frozenset({actor} - {""}), "an acknowledgement", _parsed(ack.body.decode()))

    def _audience(self, slack: PracticeSlack, args: dict[str, Any], actor: str) -> frozenset[str]:
        named = args.get("user") or args.get("user_id")
        if named:
            return frozenset({str(named)})
        if view := slack.world.views.get(str(args.get("view_id", ""))):
            return frozenset({view.user})
        room = slack.workspace.channel(str(args.get("channel") or args.get("channel_id") or ""))
        if room is not None:
            return frozenset(user for user in USERS if room.has(user))
        return frozenset({actor} - {""})

    # handles to be stolen later

    def _harvest(self, shown: Shown, found: set[str], allowed: list[Firm]) -> None:
        company = next(iter(found)) if len(found) == 1 else allowed[0].id if len(allowed) == 1 else ""
        if not company:
            return
        for action, value, block, meta, callback, kind in _elements(shown.body, "", "", ""):
            for token in (value.rpartition(":")[2], meta, block):
                if len(token) > 20:
                    self.known.setdefault((shown.team, token), company)
            key = (shown.team, action, value, meta)
            if action != CHOOSER and key not in self._seen:
                self._seen.add(key)
                self.handles.append(Handle(shown.team, company, action, value, block, meta, callback, kind))


def _inside(body: Any) -> bool:
    """What appears within a form that says its company already: the choices of a select, a sentence at a field."""
    return isinstance(body, dict) and (set(body) == {"options"} or body.get("response_action") == "errors")


def _parsed(value: Any) -> Any:
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _without_chooser(body: Any) -> Any:
    """The same without the list of the reader's companies, and the offered list of an answer to it."""
    if isinstance(body, dict):
        if body.get("action_id") == CHOOSER:
            return {}
        return {name: _without_chooser(value) for name, value in body.items()}
    return [_without_chooser(item) for item in body] if isinstance(body, list | tuple) else body


def _elements(body: Any, block: str, meta: str, callback: str) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Everything pressable in a payload, and each form's own submitting."""
    if isinstance(body, list | tuple):
        for item in body:
            yield from _elements(item, block, meta, callback)
        return
    if not isinstance(body, dict):
        return
    if body.get("type") in ("modal", "home"):
        meta, callback = str(body.get("private_metadata") or ""), str(body.get("callback_id") or "")
        if body.get("submit"):
            yield "", "", "", meta, callback, "form"
    block = str(body.get("block_id") or block)
    if "action_id" in body:
        kind = str(body.get("type"))
        values = [str(o["value"]) for o in body.get("options", ())] or [str(body.get("value") or "")]
        for value in values:
            yield str(body["action_id"]), value, block, meta, callback, kind
    for value in body.values():
        yield from _elements(value, block, meta, callback)
