"""From SIGKILL to ready (G12): `kierto run` with its worker on 100,000 rows, killed as a whole and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import line
from bot import practice
from bot.compose import House, build
from bot.settings import Settings
from finance.canonical import content_hash, dump
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.server import PracticeSlack
from storage.tables import document, transfer
from tests.support.invoices import invoice

ROWS = 100_000
PIECE = 5_000
RUNS = 5
AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


def main() -> None:
    """Prints the median, and the range."""
    with (
        tempfile.TemporaryDirectory(prefix="kierto-recovery-") as folder,
        PracticeProcountor(seed.month()) as procountor,
        PracticeSlack(practice.workspace(practice.now().date())) as slack,
    ):
        settings = practice.practice_settings(
            procountor, slack, f"sqlite:///{folder}/kierto.db", practice.free_port(), 5.0, 48
        ).model_copy(update={"kierto_worker_port": practice.free_port()})
        company, house = practice.prepare(settings), build(settings)
        _fill(house, company)
        house.close()
        seconds = [_killed_and_ready(settings) for _ in range(RUNS + 1)][1:]
    line(f"kierto run killed, to ready with {ROWS:,} rows", seconds, "G12: 5 s at most")


def _fill(house: House, company: str) -> None:
    """Half documents, half their transfers, all of them done."""
    made = invoice("1", AT.date())
    content, print_ = dump(made), content_hash(made)
    for first in range(1, ROWS // 2 + 1, PIECE):
        numbers = range(first, min(first + PIECE, ROWS // 2 + 1))
        shared = {"company": company, "kind": made.kind.value, "source": "psa", "revision": 1}
        docs = [
            {
                **shared,
                "id": n,
                "source_id": str(n),
                "number": str(n),
                "content": content,
                "content_hash": print_,
                "overlay": "{}",
                "state": "sent",
                "created_at": AT,
            }
            for n in numbers
        ]
        sent = [
            {
                **shared,
                "source_id": str(n),
                "document": n,
                "marker": f"KI1{n}",
                "state": "done",
                "remote_id": n,
                "remote_number": n,
                "fingerprint": print_,
                "tries": 1,
                "fence": 1,
                "forced": 0,
                "problems": "",
                "note": "",
                "done_at": AT,
            }
            for n in numbers
        ]
        with house.store.write() as tx:
            tx.execute(document.insert(), docs)
            tx.execute(transfer.insert(), sent)


def _killed_and_ready(settings: Settings) -> float:
    """Seconds from the start to the moment both processes say they are ready; then both are killed."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        env=practice.environment(settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[1],
        start_new_session=True,
    )
    try:
        for port in (settings.port, settings.kierto_worker_port):
            while not _ready(port):
                if process.poll() is not None:
                    raise RuntimeError("the program ended by itself")
                time.sleep(0.01)
        return time.perf_counter() - began
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _ready(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
        return bool(answer.status == 200)
    return False
