"""`bills`: what waits for me, what is mine, what is late, everything; page by page."""

from __future__ import annotations

import re
from dataclasses import replace

from finance.authority import Right
from handlers import bill_page, bill_spot, standing
from handlers.bill_page import Spot
from handlers.buttons import pressed
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import bill_page as views
from handlers.views import notices
from storage import bill_lists, rights

on = Router()

WORDS = (*bill_spot.OWN, "all")
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
        told = here.say(
            "I do not know this list. Type one of these after `/procountor bills`: {words}",
            words="mine, waiting, overdue, all, project:P-1001, for @user",
        )
        return here.whisper(notices.plain(told))
    return _open(here, word)


@on.click("bills.open", right=standing.ANY, now=True)
@on.click("bills.all", right=standing.ANY, now=True)
def show_from_home(here: Here) -> None:
    """The list behind a button."""
    return _open(here, pressed(here, "bills.open"))


def _open(here: Here, word: str) -> None:
    if not bill_spot.allowed(here, word):
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


# turning and filtering: the list is drawn anew in the open form


@on.click("bills.filter", right=standing.ANY, now=True)
def narrow(here: Here) -> None:
    """Another list; what was chosen stays chosen."""
    spot = bill_spot.spot(here)
    if spot is None:
        return bill_spot.gone(here)
    word = here.said.value if here.said.value in WORDS and bill_spot.allowed(here, here.said.value) else spot.word
    return bill_spot.redraw(here, replace(spot, word=word, page=0))


@on.click("bills.previous", right=standing.ANY, now=True)
def back(here: Here) -> None:
    """The page before."""
    spot = bill_spot.spot(here)
    return bill_spot.gone(here) if spot is None else bill_spot.redraw(here, replace(spot, page=max(0, spot.page - 1)))


@on.click("bills.next", right=standing.ANY, now=True)
def forth(here: Here) -> None:
    """The page after."""
    spot = bill_spot.spot(here)
    return bill_spot.gone(here) if spot is None else bill_spot.redraw(here, replace(spot, page=spot.page + 1))
