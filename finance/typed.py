"""Text that a person typed, as a value of the field it is for."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Union, get_args, get_origin

from finance import identifiers

_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YES, _NO = ("true", "yes", "kyllä", "ja", "1"), ("false", "no", "ei", "nej", "0", "")


class FixError(ValueError):
    """The fix cannot be made; the message says why. ``code`` and ``found`` fill a sentence for the reader."""

    def __init__(self, reason: str, path: str, found: str = "") -> None:
        super().__init__(reason)
        self.path, self.found = path, found


@dataclass(frozen=True, slots=True)
class Fix:
    """``value`` as typed; "" empties the field, and drops an attachment."""

    path: str
    value: str


def parse(kind: Any, fix: Fix) -> Any:
    """The typed text as a value of the field's type."""
    optional, bare, text = kind != bare_type(kind), bare_type(kind), fix.value.strip()
    if not text and optional:
        return None
    if get_origin(bare) is tuple:
        return _parse_many(bare, fix)
    if bare is str:
        return _text(fix)
    for known, parse in _PARSERS.items():
        if bare is known:
            return parse(text, fix)
    if isinstance(bare, type) and issubclass(bare, Enum):
        return _member(bare, text, fix)
    raise FixError(f"{fix.path} is not a single value", fix.path, text)


def _parse_many(kind: Any, fix: Fix) -> tuple[str, ...]:
    """Descriptions by line, other texts (addresses) by blanks and commas; anything else can only be emptied."""
    if not fix.value.strip():
        return ()
    if get_args(kind)[0] is not str:
        raise FixError(f"{fix.path} can only be emptied", fix.path, fix.value)
    if fix.path.endswith("descriptions"):
        return tuple(line for line in fix.value.split("\n") if line.strip())
    return tuple(part for part in re.split(r"[\s,;]+", fix.value) if part)


def _text(fix: Fix) -> str:
    """Text as typed, without blanks around it; codes as they are written in their registers."""
    text = fix.value.strip()
    if fix.path == "payment.iban":
        return identifiers.iban(text)
    if fix.path.endswith((".country", "payment.currency", ".unit_code")):
        return text.upper()
    return text


def _decimal(text: str, fix: Fix) -> Decimal:
    bare = re.sub(r"\s", "", text).strip("%€").replace("−", "-")
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    try:
        value = Decimal(bare)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not re.fullmatch(r"[+-]?[0-9.]{1,40}", bare):
        raise FixError(f"{text or 'nothing'} is not a number", fix.path, text)
    return value


def _day(text: str, fix: Fix) -> date:
    finnish = _DATE.fullmatch(text)
    try:
        if finnish:
            day, month, year = map(int, finnish.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise FixError(f"{text or 'nothing'} is not a date", fix.path, text) from None


def _whole(text: str, fix: Fix) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise FixError(f"{text or 'nothing'} is not a whole number", fix.path, text)
    return int(text)


def _truth(text: str, fix: Fix) -> bool:
    if text.casefold() not in (*_YES, *_NO):
        raise FixError(f"{text} is neither yes nor no", fix.path, text)
    return text.casefold() in _YES


def _member(kind: type[Enum], text: str, fix: Fix) -> Enum:
    try:
        return kind(text.casefold())
    except ValueError:
        known = ", ".join(str(member.value) for member in kind)
        raise FixError(f"{text or 'nothing'} is none of {known}", fix.path, text) from None


_PARSERS: Mapping[type, Any] = {Decimal: _decimal, date: _day, int: _whole, bool: _truth}


def bare_type(kind: Any) -> Any:
    """The type without its "or None"."""
    if get_origin(kind) in (Union, types.UnionType):
        return next(part for part in get_args(kind) if part is not type(None))
    return kind
