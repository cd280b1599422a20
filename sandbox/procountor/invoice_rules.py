"""The rules of an invoice as a whole and of its rows (rules R02 to R12 and R29 to R32)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from sandbox.procountor import invoice_parties, invoice_payment, periods
from sandbox.procountor.accounting import vat_type
from sandbox.procountor.call import Call
from sandbox.procountor.partners import everybody
from sandbox.procountor.rights import CIRCULATED, CIRCULATION_OF, CLAIM_KINDS, SALES_KINDS, has
from sandbox.procountor.shapes import blank
from sandbox.procountor.totals import number
from sandbox.procountor.wire import Doc, Violation

Rule = Callable[[Call, Doc], Iterator[Violation]]
_REGISTER = {"SALES": "CUSTOMER", "PURCHASE": "SUPPLIER"}
_ZERO_ONLY = frozenset({3, 5, 6, 12})


def violations(call: Call, doc: Doc) -> list[Violation]:
    """Everything that is wrong with an invoice whose shape is right; all of it at once."""
    return [violation for rule in _RULES for violation in rule(call, doc)]


def _kind(call: Call, doc: Doc) -> Iterator[Violation]:
    if doc["type"] == "PERIODIC_TAX_RETURN":
        yield Violation("type", "Invoice type PERIODIC_TAX_RETURN is not supported.")
    if doc["invoiceChannel"] in {"EDIFACT", "PAPER_INVOICE"}:
        yield Violation("invoiceChannel", f"Invoice channel {doc['invoiceChannel']} is not allowed.")
    if doc["type"] in SALES_KINDS and doc.get("language") is None:
        yield blank("language")
    if doc["type"] in SALES_KINDS and doc.get("deliveryMethod") == "OTHER":
        yield Violation("deliveryMethod", "Delivery method OTHER is not supported.")
    template = doc.get("invoiceTemplateId")
    if template is not None and template != call.company.settings["template"]["id"]:
        yield Violation("invoiceTemplateId", "Invoice template not found.")


def _dates(call: Call, doc: Doc) -> Iterator[Violation]:
    due = date.fromisoformat(doc["paymentInfo"]["dueDate"])
    term = (due - date.fromisoformat(doc["date"])).days
    if term < 0:
        yield Violation("paymentInfo.dueDate", "DUE_DATE_BEFORE_BILL_DATE")
    if term > 999:
        yield Violation("paymentInfo.dueDate", "Payment term must be between 0 and 999 days.")
    if not periods.is_open(call.company, doc["date"]):
        yield Violation("date", periods.CLOSED)
    start, end = doc.get("deliveryStartDate"), doc.get("deliveryEndDate")
    if start and end and end < start:
        yield Violation("deliveryEndDate", "Delivery end date must not be before the start date.")


def _discount(call: Call, doc: Doc) -> Iterator[Violation]:
    yield from _scale("discountPercent", doc["discountPercent"], 4)
    if doc.get("penaltyPercent") is not None:
        yield from _scale("penaltyPercent", doc["penaltyPercent"], 2)


def _scale(path: str, value: Decimal | int, most: int) -> Iterator[Violation]:
    if -int(number(value).normalize().as_tuple().exponent) > most:
        yield Violation(path, f"numeric value out of bounds (<3 digits>.<{most} digits> expected)")
    if number(value) < 0:
        yield Violation(path, "must be greater than or equal to 0")


def _vat_status(call: Call, doc: Doc) -> Iterator[Violation]:
    if doc.get("vatStatus") is None:
        if doc["type"] not in CLAIM_KINDS:
            yield blank("vatStatus")
    elif not _enabled(call, doc["type"], doc["vatStatus"]):
        yield Violation("vatStatus", f"VAT status {doc['vatStatus']} is not in use.")


def _enabled(call: Call, kind: str, status: int) -> bool:
    side = vat_type(kind).lower()
    known = call.company.settings["vats"]["vatStatuses"]
    return any(entry["vatStatus"] == status and entry[side] for entry in known)


def _rows(call: Call, doc: Doc) -> Iterator[Violation]:
    if not doc["invoiceRows"]:
        yield Violation("invoiceRows", "Invoice must have at least one row.")
    for index, row in enumerate(doc["invoiceRows"]):
        yield from _row(call, doc, row, f"invoiceRows[{index}]")


def _row(call: Call, doc: Doc, row: Doc, at: str) -> Iterator[Violation]:
    side = vat_type(doc["type"])
    if not percent_in_use(call, row["vatPercent"], side):
        yield Violation(f"{at}.vatPercent", f"VAT percentage {number(row['vatPercent']):f} is not in use.")
    own = row.get("vatStatus")
    if own is not None and not _enabled(call, doc["type"], own):
        yield Violation(f"{at}.vatStatus", f"VAT status {own} is not in use.")
    status = own if own is not None else doc.get("vatStatus")
    if status in _ZERO_ONLY and number(row["vatPercent"]) != 0:
        yield Violation(f"{at}.vatStatus", "ERROR_VATSTATUS_VATPERC")
    product = call.register("products").get(row["productId"]) if row.get("productId") is not None else None
    if row.get("productId") is not None and (product is None or product["type"] not in _product_kinds(doc["type"])):
        yield Violation(f"{at}.productId", "Product not found.")
    if number(row["discountPercent"]) > 100:
        yield Violation(f"{at}.discountPercent", "must be less than or equal to 100")
    if row.get("startDate") and row.get("endDate") and row["endDate"] < row["startDate"]:
        yield Violation(f"{at}.endDate", "End date must not be before the start date.")


def percent_in_use(call: Call, percent: Decimal | int, side: str) -> bool:
    """Whether the company has ticked this percentage for sales or purchases (rule R10)."""
    for country in call.company.settings["vats"]["vatInformation"]:
        for entry in country["percentages"]:
            if number(entry["vatPercent"]) == number(percent) and entry[side.lower()]:
                return True
    return False


def _product_kinds(kind: str) -> set[str]:
    if kind in SALES_KINDS:
        return {"SALES"}
    return {"PURCHASE", "TRAVEL"} if kind in CLAIM_KINDS else {"PURCHASE"}


def _partner(call: Call, doc: Doc) -> Iterator[Violation]:
    ident = doc.get("partnerId")
    register = "PERSON" if doc["type"] in CLAIM_KINDS else _REGISTER[vat_type(doc["type"])]
    if ident is not None and everybody(call).get(ident, {}).get("type") != register:
        yield Violation("partnerId", "Business partner not found.")


def _approvers(call: Call, doc: Doc) -> Iterator[Violation]:
    """Rule R31: named users must exist and have the right, and not be too many."""
    named = doc.get("invoiceApprovalInformation")
    if not named:
        return
    if doc["type"] not in CIRCULATED:
        yield Violation("invoiceApprovalInformation", f"Not supported for {doc['type']}.")
        return
    settings = call.company.settings["circulation"]
    if any(named.values()) and not settings[CIRCULATION_OF[doc["type"]]]:
        yield Violation("invoiceApprovalInformation", "Invoice circulation is not in use.")
    for group, right, most in (
        ("verifiers", "verification", settings["maxVerifiers"]),
        ("acceptors", "approval", settings["maxAcceptors"]),
    ):
        people = named.get(group) or []
        if len(people) > most:
            yield Violation(f"invoiceApprovalInformation.{group}", f"Maximum number is {most}.")
        for index, person in enumerate(people):
            user = call.company.users.get(person["userId"])
            if user is None or not has(user, f"invoiceCirculation.{right}"):
                path = f"invoiceApprovalInformation.{group}[{index}].userId"
                yield Violation(path, f"User has no right to {'verify' if right == 'verification' else 'approve'}.")


_RULES: tuple[Rule, ...] = (
    _kind,
    _dates,
    _discount,
    _vat_status,
    _rows,
    _partner,
    _approvers,
    invoice_parties.channel_addresses,
    invoice_parties.einvoice,
    invoice_parties.mail_address,
    invoice_parties.identifier,
    invoice_payment.account,
    invoice_payment.method,
    invoice_payment.rate,
    invoice_payment.reference,
    invoice_payment.discount,
    invoice_payment.factoring,
)
