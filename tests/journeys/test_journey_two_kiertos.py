"""Two installations on one company: the second is refused with a sentence, and is let in when the first has gone.

One that is connected already, because its database is a copy, sends nothing until an admin has looked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import practice
from bot.compose import House, build
from bot.connect import NotConnected, connect_company
from bot.engine import Queue
from handlers import meeting, safe_mode
from storage import holding
from storage.holding import Hold
from tests.support.batches import checked
from tests.support.databases import fresh
from tests.support.practice import Bot, running
from tests.support.setting_up import KEY, Admin


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """An installation that has sent an invoice a moment ago."""
    with running(fresh("sqlite", tmp_path_factory.mktemp("first")), locale="en-GB", beat=0.1) as bot:
        invoice = bot.fresh()
        checked(bot, invoice).send()
        bot.wait(lambda: bot.drafts)
        yield bot


def test_a_program_does_not_start_where_another_is_at_work_and_starts_an_hour_later(first: Bot, tmp_path: Path) -> None:
    url = fresh("sqlite", tmp_path)
    second = build(practice.practice_settings(first.procountor, first.slack, url, 0, 5.0, 48.0))
    with pytest.raises(NotConnected, match="Another Kierto is at work in the books of Pohjantuuli"):
        connect_company(second)
    later = replace(second, desk=replace(second.desk, clock=lambda: practice.now() + timedelta(minutes=61)))
    company = connect_company(later)
    assert company is not None
    _a_worker_that_starts_here_holds_the_company(second, company)
    second.close()


def _a_worker_that_starts_here_holds_the_company(second: House, company: str) -> None:
    before = second.engine.queues().get("hear", Queue()).waiting
    meeting.begin(second.desk)
    meeting.begin(second.desk)  # many workers start at once
    assert second.engine.queues()["hear"].waiting == before + 1
    assert not held(second, company)
    meeting.look(second.desk, company)
    hold = held(second, company)
    assert hold is not None
    assert hold.stranger
    now = second.desk.clock()
    with second.store.write() as tx:
        assert safe_mode.release(second.desk, tx, company, "T1/U1", now)
    meeting.look(second.desk, company)
    assert not held(second, company)  # what the admin has seen is no news


def held(house: House, company: str) -> Hold | None:
    with house.store.read() as tx:
        return holding.held(tx, company)


def test_its_own_drafts_are_no_strangers(first: Bot) -> None:
    assert connect_company(first.house) == first.company
    meeting.look(first.house.desk, first.company)
    assert not held(first.house, first.company)


def test_an_admin_hears_it_in_slack(first: Bot, tmp_path_factory: pytest.TempPathFactory) -> None:
    with running(
        fresh("sqlite", tmp_path_factory.mktemp("second")), locale="en-GB", beat=0.1, connected=False
    ) as bot:  # fmt: skip
        bot.slack.limits = "off"
        bot.procountor.use(first.procountor.world)
        anna = Admin(bot)
        anna.begins()
        anna.types(KEY)
        told = anna.until_form("key.failed", "Another Kierto is at work")
        assert "an hour after its last draft this key is taken" in told
        assert anna.company().procountor_id is None
