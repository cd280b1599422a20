"""Whatever happens to a request on its way: each invoice stands in Procountor once, and people are told the truth."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from finance.invoice import Invoice
from sandbox.procountor import outside
from tests.support.batches import ask, checked, made, numbers
from tests.support.practice import ANNA, Bot

SETTLE = 2.0


def with_pair(given: Invoice, account: str) -> Invoice:
    """With an account that does not take the row's VAT percentage: Procountor says no once the draft is there."""
    return replace(given, lines=(replace(given.lines[0], account=account),))


def edited(bot: Bot, id: int, **changes: Any) -> None:
    """A person changes an invoice in Procountor's own pages."""
    world = bot.procountor.world
    with world.lock:
        outside.edit(world, bot.books, id, changes)


UNCLEAR = [
    ("the answer is lost after it was made", {"what": "drop", "when": "after"}),
    ("the request is lost before it was made", {"what": "drop", "when": "before"}),
    ("the request takes effect after the line broke", {"what": "zombie", "seconds": 1.0}),
    ("a page of HTML after it was made", {"what": "500html", "when": "after"}),
    ("an error before it was made", {"what": "500json", "when": "before"}),
    ("too many requests", {"what": "429", "when": "before"}),
    ("half an answer", {"what": "truncate", "when": "after"}),
    ("no answer for long after it was made", {"what": "slow", "when": "after", "seconds": 1.6}),
    ("the line is closed politely", {"what": "close", "when": "after"}),
]


@pytest.mark.parametrize(("what", "fault"), UNCLEAR, ids=[what for what, _ in UNCLEAR])
def test_after_an_unclear_answer_it_is_looked_for_and_stands_once(bot: Bot, what: str, fault: dict[str, Any]) -> None:
    unclear, clear = bot.fresh(), bot.fresh()
    batch = checked(bot, unclear, clear)
    bot.procountor.world.faults.add(route="POST /invoices", nth=1, **fault)
    began = time.monotonic()
    batch.send()
    if fault.get("when") == "before":
        assert time.monotonic() - began >= SETTLE
    assert [made(bot, i.number) for i in (unclear, clear)] == [1, 1]
    for one in (unclear, clear):
        assert f"{one.number} → {bot.draft(one.number)['invoiceNumber']}" in batch.text


def test_while_it_is_not_clear_the_message_says_so(bot: Bot) -> None:
    invoice = bot.fresh()
    batch = checked(bot, invoice)
    bot.procountor.world.options.search_lag = 1.5
    bot.procountor.world.faults.add(route="POST /invoices", nth=1, what="drop", when="after")
    batch.press("run.send")
    batch.until(f"No clear answer came.*{invoice.number}")
    bot.procountor.world.options.search_lag = 0.0
    batch.settled()
    assert made(bot, invoice.number) == 1


def test_what_a_search_shows_late_is_not_made_again(bot: Bot) -> None:
    invoice = bot.fresh()
    batch = checked(bot, invoice)
    bot.procountor.world.options.search_lag = 1.2
    bot.procountor.world.faults.add(route="POST /invoices", nth=1, what="drop", when="after")
    batch.send()
    bot.procountor.world.options.search_lag = 0.0
    assert made(bot, invoice.number) == 1


