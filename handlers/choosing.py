"""Before a batch is sent: what will go is looked through, left out or put back, and booked elsewhere."""

from __future__ import annotations

from dataclasses import replace

from finance.authority import Right
from finance.faults import Fault, Repair
from finance.fixes import Fix, options
from finance.invoice import Invoice, Kind
from handlers import asking, gather, kinds, papers, ready_list
from handlers.buttons import OutOfUse, handle_for, pressed, subject_of
from handlers.chat import Answer, Modal
from handlers.desk import Here
from handlers.ready_list import Spot
from handlers.routing import Router
from handlers.views import mending, notices, ready
from handlers.views.blocks import safe
from storage import audit, documents, runs, transfers
from storage.database import Tx
from storage.documents import Document

on = Router()

HELD = runs.HELD


@on.click("run.ready", right=Right.FINANCE, now=True)
def show(here: Here) -> None:
    """Opens the list."""
    subject = pressed(here, "run.ready")
    here.chat.open(here.said, ready_list.drawn(here, Spot(int(subject))))


@on.click("ready.previous", right=Right.FINANCE, now=True)
@on.click("ready.next", right=Right.FINANCE, now=True)
def turn(here: Here) -> None:
    """Another page of the list."""
    subject = pressed(here, "ready.page")
    here.chat.refresh(here.said.view, ready_list.drawn(here, Spot.of(subject)))


@on.click("ready.do", right=Right.FINANCE, now=True)
def do(here: Here) -> None:
    """What was taken from an invoice's menu: the word before the handle says what to do."""
    what, _, handle = here.said.value.partition(":")
    subject = pressed(here, "ready.item", handle)
    if what not in (ready.LEAVE, ready.BACK, ready.ACCOUNT, ready.COST_CENTRE):
        raise OutOfUse
    spot = Spot.of(subject)
    here = kinds.about(here, spot.run)
    if what in (ready.ACCOUNT, ready.COST_CENTRE) and here.say.kind is not Kind.SALES_INVOICE:
        raise OutOfUse
    act = {ready.LEAVE: _leave_out, ready.BACK: _put_back}.get(what)
    made = ready_list.drawn(here, spot, act(here, spot)) if act else _form(here, replace(spot, field=what))
    here.chat.refresh(here.said.view, made)


def _leave_out(here: Here, spot: Spot) -> str:
    """What was done, in words; "" when it stands so already or the batch is on its way."""
    desk, company = here.desk, here.company.id
    with desk.store.write() as tx:
        if runs.get(tx, company, spot.run).dry or not runs.turn(tx, spot.run, spot.document, "ready", HELD):
            return ""
        doc = documents.get(tx, company, spot.document)
        _noted(here, tx, spot, "run.left_out")
    return here.say("{number} is left out of this batch and goes on waiting.", number=_number(here, doc))


def _put_back(here: Here, spot: Spot) -> str:
    """Judged anew: since it was left out it may have got a fault."""
    desk, company = here.desk, here.company
    judge = gather.Judge.now(desk, company, papers.kept_reference(desk, company), here.say.kind)
    with desk.store.read() as tx:
        doc = documents.get(tx, company.id, spot.document)
        judged = judge.item(doc, runs.place(tx, spot.run, doc.id))
    with desk.store.write() as tx:
        if not runs.turn(tx, spot.run, doc.id, HELD, judged.verdict):
            return ""
        runs.put_item(tx, spot.run, judged)
        _noted(here, tx, spot, "run.put_back")
    if judged.verdict == "faulty":
        return here.say("{number} is among the invoices to mend now.", number=_number(here, doc))
    return here.say("{number} is back in this batch.", number=_number(here, doc))


def _noted(here: Here, tx: Tx, spot: Spot, what: str, **details: str) -> None:
    """A line in the trail, and the batch's message drawn anew."""
    desk, company = here.desk, here.company.id
    audit.note(tx, company, here.who, what, f"document:{spot.document}", desk.clock(), run=spot.run, **details)
    asking.telling(desk, tx, company, spot.run)


