"""What the command line prints with: one console for people, one for complaints."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog
from pydantic import ValidationError
from rich.console import Console

from bot.settings import Settings

out = Console()
err = Console(stderr=True)


def complain(text: str) -> None:
    """A sentence about what is wrong and what to do, on standard error."""
    err.print(f"[bold red]✗[/] {text}", highlight=False)


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
    log_as(found.kierto_log, serving=serving)
    return found


def log_as(form: str, *, serving: bool) -> None:
    """Text for a person or one JSON object a line; of libraries only what is wrong."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))
        if form == "json"
        else structlog.processors.format_exc_info,
    ]
    last = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    handler = logging.StreamHandler(sys.stdout if serving else sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO if serving else logging.ERROR)
    for noisy in ("httpx", "httpcore", "apscheduler", "alembic", "dbos", "slack_sdk", "slack_bolt", "urllib3"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
