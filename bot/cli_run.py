"""Commands that run the bot: run, worker, migrate."""

from __future__ import annotations

import typer

from bot import kept, program, skew
from bot.compose import build, now
from bot.console import complain, out, settings
from bot.settings import Settings

RUN = """Hear Slack and do the work, until stopped.

Example: [bold]kierto run[/] with SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN), PROCOUNTOR_CLIENT_ID,
PROCOUNTOR_CLIENT_SECRET, PROCOUNTOR_REDIRECT_URI and KIERTO_SECRET_KEY set, or in `.env`."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command(help=RUN)(run)
    app.command()(worker)
    app.command()(migrate)


def run() -> None:
    found = settings(serving=True)
    _complete(found)
    raise typer.Exit(program.run(found))


def worker() -> None:
    """Only do the work: one more process beside `kierto run`, on PostgreSQL.

    Example: [bold]DATABASE_URL=postgresql://… kierto worker[/]
    """
    stop = program.stopping()
    kept_by_run = kept.watch(stop)
    found = settings(serving=True)
    if not kept_by_run:
        skew.admit(skew.measured(found, now))
    if not stop.is_set():
        program.work(found, stop)


def migrate() -> None:
    """Bring the database to the newest form. Safe to repeat; `run` does it too.

    Example: [bold]kierto migrate[/]
    """
    build(settings()).close()
    out.print("[green]✓[/] The database is up to date.")


def _complete(found: Settings) -> None:
    missing = found.missing()
    if missing:
        for name, where in missing:
            complain(f"{name} is not set: {where}.")
        raise typer.Exit(2)
