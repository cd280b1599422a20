"""Where somebody is in the list of bills that is open before him, what he has chosen there, and drawing it anew."""

from __future__ import annotations

from contextlib import suppress

from handlers import bill_page, standing
from handlers.bill_page import TOGETHER, Spot
from handlers.bill_press import Shown
from handlers.buttons import subject_of
from handlers.desk import Here
from handlers.views import notices
from storage import handles, piles
from storage.piles import Pile

OWN = ("mine", "waiting", "overdue")  # lists of what concerns the reader


def allowed(here: Here, word: str) -> bool:
    """Others' bills are for those who see all."""
    return word in OWN or standing.of(here).sees_all


def spot(here: Here) -> Spot | None:
    """By the form he has before him; None for an old one, and for a list that is not for him any more."""
    subject = subject_of(here, here.said.meta, "bills.list")
    found = None if subject is None else Spot.of(subject)
    return found if found is not None and allowed(here, found.word) else None


def pile(here: Here, at: Spot | None) -> Pile | None:
    """What the reader has chosen in this list."""
    if at is None or not at.pile:
        return None
    with here.desk.store.read() as tx, suppress(LookupError):
        found = piles.get(tx, here.company.id, at.pile)
        return found if (found.team, found.user) == (here.said.team, here.said.user) else None
    return None


def redraw(here: Here, at: Spot) -> None:
    """The list as it now is, with the boxes as they were before the press."""
    note = ""
    if not _taken_over(here):
        note = here.say("At most {n} bills can be signed together: what is more was not chosen.", n=TOGETHER)
    here.chat.refresh(here.said.view, bill_page.drawn(here, at, note))


def gone(here: Here) -> None:
    """In the place of a list that is no longer in use."""
    here.chat.refresh(here.said.view, notices.list_again(here.say, "bills.list"))


def _taken_over(here: Here) -> bool:
    """Keeps the boxes of the page as they stand in the form; False when that would be too many."""
    at = spot(here)
    chosen = pile(here, at)
    if at is None or chosen is None or not at.choosing or chosen.state != piles.CHOOSING:
        return True
    team, now = here.said.team, here.desk.clock()
    with here.desk.store.write() as tx:
        found = (handles.open_(tx, token, team, "bills.tick", now) for token in _tokens(here))
        shown = [Shown.of(handle.subject) for handle in found if handle and handle.company == here.company.id]
        return piles.choose(tx, chosen, at.shown, {one.bill: one.print for one in shown}, TOGETHER)


def _tokens(here: Here) -> list[str]:
    return [token for token in here.said.values.get("bills.tick", "").split(",") if token]
