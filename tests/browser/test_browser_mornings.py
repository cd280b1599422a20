"""Home, the morning's messages and the news of a payment on the page, in the three languages people read them in.

``KIERTO_PICTURES=1`` also writes docs/pictures/board-*.png, digest-*.png, morning-*.png and paid-*.png anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator
from visiting import PATIENCE, Visit

from bot.compose import build, now
from bot.practice import FINANCE, FINANCE_CHANNEL, LEAD, Practice
from finance.company import Choices
from finance.invoice import Invoice
from handlers import papers, workdays
from handlers.desk import Desk
from handlers.reminders import finance, waiting
from storage import companies, members, references
from tests.support.paid import Till
from tests.support.practice import Bot

pytestmark = pytest.mark.browser
HELSINKI = ZoneInfo("Europe/Helsinki")
CHANNEL = "C02YLEINEN"
HEIGHTS = {"board": 1450, "board-lead": 900}

WORDS = {
    "fi": {"board": "Avoimet ostolaskut iän mukaan", "board-lead": "Avaa ostolasku", "digest": "odottaa sinua",
           "morning": "Talouden aamu", "paid": "maksettu", "partly": "maksettu osittain"},
    "sv": {"board": "efter ålder", "board-lead": "Öppna en faktura", "digest": "väntar på dig",
           "morning": "Ekonomin i dag", "paid": "betald", "partly": "delvis"},
    "en": {"board": "Open bills by age", "board-lead": "Open a bill", "digest": "wait for you",
           "morning": "Finance this morning", "paid": "paid", "partly": "paid in part"},
}  # fmt: skip


@pytest.fixture
def bot(world: Practice) -> Iterator[Bot]:
    """The words of journeys over the world on the page; the work is done by its own process."""
    house = build(world.settings)
    with house.store.read() as tx:
        (company,) = companies.everyone(tx)
    yield Bot(world.slack, world.procountor, house, company.id)
    house.close()


def test_what_people_read_each_day(visit: Callable[..., Visit], bot: Bot) -> None:
    anna, mikael = visit(), visit()
    mikael.becomes("Mikael")
    anna.types("/procountor fetch bills")
    anna.sees("13 new bills")
    till = Till(bot)
    invoices = [bot.fresh() for _ in range(9)]
    _, ids = till.sent(*invoices)
    till.look()
    for place, day in enumerate(mornings(bot)):
        language = list(WORDS)[place]
        speak(bot, language)
        the_digest(mikael, bot, day, language)
        finances_morning(anna, bot, day, language)
        sent = list(zip(invoices, ids, strict=True))[3 * place :][:3]
        a_payment(anna, till, sent, language)
        home(anna, language)
        home(mikael, language, "board-lead")
    for one in (anna, mikael):
        assert one.spills() == []


# the parts of the story


def the_digest(mikael: Visit, bot: Bot, day: date, language: str) -> None:
    desk, company = at(bot, day), papers.company_of(bot.house.desk, bot.company)
    waiting.digest(desk, company.id, company.team, LEAD, day.isoformat())
    mikael.shot(f"digest-{language}", message(mikael, WORDS[language]["digest"]), height=900)


def finances_morning(anna: Visit, bot: Bot, day: date, language: str) -> None:
    desk = at(bot, day)
    with bot.house.store.write() as tx:  # Procountor has answered that morning
        references.mark(tx, bot.company, references.BILLS_SINCE, desk.clock().isoformat())
    finance.tell(desk, bot.company, FINANCE_CHANNEL, day.isoformat())
    anna.page.locator(".room:has-text('talous')").click(timeout=PATIENCE)
    anna.shot(f"morning-{language}", message(anna, WORDS[language]["morning"]), height=900)


def a_payment(anna: Visit, till: Till, sent: list[tuple[Invoice, int]], language: str) -> None:
    (_, late), (early, id), (_, part) = sent
    assert early.payment.due is not None
    till.pay(late)
    till.pay(id, day=early.payment.due - timedelta(days=3))
    till.pay(part, "500")
    till.look()
    anna.page.locator(".room:has-text('yleinen')").click(timeout=PATIENCE)
    for one, words in zip(sent, ("paid", "paid", "partly"), strict=True):  # in one message, or as the bot looked itself
        message(anna, re.compile(rf"{one[0].number} → .*{WORDS[language][words]}"))
    anna.shot(f"paid-{language}", message(anna, f"{sent[0][0].number} → "), height=900)


def home(visit: Visit, language: str, name: str = "board") -> None:
    """Once more opened, it is drawn in the language that holds now."""
    visit.page.locator(".room:has-text('Kierto')").first.click(timeout=PATIENCE)
    visit.page.get_by_role("tab", name="Messages").click()
    visit.page.get_by_role("tab", name="Home").click()
    visit.sees(re.compile(WORDS[language][name]), within=".home-view")
    visit.shot(f"{name}-{language}", height=HEIGHTS[name])
    visit.page.get_by_role("tab", name="Messages").click()


# words of the story


def message(visit: Visit, words: str | re.Pattern[str]) -> Locator:
    """The newest message with these words, once it is in sight."""
    found = visit.page.locator("#stream .message").filter(has_text=words).last
    found.wait_for(timeout=PATIENCE)
    return found


def mornings(bot: Bot) -> list[date]:
    """Three working days from tomorrow on."""
    days = (now().astimezone(HELSINKI).date() + timedelta(days=n) for n in range(1, 30))
    return [day for day in days if workdays.is_workday(day, Choices())][:3]


def at(bot: Bot, day: date) -> Desk:
    """The house at nine o'clock of that day."""
    moment = datetime.combine(day, time(9), HELSINKI)
    return replace(bot.house.desk, clock=lambda: moment.astimezone(now().tzinfo))


def speak(bot: Bot, language: str) -> None:
    bot.decide(channel_language=language, paid_channel=CHANNEL)
    with bot.house.store.write() as tx:
        team = companies.team_of(tx, bot.company) or ""
        for user in (FINANCE, LEAD):
            members.choose(tx, team, user, language=language)
