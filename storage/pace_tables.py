"""The tables that workers share: the one request limit, with what still counts of it, and tasks that have failed."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from storage.columns import Instant, metadata

pace = Table(
    "pace",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("next_free", BigInteger, nullable=False),
)

pace_flight = Table(
    "pace_flight",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("name", String(80), nullable=False),
    Column("until", BigInteger, nullable=False),
    Index("ix_pace_flight_name", "name", "until"),
)

failure = Table(
    "failure",
    metadata,
    Column("task", String(400), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)
