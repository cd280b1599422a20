"""Who may see a bill: those who see all, and those on whose desk it lies or lay (domain.md R49, R50)."""

from __future__ import annotations

from datetime import datetime

from finance import authority
from finance.authority import Holder, Right
from handlers import signing
from handlers.chat import Picture
from handlers.desk import Desk, Here
from handlers.rights import refused
from handlers.views import bill_passing, notices
from storage import cards
from storage.cards import LIVE, Card
from storage.companies import Company
from storage.database import Tx

OWN = (Right.SEE_OWN, Right.RECEIVE, Right.PRE_APPROVE, Right.APPROVE, Right.FINANCE)
"""With a card, any of these; the default recipient needs none."""


def sees(tx: Tx, company: Company, holder: Holder, team: str, user: str, bill: int, now: datetime) -> bool:
    """Whether the person may see the bill now. Guests and bots never may."""

    def usable(right: Right) -> bool:
        return authority.may(holder, right, now, alone=company.choices.one_person).allowed

    if not holder.trusted:
        return False
    if usable(Right.SEE_ALL):
        return True
    card = cards.of(tx, company.id, bill, team, user)
    return card is not None and (any(map(usable, OWN)) or user == company.choices.default_recipient)


def reader_sees(here: Here, bill: int) -> bool:
    """Whether the one who spoke may see it."""
    with here.desk.store.read() as tx:
        return sees(tx, here.company, here.holder, here.said.team, here.said.user, bill, here.desk.clock())


def other_sees(desk: Desk, company: Company, team: str, user: str, bill: int) -> bool:
    """The same of somebody else; a stranger when Slack cannot tell us about him."""
    holder = signing.signer(desk, company, team, user).holder
    with desk.store.read() as tx:
        return sees(tx, company, holder, team, user, bill, desk.clock())


def live(tx: Tx, company: str, bill: int, team: str, user: str) -> Card | None:
    """The card by which the bill lies on somebody's desk; None when it does not (any more)."""
    card = cards.of(tx, company, bill, team, user)
    return card if card is not None and card.state == LIVE else None


def holds(here: Here, bill: int) -> bool:
    """Whether the bill lies on the desk of the one who spoke, and he may see it."""
    with here.desk.store.read() as tx:
        card = live(tx, here.company.id, bill, here.said.team, here.said.user)
    return card is not None and reader_sees(here, bill)


def not_held(here: Here, bill: int) -> Picture:
    """Why somebody on whose desk it does not lie can do nothing with it."""
    if not reader_sees(here, bill):
        return no(here)
    return notices.plain(bill_passing.refused(here.say, "not_there"))


def no(here: Here) -> Picture:
    """Why somebody may not see it, alike whether there is such a bill or not."""
    return refused(here, OWN[:1])
