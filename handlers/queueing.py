"""Takes what is clean of a batch on its way: judged anew, noted and asked for in one transaction."""

from __future__ import annotations

import hashlib

from finance.marker import marker
from handlers import asking, gather, papers
from handlers.desk import Desk
from storage import audit, documents, runs, transfers
from storage.companies import Company
from storage.database import Tx
from storage.documents import Document
from storage.runs import Run


def queue(desk: Desk, company: Company, run: Run, before: tuple[str, ...], who: str) -> int:
    """Judges anew, queues the clean ones and moves the batch on, in one transaction; gives how many were queued.

    A button may be pressed days after its preview: reference data that has grown old is fetched first (R20). Raises
    ProcountorError when that cannot be done; nothing is queued then.
    """
    judge = gather.Judge.now(desk, company, papers.fresh_reference(desk, company, run.kind), run.kind)
    with desk.store.read() as tx:
        there = [item for item in runs.items(tx, run.id) if item.verdict != runs.HELD]
        items = [item for item in there if item.state in (None, "refused")]
        docs = documents.many(tx, company.id, [item.document for item in items])
    judged = [judge.item(docs[item.document], item.position) for item in items]
    ready = [item for item in judged if item.verdict == "ready"]
    with desk.store.write() as tx:
        for item in judged:
            runs.put_item(tx, run.id, item)
        why = f"judged:{desk.clock().timestamp()}"
        asking.tell_now(desk, tx, company.id, run.id, why)
        if not ready or not runs.move(tx, run.id, before, "sending"):
            return 0
        held = runs.held(tx, run.id)  # somebody may have left one out meanwhile
        going = [item for item in ready if item.document not in held]
        count = sum(_queue_one(desk, tx, company, run, docs[item.document], item.position) for item in going)
        audit.note(tx, company.id, who, "run.sent", f"run:{run.id}", desk.clock(), kind=run.kind.value, documents=count)
    return count


def _queue_one(desk: Desk, tx: Tx, company: Company, run: Run, doc: Document, position: int) -> int:
    if documents.held(tx, company.id, doc.id).state != "open":
        return 0
    if not transfers.queue(tx, doc, run.id, _marker(company, doc)):
        return 0
    t = transfers.of(tx, company.id, doc.id)
    assert t is not None
    asking.turn(desk, tx, t, order=position + 1)
    return 1


def _marker(company: Company, doc: Document) -> str:
    """Computed from the source and Procountor's own company id: a restored or rebuilt database knows it again."""
    key = hashlib.sha256(b"kierto transfer 1").digest()
    source = doc.source
    return marker(key, str(company.procountor_id), source.kind.value, documents.PSA, source.source_id, doc.revision)
