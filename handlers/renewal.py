"""An invoice that came again between the check and the press: its newest revision takes its place in the batch."""

from __future__ import annotations

from dataclasses import replace

from handlers import asking, gather, papers
from handlers.desk import Desk
from storage import documents, runs
from storage.companies import Company
from storage.documents import Document
from storage.runs import Item, Run


def renewed(desk: Desk, company: Company, run: Run) -> bool:
    """Puts the newest revision in the place of each invoice that came again since the check; True when any did.

    What has not been seen is not sent: the message shows it first.
    """
    with desk.store.read() as tx:
        items = runs.items(tx, run.id)
        docs = documents.many(tx, company.id, [item.document for item in items])
        old = {i.document: docs[i.document].source for i in items if docs[i.document].state == "replaced"}
        found = {id: documents.latest(tx, company.id, s.kind, documents.PSA, s.source_id) for id, s in old.items()}
    if not old:
        return False
    judge = gather.Judge.now(desk, company, papers.kept_reference(desk, company), run.kind)
    renewed = [_newest(judge, item, found.get(item.document)) for item in items]
    with desk.store.write() as tx:
        runs.put_items(tx, run.id, [item for item in renewed if item is not None])
        asking.tell_now(desk, tx, company.id, run.id, f"renewed:{desk.clock().timestamp()}")
    return True


def _newest(judge: gather.Judge, item: Item, newest: Document | None) -> Item | None:
    if newest is None:
        return item
    if newest.state != "open":
        return None
    judged = judge.item(newest, item.position)
    return replace(judged, verdict=runs.HELD) if item.verdict == runs.HELD else judged
