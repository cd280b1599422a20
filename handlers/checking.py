"""A batch is checked: every chosen document judged against fresh reference data, then shown; of any kind."""

from __future__ import annotations

from finance.invoice import CLAIMS
from finance.rules.bills import ARRIVED
from finance.selection import Selection, parse
from handlers import asking, claiming, gather, papers, pausing, taken
from handlers.desk import Desk
from handlers.routing import Router
from procountor.errors import ProcountorError, Unauthorized
from storage import documents, runs
from storage.companies import Company
from storage.database import Tx
from storage.runs import Item, Run

on = Router()


@on.task("run.check", lane="hear")
def check(desk: Desk, company_id: str, run_id: str) -> None:
    """Judges what was chosen, and shows the preview."""
    with desk.store.read() as tx:
        run = runs.get(tx, company_id, int(run_id))
    if run.state != "checking":
        return None
    company = papers.company_of(desk, company_id)
    try:
        found = _judged(desk, company, run)
    except Unauthorized:
        pausing.pause(desk, company_id)
        return _failed(desk, run, "connection")
    except (ProcountorError, LookupError):
        return _failed(desk, run, "nothing_fetched")
    if len(found) > company.choices.largest_batch:
        return _failed(desk, run, "too_many")
    with desk.store.write() as tx:
        runs.put_items(tx, run.id, found)
        if not run.dry:
            _set_aside(tx, found)
        runs.move(tx, run.id, ("checking",), "preview")
        asking.tell_now(desk, tx, company_id, run.id, "preview")
    return None


@on.buried("run.check")
def give_up(desk: Desk, company_id: str, run_id: str) -> None:
    """A check that could not be made is said, instead of "checking" for ever."""
    with desk.store.read() as tx:
        run = runs.get(tx, company_id, int(run_id))
    _failed(desk, run, "mishap")


def _judged(desk: Desk, company: Company, run: Run) -> list[Item]:
    selection = parse(run.selection)
    assert isinstance(selection, Selection)
    reference = papers.fresh_reference(desk, company, run.kind)
    if run.kind in CLAIMS:
        claiming.renew(desk, company)
    with desk.store.read() as tx:
        docs = gather.chosen(tx, company.id, run.kind, selection)
    taken.look_elsewhere(desk, company, run.kind, [doc.invoice for doc in docs], reference)
    judge = gather.Judge.now(desk, company, reference, run.kind)
    found = [judge.item(doc, position) for position, doc in enumerate(docs)]
    return [item for item in found if item.verdict == "ready"] if selection.ready else found


def _set_aside(tx: Tx, found: list[Item]) -> None:
    """A bill that came to Procountor by itself is told of once, in this batch, and waits no more."""
    for item in found:
        if any(fault.code == ARRIVED for fault in item.faults):
            documents.set_state(tx, item.document, documents.ELSEWHERE)


def _failed(desk: Desk, run: Run, problem: str) -> None:
    with desk.store.write() as tx:
        runs.move(tx, run.id, ("checking",), "failed", desk.clock(), problem)
        asking.tell_now(desk, tx, run.company, run.id, "failed")
