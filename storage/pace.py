"""One rate for all processes, kept in PostgreSQL: when the next request may leave, and how many still count.

A request counts from its departure until a second after its answer, as the server may take it up at any moment in
between. One whose process has died, or that waits long for its answer, counts for a few seconds and a second more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg

from storage.database import driverless

LOST = 3_000_000
"""Microseconds after which the server has taken a request up, whether its answer has come or not."""
SECOND = 1_000_000

WAIT = 5  # seconds for a connection

T = TypeVar("T")

_NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
# Each statement after the first looks at what stood when the row was held, as no other process can then change it.
_HOLD = f"""
    INSERT INTO pace AS p (name, next_free) VALUES (%(name)s, {_NOW})
    ON CONFLICT (name) DO UPDATE SET next_free = p.next_free
    """  # noqa: S608 - a constant of ours  # nosec B608
_ANSWERED = f"""
    UPDATE pace_flight f SET until = least(f.until, {_NOW} - a.age + {SECOND})
    FROM unnest(%(ids)s::bigint[], %(ages)s::bigint[]) AS a (id, age) WHERE f.id = a.id
    """  # noqa: S608  # nosec B608
_OVER = f"DELETE FROM pace_flight WHERE name = %(name)s AND until <= {_NOW}"  # noqa: S608  # nosec B608
_TAKE = f"""
    WITH p AS (SELECT next_free, {_NOW} AS now FROM pace WHERE name = %(name)s),
         f AS (SELECT count(*) AS n, coalesce(min(until), 0) AS first FROM pace_flight WHERE name = %(name)s),
         m AS (SELECT now, n < %(most)s AS free, first, greatest(now, next_free - %(ahead)s) AS at,
                      greatest(next_free, now - %(behind)s) + %(step)s AS next FROM p, f),
         flight AS (INSERT INTO pace_flight (name, until)
                    SELECT %(name)s, at + {LOST + SECOND} FROM m WHERE free RETURNING id),
         moved AS (UPDATE pace SET next_free = m.next FROM m WHERE name = %(name)s AND m.free)
    SELECT CASE WHEN free THEN at - now ELSE first - now END, (SELECT id FROM flight) FROM m
    """  # noqa: S608  # nosec B608


@dataclass(frozen=True, slots=True)
class Terms:
    """What a request is let go by: ``rate`` a second, and never while ``most`` count already.

    ``window``: seconds by which it may leave before its turn among the evenly spread ones, whose turns come later for
    it. ``idle``: seconds of unused turns that may be made up for.
    """

    rate: float
    most: int
    window: float = 0.0
    idle: float = 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """When a request may leave, in seconds from now; without a ``flight`` it may not, and asks again then."""

    pause: float
    flight: int | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A request whose answer came so many ``seconds`` ago."""

    flight: int
    seconds: float


class Ledger:
    """A connection of its own to the rows of one rate: who waits for a moment waits for nobody's other business.

    All that one question needs goes to the database in one message. May raise OSError or `psycopg.Error`; the next
    question then tries a new connection.
    """

    def __init__(self, url: str, name: str) -> None:
        self._url = driverless(url)
        self._name = name
        self._lock = threading.Lock()
        self._db: psycopg.Connection | None = None

    def reserve(self, terms: Terms, answered: Sequence[Answered] = ()) -> Moment:
        """The next moment on these terms; none while too many count. Notes ``answered`` before it counts."""
        named = {
            "name": self._name, "most": terms.most, "ahead": round(terms.window * SECOND),
            "behind": round(terms.idle * SECOND), "step": round(SECOND / terms.rate),
        }  # fmt: skip
        with self._lock:
            pause, flight = self._asked(lambda: self._reserve(named, answered))
        return Moment(max(0, int(pause)) / SECOND, flight)

    def answered(self, answered: Sequence[Answered]) -> None:
        """The places of these requests are free again a second after their answers."""
        with self._lock:
            self._asked(lambda: self._note(answered))

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _reserve(self, named: dict[str, object], answered: Sequence[Answered]) -> Any:
        with self._opened().pipeline():
            self._execute(_HOLD, named)
            self._note(answered)
            self._execute(_OVER, named)
            return self._execute(_TAKE, named).fetchone()

    def _asked(self, ask: Callable[[], T]) -> T:
        """A connection that has stood may have died meanwhile: then asked once more, over a new one.

        What had been reserved all the same counts as a request that was lost.
        """
        stood = self._db is not None
        try:
            return ask()
        except psycopg.OperationalError:
            self._drop()
            if not stood:
                raise
        except BaseException:
            self._drop()
            raise
        try:
            return ask()
        except BaseException:
            self._drop()
            raise

    def _note(self, answered: Sequence[Answered]) -> None:
        if answered:
            ages = [round(one.seconds * SECOND) for one in answered]
            self._execute(_ANSWERED, {"ids": [one.flight for one in answered], "ages": ages})

    def _execute(self, sql: str, named: dict[str, object]) -> psycopg.Cursor:
        return self._opened().execute(sql.encode(), named)

    def _opened(self) -> psycopg.Connection:
        if self._db is None:
            self._db = psycopg.connect(self._url, autocommit=True, connect_timeout=WAIT)
        return self._db

    def _drop(self) -> None:
        if self._db is not None:
            with suppress(psycopg.Error):
                self._db.close()
        self._db = None
