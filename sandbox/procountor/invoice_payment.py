"""The rules of an invoice's payment: account, method, rate, reference, discounts (rules R22 to R29)."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.procountor import checks
from sandbox.procountor.call import Call
from sandbox.procountor.rights import CLAIM_KINDS, SALES_KINDS
from sandbox.procountor.shapes import blank
from sandbox.procountor.totals import number
from sandbox.procountor.wire import Doc, Violation

_ACCOUNT = "paymentInfo.bankAccount.accountNumber"
_FINNISH_REFERENCES = frozenset({"FI", "RF"})


def account(call: Call, doc: Doc) -> Iterator[Violation]:
    """R22 and R23: an IBAN unless paid in cash; on a sales invoice one of the company's own."""
    payment = doc["paymentInfo"]
    given = payment.get("bankAccount") or {}
    number_ = given.get("accountNumber")
    if not number_:
        if payment["paymentMethod"] != "CASH":
            yield blank(_ACCOUNT)
    elif not checks.is_iban(number_):
        yield Violation(_ACCOUNT, "Invalid bank account number.")
    elif doc["type"] in SALES_KINDS and number_ not in _own_accounts(call):
        yield Violation(_ACCOUNT, "Bank account not found in the company's bank accounts.")
    if given.get("bic") and doc["type"] in SALES_KINDS:
        yield Violation("paymentInfo.bankAccount.bic", f"Not supported for {doc['type']}.")


def _own_accounts(call: Call) -> set[str]:
    return {a["iban"] for a in call.register("bankaccounts").values() if a["status"] == "ACTIVE"}


def method(call: Call, doc: Doc) -> Iterator[Violation]:
    """R24: DIRECT_DEBIT is no longer in the enumeration; DKLMPKRE can only be read."""
    if doc["paymentInfo"]["paymentMethod"] == "DKLMPKRE":
        yield Violation("paymentInfo.paymentMethod", "Payment method DKLMPKRE is not allowed.")


def rate(call: Call, doc: Doc) -> Iterator[Violation]:
    """R25: 1 for the own currency; a foreign currency needs a rate above zero."""
    payment = doc["paymentInfo"]
    value = number(payment["currencyRate"])
    if payment["currency"] == call.company.currency and value != 1:
        yield Violation("paymentInfo.currencyRate", "Currency rate must be 1 for the company's own currency.")
    elif payment["currency"] != call.company.currency and value == 0:
        yield Violation("paymentInfo.currencyRate", "Currency rate must be greater than 0.")


def reference(call: Call, doc: Doc) -> Iterator[Violation]:
    """R26 and R27: the check digit, and the kinds used in the company's country."""
    payment = doc["paymentInfo"]
    code, kind = payment.get("bankReferenceCode"), payment.get("bankReferenceCodeType")
    if code and not checks.is_reference(code):
        yield Violation("paymentInfo.bankReferenceCode", "Invalid bank reference code.")
    if kind and call.company.finnish and kind not in _FINNISH_REFERENCES:
        yield Violation("paymentInfo.bankReferenceCodeType", f"Bank reference code type {kind} is not allowed.")


def discount(call: Call, doc: Doc) -> Iterator[Violation]:
    """R28: only where the environment uses cash discounts, never on claims."""
    given = doc["paymentInfo"].get("cashDiscount")
    usage = call.company.settings["usage"]["cashDiscount"]
    side = "cashDiscountForSales" if doc["type"] in SALES_KINDS else "cashDiscountForPurchase"
    if given and (doc["type"] in CLAIM_KINDS or not usage[side]):
        yield Violation("paymentInfo.cashDiscount", "Cash discount is not in use.")


def factoring(call: Call, doc: Doc) -> Iterator[Violation]:
    """R29: sales only, never with cash, and the agreement must exist; the practice companies have none."""
    if doc.get("factoringContractId") is not None:
        yield Violation("factoringContractId", "Factoring contract not found.")
