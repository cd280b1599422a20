"""The form that shows a claim while it is being written: costs, the trip, what is odd, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance.capture import HOME, MOST_ROWS, Row, Sheet
from finance.captured import Given
from finance.claim import ClaimKind
from finance.receipts import Flaw
from handlers.chat import Block, Modal, Picture
from handlers.views import blocks as b
from handlers.views import claim_words as words
from handlers.views import notices
from handlers.views.tongue import Tongue

Handle = Callable[[str, int], str]
"""The handle for doing a purpose to a row of the claim (0: to the claim, or to a new row)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A receipt of a row. ``state``: asked, good, bad, twice, lost. ``alike`` is the claim another one looks like."""

    id: int
    name: str
    state: str
    flaw: Flaw | None = None
    alike: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A cost with its receipts, and what is odd about it."""

    row: Row
    papers: tuple[Paper, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """A claim being written. ``loose`` are receipts that no cost has been made of; ``back`` why it came back."""

    number: str
    sheet: Sheet
    lines: tuple[Line, ...]
    gifts: tuple[Given, ...]
    total: Decimal
    loose: tuple[Paper, ...] = ()
    back: str = ""
    by: str = ""

    def loose_of(self, row: int) -> tuple[Paper, ...]:
        """The receipts that wait for this cost to be made of them."""
        return tuple(paper for paper in self.loose if paper.row == row)


def sheet(say: Tongue, facts: Facts, handle: Handle, problem: str = "") -> Modal:
    """All of it, with a button at everything that can be changed."""
    told: list[Block] = []
    if problem:
        told.append(b.section(f":warning: {problem}"))
    if facts.back:
        by = notices.person(say, facts.by)
        told.append(b.section(say("Sent back by {person}: {reason}", person=by, reason=b.safe(facts.back, 500))))
    if facts.sheet.kind is ClaimKind.TRAVEL:
        told += _trip(say, facts, handle)
    told += _costs(say, facts, handle)
    told.append(b.section(f"*{say('In all {sum}', sum=say.money(facts.total, HOME))}*"))
    label = say("What it was for")
    told.append(b.field("note", label, b.text_input("note", facts.sheet.note, most=300), optional=True))
    told.append(b.actions(_ends(say, facts, handle)))
    title = words.kind(say, facts.sheet.kind)
    return Modal(title, tuple(told), "claim.send", say("Close"), say("Send for approval"), handle("claim.send", 0))


def _costs(say: Tongue, facts: Facts, handle: Handle) -> list[Block]:
    told: list[Block] = []
    for line in facts.lines:
        change = b.button(say("Change"), "claim.row", handle("claim.row", line.row.id))
        told.append(b.section(_line(say, line), change))
    for row in dict.fromkeys(paper.row for paper in facts.loose):
        papers = facts.loose_of(row)
        make = b.button(say("Make a cost of it"), "claim.row", handle("claim.row", row))
        good = any(paper.state == "good" for paper in papers)
        told.append(b.section("\n".join(paper_line(say, paper) for paper in papers), make if good else None))
    if not facts.lines and not facts.loose:
        told.append(b.section(say("No costs yet.")))
    if len(facts.lines) < MOST_ROWS:
        told.append(b.actions([b.button(say("Add a cost"), "claim.add", handle("claim.row", 0))]))
    return told


def _line(say: Tongue, line: Line) -> str:
    told = [words.cost(say, line.row), *(paper_line(say, paper) for paper in line.papers)]
    if not line.papers:
        told.append(f":warning: {say('No receipt yet.')}")
    return "\n".join([*told, *(f":warning: {remark}" for remark in line.remarks)])


def paper_line(say: Tongue, paper: Paper) -> str:
    name = b.safe(paper.name or say("receipt"), 50)
    if paper.state == "asked":
        return f":hourglass_flowing_sand: {say('The receipt is being looked into.')}"
    if paper.state == "good":
        alike = f" · :warning: {say('looks like a receipt of {claim}', claim=paper.alike)}" if paper.alike else ""
        return f":paperclip: {name}{alike}"
    if paper.state == "twice":
        return f":no_entry: {name}: {say('The same receipt is in a claim already. It was left out.')}"
    if paper.flaw is None:
        return f":no_entry: {name}: {say('The file could not be fetched. Send it again.')}"
    return f":no_entry: {name}: {words.flaw(say, paper.flaw)}"


def _trip(say: Tongue, facts: Facts, handle: Handle) -> list[Block]:
    journey = facts.sheet.journey
    button = b.button(say("The trip"), "claim.trip", handle("claim.trip", 0))
    if journey is None:
        return [b.section(say("Begin with the trip: where, why and when."), button), b.divider()]
    head = f"*{b.safe(journey.route, 100)}* · {b.safe(journey.purpose, 100)}"
    times = f"{say.moment(journey.start)} → {say.moment(journey.end)}"
    told = [b.section(f"{head}\n{times}", button)]
    lines = [f"• {words.gift(say, one)}" for one in facts.gifts]
    told += b.paragraphs(lines or [say("The trip gives no allowances.")])
    return [*told, b.divider()]


def _ends(say: Tongue, facts: Facts, handle: Handle) -> list[Block]:
    papers = [*facts.loose, *(paper for line in facts.lines for paper in line.papers)]
    told = []
    if any(paper.state == "asked" for paper in papers):
        told.append(b.button(say("Look again"), "claim.look", handle("claim.row", 0)))
    sure = b.confirm(
        say("Throw the claim away?"), say("Its costs and receipts go with it."), say("Throw away"), say("Keep it")
    )
    return [*told, b.button(say("Throw away"), "claim.drop", handle("claim.drop", 0), style="danger", confirm=sure)]


def gone(say: Tongue) -> Modal:
    """In the place of a form whose claim is the claimant's no more."""
    return notices.closing(say, say("This claim has been sent or thrown away already."), "claim.gone")


def sent(say: Tongue, number: str) -> Modal:
    """In the place of the form once it is sent."""
    text = say("Claim {number} is on its way. You will hear what becomes of it.", number=number)
    return notices.closing(say, text, "claim.gone")


def stopped(say: Tongue, number: str, paper: Paper) -> Picture:
    """Told to the claimant when a receipt of his claim cannot be taken."""
    head = say("A receipt of claim {claim} was not taken.", claim=number)
    return Picture(head, (b.section(f"{head}\n{paper_line(say, paper)}"),))


def offered(say: Tongue, papers: Sequence[Paper], handle: str) -> Picture:
    """What is said to pictures sent to the bot: which are good, which are not and why, and what can be made of them."""
    good = [paper for paper in papers if paper.state == "good"]
    head = say.n("{n} receipt received.", "{n} receipts received.", len(good)) if good else say("No receipt was taken.")
    told: list[Block] = [b.section(f":receipt: {head}"), *b.paragraphs([paper_line(say, paper) for paper in papers])]
    if good:
        told.append(b.actions([b.button(say("Make an expense of it"), "receipt.expense", handle, style="primary")]))
    return Picture(head, tuple(told))
