"""Bills that arrive by themselves: e-invoices of suppliers, in status RECEIVED."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sandbox.procountor import checks
from sandbox.procountor.accounting import create_receipt
from sandbox.procountor.history import note
from sandbox.procountor.outside import merge
from sandbox.procountor.wire import Doc, not_found
from sandbox.procountor.world import Company, World


@dataclass(frozen=True, slots=True)
class Bill:
    """What a test may say about an arriving bill; everything has a default.

    `supplier` is a partner id (default: the first supplier), `term` the days to the due date, `rows` are
    merged into a plain row of 250.00 at 25.5 %, and `changes` into the finished document. `verifiers` and
    `acceptors` are user ids; without both the defaults of the company circulate it.
    """

    supplier: int | None = None
    rows: list[Doc] = field(default_factory=lambda: [{}])
    day: date | None = None
    term: int = 14
    number: str | None = None
    reference: str | None = None
    order_reference: str | None = None
    notes: str | None = None
    verifiers: list[int] | None = None
    acceptors: list[int] | None = None
    changes: Doc = field(default_factory=dict)


def receive(world: World, company: Company, bill: Bill) -> Doc:
    """Puts the bill into the company's inbox. Raises Refused (404) for an unknown supplier."""
    seller = _supplier(company, bill.supplier)
    running = company.next_id("invoicenumbers")
    people = _people(company, bill)
    doc: Doc = {
        "id": company.next_id("invoices"),
        "partnerId": seller["id"],
        "type": "PURCHASE_INVOICE",
        "status": "RECEIVED",
        "counterParty": _party(seller),
        "extraInfo": {"accountingByRow": True, "unitPricesIncludeVat": False},
        "discountPercent": 0,
        "invoiceRows": [_row(company, row) for row in bill.rows],
        "vatStatus": 1,
        "invoiceChannel": "NO_SENDING",
        "originalInvoiceNumber": bill.number or f"L-{20000 + running}",
        "invoiceNumber": running,
        "invoiceOperatorInfo": {"operator": "003721291126", "receivingAddress": company.settings["ovt"]},
        "invoiceApprovalInformation": {group: [{"userId": user} for user in users] for group, users in people.items()},
        "creatorId": min(company.users),
        "version": world.now(),
        "_created": world.now(),
        "_circulating": any(people.values()),
    }
    doc |= _dates_and_payment(world, company, bill, seller, running) | _texts(bill)
    merge(doc, bill.changes)
    note(doc, doc["_created"], None, "RECEIVED_AS_EINVOICE")
    company.put("invoices", doc)
    create_receipt(world, company, doc)
    world.hide_from_search(company.id, doc["id"])
    return doc


def _supplier(company: Company, wanted: int | None) -> Doc:
    for partner in company.registers["businesspartners"].values():
        if partner["type"] == "SUPPLIER" and wanted in {None, partner["id"]}:
            return partner
    raise not_found("Supplier")


def _people(company: Company, bill: Bill) -> dict[str, list[int]]:
    if bill.verifiers is None and bill.acceptors is None:
        settings = company.settings["circulation"]
        return {group: [person["userId"] for person in settings[group]] for group in ("verifiers", "acceptors")}
    return {"verifiers": bill.verifiers or [], "acceptors": bill.acceptors or []}


def _party(seller: Doc) -> Doc:
    address = {"name": seller["name"], **seller.get("address", {})}
    identifier = seller.get("invoicingInfo", {}).get("identifier")
    return {"counterPartyAddress": address, **({"identifier": identifier} if identifier else {})}


def _dates_and_payment(world: World, company: Company, bill: Bill, seller: Doc, running: int) -> Doc:
    day = bill.day or world.clock().date()
    return {
        "date": day.isoformat(),
        "paymentInfo": {
            "paymentMethod": "BANK_TRANSFER",
            "currency": company.currency,
            "bankAccount": {"accountNumber": seller["paymentInfo"]["bankAccount"]},
            "dueDate": (day + timedelta(days=bill.term)).isoformat(),
            "currencyRate": 1,
            "bankReferenceCode": bill.reference or checks.with_check_digit(f"{10000 + running}"),
            "bankReferenceCodeType": "FI",
        },
    }


def _texts(bill: Bill) -> Doc:
    found = {"orderReference": bill.order_reference, "notes": bill.notes}
    return {name: text for name, text in found.items() if text}


def _row(company: Company, row: Doc) -> Doc:
    base = {
        "id": company.next_id("invoicerows"),
        "product": "Palvelut",
        "quantity": 1,
        "unit": "PIECE",
        "unitPrice": Decimal("250.00"),
        "discountPercent": 0,
        "vatPercent": Decimal("25.5"),
    }
    return {**base, **row}
