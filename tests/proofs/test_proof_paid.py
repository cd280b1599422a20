"""Each change of the money of an invoice is told once, and as what it is (F16).

Thousands of payments by the bank and by hand, in part, in full and too much, and payments taken back; half of them
leave the version as it was. Meanwhile looks are lost, doubled and late. What was told is counted in the channel, line
by line, and compared with what the practice bank did.
"""

from __future__ import annotations

import os
import random
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert

from finance.invoice import Kind
from finance.paid import Sale, What
from finance.transfer import State
from handlers import papers, sales_read
from procountor import sales as resource
from procountor.errors import ProcountorError
from sandbox.procountor import outside, payments
from sandbox.procountor.history import note
from storage import documents, runs, sales
from storage.tables import transfer
from tests.support.databases import fresh
from tests.support.invoices import invoice
from tests.support.practice import Bot, running

CHANGES = int(os.environ.get("KIERTO_PROOF_CHANGES", "10000"))
ROUND = 500  # changes between two sweeps: each of another invoice, as a sweep sees the last state only
CHANNEL = "C02YLEINEN"
FIRST = 700_000  # our numbers: nobody else's begin so
SIGNS = {
    What.PAID: r":white_check_mark:",
    What.PARTLY: r":hourglass_flowing_sand:",
    What.OVER: r":heavy_plus_sign:",
    What.UNPAID: r":leftwards_arrow_with_hook:",
}
LINE = re.compile(rf"({'|'.join(SIGNS.values())}) \*(7\d{{5}})\*")


