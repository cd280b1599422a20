"""Sending, however it is asked for: once for each invoice, by those who may, of what was looked at."""

from __future__ import annotations

from dataclasses import replace

from bot import practice
from finance.invoice import Invoice
from tests.support.batches import ask, checked, made, theirs
from tests.support.practice import ANNA, EMMA, GUEST, MIKAEL, Bot


def dearer(given: Invoice) -> Invoice:
    return replace(given, lines=(replace(given.lines[0], unit_price=given.lines[0].unit_price + 1), *given.lines[1:]))


def test_the_same_command_twice_makes_two_previews_and_one_draft_of_each(bot: Bot) -> None:
    invoice = bot.fresh()
    bot.drop(invoice)
    first, second = (ask(bot, f"send invoices {invoice.number}") for _ in range(2))
    assert first.number != second.number
    right = second.handle("run.send")
    first.send()
    # the second preview may be drawn anew by now; a page that was not still has the button
    assert "nothing to send" in second.press_old("run.send", right)
    assert made(bot, invoice.number) == 1
    third = ask(bot, f"send invoices {invoice.number}")
    assert f"{invoice.number} is in Procountor already, as {bot.draft(invoice.number)['invoiceNumber']}" in third.text


def test_who_has_no_right_is_told_who_has_and_nobody_else_hears(bot: Bot) -> None:
    invoice = bot.fresh()
    bot.drop(invoice)
    before = len(bot.slack.messages(bot.slack.dm(EMMA)))
    told = bot.answer("do not have the right", lambda: bot.slack.command(EMMA, "send invoices"), EMMA)
    assert "@U01ANNA" in told
    assert len(bot.slack.messages(bot.slack.dm(EMMA))) == before
    assert made(bot, invoice.number) == 0


def test_a_guest_and_what_he_drops_are_refused(bot: Bot) -> None:
    bot.allow(GUEST, "finance")
    bot.answer("Only members", lambda: bot.slack.command(GUEST, "send invoices"), GUEST)
    bot.answer("Only members", lambda: bot.slack.drop_file(GUEST, "a.csv", b"1;2"), GUEST)
    bot.allow(GUEST)


def test_a_right_taken_away_counts_at_the_press(bot: Bot) -> None:
    bot.allow(MIKAEL, "finance")
    invoice = bot.fresh()
    batch = checked(bot, invoice)
    message = theirs(bot, MIKAEL, batch.number)
    bot.allow(MIKAEL)
    bot.answer("rättighet|rätt att", lambda: bot.slack.click(MIKAEL, message, "run.send"), MIKAEL)
    assert "run.send" in batch.buttons()
    assert made(bot, invoice.number) == 0


def test_files_from_somebody_without_the_right_are_not_read(bot: Bot) -> None:
    bot.slack.drop_file(EMMA, "a.csv", b"1;2")
    assert "@U01ANNA" in bot.until("do not have the right", EMMA)


def test_the_same_file_twice_makes_nothing_new(bot: Bot) -> None:
    invoices = [bot.fresh(), bot.fresh()]
    assert "2 invoices are ready" in bot.drop(*invoices)
    again = bot.drop(*invoices)
    assert "No new invoices" in again
    assert "2 were here already" in again


def test_an_invoice_that_changed_before_sending_is_shown_before_it_goes(bot: Bot) -> None:
    invoice = bot.fresh()
    batch = checked(bot, invoice)
    assert "1,506.00 €" in batch.text
    told = bot.drop(dearer(invoice))
    assert f"{invoice.number} has changed:" in told
    bot.answer("have changed since the check", lambda: batch.press("run.send"))
    batch.until("1,518.55 €")
    assert made(bot, invoice.number) == 0
    batch.send()
    assert bot.draft(invoice.number)["invoiceRows"][0]["unitPrice"] == 121


def test_an_invoice_that_changed_after_sending_is_only_shown(bot: Bot) -> None:
    invoice = bot.fresh()
    checked(bot, invoice).send()
    told = bot.drop(dearer(invoice))
    assert f"{invoice.number} has changed since it was sent" in told
    assert "unit_price" in told or "price" in told
    assert "120" in told
    assert "121" in told
    batch = ask(bot, f"send invoices {invoice.number}")
    assert "is in Procountor already" in batch.text
    assert bot.draft(invoice.number)["invoiceRows"][0]["unitPrice"] == 120


def test_cancelling_puts_the_batch_away_and_the_invoices_wait(bot: Bot) -> None:
    invoice = bot.fresh()
    batch = checked(bot, invoice)
    handle = batch.handle("run.send")
    batch.press("run.cancel")
    batch.until("Nothing was sent")
    assert "Nothing was sent" in batch.press_old("run.send", handle)
    assert made(bot, invoice.number) == 0
    assert "1 ready" in ask(bot, f"send invoices {invoice.number}").text


def test_a_dry_run_offers_nothing_to_send(bot: Bot) -> None:
    invoice = bot.fresh()
    bot.drop(invoice)
    for words in (f"send invoices {invoice.number} dry", f"check invoices {invoice.number}"):
        batch = ask(bot, words)
        assert "1 ready" in batch.text
        assert "run.send" not in batch.buttons()


def test_a_range_a_project_and_numbers_pick_what_they_say(bot: Bot) -> None:
    invoices = [bot.fresh() for _ in range(4)]
    tied = [replace(i, lines=(replace(i.lines[0], project="P-1005"),)) for i in invoices[:2]]
    bot.drop(*tied, *invoices[2:])
    first, second, third, _ = (i.number for i in invoices)
    by_range = ask(bot, f"send invoices {first}-{third}")
    assert "3 invoices checked" in by_range.text
    by_project = ask(bot, "send invoices project:P-1005")
    assert "2 invoices checked" in by_project.text
    by_numbers = ask(bot, f"send invoices {second}, {third} 99999")
    assert "2 invoices checked" in by_numbers.text
    assert "99999 is not among the invoices waiting here" in by_numbers.text
    by_project.send()
    assert [made(bot, i.number) for i in invoices] == [1, 1, 0, 0]


def test_words_that_say_nothing_are_asked_back(bot: Bot) -> None:
    bot.answer("(?i)nonsense", lambda: bot.slack.command(ANNA, "send invoices nonsense"))


def test_more_than_one_batch_may_hold_is_refused_in_words(bot: Bot) -> None:
    bot.decide(largest_batch=1)
    two = [bot.fresh(), bot.fresh()]
    batch = checked(bot, *two)
    assert "more than one batch may hold" in batch.text
    assert batch.buttons() == []


def test_a_draft_is_dated_and_marked_as_ours(bot: Bot) -> None:
    invoice = bot.fresh()
    checked(bot, invoice).send()
    draft = bot.draft(invoice.number)
    assert (draft["status"], draft["date"]) == ("UNFINISHED", practice.today().isoformat())
    assert draft["notes"].startswith("[kierto:KI1")
