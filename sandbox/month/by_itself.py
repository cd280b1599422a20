"""Documents that come in a file of their own: one invoice behind a SOAP frame, and a bill from a supplier."""

from __future__ import annotations

from dataclasses import replace

from finance import bank_reference
from finance.invoice import EInvoiceAddress, Invoice, Kind, Payment
from sandbox.month import registers
from sandbox.month.days import Days
from sandbox.month.story import Told, heading, plain, row, sale


def framed_invoice(days: Days) -> Told:
    """Invoice 1063, which a bank passed on behind a SOAP frame."""
    return sale(
        days,
        1063,
        "Fastighets",
        heading("Felanmälan för hyresgäster"),
        row("KEHI", "44", "Kostnadstak 5 000 €", "Godkänt av Åsa Öhman", name="Systemutveckling"),
        row("MUOT", "9.5", name="Tjänstedesign"),
        cost_centre="220",
        order_reference="GR-77",
    )


def bill(days: Days) -> Told:
    """A supplier's invoice to us, which has come to the project system."""
    supplier, iban = registers.supplier("Pilvipalvelu")
    address = "0037" + supplier.business_id.replace("-", "")
    invoice = Invoice(
        number="KU-20451",
        issued=days.issued,
        kind=Kind.BILL,
        seller=replace(supplier, e_invoice=EInvoiceAddress("003721291126", address, address)),
        buyer=registers.US,
        lines=(
            plain("Pilvikapasiteetti", "1", "1315.40", "25.5", f"Kulutus {days.numbers}"),
            plain("Varmuuskopiointi", "1", "88", "25.5"),
        ),
        payment=Payment(iban, "NDEAFIHH", bank_reference.national("20451"), "14 pv netto", days.due),
        language="fi",
        order_reference="P-1002",
    )
    return Told(invoice, "bill")
