"""What differs between two versions of an invoice or a bill, told field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from difflib import SequenceMatcher

from finance.bill import Bill, BillRow, Paper
from finance.faults import Fact
from finance.invoice import Attachment, CashDiscount, Invoice, Line, StatedVat

Value = Fact | bool | None


@dataclass(frozen=True, slots=True)
class Change:
    """One field: ``old`` and ``new`` keep their types; None means there was (or is) nothing there.

    A row that came or went is one change, told by its name; the place of a row that went is in the old invoice.
    """

    path: str
    old: Value
    new: Value


def differences(old: Invoice | Bill, new: Invoice | Bill) -> tuple[Change, ...]:
    """The changes that make ``new`` out of ``old``, in the order of the fields; empty when they are equal."""
    return tuple(_fields("", old, new))


def _fields(path: str, old: object, new: object) -> Iterator[Change]:
    for f in fields(old):  # type: ignore[arg-type]  # only called with dataclasses
        here = f"{path}.{f.name}" if path else f.name
        yield from _values(here, getattr(old, f.name), getattr(new, f.name))


def _values(path: str, old: object, new: object) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, tuple) and isinstance(new, tuple):
        yield from _texts(path, old, new) if _all_text(old + new) else _items(path, old, new)
    elif is_dataclass(old) and type(old) is type(new):
        yield from _fields(path, old, new)
    else:
        yield Change(path, _told(old), _told(new))


def _items(path: str, old: tuple[object, ...], new: tuple[object, ...]) -> Iterator[Change]:
    """Rows are paired by what is alike, so that a row put in front does not change all that follow."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        paired = min(b - a, d - c)
        for k in range(paired):
            yield from _values(f"{path}[{c + k}]", old[a + k], new[c + k])
        yield from (Change(f"{path}[{i}]", _told(old[i]), None) for i in range(a + paired, b))
        yield from (Change(f"{path}[{i}]", None, _told(new[i])) for i in range(c + paired, d))


def _texts(path: str, old: tuple[object, ...], new: tuple[object, ...]) -> Iterator[Change]:
    yield Change(path, "\n".join(map(str, old)), "\n".join(map(str, new)))


def _all_text(values: tuple[object, ...]) -> bool:
    return all(isinstance(value, str) for value in values)


def _told(value: object) -> Value:
    """A field's value as it is; of a whole part of an invoice, the words it is known by."""
    match value:
        case Line():
            return f"{value.name} · {value.quantity.normalize():f} × {value.unit_price.normalize():f}"
        case BillRow():
            return f"{value.name} · {value.quantity.normalize():f} × {value.unit_price.normalize():f}"
        case Attachment() | Paper():
            return value.name
        case CashDiscount():
            return f"{value.percent.normalize():f} % / {value.days}"
        case StatedVat():
            return f"{value.percent.normalize():f} %: {value.base} + {value.vat}"
        case _ if is_dataclass(value):
            return ", ".join(str(part) for f in fields(value) if (part := getattr(value, f.name)))
    return value  # type: ignore[return-value]  # the fields of an invoice hold nothing but values
