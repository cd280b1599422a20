"""Requests that count against the limit of all processes: those on their way, and those answered a second ago."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pace_flight",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pace_flight")),
    )
    op.create_index("ix_pace_flight_name", "pace_flight", ["name", "until"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_pace_flight_name", table_name="pace_flight")
    op.drop_table("pace_flight")
