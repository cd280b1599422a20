"""The bot's side of the simulator: its real database in memory, its desk, and an engine whose tasks are rows in it.

A backup is the database as bytes; a death loses the desk and its memory, never a commit. The tasks live in the same
database as with the real engine, so that a row and its turn commit, or are lost, or come back together.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import event

from finance.transfer import Timing
from handlers.chat import Chat, Profile
from handlers.desk import Desk
from handlers.memo import Memo
from procountor.api import Api
from storage.database import Store, Tx
from tests.simulator.books import START
from tests.simulator.points import When
from tests.simulator.steady import SHELF
from tests.support.stores import KEY

if TYPE_CHECKING:
    from tests.simulator.world import World

_TASKS = """CREATE TABLE sim_task (id TEXT PRIMARY KEY, task TEXT, args TEXT, due REAL, place INT, state TEXT,
            tries INT, seq INTEGER)"""
_TOLD = {"transfer": "transfer", "decision": "decision", "claim_mark": "mark", "bill": "bill", "audit": "trail"}


class Memory(Store):
    """The store on a database in memory; every transaction that writes is a point, named by what it wrote."""

    def __init__(self) -> None:
        super().__init__("sqlite://", (KEY,))
        self.hit: Callable[..., None] | None = None
        self.scene = ""  # the scene it holds unchanged
        self._name = ""
        self._wrote = 0
        event.listen(self.engine, "before_cursor_execute", self._statement)

    @cached_property
    def driver(self) -> sqlite3.Connection:
        """The one connection of this thread."""
        return cast("sqlite3.Connection", self.engine.raw_connection().driver_connection)

    def load(self, image: bytes) -> None:
        self.driver.deserialize(image)

    def image(self) -> bytes:
        return self.driver.serialize()

    def ask(self, tx: Tx, row: tuple[Any, ...]) -> None:
        """A task, in the transaction of what it is about; once for its key."""
        driver = tx.connection.driver_connection
        assert driver is not None
        driver.execute("INSERT OR IGNORE INTO sim_task VALUES (?, ?, ?, ?, ?, 'waits', 0, ?)", row)

    def due(self) -> Any:
        """The task that comes next: id, name, arguments, when, tries; None when none waits."""
        found = self.driver.execute(
            "SELECT id, task, args, due, tries FROM sim_task WHERE state = 'waits' ORDER BY due, place, seq LIMIT 1"
        )
        return found.fetchone()

    def put(self, id: str, state: str, tries: int | None = None, due: float | None = None) -> None:
        """Where a task stands now."""
        sql = "UPDATE sim_task SET state = ?, tries = coalesce(?, tries), due = coalesce(?, due) WHERE id = ?"
        self.driver.execute(sql, (state, tries, due, id))

    def take_over(self, now: float) -> None:
        """What a process had under way that is gone, or thought to be gone."""
        self.driver.execute("UPDATE sim_task SET state = 'waits', due = ? WHERE state = 'runs'", (now,))

    def open(self, table: str, states: tuple[str, ...]) -> bool:
        """Whether a row is in one of the states."""
        marks = ",".join("?" * len(states))
        return (
            self.driver.execute(f"SELECT 1 FROM {table} WHERE state IN ({marks}) LIMIT 1", states).fetchone()
            is not None
        )

    @contextmanager
    def write(self) -> Iterator[Tx]:
        self._name, self._wrote = "", 0
        with super().write() as tx:
            yield tx
            name = self._name
            if name and self.hit:
                self.hit(name, When.BEFORE, inside=True)
        if name and self.hit:
            self.hit(name, When.AFTER)

    def _statement(self, _: Any, __: Any, statement: str, ___: Any, context: Any, ____: Any) -> None:
        """Names the transaction by the first table that is told of; each further change is a point inside it."""
        verb, _, rest = statement.partition(" ")
        if verb not in ("INSERT", "UPDATE", "DELETE"):
            return
        table = rest.split(" ", 2)[1 if verb != "UPDATE" else 0].strip('"')
        SHELF.wrote(table)
        self._wrote += 1
        if self._wrote > 1 and self.hit and self._name:
            self.hit(f"{self._name} + {table}", When.BEFORE, inside=True)
        if table in _TOLD and (not self._name or self._name in ("trail", "bill")):
            changed = context.compiled_parameters[0] if context and context.compiled_parameters else {}
            self._name = _named(_TOLD[table], verb, changed)


def _named(table: str, verb: str, changed: dict[str, Any]) -> str:
    if table in ("trail", "bill"):
        return table
    state = changed.get("state")
    if verb == "INSERT":
        return f"{table} queued" if table == "transfer" else f"{table} {state}"
    if state == "new" and table == "mark":
        return "mark later"
    if state:
        return f"{table} queued" if state == "new" else f"{table} {state}"
    if changed.get("next_at") is not None:
        return f"{table} later"
    if changed.get("create_at") is not None:
        return f"{table} finishing"
    return f"{table} taken up"


class Engine:
    """Tasks as rows beside what they are about: asked for once by their key, done by whoever lives."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seq = 0

    def soon(
        self, tx: Tx, lane: str, task: str, key: str, company: str, args: list[str], after: float = 0.0, order: int = 0
    ) -> None:
        self._seq += 1
        row = (f"{task}:{company}:{key}", task, json.dumps(args), self._world.now + max(after, 0.0), order, self._seq)
        self._world.store.ask(tx, row)  # type: ignore[arg-type]


class Ear:
    """A Slack in which everybody is trusted; what is said to people is only asked for in the simulator."""

    def profile(self, user: str, *, fresh: bool = False) -> Profile:
        return Profile(user, user.title(), "en")


def desk(world: World, timing: Timing) -> Desk:
    """A process's desk: nothing is remembered from the one before."""
    line, ear = world.line, cast("Chat", Ear())
    return Desk(
        store=world.store,
        work=world.engine,
        chats=lambda team: ear,
        books=lambda company: cast("Api", line),
        own_books=lambda company, team, user: None,
        keyed=lambda key: cast("Api", line),
        clock=lambda: START + timedelta(seconds=world.now),
        ticks=lambda: world.now,
        timing=timing,
        memo=Memo(lambda: world.now),
    )


def empty() -> bytes:
    """A database at the newest migration, without rows, small enough to be copied for every trial."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        store = Store(f"sqlite:///{path}", (KEY,))
        store.upgrade()
        store.close()
        with sqlite3.connect(path) as raw:
            raw.execute("PRAGMA journal_mode=DELETE")
            raw.execute(_TASKS)
            raw.execute("CREATE INDEX sim_due ON sim_task (state, due)")
            raw.commit()
            raw.execute("PRAGMA page_size=1024")
            raw.execute("VACUUM")
            image = raw.serialize()
        raw.close()
    return image
