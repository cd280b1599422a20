"""Seeded past: sales invoices that were sent and partly paid, and bills that wait for somebody."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sandbox.procountor import checks, inbox, payments
from sandbox.procountor.accounting import create_receipt
from sandbox.procountor.history import note
from sandbox.procountor.seed_people import FINANCE, MANAGERS, PARTNER
from sandbox.procountor.seed_registers import PROJECTS
from sandbox.procountor.wire import Doc
from sandbox.procountor.world import Company, World

FIRST_PSA_NUMBER = 1001
_PRODUCTS = (4003, 4005, 4009, 4011, 4017)
_STATES = ("PAID", "PAID", "SENT", "PAID", "PARTLY_PAID", "PAID", "MARKED_PAID", "SENT")
_BILLS = (
    (0, "Alihankintatyö", "4200.00", "25.5", 0),
    (1, "Pilvikapasiteetti", "1315.40", "25.5", 1),
    (4, "Junaliput Tampere", "186.20", "13.5", 2),
    (6, "Työpajan lounas", "342.00", "13.5", 3),
    (5, "Lisenssit, 12 kk", "2980.00", "25.5", 6),
    (0, "Alihankintatyö, testaus", "1760.00", "25.5", 9),
    (3, "Toimiston siivous", "610.00", "25.5", None),
    (9, "Näytöt, 4 kpl", "1396.00", "25.5", None),
)


def add_sales(world: World, company: Company, today: date, count: int) -> None:
    """Invoices of the last two and a half months with PSA numbers 1001…, so that searching finds something."""
    customers = [p for p in company.registers["businesspartners"].values() if p["type"] == "CUSTOMER"]
    for place in range(count):
        day = today - timedelta(days=75 - 2 * place)
        doc = _sales(company, customers[place % len(customers)], day, place)
        company.put("invoices", doc)
        create_receipt(world, company, doc)
        _advance(world, company, doc, _STATES[place % len(_STATES)], day)


def _sales(company: Company, customer: Doc, day: date, place: int) -> Doc:
    info, number = customer["invoicingInfo"], FIRST_PSA_NUMBER + place
    foreign = customer["address"]["country"] != "FINLAND"
    product = company.registers["products"][4024 if foreign else _PRODUCTS[place % len(_PRODUCTS)]]
    stamp = f"{day.isoformat()}T09:{place % 60:02d}:00"
    return {
        "id": company.next_id("invoices"),
        "partnerId": customer["id"],
        "type": "SALES_INVOICE",
        "status": "UNFINISHED",
        "date": day.isoformat(),
        "counterParty": _buyer(customer),
        "billingAddress": dict(customer["billingAddress"]),
        "deliveryAddress": dict(customer["address"]),
        "paymentInfo": _payment(company, day, number),
        "extraInfo": {"accountingByRow": True, "unitPricesIncludeVat": False},
        "discountPercent": 0,
        "invoiceRows": [_product_row(company, product, 8 + 5 * place)],
        "vatStatus": 6 if foreign else 1,
        "invoiceChannel": info["invoiceChannel"],
        "language": info["language"],
        "originalInvoiceNumber": str(number),
        "orderReference": PROJECTS[place % len(PROJECTS)].split()[0],
        "invoiceNumber": company.next_id("invoicenumbers"),
        "creatorId": FINANCE,
        "version": stamp,
        "_created": stamp,
        "_history": [],
    }


def _buyer(customer: Doc) -> Doc:
    info = customer["invoicingInfo"]
    party: Doc = {
        "identifier": info["identifier"],
        "customerNumber": info["customerNumber"],
        "counterPartyAddress": dict(customer["address"]),
    }
    if "einvoiceOperator" in info:
        party["einvoiceAddress"] = {"operator": info["einvoiceOperator"], "address": info["einvoiceAddress"]}
    if "email" in info:
        party["email"] = info["email"]
    return party


def _payment(company: Company, day: date, number: int) -> Doc:
    account = next(a["iban"] for a in company.registers["bankaccounts"].values() if a["defaultForInvoice"])
    return {
        "paymentMethod": "BANK_TRANSFER",
        "currency": "EUR",
        "bankAccount": {"accountNumber": account},
        "dueDate": (day + timedelta(days=14)).isoformat(),
        "currencyRate": 1,
        "bankReferenceCode": checks.with_check_digit(str(number)),
        "bankReferenceCodeType": "FI",
    }


def _product_row(company: Company, product: Doc, hours: int) -> Doc:
    return {
        "id": company.next_id("invoicerows"),
        "productId": product["id"],
        "product": product["name"],
        "productCode": product["code"],
        "quantity": hours,
        "unit": product["unit"],
        "unitPrice": product["price"],
        "discountPercent": 0,
        "vatPercent": product["vat"],
    }


def _advance(world: World, company: Company, doc: Doc, state: str, day: date) -> None:
    """Approved and sent the same day; paid, if at all, twelve days later."""
    anna = company.users[FINANCE]
    stamp = f"{day.isoformat()}T10:00:00"
    note(doc, stamp, anna, "APPROVAL")
    note(doc, stamp, anna, "SEND")
    doc["status"] = "SENT"
    if state != "SENT":
        total = payments.total_of(world, doc)
        paid = total if state != "PARTLY_PAID" else (total / 2).quantize(Decimal("0.01"))
        by_hand = state == "MARKED_PAID"
        kind = "BANKTRANSFERELSEWHERE" if by_hand else "REFERENCEPAYMENT"
        settled = (day + timedelta(days=12)).isoformat()
        status = "MARKED_PAID" if by_hand else "PAID"
        payments.add_event(world, company, doc, kind=kind, status=status, amount=paid, day=settled)
        stamp = f"{settled}T06:00:00"
    doc["version"] = stamp
    receipt = company.registers["ledgerreceipts"][doc["ledgerReceiptId"]]
    receipt |= {"status": doc["status"], "version": stamp, "_created": doc["_created"]}


def add_bills(world: World, company: Company, today: date, count: int) -> None:
    """Bills in RECEIVED; most carry a project number as order reference and wait for its manager."""
    suppliers = [p for p in company.registers["businesspartners"].values() if p["type"] == "SUPPLIER"]
    for place, (supplier, product, price, percent, project) in enumerate(_BILLS[:count]):
        day = today - timedelta(days=count - place)
        row = {"product": product, "unitPrice": Decimal(price), "vatPercent": Decimal(percent)}
        stamp = f"{day.isoformat()}T06:{place:02d}:00"
        manager = FINANCE if project is None else MANAGERS[project % len(MANAGERS)]
        bill = inbox.Bill(
            supplier=suppliers[supplier % len(suppliers)]["id"],
            rows=[row],
            day=day,
            order_reference=None if project is None else PROJECTS[project].split()[0],
            verifiers=[manager],
            acceptors=[PARTNER],
            changes={"version": stamp, "_created": stamp},
        )
        inbox.receive(world, company, bill)
