"""A lane of kills: one practice world, one database, one worker at a time, killed again and again until all is done.

``python -m tests.kills.lane URL KILLS SEED`` prints what it has counted as one line of JSON. Lanes run beside each
other, because a worker mostly waits: for its database's disk, and for answers.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from bot import practice
from bot.compose import House, build
from bot.settings import Settings
from finance.invoice import Kind
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.server import PracticeSlack
from storage import claim_money, transfers
from tests.kills import paperwork

ROOT = Path(__file__).parents[2]
SETTLE = 2.0
LOST = (
    "POST /invoices",
    "POST /attachments",
    "PUT /invoices/{invoiceId}/sendToCirculation",
    "PUT /invoices/{invoiceId}/paymentevents/markpaid",
)
ASLEEP = 0.15  # share of workers that are killed while they start
START = 0.5  # seconds that takes at most
LONGEST = 15.0  # seconds until a worker's first request at most, on a machine that is slow or when little has its time
MORE = 1.5  # seconds from there at most
LIFE = 40  # requests a worker makes at most before it is killed; a slow machine interrupts as much as a quick one
BETWEEN = 0.03  # seconds after that request at most
RESTING = 300.0  # seconds until everything is settled after the last kill, at most
FEW = 24  # fewer documents under way than this: more are sent, so that there is always something to interrupt
COMMAND = 40  # of so many workers one is the program as it is started in life, in a new interpreter


@dataclass
class Tally:
    """What a lane has done and found; tallies of lanes add up."""

    kills: int = 0
    at_work: int = 0  # kills of workers that had asked Procountor something
    commands: int = 0  # kills of the real command in a new interpreter
    documents: int = 0
    vouchers: int = 0
    posts: int = 0
    lost_answers: int = 0
    doubled: int = 0
    missing: int = 0
    person: int = 0
    papers_wrong: int = 0
    payments_wrong: int = 0
    slowest_start: float = 0.0  # seconds from the command's start to its first request
    seconds: float = 0.0


class Nursery:
    """Worker processes that can be killed."""

    def __init__(self, settings: Settings) -> None:
        self._environment = practice.environment(settings)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kills.nursery"],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert self._line() == "ready"

    def worker(self) -> int:
        """A fork; gives its process id."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._line())

    def command(self) -> subprocess.Popen[bytes]:
        """`kierto worker`, as anybody starts it."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([sys.executable, "-m", "bot", "worker"], env=self._environment, cwd=ROOT, **quiet)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


class Lane:
    def __init__(self, house: House, procountor: PracticeProcountor, company: str, nursery: Nursery, seed: int) -> None:
        self.house, self.procountor, self.company, self.nursery = house, procountor, company, nursery
        self.dice, self.tally = random.Random(seed), Tally()

    def run(self, kills: int) -> Tally:
        """Batches one after another, the worker killed again and again; at the end everything is let come to rest."""
        began = time.monotonic()
        while self.tally.kills < kills:
            if self.under_way() < FEW:
                paperwork.send_batch(self.house, self.company, paperwork.FIRST + self.tally.documents)
                self.tally.documents += paperwork.BATCH
            if self.tally.kills % COMMAND == COMMAND // 4:
                self._command()
            else:
                self._fork()
            self.tally.kills += 1
        worker = self.nursery.worker()
        resting = self.until(lambda: not self.under_way(), RESTING)
        killed(worker)
        assert resting, "something is still under way long after the last kill"
        self.judge()
        self.tally.seconds = time.monotonic() - began
        return self.tally

    def under_way(self) -> int:
        with self.house.store.read() as tx:
            marks = [m for m in claim_money.marks(tx, self.company) if m.state != claim_money.DONE]
            return len(transfers.unfinished(tx, self.company)) + len(marks)

    def _fork(self) -> None:
        asked, worker = self.asked(), self.nursery.worker()
        if self.dice.random() < ASLEEP:
            time.sleep(self.dice.uniform(0, START))
        else:
            life = round(LIFE ** self.dice.random())  # many short lives, few long ones
            if self.until(lambda: self.asked() > asked, LONGEST):
                self.until(lambda: self.asked() >= asked + life, MORE)
            time.sleep(self.dice.uniform(0, BETWEEN))
        self.tally.at_work += self.asked() > asked
        killed(worker)

    def _command(self) -> None:
        asked, began = self.asked(), time.monotonic()
        with self.nursery.command() as worker:
            if self.until(lambda: self.asked() > asked, 60):
                self.tally.slowest_start = max(self.tally.slowest_start, time.monotonic() - began)
                self.tally.at_work += 1
            time.sleep(self.dice.uniform(0, START))
            worker.kill()
        self.tally.commands += 1

    def asked(self) -> int:
        return sum(self.procountor.world.counts.routes.copy().values())

    @staticmethod
    def until(true: Callable[[], bool], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not (found := true()) and time.monotonic() < end:
            time.sleep(0.005 if seconds < 60 else 0.05)
        return found

    def judge(self) -> None:
        tally, there = self.tally, paperwork.stands(self.procountor)
        wanted = {str(paperwork.FIRST + place) for place in range(tally.documents)}
        papers = {n for n in wanted if paperwork.kind_of(int(n)) is not Kind.SALES_INVOICE}
        tally.vouchers = there.vouchers
        tally.doubled = sum(count > 1 for count in there.drafts.values())
        tally.missing = len(wanted - there.drafts.keys())
        tally.person = len(wanted - paperwork.sent(self.house, self.company))
        tally.papers_wrong = sum(there.papers[n] != (n in papers) for n in wanted | there.papers.keys())
        tally.payments_wrong = sum(
            there.payments[id] != (id in there.of_company) for id in there.of_company | there.payments.keys()
        )
        tally.posts = self.procountor.world.counts.routes["POST /invoices"]
        tally.lost_answers = sum(fault.hits for fault in self.procountor.world.faults.faults)


def killed(worker: int) -> None:
    """Kills it and waits until it is gone: what it held is free."""
    with suppress(ProcessLookupError):
        gone = os.pidfd_open(worker)
        os.kill(worker, signal.SIGKILL)
        select.select([gone], [], [])
        os.close(gone)


@contextmanager
def opened(url: str, number: int) -> Iterator[Lane]:
    books = seed.month()
    for place, route in enumerate(LOST):
        books.faults.add(route=route, share=0.05, seed=number + 10 * place, when="after", what="drop", times=1_000_000)
    with (
        PracticeProcountor(books, rate=1000) as procountor,
        PracticeSlack(practice.workspace(practice.today())) as slack,
    ):
        settings = practice.practice_settings(procountor, slack, url, 1, SETTLE, 60)
        company = practice.prepare(settings)
        house, nursery = build(settings), Nursery(settings)
        try:
            paperwork.know_people(house, company)
            yield Lane(house, procountor, company, nursery, number)
        finally:
            nursery.close()
            house.close()


if __name__ == "__main__":
    with opened(sys.argv[1], int(sys.argv[3])) as lane:
        print(json.dumps(asdict(lane.run(int(sys.argv[2])))), flush=True)
