"""A company under a clock set by hand: the real ticks and tasks, a Slack that only listens, and nobody at work."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import event

from finance import captured
from finance.authority import Right
from finance.bill import Bill
from finance.canonical import dump
from finance.capture import Row, Sheet
from finance.claim import Claimant, ClaimKind
from finance.targeting import Aim, Reason
from finance.transfer import Timing
from handlers.chat import Chat, ChatTrouble, Picture, Posted, Profile
from handlers.desk import Desk
from handlers.memo import Memo
from handlers.routing import Table, routes
from storage import bills, captures, cards, companies, members, rights, workspaces
from storage.database import Store, Tx
from tests.support.stores import KEY

TEAM, MIKA, SAM, ANNA = "T1", "U0MIKA", "U0SAM", "U0ANNA"
ZONES = {MIKA: "Europe/Helsinki", SAM: "America/New_York"}
TICKS = ("waiting.tick", "finance.tick")
TASKS = ("waiting.digest", "waiting.pass", "finance.morning")


@dataclass
class Ear:
    """A Slack that only remembers what was said to whom, and when. ``away`` makes it refuse."""

    at: list[datetime]
    zones: dict[str, str]
    heard: list[tuple[str, datetime, Picture]] = field(default_factory=list)
    away: bool = False

    def profile(self, user: str) -> Profile:
        return Profile(user, user, "en", self.zones.get(user, "Europe/Helsinki"))

    def direct(self, user: str) -> str:
        return user

    def post(self, channel: str, picture: Picture, thread: str = "") -> Posted:
        if self.away:
            raise ChatTrouble("no_answer")
        self.heard.append((channel, self.at[0], picture))
        return Posted(channel, str(len(self.heard)))


@dataclass
class House:
    """One process: its own view of what was asked for is that of all, as the engine's is."""

    desk: Desk
    asked: dict[str, list[str]]

    def soon(self, tx: Tx, lane: str, task: str, key: str, company: str, args: list[str], *_: Any, **__: Any) -> None:
        self.asked.setdefault(f"{task}:{company}:{key}", [task, *args])


@dataclass
class Office:
    """The company, its people, and the houses whose clocks tick."""

    desk: Desk
    company: str
    ear: Ear
    at: list[datetime]
    asked: dict[str, list[str]]
    houses: list[House]
    table: Table = field(default_factory=routes)

    @property
    def now(self) -> datetime:
        return self.at[0]

    def decide(self, **changes: Any) -> None:
        with self.desk.store.write() as tx:
            companies.choose(tx, self.company, replace(companies.get(tx, self.company).choices, **changes))

    def arrive(self, id: int, user: str, due: date | None, issued: date, gross: int = 100, **said: Any) -> None:
        base = {"status": "RECEIVED", "version": "v", "supplier": "Toimittaja Oy", "currency": "EUR"}
        bill = Bill(**{**base, "id": id, "issued": issued, "gross": Decimal(gross), "due": due, **said})
        with self.desk.store.write() as tx:
            bills.keep(tx, self.company, bill, Aim(Reason.NOTHING), (), self.now)
            cards.deal(tx, self.company, id, TEAM, user, dump(Aim(Reason.NOTHING)), self.now)

    def claim(self, user: str, claimant: str, cost: int = 50) -> None:
        """A claim comes to somebody for his approval."""
        sheet = Sheet(ClaimKind.EXPENSE, rows=(Row(1, self.now.date(), Decimal(cost)),))
        told = captured.claim(sheet, "K", Claimant("7", claimant), self.now.date(), {}, captured.DEFAULTS, "fi")
        with self.desk.store.write() as tx:
            one = captures.begin(tx, self.company, TEAM, claimant, ClaimKind.EXPENSE, self.now)
            captures.write(tx, one, sheet, self.now)
            captures.send(tx, one, told, self.now)
            captures.deal(tx, one, TEAM, user, "right")

    def run(self, hours: float, step: timedelta = timedelta(minutes=30)) -> None:
        """Time goes by; whatever is asked for is done at once."""
        end = self.now + timedelta(hours=hours)
        while self.now < end:
            self.at[0] += step
            self.tick()

    def tick(self) -> None:
        """Every clock ticks; what was asked for is done by whoever comes first, and tried again when it failed."""
        for house in self.houses:
            for name in TICKS:
                route = self.table.get("tick", name)
                if route is not None:
                    route.run(house.desk)
        for key, task in list(self.asked.items()):
            route = self.table.get("task", task[0]) if task and task[0] in TASKS else None
            if route is None:
                continue
            self.asked[key] = []
            try:
                route.run(self.desk, *task[1:])
            except ChatTrouble:
                continue  # given up after the engine's tries; the next tick asks anew

    def said(self, to: str, pattern: str = "for you") -> list[datetime]:
        """When the user or channel heard something with this in its first line, in its own time."""
        zone = ZoneInfo(self.ear.zones.get(to, "Europe/Helsinki"))
        return [at.astimezone(zone) for user, at, picture in self.ear.heard if user == to and pattern in picture.text]

    def days(self, to: str, pattern: str = "for you") -> list[date]:
        return [at.date() for at in self.said(to, pattern)]


def opened(url: str, zones: dict[str, str], at: datetime | None = None, houses: int = 1) -> Office:
    """An office over a fresh database, with everybody of ``zones`` receiving bills."""
    moment = [at or datetime(2026, 6, 8, 4, 0, tzinfo=UTC)]
    stores = [Store(url, (KEY,)) for _ in range(houses)]
    for store in stores:
        if store.embedded:  # a year has many commits, and none of these has to outlive a power cut
            event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    stores[0].upgrade()
    ear, asked = Ear(moment, zones), dict[str, list[str]]()
    with stores[0].write() as tx:
        workspaces.join(tx, TEAM, "Yksi", "U0BOT")
        company = companies.connect(tx, "Yhtiö Oy", "2077474-0", 1, 1, "avain", moment[0])
        companies.place(tx, company, TEAM)
        for user, zone in zones.items():
            members.choose(tx, TEAM, user, zone=zone)
            rights.give(tx, company, TEAM, user, (Right.RECEIVE, Right.APPROVE), "test", moment[0])
    made = [_house(store, ear, moment, asked) for store in stores]
    return Office(made[0].desk, company, ear, moment, asked, made)


def _house(store: Store, ear: Chat | Ear, at: list[datetime], asked: dict[str, list[str]]) -> House:
    desk = Desk(
        store=store,
        work=None,  # type: ignore[arg-type]
        chats=lambda team: ear,  # type: ignore[arg-type, return-value]
        books=lambda company: None,  # type: ignore[arg-type, return-value]
        own_books=lambda company, team, user: None,
        keyed=lambda key: None,  # type: ignore[arg-type, return-value]
        clock=lambda: at[0],
        ticks=time.monotonic,
        timing=Timing(),
        memo=Memo(time.monotonic),
    )
    made = House(desk, asked)
    object.__setattr__(desk, "work", made)
    return made


def close(office: Office) -> None:
    for house in office.houses:
        house.desk.store.close()


def working(days: Sequence[date], away: tuple[date, date] | None = None) -> list[date]:
    """Of the days those on which a Finnish office works and nobody is away."""
    from finance.company import Choices
    from handlers import workdays

    there = [day for day in days if workdays.is_workday(day, Choices())]
    return [day for day in there if away is None or not away[0] <= day <= away[1]]