@pytest.mark.parametrize("route", ["POST /attachments", "PUT /ledgerreceipts/{id}"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_draft_is_finished_though_an_answer_about_it_is_lost(bot: Bot, route: str, when: str) -> None:
    given = bot.fresh()
    invoice = replace(given, lines=(replace(given.lines[0], cost_centre="210"),))
    bot.drop(invoice, (f"{invoice.number}.pdf", b"%PDF-1.4\n%%EOF\n"))
    batch = ask(bot, f"send invoices {invoice.number}")
    bot.procountor.world.faults.add(route=route, nth=1, what="drop", when=when)
    batch.send()
    draft = bot.draft(invoice.number)
    assert len([a for a in bot.books.registers["attachments"].values() if a["referenceId"] == draft["id"]]) == 1
    assert [len(e["dimensionItemValues"]) for e in bot.entries(draft)] == [1]
    assert made(bot, invoice.number) == 1


def test_reading_may_fail_a_few_times(bot: Bot) -> None:
    invoices = [bot.fresh() for _ in range(3)]
    batch = checked(bot, *invoices)
    bot.procountor.world.faults.add(route="GET /invoices", share=0.5, seed=3, what="500json", times=6)
    batch.send()
    assert [made(bot, i.number) for i in invoices] == [1] * 3


def test_tokens_that_end_in_the_middle_are_renewed(bot: Bot) -> None:
    invoices = [bot.fresh() for _ in range(8)]
    batch = checked(bot, *invoices)
    batch.press("run.send")
    bot.wait(lambda: made(bot, invoices[0].number))
    bot.procountor.world.tokens.expire()
    batch.settled()
    assert [made(bot, i.number) for i in invoices] == [1] * 8


def test_a_revoked_key_pauses_the_company_tells_its_admin_once_and_loses_nothing(bot: Bot) -> None:
    invoices = [bot.fresh() for _ in range(4)]
    batch = checked(bot, *invoices)
    before = bot.text().count("no longer accepts the API key")
    with bot.key_revoked():
        bot.procountor.world.tokens.expire()
        batch.press("run.send")
        bot.wait(lambda: bot.text().count("no longer accepts the API key") > before)
        bot.slack.open_home(ANNA)
        bot.wait(lambda: "sending waits" in bot.home())
        asked = bot.procountor.world.counts.routes["POST /oauth/token"]
        time.sleep(2.5)
        assert bot.procountor.world.counts.routes["POST /oauth/token"] - asked <= 3
    batch.settled()
    assert [made(bot, i.number) for i in invoices] == [1] * 4
    assert bot.text().count("no longer accepts the API key") == before + 1
    bot.slack.open_home(ANNA)
    bot.wait(lambda: "Connected to Procountor" in bot.home())


def test_a_number_that_is_taken_in_procountor_waits_for_a_persons_word(bot: Bot) -> None:
    invoice = bot.fresh()
    strangers = next(d["id"] for d in bot.books.registers["invoices"].values() if d["type"] == "SALES_INVOICE")
    edited(bot, strangers, originalInvoiceNumber=invoice.number)
    batch = checked(bot, invoice)
    batch.send()
    assert made(bot, invoice.number) == 0
    assert "already has an invoice with this original number" in batch.text
    bot.slack.click(ANNA, batch.faults(), "transfer.look")
    bot.wait(lambda: "transfer.force" in str(batch.faults().blocks))
    assert made(bot, invoice.number) == 0
    bot.slack.click(ANNA, bot.slack.views(ANNA)[-1], "transfer.force")
    batch.until("1 invoice is a draft")
    assert made(bot, invoice.number) == 1


def test_a_number_that_was_taken_and_is_free_again_goes_after_another_look(bot: Bot) -> None:
    invoice = bot.fresh()
    strangers = next(d["id"] for d in bot.books.registers["invoices"].values() if d["type"] == "SALES_INVOICE")
    edited(bot, strangers, originalInvoiceNumber=invoice.number)
    batch = checked(bot, invoice)
    batch.send()
    edited(bot, strangers, originalInvoiceNumber="X-1")
    bot.slack.click(ANNA, batch.faults(), "transfer.look")
    batch.until("1 invoice is a draft")
    assert made(bot, invoice.number) == 1


def test_a_refused_account_is_explained_on_its_row_and_the_same_draft_is_finished(bot: Bot) -> None:
    invoice = with_pair(bot.fresh(), "3010")
    batch = checked(bot, invoice)
    batch.send()
    first = bot.draft(invoice.number)["id"]
    assert numbers(batch.faults()) == [invoice.number]
    assert "3010" in bot.shown(bot.slack.views(ANNA)[-1])
    batch.mend(invoice.number, "3000")
    batch.close()
    batch.press("run.retry")
    batch.until("1 invoice is a draft")
    assert (bot.draft(invoice.number)["id"], made(bot, invoice.number)) == (first, 1)
    assert [e["account"] for e in bot.entries(bot.draft(invoice.number))] == ["3000"]


def test_a_draft_that_a_person_has_changed_is_left_to_that_person(bot: Bot) -> None:
    invoice = with_pair(bot.fresh(), "3010")
    batch = checked(bot, invoice)
    batch.send()
    draft = bot.draft(invoice.number)
    edited(bot, draft["id"], invoiceRows=[{**draft["invoiceRows"][0], "quantity": 3}])
    batch.mend(invoice.number, "3000")
    batch.close()
    batch.press("run.retry")
    batch.until("Somebody has changed the invoice in Procountor")
    assert bot.draft(invoice.number)["invoiceRows"][0]["quantity"] == 3
    assert made(bot, invoice.number) == 1


def test_a_draft_that_a_person_has_invalidated_is_not_made_again(bot: Bot) -> None:
    invoice = with_pair(bot.fresh(), "3010")
    batch = checked(bot, invoice)
    batch.send()
    edited(bot, bot.draft(invoice.number)["id"], status="INVALIDATED")
    batch.mend(invoice.number, "3000")
    batch.close()
    batch.press("run.retry")
    batch.until("invalidated in Procountor")
    assert made(bot, invoice.number) == 1


def test_an_invoice_that_changed_in_the_file_while_its_draft_waits_is_only_shown(bot: Bot) -> None:
    invoice = with_pair(bot.fresh(), "3010")
    batch = checked(bot, invoice)
    batch.send()
    told = bot.drop(replace(invoice, lines=(replace(invoice.lines[0], account="3000"),)))
    assert f"{invoice.number} has changed since it was sent" in told
    again = ask(bot, f"send invoices {invoice.number}")
    assert made(bot, invoice.number) == 1
    assert "run.send" not in again.buttons()


def test_when_procountor_is_away_the_check_says_so(bot: Bot) -> None:
    bot.decide(reference_hours=0)
    bot.procountor.world.faults.add(route="GET /coa", what="500json")
    batch = checked(bot, bot.fresh())
    assert "registers could not be read" in batch.text
    assert batch.buttons() == []


def test_an_own_second_draft_is_cancelled_and_a_persons_copy_is_not(bot: Bot) -> None:
    invoice = bot.fresh()
    batch = checked(bot, invoice)
    bot.procountor.world.options.search_lag = 1.2
    bot.procountor.world.faults.add(route="POST /invoices", nth=1, what="drop", when="after")
    batch.press("run.send")
    bot.wait(lambda: made(bot, invoice.number))
    copied(bot, invoice.number, creatorId=502)
    bot.procountor.world.options.search_lag = 0.0
    batch.settled()
    alive = [d for d in bot.drafts() if d["originalInvoiceNumber"] == invoice.number]
    assert len(alive) == 2
    assert str(min(d["invoiceNumber"] for d in alive)) in batch.text


def copied(bot: Bot, number: str, **changes: Any) -> None:
    """Somebody copies a draft in Procountor; the notes go along."""
    from copy import deepcopy

    world = bot.procountor.world
    with world.lock:
        draft = deepcopy(next(d for d in bot.drafts() if d["originalInvoiceNumber"] == number))
        draft.pop("id")
        draft |= {"invoiceNumber": bot.books.next_id("invoicenumbers"), **changes}
        bot.books.put("invoices", draft)
