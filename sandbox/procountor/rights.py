"""User rights: presets for the kinds of people in an office, and the checks in front of every operation."""

from __future__ import annotations

from copy import deepcopy

from sandbox.procountor.call import Call
from sandbox.procountor.shapes import document
from sandbox.procountor.wire import Doc, no_rights, not_found

ALL, VIEW, NONE = "ALL_RIGHTS", "VIEWING_RIGHTS", "NO_ACCESS"
_GROUPS = {
    "management": "ManagementRights",
    "user": "UserRights",
    "sales": "SalesRights",
    "purchases": "PurchasesRights",
    "travelAndExpenses": "TravelAndExpensesRights",
    "invoiceCirculation": "InvoiceCirculationRights",
    "salaries": "SalariesRights",
    "payments": "PaymentRights",
    "accounting": "AccountingRights",
}
SALES_KINDS = ("SALES_INVOICE", "SALES_ORDER")
CLAIM_KINDS = ("TRAVEL_INVOICE", "BILL_OF_CHARGES")
CIRCULATED = ("PURCHASE_INVOICE", *CLAIM_KINDS)
CIRCULATION_OF = {
    "PURCHASE_INVOICE": "useForPurchaseInvoices",
    "TRAVEL_INVOICE": "useForTravelAndExpenseInvoices",
    "BILL_OF_CHARGES": "useForTravelAndExpenseInvoices",
}
_MAKE = {
    "SALES_INVOICE": "sales.salesOrGroupInvoices",
    "SALES_ORDER": "sales.salesOrGroupInvoices",
    "PURCHASE_INVOICE": "purchases.purchaseInvoices",
    "PURCHASE_ORDER": "purchases.purchaseInvoices",
    "TRAVEL_INVOICE": "travelAndExpenses.travelAndExpenseInvoices",
    "BILL_OF_CHARGES": "travelAndExpenses.travelAndExpenseInvoices",
    "PERIODIC_TAX_RETURN": "accounting.journalReceipts",
}
_SEARCH = {
    "SALES_INVOICE": "sales.salesInvoiceSearch",
    "SALES_ORDER": "sales.salesInvoiceSearch",
    "PURCHASE_INVOICE": "purchases.purchaseInvoiceSearch",
    "PURCHASE_ORDER": "purchases.purchaseInvoiceSearch",
    "TRAVEL_INVOICE": "travelAndExpenses.travelAndExpenseInvoiceSearch",
    "BILL_OF_CHARGES": "travelAndExpenses.travelAndExpenseInvoiceSearch",
    "PERIODIC_TAX_RETURN": "accounting.journalReceiptSearch",
}
_OWN_ONLY = {
    "SALES_INVOICE": "sales.personalSalesInvoicesOnly",
    "SALES_ORDER": "sales.personalSalesInvoicesOnly",
    "PURCHASE_INVOICE": "purchases.personalPurchaseInvoicesOnly",
    "PURCHASE_ORDER": "purchases.personalPurchaseInvoicesOnly",
    "TRAVEL_INVOICE": "travelAndExpenses.personalTravelAndExpenseInvoiceOnly",
    "BILL_OF_CHARGES": "travelAndExpenses.personalTravelAndExpenseInvoiceOnly",
}
_REGISTER = {
    "CUSTOMER": "sales.customerRegister",
    "SUPPLIER": "purchases.supplierRegister",
    "PERSON": "salaries.personRegister",
}


def all_rights() -> Doc:
    """Every right, no limitation: the technical user and the head of finance."""
    schemas = document()["components"]["schemas"]
    return {
        group: {
            name: ALL if member["type"] == "string" else False for name, member in schemas[model]["properties"].items()
        }
        for group, model in _GROUPS.items()
    }


def with_rights(base: str, **changed: str | bool) -> Doc:
    """All rights set to `base`, except those given as group__name=level."""
    rights = all_rights()
    for members in rights.values():
        members.update({name: base for name, value in members.items() if isinstance(value, str)})
    return change(rights, **changed)


def change(rights: Doc, **changed: str | bool) -> Doc:
    """A copy with single rights changed, given as group__name=level or limitation=bool."""
    copy = deepcopy(rights)
    for path, level in changed.items():
        group, name = path.split("__")
        copy[group][name] = level
    return copy


def _right(user: Doc, path: str) -> str | bool:
    group, name = path.split(".")
    value: str | bool = user["_rights"][group].get(name, NONE)
    return value


def has(user: Doc, path: str, level: str = ALL) -> bool:
    right = _right(user, path)
    return right == ALL or (level == VIEW and right == VIEW)


def need(call: Call, path: str, level: str = ALL) -> None:
    """Raises Refused (403) when the token's user lacks the right."""
    if not has(call.user, path, level):
        raise no_rights()


def need_to_make(call: Call, kind: str) -> None:
    """Create, change, send or invalidate an invoice of this type."""
    need(call, _MAKE[kind])
    if _right(call.user, "accounting.preventCreatingEditingInvoices") is True:
        raise no_rights()


def need_partner(call: Call, kind: str, level: str) -> None:
    need(call, _REGISTER[kind], level)


def may_search(user: Doc, kind: str) -> bool:
    return has(user, _SEARCH[kind], VIEW)


def sees(user: Doc, invoice: Doc) -> bool:
    """Whether this invoice is visible: by type, and with a "personal only" limitation by being one's own."""
    kind = invoice["type"]
    if not may_search(user, kind):
        return False
    limitation = _OWN_ONLY.get(kind)
    return limitation is None or _right(user, limitation) is not True or _is_own(user, invoice)


def need_to_see(call: Call, invoice: Doc) -> None:
    """Raises Refused: 403 without the right to search this type, 404 when a limitation hides the invoice."""
    if not may_search(call.user, invoice["type"]):
        raise no_rights()
    if not sees(call.user, invoice):
        raise not_found("Invoice")


def need_to_search(call: Call, kinds: set[str]) -> None:
    """Raises Refused (403) when the user may search none of these types (or of all, when none is asked)."""
    if not any(may_search(call.user, kind) for kind in kinds or set(_SEARCH)):
        raise no_rights()


def _is_own(user: Doc, invoice: Doc) -> bool:
    named = invoice.get("invoiceApprovalInformation", {})
    checkers = [c["userId"] for group in named.values() for c in group]
    own_claim = invoice["type"] in CLAIM_KINDS and invoice.get("partnerId") == user.get("partnerId")
    return user["id"] == invoice.get("creatorId") or user["id"] in checkers or own_claim


def only_own_approvals(user: Doc) -> bool:
    return _right(user, "invoiceCirculation.personalApprovalsOrVerificationsOnly") is True
