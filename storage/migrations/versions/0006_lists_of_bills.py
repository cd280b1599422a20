"""Lists of bills: what they are found, sifted and added up by, and the piles that are signed together.

Whom Procountor names for a bill, its payment reference and its supplier's business id stand in the sealed content only:
bills kept before have them here from the next change on. Everything else is made from their rows.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

NEVER = '9999-12-31'
TEXTS = ('number_key', 'reference_key', 'supplier_key', 'supplier_id_key', 'project_key')
STEPS = ('to_verify', 'to_approve')
OLD = (('ix_bill_open', ['company', 'open', 'due']), ('ix_bill_partner', ['company', 'partner_id']),
       ('ix_bill_project', ['company', 'project', 'open']))
NEW = (('ix_bill_open', ['company', 'open', 'due', 'id']),
       ('ix_bill_project', ['company', 'project', 'open', 'due', 'id']),
       ('ix_bill_partner_number', ['company', 'partner_id', 'number_key']),
       ('ix_bill_partner_sum', ['company', 'partner_id', 'cents']),
       ('ix_bill_number', ['company', 'number']), ('ix_bill_number_key', ['company', 'number_key']),
       ('ix_bill_reference_key', ['company', 'reference_key']),
       ('ix_bill_supplier_key', ['company', 'supplier_key', 'id']))
BILL = sa.table('bill', *(sa.column(name) for name in (
    'company', 'id', 'open', 'status', 'original_number', 'supplier', 'due', 'gross', 'currency', 'project', 'cents',
    *TEXTS, *STEPS)))
CARD = sa.table('card', *(sa.column(name) for name in ('company', 'bill', 'due')))


def upgrade() -> None:
    _tables()
    with op.batch_alter_table('bill', schema=None) as batch_op:
        for name, _ in OLD:
            batch_op.drop_index(name)
        batch_op.add_column(sa.Column('cents', sa.BigInteger(), nullable=False, server_default='0'))
        for name in TEXTS:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=''))
        for name in STEPS:
            batch_op.add_column(sa.Column(name, sa.String(length=6), nullable=False, server_default=''))
    with op.batch_alter_table('card', schema=None) as batch_op:
        batch_op.drop_index('ix_card_user')
        batch_op.add_column(sa.Column('due', sa.String(length=10), nullable=False, server_default=NEVER))
    _fill()
    with op.batch_alter_table('bill', schema=None) as batch_op:
        for name in ('cents', *TEXTS, *STEPS):
            batch_op.alter_column(name, server_default=None)
        for name, columns in NEW:
            batch_op.create_index(name, columns, unique=False)
    with op.batch_alter_table('card', schema=None) as batch_op:
        batch_op.alter_column('due', server_default=None)
        batch_op.create_index('ix_card_user', ['company', 'team', 'slack_user', 'state', 'due', 'bill'], unique=False)


def _tables() -> None:
    op.create_table('bill_place',
    sa.Column('company', sa.String(length=32), nullable=False),
    sa.Column('bill', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=10), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('acted', sa.Integer(), nullable=False),
    sa.Column('first', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['company'], ['company.id'], name=op.f('fk_bill_place_company')),
    sa.PrimaryKeyConstraint('company', 'bill', 'act', 'place', name=op.f('pk_bill_place'))
    )
    with op.batch_alter_table('bill_place', schema=None) as batch_op:
        batch_op.create_index('ix_bill_place_user', ['company', 'user_id', 'act', 'acted', 'bill'], unique=False)

    op.create_table('bill_tally',
    sa.Column('company', sa.String(length=32), nullable=False),
    sa.Column('shelf', sa.Text(), nullable=False),
    sa.Column('due', sa.String(length=10), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('cents', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['company'], ['company.id'], name=op.f('fk_bill_tally_company')),
    sa.PrimaryKeyConstraint('company', 'shelf', 'due', 'currency', name=op.f('pk_bill_tally'))
    )
    op.create_table('pile',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('company', sa.String(length=32), nullable=False),
    sa.Column('team', sa.String(length=20), nullable=False),
    sa.Column('slack_user', sa.String(length=20), nullable=False),
    sa.Column('act', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('typed', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_at', storage.columns.Instant(timezone=True), nullable=False),
    sa.Column('signed_at', storage.columns.Instant(timezone=True), nullable=True),
    sa.Column('done_at', storage.columns.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['company'], ['company.id'], name=op.f('fk_pile_company')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pile'))
    )
    with op.batch_alter_table('pile', schema=None) as batch_op:
        batch_op.create_index('ix_pile_state', ['state', 'made_at'], unique=False)

    op.create_table('pile_bill',
    sa.Column('pile', sa.Integer(), nullable=False),
    sa.Column('bill', sa.Integer(), nullable=False),
    sa.Column('company', sa.String(length=32), nullable=False),
    sa.Column('print', sa.String(length=64), nullable=False),
    sa.Column('part', sa.String(length=10), nullable=False),
    sa.Column('result', sa.String(length=10), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('decision', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['company'], ['company.id'], name=op.f('fk_pile_bill_company')),
    sa.ForeignKeyConstraint(['decision'], ['decision.id'], name=op.f('fk_pile_bill_decision')),
    sa.ForeignKeyConstraint(['pile'], ['pile.id'], name=op.f('fk_pile_bill_pile')),
    sa.PrimaryKeyConstraint('pile', 'bill', name=op.f('pk_pile_bill'))
    )
    with op.batch_alter_table('pile_bill', schema=None) as batch_op:
        batch_op.create_index('ix_pile_bill_bill', ['company', 'bill', 'result'], unique=False)


def _fill() -> None:
    """The new columns of the bills that are there, and the sums of those that are open."""
    tx = op.get_bind()
    sums: dict[tuple[str, str, str, str], tuple[int, int]] = {}
    for row in tx.execute(sa.select(BILL)).all():
        cents = int((Decimal(row.gross) * 100).to_integral_value(ROUND_HALF_UP))
        due = row.due or NEVER
        free = 'free' if row.open else ''
        values = {'cents': cents, 'due': due, 'number_key': _number_key(row.original_number),
                  'supplier_key': ' '.join(row.supplier.split()).casefold(),
                  'project_key': ' '.join(row.project.split()).casefold(),
                  'to_verify': '' if row.status == 'VERIFIED' else free, 'to_approve': free}
        tx.execute(sa.update(BILL).where(BILL.c.company == row.company, BILL.c.id == row.id).values(**values))
        tx.execute(sa.update(CARD).where(CARD.c.company == row.company, CARD.c.bill == row.id).values(due=due))
        for shelf in ('all', f'project:{row.project}') if row.open and row.project else ('all',) if row.open else ():
            n, total = sums.get((row.company, shelf, due, row.currency), (0, 0))
            sums[row.company, shelf, due, row.currency] = (n + 1, total + cents)
    tally = sa.table('bill_tally', *(sa.column(c) for c in ('company', 'shelf', 'due', 'currency', 'n', 'cents')))
    rows = [dict(zip(('company', 'shelf', 'due', 'currency', 'n', 'cents'), (*key, *value)))
            for key, value in sums.items()]
    if rows:
        tx.execute(sa.insert(tally), rows)


def _number_key(number: str) -> str:
    return re.sub(r'[\W_]', '', number).casefold().lstrip('0')


def downgrade() -> None:
    op.drop_table('pile_bill')
    op.drop_table('pile')
    op.drop_table('bill_tally')
    op.drop_table('bill_place')
    op.execute(sa.update(BILL).where(BILL.c.due == NEVER).values(due=''))
    with op.batch_alter_table('card', schema=None) as batch_op:
        batch_op.drop_index('ix_card_user')
        batch_op.drop_column('due')
        batch_op.create_index('ix_card_user', ['company', 'team', 'slack_user', 'state'], unique=False)
    with op.batch_alter_table('bill', schema=None) as batch_op:
        for name, _ in NEW:
            batch_op.drop_index(name)
        for name in ('cents', *TEXTS, *STEPS):
            batch_op.drop_column(name)
        for name, columns in OLD:
            batch_op.create_index(name, columns, unique=False)
