"""What we caused in Procountor, each thing led back to who wanted it: for whoever walks from one to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from finance.invoice import Kind
from storage import audit, companies, decisions, documents
from storage.bill_tables import bill, decision
from storage.claim_tables import claim_mark
from storage.database import Tx
from storage.tables import run, transfer


@dataclass(frozen=True, slots=True)
class Link:
    """One thing made or done in Procountor.

    ``act`` is "created", "attached", "paid" or a decision's; ``mark`` is what Procountor carries of ours, in the notes
    of a draft or the comment of an act, or a file's name. ``asked`` is the batch ("run:7") or decision ("decision:12")
    it comes from, ``shown`` the fingerprint of what was shown or sent (of a file its SHA-256, of a payment its day and
    sum), ``rows`` the numbers of the trail's rows about it.
    """

    procountor_id: int
    procountor_number: int | None
    number: str
    kind: str
    act: str
    state: str
    mark: str
    asked: str
    who: str
    at: datetime | None
    shown: str
    rows: tuple[int, ...]


def all(tx: Tx, company: str) -> Iterator[Link]:
    """Drafts in the order of their ids in Procountor, each with its files; days of payment; decisions in order."""
    rows = _rows(tx, company)
    for t, draft in _drafts(tx, company, rows):
        yield draft
        yield from _files(tx, company, t.document, draft)
    yield from _payments(tx, company, rows)
    yield from _decisions(tx, company, rows)


def _rows(tx: Tx, company: str) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for entry in audit.trail(tx, company):
        found[entry.subject].append(entry.seq)
    return found


def _drafts(tx: Tx, company: str, rows: Mapping[str, list[int]]) -> Iterator[tuple[Any, Link]]:
    asked = select(transfer, run.c.team, run.c.by).outerjoin(run, run.c.id == transfer.c.run)
    mine = asked.where(transfer.c.company == company, transfer.c.remote_id.is_not(None))
    for t in tx.execute(mine.order_by(transfer.c.remote_id)).all():
        about = sorted({*rows.get(f"document:{t.document}", ()), *rows.get(f"run:{t.run}", ())})
        yield t, Link(
            t.remote_id, t.remote_number, t.source_id, t.kind, "created", t.state, f"[kierto:{t.marker}]",
            _batch(t), _who(t), t.done_at or t.create_at, t.fingerprint, tuple(about),
        )  # fmt: skip


def _files(tx: Tx, company: str, document: int, draft: Link) -> Iterator[Link]:
    """What was added to a draft: the files of its document that have come, unless the customer's drive holds them."""
    one = documents.get(tx, company, document).invoice
    if one.kind is Kind.SALES_INVOICE and companies.get(tx, company).choices.google_drive:
        return
    for file in one.attachments:
        if file.sha256:
            yield replace(draft, act="attached", mark=file.name, shown=file.sha256)


def _payments(tx: Tx, company: str, rows: Mapping[str, list[int]]) -> Iterator[Link]:
    """Days on which the company's money was paid, as they were marked."""
    columns = (transfer.c.remote_number, transfer.c.source_id, transfer.c.kind, transfer.c.run, run.c.team, run.c.by)
    asked = select(claim_mark, *columns).join(transfer, transfer.c.document == claim_mark.c.document)
    asked = asked.outerjoin(run, run.c.id == transfer.c.run)
    mine = asked.where(claim_mark.c.company == company, claim_mark.c.noted_at.is_not(None))
    for m in tx.execute(mine.order_by(claim_mark.c.remote_id, claim_mark.c.paid_on)).all():
        yield Link(
            m.remote_id, m.remote_number, m.source_id, m.kind, "paid", m.state, "", _batch(m),
            _who(m), m.done_at or m.noted_at,
            f"{m.paid_on} {m.amount} {m.currency}", tuple(rows.get(f"document:{m.document}", ())),
        )  # fmt: skip


def _batch(row: Any) -> str:
    return f"run:{row.run}" if row.run else ""


def _who(row: Any) -> str:
    """Whoever had the batch sent."""
    return f"{row.team}/{row.by}" if row.team else row.by or ""


def _decisions(tx: Tx, company: str, rows: Mapping[str, list[int]]) -> Iterator[Link]:
    over = (decisions.DONE, decisions.CONTESTED, decisions.UNSURE, decisions.SENT)
    asked = select(decision, bill.c.original_number).outerjoin(
        bill, (bill.c.company == decision.c.company) & (bill.c.id == decision.c.bill)
    )
    mine = asked.where(decision.c.company == company, decision.c.state.in_(over))
    for d in tx.execute(mine.order_by(decision.c.noted_at, decision.c.id)):
        yield Link(
            d.bill, None, d.original_number or "", "bill", d.act, d.state, f"[k:{d.id}]", f"decision:{d.id}",
            f"{d.team}/{d.slack_user}", d.done_at or d.sent_at, d.print, tuple(rows.get(f"bill:{d.bill}", ())),
        )  # fmt: skip
