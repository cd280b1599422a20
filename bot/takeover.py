"""Who does the work of a dead worker: a file lock keeps SQLite to one, a database lock tells PostgreSQL's apart."""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from dbos import DBOS

from storage.database import driverless

log = logging.getLogger(__name__)

EVERY = 3.0
"""Seconds between two looks for the work of the dead."""
PULSE = 0.5
"""Seconds between two looks whether this worker's own lock still holds: after the database's death it starts anew."""
LOCK_LOST = 70
"""What a worker ends with when its lock may be another's: it is started again at once."""
FROZEN = 15.0
"""Seconds without a sign of life after which a worker whose connection still stands is cut off from its lock."""
NAME = "kierto worker "
KEEPALIVE = {"tcp_keepalives_idle": 2, "tcp_keepalives_interval": 1, "tcp_keepalives_count": 3}
"""The database lets go of a machine that vanished without a word within five seconds; its default is two hours."""
SILENT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
      AND starts_with(application_name, %s) AND state_change < clock_timestamp() - make_interval(secs => %s)
"""


class Occupied(RuntimeError):
    """Another worker already works on this SQLite file."""


class OneWorker:
    """A lock on a file beside the SQLite database; the system drops it when its process dies."""

    def __init__(self, url: str) -> None:
        self._path = Path(url.removeprefix("sqlite:///") + ".worker")
        self._held: int | None = None

    def take(self) -> None:
        """Raises Occupied when another process holds it."""
        held = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            os.close(held)
            raise Occupied("Another worker is at work on this database file.") from taken
        self._held = held

    def give(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None


class Takeover:
    """Holds a session lock named after this worker, and resumes the work of any worker whose lock is free.

    A worker that froze keeps its lock, and its work would wait for it: one whose lock connection has been silent for
    too long is cut off. When it wakes it finds that out and stops; what it still does meanwhile is kept harmless by
    what keeps any late worker harmless, the fence and the send window.
    """

    def __init__(self, url: str, executor: str) -> None:
        self._url = driverless(url)
        self._executor = executor
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="takeover", daemon=True)
        self._own: psycopg.Connection | None = None

    def hold(self) -> None:
        """Takes this worker's own lock, before it takes up any work."""
        options = " ".join(f"-c {name}={value}" for name, value in KEEPALIVE.items())
        name = f"{NAME}{self._executor}"[:63]  # the most PostgreSQL keeps of a name
        self._own = psycopg.connect(self._url, autocommit=True, application_name=name, options=options)
        self._own.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", (self._executor,))

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        if self._own:
            self._own.close()

    def _watch(self) -> None:
        # The first look comes at once: whoever is started after a death takes up the dead one's work without waiting.
        due = time.monotonic()
        while not self._stop.wait(PULSE if time.monotonic() < due else 0):
            if not self._alive():
                log.critical("the lock connection is lost: another worker may take over, so this one stops")
                os._exit(LOCK_LOST)
            if time.monotonic() < due:
                continue
            try:
                self._cut_off()
                self.sweep()
            except Exception as failed:  # noqa: BLE001 - the watch goes on, whatever the engine's library raised
                log.warning("looking for the work of the dead failed: %s", type(failed).__name__)
            due = time.monotonic() + EVERY

    def _alive(self) -> bool:
        try:
            assert self._own is not None
            self._own.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def _cut_off(self) -> None:
        assert self._own is not None
        silent = self._own.execute(SILENT, (NAME, FROZEN)).fetchall()
        if silent:
            log.warning("%d frozen worker(s) cut off from their locks", len(silent))

    def sweep(self) -> int:
        """Resumes what dead workers left under way; gives how many tasks that were."""
        pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        owners = {w.executor_id for w in pending if w.executor_id and w.executor_id != self._executor}
        resumed = 0
        for owner in owners:
            with self._lock_of(owner) as dead:
                resumed += self._resume(owner) if dead else 0
        return resumed

    @contextmanager
    def _lock_of(self, owner: str) -> Iterator[bool]:
        with psycopg.connect(self._url, autocommit=True) as look:
            got = look.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (owner,)).fetchone()
            yield bool(got and got[0])

    def _resume(self, owner: str) -> int:
        # Listed while the dead one's lock is held, so that two sweepers cannot both resume. How often a task was taken
        # up stays counted: one that kills its workers is to be noticed.
        count = len(DBOS._recover_pending_workflows([owner]))
        if count:
            log.warning("took over %d tasks of a worker that died", count)
        return count
