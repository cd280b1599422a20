"""Somebody who hears only of what he asks for: a new bill lies on his desk, and its card comes when he opens it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from finance.authority import Right
from handlers import bill_card, held
from storage import cards, companies, members, messages
from tests.support.bills import Desk
from tests.support.piles import cleared, looked, opened, press
from tests.support.practice import MIKAEL, Bot


@pytest.fixture
def desk(bot: Bot) -> Desk:
    return cleared(bot)


def test_its_card_comes_when_it_is_opened(desk: Desk) -> None:
    bot = desk.bot
    with bot.house.store.write() as tx:
        team = companies.team_of(tx, bot.company) or ""
        members.choose(tx, team, MIKAEL, notify="off")
    desk.give(MIKAEL, Right.RECEIVE, Right.SEE_OWN, Right.APPROVE)
    bill = desk.receive(order_reference="P-1001")
    looked(desk)
    bot.settled()
    topic = f"bill:{bill}:{MIKAEL}"
    with bot.house.store.read() as tx:
        card = cards.of(tx, bot.company, bill, team, MIKAEL)
        assert card is not None
        assert card.state == cards.LIVE
        assert messages.find(tx, bot.company, topic) is None, "nothing was said"
        assert held.seconds(bot.house.desk, tx, bot.company, bill, team, MIKAEL) is None
    opened(desk, MIKAEL, "bills")
    press(desk, MIKAEL, "bill.open")
    desk.until(MIKAEL, bill, r"\[Approve")
    with bot.house.store.read() as tx:
        assert held.seconds(bot.house.desk, tx, bot.company, bill, team, MIKAEL) == 0, "what stands there is redrawn"


def test_one_that_waited_and_was_settled_meanwhile_says_nothing(desk: Desk) -> None:
    """In the quiet hours, which hold now: the card waits for their end, and by then there is nothing to tell."""
    bot = desk.bot
    now = bot.house.desk.clock() + timedelta(hours=2)  # in Finland, summer or winter
    quiet = f"{now - timedelta(hours=3):%H:%M}-{now + timedelta(hours=4):%H:%M}"
    with bot.house.store.write() as tx:
        team = companies.team_of(tx, bot.company) or ""
        members.choose(tx, team, MIKAEL, notify="", quiet=quiet)
    bill = desk.receive(order_reference="P-1001")
    looked(desk)
    with bot.house.store.read() as tx:
        wait = held.seconds(bot.house.desk, tx, bot.company, bill, team, MIKAEL)
        assert wait is not None
        assert 2 * 3600 <= wait <= 5 * 3600
    desk.edit(bill, status="APPROVED")
    looked(desk)
    bill_card.held(bot.house.desk, bot.company, str(bill), team, MIKAEL)
    with bot.house.store.write() as tx:
        assert messages.find(tx, bot.company, f"bill:{bill}:{MIKAEL}") is None
        members.choose(tx, team, MIKAEL, quiet="")
