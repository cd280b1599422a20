"""A revoked key pauses its own company only: its queue is kept, its admins hear once, another company goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from finance.authority import Right
from finance.invoice import Invoice, Kind, Party, Payment
from handlers import starting
from sandbox.procountor import seed
from storage import companies, documents, members, rights, transfers
from tests.support.batches import ask
from tests.support.practice import ANNA, Bot

SOUTH = "Etelätuuli Oy"


@pytest.fixture
def south(bot: Bot) -> Iterator[str]:
    """A second company of the same workspace, with books of its own."""
    desk = bot.house.desk
    with desk.store.write() as tx:
        team = companies.team_of(tx, bot.company) or ""
        id = companies.connect(tx, SOUTH, "0201256-6", seed.SOUTH, 501, seed.API_KEY_SECOND, desk.clock())
        companies.place(tx, id, team)
        rights.give(tx, id, team, ANNA, (Right.FINANCE,), "test", desk.clock())
        members.choose(tx, team, ANNA, company=bot.company)
    yield id
    with desk.store.write() as tx:
        rights.give(tx, id, team, ANNA, (), "test", desk.clock())


def theirs(given: Invoice) -> Invoice:
    """The same invoice as the second company would send it."""
    return replace(
        given, seller=Party(SOUTH, "0201256-6"), payment=Payment(iban=seed.SOUTH_IBAN, due=given.payment.due)
    )


def test_another_company_goes_on_and_the_queue_is_kept(bot: Bot, south: str) -> None:
    ours, other = bot.fresh(), theirs(bot.fresh())
    bot.drop(ours)
    batch = ask(bot, f"send invoices {ours.number}")
    with bot.house.store.write() as tx:
        documents.keep(tx, south, other, documents.PSA, None, bot.house.desk.clock())
    with bot.key_revoked():
        bot.procountor.world.tokens.expire()
        batch.press("run.send")
        bot.until("no longer accepts the API key of Pohjantuuli")
        desk = bot.house.desk
        run = starting.start_batch(desk, south, ("T0PRACTICE", ANNA), Kind.SALES_INVOICE, other.number, "south")
        assert isinstance(run, int)
        message = bot.wait(lambda: next((m for m in reversed(room(bot)) if f"Batch {run} ·" in bot.shown(m)), None))
        bot.wait(lambda: "1 ready" in bot.shown(latest(bot, message.ts)))
        bot.slack.click(ANNA, latest(bot, message.ts), "run.send")
        books = bot.procountor.world.companies[seed.SOUTH].registers["invoices"]
        bot.wait(lambda: other.number in {d.get("originalInvoiceNumber") for d in books.values()})
        with bot.house.store.read() as tx:
            assert companies.get(tx, bot.company).state == companies.PAUSED
            assert companies.get(tx, south).state == companies.READY
            assert [t.number for t in transfers.unfinished(tx, bot.company)] == [ours.number]
        assert sum("no longer accepts" in bot.shown(m) for m in room(bot)) == 1
        assert "[Open the setup]" in next(bot.shown(m) for m in room(bot) if "no longer accepts" in bot.shown(m))
    bot.wait(lambda: ours.number in {str(d["originalInvoiceNumber"]) for d in bot.drafts()}, 40)
    with bot.house.store.read() as tx:
        assert companies.get(tx, bot.company).state == companies.READY


def room(bot: Bot) -> list[object]:
    return [m for m in bot.slack.messages(bot.slack.dm(ANNA)) if m.bot_id]


def latest(bot: Bot, ts: str) -> object:
    return next(m for m in bot.slack.messages(bot.slack.dm(ANNA)) if m.ts == ts)
