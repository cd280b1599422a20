"""What else a person's card of a bill shows: passings, questions, the picture, the division; read from the rows."""

from __future__ import annotations

from finance.bill import Bill
from handlers.views.bill_extra import Asked, Extra, PassedOn
from storage import bill_pictures, cards, divisions, passings, questions
from storage.cards import Card
from storage.companies import Company
from storage.database import Tx
from storage.passings import Passing

TAKEN = "taken:"


def of(tx: Tx, company: Company, bill: Bill, card: Card) -> Extra:
    """For the holder of ``card``."""
    went = passings.of(tx, company.id, bill.id)
    drawn = bill_pictures.get(tx, company.id, bill.id, card.team)
    division = divisions.get(tx, company.id, bill.id)
    gone = card.state == cards.PASSED
    taken = card.why.removeprefix(TAKEN) if gone and card.why.startswith(TAKEN) else ""
    return Extra(
        passed=_passed(went, card.user) if gone and not taken else None,
        taken_by=taken,
        note="" if gone else _note(went, card.user),
        asked=asked(tx, company, bill.id),
        picture=drawn.file if drawn else "",
        divided=division.state if division else "",
        problem=division.problem if division else "",
    )


def asked(tx: Tx, company: Company, bill: int) -> tuple[Asked, ...]:
    """Every question about the bill, the oldest first."""
    return tuple(
        Asked(one.asker, one.asked, one.words.text, tuple(reply.text for reply in one.replies))
        for one in questions.of_bill(tx, company.id, bill)
    )


def _passed(went: tuple[Passing, ...], user: str) -> PassedOn | None:
    mine = [one for one in went if one.giver == user]
    if not mine or mine[-1].back_at is not None:
        return None
    last = mine[-1]
    return PassedOn(last.by, last.receiver, last.by == user, last.by == user)


def _note(went: tuple[Passing, ...], user: str) -> str:
    """The word that came with it the last time."""
    to_him = [one for one in went if one.receiver == user and one.back_at is None]
    return to_him[-1].note if to_him else ""
