"""What people and thieves do, at random: commands, presses, forms, selects and files, with anybody's handles."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from isolation_judge import CHOOSER, Handle, Judge
from isolation_world import USERS, Firm, World

from sandbox.month.finvoice_file import finvoices
from sandbox.slack import pressing
from sandbox.slack.records import Message, View
from sandbox.slack.server import PracticeSlack

FIRST, MOST = 7001, 60  # numbers of invoices, alike in all companies
AT_FORM = 0.4  # how likely one goes on with a form that is open
STAYS = 0.7  # how likely the same person acts again: forms are filled in by those who have opened them
WORDS = (
    "",
    "all",
    "7001",
    "7002 7003",
    "7001-7004",
    "7003-7006 dry",
    "dry",
    "project:X",
    "1",
    "2",
    "3",
    "12",
    "#4",
    "x",
    "99999",
)
PRESSED = ("button", "overflow", "static_select", "external_select")
PERSONAL = ("me.save",)  # forms of what is a person's own in every company


@dataclass
class Act:
    """``allowed``: the companies it may be about, by the model; usually one, none for who belongs to none."""

    kind: str
    team: str
    user: str
    allowed: list[Firm]
    do: Callable[[], Any]
    what: str = ""
    typed: str = ""

    def __str__(self) -> str:
        return f"{self.kind} by {self.team}/{self.user} ({self.what})"


@dataclass
class Cast:
    """Draws acts with a seeded random, and keeps the model: at which company each person is."""

    world: World
    judge: Judge
    random: random.Random
    at: dict[tuple[str, str], Firm] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    who: tuple[str, str] = ("T1ALONE", "U1ADMIN")

    def next(self) -> Act:
        kinds: dict[Callable[[PracticeSlack, str], Act | None], int] = {
            self.command: 16,
            self.press: 30,
            self.stolen_press: 22,
            self.form: 8,
            self.stolen_form: 8,
            self.options: 6,
            self.stolen_options: 6,
            self.home: 4,
            self.reply: 3,
            self.drop: 4,
            self.company: 4,
        }
        while True:
            if self.random.random() > STAYS:
                self.who = (
                    self.random.choice(list(self.world.slacks)),
                    self.random.choices(USERS, (30, 30, 30, 8, 2))[0],
                )
            slack, user = self.world.slacks[self.who[0]], self.who[1]
            draw = self.form if slack.views(user) and self.random.random() < AT_FORM else self._drawn(kinds)
            act = draw(slack, user)
            if act is not None:
                self.done[act.kind] += 1
                return act

    def _drawn(self, kinds: dict[Any, int]) -> Any:
        return self.random.choices(list(kinds), list(kinds.values()))[0]

    def run(self, act: Act) -> None:
        """Does it, and all the work that follows from it, before the judge."""
        self.world.begin()
        with self._judged(act, str(act)):
            act.do()

        def around(task: str, company: str) -> Any:
            firm = self.world.of(company)
            assert firm in act.allowed, f"{act}: {task} is asked for {firm.word}"
            return self._judged(act, f"{act}: {task}")

        self.world.tasks.each(around)

    @contextmanager
    def _judged(self, act: Act, what: str) -> Iterator[None]:
        """Belonging is looked at before what was shown is: who is given a right is told so in the same breath."""
        with self.judge.watching(what, act.team, act.allowed, act.user, act.typed):
            yield
            self.world.look(what, act.user, act.allowed)

    def tick(self) -> None:
        """The clock's turn: what it asks for is each company's own."""
        self.world.begin()
        for route in self.world.house.table.of("tick"):
            route.run(self.world.house.desk)
        self.world.tasks.each(lambda task, company: self._alone(task, self.world.of(company)))

    @contextmanager
    def _alone(self, task: str, firm: Firm) -> Iterator[None]:
        what = f"the clock: {task}"
        with self.judge.watching(what, firm.team, [firm]):
            yield
            self.world.look(what, "", [firm])

    # the model

    def current(self, team: str, user: str) -> list[Firm]:
        reach = self.world.reach(team, user)
        chosen = self.at.get((team, user))
        return [chosen] if chosen in reach and chosen else reach[:1]

    def about(self, team: str, user: str, *tokens: str) -> list[Firm]:
        """The company of the first token that was shown for one of the user's companies; else the one he is at."""
        reach = self.world.reach(team, user)
        for token in tokens:
            id = self.judge.known.get((team, token.rpartition(":")[2]))
            if id is not None and self.world.of(id) in reach:
                return [self.world.of(id)]
        return self.current(team, user)

    # the acts

    def command(self, slack: PracticeSlack, user: str) -> Act:
        team, table = slack.workspace.team_id, self.world.house.table
        routes = [r.name for r in table.of("command") if r.name != "company"]
        weights = [1 if name in ("sync", "numbering") else 4 for name in routes]
        words = f"{self.random.choices(routes, weights)[0]} {self.random.choice(WORDS)}".strip()
        if self.random.random() < 0.05:
            words = self.random.choice(["xyzzy", "send", "run", "<!channel>", "help me"])
        return self._act("command", slack, user, self.current(team, user), lambda: slack.command(user, words), words)

    def home(self, slack: PracticeSlack, user: str) -> Act:
        current = self.current(slack.workspace.team_id, user)
        return self._act("home", slack, user, current, lambda: slack.open_home(user))

    def drop(self, slack: PracticeSlack, user: str) -> Act:
        team = slack.workspace.team_id
        current = self.current(team, user)
        firm = current[0] if current else self.world.firms[0]
        first = FIRST + self.random.randrange(MOST)
        content = finvoices(self.world.invoices(firm, first, self.random.randint(1, 4)))
        name = f"laskut-{first}.xml"
        return self._act("drop", slack, user, current, lambda: slack.drop_file(user, name, content), name)

    def reply(self, slack: PracticeSlack, user: str) -> Act | None:
        """Words in the thread under a message: about what that shows, where the bot knows it, else where he is."""
        team = slack.workspace.team_id
        told = [m for m in slack.messages(slack.dm(user))[-20:] if m.bot_id and m.blocks]
        if not told:
            return None
        under = self.random.choice(told)
        tokens = [str(block.get("block_id", "")) for block in under.blocks]
        shown = [f for f in self.world.reach(team, user) if f.word in str(under.blocks)]  # a message shows one company
        about = list({f.id: f for f in [*shown, *self.about(team, user, *tokens), *self.current(team, user)]}.values())
        words, room = self.random.choice(["help", "runs", "mikä tämä on?", "7001"]), slack.dm(user)
        return self._act("reply", slack, user, about, lambda: slack.say(user, words, room, under.ts), words)

    def company(self, slack: PracticeSlack, user: str) -> Act:
        """Looks where he is, goes to another by name or by the list; or tries one that is not his."""
        team = slack.workspace.team_id
        mine, current = self.world.mine(team, user), self.current(team, user)
        target = self.random.choice(self.world.firms)
        way = self.random.randrange(3)
        if way == 0:
            return self._act("company", slack, user, current, lambda: slack.command(user, "company"), "company")
        if way == 1 and len(mine) > 1:
            chooser = self._chooser(slack, user)
            if chooser is not None:
                target = self.random.choice(mine)
                allowed = list({f.id: f for f in [*current, target]}.values())
                self.at[team, user] = target
                return self._act(
                    "go by list", slack, user, allowed, lambda: slack.choose(user, chooser, CHOOSER, target.name)
                )
        allowed = list(current)
        if target in mine and len(mine) > 1:
            allowed = list({f.id: f for f in [*current, target]}.values())
            self.at[team, user] = target
        words = f"company {target.name}"
        made = self._act("go by name", slack, user, allowed, lambda: slack.command(user, words), words)
        made.typed = "" if target in allowed else target.name
        return made

    def _chooser(self, slack: PracticeSlack, user: str) -> Any:
        found = [m for m in slack.whispers(user)[-8:] if CHOOSER in str(m.blocks)]
        home = slack.home(user)
        if home and CHOOSER in str(home.blocks):
            found.append("home")  # type: ignore[arg-type]
        return self.random.choice(found) if found else None

    def press(self, slack: PracticeSlack, user: str) -> Act | None:
        """Something the person has before his eyes, old messages too."""
        places = self._places(slack, user)
        if not places:
            return None
        return self._pressed(slack, user, self.random.choice(places))

    def _pressed(self, slack: PracticeSlack, user: str, place: Any) -> Act | None:
        found = [(b, e) for b in place.blocks for e in _within(b) if e["type"] in PRESSED and e["action_id"] != CHOOSER]
        if not found:
            return None
        block, element = self.random.choice(found)
        offered = [o["value"] for o in element.get("options", ())]
        value = str(self.random.choice(offered)) if offered else str(element.get("value") or "")
        meta = str(place.body.get("private_metadata") or "") if isinstance(place, View) else ""
        about = self.about(slack.workspace.team_id, user, value, meta, block.get("block_id", ""))
        where = "home" if isinstance(place, View) and place.body.get("type") == "home" else place
        action = element["action_id"]
        if element["type"] == "external_select":
            return None
        name = str(block["block_id"])
        click = lambda: pressing.click(slack.desk, user, where, action, value, 0, name)  # noqa: E731
        return self._act("press", slack, user, about, click, action)

    def _places(self, slack: PracticeSlack, user: str) -> list[Any]:
        found: list[Any] = slack.messages(slack.dm(user))[-14:] + slack.whispers(user)[-6:]
        found = [m for m in found if isinstance(m, Message) and m.blocks]
        views = slack.views(user)
        found += views[-1:] * 6
        home = slack.home(user)
        return [*found, home] if home else found

    def form(self, slack: PracticeSlack, user: str) -> Act | None:
        """The form in front, filled in somehow; or closed."""
        views = slack.views(user)
        if not views:
            return None
        view, team = views[-1], slack.workspace.team_id
        about = self.about(team, user, view.private_metadata)
        if view.callback_id in PERSONAL:  # what he chooses is his own in every company: Home is drawn where he is
            about = list({f.id: f for f in [*about, *self.current(team, user)]}.values())
        if not view.body.get("submit") and self.random.random() < 0.8:
            return self._pressed(slack, user, view)
        if not view.body.get("submit") or self.random.random() < 0.2:
            return self._act("close", slack, user, about, lambda: slack.close(user, view), view.callback_id)

        def fill_and_send() -> None:
            for block in view.blocks:
                if block["type"] == "input":
                    self._fill(slack, user, view, block["element"], about)
            slack.submit(user, view)

        return self._act("form", slack, user, about, fill_and_send, view.callback_id)

    def _fill(self, slack: PracticeSlack, user: str, view: View, element: dict[str, Any], about: list[Firm]) -> None:
        action, kind = element["action_id"], element["type"]
        if kind == "external_select":
            offered = [o["value"] for o in slack.options(user, view, action, self.random.choice(["", "3", "a"]))]
        else:
            offered = [o["value"] for o in element.get("options", ())]
        if kind == "plain_text_input":
            slack.fill(user, view, {action: self.random.choice(["FI2112345600000785", "10", "Katu 1", "x"])})
        elif kind == "datepicker":
            slack.choose(user, view, action, "2026-11-30")
        elif kind == "file_input" and about:
            first = FIRST + self.random.randrange(MOST)
            slack.fill(user, view, {action: [(f"{first}.xml", finvoices(self.world.invoices(about[0], first, 2)))]})
        elif offered:
            value = self.random.choice(offered)
            with suppress(LookupError):  # a list whose handles are made anew each time: the field stays as it is
                slack.choose(user, view, action, [value] if kind == "checkboxes" else value)

    def options(self, slack: PracticeSlack, user: str) -> Act | None:
        views = slack.views(user)
        found = [
            e["action_id"] for v in views[-1:] for b in v.blocks for e in _within(b) if e["type"] == "external_select"
        ]
        if not found:
            return None
        action, typed = self.random.choice(found), self.random.choice(["", "3", "ko", "1"])
        about = self.about(slack.workspace.team_id, user, views[-1].private_metadata)
        return self._act("options", slack, user, about, lambda: slack.options(user, views[-1], action, typed), action)

    # with what was somebody else's

    def _loot(self, *kinds: str) -> Handle | None:
        """Something that was shown to somebody, somewhere; now and then with a part of something else."""
        found = self.judge.handles
        if not found:
            return None
        for _ in range(20):
            one = self.random.choice(found[-600:] if self.random.random() < 0.7 else found)
            if not kinds or one.kind in kinds:
                return one
        return None

    def stolen_press(self, slack: PracticeSlack, user: str) -> Act | None:
        loot, other = self._loot(*PRESSED), self._loot()
        if loot is None or other is None:
            return None
        value, meta, block = loot.value, loot.meta, loot.block
        trick = self.random.randrange(8)
        if trick == 0:
            meta = other.meta
        elif trick == 1:
            block = other.block
        elif trick == 2:
            value = f"{value.partition(':')[0]}:{other.value}" if ":" in value else other.value
        elif trick == 3:
            value = "".join(self.random.choices("abcdefghijklmnop-_0123456789", k=32))
        elif trick == 4:
            block = f"at.{self.random.choice(self.world.firms).id}.0"
        team = slack.workspace.team_id
        about = self._mentioned(team, user, value, meta, block)
        payload = self._acted(slack, user, "block_actions", meta)
        pressed = {"type": loot.kind, "action_id": loot.action, "block_id": block or "b", "action_ts": "1.1"}
        if loot.kind == "button":
            pressed["value"] = value
        else:
            pressed["selected_option"] = {"text": {"type": "plain_text", "text": "x"}, "value": value}  # type: ignore[assignment]
        payload["actions"] = [pressed]
        what = f"{loot.action} of {loot.team}"
        return self._act("stolen press", slack, user, about, lambda: _send(slack, "block_actions", payload), what)

    def stolen_form(self, slack: PracticeSlack, user: str) -> Act | None:
        loot = self._loot("form")
        if loot is None:
            return None
        meta = loot.meta if self.random.random() < 0.8 else f"at.{self.random.choice(self.world.firms).id}"
        payload = self._acted(slack, user, "view_submission", meta, loot.callback)
        field_ = {"type": "plain_text_input", "value": self.random.choice(["3000", "x", "10"])}
        names = ("value", "fault.value", "ready.value", "all", "files")
        payload["view"]["state"] = {"values": {name: {name: field_} for name in names}}
        about = self._mentioned(slack.workspace.team_id, user, meta)
        send = lambda: _send(slack, "view_submission", payload)  # noqa: E731
        return self._act("stolen form", slack, user, about, send, f"{loot.callback} of {loot.team}")

    def stolen_options(self, slack: PracticeSlack, user: str) -> Act | None:
        loot = self._loot("external_select") or self._loot("form")
        routes = [route.name for route in self.world.house.table.of("options")]
        if loot is None or not routes:
            return None
        payload = self._acted(slack, user, "block_suggestion", loot.meta)
        action = loot.action or self.random.choice(routes)
        payload |= {"action_id": action, "block_id": loot.block or "b", "value": self.random.choice(["", "3", "a"])}
        about = self._mentioned(slack.workspace.team_id, user, loot.meta, loot.block)
        return self._act(
            "stolen options", slack, user, about, lambda: _send(slack, "block_suggestion", payload), action
        )

    def _mentioned(self, team: str, user: str, *tokens: str) -> list[Firm]:
        """As `about`; a mark names its company by itself, whoever made it up."""
        reach = self.world.reach(team, user)
        for token in tokens:
            made_up = next((f for f in reach if token.startswith(f"at.{f.id}")), None)
            id = self.judge.known.get((team, token.rpartition(":")[2]))
            firm = made_up or (self.world.of(id) if id else None)
            if firm is not None and firm in reach:
                return [firm]
        return self.current(team, user)

    def _acted(self, slack: PracticeSlack, user: str, kind: str, meta: str, callback: str = "x") -> dict[str, Any]:
        desk, room = slack.desk, slack.dm(user)
        views = slack.views(user)
        payload = {
            "type": kind,
            **desk.common(user),
            "trigger_id": desk.world.issue_trigger(user),
            "response_url": f"{desk.base()}/hooks/{desk.world.issue_hook(room, user)}",
            "container": {"type": "message", "message_ts": "1.1", "channel_id": room},
            "channel": {"id": room, "name": "directmessage"},
        }
        if meta or kind != "block_actions":
            shown = {"id": views[-1].id if views else "V0STOLEN", "type": "modal", "callback_id": callback}
            payload["view"] = {**shown, "private_metadata": meta, "hash": "1", "state": {"values": {}}, "blocks": []}
        return payload

    def _act(
        self, kind: str, slack: PracticeSlack, user: str, allowed: list[Firm], do: Callable[[], Any], what: str = ""
    ) -> Act:
        return Act(kind, slack.workspace.team_id, user, allowed, do, what)


def _within(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The elements of a block that somebody can use."""
    found = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
    return [element for element in found if isinstance(element, dict) and "action_id" in element]


def _send(slack: PracticeSlack, kind: str, payload: dict[str, Any]) -> None:
    """A genuine, signed request of Slack's with this payload."""
    slack.desk.deliver(kind, payload, "trouble")
