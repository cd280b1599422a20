"""Claims as they came, their days of payment, and what people are to be paid."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(32), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("habits", sa.Text(), nullable=False),
        sa.Column("file", sa.String(32), nullable=True),
        sa.Column("received_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_claim_company")),
        sa.ForeignKeyConstraint(["file"], ["file.id"], name=op.f("fk_claim_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("company", "source", "source_id", name=op.f("uq_claim_company")),
    )
    _marks()
    _debts()


def _marks() -> None:
    op.create_table(
        "claim_mark",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.String(10), nullable=False),
        sa.Column("company", sa.String(32), nullable=False),
        sa.Column("remote_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.String(30), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("why", sa.String(30), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("noted_at", Instant(timezone=True), nullable=True),
        sa.Column("next_at", Instant(timezone=True), nullable=True),
        sa.Column("done_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_claim_mark_document")),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_claim_mark_company")),
        sa.PrimaryKeyConstraint("document", "paid_on", name=op.f("pk_claim_mark")),
    )
    op.create_index("ix_claim_mark_state", "claim_mark", ["company", "state"])


def _debts() -> None:
    op.create_table(
        "claim_debt",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(32), nullable=False),
        sa.Column("remote_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("looked_at", Instant(timezone=True), nullable=True),
        sa.Column("paid_on", sa.String(10), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_claim_debt_document")),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_claim_debt_company")),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_claim_debt")),
    )
    op.create_index("ix_claim_debt_state", "claim_debt", ["company", "state"])


def downgrade() -> None:
    op.drop_table("claim_debt")
    op.drop_table("claim_mark")
    op.drop_table("claim")
