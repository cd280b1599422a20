"""Many clocks, one saying: every process ticks, each thing is asked for once by its id, a dead clock is not missed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot import engine
from bot.engine import Engine
from finance.authority import Right
from handlers.reminders import finance, waiting
from storage import rights
from storage.database import Tx
from tests.support import office as offices
from tests.support.databases import KINDS, fresh
from tests.support.office import TEAM, House, Office, working

PEOPLE = 12
ZONES = {f"U{n:03}": "Europe/Helsinki" for n in range(PEOPLE)}
CLOCKS, PLENTY = 4, 200


@pytest.fixture(params=KINDS)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """Four houses on one database, on a Tuesday at nine; everybody has an old bill."""
    url = fresh(request.param, tmp_path)
    made = offices.opened(url, ZONES, houses=CLOCKS)
    engine.migrate(url)
    for n, user in enumerate(ZONES):
        made.arrive(n + 1, user, date(2026, 6, 10), date(2026, 6, 5))
    with made.desk.store.write() as tx:
        rights.give(tx, made.company, TEAM, "U000", (Right.RECEIVE, Right.FINANCE), "test", made.now)
    made.at[0] += timedelta(days=1, hours=2)
    yield made
    offices.close(made)


def with_engine(house: House) -> tuple[House, Engine]:
    """The house as it is in earnest: its work goes to the engine."""
    asking = Engine(house.desk.store)
    return House(replace(house.desk, work=asking), house.asked), asking


def test_what_several_clocks_ask_for_at_once_is_asked_for_once(office: Office) -> None:
    houses = [with_engine(house) for house in office.houses]
    together = threading.Barrier(CLOCKS)

    def tick(house: House) -> None:
        for _ in range(3):
            together.wait(30)
            waiting.tick(house.desk)
            finance.tick(house.desk)

    with ThreadPoolExecutor(CLOCKS) as pool:
        for done in [pool.submit(tick, house) for house, _ in houses]:
            done.result(120)
    # a digest for everybody, finance's morning for one, and the look at what stands still
    asked = {lane: count for lane, count in houses[0][1].backlog().items() if count}
    assert asked == {"hear": 1, "tell": PEOPLE + 1}
    for _, asking in houses:
        asking.close()


def test_who_does_it_twice_says_it_once(office: Office) -> None:
    """The same task in the hands of several workers, one after the other: a row says that it has been said."""
    office.tick()
    for house in office.houses:
        for user in ZONES:
            waiting.digest(house.desk, office.company, TEAM, user, "2026-06-09")
        finance.tell(house.desk, office.company, "U000", "2026-06-09")
    assert {user: len(office.said(user)) for user in ZONES} == dict.fromkeys(ZONES, 1)
    assert len(office.said("U000", "this morning")) == 1


def test_the_death_of_all_clocks_but_one_is_not_noticed(office: Office) -> None:
    office.at[0] = datetime(2026, 6, 9, 4, 0, tzinfo=office.now.tzinfo)
    whole = office.houses
    for day in range(8):
        office.houses = whole[day % CLOCKS :][:1] if day % 2 else whole[: 1 + day % CLOCKS]
        office.run(24, timedelta(hours=1))
    days = working([date(2026, 6, 9) + timedelta(days=n) for n in range(8)])
    assert office.days("U000", "this morning") == days
    office.houses = whole


def test_many_digests_are_spread_under_what_slack_takes_in_a_minute(tmp_path: Path) -> None:
    """No more than fifty in any minute after the first; two thousand people would be through within the hour."""
    office = offices.opened(fresh("sqlite", tmp_path), {f"U{n:04}": "Europe/Helsinki" for n in range(PLENTY)})
    for n in range(PLENTY):
        office.arrive(n + 1, f"U{n:04}", date(2026, 6, 10), date(2026, 6, 5))
    waits = Waits()
    office.at[0] += timedelta(days=1, hours=2)
    waiting.tick(replace(office.desk, work=waits))
    assert len(waits.seconds) == PLENTY
    per_minute = Counter(int(after // 60) for after in waits.seconds)
    assert max(per_minute.values()) <= 50 + waiting.AT_ONCE
    assert max(n for minute, n in per_minute.items() if minute) <= 50
    assert max(waits.seconds) * 2000 / PLENTY < 3600
    offices.close(office)


@dataclass
class Waits:
    """How long each digest that is asked for waits, in seconds."""

    seconds: list[float] = field(default_factory=list)

    def soon(
        self, tx: Tx, lane: str, task: str, key: str, company: str, args: list[str], after: float = 0.0, order: int = 0
    ) -> None:
        if task == "waiting.digest":
            self.seconds.append(after)
