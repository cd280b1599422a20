"""Kills the worker at random moments, loses answers that took effect, and counts what stands in Procountor.

A quarter of the documents are invoices, a quarter bills with their papers, a quarter claims and a quarter costs paid
with the company's money, with their receipts; the last are also marked paid. All are killed through in one time.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot import practice
from bot.compose import House, build
from bot.settings import Settings
from finance import claim_documents
from finance.claim import Claim, Claimant, Cost, Habits
from finance.invoice import CLAIMS, Attachment, Invoice, Kind
from finance.lists import COMPANY, OWN, ListKind
from finance.people import Person
from handlers import checking, papers, queueing, starting
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.server import PracticeSlack
from storage import claim_money, documents, registers, runs, staff, transfers
from tests.support.databases import fresh
from tests.support.invoices import invoice
from tests.support.paper_bills import bill

BATCH = 48
EMMA = Person("Emma Clarke", "H-108", "emma@pohjantuuli.example")
PERSON = 3008  # hers in the practice register
SETTLE = 2.0
CIRCULATE = "PUT /invoices/{invoiceId}/sendToCirculation"
MARK = "PUT /invoices/{invoiceId}/paymentevents/markpaid"
PLAN = [
    ("sqlite", int(os.environ.get("KIERTO_KILLS", "200"))),
    ("postgresql", int(os.environ.get("KIERTO_KILLS_PG", "40"))),
]


@dataclass
class Figures:
    kills: int = 0
    documents: int = 0
    posts: int = 0
    lost_answers: int = 0
    seconds: float = 0.0

    def line(self, kind: str, doubled: int, missing: int, parked: int) -> str:
        return (
            f"{kind}: {self.kills} kills, {self.documents} invoices, bills and claims, {self.posts} POSTs, "
            f"{self.lost_answers} answers lost after effect → doubled {doubled}, missing {missing}, "
            f"left to a person {parked}; {self.seconds:.0f} s"
        )


class Nursery:
    """Worker processes that can be killed."""

    def __init__(self, settings: Settings) -> None:
        command = [sys.executable, "-m", "tests.kills.nursery"]
        self._process = subprocess.Popen(
            command,
            env=practice.environment(settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert self._line() == "ready"

    def worker(self) -> int:
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._line())

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


@contextmanager
def world(kind: str, folder: Path) -> Iterator[tuple[House, PracticeProcountor, str, Nursery]]:
    books = seed.month()
    for route in ("POST /invoices", "POST /attachments", CIRCULATE, MARK):
        books.faults.add(route=route, share=0.05, seed=7, when="after", what="drop", times=100_000)
    with (
        PracticeProcountor(books, rate=1000) as procountor,
        PracticeSlack(practice.workspace(practice.now().date())) as slack,
    ):
        settings = practice.practice_settings(procountor, slack, fresh(kind, folder), 1, SETTLE, 60)
        company = practice.prepare(settings)
        house, nursery = build(settings), Nursery(settings)
        with house.store.write() as tx:
            registers.keep(tx, company, ListKind.PEOPLE, {EMMA.key: EMMA}, practice.now())
            staff.add(tx, company, EMMA.name, email=EMMA.email, psa=EMMA.key, person_id=PERSON)
        try:
            yield house, procountor, company, nursery
        finally:
            nursery.close()
            house.close()


def kind_of(number: int) -> Kind:
    """In turn."""
    return tuple(Kind)[number % len(Kind)]


def paper(number: int) -> bytes:
    return b"%PDF-1.7 " + str(number).encode() * 20


def fresh_one(number: int) -> Invoice:
    """An invoice, or a bill with its paper, of one of ten suppliers."""
    today, name = practice.now().date(), f"{number}.pdf"
    if kind_of(number) is Kind.SALES_INVOICE:
        return invoice(str(number), today)
    content = paper(number)
    picture = Attachment(name, len(content), hashlib.sha256(content).hexdigest())
    if kind_of(number) in CLAIMS:
        return _claim(number, today - timedelta(days=3), picture)
    return replace(bill(str(number), today, place=number % 10), attachments=(picture,))


def _claim(number: int, day: date, receipt: Attachment) -> Invoice:
    """A claim of one cost, paid with her own money or with the company's."""
    whose = OWN if kind_of(number) is Kind.CLAIM else COMPANY
    cost = Cost(
        day, Decimal(number), description="Taksi", vat_percent=Decimal("25.5"), paid_by=whose, receipts=(receipt,)
    )
    made = Claim(
        str(number), day + timedelta(days=1), claimant=Claimant(EMMA.number, EMMA.name, EMMA.email), costs=(cost,)
    )
    (document,) = claim_documents.documents(made, {}, Habits(per_date=False))
    return document


