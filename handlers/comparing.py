"""What differs between two fetches of reference data, register by register."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from finance.identifiers import masked
from finance.reference import Reference
from handlers.views.registers import Register

Pick = Callable[[Reference], Iterable[str]]


def registers(before: Reference | None, after: Reference) -> tuple[Register, ...]:
    """Every register as it is now, with what has come and gone; nothing has before the first fetch."""
    return tuple(_compare(name, pick, before, after) for name, pick in _PICKS.items())


def _compare(name: str, pick: Pick, before: Reference | None, after: Reference) -> Register:
    now = set(pick(after))
    then = set(pick(before)) if before else now
    return Register(name, len(now), tuple(sorted(now - then)), tuple(sorted(then - now)))


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


_PICKS: dict[str, Pick] = {
    "accounts": _accounts,
    "vat": _rates,
    "dimensions": _items,
    "products": _products,
    "banks": _banks,
}
