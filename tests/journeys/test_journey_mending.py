"""Faulty invoices are mended in place: each kind of fault by its own form, twins together, and nothing by a forgery."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.compose import now
from finance.invoice import EInvoiceAddress, Invoice
from sandbox.slack.records import Delivery
from storage import companies, handles
from tests.support.batches import Batch, ask, checked, fixes, numbers
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def with_line(given: Invoice, **changes: Any) -> Invoice:
    return replace(given, lines=(replace(given.lines[0], **changes), *given.lines[1:]))


def with_operator(given: Invoice, operator: str) -> Invoice:
    address = EInvoiceAddress(operator, given.buyer.e_invoice.address)
    return replace(given, buyer=replace(given.buyer, e_invoice=address))


def test_an_operator_is_found_by_typing_its_name(bot: Bot) -> None:
    invoice = with_operator(bot.fresh(), "XYZ123")
    batch = checked(bot, invoice)
    form = batch.form(invoice.number)
    offered = bot.slack.options(ANNA, form, "fault.value", "apix")
    assert "Apix" in offered[0]["text"]["text"]
    assert bot.slack.options(ANNA, form, "fault.value", "")[0]["value"] != offered[0]["value"]
    bot.slack.choose(ANNA, form, "fault.value", offered[0]["value"])
    assert bot.slack.submit(ANNA, form).ok
    batch.close()
    batch.until("1 ready")
    batch.send()
    assert bot.draft(invoice.number)["counterParty"]["einvoiceAddress"]["operator"] == offered[0]["value"]


@pytest.mark.parametrize(
    ("changes", "value", "where", "becomes"),
    [
        ({"account": "3999"}, "3010", "account", "3000"),
        ({"vat_percent": 24}, "25.5", "vat_percent", "25.5"),
        ({"cost_centre": "999"}, "210", "cost_centre", "210"),
        ({"cost_centre": "900"}, "220", "cost_centre", "220"),
    ],
)
def test_what_is_chosen_from_a_register_goes_to_procountor(
    bot: Bot, changes: dict[str, Any], value: str, where: str, becomes: str
) -> None:
    given = {k: Decimal(v) if isinstance(v, int) else v for k, v in changes.items()}
    invoice = with_line(bot.fresh(), **given)
    batch = checked(bot, invoice)
    value = becomes if where == "account" else value
    after = batch.mend(invoice.number, value)
    assert numbers(after) == []
    batch.close()
    batch.until("1 ready")
    batch.send()
    draft = bot.draft(invoice.number)
    (entry,) = bot.entries(draft)
    if where == "cost_centre":
        items = {i["id"]: i["codeName"] for d in bot.books.registers["dimensions"].values() for i in d["items"]}
        assert [items[v["itemId"]] for v in entry["dimensionItemValues"]] == [becomes]
    elif where == "account":
        assert entry["account"] == becomes
    else:
        assert str(draft["invoiceRows"][0]["vatPercent"]) == becomes


def test_a_text_is_changed_and_a_wrong_one_is_refused_at_its_field(bot: Bot) -> None:
    given = bot.fresh()
    invoice = replace(given, buyer=replace(given.buyer, business_id="1572860-1"))
    batch = checked(bot, invoice)
    after = batch.mend(invoice.number, "1572860-9")
    assert numbers(after) == [invoice.number]
    after = batch.mend(invoice.number, "1572860-0")
    assert numbers(after) == []


def test_a_date_is_picked(bot: Bot) -> None:
    given = bot.fresh()
    late = given.issued - timedelta(days=3)
    invoice = replace(given, payment=replace(given.payment, due=late))
    batch = checked(bot, invoice)
    due = (given.issued + timedelta(days=30)).isoformat()
    batch.mend(invoice.number, due)
    batch.close()
    batch.until("1 ready")
    batch.send()
    assert bot.draft(invoice.number)["paymentInfo"]["dueDate"] == due


def test_an_attachment_that_cannot_go_is_left_out_and_the_others_go(bot: Bot) -> None:
    invoice = bot.fresh()
    bot.drop(invoice, (f"{invoice.number} kuva.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40), (f"{invoice.number}.pdf", PDF))
    batch = ask(bot, f"send invoices {invoice.number}")
    form = batch.form(invoice.number)
    assert [b for b in form.blocks if b["type"] == "input"] == []
    assert bot.slack.submit(ANNA, form).ok
    batch.close()
    batch.until("1 ready")
    batch.send()
    draft = bot.draft(invoice.number)
    stored = [a["name"] for a in bot.books.registers["attachments"].values() if a["referenceId"] == draft["id"]]
    assert stored == [f"{invoice.number}.pdf"]


def test_one_answer_serves_all_with_the_same_fault_if_one_wishes(bot: Bot) -> None:
    three = [with_operator(bot.fresh(), "BASWERE") for _ in range(3)]
    other = with_operator(bot.fresh(), "BASWARRE")
    batch = checked(bot, *three, other)
    after = batch.mend(three[1].number, "BAWCFI22", twins=True)
    assert numbers(after) == [other.number]
    assert "3 invoices" in bot.shown(after)
    batch.close()
    batch.until("3 ready")


def test_without_the_tick_only_one_is_mended(bot: Bot) -> None:
    two = [with_operator(bot.fresh(), "BASWERE") for _ in range(2)]
    batch = checked(bot, *two)
    assert numbers(batch.mend(two[0].number, "BAWCFI22")) == [two[1].number]


def test_back_leads_to_the_list_and_changes_nothing(bot: Bot) -> None:
    invoice = with_operator(bot.fresh(), "BASWERE")
    batch = checked(bot, invoice)
    form = batch.form(invoice.number)
    assert bot.slack.click(ANNA, form, "fault.back").ok
    assert numbers(batch.view("fault.list")) == [invoice.number]


def test_an_invoice_with_two_faults_stays_in_the_list_until_both_are_mended(bot: Bot) -> None:
    given = with_operator(with_line(bot.fresh(), account="3999"), "BASWERE")
    batch = checked(bot, given)
    assert len(fixes(batch.faults(), given.number)) == 2
    after = batch.mend(given.number, "BAWCFI22")
    assert len(fixes(after, given.number)) == 1
    assert numbers(batch.mend(given.number, "3000")) == []


def test_a_fault_that_somebody_else_has_mended_is_said_to_be_gone(bot: Bot) -> None:
    bot.allow(MIKAEL, "finance")
    invoice = with_operator(bot.fresh(), "BASWERE")
    batch = checked(bot, invoice)
    annas = batch.form(invoice.number)
    theirs = mended_by(bot, MIKAEL, batch.number, invoice.number)
    assert theirs.ok
    assert bot.slack.submit(ANNA, annas).ok
    view = bot.slack.views(ANNA)[-1]
    assert "no longer there" in bot.shown(view)
    assert numbers(view) == []


def mended_by(bot: Bot, user: str, run: int, number: str) -> Delivery:
    """Somebody else of finance opens the batch by its number and mends the first fault of an invoice."""
    before = len(bot.slack.whispers(user))
    bot.slack.command(user, f"run {run}")
    bot.slack.wait_for(lambda: len(bot.slack.whispers(user)) > before, 10)
    message = bot.slack.whispers(user)[before]
    assert bot.slack.click(user, message, "run.faults").ok
    view = bot.slack.wait_for(lambda: bot.slack.views(user), 5)[-1]
    assert bot.slack.click(user, view, "fault.open", value=fixes(view, number)[0]).ok
    form = bot.slack.wait_for(lambda: [v for v in bot.slack.views(user) if v.callback_id == "fault.fix"], 5)[-1]
    bot.slack.choose(user, form, "fault.value", "BAWCFI22")
    return bot.slack.submit(user, form)


# what a button carries cannot be made up


def test_forged_foreign_and_old_handles_get_one_and_the_same_answer(bot: Bot) -> None:
    invoice = bot.fresh()
    batch = checked(bot, invoice)
    right = batch.handle("run.send")
    words = {
        batch.press_old("run.send", "A" * len(right)),
        batch.press_old("run.send", right[:-1]),
        batch.press_old("run.send", batch.handle("run.cancel")),
        batch.press_old("run.send", expired(bot, batch)),
        batch.press_old("run.cancel", right),
    }
    assert len(words) == 1
    assert "no longer in use" in words.pop()
    assert "run.send" in batch.buttons()
    assert [d for d in bot.drafts() if d["originalInvoiceNumber"] == invoice.number] == []


def expired(bot: Bot, batch: Batch) -> str:
    """A handle for the batch as it was given long ago."""
    with bot.house.store.write() as tx:
        team = companies.team_of(tx, bot.company) or ""
        long_ago = now() - timedelta(days=40)
        return handles.issue(tx, bot.company, team, "run.send", f"{batch.number} ", long_ago)


def test_someone_without_the_right_cannot_press_another_persons_button(bot: Bot) -> None:
    invoice = bot.fresh()
    batch = checked(bot, invoice)
    told = batch.press_old("run.send", batch.handle("run.send"), EMMA)
    assert re.search(r"do not have the right.*@U01ANNA", told)
    assert "run.send" in batch.buttons()


def test_a_value_that_does_not_mend_the_fault_is_said_at_the_field_and_not_kept(bot: Bot) -> None:
    wrong = bot.fresh(payment=replace(bot.fresh().payment, reference="10613"))
    bot.drop(wrong)
    batch = ask(bot, f"send invoices {wrong.number}")
    view = batch.form(wrong.number)
    for typed in ("10614", "0", "abc"):
        batch.fill(view, typed)
        assert bot.slack.submit(batch.user, view).ok
        view = bot.slack.views(batch.user)[-1]
        assert view.callback_id == "fault.fix"
        assert [place for place in view.errors if place.startswith("value.")], typed
    batch.fill(view, "10618")
    assert bot.slack.submit(batch.user, view).ok
    batch.until("1 ready")