def plain(number: str) -> str:
    """The number that the test has given: a claim's documents add to it."""
    return number.partition("/")[0]


def send_batch(house: House, company: str, first: int) -> None:
    """Fresh documents, a batch of each kind, judged and queued as the button does it."""
    with house.store.write() as tx:
        for number in range(first, first + BATCH):
            given = fresh_one(number)
            documents.keep(tx, company, given, "psa", None, practice.now())
            for file in given.attachments:
                documents.keep_file(tx, company, file.name, paper(number), "test", practice.now())
    words = f"{first}-{first + BATCH - 1}"
    for kind in Kind:
        run = starting.start_batch(house.desk, company, ("", "test"), kind, words, f"{kind} {first}")
        assert isinstance(run, int)
        checking.check(house.desk, company, str(run))
        with house.store.read() as tx:
            found = runs.get(tx, company, run)
        queued = queueing.queue(house.desk, papers.company_of(house.desk, company), found, ("preview",), "test")
        assert queued == BATCH // len(Kind)


def settled(house: House, company: str) -> bool:
    with house.store.read() as tx:
        marks = [m for m in claim_money.marks(tx, company) if m.state != claim_money.DONE]
        return not transfers.unfinished(tx, company) and not marks


def kill_through(house: House, company: str, nursery: Nursery, kills: int, figures: Figures) -> None:
    """Batches one after another, the worker killed again and again, until all kills are used and all is settled."""
    dice, next_number = random.Random(20261122), 5000
    while figures.kills < kills:
        if settled(house, company):
            send_batch(house, company, next_number)
            next_number += BATCH
            figures.documents += BATCH
        worker = nursery.worker()
        time.sleep(dice.uniform(0.05, 2.2))
        os.kill(worker, signal.SIGKILL)
        figures.kills += 1
    worker = nursery.worker()
    end = time.monotonic() + 120
    while not settled(house, company) and time.monotonic() < end:
        time.sleep(0.2)
    os.kill(worker, signal.SIGKILL)
    assert settled(house, company), "something is still under way two minutes after the last kill"


@pytest.mark.kills
@pytest.mark.parametrize(("kind", "kills"), PLAN)
def test_whatever_moment_the_worker_dies_everything_is_in_procountor_exactly_once(
    kind: str, kills: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures, began = Figures(), time.monotonic()
    with world(kind, tmp_path) as (house, procountor, company, nursery):
        kill_through(house, company, nursery, kills, figures)
        with house.store.read() as tx:
            sent = {plain(n) for kind_ in Kind for n in transfers.done_as(tx, company, kind_.value)}
            states = Counter(t.state for t in transfers.unfinished(tx, company))
        books = procountor.world.companies[seed.NORTH].registers
        ours = [d for d in books["invoices"].values() if "[kierto:" in (d.get("notes") or "")]
        drafts = {d["id"]: plain(str(d["originalInvoiceNumber"])) for d in ours if d["status"] != "INVALIDATED"}
        live = Counter(drafts.values())
        pictures = Counter(
            drafts[a["referenceId"]] for a in books["attachments"].values() if a["referenceId"] in drafts
        )
        payments = Counter(drafts[e["invoiceId"]] for e in books["paymentevents"].values() if e["invoiceId"] in drafts)
        figures.posts = procountor.world.counts.routes["POST /invoices"]
        figures.lost_answers = sum(fault.hits for fault in procountor.world.faults.faults)
    figures.seconds = time.monotonic() - began
    wanted = {str(n) for n in range(5000, 5000 + figures.documents)}
    with_papers = {n for n in wanted if kind_of(int(n)) is not Kind.SALES_INVOICE}
    of_company = {n for n in wanted if kind_of(int(n)) is Kind.COMPANY_COST}
    doubled = sum(1 for count in live.values() if count > 1)
    missing = len(wanted - set(live))
    with capsys.disabled():
        print(f"\n  {figures.line(kind, doubled, missing, len(wanted - sent))}")
    assert not states
    assert (doubled, missing, sent) == (0, 0, wanted)
    assert pictures == Counter(dict.fromkeys(with_papers, 1))
    assert payments == Counter(dict.fromkeys(of_company, 1))
    assert of_company
    assert figures.lost_answers > 0
