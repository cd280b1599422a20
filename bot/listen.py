"""Binds Slack's listeners to the table of routes. Nothing that goes wrong in one may reach Bolt, nor end in silence."""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt import App, BoltResponse

from bot import acks, incident, payloads
from bot.chat import SlackChat
from bot.hearing import Listen, bolt, hearing
from bot.perform import bury, perform
from finance.canonical import dump
from handlers import buttons, labelled, readers, rights
from handlers.chat import Chat, Picture
from handlers.desk import Desk
from handlers.routing import Route, Table
from handlers.said import Said
from handlers.views import notices
from handlers.views.tongue import Tongue
from storage import inbox, members
from storage.database import Tx

__all__ = ["Listen", "bolt", "bury", "hearing", "perform", "wire"]

log = logging.getLogger(__name__)

NAMED = 3  # people looked up for the words in a select
_ANY = re.compile("")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")

Gone = Callable[[str, datetime | None], None]


def wire(app: App, table: Table, desk: Desk, gone: Gone | None = None) -> None:
    """One listener for each kind of thing said; which route is meant is found by its exact name.

    ``gone`` is told of a workspace that has removed the bot, and when it did by Slack's clock.
    """
    ear = Ear(table, replace(desk, chats=_hurried(desk.chats)))

    def listen(body: dict[str, Any]) -> BoltResponse:
        return ear.heard(body)

    def leave(body: dict[str, Any]) -> BoltResponse:
        return ear.left(body, gone)

    app.command(payloads.COMMAND)(listen)
    app.action(_ANY)(listen)  # buttons of older versions are answered, too
    app.view(_ANY)(listen)
    app.options(_named(table, "options"))(listen)
    app.shortcut(_named(table, "shortcut"))(listen)
    for event in ("message", "app_home_opened"):
        app.event(event)(listen)
    for event in ("app_uninstalled", "tokens_revoked"):
        app.event(event)(leave)


def _named(table: Table, kind: str) -> re.Pattern[str]:
    """Exactly the names of the routes of this kind. One pattern: Bolt asks one listener after the other."""
    names = "|".join(re.escape(route.name) for route in table.of(kind))
    return re.compile(rf"\A(?:{names})\Z" if names else r"\Z.")


def _hurried(chats: Callable[[str], Chat]) -> Callable[[str], Chat]:
    """The same chats, which before an acknowledgement must not wait and try again."""

    def chat(team: str) -> Chat:
        found = chats(team)
        return found.hurried() if isinstance(found, SlackChat) else found

    return chat


class Unkept(Exception):
    """What was said could not be stored: it may be said again without doing anything twice."""


class Unclear(Unkept):
    """The database does not even say whether it was stored."""


