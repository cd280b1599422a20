"""Sent sales invoices as last read, what there was to tell of each, and where webhooks go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "sale",
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("paid_on", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("quiet", sa.Integer(), nullable=False),
        sa.Column("read_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_sale_company")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_sale_document")),
        sa.PrimaryKeyConstraint("company", "id", name=op.f("pk_sale")),
    )
    op.create_index("ix_sale_open", "sale", ["company", "open", "due"])
    op.create_index("ix_sale_document", "sale", ["document"])
    op.create_table(
        "sale_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("sale", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("noted_at", Instant(timezone=True), nullable=False),
        sa.Column("batch", sa.String(length=40), nullable=True),
        sa.Column("places", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_sale_news_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_news")),
        sa.UniqueConstraint("company", "sale", "key", name=op.f("uq_sale_news_company")),
    )
    op.create_index("ix_sale_news_batch", "sale_news", ["company", "batch"])
    op.create_table(
        "webhook",
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_webhook_company")),
        sa.PrimaryKeyConstraint("company", name=op.f("pk_webhook")),
    )


def downgrade() -> None:
    for table in ("webhook", "sale_news", "sale"):
        op.drop_table(table)
