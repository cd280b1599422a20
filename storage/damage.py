"""A damaged database is told by one sentence wherever it is met, and what is kept beside its hash proves itself.

SQLite finds a broken page when it reads it; a changed value in an otherwise whole page it does not. The content of
documents and claims and the bytes of files stand beside their SHA-256 and are held against it at each reading; what is
shown of batches and the copies of registers carry a sum (`storage.sums`).
"""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_UNREADABLE = "Could not decode to UTF-8"


class Damaged(RuntimeError):
    """``what`` is not as it was written: nothing is done with it, and nothing sent."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} is damaged, so nothing is begun and nothing sent. Put the newest backup back: "
            f"kierto restore BACKUP. The damaged file is kept beside it."
        )


def of_file(file: Path) -> Damaged:
    """The sentence about a SQLite file."""
    return Damaged(f"The database file {file}")


def proven(content: str | bytes, sha256: str, what: str) -> None:
    """Raises Damaged when the content does not have this hash; ``what`` names it."""
    if hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest() != sha256:
        raise Damaged(what)


def watch(engine: Engine, file: Path) -> None:
    """From now on what SQLite says of a broken file is raised as Damaged."""

    def translate(failed: ExceptionContext) -> Damaged | None:
        cause = failed.original_exception
        return of_file(file) if _of_damage(cause) or isinstance(cause, UnicodeDecodeError) else None

    event.listen(engine, "handle_error", translate, retval=True)


def behind(failed: BaseException) -> Damaged | None:
    """The damage that an error comes from, also where a library has its own connection; None for another cause."""
    cause: BaseException | None = failed
    while cause is not None:
        if isinstance(cause, Damaged):
            return cause
        original = cause.orig if isinstance(cause, DBAPIError) else cause
        if original is not None and _of_damage(original):
            return Damaged("The database file")
        cause = cause.__cause__ or cause.__context__
    return None


def _of_damage(failed: BaseException) -> bool:
    if not isinstance(failed, sqlite3.Error):
        return False
    code = getattr(failed, "sqlite_errorcode", None)
    return (code is not None and code & 0xFF in _BROKEN) or _UNREADABLE in str(failed)
