"""When a bill was read: what was read earlier does not replace what was read later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    with op.batch_alter_table("bill") as batch_op:
        batch_op.add_column(sa.Column("read_at", Instant(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("bill") as batch_op:
        batch_op.drop_column("read_at")
