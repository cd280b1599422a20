"""Opens the database: one engine, short transactions, SQLite set up so that writers queue instead of failing."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage import damage
from storage.sealing import cipher
from storage.together import Together

Tx = Connection
T = TypeVar("T")

LEAST = 200_000_000
"""Bytes to be kept free: what is under way needs room to end."""


POOL = {"pool_size": 8, "max_overflow": 2}
"""A process's connections to PostgreSQL, which by itself allows a hundred altogether: three machines are to fit."""


class BrokenReferences(RuntimeError):
    """After a rebuild some rows name others that are not there; nothing was changed."""


def unreachable(failed: BaseException) -> bool:
    """Whether the database could not be reached or was busy, whatever was asked of it."""
    return isinstance(failed, OperationalError | InterfaceError | PoolTimeout)


def driverless(url: str) -> str:
    """The database's address as everybody but SQLAlchemy takes it: without the name of its driver."""
    return url.replace("postgresql+psycopg://", "postgresql://")


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
        engine = _engine(url, patience)
        self.file = _file(engine)
        """The SQLite file; None for PostgreSQL and for memory."""
        if self.file is not None:
            damage.watch(engine, self.file)
        self.engine = engine.execution_options(cipher=cipher(keys))
        self._writer = self.engine.execution_options(writes=True)
        # Threads of one process queue here: SQLite's own waiting polls, and the unlucky wait long.
        self._turn: AbstractContextManager[object] = _Turn(patience) if self.embedded else nullcontext()
        self._together = Together(self._written, patience)

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

    def check(self, *, wholly: bool = False) -> None:
        """Raises `storage.damage.Damaged` when the SQLite file is not whole; ``wholly``: its indexes, too.

        PostgreSQL checks its pages itself (data checksums).
        """
        if self.file is None or not self.file.exists():
            return
        with self.read() as tx:
            found = tx.exec_driver_sql(f"PRAGMA {'integrity' if wholly else 'quick'}_check(1)").scalar()
        if found != "ok":
            raise damage.of_file(self.file)

    def answers(self) -> bool:
        """Whether the database takes connections just now; SQLite always does."""
        try:
            with self.read():
                return True
        except OperationalError:
            return self.embedded

    @property
    def full(self) -> bool:
        """True when so little room is left for the SQLite file that nothing new may be begun."""
        return self.file is not None and free(self.file) < LEAST

    def revisions(self) -> tuple[str, str]:
        """The form the tables have and the newest one this program knows."""
        with self.read() as tx:
            return MigrationContext.configure(tx).get_current_revision() or "", _staircase().get_current_head() or ""

    @property
    def newer(self) -> bool:
        """True when a newer program has changed the tables: they only gain, so this one works on."""
        has, _ = self.revisions()
        return bool(has) and has not in {step.revision for step in _staircase().walk_revisions()}

    def upgrade(self) -> None:
        """Brings the tables to the newest form (safe to repeat); those of a newer program are left as they are."""
        has, newest = self.revisions()
        if has != newest and not self.newer:
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


@cache
def _staircase() -> ScriptDirectory:
    """All migrations, read once: each start asks for them several times."""
    return ScriptDirectory.from_config(migrations(""))


def _file(engine: Engine) -> Path | None:
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    return Path(path).resolve() if path and path != ":memory:" else None


def _engine(url: str, patience: float) -> Engine:
    made = make_url(url)
    if made.get_backend_name() == "sqlite":
        engine = create_engine(made, connect_args={"timeout": patience})
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
        return engine
    return create_engine(made.set(drivername="postgresql+psycopg"), pool_pre_ping=True, **POOL)


def _on_sqlite_connect(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
    except UnicodeDecodeError as unreadable:  # the driver stumbles over the broken words it wanted to tell
        raise damage.Damaged("The database file") from unreadable


def _on_sqlite_references(tx: Connection, state: str) -> None:
    """Inside a transaction SQLite would not listen: said to the driver, before one begins."""
    driver = tx.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={state}")


def _on_sqlite_begin(tx: Connection) -> None:
    # A deferred transaction that turns to writing fails at once when another writes; an immediate one waits.
    tx.exec_driver_sql("BEGIN IMMEDIATE" if tx.get_execution_options().get("writes") else "BEGIN")
