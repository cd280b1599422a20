"""The ledger receipt that every invoice carries: accounts per row, or one transaction per VAT percentage."""

from __future__ import annotations

from decimal import Decimal

from sandbox.procountor.totals import number, row_net, sums
from sandbox.procountor.wire import Doc
from sandbox.procountor.world import Company, World

_SALES = ("SALES_INVOICE", "SALES_ORDER")
_MOVING = ("invoiceRows", "discountPercent", "vatStatus", "extraInfo")
_ROW = ("productId", "product", "quantity", "unit", "unitPrice", "discountPercent", "vatPercent", "vatStatus")


def create_receipt(world: World, company: Company, invoice: Doc) -> Doc:
    """A new ledger receipt for the invoice, with the accounts of the products or the VAT defaults."""
    receipt: Doc = {
        "id": company.next_id("ledgerreceipts"),
        "type": invoice["type"],
        "status": invoice["status"],
        "name": invoice["counterParty"]["counterPartyAddress"]["name"],
        "receiptDate": invoice["date"],
        "vatType": vat_type(invoice["type"]),
        "vatStatus": _header_status(company, invoice),
        "invoiceId": invoice["id"],
        "receiptNumber": company.next_id("receiptnumbers"),
        "invoiceNumber": invoice["invoiceNumber"],
        "receiptValidity": "EMPTY",
        "depreciation": "EMPTY",
        "version": world.now(),
        "_created": world.now(),
        "transactions": _transactions(company, invoice, world.options.rounding),
        "attachments": [],
    }
    if invoice.get("partnerId"):
        receipt["partnerId"] = invoice["partnerId"]
    invoice["ledgerReceiptId"] = receipt["id"]
    return company.put("ledgerreceipts", receipt)


def renew_receipt(world: World, company: Company, old: Doc, new: Doc) -> None:
    """After a PUT: a change of rows, discount, VAT, currency or accounting replaces the receipt, with a new id."""
    if _bookings(old) != _bookings(new):
        company.registers["ledgerreceipts"].pop(old["ledgerReceiptId"], None)
        create_receipt(world, company, new)
        return
    receipt = company.registers["ledgerreceipts"][old["ledgerReceiptId"]]
    receipt["receiptDate"] = new["date"]
    receipt["name"] = new["counterParty"]["counterPartyAddress"]["name"]
    receipt["version"] = world.now()


def vat_type(kind: str) -> str:
    return "SALES" if kind in _SALES else "PURCHASE"


def _bookings(invoice: Doc) -> tuple[object, ...]:
    rows = [[_same(row.get(name)) for name in _ROW] for row in invoice["invoiceRows"]]
    payment = invoice["paymentInfo"]
    rest = [_same(invoice.get(name)) for name in _MOVING if name != "invoiceRows"]
    return rows, rest, payment["currency"], _same(payment["currencyRate"])


def _same(value: object) -> object:
    return number(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _header_status(company: Company, invoice: Doc) -> int:
    status = invoice.get("vatStatus")
    return status if isinstance(status, int) else int(company.settings["defaults"]["vatStatus"])


def _transactions(company: Company, invoice: Doc, rounding: str) -> list[Doc]:
    sign = -1 if vat_type(invoice["type"]) == "SALES" else 1
    found = sums(invoice, rounding)
    kind = "receivables" if sign < 0 else "payables"
    first = {
        "transactionType": "REVERSING_ENTRY",
        "account": company.settings["defaults"][kind],
        "accountingValue": -sign * _own_currency(invoice, found.total),
        "vatPercent": 0,
    }
    if invoice["extraInfo"]["accountingByRow"]:
        entries = [_row_entry(company, invoice, row, sign) for row in invoice["invoiceRows"]]
    else:
        entries = _rate_entries(company, invoice, sign)
    return [{"id": company.next_id("transactions"), **entry} for entry in [first, *entries]]


def _row_entry(company: Company, invoice: Doc, row: Doc, sign: int) -> Doc:
    entry: Doc = {
        "transactionType": "ENTRY",
        "account": account_for(company, invoice, row),
        "accountingValue": sign * _own_currency(invoice, row_net(invoice, row)),
        "vatPercent": row["vatPercent"],
        "vatType": vat_type(invoice["type"]),
        "vatStatus": row.get("vatStatus") or _header_status(company, invoice),
        "description": row["product"][:255],
        "dimensionItemValues": [],
    }
    return {**entry, **{name: row[name] for name in ("startDate", "endDate") if row.get(name)}}


def _rate_entries(company: Company, invoice: Doc, sign: int) -> list[Doc]:
    rates: dict[Decimal, Doc] = {}
    for row in invoice["invoiceRows"]:
        entry = _row_entry(company, invoice, {**row, "productId": None}, sign)
        known = rates.setdefault(number(row["vatPercent"]), {**entry, "accountingValue": Decimal("0.00")})
        known["accountingValue"] += entry["accountingValue"]
    return list(rates.values())


def account_for(company: Company, invoice: Doc, row: Doc) -> str:
    """The product's default account, else the company's default for the VAT status or percentage."""
    product = company.registers["products"].get(row.get("productId") or 0, {})
    if product.get("defaultAccount"):
        return str(product["defaultAccount"])
    defaults = company.settings["defaults"]
    if vat_type(invoice["type"]) == "PURCHASE":
        return str(defaults["claims" if invoice["type"] in {"TRAVEL_INVOICE", "BILL_OF_CHARGES"} else "purchase"])
    status = str(row.get("vatStatus") or _header_status(company, invoice))
    percent = f"{number(row['vatPercent']).normalize():f}"
    return str(defaults["salesByStatus"].get(status) or defaults["salesByVat"].get(percent) or defaults["sales"])


def _own_currency(invoice: Doc, amount: Decimal) -> Decimal:
    rate = number(invoice["paymentInfo"]["currencyRate"]) or Decimal(1)
    return (amount / rate).quantize(Decimal("0.01"))
