"""A thousand invoices through the real bot on SQLite: it aims at 48 requests a second and never makes more than 60.

How much of the aim is used, with one process that works; `limit` shows the same of many.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks import gates
from bot import practice, program
from bot.compose import build
from finance.invoice import Kind
from handlers import checking, papers, queueing, starting
from procountor.limiter import limit_of
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.server import PracticeSlack
from storage import documents, runs, transfers
from tests.support.invoices import invoice

RATE, COUNT = 48, int(os.environ.get("KIERTO_BENCH", "1000"))


def serve(pipe: Connection) -> None:
    """The practice Procountor in a process of its own; answers with its counts when told to stop."""
    with PracticeProcountor(seed.month(), rate=limit_of(RATE)) as books:
        pipe.send(books.url)
        pipe.recv()
        world = books.world
        pipe.send((sum(world.counts.routes.values()), world.counts.busiest, len(world.journal.breaches)))


def main() -> None:
    """Prints how much of the limit was used, and the busiest second the server saw."""
    ours, theirs = get_context("spawn").Pipe()
    server = get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    url = ours.recv()
    with tempfile.TemporaryDirectory() as folder, PracticeSlack(practice.workspace(practice.today())) as slack:
        seconds = _send(url, slack, Path(folder))
    ours.send("stop")
    requests, busiest, breaches = ours.recv()
    used = requests / seconds / RATE
    words = (
        f"{COUNT} invoices in {seconds:.1f} s: {COUNT / seconds:.1f} invoices/s, {requests / COUNT:.2f} requests each, "
        f"{requests / seconds:.1f} requests/s = {used:.1%} of the aim of {RATE}/s (goal 90 %); busiest second "
        f"{busiest}, seconds above the limit of {limit_of(RATE)}: {breaches} (goal 0)"
    )
    print(words)
    gates.note("G9", "rate", words, met=not breaches and used >= 0.9)
    gates.note(
        "G10", "rate", f"{requests / COUNT:.2f} requests for each of {COUNT} invoices", met=requests <= 4 * COUNT
    )


def _send(url: str, slack: PracticeSlack, folder: Path) -> float:
    class Books:
        """Stands for the server in the other process."""

    books = Books()
    books.url = url  # type: ignore[attr-defined]
    settings = practice.practice_settings(books, slack, f"sqlite:///{folder}/k.db", 0, 30.0, RATE)  # type: ignore[arg-type]
    company = practice.prepare(settings)
    house = build(settings)
    today = practice.today()
    with house.store.write() as tx:
        for number in range(5000, 5000 + COUNT):
            documents.keep(tx, company, invoice(str(number), today), "psa", None, practice.now())
    run = starting.start_batch(house.desk, company, ("", "bench"), Kind.SALES_INVOICE, f"5000-{5000 + COUNT}", "bench")
    checking.check(house.desk, company, str(run))
    with house.store.read() as tx:
        batch = runs.get(tx, company, int(str(run)))
    worker = program.worker_of(house)
    worker.start()
    queueing.queue(house.desk, papers.company_of(house.desk, company), batch, ("preview",), "bench")
    began = time.monotonic()
    while _left(house, company):
        threading.Event().wait(0.25)
    seconds = time.monotonic() - began
    worker.stop()
    house.close()
    return seconds


def _left(house: program.House, company: str) -> int:
    with house.store.read() as tx:
        return len(transfers.unfinished(tx, company))
