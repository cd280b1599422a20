"""Which e-invoice operators the customers of a company have."""

from __future__ import annotations

from collections.abc import Iterable

from finance.operators import tally
from finance.reference import Customer, OperatorSeen
from procountor.api import Api
from procountor.errors import Forbidden
from procountor.wire import base
from procountor.wire import operators as wire


def seen(api: Api, customers: Iterable[Customer]) -> tuple[OperatorSeen, ...] | None:
    """The operators of these customers' own entries, 200 entries a request. Raises as any read.

    Only a customer's whole entry tells it; None when the key may see the list and not the entries.
    """
    try:
        entries = api.batch("businesspartners", (customer.id for customer in customers if customer.active))
    except Forbidden:
        return None
    told = base.read_all(wire.Partner, entries)
    return tally(one.invoicing_info.einvoice_operator for one in told if one.invoicing_info)
