"""The digest of waiting bills under a clock set by hand: once a day, on working days, at one's hour, to nobody away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from finance.authority import Right
from finance.bill import Bill
from finance.canonical import dump
from finance.targeting import Aim, Reason
from finance.transfer import Timing
from handlers import workdays
from handlers.chat import Picture, Posted, Profile
from handlers.desk import Desk
from handlers.memo import Memo
from handlers.reminders import waiting
from storage import absences, bills, cards, companies, members, rights, workspaces
from storage.database import Store, Tx
from tests.support.databases import fresh
from tests.support.stores import KEY

TEAM, MIKA, SAM = "T1", "U0MIKA", "U0SAM"
ZONES = {MIKA: "Europe/Helsinki", SAM: "America/New_York"}


@dataclass
class Ear:
    """A Slack that only remembers what was said to whom, and when."""

    at: list[datetime]
    heard: list[tuple[str, datetime, str]] = field(default_factory=list)

    def profile(self, user: str) -> Profile:
        return Profile(user, user, "en", ZONES[user])

    def direct(self, user: str) -> str:
        return user

    def post(self, channel: str, picture: Picture, thread: str = "") -> Posted:
        self.heard.append((channel, self.at[0], picture.text))
        return Posted(channel, str(len(self.heard)))


@dataclass
class Office:
    """A company with a clock set by hand, in which nobody works but the test."""

    desk: Desk
    company: str
    ear: Ear
    at: list[datetime]
    asked: dict[str, list[str]]

    def soon(self, tx: Tx, lane: str, task: str, key: str, company: str, args: list[str], *_: Any, **__: Any) -> None:
        self.asked.setdefault(f"{task}:{company}:{key}", [task, *args])

    def arrive(self, id: int, user: str, due: date | None, issued: date) -> None:
        bill = Bill(id, "RECEIVED", "v", "Toimittaja Oy", issued, "EUR", Decimal(100), due=due)
        with self.desk.store.write() as tx:
            bills.keep(tx, self.company, bill, Aim(Reason.NOTHING), (), self.at[0])
            cards.deal(tx, self.company, id, TEAM, user, dump(Aim(Reason.NOTHING)), self.at[0])

    def run(self, hours: int, step: timedelta = timedelta(minutes=30)) -> None:
        """Time goes by; whatever is asked for is done at once."""
        does: dict[str, Callable[..., None]] = {"waiting.digest": waiting.digest, "waiting.pass": waiting.pass_on}
        end = self.at[0] + timedelta(hours=hours)
        while self.at[0] < end:
            self.at[0] += step
            waiting.tick(self.desk)
            for key, task in list(self.asked.items()):
                if task:
                    self.asked[key] = []
                    if task[0] in does:
                        does[task[0]](self.desk, *task[1:])

    def days(self, user: str) -> list[date]:
        """The local days on which the user heard a digest."""
        zone = ZoneInfo(ZONES[user])
        return [at.astimezone(zone).date() for to, at, text in self.ear.heard if to == user and "for you" in text]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = Store(fresh("sqlite", tmp_path), (KEY,))
    store.upgrade()
    at = [datetime(2026, 6, 8, 4, 0, tzinfo=UTC)]
    ear = Ear(at)
    with store.write() as tx:
        workspaces.join(tx, TEAM, "Yksi", "U0BOT")
        company = companies.connect(tx, "Yhtiö Oy", "2077474-0", 1, 1, "avain", at[0])
        companies.place(tx, company, TEAM)
        for user, zone in ZONES.items():
            members.choose(tx, TEAM, user, zone=zone)
            rights.give(tx, company, TEAM, user, (Right.RECEIVE, Right.APPROVE), "test", at[0])
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
    made = Office(desk, company, ear, at, {})
    object.__setattr__(desk, "work", made)
    yield made
    store.close()


def expected(first: date, last: date, away: tuple[date, date] | None = None) -> list[date]:
    """Every working day between two days, both included, that is not an absence."""
    from finance.company import Choices

    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    working = [day for day in days if workdays.is_workday(day, Choices())]
    return [day for day in working if away is None or not away[0] <= day <= away[1]]


def test_once_on_each_working_day_at_the_readers_own_hour(office: Office) -> None:
    """From June to January: Midsummer, 6 December on a Sunday, Christmas, the night the clocks change."""
    for n, user in enumerate(ZONES):
        office.arrive(n + 1, user, None, date(2026, 6, 5))
    office.run(24 * 210)
    for user, zone in ZONES.items():
        days = office.days(user)
        assert len(days) == len(set(days))
        last = office.at[0].astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
        assert [day for day in days if day <= last] == expected(date(2026, 6, 9), last)
        hours = {at.astimezone(ZoneInfo(zone)).strftime("%H:%M") for to, at, _ in office.ear.heard if to == user}
        assert hours == {"08:30"}


def test_nobody_who_is_away_is_reminded(office: Office) -> None:
    office.arrive(1, MIKA, None, date(2026, 6, 5))
    gone = (date(2026, 7, 6), date(2026, 7, 31))
    with office.desk.store.write() as tx:
        absences.keep(tx, absences.Absence(office.company, TEAM, MIKA, *gone, SAM))
    office.run(24 * 70)
    last = office.at[0].date() - timedelta(days=1)
    assert [day for day in office.days(MIKA) if day <= last] == expected(date(2026, 6, 9), last, gone)


@pytest.mark.parametrize("notify", ["off", "digest", ""])
def test_one_may_have_none(office: Office, notify: str) -> None:
    office.arrive(1, MIKA, None, date(2026, 6, 5))
    with office.desk.store.write() as tx:
        members.choose(tx, TEAM, MIKA, notify=notify)
    office.run(24 * 5)
    assert bool(office.days(MIKA)) == (notify != "off")


def test_a_snoozed_bill_is_silent_and_a_settled_one_too(office: Office) -> None:
    office.arrive(1, MIKA, None, date(2026, 6, 5))
    office.arrive(2, SAM, None, date(2026, 6, 5))
    with office.desk.store.write() as tx:
        until = office.at[0] + timedelta(days=30)
        cards.change(tx, office.company, 1, TEAM, MIKA, snoozed_until=until)
        cards.settle(tx, office.company, 2)
    office.run(24 * 20)
    assert (office.days(MIKA), office.days(SAM)) == ([], [])
    office.run(24 * 14)
    assert office.days(MIKA)[0] == date(2026, 7, 8)


def test_three_days_down_and_late_is_said(office: Office) -> None:
    office.arrive(1, MIKA, None, date(2026, 6, 5))
    office.run(24)
    heard = len(office.ear.heard)
    office.at[0] += timedelta(days=3, hours=6)
    office.run(1)
    assert len(office.ear.heard) == heard + 1


def test_silence_brings_the_bill_to_somebody_else_once(office: Office) -> None:
    office.arrive(1, MIKA, date(2026, 7, 31), date(2026, 6, 5))
    with office.desk.store.write() as tx:
        rights.give(tx, office.company, TEAM, SAM, (Right.RECEIVE, Right.FINANCE), "test", office.at[0])
    office.run(24 * 10)
    with office.desk.store.read() as tx:
        found = cards.all(tx, office.company, 1)
    assert {card.user: (card.stage, card.why[:10]) for card in found}[SAM][1] == "escalated:"
    assert len(found) == 2
