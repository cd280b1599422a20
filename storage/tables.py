"""The tables (those of bills stand beside). Keys hold the company: Procountor's ids are unique within one only."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import Instant, metadata
from storage.slack_tables import slack_bots, slack_installations, slack_oauth_states

__all__ = ["metadata", "slack_bots", "slack_installations", "slack_oauth_states"]

company = Table(
    "company",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("business_id", String(20), nullable=False),
    Column("procountor_id", Integer, unique=True),
    Column("api_key", LargeBinary),
    Column("user_id", Integer),
    Column("state", String(12), nullable=False),
    Column("choices", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("team", ForeignKey("workspace.team", use_alter=True), index=True),
)

workspace = Table(
    "workspace",
    metadata,
    Column("team", String(20), primary_key=True),
    Column("name", Text, nullable=False),
    Column("bot_user", String(20), nullable=False),
    Column("enterprise", String(20), nullable=False),
    Column("state", String(12), nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("team", String(20), primary_key=True),
    Column("slack_user", String(20), primary_key=True),
    Column("company", ForeignKey("company.id")),
    Column("language", String(5), nullable=False),
    Column("notify", String(10), nullable=False),
    Column("quiet", String(11), nullable=False),
    Column("hour", String(5), nullable=False),
    Column("zone", String(40), nullable=False),
)

given_right = Table(
    "given_right",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("team", String(20), primary_key=True),
    Column("slack_user", String(20), primary_key=True),
    Column("right", String(20), primary_key=True),
    Column("limits", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("given_at", Instant, nullable=False),
    Index("ix_given_right_user", "team", "slack_user"),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("psa", Text),
    Column("person_id", Integer),
    Column("user_id", Integer),
    Column("team", String(20)),
    Column("slack_user", String(20)),
    Column("matched", String(10), nullable=False),
    Column("matched_by", Text, nullable=False),
    Column("matched_at", Instant),
    UniqueConstraint("company", "psa", name="uq_staff_psa"),
    UniqueConstraint("company", "person_id", name="uq_staff_person_id"),
    UniqueConstraint("company", "team", "slack_user", name="uq_staff_slack_user"),
)

register_entry = Table(
    "register_entry",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("register", String(20), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("content", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

own_key = Table(
    "own_key",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("team", String(20), primary_key=True),
    Column("slack_user", String(20), primary_key=True),
    Column("api_key", LargeBinary, nullable=False),
    Column("user_id", Integer, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("kept_at", Instant, nullable=False),
)

offered_key = Table(
    "offered_key",
    metadata,
    Column("token", String(43), primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("team", String(20), nullable=False),
    Column("slack_user", String(20), nullable=False),
    Column("purpose", String(10), nullable=False),
    Column("api_key", LargeBinary, nullable=False),
    Column("found", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

reference = Table(
    "reference",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("fetched_at", Instant, nullable=False),
    Column("content", Text, nullable=False),
)

file = Table(
    "file",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("received_from", Text, nullable=False),
    UniqueConstraint("company", "sha256", "name"),
)

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("source", String(20), nullable=False),
    Column("source_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("overlay", Text, nullable=False),
    Column("file", ForeignKey("file.id")),
    Column("state", String(12), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("company", "kind", "source", "source_id", "revision"),
    Index("ix_document_number", "company", "number"),
    Index("ix_document_state", "company", "kind", "state"),
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("team", String(20), nullable=False),
    Column("by", String(60), nullable=False),
    Column("selection", Text, nullable=False),
    Column("dry", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("problem", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("asked", String(64), nullable=False, unique=True),
)

run_item = Table(
    "run_item",
    metadata,
    Column("run", ForeignKey("run.id"), primary_key=True),
    Column("document", ForeignKey("document.id"), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("verdict", String(12), nullable=False),
    Column("faults", Text, nullable=False),
    Column("summary", Text, nullable=False),
)

transfer = Table(
    "transfer",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("source", String(20), primary_key=True),
    Column("source_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("document", ForeignKey("document.id"), nullable=False, unique=True),
    Column("run", ForeignKey("run.id")),
    Column("marker", String(40), nullable=False),
    Column("state", String(12), nullable=False),
    Column("remote_id", Integer),
    Column("remote_number", Integer),
    Column("fingerprint", String(64), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("create_at", Instant),
    Column("next_at", Instant),
    Column("fence", Integer, nullable=False),
    Column("forced", Integer, nullable=False),
    Column("problems", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("done_at", Instant),
    UniqueConstraint("company", "marker"),
    Index("ix_transfer_state", "company", "state"),
    Index("ix_transfer_remote", "company", "remote_id"),
)

handle = Table(
    "handle",
    metadata,
    Column("token", String(43), primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("team", String(20), nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    UniqueConstraint("company", "team", "purpose", "subject"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("said", LargeBinary, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("done_at", Instant),
)

seen = Table(
    "seen",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("at", Instant, nullable=False, index=True),
)

message = Table(
    "message",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("topic", String(80), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("ts", String(30), nullable=False),
    Column("picture", String(64), nullable=False),
    Column("shown_at", Instant, nullable=False),
    Index("ix_message_place", "channel", "ts"),
)

bookmark = Table(
    "bookmark",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("company", String(32), nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Index("ix_audit_subject", "company", "subject"),
)
