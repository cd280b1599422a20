"""Bills to the company that have come to its project system: one as Finvoice, the others in a list."""

from __future__ import annotations

from dataclasses import replace

from finance import bank_reference
from finance.invoice import Attachment, EInvoiceAddress, Invoice, Kind, Line, Party, Payment
from sandbox.month import registers
from sandbox.month.days import Days
from sandbox.month.story import Outcome, Told, plain

FIRST_SEEDED = "L-50117"  # the number of the first bill that waits in the practice Procountor


def finvoice_bill(days: Days) -> Told:
    """A supplier's e-invoice that was sent to the project system."""
    supplier, iban = registers.supplier("Pilvipalvelu")
    address = "0037" + supplier.business_id.replace("-", "")
    told = _bill(
        days,
        "KU-20451",
        "Pilvipalvelu",
        plain("Pilvikapasiteetti", "1", "1315.40", "25.5", f"Kulutus {days.numbers}"),
        plain("Varmuuskopiointi", "1", "88", "25.5"),
    )
    invoice = replace(
        told.invoice,
        seller=replace(supplier, e_invoice=EInvoiceAddress("003721291126", address, address)),
        buyer=registers.US,
        payment=Payment(iban, "NDEAFIHH", bank_reference.national("20451"), "14 pv netto", days.due),
        language="fi",
        order_reference="P-1002",
    )
    return replace(told, invoice=invoice)


def listed_bills(days: Days) -> tuple[Told, ...]:
    """Three more: a clean one with its paper, one with a slip in the account, and one that Procountor has already."""
    return (
        _bill(
            days,
            f"{days.issued.year}-118",
            "Alihankkija",
            plain("Alihankintatyö", "38", "82", "25.5", "Satamakäyntien rajapinta", unit="h", project="P-1002"),
            plain("Matkakulut", "1", "164.80", "25.5", project="P-1002"),
            codes="bill.accounting",
            attachments=(Attachment("silta-118.pdf"),),
        ),
        _bill(
            days,
            "77-3312",
            "Kokoustarjoilu",
            plain("Työpajan lounas", "24", "14.20", "13.5"),
            outcome="faulty bill",
            codes="supplier.account_form",
            iban="FI4414033000000061",
        ),
        _bill(
            days,
            FIRST_SEEDED,
            "Alihankkija",
            plain("Alihankintatyö", "1", "4200", "25.5"),
            outcome="arrived",
            codes="bill.arrived",
        ),
    )


def _bill(
    days: Days,
    number: str,
    name: str,
    *lines: Line,
    outcome: Outcome = "bill",
    codes: str = "",
    iban: str = "",
    attachments: tuple[Attachment, ...] = (),
) -> Told:
    supplier, account = registers.supplier(name)
    invoice = Invoice(
        number=number,
        issued=days.issued,
        kind=Kind.BILL,
        seller=Party(supplier.name, supplier.business_id),
        buyer=Party(registers.US.name, registers.US.business_id),
        lines=lines,
        payment=Payment(
            iban or account, reference=bank_reference.national("41" + "".join(filter(str.isdigit, number)))
        ),
        attachments=attachments,
    )
    return Told(replace(invoice, payment=replace(invoice.payment, due=days.due)), outcome, frozenset(codes.split()))
