"""People and workspaces: several companies in a workspace, rights one by one, who is who, keys of one's own."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("company") as batch_op:
        batch_op.add_column(sa.Column("team", sa.String(length=20), nullable=True))
        batch_op.create_index("ix_company_team", ["team"])
    op.execute("UPDATE company SET team = (SELECT team FROM workspace WHERE workspace.company = company.id)")
    with op.batch_alter_table("workspace") as batch_op:
        batch_op.drop_constraint("fk_workspace_company", type_="foreignkey")
        batch_op.drop_column("company")
        batch_op.add_column(sa.Column("enterprise", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("state", sa.String(length=12), nullable=False, server_default="installed"))
    with op.batch_alter_table("workspace") as batch_op:
        batch_op.alter_column("enterprise", server_default=None)
        batch_op.alter_column("state", server_default=None)
    with op.batch_alter_table("company") as batch_op:
        batch_op.create_foreign_key("fk_company_team", "workspace", ["team"], ["team"])

    op.create_table(
        "member",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("slack_user", sa.String(length=20), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("notify", sa.String(length=10), nullable=False),
        sa.Column("quiet", sa.String(length=11), nullable=False),
        sa.Column("hour", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_member_company")),
        sa.PrimaryKeyConstraint("team", "slack_user", name=op.f("pk_member")),
    )
    op.create_table(
        "given_right",
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("slack_user", sa.String(length=20), nullable=False),
        sa.Column("right", sa.String(length=20), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_given_right_company")),
        sa.PrimaryKeyConstraint("company", "team", "slack_user", "right", name=op.f("pk_given_right")),
    )
    with op.batch_alter_table("given_right") as batch_op:
        batch_op.create_index("ix_given_right_user", ["team", "slack_user"])
    _split_persons(op.get_bind())
    op.drop_table("person")

    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("psa", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("team", sa.String(length=20), nullable=True),
        sa.Column("slack_user", sa.String(length=20), nullable=True),
        sa.Column("matched", sa.String(length=10), nullable=False),
        sa.Column("matched_by", sa.Text(), nullable=False),
        sa.Column("matched_at", storage.columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_staff_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("company", "psa", name="uq_staff_psa"),
        sa.UniqueConstraint("company", "person_id", name="uq_staff_person_id"),
        sa.UniqueConstraint("company", "team", "slack_user", name="uq_staff_slack_user"),
    )
    op.create_table(
        "register_entry",
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("register", sa.String(length=20), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("changed_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_register_entry_company")),
        sa.PrimaryKeyConstraint("company", "register", "key", name=op.f("pk_register_entry")),
    )
    op.create_table(
        "own_key",
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("slack_user", sa.String(length=20), nullable=False),
        sa.Column("api_key", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("kept_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_own_key_company")),
        sa.PrimaryKeyConstraint("company", "team", "slack_user", name=op.f("pk_own_key")),
    )
    op.create_table(
        "offered_key",
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("slack_user", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("api_key", sa.LargeBinary(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("expires_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_offered_key_company")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_offered_key")),
    )


def _split_persons(tx: sa.Connection) -> None:
    """A person's words become rights of their own; the language chosen belongs to the member of the workspace."""
    for row in tx.execute(sa.text("SELECT team, slack_user, company, roles, language, granted_by FROM person")).all():
        common = {"team": row.team, "slack_user": row.slack_user}
        tx.execute(
            sa.text("INSERT INTO member VALUES (:team, :slack_user, :company, :language, '', '', '')"),
            {**common, "company": row.company, "language": row.language},
        )
        for word in filter(None, row.roles.split(",")):
            tx.execute(_GIVEN, {**common, "company": row.company, "right": word, "by": row.granted_by, "at": _NOW})


_GIVEN = sa.text(
    "INSERT INTO given_right VALUES (:company, :team, :slack_user, :right, '{}', :by, :at)"
).bindparams(sa.bindparam("at", type_=storage.columns.Instant(timezone=True)))
_NOW = datetime.now(UTC)


def downgrade() -> None:
    op.create_table(
        "person",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("slack_user", sa.String(length=20), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("granted_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_person_company")),
        sa.PrimaryKeyConstraint("team", "slack_user", name=op.f("pk_person")),
    )
    for name in ("offered_key", "own_key", "register_entry", "staff", "given_right", "member"):
        op.drop_table(name)
    with op.batch_alter_table("company") as batch_op:
        batch_op.drop_constraint("fk_company_team", type_="foreignkey")
    op.execute("DELETE FROM workspace WHERE NOT EXISTS (SELECT 1 FROM company WHERE company.team = workspace.team)")
    with op.batch_alter_table("workspace") as batch_op:
        batch_op.drop_column("state")
        batch_op.drop_column("enterprise")
        batch_op.add_column(sa.Column("company", sa.String(length=32), nullable=True))
    op.execute("UPDATE workspace SET company = (SELECT min(id) FROM company WHERE company.team = workspace.team)")
    with op.batch_alter_table("workspace") as batch_op:
        batch_op.alter_column("company", nullable=False)
        batch_op.create_foreign_key("fk_workspace_company", "company", ["company"], ["id"])
    with op.batch_alter_table("company") as batch_op:
        batch_op.drop_index("ix_company_team")
        batch_op.drop_column("team")
