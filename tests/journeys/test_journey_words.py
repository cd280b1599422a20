"""Everything else one may say: help, finding, batches again, the registers, files by a form, in three languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from finance.invoice import Invoice, Party
from sandbox.month.finvoice_file import finvoices
from storage import board
from tests.support.batches import Batch, ask
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot


def sent(bot: Bot, *given: Invoice) -> Batch:
    bot.drop(*given)
    batch = ask(bot, "send invoices " + " ".join(i.number for i in given))
    batch.send()
    return batch


def test_help_tells_each_what_they_may_do(bot: Bot) -> None:
    annas = bot.answer("/procountor", lambda: bot.slack.command(ANNA, "help"))
    for words in ("send invoices", "import", "runs", "run BATCH", "retry BATCH", "find NUMBER", "sync"):
        assert f"/procountor {words}" in annas
    emmas = bot.answer("/procountor help", lambda: bot.slack.command(EMMA, "help"), EMMA)
    assert "send invoices" not in emmas
    unknown = bot.answer("I do not know", lambda: bot.slack.command(EMMA, "snd invoices"), EMMA)
    assert "Did you mean" not in unknown


@pytest.mark.parametrize(("typed", "meant"), [("snd invoices", "send invoices"), ("halp", "help"), ("finde 7", "find")])
def test_an_unknown_word_is_answered_with_the_nearest(bot: Bot, typed: str, meant: str) -> None:
    told = bot.answer("I do not know", lambda: bot.slack.command(ANNA, typed))
    assert f"Did you mean /procountor {meant}?" in told


def test_a_command_written_to_the_bot_without_a_slash_is_understood(bot: Bot) -> None:
    bot.answer("The latest batches|No batches yet", lambda: bot.slack.say(ANNA, "runs"))


def test_either_number_leads_to_the_invoice(bot: Bot) -> None:
    invoice = bot.fresh()
    sent(bot, invoice)
    theirs = bot.draft(invoice.number)["invoiceNumber"]
    for number in (invoice.number, f"#{theirs}"):
        before = len(bot.slack.whispers(ANNA))
        bot.slack.command(ANNA, f"find {number}")
        told = bot.whispered(f"{invoice.number} → {theirs}", since=before)
        assert "Asiakas Oy" in told
        assert "a draft made in Procountor" in told


def test_an_invoice_made_by_others_is_found_in_procountor(bot: Bot) -> None:
    other = next(d for d in bot.books.registers["invoices"].values() if d["type"] == "SALES_INVOICE")
    told = bot.answer("not sent by us", lambda: bot.slack.command(ANNA, f"find {other['invoiceNumber']}"))
    assert str(other["invoiceNumber"]) in told
    assert other["counterParty"]["counterPartyAddress"]["name"] in told


@pytest.mark.parametrize("words", ["find 987654321", "find x", "find ../../users", "find 99999999999999999999"])
def test_what_is_nowhere_is_said_to_be_nowhere(bot: Bot, words: str) -> None:
    bot.answer("No invoice carries", lambda: bot.slack.command(ANNA, words))


def test_when_procountor_does_not_answer_finding_says_so(bot: Bot) -> None:
    bot.procountor.world.faults.add(route="GET /invoices", what="500json")
    bot.answer("did not answer just now", lambda: bot.slack.command(ANNA, "find 987654"))


def test_a_batch_is_shown_again_by_its_number(bot: Bot) -> None:
    invoice = bot.fresh()
    batch = sent(bot, invoice)
    listed = bot.answer("The latest batches", lambda: bot.slack.command(ANNA, "runs"))
    assert re.search(rf"• {batch.number} · .*done · 1 sent", listed)
    shown = bot.answer("1 invoice is a draft", lambda: bot.slack.command(ANNA, f"run {batch.number}"))
    assert f"{invoice.number} → {bot.draft(invoice.number)['invoiceNumber']}" in shown


@pytest.mark.parametrize("number", ["999999", "x", "-1", "9" * 5000])
def test_a_batch_that_is_not_there(bot: Bot, number: str) -> None:
    bot.answer("There is no batch", lambda: bot.slack.command(ANNA, f"run {number}"))


def test_a_batch_is_tried_again_by_its_number(bot: Bot) -> None:
    given = bot.fresh()
    batch = sent(bot, replace(given, lines=(replace(given.lines[0], account="3010"),)))
    bot.answer("can be tried again", lambda: bot.slack.command(ANNA, f"retry {batch.number}"))
    batch.mend(given.number, "3000")
    batch.close()
    bot.slack.command(ANNA, f"retry {batch.number} failed")
    batch.until("1 invoice is a draft")
    bot.answer("Which batch", lambda: bot.slack.command(ANNA, "retry"))


def test_the_registers_are_fetched_and_what_is_new_is_named(bot: Bot) -> None:
    dimension = next(d for d in bot.books.registers["dimensions"].values() if d["name"] == "Kustannuspaikka")
    dimension["items"].append({"id": 2099, "codeName": "250", "description": "Uusi"})
    told = bot.answer("Fetched from Procountor", lambda: bot.slack.command(ANNA, "sync"))
    assert "Kustannuspaikka: 250" in told
    dimension["items"].pop()
    told = bot.answer("Fetched from Procountor", lambda: bot.slack.command(ANNA, "sync"))
    assert "closed: Kustannuspaikka: 250" in told


def test_home_shows_what_waits_and_starts_a_batch(bot: Bot) -> None:
    bot.drop(bot.fresh())
    bot.slack.open_home(ANNA)
    bot.wait(lambda: "Connected to Procountor" in bot.home())
    assert re.search(r"\d+ invoices? waits? to be sent", bot.home())
    before = bot.latest().ts
    bot.slack.click(ANNA, "home", "home.send")
    bot.wait(lambda: bot.latest().ts != before and "run.cancel" in str(bot.latest().blocks))
    bot.slack.open_home(EMMA)
    bot.wait(lambda: bot.home(EMMA))
    assert "Check and send" not in bot.home(EMMA)


def test_files_come_in_by_a_form_too(bot: Bot) -> None:
    invoice = bot.fresh()
    assert bot.slack.command(ANNA, "import").ok
    view = bot.slack.wait_for(lambda: bot.slack.views(ANNA), 5)[-1]
    assert not bot.slack.submit(ANNA, view).ok
    bot.slack.fill(ANNA, view, {"files": [("laskut.xml", finvoices([invoice]))]})
    assert bot.slack.submit(ANNA, view).ok
    bot.wait(lambda: "1 invoice is ready to be checked" in bot.shown(bot.latest()))
    assert "1 ready" in ask(bot, f"send invoices {invoice.number}").text


def test_a_bill_is_kept_as_a_bill_and_not_sent(bot: Bot) -> None:
    given = bot.fresh()
    us = replace(given.buyer, name=given.seller.name, business_id=given.seller.business_id)
    bill = replace(given, seller=Party("Toimittaja Oy", "0201256-6"), buyer=us)
    told = bot.drop(bill)
    assert "1 bill is ready to be checked" in told
    unfinished = previews(bot)
    batch = ask(bot, f"send invoices {bill.number}")
    assert "nothing to send" in batch.text
    ask(bot, "check invoices")
    assert previews(bot) == unfinished
    assert [d for d in bot.drafts() if d["originalInvoiceNumber"] == bill.number] == []


def previews(bot: Bot) -> int:
    """Batches that wait for somebody to send them or put them away."""
    with bot.house.store.read() as tx:
        return board.runs(tx, bot.company).get("preview", 0)


def test_what_is_neither_ours_nor_to_us_is_said_to_be_so(bot: Bot) -> None:
    given = bot.fresh()
    told = bot.drop(replace(given, seller=Party("Toimittaja Oy", "0201256-6")))
    assert "No new invoices" in told
    assert "Pohjantuuli" in told


def test_each_reads_his_own_language(bot: Bot) -> None:
    bot.allow(MIKAEL, "finance")
    bot.drop(bot.fresh())
    swedish = ask(bot, "send invoices", MIKAEL)
    assert re.search(r"faktur(a|or) kontrollerad", swedish.text)
    assert "Moms" in swedish.text
    bot.allow(MIKAEL, "finance", language="fi")
    finnish = ask(bot, "send invoices", MIKAEL)
    assert re.search(r"lasku(a)? tarkistettu", finnish.text)
    assert "ALV" in finnish.text
    told = bot.answer("Det finns inget parti|Ei ole erää|Erää", lambda: bot.slack.command(MIKAEL, "run 999999"), MIKAEL)
    assert "There is no" not in told


def test_foreign_words_can_neither_mention_nor_format(bot: Bot) -> None:
    given = bot.fresh()
    nasty = replace(given, buyer=replace(given.buyer, name="<!channel> *Oy* <https://x.example|y>", business_id="1"))
    bot.drop(nasty)
    batch = ask(bot, f"send invoices {nasty.number}")
    blocks = str(batch.message.blocks) + str(batch.faults().blocks)
    assert "<!channel>" not in blocks
    assert "<https://x.example" not in blocks
