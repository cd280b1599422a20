"""The tables of sent sales invoices: as last read, and a row for each thing there was to tell; where webhooks go."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from storage.columns import Instant, metadata

sale = Table(
    "sale",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("document", ForeignKey("document.id"), nullable=False),
    Column("status", String(40), nullable=False),
    Column("open", Integer, nullable=False),
    Column("due", String(10), nullable=False),
    Column("paid_on", String(10), nullable=False),
    Column("content", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("quiet", Integer, nullable=False),
    Column("read_at", Instant),
    Index("ix_sale_open", "company", "open", "due"),
    Index("ix_sale_document", "document"),
)

sale_news = Table(
    "sale_news",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("sale", Integer, nullable=False),
    Column("key", String(40), nullable=False),
    Column("what", String(12), nullable=False),
    Column("content", Text, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Column("batch", String(40)),
    Column("places", Text, nullable=False),
    UniqueConstraint("company", "sale", "key"),
    Index("ix_sale_news_batch", "company", "batch"),
)

webhook = Table(
    "webhook",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("url", Text, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", Instant, nullable=False),
)
