"""Bills that are signed together: what is shown of each, before it is signed and when something has become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from finance import identifiers
from finance.bill import Bill
from finance.bill_doubts import Doubtful
from finance.circulation import Act
from handlers.chat import Block
from handlers.views import bill_words as words
from handlers.views import blocks as b
from handlers.views import dues
from handlers.views.bill_answers import name_of
from handlers.views.bill_lines import Line, Sum, money
from handlers.views.tongue import Tongue

TOLD = 20  # lines with a button of their own


class Stand(StrEnum):
    """Where a bill of a pile stands."""

    IN = "in"  # belongs to it
    LARGE = "large"  # is asked about by itself: above the company's limit
    OUT = "out"  # cannot be signed here; why is said
    WAITING = "waiting"
    MOVING = "moving"
    UNSURE = "unsure"  # no clear answer: it is looked for
    DONE = "done"
    NOT = "not"


UNDER_WAY = frozenset({Stand.WAITING, Stand.MOVING, Stand.UNSURE})


@dataclass(frozen=True, slots=True)
class Piled:
    """A bill of a pile. ``why`` is a sentence in the reader's language; ``handle`` opens its card, ``tick`` its box."""

    bill: Bill
    stand: Stand
    days: int | None = None
    doubts: tuple[Doubtful, ...] = ()
    why: str = ""
    handle: str = ""
    tick: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A number that fits several bills, each with the handle of its button."""

    typed: str
    choices: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a pile's message shows. ``unknown`` are sentences about numbers that lead to nothing."""

    act: Act
    piled: tuple[Piled, ...]
    questions: tuple[Question, ...] = ()
    unknown: tuple[str, ...] = ()
    reason: str = ""
    dropped: bool = False
    handle: str = ""

    def of(self, *stands: Stand) -> tuple[Piled, ...]:
        return tuple(one for one in self.piled if one.stand in stands)


def total(piled: Sequence[Piled]) -> Sum:
    """What the bills come to."""
    added: dict[str, Decimal] = {}
    for one in piled:
        added[one.bill.currency] = added.get(one.bill.currency, Decimal(0)) + one.bill.gross
    return Sum(len(piled), tuple(sorted(added.items())))


def title(say: Tongue, act: Act) -> str:
    """What is asked, as a head."""
    return {
        Act.APPROVE: say("Approve these bills?"),
        Act.VERIFY: say("Pre-approve these?"),
        Act.REJECT: say("Reject these bills?"),
        Act.OBJECT: say("Say no to these bills?"),
    }[act]


def verb(say: Tongue, act: Act) -> str:
    """What a button that does it is called."""
    return {
        Act.APPROVE: say("Approve"),
        Act.VERIFY: say("Pre-approve"),
        Act.REJECT: say("Reject"),
        Act.OBJECT: say("Say no"),
    }[act]


def asked(say: Tongue, act: Act, ready: Sequence[Piled]) -> str:
    """What is asked, with how many bills and what they come to."""
    sums = money(say, total(ready))
    return {
        Act.APPROVE: say.n("Approve *{n}* bill, *{sum}*:", "Approve *{n}* bills, *{sum}*:", len(ready), sum=sums),
        Act.VERIFY: say.n(
            "Pre-approve *{n}* bill, *{sum}*:", "Pre-approve *{n}* bills, *{sum}*:", len(ready), sum=sums
        ),
        Act.REJECT: say.n("Reject *{n}* bill, *{sum}*:", "Reject *{n}* bills, *{sum}*:", len(ready), sum=sums),
        Act.OBJECT: say.n("Say no to *{n}* bill, *{sum}*:", "Say no to *{n}* bills, *{sum}*:", len(ready), sum=sums),
    }[act]


def summaries(say: Tongue, piled: Sequence[Piled]) -> list[Block]:
    """Each bill as it will be signed."""
    return b.paragraphs(["\n".join(summary(say, one)) for one in piled])


def summary(say: Tongue, one: Piled) -> list[str]:
    """What a person signs: supplier, number, amount; until when and to which account; what to look at twice."""
    bill = one.bill
    parts = [dues.due(say, bill.due, one.days)]
    if bill.number is not None:
        parts.append(f"Procountor {bill.number}")
    if bill.reference:
        parts.append(say("Reference {reference}", reference=b.safe(bill.reference, 30)))
    if bill.iban:
        parts.append(say("To account {iban}", iban=identifiers.masked(bill.iban)))
    warnings = [words.doubt(say, found) for found in one.doubts] + ([one.why] if one.why else [])
    return [f"• {name_of(say, bill)}", " · ".join(parts), *(f":warning: {warning}" for warning in warnings)]


def reasons(say: Tongue, out: Sequence[Piled]) -> list[Block]:
    """Why each is not among them, the first ones with a button to their cards."""
    told = []
    for one in out[:TOLD]:
        line = f"• {name_of(say, one.bill)}: {one.why}"
        told.append(b.section(line, b.button(say("Open"), "bill.open", one.handle) if one.handle else None))
    return told + b.paragraphs([f"• {name_of(say, one.bill)}: {one.why}" for one in out[TOLD:]])
