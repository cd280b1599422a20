"""A whole year of a company under a clock set by hand: each reminder once, by day, and few for anybody.

KIERTO_YEAR sets how many people there are (200). A small company lives through it in every run.
"""

from __future__ import annotations

import os
import random
import statistics
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from finance import reminding as rules
from finance.authority import Right
from finance.company import Choices
from handlers import workdays
from storage import absences, captures, cards, members, rights
from storage.bill_tables import card
from tests.support import office as offices
from tests.support.databases import fresh
from tests.support.office import TEAM, Office

BEGIN = datetime(2026, 1, 1, 0, 0, tzinfo=UTC)
CHANNEL = "C0TALOUS"
FREE = ("2026-02-27", "2026-08-14")  # days of the company's own
DOWN = (datetime(2026, 4, 14, 3, 0, tzinfo=UTC), timedelta(days=3))
ZONES = ("Europe/Helsinki", "Europe/Helsinki", "Europe/Helsinki", "Europe/Stockholm", "America/New_York", "Asia/Tokyo")
HOURS = ("", "", "", "07:15", "09:00", "10:30")
QUIET = ("", "", "18:00-07:30", "12:00-13:00")
HELSINKI = ZoneInfo("Europe/Helsinki")
TICK = timedelta(minutes=5)  # of the real clock
SAMPLED = 29  # one day in so many is seen through tick by tick


def person(n: int) -> str:
    return f"U{n:04}"


@pytest.mark.proof
def test_a_year_of_many_people(tmp_path: Path) -> None:
    _year(tmp_path, int(os.environ.get("KIERTO_YEAR", "200")), 365)


def test_a_summer_of_few_people(tmp_path: Path) -> None:
    """With the Midsummer, and the night in which the clocks change behind it."""
    _year(tmp_path, 6, 110, begin=datetime(2026, 3, 20, tzinfo=UTC))


def _year(folder: Path, people: int, days: int, begin: datetime = BEGIN) -> None:
    chance = random.Random(people)
    zones = {person(n): ZONES[n % len(ZONES)] for n in range(people)}
    office = offices.opened(fresh("sqlite", folder), zones, begin)
    office.decide(result_channel=CHANNEL, channel_language="en", free_days=FREE)
    _choose(office, people)
    gone = _absences(office, people, chance, begin, days)
    bills = 0
    for day in range(days):
        bills += _arrivals(office, people, chance, bills)
        _decisions(office, people, chance)
        if office.now <= DOWN[0] < office.now + timedelta(days=1):
            office.at[0] += DOWN[1]  # nobody runs for three days
        ticks = moments(office, people)
        _through(office, sorted({*ticks, *every_tick(office.now)} if closely(office.now, day) else ticks), ticks)
        if day % 50 == 25:
            _jump(office)
        office.asked.clear()  # the engine forgets what is long settled; the rows do not
    _judge(office, gone)
    _print(office, people, days, bills)
    offices.close(office)


