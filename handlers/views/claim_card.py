"""A claim before those who approve it, and what its claimant hears; amounts are told in direct messages only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from finance import captured
from finance.capture import HOME, Sheet
from finance.claim import Claim, Cost
from finance.lists import COMPANY, OWN
from handlers.chat import Block, Modal, Picture
from handlers.views import blocks as b
from handlers.views import claim_words as words
from handlers.views import notices
from handlers.views.notices import mention
from handlers.views.tongue import Tongue

MOST = 25  # costs told one by one

Handle = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Facts:
    """``state``: waiting, approved, rejected, or taken back while the claimant mends it ("draft").

    ``why`` the reader has it; ``papers`` are its good receipts; ``bar`` why the reader may not approve it now.
    """

    number: str
    claim: Claim
    claimant: str
    state: str
    why: str
    papers: int
    reason: str = ""
    by: str = ""
    at: datetime | None = None
    bar: str = ""


def card(say: Tongue, facts: Facts, handle: Handle) -> Picture:
    """Who claims what, with the buttons while it waits."""
    claim = facts.claim
    total = say.money(claim.total, claim.currency)
    who = notices.person(say, facts.claimant)
    kind = words.kind(say, claim.kind)
    head = say("{kind} {number} of {person}: {total}", kind=kind, number=facts.number, person=who, total=total)
    told: list[Block] = [b.section(f":receipt: *{head}*\n{_why(say, facts.why)}")]
    if note := b.safe(claim.note, 300):
        told.append(b.section(note))
    told += _trip(say, claim)
    told += b.paragraphs([_cost(say, cost) for cost in claim.costs[:MOST]])
    if len(claim.costs) > MOST:
        told.append(b.context(say.n("… and {n} more", "… and {n} more", len(claim.costs) - MOST)))
    told.append(b.context(_sums(say, claim)))
    told += _ends(say, facts, handle)
    text = say("{kind} {number} waits for approval", kind=kind, number=facts.number)
    return Picture(text if facts.state == "waiting" else head, tuple(told))


def _why(say: Tongue, why: str) -> str:
    return {
        "manager": say("To you: you manage its project."),
        "supervisor": say("To you: you are the claimant’s supervisor."),
        "stands": say("To you: you stand in for somebody who is away."),
        "late": say("To you, too: it has waited, and nobody has decided."),
    }.get(why, say("To you: you may approve claims."))


def _trip(say: Tongue, claim: Claim) -> list[Block]:
    trip = claim.trip
    if trip is None or trip.start is None or trip.end is None:
        return []
    route = f"*{b.safe(trip.route, 100)}* · {b.safe(trip.purpose, 100)}"
    return [b.section(f"{route}\n{say.moment(trip.start)} → {say.moment(trip.end)}")]


def _cost(say: Tongue, cost: Cost) -> str:
    parts = [f"*{say.money(cost.gross, cost.currency)}*", say.shown(cost.day), b.safe(cost.kind, 40)]
    parts += [b.safe(cost.description, 120), _whose(say, cost)]
    if cost.vat_percent:
        parts.append(say("VAT {percent}", percent=words.percent(say, cost.vat_percent)))
    if cost.project:
        parts.append(say("project {project}", project=b.safe(cost.project, 30)))
    if cost.currency != HOME:
        parts.append(say("{sum} at the rate {rate}", sum=say.money(cost.amount, HOME), rate=cost.rate))
    if not cost.receipts and cost.vat_percent is not None:
        parts.append(f":warning: {say('no receipt')}")
    return "• " + " · ".join(part for part in parts if part)


def _whose(say: Tongue, cost: Cost) -> str:
    named = {OWN: say("own money"), COMPANY: say("the company’s money")}.get(cost.paid_by, "")
    own = cost.payment_type if cost.payment_type not in (OWN, COMPANY) else ""
    return b.safe(own, 40) or named


def _sums(say: Tongue, claim: Claim) -> str:
    own = sum((c.amount for c in claim.costs if c.paid_by == OWN), start=claim.total * 0)
    others = claim.total - own
    return say(
        "To be paid to the claimant {own} · paid by the company {others}",
        own=say.money(own, claim.currency),
        others=say.money(others, claim.currency),
    )


def _ends(say: Tongue, facts: Facts, handle: Handle) -> list[Block]:
    papers: list[Block] = []
    if facts.papers:
        label = say.n("Show the receipt", "Show the {n} receipts", facts.papers)
        papers = [b.button(label, "claim.papers", handle("claim.papers"))]
    if facts.state == "waiting":
        if facts.bar:
            return [b.section(f":lock: {facts.bar}"), *([b.actions(papers)] if papers else [])]
        approve = b.button(say("Approve"), "claim.approve", handle("claim.approve"), style="primary")
        reject = b.button(say("Reject"), "claim.reject", handle("claim.reject"), style="danger")
        return [b.actions([approve, reject, *papers])]
    return [b.section(_settled(say, facts)), *([b.actions(papers)] if papers else [])]


def _settled(say: Tongue, facts: Facts) -> str:
    by = notices.person(say, facts.by)
    at = say.moment(facts.at) if facts.at else ""
    if facts.state == "approved":
        return f":white_check_mark: {say('Approved by {person}, {moment}', person=by, moment=at)}"
    if facts.state == "rejected":
        why = say("Reason: {reason}", reason=b.safe(facts.reason, 500))
        return f":no_entry: {say('Rejected by {person}, {moment}', person=by, moment=at)}\n{why}"
    return f":hourglass_flowing_sand: {say('The claimant is mending it.')}"


def reason(say: Tongue, number: str, meta: str) -> Modal:
    """The form that asks why a claim is rejected."""
    field = b.field(
        "reason",
        say("Reason"),
        b.text_input("reason", lines=True, most=500),
        say("The claimant reads it, and can mend the claim and send it again."),
    )
    head = b.section(say("Claim {number} goes back to the claimant.", number=number))
    return Modal(say("Reject the claim"), (head, field), "claim.no", say("Close"), say("Reject"), meta)


def barred(say: Tongue, bar: str) -> str:
    """Why somebody may not approve a claim."""
    return {
        "own": say("Nobody approves his own claim."),
        "limit": say("The claim is above your limit."),
    }.get(bar, say("You do not have the right to approve claims."))


def late(say: Tongue) -> str:
    """The claim is not what the card showed any more."""
    return say("The claim was changed or settled in the meantime: nothing was done. Its card shows how it is now.")


# What the claimant hears.


def received(say: Tongue, number: str, total: str, approvers: Sequence[str]) -> Picture:
    """The claim is on its way, and to whom."""
    head = say("Claim {number} received: {total}.", number=number, total=total)
    if approvers:
        people = ", ".join(notices.person(say, user) for user in approvers[:5])
        after = say("It waits for approval by {people}.", people=people)
    else:
        after = say("Nobody may approve it yet. The admins have been told; it goes on as soon as somebody may.")
    return Picture(head, (b.section(f":inbox_tray: {head} {after}"),))


def approved(say: Tongue, number: str, total: str, by: str) -> Picture:
    """The claim was approved."""
    person = notices.person(say, by)
    head = say("Claim {number} was approved by {person}: {total}.", number=number, person=person, total=total)
    after = say("Next it goes to Procountor.")
    return Picture(head, (b.section(f":white_check_mark: {head} {after}"),))


def rejected(say: Tongue, number: str, by: str, why: str, handle: str) -> Picture:
    """The claim came back, with the reason and the way on."""
    head = say("Claim {number} was sent back by {person}.", number=number, person=notices.person(say, by))
    quoted = say("Reason: {reason}", reason=b.safe(why, 500))
    button = b.button(say("Mend and send again"), "claim.mend", handle, style="primary")
    return Picture(head, (b.section(f":leftwards_arrow_with_hook: {head}\n{quoted}"), b.actions([button])))


def unapprovable(say: Tongue, number: str) -> Picture:
    """Told to the admins: nobody may approve a claim."""
    return notices.plain(
        say(
            "Nobody may approve claim {number}: give somebody the right to approve claims with a limit that is "
            "high enough. `/procountor rights`",
            number=number,
        )
    )


def on_desk(say: Tongue, number: str, user: str, sheet: Sheet) -> str:
    """A claim in a list of those that wait for the reader: its number, whose it is, how much."""
    amount = say.money(captured.total(sheet), HOME)
    return f"• *{number}* {mention(user)} · {words.kind(say, sheet.kind)} · *{amount}*"


def home(say: Tongue, mine: Sequence[tuple[str, str]], theirs: Sequence[str], waiting: int) -> list[Block]:
    """Claims on the Home tab: ``mine`` are the reader's own (text, handle to go on with or ""), ``theirs`` the first
    of the ``waiting`` ones that he may approve.
    """
    told: list[Block] = [b.header(say("Claims"))]
    for text, handle in mine:
        told.append(b.section(text, b.button(say("Go on"), "claim.mend", handle) if handle else None))
    if waiting:
        head = say.n("{n} claim waits for you", "{n} claims wait for you", waiting)
        told += b.paragraphs([f"*{head}*", *theirs])
        told.append(b.context(say("Each has its card in our direct conversation.")))
    buttons = [
        b.button(say("Claim an expense"), "home.expense", "expense"),
        b.button(say("Claim a trip"), "home.travel", "travel"),
    ]
    return [*told, b.actions(buttons), b.divider()]
