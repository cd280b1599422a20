"""The company's own bank accounts."""

from __future__ import annotations

from finance.reference import BankAccount
from procountor.api import Api
from procountor.wire import base
from procountor.wire import registers as wire


def all(api: Api) -> tuple[BankAccount, ...]:
    """Every account, closed ones too. Raises as any read."""
    return tuple(
        BankAccount(
            iban="".join(told.iban.split()).upper(),
            bic=told.bic,
            currency=told.currency or "EUR",
            active=told.status != "INACTIVE",
            default_for_invoice=told.default_for_invoice,
        )
        for told in base.read_all(wire.OwnAccount, api.pages("bankaccounts"))
    )
