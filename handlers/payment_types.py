"""Whose money a payment type of the PSA is, told in a batch's form of a fault: kept for the company, once for all.

The claims that waited for it are split anew, so what they become stands in other documents: every batch of claims that
has not begun is judged anew, and the other section, if it has come to be only now, becomes a batch of its own.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from finance.faults import Fault
from finance.invoice import CLAIMS
from finance.lists import COMPANY, OWN
from finance.selection import Selection, parse
from finance.typed import FixError
from handlers import asking, claiming, gather, papers, starting
from handlers.desk import Desk, Here
from storage import audit, companies, runs
from storage.companies import Company
from storage.runs import Run

RULE = re.compile(r"choices\.payment_types\[(?P<key>.*)\]", re.DOTALL)


def asked_by(fault: Fault) -> str:
    """The payment type that a fault asks about; empty for all others."""
    found = RULE.fullmatch(fault.where)
    return found["key"] if found else ""


def tell(here: Here, run_id: int, fault: Fault, whose: str) -> tuple[int, int]:
    """Keeps whose money it is and judges anew; gives in how many it was mended, and how many still have a fault."""
    if whose not in (OWN, COMPANY):
        raise FixError("no such section", fault.where, whose)
    desk, name = here.desk, asked_by(fault)
    with desk.store.write() as tx:
        choices = companies.get(tx, here.company.id).choices
        kept = replace(choices, payment_types={**choices.payment_types, name: whose})
        companies.choose(tx, here.company.id, kept)
        details = {"payment_type": name, "paid_by": whose}
        audit.note(tx, here.company.id, here.who, "rules.changed", here.company.id, desk.clock(), **details)
    company = papers.company_of(desk, here.company.id)
    concerned = _numbers(desk, company, run_id, fault)
    claiming.renew(desk, company)
    with desk.store.read() as tx:
        run = runs.get(tx, company.id, run_id)
        open_ = [one for one in runs.in_state(tx, "preview") if one.company == company.id and one.kind in CLAIMS]
    for one in open_:
        _again(desk, company, one)
    _other_section(desk, company, run, open_, fault)
    return len(concerned), len(concerned & _numbers(desk, company, run_id))


def _numbers(desk: Desk, company: Company, run: int, fault: Fault | None = None) -> set[str]:
    """The claims of a batch that have this fault, or any that stops them."""
    _, batch = gather.batch(desk, company.id, run)
    faulty = [e for e in batch.entries if any(_is(one, fault) for one in e.faults)]
    return {entry.number.partition("/")[0] for entry in faulty}


def _is(one: Fault, wanted: Fault | None) -> bool:
    return not one.warning if wanted is None else one.where == wanted.where


def _again(desk: Desk, company: Company, run: Run) -> None:
    """Judges anew what the batch's words choose; what a person has left out stays left out."""
    selection = parse(run.selection)
    assert isinstance(selection, Selection)
    judge = gather.Judge.now(desk, company, papers.kept_reference(desk, company), run.kind)
    with desk.store.read() as tx:
        docs = gather.chosen(tx, company.id, run.kind, selection)
    found = [judge.item(doc, position) for position, doc in enumerate(docs)]
    with desk.store.write() as tx:
        left_out = runs.held(tx, run.id)
        if runs.move(tx, run.id, ("preview",), "preview"):
            held = [replace(item, verdict=runs.HELD) if item.document in left_out else item for item in found]
            runs.put_items(tx, run.id, [item for item in held if not selection.ready or item.verdict != "faulty"])
            asking.telling(desk, tx, company.id, run.id)


def _other_section(desk: Desk, company: Company, run: Run, open_: list[Run], fault: Fault) -> None:
    (other,) = (kind for kind in CLAIMS if kind is not run.kind)
    selection = parse(run.selection)
    if not isinstance(selection, Selection) or any(
        (one.kind, one.by, one.selection) == (other, run.by, run.selection) for one in open_
    ):
        return
    with desk.store.read() as tx:
        if not gather.chosen(tx, company.id, other, selection):
            return
    asked = hashlib.sha256(f"{run.id}:{other}:{fault.where}".encode()).hexdigest()
    starting.start_batch(desk, company.id, (run.team, run.by), other, run.selection, asked)
