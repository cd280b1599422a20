"""What an answer means: status and body in, the parsed JSON or the right member of the error family out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from procountor import payload
from procountor.errors import (
    Broken,
    Busy,
    Forbidden,
    NotAllowed,
    NotFound,
    NotSent,
    Problem,
    ProcountorError,
    Refused,
    Unauthorized,
    Unsure,
)

KINDS: dict[int, type[Refused]] = {401: Unauthorized, 403: Forbidden, 404: NotFound, 429: Busy}
UNCLEAR_AFTER_WRITE = frozenset({404, 408, 425, 429})
"""A 404 may mean "could not be saved"; 408 and 429 do not promise that nothing was done."""

PAGE = 200
"""Entries in a page and ids in a batch: the most Procountor gives."""

_LONGEST = 500
_INTERFACES = re.compile(r"invoiceable|chargeable|billable", re.IGNORECASE)
_CODE = re.compile(r"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?::\s*(.*))?")
_INVALID = re.compile(r"Value of the '([^']*)' field is invalid")
_BLANK = re.compile(r"Value of the '([^']*)' cannot be blank")


def understand(status: int, body: bytes, *, write: bool) -> Any:
    """The parsed JSON of a 2xx answer (None for an empty one); anything else raises what it means."""
    unclear: type[ProcountorError] = Unsure if write else Broken
    if 200 <= status < 300:
        if not body.strip():
            return None
        try:
            found = payload.decode(body)
        except ValueError as unread:
            raise unclear(f"answer {status} of {len(body)} bytes is not JSON") from unread
        if isinstance(found, dict) and _tells_of_an_error(found):
            raise unclear(f"answer {status} tells of an error")
        return found
    if status >= 500:
        raise Unsure(f"answer {status}")
    if not 400 <= status < 500 or (write and status in UNCLEAR_AFTER_WRITE):
        raise unclear(f"answer {status}")
    found = problems(status, body)
    if not found and write and status != 401:
        raise Unsure(f"answer {status} without a reason")
    raise KINDS.get(status, Refused)(found or (Problem(f"HTTP_{status}", status=status),))


def understand_token(status: int, body: bytes) -> tuple[str, int]:
    """The access token and its life in seconds. Without one the request behind it was never sent."""
    if status >= 500 or status in (408, 429) or status < 200 or 300 <= status < 400:
        raise NotSent(f"token address answered {status}")
    if status >= 400:
        raise _no_token(status, problems(status, body) or (Problem(f"HTTP_{status}", status=status),))
    try:
        answer = payload.decode(body)
        token, life = answer["access_token"], int(answer.get("expires_in") or 3600)
    except (ValueError, TypeError, KeyError, AttributeError) as unread:
        raise NotSent("the answer of the token address has no token") from unread
    if not isinstance(token, str) or not token.isascii() or not token.strip():
        raise NotSent("the answer of the token address has no token")
    return token, life


def _no_token(status: int, told: tuple[Problem, ...]) -> Unauthorized:
    """Why there is no token. What a company answers that allows no chargeable interfaces is not documented: a 403, or
    any answer that names them, is taken for it."""
    named = any(_INTERFACES.search(f"{problem.code} {problem.message}") for problem in told)
    return NotAllowed(told) if status == 403 or named else Unauthorized(told)


def page(found: Any) -> tuple[list[dict[str, Any]], int]:
    """The entries of a page and how many a full page would have. Raises Broken."""
    entries = found.get("results") if isinstance(found, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Broken("a list without results")
    meta = found.get("meta")
    size = meta.get("pageSize") if isinstance(meta, dict) else None
    return entries, size if isinstance(size, int) and 0 < size <= PAGE else PAGE


def problems(status: int, body: bytes) -> tuple[Problem, ...]:
    """The problems in an error answer of any of the known shapes; none when it has none of them."""
    try:
        answer = payload.decode(body)
    except ValueError:
        return ()
    return tuple(_listed(status, answer)) if isinstance(answer, dict) else ()


def _listed(status: int, answer: dict[str, Any]) -> Iterator[Problem]:
    for entry in _objects(answer.get("errors")):
        yield _problem(status, _word(entry, "message"), _word(entry, "field"))
    for entry in _objects(answer.get("constraintViolations")):
        field = _word(entry, "field") or _word(entry, "propertyPath")
        code = _word(entry, "errorCode") or f"HTTP_{status}"
        yield Problem(code, field, status, _word(entry, "message"))
    if isinstance(answer.get("error"), str):
        yield Problem(_word(answer, "error"), "", status, _word(answer, "error_description"))
    if not {"errors", "constraintViolations", "error"} & answer.keys() and isinstance(answer.get("message"), str):
        yield _problem(status, _word(answer, "message"), "")


def _problem(status: int, message: str, field: str) -> Problem:
    """Messages are codes or English sentences; two sentences name a field instead of giving one."""
    joined = re.sub(r"\s*[\r\n]+\s*", "", message)
    if coded := _CODE.fullmatch(joined):
        return Problem(coded[1], field, status, coded[2] or "")
    for pattern, code in ((_INVALID, "INVALID_VALUE"), (_BLANK, "BLANK_VALUE")):
        if said := pattern.search(message):
            return Problem(code, field or said[1], status, message)
    return Problem(f"HTTP_{status}", field, status, message)


def _objects(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _tells_of_an_error(answer: dict[str, Any]) -> bool:
    """Never seen, but a success that names an error is neither. A ``message`` alone is how successes are worded."""
    named = _objects(answer.get("errors")) or _objects(answer.get("constraintViolations"))
    return bool(named) or (isinstance(answer.get("error"), str) and bool(answer["error"]))


def _word(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return str(value)[:_LONGEST].strip() if value is not None else ""
