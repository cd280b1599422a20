"""One company that is spoken to by hand: the real routes and the real store, a Slack that remembers, nobody at work.

What is said is judged as the worker judges it (the company meant, the right, the language); Procountor is what a test
puts in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.plain import lines
from finance.authority import Right
from finance.bill import Bill
from finance.canonical import dump
from finance.targeting import Aim, Reason
from handlers import buttons
from handlers import rights as judged
from handlers.chat import Answer, ChatTrouble, Download, Modal, Picture, Posted, Profile
from handlers.desk import Desk
from handlers.routing import Table, routes
from handlers.said import Said
from storage import audit, bills, cards, companies, handles, rights
from storage.companies import Company
from storage.database import Tx
from tests.support import office
from tests.support.asked import Asked
from tests.support.databases import fresh
from tests.support.office import ANNA, MIKA, SAM, TEAM, Ear

STRANGER = "U0NOBODY"
GONE = "no longer in use"
AWAY = ChatTrouble("internal_error", certain=False)  # Slack, for a while
AT = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)


@dataclass
class Room(Ear):
    """Remembers everything that anybody was shown. What ``refuses`` names is not taken."""

    refuses: dict[str, ChatTrouble] = field(default_factory=dict)
    guests: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    uploads: list[str] = field(default_factory=list)

    def profile(self, user: str, *, fresh: bool = False) -> Profile:
        self._may("profile")
        if user == STRANGER:
            raise ChatTrouble("user_not_found")
        return replace(super().profile(user), trusted=user not in self.guests)

    def people(self) -> tuple[Profile, ...]:
        self._may("people")
        return tuple(self.profile(user) for user in self.zones)

    def direct(self, user: str) -> str:
        self._may("direct")
        return f"D{user}"

    def post(self, channel: str, picture: Picture, thread: str = "") -> Posted:
        self._may("post")
        self._may(f"post {channel}")
        self._show(picture, channel)
        self.heard.append((channel, self.at[0], picture))
        return Posted(channel, str(len(self.heard)))

    def redraw(self, where: Posted, picture: Picture) -> None:
        self._may("redraw")
        self._show(picture, where.channel)

    def whisper(self, said: Said, picture: Picture) -> None:
        self._show(picture, said.user)

    def open(self, said: Said, modal: Modal) -> None:
        self._may("open")
        self.shown.append(drawn(modal))

    def refresh(self, view: str, modal: Modal) -> None:
        self._may("refresh")
        self.shown.append(drawn(modal))

    def home(self, user: str, picture: Picture) -> None:
        self._show(picture, user)

    def download(self, file: str, most: int) -> Download:
        self._may("download")
        return Download(file, f"{file}.pdf", self.files[file])

    def upload(self, channel: str, thread: str, name: str, content: bytes, comment: str) -> None:
        self.uploads.append(name)

    def keep_picture(self, name: str, content: bytes, alt: str) -> str:
        self._may("keep_picture")
        return f"F{name}"

    def _show(self, picture: Picture, to: str) -> None:
        told = "\n".join(lines(picture)) or picture.text
        self.shown.append(f"{to}: {told}")

    def _may(self, what: str) -> None:
        if what in self.refuses:
            raise self.refuses[what]


def drawn(modal: Modal) -> str:
    """A form as plain text."""
    return "\n".join((modal.title, *lines(Picture(modal.title, modal.blocks))))


@dataclass
class Spoken:
    """The company in a test's hand."""

    desk: Desk
    id: str
    room: Room
    asked: Asked
    at: list[datetime]
    table: Table = field(default_factory=routes)

    @property
    def now(self) -> datetime:
        return self.at[0]

    @property
    def company(self) -> Company:
        with self.desk.store.read() as tx:
            return companies.get(tx, self.id)

    # what is said

    def here(self, user: str = ANNA, kind: str = "click", route: str = "", **said: Any) -> Any:
        """The one who speaks, as a journey has him."""
        found = judged.here(self.desk, Said(kind, route, TEAM, user, trigger="t", **said))
        assert found is not None
        return found

    def say(self, kind: str, name: str, user: str = ANNA, **said: Any) -> str:
        """One thing said to a route; gives all that is shown for it, "" for nothing."""
        route = self.table.get(kind, name)
        assert route is not None, name
        here, before = self.here(user, kind, name, **said), len(self.room.shown)
        refused = judged.refusal(here, route)
        if refused is not None:
            here.whisper(refused)
        else:
            self._answered(buttons.done(route.run, here))
        return "\n".join(self.room.shown[before:])

    def _answered(self, answer: Answer | None) -> None:
        if answer is None:
            return
        self.room.shown += [f"{field}: {told}" for field, told in answer.errors.items()]
        self.room.shown += [drawn(modal) for modal in (answer.update, answer.push) if modal]
        self.room.shown += [label for _, label in answer.options]

    def press(self, name: str, subject: str, user: str = ANNA, purpose: str = "", **said: Any) -> str:
        """A button that stands for something."""
        return self.say("click", name, user, value=self.handle(purpose or name, subject), **said)

    def send(self, name: str, subject: str, user: str = ANNA, /, **values: str) -> str:
        """A form that is about something, filled in."""
        meta = self.handle(name, subject)
        return self.say("form", name, user, meta=meta, values=values, view="V1")

    def handle(self, purpose: str, subject: str) -> str:
        with self.desk.store.write() as tx:
            return handles.issue(tx, self.id, TEAM, purpose, subject, self.now)

    # what is done

    def do(self, task: str, *args: str, kind: str = "task") -> str:
        """A task of the company's; gives all that anybody is shown by it."""
        route, before = self.table.get(kind, task), len(self.room.shown)
        assert route is not None, task
        route.run(self.desk, self.id, *args)
        return "\n".join(self.room.shown[before:])

    def tick(self, name: str) -> list[list[str]]:
        """One tick of the clock; gives what is asked for by it, of every company."""
        route = self.table.get("tick", name)
        assert route is not None, name
        self.asked.calls()
        route.run(self.desk)
        return self.asked.calls()

    # what there is

    def give(self, user: str, *given: Right, limits: dict[Right, Any] | None = None) -> None:
        """Exactly these rights; approving without a limit."""
        most = {Right.APPROVE: {"EUR": None}, Right.APPROVE_CLAIMS: {"EUR": None}, **(limits or {})}
        with self.desk.store.write() as tx:
            rights.give(tx, self.id, TEAM, user, {r: most.get(r, {}) for r in given}, "test", self.now)

    def choose(self, **changes: Any) -> None:
        with self.desk.store.write() as tx:
            companies.choose(tx, self.id, replace(companies.get(tx, self.id).choices, **changes))

    def bill(self, id: int, user: str = "", **said: Any) -> bills.Kept:
        """A bill as it was read from Procountor, on somebody's desk if one is named."""
        aim = said.pop("aim", Aim(Reason.NOTHING))
        base = {"status": "RECEIVED", "version": "v", "supplier": "Toimittaja Oy", "currency": "EUR", "number": id}
        values = {**base, "id": id, "issued": date(2026, 6, 1), "gross": Decimal(100), "due": date(2026, 6, 30), **said}
        with self.desk.store.write() as tx:
            bills.keep(tx, self.id, Bill(**values), aim, (), self.now)
            if user:
                cards.deal(tx, self.id, id, TEAM, user, dump(aim), self.now)
            kept = bills.get(tx, self.id, id)
        assert kept is not None
        return kept

    def shown_as(self, id: int) -> str:
        """What a button of the bill stands for."""
        with self.desk.store.read() as tx:
            kept = bills.get(tx, self.id, id)
        return f"{id}|{kept.print if kept else ''}"

    def trail(self) -> list[str]:
        """What has been noted, oldest first."""
        with self.desk.store.read() as tx:
            return [entry.what for entry in audit.trail(tx, self.id)]

    @contextmanager
    def refusing(self, **how: ChatTrouble) -> Iterator[None]:
        """Slack does not take these."""
        self.room.refuses |= how
        try:
            yield
        finally:
            for name in how:
                self.room.refuses.pop(name, None)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        with self.desk.store.read() as tx:
            yield tx

    @contextmanager
    def write(self) -> Iterator[Tx]:
        with self.desk.store.write() as tx:
            yield tx


@contextmanager
def spoken(folder: Path) -> Iterator[Spoken]:
    """A company with Anna, who has every right, and Mika and Sam, who have what a test gives them."""
    zones = dict.fromkeys((ANNA, MIKA, SAM), "Europe/Helsinki")
    made = office.opened(fresh("sqlite", folder), zones, AT)
    room, asked = Room(made.at, zones), Asked()
    timing = replace(made.desk.timing, beat=0.01)
    desk = replace(made.desk, work=asked, timing=timing, chats=lambda team: room)  # type: ignore[arg-type, return-value]
    found = Spoken(desk, made.company, room, asked, made.at)
    found.give(ANNA, *Right)
    try:
        yield found
    finally:
        office.close(made)


def first(act: Callable[..., object], original: Callable[..., Any]) -> Callable[..., Any]:
    """The original, and just before it what somebody else does."""

    def both(*args: Any, **more: Any) -> Any:
        act(*args)
        return original(*args, **more)

    return both


def then(original: Callable[..., Any], act: Callable[[], object]) -> Callable[..., Any]:
    """The original, and what somebody else does before the one who asked goes on."""

    def both(*args: Any, **more: Any) -> Any:
        found = original(*args, **more)
        act()
        return found

    return both
