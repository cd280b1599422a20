"""What foreign currencies cost."""

from __future__ import annotations

from finance.reference import CurrencyRate
from procountor.api import Api
from procountor.errors import Broken, Forbidden, NotFound
from procountor.wire import base
from procountor.wire import registers as wire


def latest(api: Api) -> tuple[CurrencyRate, ...]:
    """The latest accounting rates by currency code: the amount one unit of the company's own currency is in the other.

    None when the key may not see them or they cannot be read: they are only offered to a person, and no invoice in
    the company's own currency may wait for them. Raises otherwise as any read.
    """
    try:
        told = base.read(wire.CurrencyRates, api.get("currencies/latest"))
    except (Forbidden, NotFound, Broken):
        return ()
    found = {
        rate.currency_code: CurrencyRate(rate.currency_code, rate.currency_rate, told.currency_date)
        for rate in told.rates or []
        if rate.currency_code and rate.currency_code != told.base_currency and rate.currency_rate
    }
    return tuple(found[code] for code in sorted(found))
