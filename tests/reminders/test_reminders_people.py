"""The morning's look at the people: once a day whatever the clocks do, tried again, and only news is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers import matching, people_setup
from handlers.desk import Desk
from handlers.reminders import people
from procountor.errors import Unsure
from sandbox.slack.workspace import Person
from storage import companies, references
from tests.support.asked import Asked
from tests.support.databases import fresh
from tests.support.people import FILES, forget, humans
from tests.support.practice import ANNA, Bot, running

MORNING = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)  # nine o'clock in Finland


@dataclass
class Morning:
    """The house with a clock set by hand and nobody working but the test."""

    bot: Bot
    desk: Desk
    asked: Asked
    at: list[datetime]

    def tick(self, at: datetime) -> list[list[str]]:
        self.at[0] = at
        people.tick(self.desk)
        return self.asked.calls()

    def work(self, tasks: list[list[str]]) -> list[str]:
        """Does the tasks and whatever they ask for; gives their names."""
        does: dict[str, Callable[..., None]] = {
            "people.renew": people.renew,
            "people.wait": people.wait,
            "people.let_go": people_setup.let_go,
        }
        done = []
        for task, *args in tasks:
            does[task](self.desk, *args)
            done += [task, *self.work(self.asked.calls())]
        return done

    def day(self, at: datetime) -> list[str]:
        return self.work(self.tick(at))


@pytest.fixture(scope="module")
def practice_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with running(fresh("sqlite", tmp_path_factory.mktemp("people")), working=False, locale="en-GB") as bot:
        bot.slack.limits = "off"
        yield bot


@pytest.fixture
def morning(practice_bot: Bot) -> Iterator[Morning]:
    asked, at = Asked(), [MORNING]
    desk = replace(practice_bot.house.desk, work=asked, clock=lambda: at[0])
    before = list(practice_bot.slack.workspace.people)
    yield Morning(practice_bot, desk, asked, at)
    practice_bot.slack.workspace.people[:] = before
    forget(practice_bot)
    with desk.store.write() as tx:
        for name in (people.DAY, people.TRIES, people.TOLD):
            references.mark(tx, practice_bot.company, name, "")


def test_once_a_day_after_eight(morning: Morning) -> None:
    assert morning.tick(MORNING.replace(hour=5, minute=59)) == []
    assert [task[0] for task in morning.tick(MORNING.replace(hour=6, minute=1))] == ["people.renew"]
    morning.day(MORNING + timedelta(hours=1))
    assert morning.tick(MORNING + timedelta(hours=2)) == []
    assert [task[0] for task in morning.tick(MORNING + timedelta(days=1))] == ["people.renew"]


@pytest.mark.parametrize("first", [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)])
def test_neither_missed_nor_doubled_when_the_clocks_change(morning: Morning, first: datetime) -> None:
    days: list[str] = []
    for step in range(4 * 48):
        tasks = morning.tick(first + timedelta(minutes=30 * step))
        days += [task[2] for task in tasks]
        morning.work(tasks)
    assert len(days) == len(set(days)) == 4


def test_a_company_that_is_not_connected_is_left_alone(morning: Morning) -> None:
    for state in (companies.NEW, companies.PAUSED):
        with morning.desk.store.write() as tx:
            companies.set_state(tx, morning.bot.company, state)
        assert morning.tick(MORNING) == []
    with morning.desk.store.write() as tx:
        companies.set_state(tx, morning.bot.company, companies.READY)


def test_tried_again_each_hour_and_given_up_until_the_next_day(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(desk: Desk, company: str) -> None:
        raise Unsure("away")

    monkeypatch.setattr(matching, "renew", away)
    tries = [len(morning.day(MORNING + timedelta(hours=hour))) for hour in range(9)]
    assert tries == [1] * 6 + [0] * 3
    monkeypatch.undo()
    assert morning.day(MORNING + timedelta(days=1))[0] == "people.renew"


def test_only_news_is_told_and_once(morning: Morning) -> None:
    bot = morning.bot
    told = lambda: bot.text(ANNA)  # noqa: E731
    first = morning.day(MORNING)
    assert first == ["people.renew", "people.wait"], "nobody knew yet who waits"
    before = told()
    assert "need you to say who they are" in before
    assert morning.day(MORNING + timedelta(days=1)) == ["people.renew"]
    assert told() == before
    bot.slack.workspace.people.append(Person("U2UUSI", "uusi", "Uusi Tulokas", "uusi@x.example"))
    assert morning.day(MORNING + timedelta(days=2)) == ["people.renew", "people.wait"]
    assert told() != before


def test_who_is_let_go_overnight_is_told_with_a_button_to_the_list(morning: Morning) -> None:
    bot = morning.bot
    morning.day(MORNING)
    assert humans(bot)["Sofia Nyman"].user == "U1004"
    everybody = bot.slack.workspace.people
    everybody[:] = [replace(p, is_restricted=True) if p.id == "U1004" else p for p in everybody]
    done = morning.day(MORNING + timedelta(days=1))
    assert done[:2] == ["people.renew", "people.let_go"]
    assert humans(bot)["Sofia Nyman"].user is None
    assert "1 match was undone" in bot.text(ANNA)
    assert "[Show who is not matched]" in bot.text(ANNA)
    assert "people.let_go" not in morning.day(MORNING + timedelta(days=2))


def test_the_files_of_the_practice_company_are_at_hand() -> None:
    assert all(content for _, content in FILES)
