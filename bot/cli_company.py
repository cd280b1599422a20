"""Which company a command is about: the only one, or the one that is named."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.compose import House
from bot.connect import connect_company
from bot.console import complain
from storage import companies
from storage.companies import Company

Name = Annotated[str, typer.Option("--company", help="The company's name or business id, when there are several")]


def company_named(house: House, name: str) -> Company:
    """The company meant; the only one when no name is given. Ends the program with a sentence otherwise.

    The first time, the company of PROCOUNTOR_API_KEY is connected.
    """
    with house.store.read() as tx:
        everyone = companies.everyone(tx)
    if not everyone and connect_company(house):
        return company_named(house, name)
    wanted = name.strip().casefold()
    found = [c for c in everyone if not wanted or wanted in (c.name.casefold(), c.business_id.casefold())]
    if len(found) == 1:
        return found[0]
    names = ", ".join(c.name for c in everyone) or "none yet: set PROCOUNTOR_API_KEY"
    complain(f"Which company? Name it with --company. There are: {names}")
    raise typer.Exit(2)
