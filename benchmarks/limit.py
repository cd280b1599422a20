"""One limit for four processes on PostgreSQL: what Procountor allows is never exceeded, what we aim at is used (G9).

Four processes ask as fast as they may, under each of the two limits that Procountor's papers name, for five minutes
(KIERTO_BENCH_SECONDS sets how long). The aim is four fifths of the limit; what is used is a share of the aim. Every
fifteen seconds Procountor answers twenty requests with 429; a fifth of the threads asks as people's decisions do.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import threading
import time
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks import gates
from bot.pace import SharedPace
from procountor.connection import Client, connect
from procountor.errors import ProcountorError
from procountor.limiter import limit_of
from procountor.turns import overtaking
from sandbox.procountor import seed
from sandbox.procountor.faults import Fault, FaultScript
from sandbox.procountor.server import PracticeProcountor
from storage.database import Store
from tests.support.databases import fresh

SECONDS = float(os.environ.get("KIERTO_BENCH_SECONDS", "300"))
PROCESSES, THREADS, PEOPLE = 4, 10, 2
EVERY, BURST = 15.0, 20  # seconds from one burst of 429 to the next, and how many answers it is
WARM = 3.0  # seconds before it is counted
ROUTE = "currencies/latest"


def main() -> None:
    """Prints for each limit how often it was exceeded and how much of the aim was used."""
    for rate in (16.0, 48.0):
        _measure(rate)


def _measure(rate: float) -> None:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs, limit_of(rate)), daemon=True)
    server.start()
    url = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        database = fresh("postgresql", Path(folder))
        store = Store(database)
        store.upgrade()
        store.close()
        ends = [context.Pipe() for _ in range(PROCESSES)]
        askers = [context.Process(target=ask, args=(end, url, database, rate), daemon=True) for _, end in ends]
        for asker in askers:
            asker.start()
        for end, _ in ends:
            end.recv()
        time.sleep(WARM)
        ours.send("count")
        ours.recv()
        time.sleep(SECONDS)
        ours.send("told")
        requests, busiest, breaches, refused, played = ours.recv()
        for end, _ in ends:
            end.send("stop")
        waits = sorted(wait for end, _ in ends for wait in end.recv())
        for asker in askers:
            asker.join()
    ours.send("stop")
    server.join()
    used = requests / SECONDS
    words = (
        f"limit {limit_of(rate)}/s, aim {rate:.0f}/s, {PROCESSES} processes, {SECONDS:.0f} s: seconds above the limit "
        f"{breaches} (goal 0), busiest second {busiest}; {used:.1f} requests/s = {used / rate:.1%} of the aim (goal "
        f"90 %) = {used / limit_of(rate):.1%} of the limit; {refused} requests refused for it, "
        f"{played} answered 429 all the same; a decision's request waits "
        f"{statistics.median(waits) * 1000:.0f} ms median, {waits[int(len(waits) * 0.99)] * 1000:.0f} ms p99, answer "
        f"included"
    )
    print(words)
    gates.note("G9", f"limit, {rate:.0f}/s", words, met=not breaches and used >= 0.9 * rate)


def serve(pipe: Connection, limit: int) -> None:
    """The practice Procountor in a process of its own; counts from when it is told to."""
    with PracticeProcountor(seed.month(), rate=limit) as books:
        pipe.send(books.url)
        world, stop, bursts = books.world, threading.Event(), list[Fault]()
        threading.Thread(target=_refuse, args=(world.faults, bursts, stop), daemon=True).start()
        pipe.recv()
        world.counts = type(world.counts)()
        world.journal.breaches.clear()
        pipe.send("counting")
        pipe.recv()
        counts = world.counts
        pipe.send(
            (
                sum(counts.routes.values()),
                counts.busiest,
                len(world.journal.breaches),
                counts.answers[f"GET /{ROUTE} 429"],
                sum(fault.hits for fault in bursts),
            )
        )
        pipe.recv()
        stop.set()


def _refuse(faults: FaultScript, bursts: list[Fault], stop: threading.Event) -> None:
    while not stop.wait(EVERY):
        faults.clear()
        bursts.append(faults.add(route=f"GET /{ROUTE}", what="429", times=BURST))


def ask(pipe: Connection, url: str, database: str, rate: float) -> None:
    """One process: asks until it is told to stop, and tells how long people's requests took."""
    pace, stop = SharedPace(database, "bench", rate), threading.Event()
    waits: list[float] = []
    client = Client(url, seed.CLIENT_ID, seed.CLIENT_SECRET, seed.REDIRECT_URI)
    with connect(client, pace) as books:
        api = books.company(seed.API_KEY)

        def batch() -> None:
            while not stop.is_set():
                with suppress(ProcountorError):
                    api.get(ROUTE)

        def person() -> None:
            while not stop.wait(1.0):
                began = time.monotonic()
                with suppress(ProcountorError), overtaking():
                    api.get(ROUTE)
                    waits.append(time.monotonic() - began)

        doing = [threading.Thread(target=work) for work in [batch] * THREADS + [person] * PEOPLE]
        for thread in doing:
            thread.start()
        pipe.send("asking")
        pipe.recv()
        stop.set()
        for thread in doing:
            thread.join()
    pace.close()
    pipe.send(waits)
