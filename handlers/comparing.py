"""What differs between two fetches of reference data, register by register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from finance.identifiers import masked
from finance.reference import Reference
from handlers.views.registers import Register

Pick = Callable[[Reference], Iterable[str] | None]
Values = Mapping[str, Sequence[str]]


def values(fetched: Reference) -> dict[str, list[str]]:
    """What of each register is in use; a register that could not be looked at is left out."""
    found = {name: pick(fetched) for name, pick in _PICKS.items()}
    return {name: sorted(set(told)) for name, told in found.items() if told is not None}


def registers(before: Values, after: Values) -> tuple[Register, ...]:
    """Every register as it is now, with what has come and gone; nothing has where there was nothing to compare with."""
    return tuple(_compare(name, before.get(name, told), told) for name, told in after.items())


def _compare(name: str, then: Iterable[str], now: Sequence[str]) -> Register:
    new, gone = set(now) - set(then), set(then) - set(now)
    return Register(name, len(now), tuple(sorted(new)), tuple(sorted(gone)))


def _accounts(r: Reference) -> Iterable[str]:
    return (a.code for a in r.accounts if a.active)


def _rates(r: Reference) -> Iterable[str]:
    return (f"{v.percent.normalize():f}" for v in r.vat_rates if v.sales)


def _items(r: Reference) -> Iterable[str]:
    return (f"{d.name}: {i.code}" for d in r.dimensions for i in d.items if i.open)


def _products(r: Reference) -> Iterable[str]:
    return (p.code or p.name for p in r.products if p.active)


def _banks(r: Reference) -> Iterable[str]:
    return (masked(a.iban) for a in r.bank_accounts if a.active)


def _periods(r: Reference) -> Iterable[str]:
    return (f"{p.start.isoformat()}/{p.end.isoformat()}" for p in r.periods if p.open)


def _operators(r: Reference) -> Iterable[str] | None:
    return None if r.operators is None else (one.id for one in r.operators)


_PICKS: dict[str, Pick] = {
    "accounts": _accounts,
    "vat": _rates,
    "dimensions": _items,
    "products": _products,
    "banks": _banks,
    "periods": _periods,
    "operators": _operators,
}
