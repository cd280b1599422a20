"""The card of a bill: what it says, why the reader has it, what to look at twice, where it stands, what he may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from finance import identifiers
from finance.bill import Bill, BillRow
from finance.bill_doubts import Doubtful, holds
from finance.circulation import Act
from finance.targeting import Aim
from handlers.chat import Block, Picture
from handlers.views import bill_extra
from handlers.views import bill_words as words
from handlers.views import blocks as b
from handlers.views.bill_extra import NOTHING, Extra
from handlers.views.dues import due
from handlers.views.tongue import Tongue

ROWS = 3  # shown on the card; the rest in its details


@dataclass(frozen=True, slots=True)
class Acted:
    """Somebody did something to the bill: ``who`` is a mention or a name made safe."""

    act: Act
    who: str
    at: datetime | None
    here: bool = True  # through us; else in Procountor


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the card shows. ``days`` are working days left; ``may`` what this reader can press.

    ``moving`` is a decision on its way, ``unsure`` whether its answer is being looked for, ``stuck`` whether even that
    has failed, ``signed`` those who have approved already where ``need`` people have to, ``bar`` why the reader may not
    approve. ``changed`` tells what differs from what was shown before.
    ``opened``: a copy the reader asked to see, of a bill that lies on other ``desks`` (Slack users).
    """

    bill: Bill
    aim: Aim
    passed_by: str = ""
    stands_for: str = ""
    silent: str = ""
    doubts: tuple[Doubtful, ...] = ()
    days: int | None = None
    may: frozenset[Act] = frozenset()
    bar: str = ""
    moving: Acted | None = None
    unsure: bool = False
    stuck: bool = False
    signed: tuple[Acted, ...] = ()
    need: int = 1
    history: tuple[Acted, ...] = ()
    changed: tuple[str, ...] = ()
    ask_first: bool = False
    snoozed_until: datetime | None = None
    shares: tuple[tuple[str, Decimal], ...] = ()
    passed_on: bool = False
    extra: Extra = NOTHING
    opened: bool = False
    desks: tuple[str, ...] = ()


Handle = Callable[[str], str]
"""Purpose → the button's handle."""


def card(say: Tongue, facts: Facts, handle: Handle) -> Picture:
    """The card as it now is. Without anything left to decide it has no buttons."""
    blocks: list[Block] = [b.section(_head(say, facts)), b.context(_details(say, facts.bill))]
    if facts.changed:
        blocks.append(b.section(f":warning: *{say('Changed since you saw it')}*\n" + "\n".join(facts.changed[:10])))
    blocks += [b.section(f":warning: {words.doubt(say, found)}") for found in facts.doubts]
    if facts.bill.rows:
        blocks += b.paragraphs(_rows(say, facts.bill))
    blocks += bill_extra.page(say, facts.extra, facts.bill.supplier)
    if not facts.extra.taken_by:  # it never was his
        blocks.append(b.context(_why(say, facts)))
    blocks += bill_extra.notes(say, facts.extra)
    if facts.shares:
        blocks.append(b.context(_shares(say, facts.shares, bill_extra.divided(say, facts.extra))))
    blocks += [b.context(line) for line in _happened(say, facts)]
    if buttons := _buttons(say, facts, handle):
        blocks.append(b.actions(buttons))
    return Picture(_short(say, facts), tuple(blocks))


def again(say: Tongue, facts: Facts, handle: Handle) -> Picture:
    """Where it stands and its buttons once more, for somebody who wrote in the card's thread."""
    lines = [
        say("Only a button decides about a bill; what is written here goes to nobody. To ask somebody, press Ask.")
    ]
    blocks: list[Block] = [b.section(lines[0]), b.section(_head(say, facts))]
    blocks += [b.context(line) for line in _happened(say, facts)]
    if buttons := _buttons(say, facts, handle):
        blocks.append(b.actions(buttons))
    return Picture(lines[0], tuple(blocks))


def without_picture(facts: Facts) -> Facts:
    """The same, when Slack does not show the picture."""
    return replace(facts, extra=replace(facts.extra, picture=""))


