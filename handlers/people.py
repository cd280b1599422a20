"""`/procountor unmatched`: who is not matched between Slack, the project system and Procountor, and who they are."""

from __future__ import annotations

from collections.abc import Callable

from finance.authority import Right
from finance.faces import Side
from handlers import people_list, setting_aside, uniting
from handlers.apart import Outcome, Said
from handlers.buttons import in_use
from handlers.desk import Here
from handlers.faces import Crowd, crowd
from handlers.people_list import Spot
from handlers.routing import Router
from handlers.views import notices, people_form
from storage import staff

on = Router()

EQUAL = 100  # the likeness of equal names


@on.command("unmatched", right=Right.ADMIN, now=True, help="Who is not matched between Slack, projects and Procountor")
def ask(here: Here) -> None:
    """Opens the list."""
    here.chat.open(here.said, people_list.drawn(here, Spot()))


@on.click("people.unmatched", right=Right.ADMIN, now=True)
def ask_by_button(here: Here) -> None:
    """Opens the list from a message, the Home tab or the setup."""
    here.chat.open(here.said, people_list.drawn(here, Spot()))


@on.click("people.previous", right=Right.ADMIN, now=True)
@on.click("people.next", right=Right.ADMIN, now=True)
@on.click("people.waiting", right=Right.ADMIN, now=True)
@on.click("people.matched", right=Right.ADMIN, now=True)
@on.click("people.aside_list", right=Right.ADMIN, now=True)
def turn(here: Here) -> None:
    """Another page, or another of the three lists."""
    spot = in_use(people_list.spot(here, here.said.value, "people.page"))
    return _show(here, spot)


@on.click("people.look", right=Right.ADMIN, now=True)
def look_again(here: Here) -> None:
    """Has Slack and Procountor looked at anew by a worker."""
    spot = in_use(people_list.spot(here, here.said.value, "people.page"))
    _look(here)
    return _show(here, spot, people_form.looked(here.say))


@on.click("people.start", right=Right.ADMIN)
def start(here: Here) -> None:
    """The same from the setup, where no list is open."""
    _look(here)
    here.whisper(notices.plain(people_form.looked(here.say)))


def _look(here: Here) -> None:
    """Asked twice within a minute it is one look."""
    desk, company = here.desk, here.company.id
    with desk.store.write() as tx:
        desk.work.soon(tx, "hear", "people.match", f"{desk.clock():%Y%m%d%H%M}", company, [company])


@on.click("people.same", right=Right.ADMIN, now=True)
def same(here: Here) -> None:
    """Yes, these are one."""
    _do(here, lambda spot: uniting.unite(here, spot.keys, staff.NAME), people_form.done)


@on.click("people.all", right=Right.ADMIN)
def all_equal(here: Here) -> None:
    """Yes to all that were shown with equal names: each is looked at again, and joined only if it still is so."""
    page, groups = in_use(people_list.equal_ones(here, here.said.value))
    with here.desk.store.read() as tx:
        still = {p.keys for p in crowd(tx, here.company.id).matching.proposals if p.likeness == EQUAL}
    outcomes = [uniting.unite(here, keys, staff.NAME) for keys in groups if frozenset(keys) in still]
    done = sum(outcome.said is Said.DONE for outcome in outcomes)
    return _show(here, Spot(page=page), people_form.all_done(here.say, done, len(groups) - done))


@on.click("people.differ", right=Right.ADMIN, now=True)
def differ(here: Here) -> None:
    """No, these are not."""
    _do(here, lambda spot: setting_aside.differ(here, spot.keys), people_form.differ)


@on.click("people.aside", right=Right.ADMIN, now=True)
def aside(here: Here) -> None:
    """None of the company's people: of those who look like one, the Slack user is meant."""

    def act(spot: Spot) -> Outcome:
        slack = [key for key in spot.keys if key[0] is Side.SLACK]
        return setting_aside.set_aside(here, slack or spot.keys)

    _do(here, act, people_form.set_aside)


@on.click("people.bring_back", right=Right.ADMIN, now=True)
def bring_back(here: Here) -> None:
    _do(here, lambda spot: setting_aside.bring_back(here, spot.keys), people_form.brought_back)


@on.click("people.undo", right=Right.ADMIN, now=True)
def undo(here: Here) -> None:
    """The Slack user is not this person."""

    def act(spot: Spot) -> Outcome:
        id = people_list.kept(_crowd(here), spot.keys)
        return uniting.part(here, id, Side.SLACK) if id is not None else Outcome(Said.GONE)

    _do(here, act, people_form.parted)


def _do(here: Here, act: Callable[[Spot], Outcome], told: Callable[..., str]) -> None:
    """Does what a button says to those it stands for, and shows the list as it then is."""
    spot = in_use(people_list.spot(here, here.said.value, "people.entry"))
    return _show(here, spot, people_list.told(here, act(spot), told))


def _show(here: Here, spot: Spot, done: str = "") -> None:
    """In the list where the button stands in it, else as an answer to the one who pressed."""
    if here.said.view:
        here.chat.refresh(here.said.view, people_list.drawn(here, spot, done))
    else:
        here.whisper(notices.plain(done))


def _crowd(here: Here) -> Crowd:
    with here.desk.store.read() as tx:
        return crowd(tx, here.company.id)
