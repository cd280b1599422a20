"""`bills`: what waits for me, what is mine, what is late, everything; page by page, and several signed together."""

from __future__ import annotations

import re
from dataclasses import replace

from finance.authority import Right
from finance.circulation import Act
from handlers import bill_page, pile_form, standing
from handlers.bill_page import TOGETHER, Spot
from handlers.bill_press import Shown
from handlers.buttons import subject_of
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import bill_page as views
from handlers.views import notices
from storage import bill_lists, handles, piles, rights

on = Router()

SIGNERS = (Right.APPROVE, Right.PRE_APPROVE)
WORDS = ("mine", "waiting", "overdue", "all")
_PERSON = re.compile(r"for\s*:?\s*<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_PROJECT = re.compile(r"project\s*[: ]\s*(\S.*)", re.IGNORECASE)


@on.command(
    "bills",
    right=standing.ANY,
    now=True,
    usage="[mine | waiting | overdue | all | project:X | for @user]",
    help="The bills that wait for you, and the others you may see",
)
def show(here: Here) -> None:
    """Opens the list; without a word it is the reader's own, with what waits for him first."""
    word = _word(here, here.said.text.strip())
    if not word:
        told = here.say("I do not know this list. Type one of these after `/procountor bills`: {words}",
                        words="mine, waiting, overdue, all, project:P-1001, for @user")  # fmt: skip
        return here.whisper(notices.plain(told))
    _open(here, word)
    return None


@on.click("bills.open", right=standing.ANY, now=True)
@on.click("bills.all", right=standing.ANY, now=True)
def show_from_home(here: Here) -> None:
    """The list behind a button."""
    subject = subject_of(here, here.said.value, "bills.open")
    if subject is None:
        return here.whisper(notices.gone(here.say))
    _open(here, subject)
    return None


def _open(here: Here, word: str) -> None:
    if not allowed(here, word):
        with here.desk.store.read() as tx:
            able = rights.with_right(tx, here.company.id, Right.SEE_ALL)
        return here.whisper(notices.plain(views.unlisted(here.say, able)))
    here.chat.open(here.said, bill_page.drawn(here, Spot(word)))
    return None


def _word(here: Here, typed: str) -> str:
    """The list that is meant; empty for none we know."""
    if typed.casefold() in ("", *WORDS):
        return typed.casefold() or "mine"
    if person := _PERSON.fullmatch(typed):
        return "mine" if person[1] == here.said.user else f"for:{person[1]}"
    if project := _PROJECT.fullmatch(typed):
        with here.desk.store.read() as tx:
            return f"project:{bill_lists.project_number(tx, here.company.id, project[1][:100])}"
    return ""


def allowed(here: Here, word: str) -> bool:
    """Others' bills are for those who see all."""
    return word in ("mine", "waiting", "overdue") or standing.of(here).sees_all


# turning, filtering, choosing: all of it is drawn anew in the open form


@on.click("bills.filter", right=standing.ANY, now=True)
def narrow(here: Here) -> None:
    """Another list; what was chosen stays chosen."""
    spot = _spot(here)
    if spot is None:
        return _gone(here)
    word = spot.word if here.said.value == "this" else here.said.value
    if word != spot.word and (word not in WORDS or not allowed(here, word)):
        word = spot.word
    return _redraw(here, replace(spot, word=word, page=0))


@on.click("bills.previous", right=standing.ANY, now=True)
def back(here: Here) -> None:
    """The page before."""
    spot = _spot(here)
    return _gone(here) if spot is None else _redraw(here, replace(spot, page=max(0, spot.page - 1)))


@on.click("bills.next", right=standing.ANY, now=True)
def forth(here: Here) -> None:
    """The page after."""
    spot = _spot(here)
    return _gone(here) if spot is None else _redraw(here, replace(spot, page=spot.page + 1))


@on.click("bills.choose", right=SIGNERS, now=True)
def choose(here: Here) -> None:
    """Boxes in the place of the buttons."""
    spot = _spot(here)
    if spot is None:
        return _gone(here)
    pile = spot.pile
    if not pile:
        with here.desk.store.write() as tx:
            pile = piles.begin(
                tx, here.company.id, here.said.team, here.said.user, Act.APPROVE, piles.CHOOSING, here.desk.clock()
            )
    return _redraw(here, replace(spot, pile=pile, choosing=True))


@on.click("bills.read", right=standing.ANY, now=True)
def read(here: Here) -> None:
    """The buttons again; what is chosen stays chosen."""
    spot = _spot(here)
    return _gone(here) if spot is None else _redraw(here, replace(spot, choosing=False))


@on.click("bills.tick", right=SIGNERS, now=True)
def tick(here: Here) -> None:
    """A box was ticked or cleared."""
    spot = _spot(here)
    return _gone(here) if spot is None else _redraw(here, spot)


@on.click("bills.clear", right=SIGNERS, now=True)
def clear(here: Here) -> None:
    """Nothing is chosen any more. The boxes get other names, so that Slack clears them, too."""
    spot = _spot(here)
    pile = _pile(here, spot)
    if spot is None or pile is None:
        return _gone(here)
    with here.desk.store.write() as tx:
        piles.move(tx, pile, piles.DROPPED)
        args = (here.company.id, here.said.team, here.said.user, Act.APPROVE, piles.CHOOSING, here.desk.clock())
        fresh = piles.begin(tx, *args)
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
def back_to_list(here: Here) -> None:
    """From the form back to the list."""
    subject = subject_of(here, here.said.value, "bills.list")
    if subject is None:
        return _gone(here)
    here.chat.refresh(here.said.view, bill_page.drawn(here, Spot.of(subject)))
    return None


def _confirm(here: Here, act: Act) -> None:
    spot = _spot(here)
    pile = _pile(here, spot)
    if spot is None or pile is None or pile.state != piles.CHOOSING:
        return _gone(here)
    here.chat.refresh(here.said.view, pile_form.drawn(here, pile, act, spot.subject))
    return None


def _redraw(here: Here, spot: Spot) -> None:
    note = ""
    if spot.pile and not _ticked(here):
        note = here.say("At most {n} bills can be signed together: what is more was not chosen.", n=TOGETHER)
    here.chat.refresh(here.said.view, bill_page.drawn(here, spot, note))


def _ticked(here: Here) -> bool:
    """Takes over the boxes of the page as they stand in the form; False when that would be too many."""
    spot = _spot(here)
    pile = _pile(here, spot)
    if spot is None or pile is None or not spot.choosing or pile.state != piles.CHOOSING:
        return True
    team, now = here.said.team, here.desk.clock()
    with here.desk.store.write() as tx:
        found = (handles.open_(tx, token, team, "bills.tick", now) for token in _tokens(here))
        shown = [Shown.of(handle.subject) for handle in found if handle and handle.company == here.company.id]
        return piles.choose(tx, pile, spot.shown, {one.bill: one.print for one in shown}, TOGETHER)


def _tokens(here: Here) -> list[str]:
    return [token for token in here.said.values.get("bills.tick", "").split(",") if token]


def _pile(here: Here, spot: Spot | None) -> piles.Pile | None:
    """What the reader has chosen in this list."""
    if spot is None or not spot.pile:
        return None
    with here.desk.store.read() as tx:
        found = piles.get(tx, here.company.id, spot.pile)
    return found if (found.team, found.user) == (here.said.team, here.said.user) else None


def _spot(here: Here) -> Spot | None:
    """Where the reader is, by the form he has before him; None for an old one, and for a list not for him any more."""
    subject = subject_of(here, here.said.meta, "bills.list")
    spot = None if subject is None else Spot.of(subject)
    return spot if spot is not None and allowed(here, spot.word) else None


def _gone(here: Here) -> None:
    here.chat.refresh(here.said.view, notices.list_again(here.say, "bills.list"))
