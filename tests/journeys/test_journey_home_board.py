"""Finance's board on the Home tab: drawn from what is kept, redrawn when something changes, seen by finance only."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from finance.authority import Right
from handlers import home
from handlers.routing import routes
from storage import messages
from tests.support.bills import Desk
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot


@pytest.fixture
def desk(bot: Bot) -> Desk:
    found = Desk(bot)
    found.give(ANNA, Right.FINANCE)
    found.give(MIKAEL, Right.RECEIVE, Right.SEE_OWN, Right.APPROVE)
    found.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    return found


def counted(text: str) -> int:
    found = re.search(r"@U02MIKAEL (\d+)", text)
    return int(found[1]) if found else 0


def test_it_follows_what_happens(desk: Desk) -> None:
    bot = desk.bot
    desk.fetch(ANNA)  # the world's own bills
    bot.slack.open_home(ANNA)
    bot.wait(lambda: counted(bot.home()))
    before = counted(bot.home())
    bill = desk.receive(order_reference="P-1001")
    desk.paid_before(bill)
    desk.fetch(ANNA)
    assert counted(bot.home()) == before
    with bot.later(timedelta(minutes=2)):
        home.tick(bot.house.desk)
        bot.wait(lambda: counted(bot.home()) == before + 1)
    assert "Open bills by age" in bot.home()


def test_nothing_is_drawn_again_when_nothing_has_changed_or_nobody_looks(desk: Desk) -> None:
    bot = desk.bot
    bot.slack.open_home(ANNA)
    bot.wait(lambda: watched(bot))
    with bot.house.store.read() as tx:
        team = desk._team(tx)
    home.redraw(bot.house.desk, bot.company, team, ANNA)
    bot.settled()
    drawn = shown(bot)
    home.redraw(bot.house.desk, bot.company, team, ANNA)
    assert shown(bot) == drawn
    bot.allow(ANNA, Right.ADMIN)
    home.redraw(bot.house.desk, bot.company, team, ANNA)
    assert shown(bot) != drawn
    with bot.later(timedelta(hours=2)):
        assert not watched(bot)


def shown(bot: Bot) -> str:
    """Another one for each time it was drawn."""
    view = bot.slack.home(ANNA)
    assert view is not None
    return view.hash


def watched(bot: Bot) -> tuple[str, ...]:
    """Whose Home tabs are looked after."""
    with bot.house.store.read() as tx:
        return messages.lately(tx, bot.company, home.OPENED, bot.house.desk.clock() - home.WATCHED)


def test_only_finance_sees_it(desk: Desk) -> None:
    bot = desk.bot
    desk.give(EMMA, Right.RECEIVE)
    bot.slack.open_home(EMMA)
    bot.wait(lambda: "Bills" in bot.home(EMMA))
    assert "Open bills by age" not in bot.home(EMMA)
    board = next(route for route in routes().of("section") if route.name == "board")
    assert board.rights == (Right.FINANCE,)
