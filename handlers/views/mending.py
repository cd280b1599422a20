"""The list of a batch's faults and the form that mends one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from finance.faults import Fault, Repair
from finance.lists import COMPANY, OWN
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views.batch import Batch, Entry, Stand
from handlers.views.causes import Cause, of_entry
from handlers.views.entries import head
from handlers.views.fields import DATES, NUMBERS, leaf, name
from handlers.views.tongue import Tongue

BLOCKS = 94  # Slack takes a hundred in a form; some are kept for the first and the last lines
MOST = 20  # invoices on a page
EACH = 3  # faults shown of one invoice

FixHandle = Callable[[Entry, Cause], str]
WakeHandle = Callable[[Entry, str], str]
TurnHandle = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Handles:
    """What the list's buttons carry: a fault's form, another look at a puzzle, another page."""

    fix: FixHandle
    wake: WakeHandle
    turn: TurnHandle


def faults(say: Tongue, batch: Batch, handles: Handles, done: str = "", page: int = 0) -> Modal:
    """Every invoice that does not go as it is, with its reasons and a button for what can be mended here.

    Those with such a button come first; ``page`` is counted from 0, beyond the last the last is shown.
    """
    troubled = batch.troubled
    told: list[Block] = [b.section(f":white_check_mark: {done}")] if done else []
    if not troubled:
        told.append(b.section(say("No faults are left. Close this and send the batch.")))
    pages = _pages([(entry, _ordered(of_entry(say, entry))) for entry in troubled])
    page = min(page, len(pages) - 1)
    if len(pages) > 1:
        told.append(b.context(say("Page {page} of {pages}", page=page + 1, pages=len(pages))))
    for entry, causes in pages[page] if pages else ():
        told += _entry(say, entry, causes, handles)
    if turns := _turns(say, page, len(pages), handles.turn):
        told.append(b.actions(turns))
    title = say.n("{n} invoice to mend", "{n} invoices to mend", len(troubled)) if troubled else say("Nothing to mend")
    return Modal(b.cut(title, b.TITLE), tuple(told), "fault.list", say("Close"))


Told = tuple[Entry, tuple[Cause, ...]]


def mendable(cause: Cause) -> bool:
    """Whether a person can mend it here."""
    return cause.fault is not None and cause.fault.repair is not Repair.NONE


def _ordered(causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """Those with a button first, so that none of them is among the ones not shown."""
    return tuple(sorted(causes, key=lambda cause: not mendable(cause)))


def _pages(told: list[Told]) -> list[list[Told]]:
    """As many invoices on each page as it holds; what can be mended here first, else in the order of sending."""
    pages: list[list[Told]] = []
    used = 0
    for one in sorted(told, key=lambda one: not (one[0].stand is Stand.PARKED or any(map(mendable, one[1])))):
        size = 2 + min(len(one[1]), EACH) + (len(one[1]) > EACH) + (one[0].stand is Stand.PARKED)
        if not pages or len(pages[-1]) == MOST or used + size > BLOCKS:
            pages.append([])
            used = 0
        pages[-1].append(one)
        used += size
    return pages


def _turns(say: Tongue, page: int, pages: int, turn: TurnHandle) -> list[Block]:
    buttons = []
    if page > 0:
        buttons.append(b.button(say("Previous page"), "fault.previous", turn(page - 1)))
    if page + 1 < pages:
        buttons.append(b.button(say("Next page"), "fault.next", turn(page + 1)))
    return buttons


def _entry(say: Tongue, entry: Entry, causes: tuple[Cause, ...], handles: Handles) -> list[Block]:
    told = [b.section(head(say, entry))]
    for cause in causes[:EACH]:
        told.append(b.section(_reason(cause), _button(say, entry, cause, handles.fix)))
    if len(causes) > EACH:
        left = len(causes) - EACH
        told.append(b.context(say.n("{n} more fault on this invoice", "{n} more faults on this invoice", left)))
    if entry.stand is Stand.PARKED:
        told.append(b.actions(_wakers(say, entry, handles.wake)))
    return [*told, b.divider()]


def _reason(cause: Cause) -> str:
    """What is wrong, what to do, and Procountor's own code for those who look it up."""
    lines = [cause.says, cause.do, f"`{b.safe(cause.tag, 90)}`" if cause.tag else ""]
    return "\n".join(line for line in lines if line)


