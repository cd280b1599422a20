"""A number that is in Procountor already: a stranger's waits for a word, an earlier draft of ours is never doubled."""

from __future__ import annotations

import copy
from typing import Any

from sandbox.procountor import seed
from tests.support.batches import Batch, ask
from tests.support.practice import Bot

EARLIER = "[kierto:KI1AAAAAAAAAAAAAAAAAAAAAAAAAA]"


def stands(bot: Bot, number: str, notes: str) -> dict[str, Any]:
    """Puts an unfinished sales invoice with this number into Procountor, as if it had been made before."""
    world = bot.procountor.world
    with world.lock:
        company = world.companies[seed.NORTH]
        model = next(d for d in company.registers["invoices"].values() if d["type"] == "SALES_INVOICE")
        made = copy.deepcopy(model) | {"originalInvoiceNumber": number, "notes": notes, "status": "UNFINISHED"}
        made |= {"id": company.next_id("invoices"), "invoiceNumber": company.next_id("invoicenumbers")}
        made["created"] = made["version"] = world.clock().isoformat(timespec="seconds")
        made["date"] = world.clock().date().isoformat()
        return company.put("invoices", made)


def parked(bot: Bot, notes: str) -> tuple[Batch, str]:
    invoice = bot.fresh()
    stands(bot, invoice.number, notes)
    bot.drop(invoice)
    batch = ask(bot, f"send invoices {invoice.number}")
    batch.send()
    return batch, invoice.number


def offered(batch: Batch) -> list[str]:
    """The buttons of the list of what did not go."""
    rows = [block["elements"] for block in batch.faults().blocks if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row if element["action_id"].startswith("transfer.")]


def live(bot: Bot, number: str) -> list[dict[str, Any]]:
    docs = bot.books.registers["invoices"].values()
    return [d for d in docs if d["originalInvoiceNumber"] == number and d["status"] != "INVALIDATED"]


def test_a_strangers_number_is_told_before_sending_and_waits_for_a_word(bot: Bot) -> None:
    invoice = bot.fresh()
    stranger = stands(bot, invoice.number, "made by hand")
    bot.drop(invoice)
    batch = ask(bot, f"send invoices {invoice.number}")
    assert f"invoice {stranger['invoiceNumber']} with the same number {invoice.number}" in batch.text
    batch.send()
    assert len(live(bot, invoice.number)) == 1
    assert offered(batch) == ["transfer.look", "transfer.force"]
    view = bot.slack.views(batch.user)[-1]
    assert bot.slack.click(batch.user, view, "transfer.force").ok
    bot.wait(lambda: len(live(bot, invoice.number)) == 2)
    assert bot.draft(invoice.number)["status"] == "UNFINISHED"


def test_an_earlier_draft_of_ours_is_never_doubled_by_any_button(bot: Bot) -> None:
    batch, number = parked(bot, EARLIER)
    assert "a draft of this invoice that we made" in batch.text
    assert offered(batch) == ["transfer.look"]
    assert bot.slack.click(batch.user, bot.slack.views(batch.user)[-1], "transfer.look").ok
    batch.until("a draft of this invoice that we made")
    assert len(live(bot, number)) == 1


def test_once_the_earlier_draft_is_invalidated_the_new_one_goes(bot: Bot) -> None:
    batch, number = parked(bot, EARLIER)
    (earlier,) = live(bot, number)
    earlier["status"] = "INVALIDATED"
    assert offered(batch) == ["transfer.look"]
    assert bot.slack.click(batch.user, bot.slack.views(batch.user)[-1], "transfer.look").ok
    bot.wait(lambda: len(live(bot, number)) == 1)
    assert bot.draft(number)["notes"] != EARLIER
