"""Tasks that raise, hang, kill their worker or fill its memory: each is tried five times at most and told of (D5).

Good tasks lie before, between and after them. A worker that ends is started again, as `kierto run` does it.
KIERTO_PROOF_POISON sets how many good ones there are (400).
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot import practice
from bot.trying import ATTEMPTS, OPEN
from storage import audit
from tests.support.databases import fresh
from tests.support.practice import Bot, running

pytestmark = pytest.mark.proof
GOOD = int(os.environ.get("KIERTO_PROOF_POISON", "400"))
EACH = 2 if GOOD > 100 else 1  # of each kind of poison
POISON = ("raises", "hangs", "kills", "fills")


@pytest.mark.parametrize(("kind", "workers"), [("postgresql", 2), ("sqlite", 1)])
def test_poison_stops_and_everything_else_goes_on(kind: str, workers: int, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.touch()
    with running(fresh(kind, tmp_path), working=False) as bot, ExitStack() as stack:
        ask(bot)
        starts = [stack.enter_context(kept(bot, notes)) for _ in range(workers)]
        began = time.monotonic()
        bot.settled(300)
        took, tries = time.monotonic() - began, Counter(notes.read_text().split("\n")[:-1])
        again = sum(map(len, starts))
        poison = {f"{what} {n}": tries[f"{what} {n}"] for what in POISON for n in range(EACH)}
        print(f"{kind}, {workers} worker(s): {len(poison)} poisoned tasks among {GOOD}, tried {max(poison.values())} "
              f"times at most ({poison}); the workers ended {again - workers} times; {took:.0f} s")  # fmt: skip
        assert max(poison.values()) <= ATTEMPTS
        assert min(poison.values()) >= 1
        assert {f"good {n}" for n in range(GOOD)} - set(tries) == set()
        assert again - workers <= OPEN * EACH * 2, "a restart loop"  # of those that kill and those that hang
        with bot.house.store.read() as tx:
            told = Counter(row.subject.split()[0] for row in audit.trail(tx, bot.company) if row.what == "given up")
        assert {what: told[what] for what in POISON} == dict.fromkeys(POISON, EACH)
        incidents = notes.with_suffix(".log").read_text()
        assert all(incidents.count(f"task {what} is given up") == EACH for what in POISON)


def ask(bot: Bot) -> None:
    """The poison lies among the good ones."""
    with bot.house.store.write() as tx:
        for n in range(GOOD):
            bot.house.engine.soon(tx, "hear", "good", str(n), bot.company, [bot.company, str(n)], order=n + 1)
        for place, what in enumerate(POISON):
            for n in range(EACH):
                order = 1 + GOOD * (place + n) // (len(POISON) + EACH)
                bot.house.engine.soon(tx, "hear", what, str(n), bot.company, [bot.company, str(n)], order=order)


@contextmanager
def kept(bot: Bot, notes: Path) -> Iterator[list[int]]:
    """A worker that is started again whenever it ends; gives the list of its process ids, which grows."""
    pids: list[int] = []
    stop = threading.Event()
    current: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not stop.is_set():
            current[:] = [_started(bot, notes)]
            pids.append(current[0].pid)
            current[0].wait()

    keeper = threading.Thread(target=keep)
    keeper.start()
    try:
        yield pids
    finally:
        stop.set()
        while keeper.is_alive():
            for one in list(current):
                one.terminate()
            keeper.join(timeout=0.5)


def _started(bot: Bot, notes: Path) -> subprocess.Popen[bytes]:
    environment = practice.environment(bot.house.settings) | {"PROOF_NOTES": str(notes)}
    with notes.with_suffix(".err").open("ab") as words:
        command = [sys.executable, "-m", "tests.proofs.poison_worker"]
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=words)
