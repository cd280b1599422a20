"""What the API key's user may do, compared with what the bot needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from procountor.api import Api
from procountor.wire import base
from procountor.wire import registers as wire

ALL, VIEW = "ALL_RIGHTS", "VIEWING_RIGHTS"

NEEDED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "reference": (
        ("management.basicCompanyInfo", VIEW),
        ("management.basicAccountingInfo", VIEW),
        ("sales.customerRegister", VIEW),
        ("sales.productRegister", VIEW),
    ),
    "sales": (("sales.salesOrGroupInvoices", ALL), ("sales.salesInvoiceSearch", VIEW)),
    "bills": (
        ("purchases.purchaseInvoices", ALL),
        ("purchases.purchaseInvoiceSearch", VIEW),
        ("purchases.supplierRegister", VIEW),
    ),
    "approvals": (("invoiceCirculation.verification", ALL), ("invoiceCirculation.approval", ALL)),
    "claims": (
        ("travelAndExpenses.travelAndExpenseInvoices", ALL),
        ("travelAndExpenses.travelAndExpenseInvoiceSearch", VIEW),
        ("salaries.personRegister", VIEW),
    ),
    "payments": (("payments.markAsPaid", ALL),),
}
"""Task → rights by Procountor's own paths. The API publishes no such table; this follows its rights' names."""

FORBIDDING: Mapping[str, tuple[str, ...]] = {
    "sales": (
        "sales.personalSalesInvoicesOnly",
        "accounting.preventCreatingEditingInvoices",
        "accounting.preventEditingAccountingPage",
    ),
    "bills": ("purchases.personalPurchaseInvoicesOnly", "accounting.preventCreatingEditingInvoices"),
}
"""Limitations that must not be set for a task."""


def least(path: str) -> str:
    """The level a right is needed at, "" for a limitation that must not be set."""
    levels = {level for needed in NEEDED.values() for wanted, level in needed if wanted == path}
    return ALL if ALL in levels else VIEW if levels else ""


@dataclass(frozen=True, slots=True)
class Rights:
    """``levels`` by path ("sales.customerRegister"): ALL_RIGHTS, VIEWING_RIGHTS, NO_ACCESS, NOT_ENABLED.

    ``limitations`` are the paths of those that are set.
    """

    role: str
    levels: Mapping[str, str]
    limitations: frozenset[str]

    def missing(self, task: str) -> tuple[str, ...]:
        """The paths that stand in the way of a task (a key of NEEDED); none when it may be done."""
        lacking = [path for path, least in NEEDED[task] if self.levels.get(path) not in {ALL, least}]
        return (*lacking, *(path for path in FORBIDDING.get(task, ()) if path in self.limitations))


def probe(api: Api) -> Rights:
    """The rights of the key's user. Raises as any read."""
    told = base.read(wire.Rights, api.get("users/rights"))
    every = {
        f"{area}.{name}": value
        for area, members in (told.rights or {}).items()
        for name, value in (members or {}).items()
    }
    return Rights(
        role=told.role,
        levels={path: value for path, value in every.items() if isinstance(value, str)},
        limitations=frozenset(path for path, value in every.items() if value is True),
    )
