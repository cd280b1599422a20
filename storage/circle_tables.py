"""The tables of what people do with bills beside deciding: passed on, by which rules, pictures, papers, divisions."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from storage.columns import Instant, metadata

passing = Table(
    "passing",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("bill", Integer, nullable=False),
    Column("team", String(20), nullable=False),
    Column("giver", String(20), nullable=False),
    Column("receiver", String(20), nullable=False),
    Column("by", String(20), nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("dealt", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("back_at", Instant),
    Index("ix_passing_bill", "company", "bill"),
)

recipient_rule = Table(
    "recipient_rule",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("name", Text, nullable=False),
    Column("slack_user", String(20), nullable=False),
    Column("set_by", String(60), nullable=False),
    Column("set_at", Instant, nullable=False),
)

bill_picture = Table(
    "bill_picture",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("bill", Integer, primary_key=True),
    Column("team", String(20), primary_key=True),
    Column("print", String(64), nullable=False),
    Column("file", String(40), nullable=False),
    Column("made_at", Instant, nullable=False),
)

shown_document = Table(
    "shown_document",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("bill", Integer, primary_key=True),
    Column("team", String(20), primary_key=True),
    Column("slack_user", String(20), primary_key=True),
    Column("print", String(64), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("put", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
)

division = Table(
    "division",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("bill", Integer, primary_key=True),
    Column("state", String(12), nullable=False),
    Column("problem", Text, nullable=False),
    Column("set_by", String(60), nullable=False),
    Column("set_at", Instant, nullable=False),
)
