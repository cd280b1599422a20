"""The faults of a batch, mended in place: a list, a form for each, and the same invoice judged again at once."""

from __future__ import annotations

import html

from finance.authority import Right
from finance.faults import Fault, Repair
from finance.fixes import FixError, options
from handlers import fault_list, fixing, gather, kinds, papers, payment_types
from handlers.buttons import handle_for, pressed, subject_of
from handlers.chat import Answer
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import blocks as b
from handlers.views import mending, notices
from handlers.views.batch import Batch, Entry
from handlers.views.causes import Cause, of_entry, of_fault
from storage import documents

on = Router()


@on.click("run.faults", right=Right.FINANCE, now=True)
def show(here: Here) -> None:
    """Opens the list."""
    subject = pressed(here, "run.faults")
    here.chat.open(here.said, fault_list.drawn(here, int(subject)))


@on.click("fault.previous", right=Right.FINANCE, now=True)
@on.click("fault.next", right=Right.FINANCE, now=True)
def turn(here: Here) -> None:
    """Another page of the list."""
    subject = pressed(here, "fault.page")
    run, page = fault_list.listed(subject)
    here.chat.refresh(here.said.view, fault_list.drawn(here, run, "", page))


@on.click("fault.open", right=Right.FINANCE, now=True)
def open_form(here: Here) -> None:
    """Turns the list into the form of one fault."""
    subject = pressed(here, "fault.open")
    spot = fault_list.Spot.of(subject)
    here = kinds.about(here, spot.run)
    batch, entry, cause = _found(here, spot)
    if entry is None or cause is None or cause.fault is None:
        gone = here.say("That one is no longer there.")
        here.chat.refresh(here.said.view, fault_list.drawn(here, spot.run, gone, spot.page))
        return
    # A rule of the company's holds for every invoice by itself.
    alone = fixing.rule_of(cause.fault) or payment_types.asked_by(cause.fault)
    twins = 0 if alone else len(_twins(batch, entry, cause.fault))
    meta = handle_for(here, "fault.fix", spot.subject)
    here.chat.refresh(here.said.view, mending.form(here.say, entry, cause, twins, meta))
    return


@on.click("fault.back", right=Right.FINANCE, now=True)
def back(here: Here) -> None:
    """Back to the list, nothing changed."""
    subject = pressed(here, "fault.fix", here.said.meta)
    spot = fault_list.Spot.of(subject)
    here.chat.refresh(here.said.view, fault_list.drawn(here, spot.run, "", spot.page))


def _found(here: Here, spot: fault_list.Spot) -> tuple[Batch, Entry | None, Cause | None]:
    _, batch = gather.batch(here.desk, here.company.id, spot.run)
    entry = next((e for e in batch.entries if e.document == spot.document), None)
    causes = of_entry(here.say, entry) if entry else ()
    return batch, entry, next((c for c in causes if _is(c, spot)), None)


def _is(cause: Cause, spot: fault_list.Spot) -> bool:
    return cause.code == spot.code and cause.fault is not None and cause.fault.where == spot.where


def _twins(batch: Batch, entry: Entry, fault: Fault) -> list[tuple[Entry, Fault]]:
    """Other invoices with the same fault over the same value: one answer may serve them all.

    Not what is wrong about an account: only its ends are compared here, and each supplier has his own.
    """
    if fault.code.startswith("supplier."):
        return []
    return [
        (other, twin)
        for other in batch.entries
        if other.document != entry.document
        for twin in other.faults
        if (twin.code, twin.found) == (fault.code, fault.found) and twin.found
    ]


@on.options("fault.value", right=Right.FINANCE)
def choices(here: Here) -> Answer:
    """What may be chosen, best first, as one types."""
    subject = subject_of(here, here.said.meta, "fault.fix")
    if subject is None:
        return Answer()
    _, entry, cause = _found(here, fault_list.Spot.of(subject))
    if entry is None or cause is None or cause.fault is None:
        return Answer()
    with here.desk.store.read() as tx:
        invoice = documents.get(tx, here.company.id, entry.document).invoice
    reference = papers.kept_reference(here.desk, here.company)
    found = options(cause.fault, invoice, reference, here.company.choices, here.said.text)
    return Answer(options=tuple((choice.value, choice.label) for choice in found[:100]))


@on.form("fault.fix", right=Right.FINANCE)
def fix(here: Here) -> Answer:
    """Lays the fix over the invoice (and its twins, if wished), judges them again and shows what is left."""
    subject = subject_of(here, here.said.meta, "fault.fix")
    if subject is None:
        return Answer(update=notices.list_again(here.say, "fault.list"))
    spot = fault_list.Spot.of(subject)
    here = kinds.about(here, spot.run)
    batch, entry, cause = _found(here, spot)
    if entry is None or cause is None or cause.fault is None:
        return Answer(update=fault_list.drawn(here, spot.run, here.say("That one is no longer there."), spot.page))
    value = _value(here, cause.fault)
    try:
        if fixing.rule_of(cause.fault):
            spots, left = fixing.map_rule(here, spot.run, cause.fault, value)
        elif payment_types.asked_by(cause.fault):
            spots, left = payment_types.tell(here, spot.run, cause.fault, value)
        else:
            twins = _twins(batch, entry, cause.fault) if here.said.values.get("all") == "all" else []
            whole = [(entry.document, cause.fault), *((e.document, f) for e, f in twins)]
            spots, left = len(whole), fixing.mend(here, spot.run, whole, value)
    except FixError as unfit:
        why = _why(here, unfit)
        if cause.fault.repair is Repair.DROP:  # that form has no field to say it at
            return Answer(update=fault_list.drawn(here, spot.run, why, spot.page))
        return Answer(errors={b.at("value", here.said.meta): why})
    return Answer(update=fault_list.drawn(here, spot.run, _told(here, spots, left), spot.page))


def _why(here: Here, unfit: FixError) -> str:
    """Why what was given does not do: the rule's own words when the same fault is still there."""
    if isinstance(unfit, fixing.StillWrong):
        return html.unescape(of_fault(here.say, unfit.fault).says)  # a field's error is plain text
    return mending.unfit(here.say, unfit.path, unfit.found)


def _told(here: Here, mended: int, left: int) -> str:
    text = here.say.n("Mended in {n} invoice.", "Mended in {n} invoices.", mended)
    if left and mended == 1:
        text += " " + here.say("It still has a fault.")
    elif left:
        text += " " + here.say.n("{n} of them still has a fault.", "{n} of them still have a fault.", left)
    return text


def _value(here: Here, fault: Fault) -> str:
    return "" if fault.repair is Repair.DROP else here.said.values.get("value", here.said.values.get("fault.value", ""))
