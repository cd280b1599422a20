"""Around the paid news: who says where it is told, overdue and bounced invoices, `find`, and the other system."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from finance import webhook
from finance.authority import Right
from finance.paid_rules import PaidRule
from finance.webhook import DELAYS, Reply
from handlers import hook, papers, workdays
from handlers.desk import Desk
from handlers.reminders import overdue
from storage import audit, companies, references, sales, webhooks
from tests.support.paid import Till
from tests.support.practice import ANNA, FINANCE_CHANNEL, MIKAEL, Bot

EVERYBODY = "C02YLEINEN"


@pytest.fixture
def till(bot: Bot) -> Iterator[Till]:
    bot.allow(ANNA, Right.FINANCE, Right.ADMIN, language="en")
    bot.decide(result_channel=FINANCE_CHANNEL, channel_language="en", paid_channel=EVERYBODY, reminder_hour="08:30")
    till = Till(bot)
    yield till
    till.quiet()
    with bot.house.store.write() as tx:
        webhooks.remove(tx, bot.company)


def choices(till: Till) -> Any:
    with till.bot.house.store.read() as tx:
        return companies.get(tx, till.bot.company).choices


# where it is told


def opened(till: Till, action: str) -> Any:
    """The list of rules, and a form opened from it."""
    slack = till.bot.slack
    assert slack.command(ANNA, "paid").ok
    assert slack.click(ANNA, slack.views(ANNA)[-1], action).ok
    return slack.views(ANNA)[-1]


def submit(till: Till, view: Any, **values: str) -> Any:
    till.bot.slack.fill(ANNA, view, values)
    return till.bot.slack.submit(ANNA, view)


def top(till: Till) -> str:
    return till.bot.shown(till.bot.slack.views(ANNA)[-1])


def test_an_admin_writes_a_rule_and_takes_it_away(till: Till) -> None:
    view = opened(till, "paid.new")
    assert submit(till, view, channel=FINANCE_CHANNEL, projects="P-1001\nP-7", amounts="hidden").ok
    assert choices(till).paid_rules == (PaidRule(FINANCE_CHANNEL, ("P-1001", "P-7"), amounts=False),)
    assert "P-1001, P-7" in top(till)
    assert "without amounts" in top(till)
    till.bot.slack.click(ANNA, till.bot.slack.views(ANNA)[-1], "paid.remove")
    assert choices(till).paid_rules == ()
    assert "P-1001" not in top(till)


def test_a_rule_is_for_projects_or_for_customers(till: Till) -> None:
    view = opened(till, "paid.new")
    said = submit(till, view, channel=FINANCE_CHANNEL, projects="P-1001", customers="Asiakas Oy")
    assert "one of the two" in str(said)
    assert "one of the two" in str(submit(till, view, channel=FINANCE_CHANNEL, projects=" ", customers=""))
    assert choices(till).paid_rules == ()


def test_the_companys_channel_its_amounts_and_what_happens_without_one(till: Till) -> None:
    view = opened(till, "paid.company")
    assert submit(till, view, paid_channel=FINANCE_CHANNEL, amounts="hidden", paid_finance="nobody").ok
    now = choices(till)
    assert (now.paid_channel, now.paid_amounts, now.paid_finance) == (FINANCE_CHANNEL, False, False)
    with till.bot.house.store.read() as tx:
        assert [e for e in audit.trail(tx, till.bot.company, till.bot.company) if "paid_channel" in e.details]


def test_nobody_but_an_admin_says_where(till: Till) -> None:
    till.bot.allow(MIKAEL, Right.FINANCE, language="en")
    till.bot.answer("do not have the right", lambda: till.bot.slack.command(MIKAEL, "paid"), MIKAEL)


# overdue and bounced


def morning(till: Till, day: date) -> Desk:
    """The bot's desk on that morning."""
    desk = till.bot.house.desk
    at = datetime.combine(day, time(8), UTC)
    return replace(desk, clock=lambda: at)


