"""Opens the database: one engine, short transactions, SQLite set up so that writers queue instead of failing."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from storage.sealing import cipher
from storage.together import Together

Tx = Connection
T = TypeVar("T")

LEAST = 200_000_000
"""Bytes to be kept free: what is under way needs room to end."""


class BrokenReferences(RuntimeError):
    """After a rebuild some rows name others that are not there; nothing was changed."""


class Damaged(RuntimeError):
    """The SQLite file is not whole: nothing is read from it, and nothing sent."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The database file {file} is damaged, so nothing is begun and nothing sent. Put the newest backup back: "
            f"kierto restore BACKUP. The damaged file is kept beside it."
        )


def free(file: Path) -> int:
    """Bytes that can still be written beside the file."""
    return shutil.disk_usage(file.parent).free


class Store:
    """The open database. ``write`` and ``read`` give short transactions; none may span a network call.

    ``patience``: seconds to wait on SQLite for another process's writing. After that a write fails, and whoever asked
    can still be told in time.
    """

    def __init__(self, url: str, keys: tuple[str, ...] = (), *, patience: float = 30.0) -> None:
        self.url = url
        self.engine = _engine(url, patience).execution_options(cipher=cipher(keys))
        self._writer = self.engine.execution_options(writes=True)
        # Threads of one process queue here: SQLite's own waiting polls, and the unlucky wait long.
        self._turn: AbstractContextManager[object] = _Turn(patience) if self.embedded else nullcontext()
        self._together = Together(self._written, patience)
        self._file = self._on_disk()

    @property
    def embedded(self) -> bool:
        """True for SQLite: one machine, one worker."""
        return self.engine.dialect.name == "sqlite"

    @property
    def writing(self) -> Engine:
        """For a library that begins its own transactions and writes in them."""
        return self._writer

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction that may change things; commits at the end, rolls back on any error."""
        with self._turn, self._writer.begin() as tx:
            yield tx

    def together(self, work: Callable[[Tx], T]) -> T:
        """As ``write``, for short pieces that many threads want written at once: they share transactions.

        ``work`` may run twice, the first time rolled back. Raises TimeoutError when it could not be begun in time.
        """
        return self._together.do(work)

    def _written(self) -> AbstractContextManager[Tx]:
        return self.write()

    @contextmanager
    def rebuild(self) -> Iterator[Tx]:
        """A transaction in which tables may be rebuilt; it commits only when every reference still leads somewhere.

        SQLite changes a table by making it anew, and would take the old one's end for that of its rows.
        """
        with self._turn, self._writer.connect() as tx:
            if self.embedded:
                _on_sqlite_references(tx, "OFF")
            try:
                with tx.begin():
                    yield tx
                    broken = tx.exec_driver_sql("PRAGMA foreign_key_check").all() if self.embedded else ()
                    if broken:
                        raise BrokenReferences(f"{broken[0][0]} names rows of {broken[0][2]} that are not there")
            finally:
                if self.embedded:
                    _on_sqlite_references(tx, "ON")

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A consistent look that changes nothing."""
        with self.engine.connect() as tx:
            yield tx

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for PostgreSQL and for memory."""
        return self._file

    def _on_disk(self) -> Path | None:
        path = make_url(self.url).database if self.embedded else None
        return Path(path).resolve() if path and path != ":memory:" else None

    def check(self) -> None:
        """Raises Damaged when the SQLite file is not whole. PostgreSQL checks its pages itself (data checksums)."""
        if self.file is None or not self.file.exists():
            return
        try:
            with self.read() as tx:
                found = tx.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        except DatabaseError as unreadable:
            raise Damaged(self.file) from unreadable
        if found != "ok":
            raise Damaged(self.file)

    @property
    def full(self) -> bool:
        """True when so little room is left for the SQLite file that nothing new may be begun."""
        return self.file is not None and free(self.file) < LEAST

    def revisions(self) -> tuple[str, str]:
        """The form the tables have and the newest one this program knows."""
        newest = ScriptDirectory.from_config(migrations(self.url)).get_current_head()
        with self.read() as tx:
            return MigrationContext.configure(tx).get_current_revision() or "", newest or ""

    @property
    def newer(self) -> bool:
        """True when a newer program has changed the tables: they only gain, so this one works on."""
        script = ScriptDirectory.from_config(migrations(self.url))
        has, _ = self.revisions()
        return bool(has) and has not in {step.revision for step in script.walk_revisions()}

    def upgrade(self) -> None:
        """Brings the tables to the newest form (safe to repeat); those of a newer program are left as they are."""
        if not self.newer:
            command.upgrade(migrations(self.url), "head")

    def close(self) -> None:
        self.engine.dispose()


class _Turn:
    """A lock that is waited for no longer than ``patience`` seconds; then TimeoutError."""

    def __init__(self, patience: float) -> None:
        self._lock = threading.Lock()
        self._patience = patience

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._patience):
            raise TimeoutError("the database is being written to for too long")

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()


def migrations(url: str) -> Config:
    """Alembic's settings for this database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = url
    return config


def _engine(url: str, patience: float) -> Engine:
    made = make_url(url)
    if made.get_backend_name() == "sqlite":
        engine = create_engine(made, connect_args={"timeout": patience})
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
        return engine
    return create_engine(made.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=10, max_overflow=10)


def _on_sqlite_connect(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _on_sqlite_references(tx: Connection, state: str) -> None:
    """Inside a transaction SQLite would not listen: said to the driver, before one begins."""
    driver = tx.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={state}")


def _on_sqlite_begin(tx: Connection) -> None:
    # A deferred transaction that turns to writing fails at once when another writes; an immediate one waits.
    tx.exec_driver_sql("BEGIN IMMEDIATE" if tx.get_execution_options().get("writes") else "BEGIN")
