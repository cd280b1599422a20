"""Who had a document sent is looked up at each press of a bill's button: by its id in Procountor, not through them all."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_transfer_remote", "transfer", ["company", "remote_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_transfer_remote", table_name="transfer")