def moved(say: Tongue) -> Picture:
    """In the place of buttons that stand further down by now."""
    text = say("The buttons are further down.")
    return Picture(text, (b.section(text),))


def _why(say: Tongue, facts: Facts) -> str:
    if not facts.opened:
        return words.why(say, facts.aim, facts.passed_by, facts.stands_for, facts.silent)
    people = ", ".join(f"<@{user}>" for user in facts.desks[:5])
    if not people:
        return say("You have opened this bill. It lies on nobody’s desk.")
    return say("You have opened this bill. It lies on the desk of {people}.", people=people)


def _short(say: Tongue, facts: Facts) -> str:
    """The sentence of notifications."""
    bill = facts.bill
    money = say.money(bill.gross, bill.currency)
    if not bill.is_open:
        return f"{words.state(say, bill)}: {b.safe(bill.supplier, 80)} {money}"
    return say("Bill of {supplier}, {money}", supplier=b.safe(bill.supplier, 80), money=money)


def _head(say: Tongue, facts: Facts) -> str:
    bill = facts.bill
    lines = [f"*{b.safe(bill.supplier, 80)}*  ·  *{say.money(bill.gross, bill.currency)}*"]
    if bill.vat:
        lines[0] += f"  ({say('VAT {vat}', vat=say.amount(bill.vat))})"
    lines.append(due(say, bill.due, facts.days if bill.is_open else None))
    return "\n".join(line for line in lines if line)


def _details(say: Tongue, bill: Bill) -> str:
    parts = [say("Number {number}", number=b.safe(bill.original_number, 40))] if bill.original_number else []
    if bill.number is not None:
        parts.append(f"Procountor {bill.number}")
    parts.append(say("Dated {day}", day=bill.issued))
    if bill.reference:
        parts.append(say("Reference {reference}", reference=b.safe(bill.reference, 30)))
    if bill.iban:
        parts.append(say("To account {iban}", iban=identifiers.masked(bill.iban)))
    for days, percent in bill.cash_discounts[:2]:
        parts.append(say("{percent} % off within {days} days", percent=percent, days=days))
    return "  ·  ".join(parts)


def _rows(say: Tongue, bill: Bill) -> list[str]:
    told = [row_line(say, row) for row in bill.rows[:ROWS]]
    left = len(bill.rows) - ROWS
    return told + ([say.n("… and {n} more row", "… and {n} more rows", left)] if left > 0 else [])


def row_line(say: Tongue, row: BillRow) -> str:
    """A row: what, how much of it, at which price and VAT."""
    amount = f"{say.shown(row.quantity)} × {say.amount(row.unit_price)}"
    return f"• {b.safe(row.name, 80)}  ·  {amount}  ·  {say.shown(row.vat_percent)} %"


def _shares(say: Tongue, shares: tuple[tuple[str, Decimal], ...], where: str) -> str:
    told = ", ".join(f"{b.safe(project, 40)} {say.shown(percent)} %" for project, percent in shares)
    return say("Divided: {shares}", shares=told) + (f" ({where})" if where else "")


def _happened(say: Tongue, facts: Facts) -> list[str]:
    """What has been done, and what is under way."""
    lines = [acted(say, done) for done in facts.history]
    if facts.signed and facts.bill.is_open:
        who, left = ", ".join(done.who for done in facts.signed), facts.need - len(facts.signed)
        lines.append(
            say.n(
                "{who}: approved. {n} more person has to approve it.",
                "{who}: approved. {n} more people have to approve it.",
                left,
                who=who,
            )
        )
    if facts.moving is not None:
        lines.append(_moving(say, facts.moving, facts))
    if not facts.bill.is_open:
        lines.append(f"*{words.state(say, facts.bill)}*")
    elif facts.bar and not facts.may and facts.moving is None:
        lines.append(facts.bar)
    if facts.snoozed_until is not None and facts.bill.is_open:
        lines.append(say("You are reminded again {moment}", moment=facts.snoozed_until))
    if facts.passed_on:
        lines.append(bill_extra.gone(say, facts.extra) or say("You passed it on."))
    return lines


