"""Bills."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = '0004'
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('away',
    sa.Column('company', sa.String(length=32), nullable=False),
    sa.Column('team', sa.String(length=20), nullable=False),
    sa.Column('slack_user', sa.String(length=20), nullable=False),
    sa.Column('first', sa.String(length=10), nullable=False),
    sa.Column('last', sa.String(length=10), nullable=False),
    sa.Column('substitute', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['company'], ['company.id'], name=op.f('fk_away_company')),
    sa.PrimaryKeyConstraint('company', 'team', 'slack_user', name=op.f('pk_away'))
    )
    op.create_table('bill',
    sa.Column('company', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('open', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('original_number', sa.Text(), nullable=False),
    sa.Column('supplier', sa.Text(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=True),
    sa.Column('issued', sa.String(length=10), nullable=False),
    sa.Column('due', sa.String(length=10), nullable=False),
    sa.Column('gross', sa.Text(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('project', sa.Text(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('previous', sa.LargeBinary(), nullable=True),
    sa.Column('print', sa.String(length=64), nullable=False),
    sa.Column('doubts', sa.Text(), nullable=False),
    sa.Column('aim', sa.Text(), nullable=False),
    sa.Column('seen_at', storage.columns.Instant(timezone=True), nullable=False),
    sa.Column('changed_at', storage.columns.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['company'], ['company.id'], name=op.f('fk_bill_company')),
    sa.PrimaryKeyConstraint('company', 'id', name=op.f('pk_bill'))
    )
    with op.batch_alter_table('bill', schema=None) as batch_op:
        batch_op.create_index('ix_bill_open', ['company', 'open', 'due'], unique=False)
        batch_op.create_index('ix_bill_partner', ['company', 'partner_id'], unique=False)
        batch_op.create_index('ix_bill_project', ['company', 'project', 'open'], unique=False)

    op.create_table('card',
    sa.Column('company', sa.String(length=32), nullable=False),
    sa.Column('bill', sa.Integer(), nullable=False),
    sa.Column('team', sa.String(length=20), nullable=False),
    sa.Column('slack_user', sa.String(length=20), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('dealt_at', storage.columns.Instant(timezone=True), nullable=False),
    sa.Column('shown_print', sa.String(length=64), nullable=False),
    sa.Column('snoozed_until', storage.columns.Instant(timezone=True), nullable=True),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('stage_on', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['company'], ['company.id'], name=op.f('fk_card_company')),
    sa.PrimaryKeyConstraint('company', 'bill', 'team', 'slack_user', name=op.f('pk_card'))
    )
    with op.batch_alter_table('card', schema=None) as batch_op:
        batch_op.create_index('ix_card_user', ['company', 'team', 'slack_user', 'state'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('company', sa.String(length=32), nullable=False),
    sa.Column('bill', sa.Integer(), nullable=False),
    sa.Column('print', sa.String(length=64), nullable=False),
    sa.Column('step', sa.String(length=20), nullable=False),
    sa.Column('act', sa.String(length=10), nullable=False),
    sa.Column('team', sa.String(length=20), nullable=False),
    sa.Column('slack_user', sa.String(length=20), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('own_key', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('shown', sa.LargeBinary(), nullable=False),
    sa.Column('before', sa.Integer(), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('noted_at', storage.columns.Instant(timezone=True), nullable=False),
    sa.Column('sent_at', storage.columns.Instant(timezone=True), nullable=True),
    sa.Column('done_at', storage.columns.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['company'], ['company.id'], name=op.f('fk_decision_company')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('company', 'bill', 'print', 'step', name='uq_decision_step')
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index('ix_decision_state', ['company', 'state'], unique=False)

    op.create_table('question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('company', sa.String(length=32), nullable=False),
    sa.Column('bill', sa.Integer(), nullable=False),
    sa.Column('team', sa.String(length=20), nullable=False),
    sa.Column('asker', sa.String(length=20), nullable=False),
    sa.Column('asked', sa.String(length=20), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=False),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('asked_at', storage.columns.Instant(timezone=True), nullable=False),
    sa.Column('answered_at', storage.columns.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['company'], ['company.id'], name=op.f('fk_question_company')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index('ix_question_bill', ['company', 'bill'], unique=False)

    op.create_table('share',
    sa.Column('company', sa.String(length=32), nullable=False),
    sa.Column('bill', sa.Integer(), nullable=False),
    sa.Column('project', sa.Text(), nullable=False),
    sa.Column('percent', sa.Text(), nullable=False),
    sa.Column('set_by', sa.Text(), nullable=False),
    sa.Column('set_at', storage.columns.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['company'], ['company.id'], name=op.f('fk_share_company')),
    sa.PrimaryKeyConstraint('company', 'bill', 'project', name=op.f('pk_share'))
    )
    op.create_table('supplier_account',
    sa.Column('company', sa.String(length=32), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=False),
    sa.Column('account', sa.LargeBinary(), nullable=False),
    sa.Column('paid_to', sa.LargeBinary(), nullable=False),
    sa.Column('looked_at', storage.columns.Instant(timezone=True), nullable=False),
    sa.Column('changed_at', storage.columns.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['company'], ['company.id'], name=op.f('fk_supplier_account_company')),
    sa.PrimaryKeyConstraint('company', 'partner_id', name=op.f('pk_supplier_account'))
    )
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('zone', sa.String(length=40), nullable=False, server_default=''))
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.alter_column('zone', server_default=None)



def downgrade() -> None:
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_column('zone')

    op.drop_table('supplier_account')
    op.drop_table('share')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index('ix_question_bill')

    op.drop_table('question')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index('ix_decision_state')

    op.drop_table('decision')
    with op.batch_alter_table('card', schema=None) as batch_op:
        batch_op.drop_index('ix_card_user')

    op.drop_table('card')
    with op.batch_alter_table('bill', schema=None) as batch_op:
        batch_op.drop_index('ix_bill_project')
        batch_op.drop_index('ix_bill_partner')
        batch_op.drop_index('ix_bill_open')

    op.drop_table('bill')
    op.drop_table('away')
