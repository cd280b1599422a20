"""The tables of bills: as last read, on whose desks they lie, what was decided, who is away, who was asked.

``cents``, the keys, ``to_verify`` and ``to_approve`` are made from the bill when it is kept, so that lists of many
thousands are found, added up and sifted by indexes; ``bill_tally`` are the sums of what is open, by day.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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

bill = Table(
    "bill",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("version", Text, nullable=False),
    Column("status", String(40), nullable=False),
    Column("open", Integer, nullable=False),
    Column("number", Integer),
    Column("original_number", Text, nullable=False),
    Column("number_key", Text, nullable=False),
    Column("reference_key", Text, nullable=False),
    Column("supplier", Text, nullable=False),
    Column("supplier_key", Text, nullable=False),
    Column("supplier_id_key", Text, nullable=False),
    Column("partner_id", Integer),
    Column("issued", String(10), nullable=False),
    Column("due", String(10), nullable=False),
    Column("gross", Text, nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("to_verify", String(6), nullable=False),
    Column("to_approve", String(6), nullable=False),
    Column("project", Text, nullable=False),
    Column("project_key", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("previous", LargeBinary),
    Column("print", String(64), nullable=False),
    Column("doubts", Text, nullable=False),
    Column("aim", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("read_at", Instant),
    Column("lapses", Text),
    Column("home_cents", BigInteger),
    Index("ix_bill_open", "company", "open", "due", "id"),
    Index("ix_bill_project", "company", "project", "open", "due", "id"),
    Index("ix_bill_partner_number", "company", "partner_id", "number_key", "id"),
    Index("ix_bill_partner_sum", "company", "partner_id", "cents", "id"),
    Index("ix_bill_number", "company", "number"),
    Index("ix_bill_number_key", "company", "number_key"),
    Index("ix_bill_reference_key", "company", "reference_key"),
    Index("ix_bill_supplier_key", "company", "supplier_key", "id"),
    Index("ix_bill_status", "company", "status", "currency", "cents"),
)

bill_place = Table(
    "bill_place",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("bill", Integer, primary_key=True),
    Column("act", String(10), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("user_id", Integer, nullable=False),
    Column("acted", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Index("ix_bill_place_user", "company", "user_id", "act", "acted", "bill"),
)

bill_tally = Table(
    "bill_tally",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("shelf", Text, primary_key=True),
    Column("due", String(10), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("n", Integer, nullable=False),
    Column("cents", BigInteger, nullable=False),
)

supplier_account = Table(
    "supplier_account",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("partner_id", Integer, primary_key=True),
    Column("account", LargeBinary, nullable=False),
    Column("paid_to", LargeBinary, nullable=False),
    Column("looked_at", Instant, nullable=False),
    Column("changed_at", Instant),
)

card = Table(
    "card",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("bill", Integer, primary_key=True),
    Column("team", String(20), primary_key=True),
    Column("slack_user", String(20), primary_key=True),
    Column("why", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("dealt_at", Instant, nullable=False),
    Column("shown_print", String(64), nullable=False),
    Column("snoozed_until", Instant),
    Column("stage", Integer, nullable=False),
    Column("stage_on", String(10), nullable=False),
    Column("due", String(10), nullable=False),
    Index("ix_card_user", "company", "team", "slack_user", "state", "due", "bill"),
    Index("ix_card_bill", "company", "bill", "state"),
)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("bill", Integer, nullable=False),
    Column("print", String(64), nullable=False),
    Column("step", String(20), nullable=False),
    Column("act", String(10), nullable=False),
    Column("team", String(20), nullable=False),
    Column("slack_user", String(20), nullable=False),
    Column("user_id", Integer),
    Column("own_key", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("shown", LargeBinary, nullable=False),
    Column("before", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("done_at", Instant),
    UniqueConstraint("company", "bill", "print", "step", name="uq_decision_step"),
    Index("ix_decision_state", "company", "state"),
)

away = Table(
    "away",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("team", String(20), primary_key=True),
    Column("slack_user", String(20), primary_key=True),
    Column("first", String(10), nullable=False),
    Column("last", String(10), nullable=False),
    Column("substitute", String(20), nullable=False),
)

share = Table(
    "share",
    metadata,
    Column("company", ForeignKey("company.id"), primary_key=True),
    Column("bill", Integer, primary_key=True),
    Column("project", Text, primary_key=True),
    Column("percent", Text, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", Instant, nullable=False),
)

question = Table(
    "question",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("bill", Integer, nullable=False),
    Column("team", String(20), nullable=False),
    Column("asker", String(20), nullable=False),
    Column("asked", String(20), nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("answer", LargeBinary),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Index("ix_question_bill", "company", "bill"),
)

pile = Table(
    "pile",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("team", String(20), nullable=False),
    Column("slack_user", String(20), nullable=False),
    Column("act", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("typed", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("signed_at", Instant),
    Column("done_at", Instant),
    Index("ix_pile_state", "state", "made_at"),
)

pile_bill = Table(
    "pile_bill",
    metadata,
    Column("pile", ForeignKey("pile.id"), primary_key=True),
    Column("bill", Integer, primary_key=True),
    Column("company", ForeignKey("company.id"), nullable=False),
    Column("print", String(64), nullable=False),
    Column("part", String(10), nullable=False),
    Column("result", String(10), nullable=False),
    Column("detail", Text, nullable=False),
    Column("decision", ForeignKey("decision.id")),
    Index("ix_pile_bill_bill", "company", "bill", "result"),
)
