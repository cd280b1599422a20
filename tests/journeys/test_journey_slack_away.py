"""When Slack is away for a moment, what was to be said is said later, once, and it is still true."""

from __future__ import annotations

import pytest

from finance.authority import Right
from sandbox.slack.faults import What
from tests.support.batches import Batch, ask
from tests.support.bills import Desk
from tests.support.practice import ANNA, FINANCE_CHANNEL, MIKAEL, Bot


def away(bot: Bot, method: str, times: int, what: What = "500") -> None:
    for nth in range(1, times + 1):
        bot.slack.faults.add(method, nth, what)


@pytest.mark.parametrize("what", ["500", "drop_before"])
def test_the_answer_to_a_file_comes_later_and_still_calls_it_new(bot: Bot, what: What) -> None:
    away(bot, "chat.postMessage", 4, what)
    told = bot.drop(bot.fresh())
    assert "1 invoice is ready to be checked" in told
    assert "already" not in told


@pytest.mark.parametrize("what", ["500", "429"])
def test_a_result_that_could_not_be_drawn_is_drawn_later(bot: Bot, what: What) -> None:
    invoice = bot.fresh()
    bot.drop(invoice)
    batch = ask(bot, f"send invoices {invoice.number}")
    away(bot, "chat.update", 3, what)
    batch.send()
    assert f"{invoice.number} → {bot.draft(invoice.number)['invoiceNumber']}" in batch.text


def test_a_message_posted_twice_leads_to_one_batch(bot: Bot) -> None:
    invoice = bot.fresh()
    bot.drop(invoice)
    bot.slack.faults.add("chat.postMessage", 1, "500_after", about="Batch")
    batch = ask(bot, f"send invoices {invoice.number}")
    copies = bot.wait(lambda: both if len(both := copies_of(bot, batch)) == 2 else None)
    newest = Batch(bot, copies[-1])
    newest.until("1 ready")
    newest.send()
    assert newest.number == batch.number
    assert len([c for c in bot.created() if c.summary.endswith(f" {invoice.number}")]) == 1


def test_a_card_posted_twice_ends_where_nobody_redraws_it_also_when_a_form_was_opened(bot: Bot) -> None:
    desk = Desk(bot)
    desk.give(ANNA, Right.FINANCE, Right.ADMIN)
    desk.give(MIKAEL, Right.RECEIVE, Right.SEE_OWN)
    desk.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    bot.slack.faults.add("chat.postMessage", 1, "500_after", about="TWICE-7")
    bill = desk.receive(number="TWICE-7", order_reference="P-1001")
    desk.fetch(ANNA)
    noted, room = desk.card(MIKAEL, bill), bot.slack.dm(MIKAEL)
    (copy,) = [m for m in bot.slack.messages(room) if "TWICE-7" in bot.shown(m) and m.ts != noted.ts]
    assert bot.slack.click(MIKAEL, copy, "bill.pass").ok
    bot.wait(lambda: bot.slack.views(MIKAEL))
    bot.wait(lambda: "stands here twice" in bot.shown(bot.slack.world.find(room, copy.ts)))
    assert bot.slack.click(MIKAEL, noted, "bill.document").ok
    bot.settled()
    assert "bill.pass" in desk.buttons(MIKAEL, bill)


def copies_of(bot: Bot, batch: Batch) -> list[str]:
    """The time stamps of the messages about this batch, in their order."""
    foot = f"Batch {batch.number} · "
    return [m.ts for m in bot.slack.messages(bot.slack.dm(ANNA)) if foot in bot.shown(m)]


def test_a_channel_that_does_not_take_the_result_is_said_to_the_sender(bot: Bot) -> None:
    bot.decide(result_channel="C0NOTTHERE")
    invoice = bot.fresh()
    bot.drop(invoice)
    ask(bot, f"send invoices {invoice.number}").send()
    bot.until("could not write to")


def test_the_channel_gets_the_result_and_the_details_in_its_thread(bot: Bot) -> None:
    bot.decide(result_channel=FINANCE_CHANNEL)
    invoice = bot.fresh()
    bot.drop(invoice)
    ask(bot, f"send invoices {invoice.number}").send()
    pair = f"{invoice.number} → {bot.draft(invoice.number)['invoiceNumber']}"

    def told() -> bool:
        room = bot.slack.messages(FINANCE_CHANNEL)
        heads = [m for m in room if not m.thread_ts and "1 invoice is a draft" in bot.shown(m)]
        return any(m.thread_ts == heads[-1].ts and pair in bot.shown(m) for m in room) if heads else False

    bot.wait(told)


def test_a_form_whose_opening_fails_is_told_and_can_be_opened_again(bot: Bot) -> None:
    away(bot, "views.open", 1)
    bot.slack.command(ANNA, "import")
    assert bot.slack.views(ANNA) == []
    assert bot.slack.command(ANNA, "import").ok
    bot.wait(lambda: bot.slack.views(ANNA))
    assert bot.slack.views(ANNA)[-1].callback_id == "import.files"
