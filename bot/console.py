"""What the command line prints with: one console for people, one for complaints."""

from __future__ import annotations

import sys

from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from bot.logs import log_as
from bot.settings import Settings

out = Console()
err = Console(stderr=True)


def complain(text: str) -> None:
    """A sentence about what is wrong and what to do, on standard error. What somebody wrote in it is no markup."""
    err.print(f"[bold red]✗[/] {escape(text)}", highlight=False)


def settings(*, serving: bool = False) -> Settings:
    """The settings; a value that does not fit is said by name. Ends the program with exit code 2.

    ``serving``: the log goes to standard output and tells of every request; otherwise that is kept for the answer.
    """
    try:
        found = Settings()
    except ValidationError as unfit:
        for error in unfit.errors():
            complain(f"{'.'.join(map(str, error['loc'])).upper()}: {error['msg']}")
        sys.exit(2)
    log_as(found.kierto_log, serving=serving, secrets=found.secrets)
    return found