def acted(say: Tongue, done: Acted) -> str:
    """One line of the history."""
    text = {
        Act.VERIFY: say("Pre-approved by {who}", who=done.who),
        Act.APPROVE: say("Approved by {who}", who=done.who),
        Act.REJECT: say("Rejected by {who}", who=done.who),
        Act.OBJECT: say("{who} has said no", who=done.who),
    }[done.act]
    mark = ":white_check_mark: " if done.act in (Act.VERIFY, Act.APPROVE) else ":heavy_exclamation_mark: "
    place = "" if done.here else f", {say('in Procountor')}"
    return mark + text + (f", {say.moment(done.at)}" if done.at else "") + place


def _moving(say: Tongue, moving: Acted, facts: Facts) -> str:
    if facts.stuck:
        told = say("Whether it was done is not known, and looking for it failed: look in Procountor. {who} can have it "
                   "checked again.", who=moving.who)  # fmt: skip
        return f":warning: {told}"
    if facts.unsure:
        return f":mag: {say('No clear answer came. We look in Procountor whether it was done; nothing is sent twice.')}"
    return (
        ":hourglass_flowing_sand: "
        + {
            Act.VERIFY: say("{who} is pre-approving it …", who=moving.who),
            Act.APPROVE: say("{who} is approving it …", who=moving.who),
            Act.REJECT: say("{who} is rejecting it …", who=moving.who),
            Act.OBJECT: say("{who} is saying no …", who=moving.who),
        }[moving.act]
    )


def _buttons(say: Tongue, facts: Facts, handle: Handle) -> list[Block]:
    """By right. Nobody ever sees a live button on a bill that is settled, on its way, or passed on."""
    if not facts.bill.is_open or facts.moving is not None:
        return []
    if facts.passed_on:
        back = facts.extra.passed is not None and facts.extra.passed.back
        return [b.button(say("Take it back"), "bill.back", handle("bill.back"))] if back else []
    made: list[Block] = []
    money = say.money(facts.bill.gross, facts.bill.currency)
    if Act.APPROVE in facts.may:
        label = say("Approve {money}", money=money)
        if holds(facts.doubts) and len(facts.signed) + 1 >= facts.need:
            made.append(b.button(f"{label}…", "bill.confirm", handle("bill.confirm"), style="primary"))
        else:
            ask = _sure(say, facts.bill, label) if facts.ask_first else None
            made.append(b.button(label, "bill.approve", handle("bill.approve"), style="primary", confirm=ask))
    if Act.VERIFY in facts.may:
        made.append(b.button(say("Pre-approve"), "bill.verify", handle("bill.verify")))
    if facts.may & {Act.REJECT, Act.OBJECT}:
        made.append(b.button(say("Reject…"), "bill.reject", handle("bill.reject")))
    if not facts.opened:
        made.append(b.button(say("Not mine"), "bill.pass", handle("bill.pass")))
    made.append(b.button(say("Ask"), "bill.ask", handle("bill.ask")))
    made.append(b.button(say("Show document"), "bill.document", handle("bill.document")))
    made.append(b.overflow("bill.more", more(say, handle)[2 if facts.opened else 0 :]))  # nothing to be reminded of
    return made


def more(say: Tongue, handle: Handle) -> list[tuple[str, str]]:
    """What is rarer: (handle, label)."""
    return [
        (handle("bill.snooze:1"), say("Remind me tomorrow")),
        (handle("bill.snooze:3"), say("Remind me in 3 days")),
        (handle("bill.details"), say("All rows and history")),
        (handle("bill.split"), say("Divide between projects")),
    ]


def _sure(say: Tongue, bill: Bill, label: str) -> Block:
    due = say.shown(bill.due) if bill.due else "–"
    text = say("{supplier}, due {due}, to account {iban}", supplier=b.clean(bill.supplier)[:80], due=due,
               iban=identifiers.masked(bill.iban) or "–")  # fmt: skip
    return b.confirm(f"{label}?"[:100], text, say("Approve"), say("Not yet"))
