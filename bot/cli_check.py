"""The command check: the setup's checklist in the terminal, after what the program itself needs."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table as Grid

from bot import skew
from bot.cli_company import company_named
from bot.compose import House, build
from bot.connect import NotConnected, connect_company
from bot.console import complain, out, settings
from bot.plain import plain
from handlers import checklist, papers, probing
from handlers.views.steps import Mark, Step, left
from handlers.views.tongue import Tongue
from storage import companies

SIGNS = {
    Mark.OK: "[green]✓[/]",
    Mark.WRONG: "[red]✗[/]",
    Mark.TODO: "[yellow]○[/]",
    Mark.OPEN: "[blue]i[/]",
}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(check)


def check(
    company: Annotated[str, typer.Option("--company", help="Only this company, by name or business id")] = "",
) -> None:
    """Say what is set, what is missing and where to get it: the checklist of `/procountor setup`, in the terminal.

    Example: [bold]kierto check[/]. Exit code 0 when everything needed is in place, 1 when something is missing.
    """
    found = settings()
    grid = Grid(show_header=False, box=None)
    for name, where in found.missing():
        grid.add_row(SIGNS[Mark.WRONG], name, where)
    if found.missing():
        out.print(grid)
        raise typer.Exit(1)
    house = build(found)
    try:
        connect_company(house)
        skew.look(house)
        there = _companies(house, company)
        if not there:
            complain("There is no company yet: install the app to a Slack workspace and start `kierto run` once.")
            raise typer.Exit(1)
        waiting = [one for id in there for one in _told(house, id)]
    except NotConnected as told:
        complain(str(told))
        raise typer.Exit(1) from told
    finally:
        house.close()
    if waiting:
        raise typer.Exit(1)
    out.print("[green]✓[/] Everything needed is in place.")


def _companies(house: House, name: str) -> list[str]:
    """The one named, else all."""
    if name:
        return [company_named(house, name).id]
    with house.store.read() as tx:
        return [company.id for company in companies.everyone(tx)]


def _told(house: House, id: str) -> tuple[Step, ...]:
    """Prints a company's checklist as it stands now; gives what is left."""
    with out.status("Looking at Procountor…"):
        probing.look(house.desk, id)
        company = papers.company_of(house.desk, id)
        steps = checklist.gathered(house.desk, company, Tongue("en"))
    grid = Grid(show_header=False, box=None, padding=(0, 1))
    for step in steps:
        grid.add_row(SIGNS[step.mark], escape(step.title), _words(step))
    out.print(f"\n[bold]{escape(company.name)}[/]", grid, sep="\n")
    return left(steps)


def _words(step: Step) -> str:
    """What is so and, where something is left, what to do; there are no buttons here."""
    lines = [step.told, *([step.todo] if step.mark is not Mark.OK else [])]
    return escape("\n".join(plain(line).replace("press Look again", "run this again") for line in lines if line))
