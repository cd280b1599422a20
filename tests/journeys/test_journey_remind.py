"""Putting a bill off and having somebody reminded, typed: what is on one's desk only, by day, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from finance.authority import Right
from finance.company import Choices
from handlers import workdays
from storage import absences, members
from tests.support.bills import Desk
from tests.support.desks import card_of, trail
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot

EVERYTHING = (Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE, Right.APPROVE)
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def desk(bot: Bot) -> Iterator[Desk]:
    found = Desk(bot)
    found.give(ANNA, Right.FINANCE, Right.ADMIN)
    found.give(MIKAEL, *EVERYTHING)
    found.give(EMMA, *EVERYTHING)
    found.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    yield found
    with bot.house.store.write() as tx:
        members.choose(tx, found._team(tx), MIKAEL, hour="", quiet="", notify="", zone="Europe/Helsinki")
        absences.end(tx, bot.company, found._team(tx), MIKAEL)


def arrived(desk: Desk) -> tuple[int, str]:
    bill = desk.receive(order_reference="P-1001")
    desk.paid_before(bill)
    desk.fetch(ANNA)
    desk.until(MIKAEL, bill, r"\(First page")
    return bill, str(desk.doc(bill)["invoiceNumber"])


def typed(desk: Desk, words: str, pattern: str, user: str = MIKAEL) -> str:
    return desk.bot.answer(pattern, lambda: desk.bot.slack.command(user, words), user)


def until(desk: Desk, hour: time) -> timedelta:
    """From now to that hour of the next working day."""
    now = desk.bot.house.desk.clock().astimezone(HELSINKI)
    day = workdays.after(now.date(), 1, Choices())
    return datetime.combine(day, hour, HELSINKI) - now


@pytest.mark.parametrize(("words", "days"), [("", 1), (" 2d", 2), (" 3 pv", 3), (" 1w", 7), (" 2 VK", 14)])
def test_a_bill_is_put_off_by_its_number(desk: Desk, words: str, days: int) -> None:
    bill, number = arrived(desk)
    typed(desk, f"snooze #{number}{words}", "You are reminded again")
    card = card_of(desk, MIKAEL, bill)
    assert card is not None
    assert card.snoozed_until is not None
    day = desk.bot.house.desk.clock().astimezone(HELSINKI).date() + timedelta(days=days)
    while not workdays.is_workday(day, Choices()):
        day += timedelta(days=1)
    assert card.snoozed_until.astimezone(HELSINKI).date() == day
    desk.until(MIKAEL, bill, "You are reminded again")
    assert ("bill.snoozed", MIKAEL) in trail(desk, bill)


def test_only_what_lies_on_ones_desk_and_for_no_eternity(desk: Desk) -> None:
    bill, number = arrived(desk)
    typed(desk, f"snooze {number}", "no open bill", EMMA)
    typed(desk, "snooze", "Which bill, and for how long")
    typed(desk, f"snooze {number} 2x", "Which bill, and for how long")
    typed(desk, f"snooze {number} 5w", "at most")
    typed(desk, f"snooze {number} 0d", "at least")
    card = card_of(desk, MIKAEL, bill)
    assert card is not None
    assert card.snoozed_until is None


def test_somebody_is_reminded_by_day_and_once(desk: Desk) -> None:
    _, number = arrived(desk)
    with desk.bot.later(until(desk, time(10, 0))):
        typed(desk, f"remind <@{MIKAEL}>", "hears now of", ANNA)
        told = desk.bot.until("asks you to look at what waits for you", MIKAEL)
        assert str(desk.doc(card_bill(desk, number))["originalInvoiceNumber"]) in told
        typed(desk, f"remind <@{MIKAEL}>", "already been reminded today", ANNA)
        typed(desk, f"remind <@{EMMA}>", "Nothing waits for", ANNA)
        typed(desk, "remind maria", "Whom", ANNA)
        typed(desk, f"remind <@{EMMA}>", "do not have the right", MIKAEL)


def card_bill(desk: Desk, number: str) -> int:
    invoices = desk.bot.books.registers["invoices"].values()
    return int(next(doc["id"] for doc in invoices if str(doc.get("invoiceNumber")) == number))


@pytest.mark.parametrize(
    ("chosen", "hour"),
    [({"quiet": ""}, time(22, 0)), ({"quiet": "09:00-15:00"}, time(10, 0)), ({"notify": "off"}, time(10, 0))],
)
def test_nobody_is_reminded_at_an_hour_of_rest(desk: Desk, chosen: dict[str, str], hour: time) -> None:
    arrived(desk)
    with desk.bot.house.store.write() as tx:
        members.choose(tx, desk._team(tx), MIKAEL, **chosen)
    with desk.bot.later(until(desk, hour)):
        typed(desk, f"remind <@{MIKAEL}>", "is not spoken to at this hour", ANNA)


def test_for_somebody_away_the_one_who_stands_in_is_named(desk: Desk) -> None:
    arrived(desk)
    span = until(desk, time(10, 0))
    day = (desk.bot.house.desk.clock() + span).astimezone(HELSINKI).date()
    with desk.bot.house.store.write() as tx:
        absences.keep(tx, absences.Absence(desk.bot.company, desk._team(tx), MIKAEL, day, day, EMMA))
    with desk.bot.later(span):
        typed(desk, f"remind <@{MIKAEL}>", "is away. @U03EMMA stands in", ANNA)
