"""One rate for all processes, kept in PostgreSQL: when the next request may leave, and how many still count.

A request counts from its departure until a second after its answer, as the server may take it up at any moment in
between. One whose process has died, or that waits long for its answer, counts for a few seconds and a second more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sqlalchemy import text

from storage.database import Store

LOST = 3_000_000
"""Microseconds after which the server has taken a request up, whether its answer has come or not."""
SECOND = 1_000_000

_NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
_HOLD = text(
    f"""
    INSERT INTO pace AS p (name, next_free) VALUES (:name, {_NOW})
    ON CONFLICT (name) DO UPDATE SET next_free = p.next_free
    RETURNING p.next_free, {_NOW}
    """  # noqa: S608 - a constant of ours  # nosec B608
)
_OVER = text("DELETE FROM pace_flight WHERE name = :name AND until <= :now")
_COUNT = text("SELECT count(*), coalesce(min(until), 0) FROM pace_flight WHERE name = :name")
_NEXT = text("UPDATE pace SET next_free = :next WHERE name = :name")
_LEAVE = text("INSERT INTO pace_flight (name, until) VALUES (:name, :until) RETURNING id")
_ANSWERED = text(f"UPDATE pace_flight SET until = least(until, {_NOW} + {SECOND}) WHERE id = :id")  # noqa: S608  # nosec B608


@dataclass(frozen=True, slots=True)
class Moment:
    """When a request may leave, in seconds from now; without a ``flight`` it may not, and asks again then."""

    pause: float
    flight: int | None


def reserve(store: Store, name: str, rate: float) -> Moment:
    """The next free moment, 1/rate after the one before it; none while ``rate`` requests count already."""
    step, most = round(SECOND / rate), max(1, math.floor(rate))
    with store.write() as tx:
        free, now = tx.execute(_HOLD, {"name": name}).one()
        tx.execute(_OVER, {"name": name, "now": now})
        count, first = tx.execute(_COUNT, {"name": name}).one()
        if count >= most:
            return Moment(max(0.0, (first - now) / SECOND), None)
        moment = max(free, now)
        tx.execute(_NEXT, {"name": name, "next": moment + step})
        flight = tx.execute(_LEAVE, {"name": name, "until": moment + LOST + SECOND}).scalar_one()
    return Moment((moment - now) / SECOND, flight)


def answered(store: Store, flight: int) -> None:
    """The request's place is free again a second from now."""
    with store.write() as tx:
        tx.execute(_ANSWERED, {"id": flight})
