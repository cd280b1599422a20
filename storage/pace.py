"""One rate for all processes: a row in PostgreSQL says when the next request may leave (GCRA)."""

from __future__ import annotations

from sqlalchemy import text

from storage.database import Store

RESERVE = text(
    """
    INSERT INTO pace AS p (name, next_free)
    VALUES (:name, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint + :step)
    ON CONFLICT (name) DO UPDATE
    SET next_free = greatest(p.next_free, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) + :step
    RETURNING p.next_free - :step - (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
    """
)


def reserve(store: Store, name: str, step: float) -> float:
    """Takes the next free moment, ``step`` seconds after the one before it; gives the seconds to wait until then."""
    with store.write() as tx:
        wait = tx.execute(RESERVE, {"name": name, "step": round(step * 1_000_000)}).scalar_one()
    return max(0.0, float(wait) / 1_000_000)
