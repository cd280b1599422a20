"""The chart of accounts."""

from __future__ import annotations

from finance.reference import Account
from procountor.api import Api
from procountor.wire import base
from procountor.wire import registers as wire


def all(api: Api) -> tuple[Account, ...]:
    """Every ledger account by its code, those out of use too. Raises as any read."""
    chart = base.read(wire.Chart, api.get("coa"))
    found = (Account(a.ledger_account_code, a.name, a.active is not False) for a in chart.ledger_accounts)
    return tuple(sorted(found, key=lambda account: account.code))
