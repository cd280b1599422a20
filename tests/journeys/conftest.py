"""The running bot for the journeys: one for each module and database, its world whole again before each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.databases import fresh
from tests.support.practice import ANNA, EMMA, GUEST, MIKAEL, Bot, running


@pytest.fixture(scope="module")
def engine() -> str:
    """The database; a module that matters on both parametrises this."""
    return "sqlite"


@pytest.fixture(scope="module")
def house_bot(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """One bot for a whole module."""
    with running(fresh(engine, tmp_path_factory.mktemp("journey")), locale="en-GB", beat=0.1) as bot:
        bot.slack.limits = "off"
        yield bot


@pytest.fixture
def bot(house_bot: Bot) -> Iterator[Bot]:
    """The module's bot, without the faults, the open forms and the rules of the test before."""
    choices = house_bot.decide()
    yield house_bot
    house_bot.procountor.world.faults.clear()
    house_bot.slack.faults.clear()
    house_bot.decide(**{name: getattr(choices, name) for name in choices.__slots__})
    house_bot.allow(MIKAEL)
    for user in (ANNA, MIKAEL, EMMA, GUEST):
        for view in reversed(house_bot.slack.views(user)):
            house_bot.slack.close(user, view)
