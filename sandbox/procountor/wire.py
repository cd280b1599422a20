"""What crosses the wire: JSON with exact decimals, answers, and refusals in the two error shapes clients meet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Doc = dict[str, Any]

NO_RIGHTS = "User rights check failed: Insufficient user rights"
HTML_500 = (
    b"<html>\r\n<head><title>500 Internal Server Error</title></head>\r\n<body>\r\n"
    b"<center><h1>500 Internal Server Error</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


@dataclass(frozen=True, slots=True)
class Violation:
    """One entry of an error answer: a dotted path with indices (or none) and a code or sentence."""

    field: str | None
    message: str


class Refused(Exception):
    """The request is refused with this status; the caller answers with all its violations at once."""

    def __init__(self, status: int, violations: Sequence[Violation]) -> None:
        super().__init__(f"{status}: {'; '.join(v.message for v in violations)}")
        self.status = status
        self.violations = tuple(violations)


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer, before any fault gets at it."""

    status: int
    body: bytes = b""
    media: str = "application/json"
    headers: tuple[tuple[str, str], ...] = field(default=())


def refuse(message: str, *, status: int = 400, path: str | None = None) -> Refused:
    """A refusal with a single violation."""
    return Refused(status, [Violation(path, message)])


def not_found(what: str) -> Refused:
    """404, also used for what the token's user must not see."""
    return refuse(f"{what} not found.", status=404)


def wrong_status(action: str, status: str) -> Refused:
    """403 for a resource in the wrong status: the same number as missing rights, on purpose."""
    return refuse(f"Action '{action}' is not allowed when the status is {status}.", status=403)


def no_rights() -> Refused:
    return refuse(NO_RIGHTS, status=403)


def loads(raw: bytes) -> Any:
    """JSON with decimals kept exact; NaN and Infinity are no JSON. Raises Refused (400)."""
    try:
        return json.loads(raw, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise refuse("Malformed request: the body is not valid JSON.") from error


def dumps(value: Any) -> bytes:
    """JSON bytes; decimals become numbers."""
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":")).encode()


def public(doc: Doc) -> Doc:
    """A stored document without the members the server keeps for itself (leading underscore)."""
    return {name: value for name, value in doc.items() if not name.startswith("_")}


def ok(value: Any) -> Answer:
    return Answer(200, dumps(value))


def info(message: str) -> Answer:
    """The InfoMessage that every action answers with."""
    return ok({"message": message})


def error_answer(refused: Refused, shape: str) -> Answer:
    """The error envelope; `shape` "constraintViolations" gives the old one that some clients still meet."""
    if shape == "constraintViolations" and refused.status == 400:
        old = [{"errorCode": v.message, **({"propertyPath": v.field} if v.field else {})} for v in refused.violations]
        return Answer(refused.status, dumps({"constraintViolations": old}))
    errors = []
    for violation in refused.violations:
        entry: Doc = {"status": refused.status}
        if violation.field is not None:
            entry["field"] = violation.field
        errors.append({**entry, "message": violation.message})
    return Answer(refused.status, dumps({"errors": errors}))


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _plain(value: object) -> float | str:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
