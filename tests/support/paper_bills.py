"""Bills that were born in the project system: clean ones for the practice company, as many as wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from finance.invoice import Address, Attachment, Invoice, Kind, Line, Party, Payment
from sandbox.procountor.seed_partners import suppliers

US = Party("Pohjantuuli Konsultointi Oy", "2077474-0")
_FIRST = suppliers("")[0]
SILTA, SILTA_IBAN = int(_FIRST["id"]), str(_FIRST["paymentInfo"]["bankAccount"])


def supplier(place: int = 0) -> tuple[Party, str]:
    """A supplier of the practice register, and his account."""
    doc = suppliers("")[place]
    address = Address(doc["name"], street=doc["address"]["street"], post_code="01510", city="Vantaa", country="FI")
    party = Party(doc["name"], doc["invoicingInfo"]["identifier"], address=address)
    return party, str(doc["paymentInfo"]["bankAccount"])


def bill(number: str, today: date, *, place: int = 0, attachments: tuple[str, ...] = (), **changes: Any) -> Invoice:
    """A domestic bill that preflight lets through; ``place`` chooses the supplier, ``changes`` replace members."""
    seller, iban = supplier(place)
    line = Line(
        name="Alihankintatyö",
        quantity=Decimal(10),
        unit="h",
        unit_code="HUR",
        unit_price=Decimal("82.00"),
        vat_percent=Decimal("25.5"),
    )
    made = Invoice(
        number,
        today,
        Kind.BILL,
        seller=seller,
        buyer=US,
        lines=(line,),
        payment=Payment(iban=iban, due=today + timedelta(days=14)),
        attachments=tuple(Attachment(name) for name in attachments),
    )
    return replace(made, **changes)
