"""Documents of several claims of one person may go as one: which are parts of which; and who was reminded of a claim."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim_join",
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["part"], ["document.id"]),
        sa.ForeignKeyConstraint(["whole"], ["document.id"]),
        sa.ForeignKeyConstraint(["company"], ["company.id"]),
        sa.PrimaryKeyConstraint("part"),
    )
    op.create_index("ix_claim_join_whole", "claim_join", ["whole"], unique=False)
    op.create_index("ix_claim_join_company", "claim_join", ["company"], unique=False)
    op.add_column("captured_card", sa.Column("told_on", sa.String(length=10), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("captured_card") as table:
        table.drop_column("told_on")
    op.drop_table("claim_join")
