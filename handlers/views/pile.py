"""Bills that are signed together: the form before it, and the one message that tells of each what has become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from finance import identifiers
from finance.bill import Bill
from finance.bill_doubts import Doubtful
from finance.circulation import Act
from handlers.chat import Block, Modal, Picture
from handlers.views import bill_words as words
from handlers.views import blocks as b
from handlers.views import dues
from handlers.views.bill import row_line
from handlers.views.bill_answers import name_of
from handlers.views.bill_page import GROUP, Line, Sum, money, text
from handlers.views.notices import closing
from handlers.views.tongue import Tongue

TOLD = 20  # lines with a button of their own
ROWS = 3


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


# before it is signed


def form(say: Tongue, facts: Facts, meta: str, back: str) -> Modal:
    """The form of a choice in a list: every bill as it will be signed, and what is left out, with the reason."""
    ready, large, out = facts.of(Stand.IN), facts.of(Stand.LARGE), facts.of(Stand.OUT)
    told: list[Block] = [b.actions([b.button(say("Back to the list"), "pile.back", back)])]
    if ready:
        told += [b.section(_asked(say, facts.act, ready)), *_summaries(say, ready)]
    if large:
        told += _large(say, large)
    if out:
        told += [b.divider(), b.section(f"*{_left_out(say, len(out))}*"), *_reasons(say, out)]
    if not ready and not large:
        return Modal(say("Nothing to sign"), tuple(told), "pile.sign", say("Close"), meta=meta)
    return Modal(_title(say, facts.act), tuple(told), "pile.sign", say("Close"), _label(say, facts.act), meta)


def _title(say: Tongue, act: Act) -> str:
    return {
        Act.APPROVE: say("Approve these bills?"),
        Act.VERIFY: say("Pre-approve these?"),
        Act.REJECT: say("Reject these bills?"),
        Act.OBJECT: say("Say no to these bills?"),
    }[act]


def _label(say: Tongue, act: Act) -> str:
    return {
        Act.APPROVE: say("Approve"),
        Act.VERIFY: say("Pre-approve"),
        Act.REJECT: say("Reject"),
        Act.OBJECT: say("Say no"),
    }[act]


def _asked(say: Tongue, act: Act, ready: Sequence[Piled]) -> str:
    sums = money(say, total(ready))
    return {
        Act.APPROVE: say.n("Approve *{n}* bill, *{sum}*:", "Approve *{n}* bills, *{sum}*:", len(ready), sum=sums),
        Act.VERIFY: say.n(
            "Pre-approve *{n}* bill, *{sum}*:", "Pre-approve *{n}* bills, *{sum}*:", len(ready), sum=sums
        ),
        Act.REJECT: say.n("Reject *{n}* bill, *{sum}*:", "Reject *{n}* bills, *{sum}*:", len(ready), sum=sums),
        Act.OBJECT: say.n("Say no to *{n}* bill, *{sum}*:", "Say no to *{n}* bills, *{sum}*:", len(ready), sum=sums),
    }[act]


def _summaries(say: Tongue, piled: Sequence[Piled]) -> list[Block]:
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


def _large(say: Tongue, large: Sequence[Piled]) -> list[Block]:
    """Each with a box of its own: nothing large goes along unnoticed."""
    told: list[Block] = [
        b.divider(),
        b.section(f"*{say('Above your company’s limit: tick each that you want to sign, too')}*"),
        *_summaries(say, large),
    ]
    for start in range(0, len(large), GROUP):
        boxes = [
            (one.tick, f"{b.clean(one.bill.supplier)[:40]} · {say.money(one.bill.gross, one.bill.currency)}",
             b.clean(one.bill.original_number))
            for one in large[start : start + GROUP]
        ]  # fmt: skip
        told.append(b.field(f"large{start}", say("Large bills"), b.checkboxes("pile.large", boxes), optional=True))
    return told


def _left_out(say: Tongue, n: int) -> str:
    return say.n("{n} bill is left out", "{n} bills are left out", n)


def _reasons(say: Tongue, out: Sequence[Piled]) -> list[Block]:
    """Why each is not among them, the first ones with a button to their cards."""
    told = []
    for one in out[:TOLD]:
        line = f"• {name_of(say, one.bill)}: {one.why}"
        told.append(b.section(line, b.button(say("Open"), "bill.open", one.handle) if one.handle else None))
    return told + b.paragraphs([f"• {name_of(say, one.bill)}: {one.why}" for one in out[TOLD:]])


# as a message


def picture(say: Tongue, facts: Facts) -> Picture:
    """The pile's one message: asking, under way, or with every result."""
    if facts.dropped:
        told = say("This question is no longer open: nothing was done. Type the numbers again.")
        return Picture(told, (b.section(told),))
    if facts.of(Stand.IN, Stand.OUT) or not facts.piled:
        return _asking(say, facts)
    return _result(say, facts)


