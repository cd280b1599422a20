"""Who does the work of a dead worker: a file lock keeps SQLite to one, a database lock tells PostgreSQL's apart."""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from dbos import DBOS

log = logging.getLogger(__name__)

EVERY = 3.0


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
    """Holds a session lock named after this worker, and resumes the work of any worker whose lock is free."""

    def __init__(self, url: str, executor: str, lanes: list[str]) -> None:
        self._url = url.replace("postgresql+psycopg://", "postgresql://")
        self._executor = executor
        self._lanes = lanes
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="takeover", daemon=True)
        self._own: psycopg.Connection | None = None

    def hold(self) -> None:
        """Takes this worker's own lock, before it takes up any work."""
        self._own = psycopg.connect(self._url, autocommit=True)
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
        while not self._stop.wait(EVERY):
            if not self._alive():
                log.critical("the lock connection is lost: another worker may take over, so this one stops")
                os._exit(70)
            with suppress(psycopg.Error):
                self.sweep()

    def _alive(self) -> bool:
        try:
            assert self._own is not None
            self._own.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

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
        # Listed while the dead one's lock is held, so that two sweepers cannot both resume.
        count = 0
        for lane in self._lanes:
            left = DBOS.list_workflows(
                status="PENDING", executor_id=owner, queue_name=lane, load_input=False, load_output=False
            )
            ids = [work.workflow_id for work in left]
            if ids:
                DBOS.resume_workflows(ids, queue_name=lane)
                count += len(ids)
        if count:
            log.warning("took over %d tasks of a worker that died", count)
        return count
