"""Several machines on one PostgreSQL: the real program as it is started in life, each in a process group of its own.

A machine that dies takes its worker with it; one that freezes stands still as a whole.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import psycopg

from bot import practice
from bot.practice import free_port
from bot.takeover import NAME
from finance.company import Choices
from finance.invoice import Invoice, Kind
from handlers import papers, queueing, starting
from sandbox.month.choices import choices
from sandbox.procountor import seed
from storage import companies, documents, runs, transfers
from storage.database import driverless
from storage.runs import Run
from tests.proofs.proof_world import ROOT, World
from tests.support.invoices import invoice

STARTS_WITHIN = 90.0  # seconds; a start imports everything, on a machine that has other things to do


@dataclass
class Machine:
    """`kierto run` with its worker, or `kierto worker` alone (no port)."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int = 0

    def die(self) -> None:
        """The machine is gone without a word."""
        self._all(signal.SIGKILL)

    def freeze(self) -> None:
        self._all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._all(signal.SIGCONT)

    def _all(self, sign: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, sign)

    def end(self) -> None:
        """As an operator ends it; whoever does not listen is killed."""
        self.thaw()
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=15)
        self.die()
        self.process.wait()


@dataclass
class Park:
    """The machines of a world, and what the database says of them."""

    world: World
    folder: Path
    rate: float
    machines: list[Machine]

    def run(self) -> Machine:
        """One more replica of `kierto run`; presses may come in by it."""
        port = free_port()
        machine = self._start("run", port)
        world = self.world
        world._door(port)
        return machine

    def worker(self) -> Machine:
        """One more `kierto worker`."""
        return self._start("worker", 0)

    def _start(self, role: str, port: int) -> Machine:
        log = self.folder / f"machine-{len(self.machines)}-{role}.log"
        settings = self.world.settings.model_copy(update={"port": port, "procountor_rate": self.rate})
        before = set(self.executors())
        with log.open("wb") as words:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", role],
                env=practice.environment(settings),
                stdout=words,
                stderr=words,
                cwd=ROOT,
                start_new_session=True,
            )
        machine = Machine(process, log, port)
        self.machines.append(machine)
        self.world.until(lambda: set(self.executors()) - before, STARTS_WITHIN, f"no worker: {log.read_text()[-900:]}")
        return machine

    def executors(self) -> dict[str, int]:
        """Who holds a worker's lock, with his process id."""
        with psycopg.connect(driverless(self.world.settings.database_url), autocommit=True) as db:
            rows = db.execute("SELECT application_name FROM pg_stat_activity WHERE datname = current_database()")
            names = [name.removeprefix(NAME) for (name,) in rows if name.startswith(NAME)]
        return {name: int(name.split("-")[1]) for name in names}

    def of(self, machine: Machine) -> list[str]:
        """The executors of a machine."""
        found = []
        for name, pid in self.executors().items():
            with suppress(ProcessLookupError):
                found += [name] if os.getpgid(pid) == machine.process.pid else []
        return found

    def under_way(self, executor: str) -> int:
        """Tasks that this worker has taken up and not finished."""
        with psycopg.connect(driverless(self.world.settings.database_url), autocommit=True) as db:
            sql = "SELECT count(*) FROM dbos.workflow_status WHERE executor_id = %s AND status = 'PENDING'"
            row = db.execute(sql, (executor,)).fetchone()
        assert row
        return int(row[0])

    def lose(self, machine: Machine, seconds: float = 60.0) -> tuple[int, float]:
        """The machine dies; gives how many tasks it left under way, and after how many seconds others had them."""
        (executor,) = self.of(machine)
        self.world.until(lambda: self.under_way(executor), 60, "the machine has nothing to do")
        machine.die()
        left, began = self.under_way(executor), time.monotonic()
        while self.under_way(executor):
            assert time.monotonic() - began < seconds, "nobody took over"
            time.sleep(0.05)
        return left, time.monotonic() - began

    def said(self) -> str:
        return "".join(machine.log.read_text() for machine in self.machines)


@contextmanager
def parked(world: World, folder: Path, rate: float = 48.0) -> Iterator[Park]:
    """No machine yet; at the end all of them are ended."""
    park = Park(world, folder, rate, [])
    try:
        yield park
    finally:
        for machine in park.machines:
            machine.end()


def second_company(world: World) -> World:
    """Another company that can send invoices, too; its rules are the first one's."""
    other = world.second_company()
    with world.house.store.write() as tx:
        companies.choose(tx, other.company, replace(choices(), default_recipient=practice.FINANCE))
    papers.fetch_reference(world.house.desk, papers.company_of(world.house.desk, other.company))
    return other


def drain(world: World, first: int, count: int) -> None:
    """Invoices numbered from ``first`` on, judged by whoever works, and queued as the button does it.

    In batches as large as they may be.
    """
    most, end = Choices().largest_batch, first + count
    for queue in [judged(world, at, min(most, end - at)) for at in range(first, end, most)]:
        queue()


def judged(world: World, first: int, count: int) -> Callable[[], None]:
    """Such invoices, judged; what is given back queues them."""
    house, today = world.house, practice.today()
    with house.store.write() as tx:
        for number in range(first, first + count):
            documents.keep(tx, world.company, _made(world, number, today), "psa", None, practice.now())
    words, asked = f"{first}-{first + count - 1}", f"drain {world.company} {first}"
    run = starting.start_batch(house.desk, world.company, ("", "test"), Kind.SALES_INVOICE, words, asked)
    assert isinstance(run, int), run
    world.until(lambda: _batch(world, run).state == "preview", 240, "the batch is not judged")
    company, batch = papers.company_of(house.desk, world.company), _batch(world, run)

    def queue() -> None:
        queued = queueing.queue(house.desk, company, batch, ("preview",), "test")
        assert queued == count, f"{queued} of {count} were clean"

    return queue


def _batch(world: World, run: int) -> Run:
    with world.house.store.read() as tx:
        return runs.get(tx, world.company, run)


def _made(world: World, number: int, today: date) -> Invoice:
    """A clean invoice of the world's company."""
    made = invoice(str(number), today)
    if world.procountor_id == seed.NORTH:
        return made
    seller = replace(made.seller, name="Etelätuuli Oy", business_id="0201256-6")
    return replace(made, seller=seller, payment=replace(made.payment, iban=seed.SOUTH_IBAN))


def left(world: World) -> int:
    """Documents of the company that are still on their way."""
    with world.house.store.read() as tx:
        return len(transfers.unfinished(tx, world.company))


def drafts(world: World) -> Counter[str]:
    """Our live drafts in Procountor, by their number."""
    docs = [d for d in world.books.registers["invoices"].values() if "[kierto:" in (d.get("notes") or "")]
    return Counter(str(d["originalInvoiceNumber"]) for d in docs if d["status"] != "INVALIDATED")
