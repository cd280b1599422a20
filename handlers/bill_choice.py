"""Choosing several bills in a list, over its pages, to look through and sign them together."""

from __future__ import annotations

from dataclasses import replace

from finance.authority import Right
from finance.circulation import Act
from handlers import bill_page, bill_spot, pile_form, standing
from handlers.bill_page import Spot
from handlers.buttons import subject_of
from handlers.desk import Here
from handlers.routing import Router
from storage import piles
from storage.database import Tx

on = Router()

SIGNERS = (Right.APPROVE, Right.PRE_APPROVE)


@on.click("bills.choose", right=SIGNERS, now=True)
def choose(here: Here) -> None:
    """Boxes in the place of the buttons."""
    spot = bill_spot.spot(here)
    if spot is None:
        return bill_spot.gone(here)
    pile = spot.pile
    if not pile:
        with here.desk.store.write() as tx:
            pile = _begun(here, tx)
    return bill_spot.redraw(here, replace(spot, pile=pile, choosing=True))


@on.click("bills.read", right=standing.ANY, now=True)
def read(here: Here) -> None:
    """The buttons again; what is chosen stays chosen."""
    spot = bill_spot.spot(here)
    return bill_spot.gone(here) if spot is None else bill_spot.redraw(here, replace(spot, choosing=False))


@on.click("bills.tick", right=SIGNERS, now=True)
def tick(here: Here) -> None:
    """A box was ticked or cleared."""
    spot = bill_spot.spot(here)
    return bill_spot.gone(here) if spot is None else bill_spot.redraw(here, spot)


@on.click("bills.clear", right=SIGNERS, now=True)
def clear(here: Here) -> None:
    """Nothing is chosen any more: a new pile, whose boxes have other names, so that Slack clears them, too."""
    spot = bill_spot.spot(here)
    pile = bill_spot.pile(here, spot)
    if spot is None or pile is None or pile.state != piles.CHOOSING:
        return bill_spot.gone(here)
    with here.desk.store.write() as tx:
        fresh = _begun(here, tx)
        piles.forget(tx, pile)
    here.chat.refresh(here.said.view, bill_page.drawn(here, replace(spot, pile=fresh)))
    return None


@on.click("bills.sign", right=Right.APPROVE, now=True)
def sign(here: Here) -> None:
    """What is chosen, once more, before it is approved."""
    _confirm(here, Act.APPROVE)


@on.click("bills.presign", right=Right.PRE_APPROVE, now=True)
def presign(here: Here) -> None:
    """The same before it is pre-approved."""
    _confirm(here, Act.VERIFY)


@on.click("pile.back", right=SIGNERS, now=True)
def back(here: Here) -> None:
    """From the form back to the list."""
    subject = subject_of(here, here.said.value, "bills.list")
    if subject is None:
        return bill_spot.gone(here)
    here.chat.refresh(here.said.view, bill_page.drawn(here, Spot.of(subject)))
    return None


def _begun(here: Here, tx: Tx) -> int:
    args = (here.company.id, here.said.team, here.said.user, Act.APPROVE, piles.CHOOSING, here.desk.clock())
    return piles.begin(tx, *args)


def _confirm(here: Here, act: Act) -> None:
    spot = bill_spot.spot(here)
    pile = bill_spot.pile(here, spot)
    if spot is None or pile is None or pile.state != piles.CHOOSING:
        return bill_spot.gone(here)
    here.chat.refresh(here.said.view, pile_form.drawn(here, pile, act, spot.subject))
    return None
