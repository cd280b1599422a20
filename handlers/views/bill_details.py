"""All there is about a bill, page by page: every row, what was done here, and Procountor's history and discussion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from finance.bill import Bill
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views.bill import row_line
from handlers.views.bill_answers import name_of
from handlers.views.bill_extra import Asked, question
from handlers.views.tongue import Tongue

ROWS = 30  # on a page
STEPS = 40
EVENTS = 60
COMMENTS = 30

Turn = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Step:
    """Something done through us: ``what`` as the trail has it, ``who`` and ``to`` Slack users, or empty."""

    what: str
    who: str
    at: datetime
    to: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something in Procountor's history: its word, who, when (None when it does not say), and what he wrote."""

    action: str
    who: str
    at: datetime | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class There:
    """What Procountor tells. ``discussed`` is None where the company has no discussion."""

    events: tuple[Happened, ...] = ()
    discussed: tuple[Happened, ...] | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """``there`` is None before Procountor was asked, and when it did not answer."""

    bill: Bill
    steps: tuple[Step, ...] = ()
    asked: tuple[Asked, ...] = ()
    there: There | None = None


def pages(bill: Bill) -> int:
    """How many there are: those of the rows, what was done here, and Procountor's."""
    return max(1, -(-len(bill.rows) // ROWS)) + 2


def modal(say: Tongue, details: Details, page: int, turn: Turn) -> Modal:
    """One page, counted from 0; the last one is Procountor's."""
    count = pages(details.bill)
    told: list[Block] = [b.section(name_of(say, details.bill))]
    told.append(b.context(say("Page {page} of {pages}", page=page + 1, pages=count)))
    if page < count - 2:
        told += _rows(say, details.bill, page)
    elif page == count - 2:
        told += _here(say, details)
    else:
        told += _there(say, details.there)
    buttons = []
    if page > 0:
        buttons.append(b.button(say("Previous page"), "details.previous", turn(page - 1)))
    if page + 1 < count:
        buttons.append(b.button(say("Next page"), "details.next", turn(page + 1)))
    return Modal(say("All about the bill"), (*told, b.actions(buttons)), "bill.details", say("Close"))


def _rows(say: Tongue, bill: Bill, page: int) -> list[Block]:
    lines = _fields(say, bill) if page == 0 else []
    if not bill.rows:
        lines.append(say("The bill has no rows."))
    for row in bill.rows[page * ROWS : (page + 1) * ROWS]:
        line = row_line(say, row)
        if row.discount_percent:
            line += f"  ·  {say('discount {percent} %', percent=row.discount_percent)}"
        lines.append(line)
        if row.comment:
            lines.append(f"      _{b.safe(row.comment, 300)}_")
    return b.paragraphs(lines)


def _fields(say: Tongue, bill: Bill) -> list[str]:
    """What the card has no room for."""
    told = (
        (say("Net"), say.amount(bill.net) if bill.net else ""),
        (say("VAT"), say.amount(bill.vat) if bill.vat else ""),
        (say("Business id"), b.safe(bill.supplier_id, 30)),
        (say("Order reference"), b.safe(bill.order_reference, 80)),
        (say("Buyer’s reference"), b.safe(bill.buyer_reference, 80)),
        (say("Additional information"), b.safe(bill.additional, 800)),
        (say("Notes"), b.safe(bill.notes, 800)),
    )
    return [f"*{name}:* {value}" for name, value in told if value]


def _here(say: Tongue, details: Details) -> list[Block]:
    lines = [f"*{say('What was done here')}*", *(step(say, one) for one in details.steps[-STEPS:])]
    if len(details.steps) > STEPS:
        lines.append(say.n("… and {n} earlier step", "… and {n} earlier steps", len(details.steps) - STEPS))
    for one in details.asked[-10:]:
        lines += question(say, one, 800)
    return b.paragraphs(lines)


def step(say: Tongue, one: Step) -> str:
    """A line of our own history."""
    who = f"<@{one.who}>" if one.who else "Kierto"
    to = f"<@{one.to}>" if one.to else "–"
    told = {
        "bill.arrived": say("It came from Procountor"),
        "bill.dealt": say("It was put on the desk of {to}", to=to),
        "bill.decided": say("{who} decided", who=who),
        "bill.signed": say("{who} gave the first of two approvals", who=who),
        "bill.done": say("The decision of {who} is in Procountor", who=who),
        "bill.not done": say("The decision of {who} came to nothing", who=who),
        "bill.contested": say("It was changed in the moment {who} approved it", who=who),
        "bill.passed": say("{who} passed it on to {to}", who=who, to=to),
        "bill.taken back": say("{who} took it back", who=who),
        "bill.asked": say("{who} asked {to}", who=who, to=to),
        "bill.answered": say("{who} answered", who=who),
        "bill.snoozed": say("{who} put it off", who=who),
        "bill.divided": say("{who} divided it between projects", who=who),
        "bill.undivided": say("{who} took the division back", who=who),
        "bill.unreachable": say("{to} could not be reached in Slack", to=to),
    }.get(one.what, f"`{b.safe(one.what, 40)}`")
    return f"• {say.moment(one.at)}  {told}"


def _there(say: Tongue, there: There | None) -> list[Block]:
    if there is None:
        return [b.section(say("Procountor did not answer just now. Turn back and try again in a moment."))]
    lines = [f"*{say('Procountor’s history')}*", *(_event(say, one) for one in there.events[-EVENTS:])]
    if not there.events:
        lines.append(say("Nothing yet."))
    lines.append(f"*{say('Discussion in Procountor')}*")
    if there.discussed is None:
        lines.append(say("Your company has no discussion in Procountor."))
    elif not there.discussed:
        lines.append(say("Nobody has written anything."))
    lines += [_said(say, one) for one in (there.discussed or ())[-COMMENTS:]]
    return b.paragraphs(lines)


def _event(say: Tongue, one: Happened) -> str:
    told = action(say, one.action) or f"`{b.safe(one.action, 60)}`"
    words = f": {b.safe(one.words, 200)}" if one.words else ""
    return f"• {_when(say, one)}{told}  ·  {b.safe(one.who, 60)}{words}"


def _said(say: Tongue, one: Happened) -> str:
    return f"• {_when(say, one)}*{b.safe(one.who, 60)}:* {b.safe(one.words, 600)}"


def _when(say: Tongue, one: Happened) -> str:
    return f"{say.moment(one.at)}  " if one.at else ""


def action(say: Tongue, name: str) -> str:
    """Procountor's word for a step in ours; "" for one that has none."""
    return {
        "RECEIVED_AS_EINVOICE": say("Came as an e-invoice"),
        "RECEIVED_AS_SCANNED_INVOICE": say("Came from scanning"),
        "RECEIVED_VIA_AUTOMATIC_TRANSFER": say("Came by automatic transfer"),
        "SEND_TO_CIRCULATION": say("Sent to circulation"),
        "VERIFICATION": say("Pre-approved"),
        "APPROVAL": say("Approved"),
        "DENY_PAYMENT": say("Rejected"),
        "DIRECTED_TO_ANOTHER_VERIFIER": say("Directed to another verifier"),
        "DIRECTED_TO_ANOTHER_APPROVER": say("Directed to another approver"),
        "RETURNED_PREVIOUS": say("Returned to the one before"),
        "SENT_FOR_PAYMENT": say("Sent to be paid"),
        "MARKED_PAID": say("Marked as paid"),
        "UNFINISHED": say("Made unfinished"),
        "RESTORED_UNFINISHED": say("Made unfinished"),
        "SEPA_PAYMENT_ERROR": say("The bank refused the payment"),
    }.get(name, "")


def of_trail(entries: Sequence[tuple[str, str, datetime, str]]) -> tuple[Step, ...]:
    """Steps from rows of the trail: what, who, when, to whom; people as "T1/U1", the program as "kierto"."""
    return tuple(Step(what, _user(who), at, _user(to)) for what, who, at, to in entries)


def _user(who: str) -> str:
    return who.rpartition("/")[2] if "/" in who else ""
