"""JSON as money needs it: Decimals go out digit for digit and come in as Decimals; only Windows-1252 text leaves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

from procountor.errors import NotEncodable, Problem, Unsendable

NOT_WINDOWS_1252 = "NOT_WINDOWS_1252"
DIGITS = 30
"""The most digits of a fraction before its point, and the most zeros behind it."""
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def encode(value: object) -> bytes:
    """``value`` as JSON in UTF-8. Raises NotEncodable for characters Procountor does not take (rule R01)."""
    check(value)
    return _text(value).encode()


def decode(body: bytes) -> Any:
    """The JSON in ``body`` (UTF-8), fractions as Decimal.

    Raises ValueError for anything else: NaN, deep nesting, a name that comes twice in one object (which of the two
    would count is a guess), and numbers of a size that no amount has and that would take gigabytes to write out.
    """
    try:
        value = json.loads(
            body.decode("utf-8-sig"), parse_float=_fraction, parse_constant=_refuse, object_pairs_hook=_object
        )
    except RecursionError as deep:
        raise ValueError("nested too deep") from deep
    return _clean(value) if _SUSPECT.search(body) else value


def check(value: object) -> None:
    """Raises NotEncodable naming every field whose text has characters outside Windows-1252."""
    problems = tuple(_foreign(value, ""))
    if problems:
        raise NotEncodable(problems)


def _foreign(value: object, path: str) -> Iterator[Problem]:
    if isinstance(value, str):
        bad = "".join(dict.fromkeys(sign for sign in value if not _encodable(sign)))
        if bad:
            yield Problem(NOT_WINDOWS_1252, path, 0, bad)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _foreign(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _foreign(item, f"{path}[{index}]")


def _encodable(sign: str) -> bool:
    if sign < "\x7f":
        return True
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _text(value: object) -> str:
    """``value`` as JSON text; the standard encoder would make a float or a string of a Decimal."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise Unsendable([Problem("NOT_A_NUMBER", message=str(value))])
        return format(value, "f")
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(str(key))}:{_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_text(item) for item in value) + "]"
    if value is None or isinstance(value, str | bool | int):
        return json.dumps(value, ensure_ascii=False)
    raise TypeError(f"{type(value).__name__} has no JSON form here")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _fraction(text: str) -> Decimal:
    value = Decimal(text)
    if not -DIGITS <= value.adjusted() <= DIGITS:
        raise ValueError("a number of a size that no amount has")
    return value


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(members)
    if len(made) != len(members):
        raise ValueError("a name comes twice in one object")
    return made


def _clean(value: Any) -> Any:
    """The same without NUL and lone surrogates, which no database and no encoding takes."""
    if isinstance(value, str):
        return _UNKEEPABLE.sub("�", value)
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value