class Ear:
    """Hears one thing said: reads it, decides whether it is done now or kept for a worker, and answers."""

    def __init__(self, table: Table, desk: Desk) -> None:
        self._table = table
        self._desk = desk

    def heard(self, body: dict[str, Any]) -> BoltResponse:
        """The answer to a payload. Never raises: Bolt would take an acknowledgement back."""
        try:
            return self._heard(body)
        except Exception as failed:  # noqa: BLE001 - the guard: what fails here is told in words
            return self._mishap(body, failed)

    def left(self, body: dict[str, Any], gone: Gone | None) -> BoltResponse:
        """The workspace has removed the bot."""
        team = payloads.revoked(body)
        if not team:
            return acks.nothing()
        log.warning("workspace %s has removed the bot", team)
        try:
            if gone:
                gone(team, payloads.happened(body))
        except Exception as failed:  # noqa: BLE001 - Slack tells again
            incident.note(log, "removal of a workspace", failed)
            return acks.again()
        return acks.nothing()

    def _heard(self, body: dict[str, Any]) -> BoltResponse:
        said = payloads.read(body, self._table)
        if said is None:
            return acks.nothing()
        if payloads.foreign(body):
            incident.refused(log, said.route, f"{said.team}/{said.user}, a stranger")
            return self._tell(said, self._tongue(said), notices.strangers)
        if self._desk.store.full and said.kind != "options":
            return self._tell(said, self._tongue(said), notices.full)
        route = self._table.get(said.kind, said.route)
        if route is not None and route.now and not payloads.is_event(body):
            return self._now(said, route, payloads.key(body))
        if route is None and said.kind in ("form", "options"):
            return self._tell(said, self._tongue(said), notices.gone)
        return self._later(said, route, payloads.key(body))

    def _now(self, said: Said, route: Route, key: str) -> BoltResponse:
        here = rights.here(self._desk, said)
        if here is None:
            return self._nowhere(said)
        refused = rights.refusal(here, route)
        if refused is not None:
            incident.refused(log, route.name, here.who)
            picture = labelled.shown(here.chat, refused)
            return self._tell(said, here.say, lambda _: picture)
        if said.kind == "options":
            return acks.answered("options", route.run(here))
        once = f"now:{key}"
        if not inbox.first(self._desk.store, once, self._desk.clock()):
            return acks.nothing()
        open_still = True
        try:
            answer = labelled.answered(here.chat, buttons.done(route.run, here))
            open_still = acks.stays(answer)
        finally:
            if open_still and said.kind == "form":  # the same form may be sent again, unchanged
                inbox.forget(self._desk.store, once)
        return acks.answered(said.kind, answer)

    def _later(self, said: Said, route: Route | None, key: str) -> BoltResponse:
        try:
            known = self._keep(said, route.lane if route else "hear", key)
        except Exception as failed:
            stands = self._stands(key)  # an error at the end does not mean that nothing was stored
            if stands is None:
                raise Unclear from failed
            if not stands:
                raise Unkept from failed
            return acks.nothing()
        return acks.nothing() if known else self._nowhere(said)

    def _nowhere(self, said: Said) -> BoltResponse:
        """No company is meant, and none is named."""
        with self._desk.store.read() as tx:
            picture = rights.nowhere(tx, said)
        return self._tell(said, self._tongue(said), picture)

    def _keep(self, said: Said, lane: str, key: str) -> bool:
        """Stores what was said and asks for it to be done, both or neither; False when no company is meant."""

        def keep(tx: Tx) -> bool:
            company = rights.meant(tx, self._desk, said)
            if company is None:
                return False
            if inbox.keep(tx, key, dump(replace(said, trigger="", company=company)), self._desk.clock()):
                self._desk.work.soon(tx, lane, "hear", key, company, [key])
            return True

        return self._desk.store.together(keep)

    def _stands(self, key: str) -> bool | None:
        """Whether what was said is stored; None when the database does not say even that."""
        try:
            with self._desk.store.read() as tx:
                inbox.take(tx, key)
        except LookupError:
            return False
        except Exception:  # noqa: BLE001 - whatever it is, nobody knows
            return None
        return True

    def _mishap(self, body: dict[str, Any], failed: Exception) -> BoltResponse:
        number = incident.note(log, f"hearing {body.get('type') or 'command'!s:.20}", failed)
        silent = isinstance(failed, Unkept)
        lost = silent and not isinstance(failed, Unclear)
        try:
            said = payloads.read(body, self._table)
            if said is None or payloads.is_event(body):
                return acks.again()
            say = self._tongue(said)
            field = payloads.first_input(body) if said.kind == "form" else ""
            picture = notices.mishap(say, number) if lost else unsure(say, number, said.kind)
            told = acks.at_field(field, picture.text) if field else self._tell(said, say, lambda _: picture)
        except Exception as worse:  # noqa: BLE001 - not even the words could be found
            incident.note(log, f"telling of incident {number}", worse)
            # What may not have been kept is never acknowledged with silence: Slack itself says that it failed.
            told = acks.again() if silent else acks.nothing()
        return acks.unheard(told) if lost else told

    def _tongue(self, said: Said) -> Tongue:
        """The language of the person; English when he cannot be looked up."""
        try:
            profile = self._desk.chats(said.team).profile(said.user)
        except Exception:  # noqa: BLE001 - without Slack, or the database that keeps its token, there are words, too
            return Tongue("en")
        try:
            with self._desk.store.read() as tx:
                return readers.tongue(members.get(tx, said.team, said.user), profile)
        except Exception:  # noqa: BLE001 - of a database that cannot be read, too, there are words to be said
            return Tongue(profile.language, profile.zone)

    def _tell(self, said: Said, say: Tongue, picture: Callable[[Tongue], Picture]) -> BoltResponse:
        """Words to the one who spoke, where he looks: beside the command, in the form, at the button."""
        shown = picture(say)
        if said.kind == "form":
            return acks.instead(say, shown)
        if said.kind == "options":
            return acks.sentence(self._named(said, shown.text))
        if said.kind == "command" and said.trigger:
            return acks.aside(shown)
        if said.kind == "home":
            self._desk.chats(said.team).home(said.user, shown)
        elif said.view:
            self._desk.chats(said.team).open(said, acks.notice(say, shown))
        else:
            self._desk.chats(said.team).whisper(said, shown)
        return acks.nothing()

    def _named(self, said: Said, text: str) -> str:
        """Words for a place that shows no mentions: people by their names, as many as may be looked up in time."""
        chat, places = self._desk.chats(said.team), itertools.count()
        return _MENTION.sub(lambda found: chat.profile(found[1]).name if next(places) < NAMED else "…", text)


def unsure(say: Tongue, number: str, kind: str) -> Picture:
    """A failure after which something may have been done; in a select, where there is little room, only reading."""
    if kind == "options":
        return notices.plain(say("This could not be loaded. Incident number: {id}", id=number))
    return notices.plain(
        say(
            "Something went wrong on our side. Look at what has been done before you try again. Incident number: {id}",
            id=number,
        )
    )