@dataclass
class Bank:
    """The practice bank, and what it has done: (our number, what) for each change."""

    bot: Bot
    ids: dict[str, int]
    dice: random.Random = field(default_factory=lambda: random.Random(1))
    done: list[tuple[str, What]] = field(default_factory=list)
    still: int = 0  # changes that left the version as it was

    def change(self, number: str) -> None:
        """One thing that can happen to the invoice as it stands."""
        doc = self.bot.books.registers["invoices"][self.ids[number]]
        paid = payments.paid_of(self.bot.books, doc)
        total = payments.total_of(self.bot.procountor.world, doc)
        bump = self.dice.random() < 0.5
        self.still += not bump
        if doc["status"] in ("PAID", "MARKED_PAID") or paid > total:
            self._take_back(doc)
            self.done.append((number, What.UNPAID))
        else:
            wanted = self.dice.choice((What.PAID, What.PAID, What.PARTLY, What.OVER))
            left = total - paid
            amount = {What.PAID: left, What.PARTLY: (left / 3).quantize(Decimal("0.01")), What.OVER: left + 7}[wanted]
            self._pay(doc, amount, by_hand=self.dice.random() < 0.3)
            self.done.append((number, wanted))
        if bump:
            doc["version"] = self.bot.procountor.world.now()

    def _pay(self, doc: dict[str, object], amount: Decimal, *, by_hand: bool) -> None:
        world, books = self.bot.procountor.world, self.bot.books
        if by_hand:
            day = world.clock().date().isoformat()
            payments.add_event(world, books, doc, kind="CASH", status="MARKED_PAID", amount=amount, day=day)
            note(doc, world.now(), None, "MARKED_PAID", str(amount))
        else:
            outside.bank_run(world, books, invoices=[int(str(doc["id"]))], amount=amount, bump_version=False)

    def _take_back(self, doc: dict[str, object]) -> None:
        events = self.bot.books.registers["paymentevents"]
        for event in [e["id"] for e in events.values() if e["invoiceId"] == doc["id"]]:
            del events[event]
        payments.settle(self.bot.procountor.world, self.bot.books, doc, "PAID")  # type: ignore[arg-type]


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    with running(fresh("sqlite", tmp_path), locale="en-GB", beat=0.0) as bot:
        bot.slack.limits = "off"
        bot.decide(paid_channel=CHANNEL, channel_language="en")
        yield Bank(bot, _sent(bot, max(ROUND, CHANGES // 4)))


def _sent(bot: Bot, count: int) -> dict[str, int]:
    """As many invoices that the bot has sent long ago and people have approved: in Procountor and in its log."""
    world, books, now = bot.procountor.world, bot.books, bot.house.desk.clock()
    register = books.registers["invoices"]
    ids: dict[str, int] = {}
    with world.lock:
        model = next(d for d in register.values() if d["type"] == "SALES_INVOICE" and d["status"] == "SENT")
        for n in range(FIRST, FIRST + count):
            made = deepcopy(model) | {
                "id": books.next_id("invoices"),
                "originalInvoiceNumber": str(n),
                "status": "SENT",
            }
            made |= {"invoiceNumber": books.next_id("invoicenumbers"), "version": world.now(), "_history": []}
            books.put("invoices", made)
            ids[str(n)] = made["id"]
    with bot.house.store.write() as tx:
        wanted = {"kind": Kind.SALES_INVOICE.value, "selection": "", "dry": 0}
        batch = runs.start(tx, bot.company, ("", "test"), "long ago", now, **wanted)
        runs.move(tx, batch, ("checking",), "done", now)
        for number, id in ids.items():
            source = replace(invoice(number, now.date()), number=number)
            doc = documents.keep(tx, bot.company, source, documents.PSA, None, now).document
            documents.set_state(tx, doc.id, "sent")
            tx.execute(insert(transfer).values(
                company=bot.company, kind=Kind.SALES_INVOICE.value, source=documents.PSA, source_id=number, revision=1,
                document=doc.id, marker=f"KI1{number}", state=State.DONE.value, remote_id=id, run=batch,
                remote_number=register[id]["invoiceNumber"], fingerprint="", tries=0, fence=0, forced=0, problems="",
                note="", done_at=now,
            ))  # fmt: skip
    return ids


@dataclass
class Looks:
    """Looks of all kinds at the bank's work."""

    bot: Bot
    lost: int = 0
    doubled: int = 0
    late: int = 0

    def one(self, *, whole: bool = False) -> bool:
        desk = self.bot.house.desk
        try:
            sales_read.look(desk, papers.company_of(desk, self.bot.company), whole=whole)
        except ProcountorError:
            self.lost += 1
            return False
        return True

    def lose(self) -> None:
        """Procountor fails in the middle of a look at everything."""
        faults = self.bot.procountor.world.faults
        faults.add(route="GET /payments/paymentevents", what="500json", share=0.7, seed=self.lost)
        self.one(whole=True)
        faults.clear()

    def double(self) -> None:
        """Two looks at the same moment."""
        both = [threading.Thread(target=self.one) for _ in range(2)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        self.doubled += 1

    def answer_late(self, old: Sequence[Sale], asked: datetime) -> None:
        """What was asked for long ago is answered now."""
        desk = self.bot.house.desk
        with desk.store.write() as tx:
            sales.keep(tx, self.bot.company, old, asked, desk.clock())
        self.late += 1


def _round(bank: Bank, looks: Looks, numbers: Sequence[str]) -> None:
    desk = bank.bot.house.desk
    asked = desk.clock()
    old = resource.read(desk.books(bank.bot.company), [bank.ids[n] for n in numbers[:200]])
    third = max(1, len(numbers) // 3)
    for place in range(0, len(numbers), third):
        with bank.bot.procountor.world.lock:
            for number in numbers[place : place + third]:
                bank.change(number)
        bank.dice.choice((looks.one, looks.double, looks.lose))()
    while not looks.one(whole=True):
        pass
    looks.answer_late(old, asked)
    looks.double()


@pytest.mark.proof
def test_each_change_is_told_once_and_as_what_it_is(bank: Bank) -> None:
    looks = Looks(bank.bot)
    assert looks.one()  # everything is seen unpaid first
    numbers = list(bank.ids)
    while len(bank.done) < CHANGES:
        _round(bank, looks, bank.dice.sample(numbers, min(ROUND, CHANGES - len(bank.done))))
    waits = bank.bot.house.engine.backlog
    bank.bot.wait(lambda: not any(waits().get(lane) for lane in ("tell", "channels")), 120)
    told = _told(bank)
    wanted = Counter(bank.done)
    kinds = Counter(what for _, what in told.elements())
    print(
        f"\n  {len(bank.done)} changes of {len(numbers)} invoices, {bank.still} without a new version; "
        f"{looks.lost} looks lost, {looks.doubled} doubled, {looks.late} late → told {dict(kinds)}"
    )
    assert looks.lost > 0
    missing, doubled = wanted - told, told - wanted
    assert not missing, list(missing.items())[:10]
    assert not doubled, list(doubled.items())[:10]
    _nobody_is_called_paid(bank)


def _told(bank: Bank) -> Counter[tuple[str, What]]:
    """Every line in the channel and its threads."""
    what = {sign: kind for kind, sign in SIGNS.items()}
    found: Counter[tuple[str, What]] = Counter()
    for message in bank.bot.slack.messages(CHANNEL):
        for sign, number in LINE.findall(
            "\n".join(str(block.get("text", {}).get("text", "")) for block in message.blocks)
        ):
            found[number, what[sign]] += 1
    return found


def _nobody_is_called_paid(bank: Bank) -> None:
    """What is kept for `find` and the export agrees with Procountor in the end."""
    register = bank.bot.books.registers["invoices"]
    with bank.bot.house.store.read() as tx:
        kept = sales.everything(tx, bank.bot.company)
    for id in bank.ids.values():
        settled = register[id]["status"] in ("PAID", "MARKED_PAID")
        assert (kept[id].told.stage is What.PAID) == settled
        assert (kept[id].paid_on is not None) == settled