def _button(say: Tongue, entry: Entry, cause: Cause, fix: FixHandle) -> Block | None:
    if cause.fault is None or not mendable(cause):
        return None
    label = {
        Repair.CHOOSE: say("Choose"),
        Repair.TEXT: say("Change"),
        Repair.DATE: say("Change the date"),
        Repair.DROP: say("Leave it out"),
    }.get(cause.fault.repair, say("Fix"))
    return b.button(label, "fault.open", fix(entry, cause))


def _wakers(say: Tongue, entry: Entry, wake: WakeHandle) -> list[Block]:
    buttons = [b.button(say("Check again"), "transfer.look", wake(entry, "transfer.look"))]
    sure = {
        "number_taken": say("A second invoice with this number will stand in Procountor."),
        "written_over": say("If it is the same one, it will stand in Procountor twice."),
    }.get(entry.note)
    if sure:
        ask = b.confirm(say("Send it anyway?"), sure, say("Send"), say("Not yet"))
        buttons.append(b.button(say("Send anyway"), "transfer.force", wake(entry, "transfer.force"), confirm=ask))
    return buttons


def form(say: Tongue, entry: Entry, cause: Cause, twins: int, meta: str) -> Modal:
    """The form of one fault; ``twins`` is how many other invoices have the same fault over the same value."""
    fault = cause.fault
    assert fault is not None
    told: list[Block] = [
        b.section(f"{head(say, entry)}\n{cause.says}"),
        b.context(cause.do or say("Give what is right.")),
    ]
    told += _input(say, fault)
    if twins:
        label = say.n("Also in the other one with the same fault", "Also in the {n} others with the same fault", twins)
        told.append(b.field("all", say("Others"), b.checkbox("all", label), optional=True))
    told.append(b.actions([b.button(say("Back to the list"), "fault.back", "back")]))
    title = b.cut(b.clean(entry.number), b.TITLE) or say("Mend the invoice")
    submit = say("Leave out") if fault.repair is Repair.DROP else say("Save")
    return Modal(title, tuple(b.anew(told, meta)), "fault.fix", say("Close"), submit, meta)


def unfit(say: Tongue, path: str, typed: str) -> str:
    """Why what was typed cannot stand in the field at ``path``; plain text."""
    found, field = b.cut(b.clean(typed), 60), leaf(path)
    if not found:
        return say("Something must be given here.")
    if field in NUMBERS:
        return say("“{found}” is not a number.", found=found)
    if field in DATES:
        return say("“{found}” is not a date. Write it like this: 31.12.2026", found=found)
    return say("“{found}” does not fit here.", found=found)


def _input(say: Tongue, fault: Fault) -> list[Block]:
    if fault.repair is Repair.DROP:
        file = say("The file stays where it is; it just does not go with the invoice.")
        return [b.section(file if fault.where.startswith("attachments") else say("It is taken off this invoice."))]
    if fault.repair is Repair.DATE:
        return [b.field("value", say("Date"), b.date_input("value", fault.proposal))]
    label = name(say, fault.where)
    label = label[:1].upper() + label[1:] or say("What is right")
    if fault.repair is Repair.CHOOSE and (fault.register or fault.choices):
        return [b.field("value", label, _choice(say, fault))]
    lines = len(fault.proposal) > 80 or "\n" in fault.proposal
    hint = say("Now: {found}", found=b.cut(b.clean(fault.found), 300)) if b.clean(fault.found) else ""
    return [b.field("value", label, b.text_input("value", fault.proposal, lines=lines), hint)]


def _choice(say: Tongue, fault: Fault) -> Block:
    pairs = [(choice.value, choice.label) for choice in fault.choices]
    if fault.register == "payment_type":
        pairs = [(OWN, say("Own money: it is paid to the person")), (COMPANY, say("Company money: it is paid already"))]
        return b.select("value", say("Choose"), pairs, "")
    if fault.register:
        # Nothing is chosen beforehand but a proposal: one careless Save must not book a wrong account.
        first = next((pair for pair in pairs if pair[0] == fault.proposal), None)
        return b.search("fault.value", say("Type to search"), first)
    return b.select("value", say("Choose"), pairs, fault.proposal)
