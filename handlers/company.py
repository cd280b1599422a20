"""Of several companies the one a person is at: shown, and chosen from a list or by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from handlers import rights
from handlers.buttons import in_use, pressed
from handlers.chat import Block
from handlers.desk import Here
from handlers.readers import belonging
from handlers.routing import Router, routes
from handlers.views import company as views
from handlers.views.company import Choice
from storage import companies, handles, members
from storage.companies import Company

on = Router()

BE = "company.be"


@on.command("company", usage="[NAME]", help="Which of your companies you are at, and go to another", unconnected=True)
def at(here: Here) -> None:
    """Without a name the list; with one, there at once."""
    mine, wanted = _mine(here), here.said.text.strip().strip('"')
    if len(mine) == 1 or not wanted:
        return here.whisper(views.where(here.say, here.company.name, _choices(here, mine)))
    found = _named(mine, wanted)
    if len(found) == 1:
        return _go(here, found[0])
    return here.whisper(views.which(here.say, wanted, _choices(here, found or mine)))


@on.click(BE, unconnected=True)
def be(here: Here) -> None:
    """Chosen from a list: the handle is the chosen company's, so that company is meant here already."""
    pressed(here, BE)
    return _go(here, here.company)


@on.section("company", place=1, unconnected=True)
def section(here: Here) -> list[Block]:
    """On the Home tab of one who has several: where he is, and the list."""
    mine = _mine(here)
    return views.section(here.say, here.company.name, _choices(here, mine)) if len(mine) > 1 else []


def _mine(here: Here) -> tuple[Company, ...]:
    """The person's own companies; the one he is at when he belongs to none."""
    with here.desk.store.read() as tx:
        ids = belonging(tx, here.said.team, here.said.user) or (here.company.id,)
        return tuple(companies.get(tx, id) for id in ids)


def _named(mine: Sequence[Company], wanted: str) -> list[Company]:
    """The companies a typed name may mean: the very name or business id, else its beginning, else a part of it."""
    typed = wanted.casefold()
    exact = [c for c in mine if typed in (c.name.casefold(), c.business_id.casefold())]
    begun = [c for c in mine if c.name.casefold().startswith(typed)]
    return exact or begun or [c for c in mine if typed in c.name.casefold()]


def _choices(here: Here, mine: Sequence[Company]) -> tuple[Choice, ...]:
    """Nothing to choose among one. Companies of one name are told apart by their business ids."""
    if len(mine) < 2:
        return ()
    twice = Counter(company.name for company in mine)
    with here.desk.store.write() as tx:
        return tuple(
            Choice(
                handles.issue(tx, c.id, here.said.team, BE, c.id, here.desk.clock()),
                f"{c.name} · {c.business_id}" if twice[c.name] > 1 else c.name,
                c.id == here.company.id,
            )
            for c in mine
        )


def _go(here: Here, company: Company) -> None:
    """Keeps the choice; from the Home tab, that is drawn anew, else it is said."""
    said = here.said
    with here.desk.store.write() as tx:
        members.choose(tx, said.team, said.user, company=company.id)
    there = in_use(rights.here(here.desk, replace(said, company=company.id)))
    home = routes().get("home", "home")
    if said.kind == "click" and not said.channel and not said.view and home is not None:
        return home.run(there)  # type: ignore[no-any-return]
    return there.whisper(views.gone_to(here.say, company.name))
