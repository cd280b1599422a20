"""The tables of claims: as they came, what became of their money, and whom we have told.

``claim_mark`` has a row for each day on which company money of a document was paid: that it was paid is told to
Procountor once (noted before, looked at after). ``claim_debt`` are the documents that a person is to be paid for.
``claim_join`` tells which documents went into which, where a company pays by the person.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.columns import Instant, metadata

claim = Table(
    "claim",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("source", String(20), nullable=False),
    Column("source_id", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("habits", Text, nullable=False),
    Column("file", ForeignKey("file.id")),
    Column("received_at", Instant, nullable=False),
    UniqueConstraint("company", "source", "source_id"),
)

claim_join = Table(
    "claim_join",
    metadata,
    Column("part", ForeignKey("document.id"), primary_key=True),
    Column("whole", ForeignKey("document.id"), nullable=False),
    Column("company", ForeignKey("company.id"), nullable=False),
    Index("ix_claim_join_whole", "whole"),
    Index("ix_claim_join_company", "company"),
)

claim_mark = Table(
    "claim_mark",
    metadata,
    Column("document", ForeignKey("document.id"), primary_key=True),
    Column("paid_on", String(10), primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("remote_id", Integer, nullable=False),
    Column("amount", String(30), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("state", String(10), nullable=False),
    Column("why", String(30), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("noted_at", Instant),
    Column("next_at", Instant),
    Column("done_at", Instant),
    Index("ix_claim_mark_state", "company", "state"),
)

claim_debt = Table(
    "claim_debt",
    metadata,
    Column("document", ForeignKey("document.id"), primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("remote_id", Integer, nullable=False),
    Column("status", String(40), nullable=False),
    Column("state", String(10), nullable=False),
    Column("looked_at", Instant),
    Column("paid_on", String(10)),
    Index("ix_claim_debt_state", "company", "state"),
)
