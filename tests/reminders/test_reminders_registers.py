"""The morning's fetch: once a day whatever the clocks do, tried again when Procountor is away, silent without news."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.compose import House
from finance.invoice import Kind
from finance.reference import OperatorSeen, Period
from handlers import comparing, papers, register_news
from handlers.desk import Desk
from handlers.reminders import registers
from procountor import reference as procountor_reference
from procountor.errors import Unsure
from storage import companies, documents, references
from tests.support.asked import Asked
from tests.support.databases import fresh
from tests.support.practice import ANNA, FINANCE_CHANNEL, MIKAEL, Bot, running


@dataclass
class Morning:
    """The house with a clock that is set by hand and nobody working but the test."""

    bot: Bot
    desk: Desk
    asked: Asked
    at: list[datetime]

    @property
    def house(self) -> House:
        return self.bot.house

    def tick(self, at: datetime) -> list[list[str]]:
        self.at[0] = at
        registers.tick(self.desk)
        return self.asked.calls()

    def work(self, tasks: list[list[str]]) -> None:
        """Does the tasks and whatever they ask for."""
        does: dict[str, Callable[..., None]]
        does = {"registers.refresh": registers.refresh, "registers.tell": registers.tell}
        for task, *args in tasks:
            does[task](self.desk, *args)
            self.work(self.asked.calls())

    def days(self, first: datetime, many: int) -> list[tuple[date, int]]:
        """Ticks every half hour of so many days; gives how often each local day was asked for."""
        counted: dict[str, int] = {}
        for step in range(many * 48):
            tasks = self.tick(first + timedelta(minutes=30 * step))
            for task in tasks:
                counted[task[2]] = counted.get(task[2], 0) + 1
            self.work(tasks)
        return [(date.fromisoformat(day), count) for day, count in sorted(counted.items())]


@pytest.fixture(scope="module")
def practice_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with running(fresh("sqlite", tmp_path_factory.mktemp("morning")), working=False) as bot:
        yield bot


@pytest.fixture
def morning(practice_bot: Bot) -> Iterator[Morning]:
    at, asked = [datetime(2026, 11, 23, 8, 0, tzinfo=UTC)], Asked()
    desk = replace(practice_bot.house.desk, clock=lambda: at[0], work=asked)
    with desk.store.write() as tx:
        for name in (registers.DAY, registers.TRIES, register_news.NEWS, register_news.HEARD, registers.STRANGE):
            references.mark(tx, practice_bot.company, name, "")
        references.keep(tx, practice_bot.company, procountor_reference.fetch(desk.books(practice_bot.company), at[0]))
    before = practice_bot.decide()
    yield Morning(practice_bot, desk, asked, at)
    practice_bot.decide(**{name: getattr(before, name) for name in before.__slots__})


@pytest.mark.parametrize(
    ("first", "change"),
    [
        (datetime(2026, 10, 22, 21, tzinfo=UTC), "an hour is doubled on the 25th"),
        (datetime(2027, 3, 25, 22, tzinfo=UTC), "an hour is missing on the 28th"),
    ],
)
def test_each_day_is_asked_once_also_when_the_clocks_change(morning: Morning, first: datetime, change: str) -> None:
    asked = morning.days(first, 5)
    assert [count for _, count in asked] == [1] * 5, change
    assert [day for day, _ in asked] == [asked[0][0] + timedelta(days=n) for n in range(5)]


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (datetime(2026, 11, 23, 6, 29, tzinfo=UTC), 0),
        (datetime(2026, 11, 23, 6, 30, tzinfo=UTC), 1),
        (datetime(2026, 11, 23, 21, 30, tzinfo=UTC), 1),  # missed in the morning, still the same day
        (datetime(2027, 6, 1, 5, 30, tzinfo=UTC), 1),  # summer time
        (datetime(2027, 6, 1, 5, 29, tzinfo=UTC), 0),
    ],
)
def test_from_half_past_eight_in_finland(morning: Morning, at: datetime, asked: int) -> None:
    assert len(morning.tick(at)) == asked


def test_a_failure_is_silent_and_tried_again_each_hour_six_times(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise Unsure("no answer")

    before = morning.bot.text(ANNA)
    monkeypatch.setattr("procountor.reference.fetch", away)
    ((_, count),) = morning.days(datetime(2026, 11, 22, 22, tzinfo=UTC), 1)
    assert count == registers.ATTEMPTS
    assert morning.bot.text(ANNA) == before


def test_nothing_changed_nothing_said(morning: Morning) -> None:
    before = morning.bot.text(ANNA)
    morning.work(morning.tick(morning.at[0]))
    assert morning.bot.text(ANNA) == before
    with morning.desk.store.read() as tx:
        assert references.fetched_at(tx, morning.bot.company) == morning.at[0]


def close_something(morning: Morning) -> None:
    """What was kept has one account more and one product less than Procountor now has."""
    with morning.desk.store.write() as tx:
        kept = references.get(tx, morning.bot.company)
        assert kept is not None
        gone = replace(kept.accounts[0], code="9998", active=True)
        references.keep(
            tx, morning.bot.company, replace(kept, accounts=(*kept.accounts, gone), products=kept.products[1:])
        )


def test_a_change_is_told_to_each_of_finance_in_his_language(morning: Morning) -> None:
    morning.bot.allow(MIKAEL, "finance")
    close_something(morning)
    tasks = morning.tick(morning.at[0])
    morning.work(tasks)
    anna = morning.bot.shown(morning.bot.latest(ANNA))
    mikael = morning.bot.shown(morning.bot.latest(MIKAEL))
    morning.bot.allow(MIKAEL)
    assert "Kirjanpitotilit: 1 suljettu (9998)" in anna
    assert "Tuotteet: 1 uusi" in anna
    assert "1 stängd (9998)" in mikael
    said = morning.bot.text(ANNA)
    morning.work(tasks)  # the engine may do a task twice: it is seen to be done
    assert morning.bot.text(ANNA) == said


def test_a_closed_period_and_an_operator_nobody_has_any_more_are_told(morning: Morning) -> None:
    with morning.desk.store.write() as tx:
        kept = references.get(tx, morning.bot.company)
        assert kept is not None
        assert kept.operators
        earlier = Period(date(2019, 1, 1), date(2019, 1, 31))
        gone = OperatorSeen("003799887766", 1)
        without = replace(kept, periods=(earlier, *kept.periods), operators=(gone, *kept.operators[1:]))
        references.keep(tx, morning.bot.company, without)
    morning.work(morning.tick(morning.at[0]))
    told = morning.bot.shown(morning.bot.latest(ANNA))
    assert "1 suljettu (1.1.2019–31.1.2019)" in told
    assert "1 ei enää käytössä (003799887766)" in told
    assert f"1 uusi ({kept.operators[0].id})" in told


def test_a_fetch_before_there_were_operators_has_none_to_compare(morning: Morning) -> None:
    with morning.desk.store.write() as tx:
        kept = references.get(tx, morning.bot.company)
        assert kept is not None
        references.keep(tx, morning.bot.company, replace(kept, operators=None))
    before = morning.bot.text(ANNA)
    morning.work(morning.tick(morning.at[0]))
    assert morning.bot.text(ANNA) == before


def test_what_a_batch_has_fetched_meanwhile_is_told_all_the_same(morning: Morning) -> None:
    morning.work(morning.tick(morning.at[0]))
    book = morning.bot.books.settings["coa"]
    book.append({**book[0], "ledgerAccountCode": "9997"})
    try:
        papers.fetch_reference(morning.desk, papers.company_of(morning.desk, morning.bot.company))
        before = morning.bot.text(ANNA)
        morning.work(morning.tick(morning.at[0] + timedelta(days=1)))
        assert "1 uusi (9997)" in morning.bot.text(ANNA).removeprefix(before)
    finally:
        book.pop()


def test_data_older_than_the_companys_limit_is_fetched_before_a_batch(morning: Morning) -> None:
    company = replace(papers.company_of(morning.desk, morning.bot.company))
    first = morning.at[0]
    for hours, limit, fetched in ((2, 12, first), (12, 12, first), (13, 12, first + timedelta(hours=13))):
        morning.at[0] = first + timedelta(hours=hours)
        chosen = replace(company, choices=replace(company.choices, reference_hours=limit))
        assert papers.fresh_reference(morning.desk, chosen).fetched == fetched
    morning.at[0] += timedelta(hours=2)
    soon = replace(company, choices=replace(company.choices, reference_hours=1))
    assert papers.fresh_reference(morning.desk, soon).fetched == morning.at[0]


def test_the_companys_channel_hears_it_in_their_place(morning: Morning) -> None:
    morning.bot.decide(result_channel=FINANCE_CHANNEL)
    close_something(morning)
    before = morning.bot.text(ANNA)
    morning.work(morning.tick(morning.at[0]))
    assert "9998" in "\n".join(map(morning.bot.shown, morning.bot.slack.messages(FINANCE_CHANNEL)))
    assert morning.bot.text(ANNA) == before


def test_an_account_that_is_not_the_companys_is_told_once(morning: Morning) -> None:
    given = morning.bot.fresh()
    foreign = replace(given, payment=replace(given.payment, iban="FI1410093000123458"))
    with morning.desk.store.write() as tx:
        documents.keep(tx, morning.bot.company, foreign, "psa", None, morning.at[0])
        assert documents.open_ones(tx, morning.bot.company, Kind.SALES_INVOICE)
    morning.work(morning.tick(morning.at[0]))
    told = morning.bot.shown(morning.bot.latest(ANNA))
    assert masked("FI1410093000123458") in told
    assert "FI1410093000123458" not in told
    before = morning.bot.text(ANNA)
    morning.work(morning.tick(morning.at[0] + timedelta(days=1)))
    assert morning.bot.text(ANNA) == before


def masked(iban: str) -> str:
    return f"{iban[:4]} •••• {iban[-4:]}"


def test_a_paused_company_is_left_alone(morning: Morning) -> None:
    with morning.desk.store.write() as tx:
        companies.set_state(tx, morning.bot.company, "paused")
    asked = morning.tick(morning.at[0])
    with morning.desk.store.write() as tx:
        companies.set_state(tx, morning.bot.company, "ready")
    assert asked == []


def test_the_first_fetch_has_nothing_to_compare_with(morning: Morning) -> None:
    with morning.desk.store.read() as tx:
        kept = references.get(tx, morning.bot.company)
    assert kept is not None
    assert not any(r.new or r.gone for r in comparing.registers({}, comparing.values(kept)))
