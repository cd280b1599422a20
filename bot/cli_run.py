"""Commands that run the bot: run, worker, migrate, check."""

from __future__ import annotations

import typer
from rich.table import Table as Grid

from bot import program
from bot.compose import build
from bot.connect import NotConnected, connect_company
from bot.console import complain, out, settings
from bot.settings import Settings
from procountor import rights
from procountor.api import Api

RUN = """Hear Slack and do the work, until stopped.

Example: [bold]kierto run[/] with SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN), PROCOUNTOR_CLIENT_ID,
PROCOUNTOR_CLIENT_SECRET, PROCOUNTOR_REDIRECT_URI, PROCOUNTOR_API_KEY and KIERTO_SECRET_KEY set, or in `.env`."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command(help=RUN)(run)
    app.command()(worker)
    app.command()(migrate)
    app.command()(check)


def run() -> None:
    found = settings(serving=True)
    _complete(found)
    raise typer.Exit(program.run(found))


def worker() -> None:
    """Only do the work: one more process beside `kierto run`, on PostgreSQL.

    Example: [bold]DATABASE_URL=postgresql://… kierto worker[/]
    """
    program.work(settings(serving=True), program.stopping())


def migrate() -> None:
    """Bring the database to the newest form. Safe to repeat; `run` does it too.

    Example: [bold]kierto migrate[/]
    """
    build(settings()).close()
    out.print("[green]✓[/] The database is up to date.")


def check() -> None:
    """Say what is set, what is missing and where to get it; then try the connections.

    Example: [bold]kierto check[/]. Exit code 0 when everything is ready, 1 when something is missing.
    """
    found = settings()
    missing = found.missing()
    grid = Grid(show_header=False, box=None)
    for name, where in missing:
        grid.add_row("[red]✗[/]", name, where)
    if missing:
        out.print(grid)
        raise typer.Exit(1)
    house = build(found)
    try:
        id = connect_company(house)
        lacking = _lacking(house.desk.books(id)) if id else ()
    except NotConnected as told:
        complain(str(told))
        raise typer.Exit(1) from told
    finally:
        house.close()
    for path in lacking:
        complain(f"The API key's user lacks the right {path}. Give it in Procountor: Management → Users → user rights.")
    if lacking:
        raise typer.Exit(1)
    out.print("[green]✓[/] Settings, Slack, Procountor, rights and the database are ready.")


def _complete(found: Settings) -> None:
    missing = found.missing()
    if missing:
        for name, where in missing:
            complain(f"{name} is not set: {where}.")
        raise typer.Exit(2)


def _lacking(api: Api) -> tuple[str, ...]:
    """The rights the API key's user needs for this and does not have, by Procountor's names."""
    found = rights.probe(api)
    return (*found.missing("reference"), *found.missing("sales"))
