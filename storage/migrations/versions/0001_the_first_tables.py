"""The first tables."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("at", storage.columns.Instant(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_subject", ["company", "subject"], unique=False)

    op.create_table(
        "company",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("business_id", sa.String(length=20), nullable=False),
        sa.Column("procountor_id", sa.Integer(), nullable=True),
        sa.Column("api_key", sa.LargeBinary(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("created_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("procountor_id", name=op.f("uq_company_procountor_id")),
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.Column("done_at", storage.columns.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_inbox")),
    )
    op.create_table(
        "pace",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("next_free", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pace")),
    )
    op.create_table(
        "seen",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("at", storage.columns.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_seen")),
    )
    with op.batch_alter_table("seen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seen_at"), ["at"], unique=False)

    op.create_table(
        "bookmark",
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_bookmark_company")),
        sa.PrimaryKeyConstraint("company", "name", name=op.f("pk_bookmark")),
    )
    op.create_table(
        "file",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.Column("received_from", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_file_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("company", "sha256", "name", name=op.f("uq_file_company")),
    )
    op.create_table(
        "handle",
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("expires_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_handle_company")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_handle")),
        sa.UniqueConstraint("company", "team", "purpose", "subject", name=op.f("uq_handle_company")),
    )
    op.create_table(
        "message",
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("ts", sa.String(length=30), nullable=False),
        sa.Column("picture", sa.String(length=64), nullable=False),
        sa.Column("shown_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_message_company")),
        sa.PrimaryKeyConstraint("company", "topic", name=op.f("pk_message")),
    )
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
    op.create_table(
        "reference",
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("fetched_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_reference_company")),
        sa.PrimaryKeyConstraint("company", name=op.f("pk_reference")),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("selection", sa.Text(), nullable=False),
        sa.Column("dry", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("created_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.Column("finished_at", storage.columns.Instant(timezone=True), nullable=True),
        sa.Column("asked", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_run_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("asked", name=op.f("uq_run_asked")),
    )
    op.create_table(
        "workspace",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bot_user", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_workspace_company")),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_workspace")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("overlay", sa.Text(), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", storage.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_document_company")),
        sa.ForeignKeyConstraint(["file"], ["file.id"], name=op.f("fk_document_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("company", "kind", "source", "source_id", "revision", name=op.f("uq_document_company")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index("ix_document_number", ["company", "number"], unique=False)
        batch_op.create_index("ix_document_state", ["company", "kind", "state"], unique=False)

    op.create_table(
        "run_item",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("faults", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_run_item_document")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_run_item_run")),
        sa.PrimaryKeyConstraint("run", "document", name=op.f("pk_run_item")),
    )
    op.create_table(
        "transfer",
        sa.Column("company", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=True),
        sa.Column("marker", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("remote_id", sa.Integer(), nullable=True),
        sa.Column("remote_number", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("create_at", storage.columns.Instant(timezone=True), nullable=True),
        sa.Column("next_at", storage.columns.Instant(timezone=True), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("forced", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("done_at", storage.columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["company"], ["company.id"], name=op.f("fk_transfer_company")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_transfer_document")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_transfer_run")),
        sa.PrimaryKeyConstraint("company", "kind", "source", "source_id", "revision", name=op.f("pk_transfer")),
        sa.UniqueConstraint("company", "marker", name=op.f("uq_transfer_company")),
        sa.UniqueConstraint("document", name=op.f("uq_transfer_document")),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index("ix_transfer_state", ["company", "state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.drop_index("ix_transfer_state")

    op.drop_table("transfer")
    op.drop_table("run_item")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index("ix_document_state")
        batch_op.drop_index("ix_document_number")

    op.drop_table("document")
    op.drop_table("workspace")
    op.drop_table("run")
    op.drop_table("reference")
    op.drop_table("person")
    op.drop_table("message")
    op.drop_table("handle")
    op.drop_table("file")
    op.drop_table("bookmark")
    with op.batch_alter_table("seen", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seen_at"))

    op.drop_table("seen")
    op.drop_table("pace")
    op.drop_table("inbox")
    op.drop_table("company")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_subject")

    op.drop_table("audit")
