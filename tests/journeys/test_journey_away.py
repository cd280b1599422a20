"""On holiday: the substitute gets what waits and what comes, both may act, and the summary waits at home."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from finance.authority import Right
from handlers import away, papers
from storage import absences, messages
from tests.support.asked import Asked
from tests.support.bills import Desk
from tests.support.practice import ANNA, EMMA, GUEST, MIKAEL, Bot

EVERYTHING = (Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE, Right.APPROVE)


@pytest.fixture
def desk(bot: Bot) -> Desk:
    found = Desk(bot)
    found.give(ANNA, Right.FINANCE, Right.ADMIN)
    found.give(MIKAEL, *EVERYTHING)
    found.give(EMMA, *EVERYTHING)
    found.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    return found


def arrived(desk: Desk) -> int:
    bill = desk.receive(order_reference="P-1001")
    desk.paid_before(bill)
    desk.fetch(ANNA)
    return bill


def days(desk: Desk, first: int, last: int) -> str:
    today = papers.today(desk.bot.house.desk)
    return f"{today + timedelta(days=first)} {today + timedelta(days=last)}"


def said(desk: Desk, words: str, pattern: str, user: str = MIKAEL) -> str:
    return desk.bot.answer(pattern, lambda: desk.bot.slack.command(user, f"away {words}"), user)


def test_the_substitute_gets_what_waits_and_what_comes_and_either_may_act(desk: Desk) -> None:
    waiting = arrived(desk)
    desk.until(MIKAEL, waiting, r"\[Approve")
    said(desk, f"{days(desk, 0, 3)} <@{EMMA}>", "you are away .* stands in for you")
    desk.bot.until("You stand in for @U02MIKAEL", EMMA)
    assert "is away and you stand in" in desk.until(EMMA, waiting, r"\[Approve")
    coming = arrived(desk)
    desk.until(EMMA, coming, r"\[Approve")
    desk.press(EMMA, waiting, "bill.approve")
    desk.until(MIKAEL, waiting, "Approved by @U03EMMA")
    desk.press(MIKAEL, coming, "bill.approve")
    desk.until(EMMA, coming, "Approved by @U02MIKAEL")
    assert (desk.acts(waiting), desk.acts(coming)) == (1, 1)
    said(desk, "off", "Welcome back")
    summary = desk.bot.until("stood in for you", MIKAEL)
    assert str(desk.doc(waiting)["originalInvoiceNumber"]) in summary.split("stood in for you")[1]
    desk.bot.until("@U02MIKAEL is back", EMMA)


def test_it_ends_by_itself_and_is_told_once(desk: Desk) -> None:
    house = desk.bot.house
    said(desk, f"{days(desk, 0, 0)} <@{EMMA}>", "stands in for you")
    with house.store.write() as tx:
        there = next(a for a in absences.all(tx, desk.bot.company) if a.user == MIKAEL)
        yesterday = there.last - timedelta(days=1)
        absences.keep(tx, absences.Absence(there.company, there.team, there.user, yesterday, yesterday, EMMA))
    before = desk.bot.text(MIKAEL).count("stood in for you")
    away.look(house.desk, desk.bot.company)
    away.look(house.desk, desk.bot.company)
    desk.bot.wait(lambda: desk.bot.text(MIKAEL).count("stood in for you") > before)
    assert desk.bot.text(MIKAEL).count("stood in for you") == before + 1


@pytest.mark.parametrize(
    ("words", "pattern"),
    [
        ("ensi viikolla <@U03EMMA>", "Two days are needed"),
        ("2030-07-31 2030-07-06 <@U03EMMA>", "before it begins"),
        ("2020-07-06 2020-07-31 <@U03EMMA>", "over already"),
        ("2030-07-06 2032-07-31 <@U03EMMA>", "too long"),
        ("6.7.2030 31.7.2030", "Name somebody"),
        ("6.7.2030 31.7.2030 <@U02MIKAEL>", "stand in for yourself"),
        (f"6.7.2030 31.7.2030 <@{GUEST}>", "Name somebody"),
        ("6.7.2030 31.7.2030 <@U0NOBODY>", "Name somebody"),
        (f"6.7.2030 31.7.2030 <@{ANNA}>", "Name somebody"),
        ("off", "have not said"),
    ],
)
def test_what_makes_no_sense_is_said_and_not_kept(desk: Desk, words: str, pattern: str) -> None:
    said(desk, words, pattern)
    with desk.bot.house.store.read() as tx:
        assert [a for a in absences.all(tx, desk.bot.company) if a.user == MIKAEL] == []


def test_the_form_says_at_the_field_what_is_wrong(desk: Desk) -> None:
    slack = desk.bot.slack
    slack.command(MIKAEL, "away")
    view = slack.views(MIKAEL)[-1]
    slack.fill(MIKAEL, view, {"first": "2030-07-31", "last": "2030-07-06", "substitute": EMMA})
    slack.submit(MIKAEL, slack.views(MIKAEL)[-1])
    assert slack.views(MIKAEL)[-1].errors == {"last": "It would end before it begins."}


def test_the_form_keeps_it_and_each_morning_everybody_who_has_become_away_is_covered(desk: Desk) -> None:
    slack, house = desk.bot.slack, desk.bot.house
    bill = arrived(desk)
    desk.until(MIKAEL, bill, r"\[Approve")
    first = papers.today(house.desk) + timedelta(days=2)
    slack.command(MIKAEL, "away")
    view = slack.views(MIKAEL)[-1]
    slack.fill(MIKAEL, view, {"first": f"{first}", "last": f"{first + timedelta(days=1)}", "substitute": "U0NOBODY"})
    slack.submit(MIKAEL, view)
    assert "Name somebody" in slack.views(MIKAEL)[-1].errors["substitute"]
    slack.fill(MIKAEL, view, {"substitute": EMMA})
    slack.submit(MIKAEL, view)
    assert "@U03EMMA stands in for you" in desk.bot.shown(slack.views(MIKAEL)[-1])
    slack.close(MIKAEL, slack.views(MIKAEL)[-1])
    desk.bot.settled()
    assert not there(desk, EMMA, bill), "it has not begun"
    noon = datetime.combine(first, time(12), UTC)
    for hour, asked in ((1, []), (12, ["away.look"])):
        at, work = noon.replace(hour=hour), Asked()
        away.tick(replace(house.desk, work=work, clock=lambda at=at: at))
        assert [task for task, *_ in work.take()] == asked
    away.look(replace(house.desk, clock=lambda: noon), desk.bot.company)
    assert "is away and you stand in" in desk.until(EMMA, bill, r"\[Approve")
    said(desk, "off", "Welcome back")


def there(desk: Desk, user: str, bill: int) -> bool:
    with desk.bot.house.store.read() as tx:
        return messages.find(tx, desk.bot.company, f"bill:{bill}:{user}") is not None
