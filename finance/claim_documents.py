"""A claim's documents in the terms of invoices, so that they go the way of invoices: checked, sent once, retried.

Each is dated by the newest day its costs were paid on (R66, R67), and its prices include VAT, as receipts have them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from finance.claim import Claim, Cost, Habits, Part, paid_by, split
from finance.claim_part import ClaimPart, Trip
from finance.company import PURCHASE, Choices
from finance.invoice import ONE, ZERO, Invoice, Kind, Line, Party, Payment, StatedTotals
from finance.lists import COMPANY
from finance.units import find

_CENT = Decimal("0.01")
_USUAL = Habits()
NO_TYPE = "–"
"""Stands for the payment type of a cost that tells none: nothing can be said of it for the whole company."""
NO_VAT_TOLD = "O"
"""The category of a row whose cost tells no VAT, as allowances do."""

_WORDS = {
    "fi": ("Matka", "km", "matkustajia", "ilmaisia aterioita"),
    "sv": ("Resa", "km", "passagerare", "fria måltider"),
    "en": ("Trip", "km", "passengers", "free meals"),
}


def habits(choices: Choices) -> Habits:
    """How the company wants its claims split."""
    return Habits(
        per_receipt=choices.claims_per == "receipt",
        per_date=choices.company_costs_per == "day",
        purchase=choices.company_costs_as == PURCHASE,
    )


def documents(
    claim: Claim, payment_types: Mapping[str, str], wanted: Habits = _USUAL, language: str = "fi"
) -> tuple[Invoice, ...]:
    """The documents a claim becomes; what nobody has mapped yet stands in one of its own, which never goes.

    ``language`` is that of the words that are put into them.
    """
    parts = split(claim, payment_types, wanted)
    unclear = {cost.payment_type or NO_TYPE for cost in claim.costs if not paid_by(cost, payment_types)}
    return tuple(_document(claim, part, tuple(sorted(unclear)), len(parts), wanted, language) for part in parts)


def _document(claim: Claim, part: Part, unclear: tuple[str, ...], count: int, wanted: Habits, language: str) -> Invoice:
    who, company = claim.claimant, part.paid_by == COMPANY
    told = ClaimPart(
        number=claim.number,
        paid_by=part.paid_by,
        created=claim.created,
        trip=claim.trip,
        paid_on=part.paid_on,
        purchase=company and wanted.purchase,
        unclear=unclear,
        whole=claim.total,
        documents=count,
        stated=claim.stated,
    )
    return Invoice(
        number=part.number,
        issued=part.last_day,
        kind=Kind.COMPANY_COST if company else Kind.CLAIM,
        seller=Party(name=who.name, customer_number=who.number, email=who.email),
        lines=tuple(_line(claim, cost) for cost in part.costs),
        payment=Payment(currency=claim.currency),
        stated=StatedTotals(gross=part.total),
        prices_include_vat=True,
        note="\n".join(filter(None, (claim.note, _journey(claim.trip, language)))),
        attachments=tuple({a.name: a for cost in part.costs for a in cost.receipts}.values()),
        claim=told,
    )


def _line(claim: Claim, cost: Cost) -> Line:
    """One row; a price that does not make the sum to the cent, or stands in another currency, gives way to the sum."""
    quantity, price = cost.quantity, cost.unit_price
    words = [cost.kind] if cost.description and cost.kind else []
    if cost.currency != claim.currency:
        words.append(f"{cost.currency} {cost.gross:f} / {cost.rate.normalize():f}")
    exact = cost.currency == claim.currency and price is not None and quantity
    if not exact or price is None or (quantity * price).quantize(_CENT, ROUND_HALF_UP) != cost.amount:
        if quantity != ONE and cost.unit:
            words.append(f"{quantity.normalize():f} {cost.unit}")
        quantity, price = ONE, cost.amount
    unit = cost.unit if quantity == cost.quantity else ""
    return Line(
        name=cost.description or cost.kind,
        quantity=quantity,
        unit=unit,
        unit_code=find(unit),
        unit_price=price,
        vat_percent=ZERO if cost.vat_percent is None else cost.vat_percent,
        vat_category=NO_VAT_TOLD if cost.vat_percent is None else "",
        product_code=cost.product_code,
        account=cost.account,
        cost_centre=cost.cost_centre,
        project=cost.project,
        descriptions=tuple(words),
        start=cost.day,
        end=cost.day,
        stated_gross=cost.amount,
    )


def _journey(trip: Trip | None, language: str) -> str:
    """What the trip was, in one line of the company's language."""
    if trip is None:
        return ""
    name, km, passengers, meals = _WORDS.get(language, _WORDS["en"])
    times = " – ".join(_moment(at) for at in (trip.start, trip.end) if at is not None)
    parts = [trip.route, trip.purpose, trip.country, times]
    parts += [f"{trip.kilometres.normalize():f} {km}"] if trip.kilometres else []
    parts += [f"{trip.passengers} {passengers}"] if trip.passengers else []
    parts += [f"{trip.meals} {meals}"] if trip.meals else []
    told = ", ".join(part for part in parts if part)
    return f"{name}: {told}" if told else ""


def _moment(at: datetime) -> str:
    return f"{at.day}.{at.month}.{at.year} {at:%H.%M}"
