"""Claims whose approver is away or silent: his substitute has them, too, and after him whoever comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from finance.authority import Right
from finance.company import Choices
from handlers import claim_waiting, papers, workdays
from handlers.reminders import waiting
from storage import absences, captures, companies, members, rights
from tests.support.bills import Desk
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot

ROW = {"day": "2026-05-03", "type": "meal", "gross": "12,40", "percent": "13.5", "payment": "own"}
HELSINKI = ZoneInfo("Europe/Helsinki")
ALSO_CLAIMS = {Right.APPROVE_CLAIMS: {"EUR": Decimal(1000)}}


@pytest.fixture
def desk(bot: Bot) -> Iterator[Desk]:
    """Mikael manages the project and so gets its claims; Anna may approve claims, too."""
    found = Desk(bot)
    bot.slack.limits = "off"
    given = {ANNA: {Right.FINANCE: {}, Right.ADMIN: {}, **ALSO_CLAIMS}, MIKAEL: ALSO_CLAIMS, EMMA: {}}
    with bot.house.store.write() as tx:
        team = companies.team_of(tx, bot.company) or ""
        for user, its in given.items():
            rights.give(tx, bot.company, team, user, its, "test", bot.house.desk.clock())
            members.choose(tx, team, user, language="en", hour="", quiet="", notify="")
    found.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    yield found
    with bot.house.store.write() as tx:
        absences.end(tx, bot.company, team, MIKAEL)


def claimed(bot: Bot, supplier: str) -> str:
    """Emma claims a cost of the project; gives the claim's number."""
    bot.slack.command(EMMA, "expense")
    assert bot.slack.click(EMMA, bot.slack.views(EMMA)[-1], "claim.add").ok
    view = bot.slack.views(EMMA)[-1]
    (project,) = bot.slack.options(EMMA, view, "claim.project", "P-1001")
    bot.slack.choose(EMMA, view, "claim.project", project)
    bot.slack.fill(EMMA, view, {**ROW, "supplier": supplier})
    assert bot.slack.submit(EMMA, view).ok
    assert bot.slack.submit(EMMA, bot.slack.views(EMMA)[-1]).ok
    sent = re.search(r"K-\d+", bot.shown(bot.slack.views(EMMA)[-1]))
    assert sent
    bot.slack.close(EMMA, bot.slack.views(EMMA)[-1])
    return sent.group()


def approves(bot: Bot, user: str, supplier: str) -> None:
    """Presses on the card itself: other messages may stand below it."""
    card = next(m for m in bot.slack.messages(bot.slack.dm(user)) if supplier in bot.shown(m))
    bot.press("claim.approve", user, card)


def remind(bot: Bot, user: str) -> int:
    """The morning's digest; gives how many messages it made."""
    desk, before = bot.house.desk, len(bot.slack.messages(bot.slack.dm(user)))
    with bot.house.store.read() as tx:
        team = companies.team_of(tx, bot.company) or ""
    waiting.digest(desk, bot.company, team, user, papers.today(desk).isoformat())
    return len(bot.slack.messages(bot.slack.dm(user))) - before


def later(bot: Bot, days: int) -> timedelta:
    """From now to ten in the morning of a working day to come."""
    now = bot.house.desk.clock().astimezone(HELSINKI)
    return datetime.combine(workdays.after(now.date(), days, Choices()), time(10), HELSINKI) - now


def test_a_substitute_has_the_claims_too_and_the_returned_one_reads_what_was_done(desk: Desk) -> None:
    bot, today = desk.bot, papers.today(desk.bot.house.desk)
    first = claimed(bot, "Kahvila Eka")
    bot.until("Kahvila Eka", MIKAEL)
    assert "Kahvila Eka" not in bot.text(ANNA)
    words = f"away {today} {today + timedelta(days=3)} <@{ANNA}>"
    bot.answer("stands in for you", lambda: bot.slack.command(MIKAEL, words), MIKAEL)
    bot.until(r"You stand in for @U02MIKAEL .*1 claim waits", ANNA)
    bot.until(r"you stand in for somebody who is away(.|\n)*Kahvila Eka", ANNA)
    approves(bot, ANNA, "Kahvila Eka")
    bot.until(rf"{first} was approved by @U01ANNA", EMMA)
    second = claimed(bot, "Kahvila Toka")
    for user in (ANNA, MIKAEL):
        bot.until("Kahvila Toka", user)
    approves(bot, MIKAEL, "Kahvila Toka")
    bot.until(rf"{second} was approved by @U02MIKAEL", EMMA)
    bot.answer("Welcome back", lambda: bot.slack.command(MIKAEL, "away off"), MIKAEL)
    bot.until(rf"@U01ANNA stood in for you(.|\n)*Approved: claim {first} of @U03EMMA", MIKAEL)


def test_silence_brings_a_claim_to_somebody_else_and_at_last_to_the_admins(desk: Desk) -> None:
    bot = desk.bot
    number = claimed(bot, "Kahvila Kolmas")
    bot.until("Kahvila Kolmas", MIKAEL)
    look = lambda: claim_waiting.look(bot.house.desk, bot.company)  # noqa: E731
    look()
    assert remind(bot, MIKAEL) == 0
    with bot.later(later(bot, 1)):
        look()
        assert remind(bot, MIKAEL) == 1
        assert re.search(rf"{number}(.|\n)*@U03EMMA(.|\n)*12\.40 €", bot.text(MIKAEL))
        assert remind(bot, MIKAEL) == 0  # once a day, however often the clock ticks
    assert "Kahvila Kolmas" not in bot.text(ANNA)
    with bot.later(later(bot, 3)):
        look()
        bot.until(r"nobody has decided(.|\n)*Kahvila Kolmas", ANNA)
        look()
        assert remind(bot, ANNA) == 1
    with bot.later(later(bot, 5)):
        look()
        look()
        bot.until(rf"{number} has waited for 5 working days", ANNA)
        assert bot.text(ANNA).count("has waited for") == 1
        with bot.house.store.read() as tx:
            one = captures.get(tx, bot.company, int(number.removeprefix("K-")))
            assert one is not None
            assert len(captures.desks(tx, one)) == 2
        approves(bot, ANNA, "Kahvila Kolmas")
        bot.until(rf"{number} was approved by @U01ANNA", EMMA)