def test_an_overdue_invoice_is_told_once_with_what_to_do(till: Till) -> None:
    late, paid_one = till.bot.fresh(), till.bot.fresh()
    _, ids = till.sent(late, paid_one)
    till.look()
    assert late.payment.due is not None
    due = late.payment.due
    day = workdays.after(due if workdays.is_workday(due, choices(till)) else workdays.after(due, 1, choices(till)), 2,
                         choices(till))  # fmt: skip
    with till.bot.later(timedelta(days=(due - papers.today(till.bot.house.desk)).days)):
        overdue.look(morning(till, due), till.bot.company, due.isoformat())
        assert not any(e.news.what == "overdue" for id in ids for e in till.noted(id))
    till.pay(ids[1], bump=False)
    desk = morning(till, day)
    for _ in range(2):
        overdue.look(desk, till.bot.company, day.isoformat())
    (said,) = till.in_channel(FINANCE_CHANNEL, rf"{late.number} → .*working days late")
    text = till.bot.shown(said)
    assert "2 working days late" in text
    assert "Remind the customer in Procountor" in text
    assert not re.search(rf"{paid_one.number} .*late", text)
    after = workdays.after(day, 1, choices(till))
    overdue.look(morning(till, after), till.bot.company, after.isoformat())
    assert [e.news.what for e in till.noted(ids[0])] == ["overdue"]
    assert [e.news.what for e in till.noted(ids[1])] == ["paid"]
    with till.bot.house.store.write() as tx:  # the tests after this one live today
        references.mark(tx, till.bot.company, "sales.late.day", "")


def test_when_procountor_does_not_answer_nobody_is_called_late(till: Till) -> None:
    invoice = till.bot.fresh()
    _, (id,) = till.sent(invoice)
    till.look()
    day = workdays.after(papers.today(till.bot.house.desk), 40, choices(till))
    till.bot.procountor.world.faults.add(route="*", what="500json", every=1)
    overdue.look(morning(till, day), till.bot.company, day.isoformat())
    till.bot.procountor.world.faults.clear()
    assert till.noted(id) == ()


def test_a_bounced_e_invoice_is_told_to_finance_once_for_each_sending(till: Till) -> None:
    invoice = till.bot.fresh()
    _, (id,) = till.sent(invoice)
    till.look()
    till.bounce(id, "Receiver not found <!channel>")
    till.sweep()
    (said,) = till.in_channel(FINANCE_CHANNEL, rf"{invoice.number} .*did not reach the customer")
    text = till.bot.shown(said)
    assert "Receiver not found" in text
    assert "<!channel>" not in str(said.blocks)
    assert "Correct the e-invoice address" in text
    till.sweep()
    assert [e.news.key for e in till.noted(id)] == ["bounced:1"]
    till.bounce(id, "Again")
    till.sweep()
    assert [e.news.key for e in till.noted(id)] == ["bounced:1", "bounced:2"]


# find


def test_find_shows_the_day_it_was_paid_and_before_that_where_it_stands(till: Till) -> None:
    invoice = till.bot.fresh()
    _, (id,) = till.sent(invoice)
    till.look()
    till.bot.answer("sent to the customer", lambda: till.bot.slack.command(ANNA, f"find {invoice.number}"))
    till.pay(id, day=date(2026, 11, 23))
    till.look()
    till.bot.answer(r"paid 23\.11\.2026", lambda: till.bot.slack.command(ANNA, f"find {till.doc(id)['invoiceNumber']}"))


# the other system


@dataclass
class Other:
    """A system that listens; ``replies`` are given one after the other, then it takes everything."""

    replies: list[Reply] = field(default_factory=list)
    heard: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)

    def __call__(self, url: str, headers: Mapping[str, str], content: bytes) -> Reply:
        self.heard.append((headers, content))
        return self.replies.pop(0) if self.replies else Reply(204)


def set_hook(till: Till, url: str = "https://psa.example.fi/kierto") -> str:
    """An admin sets the address in the form; gives the secret he is shown."""
    view = opened(till, "hook.open")
    assert submit(till, view, url=url).ok
    found = re.search(r"whsec_[\w+/=]+", str(till.bot.slack.views(ANNA)[-1].blocks))
    assert found
    return found.group()


