"""Kills the worker at random moments, loses answers that took effect, and counts what stands in Procountor."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import practice
from bot.compose import House, build
from bot.settings import Settings
from handlers import checking, papers, queueing, starting
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.server import PracticeSlack
from storage import documents, runs, transfers
from tests.support.databases import fresh
from tests.support.invoices import invoice

BATCH = 50
SETTLE = 2.0
PLAN = [
    ("sqlite", int(os.environ.get("KIERTO_KILLS", "200"))),
    ("postgresql", int(os.environ.get("KIERTO_KILLS_PG", "40"))),
]


@dataclass
class Figures:
    kills: int = 0
    invoices: int = 0
    posts: int = 0
    lost_answers: int = 0
    seconds: float = 0.0

    def line(self, kind: str, doubled: int, missing: int, parked: int) -> str:
        return (
            f"{kind}: {self.kills} kills, {self.invoices} invoices, {self.posts} POSTs, "
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
    books.faults.add(route="POST /invoices", share=0.05, seed=7, when="after", what="drop", times=100_000)
    with (
        PracticeProcountor(books, rate=1000) as procountor,
        PracticeSlack(practice.workspace(practice.now().date())) as slack,
    ):
        settings = practice.practice_settings(procountor, slack, fresh(kind, folder), 1, SETTLE, 60)
        company = practice.prepare(settings)
        house, nursery = build(settings), Nursery(settings)
        try:
            yield house, procountor, company, nursery
        finally:
            nursery.close()
            house.close()


def send_batch(house: House, company: str, first: int) -> None:
    """Fifty fresh invoices, judged and queued as the button does it."""
    today = practice.now().date()
    with house.store.write() as tx:
        for number in range(first, first + BATCH):
            documents.keep(tx, company, invoice(str(number), today), "psa", None, practice.now())
    run = starting.start_batch(house.desk, company, ("", "test"), f"{first}-{first + BATCH - 1}", f"batch {first}")
    assert isinstance(run, int)
    checking.check(house.desk, company, str(run))
    with house.store.read() as tx:
        found = runs.get(tx, company, run)
    assert queueing.queue(house.desk, papers.company_of(house.desk, company), found, ("preview",), "test") == BATCH


def settled(house: House, company: str) -> bool:
    with house.store.read() as tx:
        return not transfers.unfinished(tx, company)


def kill_through(house: House, company: str, nursery: Nursery, kills: int, figures: Figures) -> None:
    """Batches one after another, the worker killed again and again, until all kills are used and all is settled."""
    dice, next_number = random.Random(20261122), 5000
    while figures.kills < kills:
        if settled(house, company):
            send_batch(house, company, next_number)
            next_number += BATCH
            figures.invoices += BATCH
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
def test_whatever_moment_the_worker_dies_each_invoice_is_in_procountor_exactly_once(
    kind: str, kills: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures, began = Figures(), time.monotonic()
    with world(kind, tmp_path) as (house, procountor, company, nursery):
        kill_through(house, company, nursery, kills, figures)
        with house.store.read() as tx:
            sent = transfers.done_numbers(tx, company, "sales_invoice")
            states = Counter(t.state for t in transfers.unfinished(tx, company))
        books = procountor.world.companies[seed.NORTH].registers["invoices"].values()
        live = Counter(
            str(d["originalInvoiceNumber"])
            for d in books
            if "[kierto:" in (d.get("notes") or "") and d["status"] != "INVALIDATED"
        )
        figures.posts = procountor.world.counts.routes["POST /invoices"]
        figures.lost_answers = sum(fault.hits for fault in procountor.world.faults.faults)
    figures.seconds = time.monotonic() - began
    wanted = {str(n) for n in range(5000, 5000 + figures.invoices)}
    doubled = sum(1 for count in live.values() if count > 1)
    missing = len(wanted - set(live))
    with capsys.disabled():
        print(f"\n  {figures.line(kind, doubled, missing, len(wanted - set(sent)))}")
    assert not states
    assert (doubled, missing, set(sent)) == (0, 0, wanted)
    assert figures.lost_answers > 0