def _asking(say: Tongue, facts: Facts) -> Picture:
    ready, out = facts.of(Stand.IN), facts.of(Stand.OUT)
    told: list[Block] = []
    head = _title(say, facts.act)
    if ready:
        told += [b.section(_asked(say, facts.act, ready)), *_summaries(say, ready)]
        if len(ready) == 1:
            told += b.paragraphs([row_line(say, row) for row in ready[0].bill.rows[:ROWS]])
    if ready and facts.reason:
        told.append(b.context(f"{say('Why?')} “{b.safe(facts.reason, 500)}”"))
    told += _reasons(say, out)
    for question in facts.questions[:3]:
        told += _question(say, question)
    told += b.paragraphs([f":grey_question: {sentence}" for sentence in facts.unknown])
    if ready:
        told.append(b.actions(_answers(say, facts, ready)))
    elif not facts.questions:
        head = say("There is nothing to sign.")
        told.insert(0, b.section(head))
    return Picture(head, tuple(told[:50]))


def _answers(say: Tongue, facts: Facts, ready: Sequence[Piled]) -> list[Block]:
    sums = money(say, total(ready))
    label = {
        Act.APPROVE: say("Approve {sum}", sum=sums),
        Act.VERIFY: say("Pre-approve {sum}", sum=sums),
        Act.REJECT: say("Reject {sum}", sum=sums),
        Act.OBJECT: say("Say no to {sum}", sum=sums),
    }[facts.act]
    sure = None
    if len(ready) > 1 or any(one.why for one in ready):
        many = say.n("{n} bill, {sum}", "{n} bills, {sum}", len(ready), sum=sums)
        sure = b.confirm(f"{label}?"[:100], many, _label(say, facts.act), say("Not yet"))
    style = "primary" if facts.act in (Act.APPROVE, Act.VERIFY) else "danger"
    return [
        b.button(label, "pile.go", facts.handle, style=style, confirm=sure),
        b.button(say("Do nothing"), "pile.drop", facts.handle),
    ]


def _question(say: Tongue, question: Question) -> list[Block]:
    """Which of several bills a number means."""
    head = say("*{number}* fits several bills. Which one?", number=b.safe(question.typed, 40))
    lines = [b.section(text(say, line), b.button(say("This one"), "pile.take", handle))
             for handle, line in question.choices[:8]]  # fmt: skip
    return [b.section(head), *lines]


def _result(say: Tongue, facts: Facts) -> Picture:
    done, left, going = facts.of(Stand.DONE), facts.of(Stand.NOT), facts.of(*UNDER_WAY)
    head = _headline(say, facts.act, len(done), len(left))
    if going:
        mark = ":hourglass_flowing_sand:"
        head = say("{done} of {all} bills are dealt with", done=len(done) + len(left), all=len(facts.piled))
    else:
        mark = ":white_check_mark:" if done and facts.act in (Act.APPROVE, Act.VERIFY) else ":information_source:"
    amount = f" · {money(say, total(done))}" if done else ""
    told: list[Block] = [b.section(f"{mark} *{head}*{amount}"), *_reasons(say, left)]
    told += b.paragraphs([_line(say, one) for one in (*done, *going)])
    return Picture(head, tuple(told[:50]))


def _headline(say: Tongue, act: Act, done: int, left: int) -> str:
    head = {
        Act.APPROVE: say.n("{n} bill approved", "{n} bills approved", done),
        Act.VERIFY: say.n("{n} bill pre-approved", "{n} bills pre-approved", done),
        Act.REJECT: say.n("{n} bill rejected", "{n} bills rejected", done),
        Act.OBJECT: say.n("said no to {n} bill", "said no to {n} bills", done),
    }[act]
    return f"{head}, {say.n('{n} not', '{n} not', left)}" if left else head


def _line(say: Tongue, one: Piled) -> str:
    mark = {Stand.DONE: ":white_check_mark:", Stand.UNSURE: ":mag:"}.get(one.stand, ":hourglass_flowing_sand:")
    return f"{mark} {name_of(say, one.bill)}" + (f": {one.why}" if one.why else "")


def too_late(say: Tongue) -> Modal:
    """In the place of a form whose bills have been signed or dropped meanwhile."""
    return closing(say, say("This has been dealt with already: its message tells what has become of it."), "pile.sign")
