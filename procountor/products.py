"""The product register."""

from __future__ import annotations

from finance.reference import Product
from procountor import codes
from procountor.api import Api
from procountor.wire import base
from procountor.wire import registers as wire


def all(api: Api, kind: str = "SALES") -> tuple[Product, ...]:
    """Every product of a kind (SALES, PURCHASE, TRAVEL); ``unit`` is a UN/ECE code. Raises as any read."""
    return tuple(_product(told) for told in base.read_all(wire.Product, api.pages("products", type=kind)))


def _product(told: wire.Product) -> Product:
    return Product(
        id=told.id,
        code=told.code,
        name=told.name,
        unit=codes.unit_code(told.unit),
        account=told.default_account,
        vat_percent=told.vat,
        price=told.price,
        active=told.active is not False,
        start=told.start_date,
        end=told.end_date,
    )
