"""Which days are open for bookkeeping."""

from __future__ import annotations

from finance.reference import Period
from procountor.api import Api
from procountor.wire import base
from procountor.wire import registers as wire


def periods(api: Api) -> tuple[Period, ...]:
    """The tracking periods of every fiscal year, oldest first; a year without any counts as one. Raises as any read.

    Only CLOSED shuts a period; a period of a closed year is closed whatever it says itself.
    """
    told = base.read(wire.FiscalYears, api.get("fiscalyears"))
    return tuple(sorted((p for year in told.fiscal_years for p in _of(year)), key=lambda p: p.start))


def _of(year: wire.FiscalYear) -> list[Period]:
    is_open = year.open is not False
    parts = [Period(p.start_date, p.end_date, is_open and p.status != "CLOSED") for p in year.tracking_periods or []]
    return parts or [Period(year.start_date, year.end_date, is_open)]
