"""Tables for claims: for each fault that a claim may have claims that have it, and claims near to them that do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from finance_cases import Told
from finance_samples import IBAN, REFERENCE, D, put

from finance.claim import Claim, Claimant, ClaimKind, Cost, Trip
from finance.claim_documents import documents
from finance.invoice import Attachment
from finance.reference import Product

MONDAY = date(2026, 11, 16)
HOME = ZoneInfo("Europe/Helsinki")
_TYPES = {"Oma raha": "own", "Yrityskortti": "company"}


def cost(day: date, gross: str, paid: str, **more: Any) -> Cost:
    told = {"vat_percent": D("25.5"), "description": "Taksi", "receipts": (Attachment("kuitti.pdf"),), **more}
    return Cost(day, D(gross), payment_type=paid, **told)


TRIP = Trip(
    "Helsinki – Turku",
    "Asiakas",
    "FI",
    datetime(2026, 11, 16, 7, 30, tzinfo=HOME),
    datetime(2026, 11, 16, 19, 0, tzinfo=HOME),
)
KILOMETRES = cost(
    MONDAY, "66.00", "Oma raha", vat_percent=None, quantity=D(120), unit="km", unit_price=D("0.55"), receipts=()
)
WHOLE = Claim(
    "K12",
    date(2026, 11, 20),
    claimant=Claimant("E7", "Emma Clarke"),
    costs=(cost(MONDAY, "24.00", "Oma raha"), cost(date(2026, 11, 17), "100.00", "Yrityskortti")),
)
OWN, CARD = (
    replace(one, claim=one.claim and replace(one.claim, person=3008), payment=replace(one.payment, iban=iban))
    for one, iban in zip(documents(WHOLE, _TYPES), (IBAN, ""), strict=True)
)
(ALONE,) = documents(replace(WHOLE, costs=WHOLE.costs[:1]), _TYPES)
(TRAVEL,) = (
    replace(one, claim=one.claim and replace(one.claim, person=3008), payment=replace(one.payment, iban=IBAN))
    for one in documents(replace(WHOLE, kind=ClaimKind.TRAVEL, costs=(KILOMETRES,), trip=TRIP), _TYPES)
)


ALLOWED = replace(
    REFERENCE,
    travel=(Product(1, "KM", "Km 2026", "KMT", price=D("0.55"), start=date(2026, 1, 1), end=date(2026, 12, 31)),),
)


def bad(code: str, given: Any = OWN, around: dict[str, Any] | None = None, **changes: Any) -> Told:
    return Told(code, put(given, **changes), True, around or {})


def good(code: str, given: Any = OWN, around: dict[str, Any] | None = None, **changes: Any) -> Told:
    return Told(code, put(given, **changes), False, around or {})


CLAIMS = [
    bad("claim.nobody", seller__name="", seller__customer_number=""),
    good("claim.nobody", seller__name=""),
    bad("claim.person", claim__person=None),
    good("claim.person"),
    bad("claim.account", payment__iban=""),
    good("claim.account", CARD),
    bad("claim.account_form", payment__iban="FI2112345600000786"),
    good("claim.account_form"),
    bad("claim.payment_type", claim__unclear=("Lunchkort",)),
    good("claim.payment_type"),
    bad("claim.payment_untold", claim__unclear=("–",)),
    good("claim.payment_untold", claim__unclear=("Lunchkort",)),
    bad("claim.future", lines__0__start=date(2026, 11, 24)),
    good("claim.future", lines__0__start=date(2026, 11, 23)),
    bad("claim.closed", CARD, lines__0__start=date(2019, 1, 5)),
    good("claim.closed", OWN, lines__0__start=date(2019, 1, 5)),
    good("claim.closed", CARD),
    bad("claim.dated", claim__created=MONDAY),
    good("claim.dated"),
    good("claim.dated", TRAVEL, claim__created=MONDAY),
    bad("claim.allowance_vat", TRAVEL, lines__0__vat_percent=D("25.5")),
    good("claim.allowance_vat", TRAVEL),
    good("claim.allowance_vat", OWN),
    bad("claim.no_vat", lines__0__vat_percent=D(0), lines__0__vat_category="O"),
    good("claim.no_vat", lines__0__vat_percent=D(0)),
    good("claim.no_vat", TRAVEL),
    bad("claim.product", TRAVEL, {"reference": ALLOWED}, lines__0__product_code="KX"),
    bad(
        "claim.product", TRAVEL, {"reference": ALLOWED}, lines__0__product_code="KM", lines__0__start=date(2025, 12, 31)
    ),
    good("claim.product", TRAVEL, {"reference": ALLOWED}, lines__0__product_code="km"),
    bad("claim.no_product", TRAVEL, {"reference": ALLOWED}),
    good("claim.no_product", TRAVEL, {"reference": ALLOWED}, lines__0__product_code="KM"),
    good("claim.no_product", TRAVEL),
    bad("claim.rate", TRAVEL, {"reference": ALLOWED}, lines__0__product_code="KM", lines__0__unit_price=D("0.56")),
    good("claim.rate", TRAVEL, {"reference": ALLOWED}, lines__0__product_code="KM"),
    bad("claim.trip_backwards", TRAVEL, claim__trip__end=datetime(2026, 11, 16, 7, 0, tzinfo=HOME)),
    good("claim.trip_backwards", TRAVEL),
    bad("claim.trip_lacking", TRAVEL, claim__trip__purpose=" "),
    good("claim.trip_lacking", TRAVEL),
    good("claim.trip_lacking", OWN),
    bad("claim.sum", claim__stated=D("124.01")),
    good("claim.sum", claim__stated=D("124.00")),
    bad("claim.no_receipt", attachments=()),
    good("claim.no_receipt", TRAVEL),
    bad("claim.divided"),
    good("claim.divided", ALONE),
    bad("claim.together", claim__members=("K12", "K13")),
    good("claim.together"),
    bad("claim.accounting", lines__0__cost_centre="220"),
    good("claim.accounting", lines__0__project="P-1001"),
    bad("number.taken", CARD, number="K12"),
    good("date.due_missing", OWN),
    bad("vat.percent_not_on_date", lines__0__vat_percent=D(24)),
]
CLAIMS[-3] = Told("number.taken", CARD, True, {"taken": {"e7/K12/2026-11-17": "30140"}})
