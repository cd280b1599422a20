"""Documents to canonical JSON and back, so that equal documents have equal text and equal hashes."""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def dump(value: object) -> str:
    """``value`` (a dataclass, possibly nested) as JSON: keys sorted, Decimals as text, defaults left out."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(kind: type[T], text: str) -> T:
    """The value that ``dump`` wrote. Raises ValueError when the text does not fit ``kind``."""
    try:
        result = _typed(kind, json.loads(text))
    except (TypeError, KeyError, ArithmeticError) as unfit:
        raise ValueError(f"not a {kind.__name__}: {unfit}") from unfit
    return result  # type: ignore[no-any-return]


def content_hash(value: object) -> str:
    """SHA-256 (hex) of the canonical JSON; equal for equal documents only."""
    return hashlib.sha256(dump(value).encode()).hexdigest()


def _plain(value: object) -> Any:
    if is_dataclass(value):
        kept = ((f, getattr(value, f.name)) for f in fields(value))
        return {f.name: _plain(v) for f, v in kept if v != f.default or type(v) is not type(f.default)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _tagged(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _tagged(value: object) -> Any:
    """A mapping's values may be of several types: amounts and dates say which they are."""
    if isinstance(value, Decimal):
        return {"decimal": f"{value:f}"}  # as written: 10.40 is shown as 10.40
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return _plain(value)


def _number(value: Decimal) -> str:
    """One text for equal amounts: 10, 10.0 and 1E+1 are the same money."""
    return format(value.normalize(), "f") if value else "0"


def _typed(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _either(kind, value)
    if origin is tuple:
        kinds = get_args(kind)
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return tuple(_typed(kinds[0], item) for item in value)
        return tuple(_typed(k, item) for k, item in zip(kinds, value, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {key: _typed(get_args(kind)[1], item) for key, item in value.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _typed(hints[name], item) for name, item in value.items() if name in hints})
    return _scalar(kind, value)


def _either(kind: Any, value: Any) -> Any:
    kinds = [a for a in get_args(kind) if a is not type(None)]
    if value is None or len(kinds) == 1:
        return None if value is None else _typed(kinds[0], value)
    if isinstance(value, dict):
        return Decimal(value["decimal"]) if "decimal" in value else date.fromisoformat(value["date"])
    return value


def _scalar(kind: Any, value: Any) -> Any:
    if kind is Decimal:
        return Decimal(value["decimal"] if isinstance(value, dict) else value)  # in a mapping it says what it is
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return _HINTS[kind]
