"""The tables of claims made in Slack: what is being written, its receipts, and on whose desks it lies."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from storage.columns import Instant, metadata

captured = Table(
    "captured",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("team", String(20), nullable=False),
    Column("slack_user", String(20), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("sheet", LargeBinary, nullable=False),
    Column("claim", LargeBinary),
    Column("print", String(64), nullable=False),
    Column("reason", LargeBinary),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Instant),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("view", String(40), nullable=False),
    Index("ix_captured_user", "company", "team", "slack_user", "state"),
    Index("ix_captured_state", "company", "state"),
    sqlite_autoincrement=True,  # the number of a claim that was thrown away is never another's
)

captured_receipt = Table(
    "captured_receipt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("captured", ForeignKey("captured.id"), nullable=False),
    Column("row", Integer, nullable=False),
    Column("slack_file", String(30), nullable=False),
    Column("name", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("flaw", String(10), nullable=False),
    Column("origin", String(64), nullable=False),
    Column("look", String(16), nullable=False),
    Column("seen", Text, nullable=False),
    Column("content", LargeBinary),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_captured_receipt_claim", "captured", "row"),
    Index("ix_captured_receipt_origin", "company", "origin"),
    sqlite_autoincrement=True,  # work is asked for once for each number
)

captured_card = Table(
    "captured_card",
    metadata,
    Column("captured", ForeignKey("captured.id"), primary_key=True),
    Column("team", String(20), primary_key=True),
    Column("slack_user", String(20), primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("why", String(12), nullable=False),
    Column("told_on", String(10)),
)
