"""What is forgotten and when: nothing before its time by law, and nothing personal for longer than it is needed.

The times are in `RULES`, for people in docs/operation.md. A company under a legal hold forgets nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, func, or_, select, update

from finance.canonical import load
from finance.invoice import Invoice, Kind
from finance.transfer import State
from storage import references
from storage.bill_tables import bill, bill_place, card, decision, pile, pile_bill, question, share
from storage.capture_tables import captured, captured_card, captured_receipt
from storage.captures import APPROVED, DRAFT, REJECTED
from storage.circle_tables import bill_picture, division, passing, shown_document
from storage.claim_tables import claim, claim_debt, claim_join, claim_mark
from storage.database import Tx
from storage.sales_tables import sale, sale_news
from storage.tables import document, file, handle, run, run_item, transfer

HOLD = "legal hold"
YEARS = 10

HANDLES = timedelta(days=30)
DRAFTS, REJECTIONS, RECEIPTS = timedelta(days=90), timedelta(days=365), timedelta(days=30)
LOOKED = timedelta(days=30)  # how much longer receipts are looked for: a night may have been missed, not a month


def law(now: datetime) -> datetime:
    """What is older has been kept for ten whole years after the end of its accounting year, whichever month that is."""
    return datetime(now.astimezone(UTC).year - YEARS - 1, 1, 1, tzinfo=UTC)


def hold(tx: Tx, company: str, why: str) -> None:
    """From now on the company forgets nothing; ``why`` "" ends that."""
    references.mark(tx, company, HOLD, why)


def held(tx: Tx, company: str) -> str:
    """Why the company forgets nothing; "" when it does."""
    return references.marked(tx, company, HOLD) or ""


@dataclass(frozen=True, slots=True)
class Rule:
    """``forget`` takes a company's rows away that are older than its time allows, and gives how many."""

    what: str
    after: str
    forget: Callable[[Tx, str, datetime], int]


def of_company(tx: Tx, company: str, now: datetime) -> dict[str, int]:
    """Forgets what the company need not and may not keep; how much of what."""
    if held(tx, company):
        return {}
    return {rule.what: rule.forget(tx, company, now) for rule in RULES}


def _handles(tx: Tx, company: str, now: datetime) -> int:
    return _gone(tx, handle, handle.c.company == company, handle.c.expires_at < now - HANDLES)


def _claims_in_writing(tx: Tx, company: str, now: datetime) -> int:
    old = or_(
        (captured.c.state == DRAFT) & (captured.c.changed_at < now - DRAFTS),
        (captured.c.state == REJECTED) & (captured.c.changed_at < now - REJECTIONS),
    )
    return _claims(tx, company, old)


def _claims_of_old(tx: Tx, company: str, now: datetime) -> int:
    return _claims(tx, company, (captured.c.state == APPROVED) & (captured.c.changed_at < law(now)))


def _claims(tx: Tx, company: str, old: ColumnElement[bool]) -> int:
    mine = select(captured.c.id).where(captured.c.company == company, old)
    for table in (captured_receipt, captured_card):
        tx.execute(delete(table).where(table.c.captured.in_(mine)))
    return _gone(tx, captured, captured.c.company == company, old)


def _receipts(tx: Tx, company: str, now: datetime) -> int:
    """The pictures, once the drafts made of their claims are whole in Procountor; their hashes stay against doubles."""
    approved = select(captured.c.id).where(
        captured.c.company == company, captured.c.state == APPROVED, captured.c.decided_at < now - RECEIPTS
    )  # fmt: skip
    copies = update(captured_receipt).where(
        captured_receipt.c.captured.in_(approved), captured_receipt.c.content.is_not(None)
    )  # fmt: skip
    gone = int(tx.execute(copies.values(content=None)).rowcount)
    claims = document.c.kind.in_([Kind.CLAIM.value, Kind.COMPANY_COST.value])
    done = _attached(tx, company, claims, transfer.c.state == State.DONE.value,
                     transfer.c.done_at.between(now - RECEIPTS - LOOKED, now - RECEIPTS))  # fmt: skip
    for digest in sorted(done - _needed(tx, company)) if done else ():
        mine = (file.c.company == company, file.c.sha256 == digest, func.length(file.c.content) > 0)
        gone += int(tx.execute(update(file).where(*mine).values(content=b"")).rowcount)
    return gone


def _attached(tx: Tx, company: str, *where: ColumnElement[bool]) -> set[str]:
    """The hashes of what is attached to a company's documents."""
    asked = select(document.c.content).outerjoin(transfer, transfer.c.document == document.c.id)
    rows = tx.execute(asked.where(document.c.company == company, *where)).scalars()
    return {one.sha256 for content in rows for one in load(Invoice, content).attachments if one.sha256}


