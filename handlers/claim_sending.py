"""A claim on its way: its receipts asked for, its sheet made a claim, and put before those who may approve it."""

from __future__ import annotations

from collections.abc import Sequence

from finance import captured
from finance.claim import Claim, Claimant
from finance.invoice import Attachment
from finance.lists import ListKind
from finance.people import Person
from finance.reference import Product
from handlers import capturing, claim_approvers, papers
from handlers.desk import Desk, Here
from storage import audit, captures, companies, registers, staff
from storage import captured_receipts as receipts
from storage.captures import Captured
from storage.companies import Company
from storage.database import Tx


def ask_for_receipts(desk: Desk, tx: Tx, one: Captured, row: int, files: Sequence[str]) -> None:
    """Notes the files of a row and asks for each to be looked into."""
    for id in receipts.ask(tx, one.company, one.id, row, files, desk.clock()):
        desk.work.soon(tx, "hear", "claim.receipt", f"{id}", one.company, [one.company, str(one.id), str(id)])


def send(here: Here, one: Captured) -> bool:
    """The claim waits to be approved from now on; False when it was not the person's to send any more."""
    desk, company = here.desk, here.company
    with desk.store.write() as tx:
        claim = _claim(here, tx, one)
        if not captures.send(tx, one, claim, desk.clock()):
            return False
        waiting = captures.get(tx, company.id, one.id)
        assert waiting is not None
        dealt = deal(desk, tx, company, waiting)
        details = {"number": one.number, "costs": len(claim.costs), "approvers": dealt}
        audit.note(tx, company.id, here.who, "claim.sent", f"claim:{one.id}", desk.clock(), **details)
        tell(desk, tx, waiting, "received")
    return True


def deal(desk: Desk, tx: Tx, company: Company, one: Captured) -> int:
    """Puts a waiting claim on the desks of those who may approve it; gives how many."""
    assert one.claim is not None
    found = claim_approvers.approvers(tx, desk, company, one, one.claim)
    captures.clear(tx, one)
    for approver in found:
        captures.deal(tx, one, approver.team, approver.user, approver.why)
    redraw(desk, tx, one)
    return len(found)


def also(desk: Desk, tx: Tx, one: Captured, team: str, user: str, why: str) -> None:
    """Puts it on one more desk."""
    captures.deal(tx, one, team, user, why)
    _draw(desk, tx, one, team, user)


def cover(desk: Desk, tx: Tx, company: Company, user: str, substitute: str) -> int:
    """Lays the claims that wait for ``user`` on his substitute's desk, too, where he may decide; gives how many."""
    there = {one.id for one in captures.on_desk(tx, company.id, company.team, substitute)}
    found = [
        one
        for one in captures.on_desk(tx, company.id, company.team, user)
        if one.id not in there and claim_approvers.able(tx, desk, company, one, company.team, substitute)
    ]
    for one in found:
        also(desk, tx, one, company.team, substitute, claim_approvers.STANDS)
    return len(found)


def redraw(desk: Desk, tx: Tx, one: Captured) -> None:
    """Asks for every copy of the claim to be drawn as it now is."""
    for team, user, _ in captures.desks(tx, one):
        _draw(desk, tx, one, team, user)


def _draw(desk: Desk, tx: Tx, one: Captured, team: str, user: str) -> None:
    key = f"{one.id}:{user}:{desk.clock():%Y%m%d%H%M%S%f}"
    desk.work.soon(tx, "tell", "claim.card", key, one.company, [one.company, str(one.id), team, user])


def tell(desk: Desk, tx: Tx, one: Captured, what: str) -> None:
    """Asks for the claimant to be told."""
    key = f"{one.id}:{what}:{one.print[:16]}"
    desk.work.soon(tx, "hear", "claim.told", key, one.company, [one.company, str(one.id), what])


def _claim(here: Here, tx: Tx, one: Captured) -> Claim:
    good = [paper for paper in receipts.of_claim(tx, one.company, one.id) if paper.state == receipts.GOOD]
    by_row: dict[int, list[Attachment]] = {}
    for place, paper in enumerate(good, 1):
        by_row.setdefault(paper.row, []).append(paper.attachment(one.number, place))
    choices = companies.get(tx, one.company).choices
    return captured.claim(
        one.sheet, one.number, _claimant(here, tx, one), capturing.today(here), by_row, choices.payment_types,
        choices.default_language, _travel(here),
    )  # fmt: skip


def _travel(here: Here) -> tuple[Product, ...]:
    """Procountor’s products for allowances as last fetched; none before that, or when they are out of sight."""
    try:
        return papers.kept_reference(here.desk, here.company).travel or ()
    except LookupError:
        return ()


def _claimant(here: Here, tx: Tx, one: Captured) -> Claimant:
    """As the PSA knows him, else as Slack does."""
    human = staff.by_slack(tx, one.company, one.team, one.user)
    listed = registers.get(tx, one.company, ListKind.PEOPLE, human.psa, Person) if human and human.psa else None
    if listed is not None:
        return Claimant(listed.number, listed.name, listed.email)
    if human is not None:
        return Claimant("", human.name, human.email or here.profile.email)
    return Claimant("", here.profile.name, here.profile.email)
