"""The tables of the one request limit for all processes: when the next may leave, and which still count."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from storage.columns import metadata

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
