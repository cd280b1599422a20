"""Claims made in Slack: what is being written, its receipts, and on whose desks it lies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "captured",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(32), nullable=False),
        sa.Column("team", sa.String(20), nullable=False),
        sa.Column("slack_user", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
        sa.Column("claim", sa.LargeBinary(), nullable=True),
        sa.Column("print", sa.String(64), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", Instant(timezone=True), nullable=True),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("view", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name="fk_captured_company"),
        sa.PrimaryKeyConstraint("id", name="pk_captured"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_captured_user", "captured", ["company", "team", "slack_user", "state"])
    op.create_index("ix_captured_state", "captured", ["company", "state"])
    op.create_table(
        "captured_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(32), nullable=False),
        sa.Column("captured", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("slack_file", sa.String(30), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("flaw", sa.String(10), nullable=False),
        sa.Column("origin", sa.String(64), nullable=False),
        sa.Column("look", sa.String(16), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name="fk_captured_receipt_company"),
        sa.ForeignKeyConstraint(["captured"], ["captured.id"], name="fk_captured_receipt_captured"),
        sa.PrimaryKeyConstraint("id", name="pk_captured_receipt"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_captured_receipt_claim", "captured_receipt", ["captured", "row"])
    op.create_index("ix_captured_receipt_origin", "captured_receipt", ["company", "origin"])
    op.create_table(
        "captured_card",
        sa.Column("captured", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(20), nullable=False),
        sa.Column("slack_user", sa.String(20), nullable=False),
        sa.Column("company", sa.String(32), nullable=False),
        sa.Column("why", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(["captured"], ["captured.id"], name="fk_captured_card_captured"),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name="fk_captured_card_company"),
        sa.PrimaryKeyConstraint("captured", "team", "slack_user", name="pk_captured_card"),
    )


def downgrade() -> None:
    op.drop_table("captured_card")
    op.drop_index("ix_captured_receipt_origin", table_name="captured_receipt")
    op.drop_index("ix_captured_receipt_claim", table_name="captured_receipt")
    op.drop_table("captured_receipt")
    op.drop_index("ix_captured_state", table_name="captured")
    op.drop_index("ix_captured_user", table_name="captured")
    op.drop_table("captured")
