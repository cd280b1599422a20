"""A bill is divided between projects: kept here, and written to its accounting where the company follows projects."""

from __future__ import annotations

from finance.dividing import MOST
from finance.projects import Project
from finance.reference import Dimension
from finance.registers import Registers, index
from handlers import arriving, bill_sight, bill_split, dividing, papers
from handlers.bill_split import Parts
from handlers.buttons import in_use, pressed, subject_of
from handlers.chat import Answer
from handlers.desk import Desk, Here
from handlers.routing import Router
from handlers.views import bill_passing, notices
from handlers.views.bill_split import PROJECT, Line
from procountor import bills as resource
from procountor import invoices, ledger
from procountor.errors import NotFound, ProcountorError, Refused, Unsendable
from storage import audit, bills, divisions, registers, shares
from storage.bills import Kept
from storage.companies import Company
from storage.divisions import ASKED, DONE, KEPT, REFUSED

on = Router()

TRIES = 4


def choices(here: Here) -> Answer:
    """Open projects as one types, by number or name."""
    asked = here.said.text.casefold().strip()
    found = [(key, bill_split.label_of(project)) for key, project in bill_split.projects(here).items()]
    fitting = [(key, label) for key, label in found if asked in label.casefold()]
    return Answer(options=tuple(sorted(fitting, key=lambda one: one[1])[:100]))


for number in range(MOST):
    on.options(f"{PROJECT}.{number}")(choices)


@on.click("split.line", now=True)
def another(here: Here) -> None:
    """One line more, with all that was filled in."""
    subject = pressed(here, "split.line")
    kept = in_use(_kept(here, subject))
    with here.desk.store.read() as tx:
        parts = shares.of(tx, here.company.id, kept.bill.id)
    if bill_split.stamp(parts) != subject.partition("|")[2]:
        here.chat.refresh(here.said.view, bill_split.opened(here, kept, _meanwhile(here)))
        return
    here.chat.refresh(here.said.view, bill_split.drawn(here, kept, [*bill_split.typed(here), Line()], parts))
    return


def _kept(here: Here, subject: str) -> Kept | None:
    with here.desk.store.read() as tx:
        return bills.get(tx, here.company.id, int(subject.partition("|")[0]))


def _meanwhile(here: Here) -> str:
    return here.say("Somebody divided the bill in the meantime: this is how it stands now.")


@on.form("split.keep")
def keep(here: Here) -> Answer:
    """Keeps the parts; what does not fit is said at its field."""
    subject = subject_of(here, here.said.meta, "split.keep")
    kept = _kept(here, subject) if subject else None
    if subject is None or kept is None:
        return Answer(update=notices.list_again(here.say, "split.keep"))
    if not kept.bill.is_open or not bill_sight.holds(here, kept.bill.id):
        why = bill_passing.refused(here.say, "not_there" if kept.bill.is_open else "settled")
        return Answer(update=notices.closing(here.say, why, "split.keep"))
    parts, wrong = bill_split.read(here, bill_split.typed(here))
    if wrong:
        return Answer(errors=wrong)
    if not _divided(here, kept, parts, subject.partition("|")[2]):
        return Answer(update=bill_split.opened(here, kept, _meanwhile(here)))
    return Answer(clear=True)


def _divided(here: Here, kept: Kept, parts: Parts, stamp: str) -> bool:
    """False when it stands otherwise by now than when the form was opened."""
    desk, company, now = here.desk, here.company, here.desk.clock()
    id = kept.bill.id
    with desk.store.write() as tx:
        before = shares.of(tx, company.id, id)
        if bill_split.stamp(before) != stamp:
            return False
        shares.divide(tx, company.id, id, dict(parts), here.who, now)
        told = {"parts": {project: f"{percent:f}" for project, percent in parts}}
        what = "bill.divided" if parts else "bill.undivided"
        audit.note(tx, company.id, here.who, what, f"bill:{id}", now, **told)
        known = divisions.get(tx, company.id, id)
        there = bool(company.choices.project_dimension) and (bool(parts) or known is not None)
        if there:
            dividing.asked(desk, tx, company.id, id, here.who)
        else:
            divisions.keep(tx, company.id, id, KEPT, here.who, now, "no_dimension")
        arriving.redraw(desk, tx, company.id, id, f"divided:{now:%H%M%S%f}")
    return True


@on.task("bill.divide", lane="hear")
def write(desk: Desk, company_id: str, bill: str, moment: str, tries: str) -> None:
    """Writes the parts to the bill's accounting; what stands so already is not written again."""
    company, id = papers.company_of(desk, company_id), int(bill)
    with desk.store.read() as tx:
        division, parts = divisions.get(tx, company_id, id), shares.of(tx, company_id, id)
    if division is None or division.state != ASKED or f"{division.at:%Y%m%d%H%M%S%f}" != moment:
        return
    try:
        problem = _written(desk, company, id, parts)
    except Refused as no:
        problem = f"no|{', '.join(no.codes)[:120]}"
    except ProcountorError:
        if int(tries) < TRIES:
            with desk.store.write() as tx:
                dividing.soon(desk, tx, company_id, id, moment, int(tries) + 1)
            return
        problem = "silent"
    with desk.store.write() as tx:
        if divisions.settle(tx, company_id, id, division.at, REFUSED if problem else DONE, problem):
            arriving.redraw(desk, tx, company_id, id, f"divided:{moment}:{problem[:20]}")


def _written(desk: Desk, company: Company, id: int, parts: Parts) -> str:
    """Why it could not be written; "" when it stands there. Raises ProcountorError."""
    api = desk.books(company.id)
    if not resource.get(api, id).is_open:
        return "settled"
    known = index(papers.fresh_reference(desk, company), company.choices)
    if known.projects is None:
        return "no_dimension"
    with desk.store.read() as tx:
        names = {p.number: p for p in registers.all(tx, company.id, "project", Project).values()}
    items = []
    for number, percent in parts:
        item = _item(known, known.projects, names.get(number) or Project(number))
        if item is None:
            return f"no_item|{number}"
        items.append((item, percent))
    receipt = invoices.get(api, id).ledger_receipt_id
    if receipt is None:
        return "no_rows"
    try:
        ledger.divide(api, receipt, known.projects.id, items)
    except Unsendable:
        return "no_rows"
    except NotFound:  # the bill was edited in the same moment, which renews its receipt
        renewed = invoices.get(api, id).ledger_receipt_id
        ledger.divide(api, renewed or receipt, known.projects.id, items)
    return ""


def _item(known: Registers, dimension: Dimension, project: Project) -> int | None:
    """The open item that is the project, by its number, else by its number and name, else by its name."""
    for text in (project.number, bill_split.label_of(project), project.name):
        item = known.item(dimension, text) if text else None
        if item is not None and item.open:
            return item.id
    return None
