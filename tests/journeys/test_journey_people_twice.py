"""Two who say who somebody is at the very same moment, on both databases: one is heard, nothing is doubled."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from handlers import matching
from tests.support.databases import KINDS
from tests.support.people import brought, entry, forget, front, humans, opened, trail
from tests.support.practice import ANNA, MIKAEL, Bot


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def people(bot: Bot) -> Iterator[None]:
    brought(bot)
    bot.allow(MIKAEL, "admin", language="en")
    yield
    forget(bot)


def together(*acts: threading.Thread) -> None:
    for act in acts:
        act.start()
    for act in acts:
        act.join(30)


def test_two_admins_press_yes(bot: Bot) -> None:
    views = {user: opened(bot, user) for user in (ANNA, MIKAEL)}
    before = len(trail(bot, "person.mapped"))
    presses = []
    for user, view in views.items():
        handle = entry(view, "Petteri Koivisto")["people.same"]
        act, given = bot.slack.click, (user, view, "people.same")
        presses.append(threading.Thread(target=act, args=given, kwargs={"value": handle}))
    together(*presses)
    told = [bot.shown(front(bot, user)) for user in views]
    assert sum("Petteri Koivisto is matched now." in text for text in told) == 1
    assert sum("Petteri Koivisto was matched already by" in text for text in told) == 1
    assert len(trail(bot, "person.mapped")) == before + 1
    assert humans(bot)["Petteri Koivisto"].user == "U1005"


def test_one_says_yes_and_the_other_that_he_is_none_of_theirs(bot: Bot) -> None:
    views = {user: opened(bot, user) for user in (ANNA, MIKAEL)}
    presses = []
    for (user, view), action in zip(views.items(), ("people.same", "people.aside"), strict=True):
        handle = entry(view, "Petteri Koivisto")[action]
        presses.append(threading.Thread(target=bot.slack.click, args=(user, view, action), kwargs={"value": handle}))
    together(*presses)
    assert humans(bot)["Petteri Koivisto"].user == "U1005", "whichever came first, he was said to be one of theirs"
    assert "Koivisto Petteri" not in bot.shown(opened(bot))


def test_looks_at_once_keep_everybody_once(bot: Bot) -> None:
    before = humans(bot)
    forget(bot)
    brought(bot)
    looks = [threading.Thread(target=matching.renew, args=(bot.house.desk, bot.company)) for _ in range(4)]
    together(*looks)
    after = humans(bot)
    assert {name: human.user for name, human in after.items()} == {name: human.user for name, human in before.items()}
    assert len(after) == 58