def _number(here: Here, doc: Document) -> str:
    return safe(doc.invoice.number, 40) or here.say("(no number)")


# another account or cost centre


def _form(here: Here, spot: Spot) -> Modal:
    _, batch = gather.batch(here.desk, here.company.id, spot.run)
    entry = next((e for e in ready.listed(batch) if e.document == spot.document), None)
    if entry is None or batch.state != "preview":
        return ready_list.drawn(here, spot)
    (row,) = ready_list.booked(here, (entry,))
    return ready.form(here.say, row, spot.field, handle_for(here, "ready.fix", spot.subject))


@on.click("ready.back", right=Right.FINANCE, now=True)
def back(here: Here) -> None:
    """Back to the list, nothing changed."""
    subject = pressed(here, "ready.fix", here.said.meta)
    here.chat.refresh(here.said.view, ready_list.drawn(here, Spot.of(subject)))


@on.options("ready.value", right=Right.FINANCE)
def choices(here: Here) -> Answer:
    """Open accounts or cost centres, best first, as one types; no account that Procountor has refused for a row."""
    subject = subject_of(here, here.said.meta, "ready.fix")
    if subject is None:
        return Answer()
    spot = Spot.of(subject)
    with here.desk.store.read() as tx:
        invoice = documents.get(tx, here.company.id, spot.document).invoice
    bare = replace(invoice, lines=tuple(replace(line, account="") for line in invoice.lines))
    fault = Fault(f"{spot.field}.other", spot.field, repair=Repair.CHOOSE, register=spot.field)
    reference = papers.kept_reference(here.desk, here.company)
    found = options(fault, bare, reference, here.company.choices, here.said.text)
    return Answer(options=tuple((choice.value, choice.label) for choice in found[:100]))


@on.form("ready.fix", right=Right.FINANCE)
def fix(here: Here) -> Answer:
    """Lays the choice over every row of the invoice, judges it again and shows the list."""
    subject = subject_of(here, here.said.meta, "ready.fix")
    if subject is None:
        return Answer(update=notices.list_again(here.say, "ready.list"))
    spot, value = Spot.of(subject), here.said.values.get("ready.value", "")
    if not value:
        return Answer(errors={"value": mending.unfit(here.say, spot.field, "")})
    return Answer(update=ready_list.drawn(here, spot, _booked_on(here, spot, value)))


def _booked_on(here: Here, spot: Spot, value: str) -> str:
    """What was done, in words; "" when the invoice can no longer be changed from here."""
    desk, company = here.desk, here.company
    judge = gather.Judge.now(desk, company, papers.kept_reference(desk, company), Kind.SALES_INVOICE)
    with desk.store.write() as tx:
        doc = documents.get(tx, company.id, spot.document)
        sent = transfers.of(tx, company.id, doc.id)
        on_its_way = sent is not None and sent.state.value != "refused"
        if (
            doc.source.kind is not Kind.SALES_INVOICE
            or doc.state != "open"
            or on_its_way
            or runs.get(tx, company.id, spot.run).state != "preview"
        ):
            return ""
        changed = documents.fix(tx, doc, everywhere(doc.invoice, spot.field, value))
        judged = judge.item(changed, runs.place(tx, spot.run, doc.id))
        runs.put_item(tx, spot.run, judged)
        _noted(here, tx, spot, "document.fixed", path=spot.field, new=value)
    number, code = _number(here, doc), safe(value, 40)
    if spot.field == ready.ACCOUNT:
        told = here.say("{number}: the account is now {value}.", number=number, value=code)
    else:
        told = here.say("{number}: the cost centre is now {value}.", number=number, value=code)
    left = " " + here.say("It has a fault now: it is among the invoices to mend.")
    return told + (left if judged.verdict == "faulty" else "")


def everywhere(invoice: Invoice, field: str, value: str) -> tuple[Fix, ...]:
    """The value for the whole invoice, and in the place of those that single rows have of their own."""
    own = (i for i, line in enumerate(invoice.lines) if getattr(line, field))
    return (Fix(field, value), *(Fix(f"lines[{i}].{field}", value) for i in own))
