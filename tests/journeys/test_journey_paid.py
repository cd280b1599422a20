"""An invoice that was sent is paid, and those whom it concerns hear of it, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from finance.authority import Right
from finance.paid_rules import PaidRule
from handlers import papers, sales_read
from procountor import sales as resource
from storage import sales
from tests.support.paid import Till
from tests.support.practice import ANNA, FINANCE_CHANNEL, MIKAEL, Bot

EVERYBODY = "C02YLEINEN"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def till(bot: Bot) -> Iterator[Till]:
    bot.allow(ANNA, Right.FINANCE, Right.ADMIN, language="en")
    bot.decide(result_channel=FINANCE_CHANNEL, channel_language="en", paid_channel=EVERYBODY)
    yield Till(bot)
    Till(bot).quiet()


def of(till: Till, number: str, channel: str = EVERYBODY, thread: bool = False) -> list[str]:
    """Every message in the channel that names the invoice."""
    room = till.bot.slack.messages(channel)
    return [
        text for m in room if re.search(rf"\b{number}\b", text := till.bot.shown(m))
        and bool(m.thread_ts and m.thread_ts != m.ts) == thread
    ]  # fmt: skip


@pytest.mark.parametrize("bump", [True, False], ids=["a new version", "the same version"])
def test_the_channel_hears_of_both_numbers_and_the_days_and_the_sender_in_his_thread(till: Till, bump: bool) -> None:
    invoice = till.bot.fresh()
    batch, (id,) = till.sent(invoice)
    till.look()
    due = invoice.payment.due
    assert due is not None
    till.pay(id, bump=bump, day=due - timedelta(days=3))
    till.look() if bump else till.sweep()
    (said,) = till.in_channel(EVERYBODY, rf"{invoice.number} → {till.doc(id)['invoiceNumber']}")
    text = till.bot.shown(said)
    assert "Asiakas Oy" in text
    assert "1,506.00 €" in text
    assert "3 days before the due date" in text
    till.bot.wait(lambda: f"{invoice.number} → " in batch.thread and "paid" in batch.thread)
    till.look()
    till.sweep()
    till.quiet()
    assert len(of(till, invoice.number)) == 1
    assert [e.news.what for e in till.noted(id)] == ["paid"]


def test_in_parts_is_not_paid_and_too_much_is_said(till: Till) -> None:
    invoice = till.bot.fresh()
    _, (id,) = till.sent(invoice)
    till.look()
    till.pay(id, "500")
    till.look()
    text = till.bot.shown(till.in_channel(EVERYBODY, rf"{invoice.number} .*paid in part")[0])
    assert "500.00 € of 1,506.00 €, 1,006.00 € is open" in text
    assert "has been paid" not in text
    till.pay(id, "2000")
    till.look()
    assert "over" in till.bot.shown(till.in_channel(EVERYBODY, rf"{invoice.number} .*paid too much")[0])
    assert [e.news.what for e in till.noted(id)] == ["partly", "over"]


def test_several_at_once_are_one_message(till: Till) -> None:
    invoices = [till.bot.fresh() for _ in range(4)]
    _, ids = till.sent(*invoices)
    till.look()
    for id in ids:
        till.pay(id)
    till.look()
    text = till.bot.shown(till.in_channel(EVERYBODY, "4 invoices have been paid")[0])
    assert all(one.number in text for one in invoices)


def test_by_hand_is_said_so_and_what_is_taken_back_is_told(till: Till) -> None:
    invoice = till.bot.fresh()
    _, (id,) = till.sent(invoice)
    till.look()
    till.pay(id)
    till.edit(id, status="MARKED_PAID")
    till.look()
    till.in_channel(EVERYBODY, rf"{invoice.number} .*marked as paid by hand")
    till.take_back(id)
    till.look()
    till.in_channel(EVERYBODY, rf"{invoice.number} .*open again")


def test_rules_send_it_elsewhere_without_amounts(till: Till) -> None:
    invoice = replace(till.bot.fresh(), project="P-1001")
    till.bot.decide(paid_rules=(PaidRule(FINANCE_CHANNEL, projects=("P-1001",), amounts=False),))
    _, (id,) = till.sent(invoice)
    till.look()
    till.pay(id)
    till.look()
    (said,) = [m for m in till.in_channel(FINANCE_CHANNEL, rf"{invoice.number} → .* paid") if m.thread_ts in ("", m.ts)]
    assert "€" not in till.bot.shown(said)
    assert of(till, invoice.number) == []


@pytest.mark.parametrize(("finance", "heard"), [(True, 1), (False, 0)])
def test_a_company_without_a_channel_tells_finance_or_nobody(till: Till, finance: bool, heard: int) -> None:
    till.bot.decide(paid_channel="", paid_finance=finance)
    invoice = till.bot.fresh()
    _, (id,) = till.sent(invoice)
    till.look()
    till.pay(id)
    till.look()
    till.bot.wait(lambda: till.noted(id) and till.noted(id)[0].batch)
    till.quiet()
    if heard:
        till.in_channel(FINANCE_CHANNEL, rf"{invoice.number} → \d+ .* paid")
    assert len([t for t in of(till, invoice.number, FINANCE_CHANNEL) if "paid" in t]) == heard


def test_a_channel_that_takes_no_messages_is_made_up_for_by_telling_finance(till: Till) -> None:
    till.bot.decide(paid_channel="C0NOWHERE")
    invoice = till.bot.fresh()
    _, (id,) = till.sent(invoice)
    till.look()
    till.pay(id)
    till.look()
    till.bot.until(rf"{invoice.number} → \d+ · Asiakas Oy · .* paid")
    till.bot.until("I could not write to")


def test_a_late_answer_changes_nothing(till: Till) -> None:
    """A poll that asked before the payment and answers after it: what was read later is kept."""
    invoice = till.bot.fresh()
    _, (id,) = till.sent(invoice)
    till.look()
    desk = till.bot.house.desk
    company = papers.company_of(desk, till.bot.company)
    early = desk.clock()
    old = resource.read(desk.books(company.id), [id])
    till.pay(id, bump=False)
    till.sweep()
    with desk.store.write() as tx:
        assert sales.keep(tx, company.id, old, early, desk.clock()) == 0
    till.sweep()
    assert [e.news.what for e in till.noted(id)] == ["paid"]


def test_a_look_that_is_cut_off_is_made_up_for(till: Till) -> None:
    """The rows are noted and nothing was told: the next look tells."""
    invoice = till.bot.fresh()
    _, (id,) = till.sent(invoice)
    till.look()
    till.pay(id)
    desk = till.bot.house.desk
    company = papers.company_of(desk, till.bot.company)
    sales_read.take_in(desk, company, desk.books(company.id), [id])
    assert till.noted(id)[0].batch == ""
    till.look()
    till.in_channel(EVERYBODY, rf"{invoice.number} → \d+")


def test_nobody_without_the_right_asks_procountor(till: Till) -> None:
    till.bot.allow(MIKAEL, Right.RECEIVE, language="en")
    till.bot.answer("do not have the right", lambda: till.bot.slack.command(MIKAEL, "fetch payments"), MIKAEL)
    till.bot.answer("No sent invoice has news|is new|are new", lambda: till.bot.slack.command(ANNA, "fetch payments"))
