"""Lays a person's fix over an invoice, or writes the company's rule it asks for, and judges again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from finance.faults import Fault
from finance.fixes import Fix, FixError, apply
from finance.identifiers import masked
from handlers import asking, gather, papers
from handlers.desk import Here
from storage import audit, companies, documents, runs, transfers

RULE = re.compile(r"choices\.work_types\[(?P<key>.*)\]", re.DOTALL)


class StillWrong(FixError):
    """What was given is wrong in its turn: nothing is kept, and the form says why."""

    def __init__(self, fault: Fault, typed: str) -> None:
        super().__init__("the place is still faulty", fault.where, typed)
        self.fault = fault


def rule_of(fault: Fault) -> str:
    """The key of the company's own rule a fault asks for (the work type to be mapped); empty for all others."""
    found = RULE.fullmatch(fault.where)
    return found["key"] if found else ""


def map_rule(here: Here, run: int, fault: Fault, value: str) -> tuple[int, int]:
    """Writes the company's rule once and judges the batch's faulty ones anew; gives how many, and how many are left."""
    desk, key = here.desk, rule_of(fault)
    with desk.store.write() as tx:
        choices = companies.get(tx, here.company.id).choices
        companies.choose(tx, here.company.id, replace(choices, work_types={**choices.work_types, key: value}))
        audit.note(
            tx, here.company.id, here.who, "rules.changed", here.company.id, desk.clock(), work_type=key, product=value
        )
    company = papers.company_of(desk, here.company.id)
    with desk.store.read() as tx:
        concerned = [i.document for i in runs.items(tx, run) if any(f.where == fault.where for f in i.faults)]
    judged = gather.rejudge(desk, company, run, concerned)
    with desk.store.write() as tx:
        asking.telling(desk, tx, company.id, run)
    return len(judged), sum(item.verdict == "faulty" for item in judged)


def mend(here: Here, run: int, faults: Sequence[tuple[int, Fault]], value: str) -> int:
    """Lays one value over the faults of several invoices (their documents' ids); gives how many are still faulty."""
    with here.desk.store.read() as tx:
        kind = runs.get(tx, here.company.id, run).kind
    judge = gather.Judge.now(here.desk, here.company, papers.kept_reference(here.desk, here.company), kind)
    return sum(_mend(here, judge, run, document, fault, value) for document, fault in faults)


def _mend(here: Here, judge: gather.Judge, run: int, document: int, fault: Fault, value: str) -> bool:
    """One invoice's fix, its new verdict and its line in the trail; True when it is still faulty."""
    desk, company = here.desk, here.company
    with desk.store.read() as tx:
        doc = documents.get(tx, company.id, document)
        place = runs.place(tx, run, document)
        t = transfers.of(tx, company.id, document)
    if doc.state != "open" or (t is not None and t.state.value not in ("refused",)):
        return False
    wanted = Fix(fault.where, value)
    apply(doc.invoice, (wanted,))  # refuses before anything is kept
    judged = judge.item(documents.fixed(doc, (wanted,)), place)
    still = next((f for f in judged.faults if f.where == fault.where and not f.warning), None)
    if still is not None:
        raise StillWrong(still, value)
    with desk.store.write() as tx:
        documents.fix(tx, doc, (wanted,))
        runs.put_item(tx, run, judged)
        shown = masked(value) if fault.where == "payment.iban" else value
        details = {"path": fault.where, "old": fault.found, "new": shown}
        audit.note(tx, company.id, here.who, "document.fixed", f"document:{document}", desk.clock(), **details)
        asking.telling(desk, tx, company.id, run)
    return judged.verdict == "faulty"