def _needed(tx: Tx, company: str) -> set[str]:
    """What is attached to documents that are not in Procountor yet: the same picture may have come years before."""
    return _attached(tx, company, or_(transfer.c.state.is_(None), transfer.c.state != State.DONE.value))


def _whole(tx: Tx, company: str, ids: set[int]) -> list[int]:
    """Of the documents those that leave no claim in pieces: what was put together goes together."""
    pairs = tx.execute(select(claim_join.c.part, claim_join.c.whole).where(claim_join.c.company == company)).all()
    while broken := {one for pair in pairs if (set(pair) & ids) and not (set(pair) <= ids) for one in pair} & ids:
        ids -= broken
    return sorted(ids)


def _documents(tx: Tx, company: str, now: datetime) -> int:
    """What was sent, or never will be, more than ten accounting years ago; with its batches and files."""
    cut = law(now)
    young = exists().where(transfer.c.document == document.c.id, or_(
        transfer.c.done_at >= cut, transfer.c.state.not_in([State.DONE.value, State.REFUSED.value])))  # fmt: skip
    paid = exists().where(sale.c.document == document.c.id, sale.c.open == 1)
    mine = select(document.c.id).where(document.c.company == company, document.c.created_at < cut, ~young, ~paid)
    ids = _whole(tx, company, set(tx.execute(mine).scalars()))
    tx.execute(delete(claim_join).where(claim_join.c.part.in_(ids)))
    sales = select(sale.c.id).where(sale.c.company == company, sale.c.document.in_(ids))
    tx.execute(delete(sale_news).where(sale_news.c.company == company, sale_news.c.sale.in_(sales)))
    for table in (claim_mark, claim_debt, sale, transfer, run_item):
        tx.execute(delete(table).where(table.c.document.in_(ids)))
    gone = _gone(tx, document, document.c.id.in_(ids))
    used = (run_item, transfer)
    unused = [~exists().where(table.c.run == run.c.id) for table in used]
    tx.execute(delete(run).where(run.c.company == company, run.c.created_at < cut, *unused))
    tx.execute(delete(claim).where(claim.c.company == company, claim.c.received_at < cut))
    free = [~exists().where(table.c.file == file.c.id) for table in (document, claim)]
    old = (file.c.company == company, file.c.received_at < cut, *free)
    if tx.execute(select(1).where(*old).limit(1)).first() is None:
        return gone
    return gone + _gone(tx, file, *old, file.c.sha256.not_in(_needed(tx, company)))


def _decisions(tx: Tx, company: str, now: datetime) -> int:
    cut = law(now)
    piles = select(pile.c.id).where(pile.c.company == company, pile.c.made_at < cut)
    tx.execute(delete(pile_bill).where(pile_bill.c.pile.in_(piles)))
    tx.execute(delete(pile).where(pile.c.company == company, pile.c.made_at < cut))
    kept = exists().where(pile_bill.c.decision == decision.c.id)
    last = func.coalesce(decision.c.done_at, decision.c.noted_at)
    return _gone(tx, decision, decision.c.company == company, last < cut, ~kept)


def _bills(tx: Tx, company: str, now: datetime) -> int:
    """Closed bills whose last decision is forgotten; with the cards, questions and words about them."""
    decided = exists().where(decision.c.company == bill.c.company, decision.c.bill == bill.c.id)
    old = (bill.c.company == company, bill.c.open == 0, bill.c.changed_at < law(now), ~decided)
    ids = list(tx.execute(select(bill.c.id).where(*old)).scalars())
    for table in (bill_place, card, share, question, passing, bill_picture, shown_document, division):
        tx.execute(delete(table).where(table.c.company == company, table.c.bill.in_(ids)))
    return _gone(tx, bill, bill.c.company == company, bill.c.id.in_(ids))


def _gone(tx: Tx, table: Table, *where: ColumnElement[Any]) -> int:
    return int(tx.execute(delete(table).where(*where)).rowcount)


_LAW = f"{YEARS} years after the end of the accounting year"
RULES: Sequence[Rule] = (
    Rule("buttons", f"{HANDLES.days} days after they have gone out of use", _handles),
    Rule("claims in writing", f"{DRAFTS.days} days untouched, rejected ones {REJECTIONS.days}", _claims_in_writing),
    Rule("receipts", f"{RECEIPTS.days} days after Procountor has confirmed them", _receipts),
    Rule("claims made in Slack", _LAW, _claims_of_old),
    Rule("documents", _LAW, _documents),
    Rule("decisions", _LAW, _decisions),
    Rule("bills", _LAW, _bills),
)
