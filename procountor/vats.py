"""The VAT percentages and statuses a company has switched on."""

from __future__ import annotations

from finance.reference import VatRate, VatStatus
from procountor import codes
from procountor.api import Api
from procountor.wire import base
from procountor.wire import registers as wire


def enabled(api: Api, country: str = "FI") -> tuple[VatRate, ...]:
    """The percentages in use for ``country`` (ISO code), highest first. Raises as any read."""
    return _rates(_default(api), country)


def statuses(api: Api) -> tuple[VatStatus, ...]:
    """The VAT statuses in use, by number. Raises as any read."""
    return _statuses(_default(api))


def both(api: Api, country: str = "FI") -> tuple[tuple[VatRate, ...], tuple[VatStatus, ...]]:
    """Percentages and statuses from one answer."""
    told = _default(api)
    return _rates(told, country), _statuses(told)


def _default(api: Api) -> wire.Vats:
    return base.read(wire.Vats, api.get("vats/default"))


def _rates(told: wire.Vats, country: str) -> tuple[VatRate, ...]:
    """Countries are told by name or by code; the one country of a company may go without either."""
    tables = told.vat_information or []
    mine = [t for t in tables if country in (t.country.upper(), codes.iso_country(t.country.upper()))]
    chosen = mine or [t for t in tables if not t.country] or (tables if len(tables) == 1 else [])
    rates = {p.vat_percent: VatRate(p.vat_percent, p.sales, p.purchase) for t in chosen for p in t.percentages or []}
    return tuple(rates[percent] for percent in sorted(rates, reverse=True))


def _statuses(told: wire.Vats) -> tuple[VatStatus, ...]:
    found = (VatStatus(s.vat_status, s.description, s.sales, s.purchase) for s in told.vat_statuses or [])
    return tuple(sorted(found, key=lambda status: status.number))
