"""Clean sales invoices for the practice company, as many as wanted."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from finance.invoice import Address, Channel, EInvoiceAddress, Invoice, Line, Party, Payment

IBAN = "FI2112345600000785"


def invoice(number: str, today: date, rows: int = 1) -> Invoice:
    """A domestic e-invoice that preflight lets through."""
    address = Address("Asiakas Oy", street="Katu 1", post_code="00100", city="Helsinki", country="FI")
    buyer = Party(
        name="Asiakas Oy",
        business_id="1572860-0",
        address=address,
        e_invoice=EInvoiceAddress("BAWCFI22", "003715728600"),
    )
    lines = tuple(
        Line(
            name=f"Konsultointi {i + 1}",
            quantity=Decimal(10),
            unit="h",
            unit_code="HUR",
            unit_price=Decimal("120.00"),
            vat_percent=Decimal("25.5"),
            account="3000",
        )
        for i in range(rows)
    )
    return Invoice(
        number,
        today,
        seller=Party("Pohjantuuli Konsultointi Oy", "2077474-0"),
        buyer=buyer,
        lines=lines,
        payment=Payment(iban=IBAN, due=today + timedelta(days=14)),
        channel=Channel.E_INVOICE,
        language="fi",
        delivery_start=today,
    )