def every_tick(now: datetime) -> list[datetime]:
    """Every tick of a day."""
    return [now + TICK * n for n in range(1, timedelta(days=1) // TICK + 1)]


def closely(now: datetime, day: int) -> bool:
    """Days on which every tick is seen through: a sample, and those on which the clocks change."""
    today = now.astimezone(HELSINKI)
    return day % SAMPLED == 7 or today.utcoffset() != (today + timedelta(days=1)).utcoffset()


def moments(office: Office, people: int) -> list[datetime]:
    """The ticks of the coming day at which anything can become due: the first after each opening of anybody's."""
    begin, end, found = office.now, office.now + timedelta(days=1), set[datetime]()
    for n in range(min(people, 12)):  # zones, hours and quiet hours repeat
        zone = ZoneInfo(ZONES[n % len(ZONES)])
        hour = rules.opening(HOURS[n % len(HOURS)], "08:30", QUIET[n % len(QUIET)])
        for ahead in (-1, 0, 1):
            day = begin.astimezone(zone).date() + timedelta(days=ahead)
            opens = datetime.combine(day, hour, zone).astimezone(UTC)
            at = begin + -((begin - opens) // TICK) * TICK
            if begin < at <= end:
                found.add(at)
    return sorted({*found, end})


def _through(office: Office, ticks: list[datetime], due: list[datetime]) -> None:
    """The day goes by; at a tick at which nothing becomes due nothing is said.

    What came to somebody's desk at a tick, because another was silent, is told at the next one.
    """
    for at in ticks:
        before = len(office.ear.heard)
        office.at[0] = at
        office.tick()
        assert at in due or at - TICK in due or len(office.ear.heard) == before, (
            f"at {at} something was said that was not due"
        )


def _choose(office: Office, people: int) -> None:
    with office.desk.store.write() as tx:
        for n in range(people):
            members.choose(tx, TEAM, person(n), hour=HOURS[n % len(HOURS)], quiet=QUIET[n % len(QUIET)])
        rights.give(tx, office.company, TEAM, person(0), (Right.RECEIVE, Right.FINANCE), "test", office.now)


def _absences(
    office: Office, people: int, chance: random.Random, begin: datetime, days: int
) -> dict[str, tuple[date, date]]:
    """A holiday for everybody, with somebody who stands in."""
    gone = {}
    with office.desk.store.write() as tx:
        for n in range(people):
            first = begin.date() + timedelta(days=chance.randrange(10, max(11, days - 40)))
            gone[person(n)] = (first, first + timedelta(days=chance.randrange(4, 30)))
            there = absences.Absence(office.company, TEAM, person(n), *gone[person(n)], person((n + 1) % people))
            absences.keep(tx, there)
    return gone


def _arrivals(office: Office, people: int, chance: random.Random, bills: int) -> int:
    """About three bills a month for everybody, and a claim every second month."""
    came = sum(chance.random() < 0.1 for _ in range(people))
    today = office.now.date()
    for n in range(came):
        due = today + timedelta(days=chance.choice((5, 14, 14, 21, 30)))
        office.arrive(bills + n + 1, person(chance.randrange(people)), due, today - timedelta(days=2))
    for _ in range(sum(chance.random() < 0.02 for _ in range(people))):
        office.claim(person(chance.randrange(people)), person(chance.randrange(people)))
    return came


def _decisions(office: Office, people: int, chance: random.Random) -> None:
    """Most decide within a few days; some forget."""
    with office.desk.store.write() as tx:
        live = select(card.c.bill).where(card.c.state == cards.LIVE).distinct().order_by(card.c.bill)
        for bill in tx.execute(live).scalars().all():
            if chance.random() < (0.35 if bill % 10 else 0.04):
                cards.settle(tx, office.company, bill)
        for _, id in captures.in_state(tx, captures.WAITING):
            one = captures.get(tx, office.company, id)
            if one is not None and chance.random() < (0.3 if id % 10 else 0.04):
                captures.settle(tx, one, captures.APPROVED, "test", "", office.now)


def _jump(office: Office) -> None:
    """The clock is set a day ahead and back, then some hours back and ahead: nothing is said twice."""
    for span in (timedelta(days=1), timedelta(days=-1), timedelta(hours=-5), timedelta(hours=5)):
        office.at[0] += span
        office.tick()


def _judge(office: Office, gone: dict[str, tuple[date, date]]) -> None:
    choices = Choices(free_days=FREE)
    said = Counter[tuple[str, str, date]]()
    for to, at, picture in office.ear.heard:
        local = at.astimezone(ZoneInfo(office.ear.zones.get(to, "Europe/Helsinki")))
        said[to, picture.text.split(" ")[-1], local.date()] += 1
        assert 7 <= local.hour < 18, f"{to} heard at {local}"
        assert workdays.is_workday(local.date(), choices), f"{to} heard on {local}, a day off"
        first, last = gone.get(to, (date.max, date.max))
        assert not first <= local.date() <= last, f"{to} heard on {local} while away"
    assert said
    assert {key: n for key, n in said.items() if n > 1} == {}
    late = [day for (to, _, day) in said if to == CHANNEL]
    assert sorted(late) == late, "the channel heard in order"


def _print(office: Office, people: int, days: int, bills: int) -> None:
    counted = Counter(to for to, _, _ in office.ear.heard)
    each = [counted[person(n)] for n in range(people)]
    working = len(offices.working([BEGIN.date() + timedelta(days=n) for n in range(days)]))
    print(
        f"{people} people, {days} days ({working} working), {bills} bills: {sum(each)} digests, "
        f"{statistics.mean(each):.1f} a person (median {statistics.median(each):.0f}, most {max(each)}); "
        f"the channel heard {counted[CHANNEL]} times"
    )
    assert statistics.mean(each) < working / 3
