"""Words of tests about money: an invoice is sent by the bot, approved in Procountor, and the bank pays it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from finance.invoice import Invoice
from handlers import fetch_sales, papers, sales_read
from sandbox.procountor import outside
from sandbox.procountor.history import note
from sandbox.slack.records import Message
from storage import sales
from storage.sales import Entry
from tests.support.batches import Batch, ask
from tests.support.practice import Bot


class Till:
    """The sales invoices of the practice company after they were sent."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    def sent(self, *wanted: Invoice) -> tuple[Batch, list[int]]:
        """Sends them through the bot as one batch; a person approves and sends each in Procountor. Gives their ids."""
        self.bot.drop(*wanted)
        batch = ask(self.bot, f"send invoices {' '.join(one.number for one in wanted)}")
        batch.send()
        ids = [int(self.bot.draft(one.number)["id"]) for one in wanted]
        for id in ids:
            self.edit(id, status="SENT")
        return batch, ids

    def edit(self, id: int, *, bump: bool = True, **changes: Any) -> None:
        """A person edits the invoice in Procountor's own pages."""
        with self.bot.procountor.world.lock:
            outside.edit(self.bot.procountor.world, self.bot.books, id, changes, bump_version=bump)

    def pay(self, id: int, amount: str | None = None, *, bump: bool = True, day: date | None = None) -> None:
        """The bank pays what is open, or an amount."""
        world = self.bot.procountor.world
        sum_ = None if amount is None else Decimal(amount)
        with world.lock:
            outside.bank_run(world, self.bot.books, invoices=[id], amount=sum_, bump_version=bump, day=day)

    def take_back(self, id: int) -> None:
        """Somebody removes the payments, and confirms it in Procountor Key."""
        events = [e["id"] for e in self.bot.books.registers["paymentevents"].values() if e["invoiceId"] == id]
        with self.bot.procountor.world.lock:
            for event in events:
                outside.remove_payment(self.bot.procountor.world, self.bot.books, event)

    def bounce(self, id: int, words: str) -> None:
        """The e-invoice operator gives it back."""
        world = self.bot.procountor.world
        with world.lock:
            self.doc(id)["status"] = "SENT"
            note(self.doc(id), world.now(), None, "SEND")
            outside.bounce(world, self.bot.books, id, words)

    def doc(self, id: int) -> Any:
        """The invoice as it stands in Procountor."""
        return self.bot.books.registers["invoices"][id]

    def total(self, id: int) -> Decimal:
        """Its total."""
        from sandbox.procountor import payments

        return payments.total_of(self.bot.procountor.world, self.doc(id))

    def look(self) -> None:
        """The minute's look, by the bot's own task."""
        fetch_sales.fetch(self.bot.house.desk, self.bot.company)

    def sweep(self) -> int:
        """The hour's look at everything open; gives how much there was to tell."""
        desk = self.bot.house.desk
        return sales_read.look(desk, papers.company_of(desk, self.bot.company), whole=True)

    def noted(self, id: int) -> Sequence[Entry]:
        """All there was to tell of an invoice."""
        with self.bot.house.store.read() as tx:
            return sales.history(tx, self.bot.company, id)

    def in_channel(self, channel: str, pattern: str, count: int = 1) -> list[Message]:
        """Waits for as many messages in a channel that say it; gives them."""

        def found() -> list[Message] | None:
            there = [m for m in self.bot.slack.messages(channel) if re.search(pattern, self.bot.shown(m))]
            return there if len(there) >= count else None

        try:
            return list(self.bot.wait(found) or [])
        except TimeoutError as missing:
            said = "\n".join(map(self.bot.shown, self.bot.slack.messages(channel)))
            raise AssertionError(f"{pattern!r} never came in {channel}. There is:\n{said}") from missing

    def quiet(self) -> None:
        """Waits until nothing waits to be told."""
        waits = self.bot.house.engine.backlog
        self.bot.wait(lambda: not any(waits().get(lane) for lane in ("tell", "channels")))
