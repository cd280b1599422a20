"""The registers of customers and suppliers."""

from __future__ import annotations

from collections.abc import Iterable

from finance.reference import Customer
from procountor.api import Api
from procountor.wire import base
from procountor.wire import registers as wire

CUSTOMER, SUPPLIER = "CUSTOMER", "SUPPLIER"


def all_customers(api: Api) -> tuple[Customer, ...]:
    """The customers in use. Raises as any read."""
    return _partners(api, CUSTOMER)


def all_suppliers(api: Api) -> tuple[Customer, ...]:
    """The suppliers in use. Raises as any read; Forbidden without the right to their register."""
    return _partners(api, SUPPLIER)


def _partners(api: Api, kind: str) -> tuple[Customer, ...]:
    return tuple(_partner(told) for told in base.read_all(wire.Partner, api.pages("businesspartners", type=kind)))


def _partner(told: wire.Partner) -> Customer:
    numbers = told.invoicing_info or wire.PartnerNumbers()
    return Customer(
        id=told.id,
        name=told.name,
        number=numbers.customer_number,
        business_id=numbers.identifier,
        active=not (told.registry_info and told.registry_info.active is False),
    )


def account(api: Api, id: int) -> str:
    """The account a partner is paid to, without spaces; "" when the register has none. Raises as any read."""
    return _account(base.read(wire.PartnerAccount, api.get(f"businesspartners/{id}")))


def accounts(api: Api, ids: Iterable[int]) -> dict[int, str]:
    """As ``account`` for many partners; those not there are left out."""
    return {told.id: _account(told) for told in base.read_all(wire.PartnerAccount, api.batch("businesspartners", ids))}


def _account(told: wire.PartnerAccount) -> str:
    return "".join(told.payment_info.bank_account.split()).upper() if told.payment_info else ""
