"""What reminders and the finance board are made of: when a cash discount lapses, the amount at home, bills by status.

Both stand in the sealed content only: of bills kept before they are read from there until the bill next changes.
The copies of one bill, and a supplier's bills in the order of their ids, get indexes: SQLite went through all there are.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

PARTNERS = {"ix_bill_partner_number": "number_key", "ix_bill_partner_sum": "cents"}


def upgrade() -> None:
    with op.batch_alter_table("bill") as batch_op:
        batch_op.add_column(sa.Column("lapses", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("home_cents", sa.BigInteger(), nullable=True))
        batch_op.create_index("ix_bill_status", ["company", "status", "currency", "cents"], unique=False)
        for name, column in PARTNERS.items():
            batch_op.drop_index(name)
            batch_op.create_index(name, ["company", "partner_id", column, "id"], unique=False)
    with op.batch_alter_table("card") as batch_op:
        batch_op.create_index("ix_card_bill", ["company", "bill", "state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("card") as batch_op:
        batch_op.drop_index("ix_card_bill")
    with op.batch_alter_table("bill") as batch_op:
        for name, column in PARTNERS.items():
            batch_op.drop_index(name)
            batch_op.create_index(name, ["company", "partner_id", column], unique=False)
        batch_op.drop_index("ix_bill_status")
        batch_op.drop_column("home_cents")
        batch_op.drop_column("lapses")
