"""The command line, `kierto`: each group of commands stands in a module of its own."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

from bot import cli_backup, cli_books, cli_check, cli_hook, cli_keep, cli_keys, cli_practice, cli_run
from bot.backup import Unfit
from bot.connect import NotConnected
from bot.console import complain
from bot.meters import VERSION
from bot.program import NotReady
from bot.skew import WrongClock
from storage import damage
from storage.sealing import KeyMissing

app = typer.Typer(
    name="kierto",
    help="Carries invoices, bills and claims between your project system and Procountor, through Slack.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog="Begin with `kierto try`: a whole practice month, without an account anywhere.",
)
for group in (cli_practice, cli_run, cli_check, cli_books, cli_keep, cli_keys, cli_hook, cli_backup):
    group.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kierto {VERSION}")
        raise typer.Exit


@app.callback()
def begin(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Before any command."""


def main() -> None:
    """Runs the command; what a person can put right is said in a sentence, exit code 2."""
    logging.captureWarnings(True)
    try:
        app()
    except (NotReady, NotConnected, KeyMissing, Unfit, WrongClock) as told:
        complain(str(told))
        sys.exit(2)
    except Exception as failed:
        if (damaged := damage.behind(failed)) is None:
            raise
        complain(str(damaged))
        sys.exit(2)
