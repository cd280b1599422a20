"""A failure's number: the person and the log share it, and the log holds nothing of what was said."""

from __future__ import annotations

import logging
import secrets
import traceback
from pathlib import PurePath

from handlers.chat import ChatTrouble

DEEPEST = 8


def note(log: logging.Logger, what: str, failed: BaseException) -> str:
    """Logs where ``what`` failed and gives the incident's number.

    Only the kinds of the exceptions and their places are written: their messages quote rows, names and payloads.
    """
    number = secrets.token_hex(4)
    log.error("incident %s: %s: %s", number, what, told(failed))
    return number


def refused(log: logging.Logger, what: str, who: str) -> None:
    """Somebody wanted what he may not: which route, and who, by Slack's ids."""
    log.warning("refused: %s wanted %s", who, what)


def told(failed: BaseException) -> str:
    """The kinds of an exception and of those it came from, each with its places in the code; none of their words."""
    return " from ".join(_kind(error) for error in _chain(failed))


def _chain(failed: BaseException) -> list[BaseException]:
    found = [failed]
    while (before := found[-1].__cause__) is not None and len(found) < DEEPEST:
        found.append(before)
    return found


def _kind(error: BaseException) -> str:
    word = f" {error.code}" if isinstance(error, ChatTrouble) else ""
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    places = " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__}{word} ({places})"