def test_the_secret_is_shown_once_and_kept_sealed(till: Till) -> None:
    secret = set_hook(till)
    with till.bot.house.store.read() as tx:
        kept = webhooks.get(tx, till.bot.company)
        told = [e for e in audit.trail(tx, till.bot.company, till.bot.company) if e.what == "webhook.set"]
    assert kept is not None
    assert kept.secret == secret
    assert secret not in repr(kept)
    assert told
    assert all(secret not in e.details for e in told)
    assert "psa.example.fi" in till.bot.shown(opened(till, "paid.company")) or "psa.example.fi" in _listed(till)
    assert "whsec_" not in _listed(till)


def _listed(till: Till) -> str:
    assert till.bot.slack.command(ANNA, "paid").ok
    return top(till)


@pytest.mark.parametrize("url", ["http://psa.example.fi/", "https://10.0.0.1/", "https://localhost/x", "psa"])
def test_an_address_within_is_not_taken(till: Till, url: str) -> None:
    said = submit(till, opened(till, "hook.open"), url=url)
    assert re.search("https://|internet", str(said))
    with till.bot.house.store.read() as tx:
        assert webhooks.url(tx, till.bot.company) == ""


def paid_one(till: Till) -> tuple[str, int, int]:
    """An invoice that was paid: its number, its id, and the id of the news."""
    invoice = till.bot.fresh()
    _, (id,) = till.sent(invoice)
    till.look()
    till.pay(id)
    till.look()
    (entry,) = till.noted(id)
    return invoice.number, id, entry.id


def test_it_is_posted_signed_again_until_it_is_taken_and_with_one_id(till: Till) -> None:
    secret = set_hook(till)
    number, id, news = paid_one(till)
    other = Other([Reply(500), Reply(problem="TimeoutError")])
    desk = replace(till.bot.house.desk, hook=other)
    for attempt in range(3):
        hook.post(desk, till.bot.company, str(news), str(attempt))
    assert len(other.heard) == 3
    assert len({content for _, content in other.heard}) == 1
    headers, content = other.heard[-1]
    told = json.loads(content)
    assert told["id"] == headers["webhook-id"]
    assert told["type"] == "invoice.paid"
    assert told["data"]["number"] == number
    assert told["data"]["procountor_number"] == till.doc(id)["invoiceNumber"]
    signed = webhook.signature(secret, told["id"], int(headers["webhook-timestamp"]), content)
    assert headers["webhook-signature"] == f"v1,{signed}"


def test_after_the_last_attempt_the_admins_hear_and_it_is_in_the_trail(till: Till) -> None:
    set_hook(till)
    _, _, news = paid_one(till)
    desk = replace(till.bot.house.desk, hook=Other([Reply(503)]))
    hook.post(desk, till.bot.company, str(news), str(len(DELAYS) - 1))
    till.bot.until(r"has not taken one .*it answers 503")
    with till.bot.house.store.read() as tx:
        assert [e.what for e in audit.trail(tx, till.bot.company, f"news:{news}")] == ["webhook.given up"]


def test_taken_away_nothing_is_posted_any_more(till: Till) -> None:
    set_hook(till)
    _, _, news = paid_one(till)
    assert submit(till, opened(till, "hook.open"), url="").ok
    other = Other()
    hook.post(replace(till.bot.house.desk, hook=other), till.bot.company, str(news), "1")
    assert other.heard == []


def test_what_is_late_or_came_back_is_not_posted(till: Till) -> None:
    """The project system hears of money only (R27)."""
    set_hook(till)
    invoice = till.bot.fresh()
    _, (id,) = till.sent(invoice)
    till.look()
    till.bounce(id, "Unknown")
    till.sweep()
    (entry,) = till.noted(id)
    with till.bot.house.store.read() as tx:
        assert sales.news_of(tx, till.bot.company, entry.id) is not None
    till.in_channel(FINANCE_CHANNEL, rf"{invoice.number} .*did not reach")
    assert not [
        w
        for w in till.bot.house.engine._client.list_workflows()
        if w.workflow_id.startswith(f"paid.post:{till.bot.company}:{entry.id}:")
    ]
