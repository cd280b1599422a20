"""From what was written in Slack to a claim: costs, and what the trip gives by the year's maxima."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from finance import allowance_rates, allowances
from finance.allowances import Allowance, Drive, Extent, Mileage, Ride
from finance.capture import HOME, CostType, Journey, Row, Sheet
from finance.claim import Claim, Claimant, Cost, Trip
from finance.invoice import ONE, ZERO, Attachment
from finance.lists import COMPANY, OWN
from finance.reference import Product

DEFAULTS = {OWN: OWN, COMPANY: COMPANY}
"""How a cost was paid, where the company has no list of its own: the PSA's two defaults (R62)."""


class Gift(StrEnum):
    """What a trip may give."""

    PER_DIEM = "per_diem"
    KILOMETRES = "kilometres"
    MEALS = "meals"


@dataclass(frozen=True, slots=True)
class Given:
    """One thing the trip gives; ``amount`` is None when its maximum is not known. One of the last three is there."""

    gift: Gift
    day: date
    amount: Decimal | None
    allowance: Allowance | None = None
    mileage: Mileage | None = None
    meals: int = 0


def given(journey: Journey) -> tuple[Given, ...]:
    """What the trip gives, nothing of it more than the maxima; per diems that come to nothing are left out."""
    days = allowances.travel_days(journey.start, journey.end)
    found: list[Given] = []
    per_diems = (
        allowances.per_diems(days, journey.countries, journey.meals, journey.looked_up) if journey.per_diem else ()
    )
    for one in per_diems:
        if one.extent is not Extent.NONE:
            found.append(Given(Gift.PER_DIEM, one.day.start.date(), one.amount, allowance=one))
    if days and not found and journey.own_meals:
        money = allowances.meal_money(days[0], journey.own_meals)
        found.append(Given(Gift.MEALS, days[0].start.date(), money, meals=journey.own_meals))
    if days and journey.km > 0:
        drive = Drive(journey.km, journey.passengers, journey.trailer, journey.vehicle)
        for driven in allowances.mileage(drive, days[0].year):
            found.append(Given(Gift.KILOMETRES, days[0].start.date(), driven.amount, mileage=driven))
    return tuple(found)


def unknown(sheet: Sheet) -> tuple[Given, ...]:
    """What cannot be claimed yet, because nobody has told its maximum."""
    return tuple(g for g in given(sheet.journey) if g.amount is None) if sheet.journey else ()


def total(sheet: Sheet) -> Decimal:
    """What the claim comes to so far, in euros."""
    gifts = given(sheet.journey) if sheet.journey else ()
    return sum((row.amount for row in sheet.rows), ZERO) + sum((g.amount or ZERO for g in gifts), ZERO)


def claim(
    sheet: Sheet,
    number: str,
    claimant: Claimant,
    created: date,
    receipts: Mapping[int, Sequence[Attachment]],
    payment_types: Mapping[str, str],
    language: str,
    travel: Sequence[Product] = (),
) -> Claim:
    """The claim, every cost with its receipts (by row). ``language`` is that of the words put into documents.

    ``travel`` are Procountor's official products for allowances: those of the day give theirs the codes (R69).
    """
    costs = [_cost(row, tuple(receipts.get(row.id, ())), payment_types, language) for row in sheet.rows]
    journey = sheet.journey
    costs += [_gift(one, journey, language, travel) for one in given(journey)] if journey else []
    trip = None if journey is None else _trip(journey)
    return Claim(number, created, sheet.kind, claimant, HOME, tuple(costs), trip, sheet.note)


def _cost(row: Row, receipts: tuple[Attachment, ...], payment_types: Mapping[str, str], language: str) -> Cost:
    whose = payment_types.get(row.payment) or DEFAULTS.get(row.payment, "")
    told = ": ".join(part for part in (row.supplier.strip(), row.description.strip()) if part)
    return Cost(
        row.day,
        row.gross,
        kind=TYPES[row.type][_LANGUAGES.get(language, 2)],
        description=told,
        vat_percent=row.vat_percent or ZERO,
        project=row.project,
        payment_type=row.payment,
        paid_by=whose,
        currency=row.currency,
        rate=row.rate,
        number=str(row.id),
        receipts=receipts,
    )


def _gift(one: Given, journey: Journey, language: str, travel: Sequence[Product]) -> Cost:
    """Allowances carry no VAT and are the traveller's own money (R69)."""
    quantity, unit, price = ONE, "", one.amount
    if one.mileage is not None:
        quantity, unit, price = one.mileage.quantity, "km", one.mileage.per_km
    elif one.allowance is not None:
        unit = _DAYS[_LANGUAGES.get(language, 2)]
    return Cost(
        one.day,
        one.amount or ZERO,
        description=_named(one, _LANGUAGES.get(language, 2)) + _source(one, journey),
        quantity=quantity,
        unit=unit,
        unit_price=price,
        project=journey.project,
        product_code=_code(one, travel),
        paid_by=OWN,
    )


def _code(one: Given, travel: Sequence[Product]) -> str:
    """The official product whose rate on the day is the allowance’s; "" when none is, or several alike are."""
    rate = one.amount
    if one.mileage is not None:
        rate = one.mileage.per_km
    elif one.allowance is not None and one.allowance.rate is not None:
        rate = one.allowance.rate * (2 if one.allowance.extent is Extent.HALF_ABROAD else 1)
    valid = [p for p in travel if p.active and p.code and (p.start or one.day) <= one.day <= (p.end or one.day)]
    fits = [p for p in valid if p.price == rate]
    words = _SIGNS[one.mileage.ride] if one.mileage is not None else _MEALS if one.gift is Gift.MEALS else _DAILY
    named = [p for p in fits if any(word in p.name.casefold() for word in words)]
    codes = {p.code for p in named or fits}
    return codes.pop() if len(codes) == 1 else ""


def _trip(journey: Journey) -> Trip:
    abroad = next((c for c in journey.countries if c != "FI"), "FI")
    return Trip(
        journey.route, journey.purpose, abroad, journey.start, journey.end, journey.km, journey.passengers,
        sum(journey.meals),
    )  # fmt: skip


_LANGUAGES = {"fi": 0, "sv": 1, "en": 2}
_DAYS = ("pv", "dag", "day")
TYPES: Mapping[CostType, tuple[str, str, str]] = {
    CostType.MEAL: ("Ateria", "Måltid", "Meal"),
    CostType.HOTEL: ("Majoitus", "Logi", "Lodging"),
    CostType.TAXI: ("Taksi", "Taxi", "Taxi"),
    CostType.TICKET: ("Matkalippu", "Resebiljett", "Ticket"),
    CostType.PARKING: ("Pysäköinti", "Parkering", "Parking"),
    CostType.FUEL: ("Polttoaine", "Bränsle", "Fuel"),
    CostType.SUPPLIES: ("Tarvikkeet", "Förnödenheter", "Supplies"),
    CostType.TELEPHONE: ("Puhelin ja netti", "Telefon och internet", "Telephone and internet"),
    CostType.GUESTS: ("Edustus", "Representation", "Entertaining guests"),
    CostType.OTHER: ("Muu kulu", "Övrig kostnad", "Other"),
}
_EXTENTS: Mapping[Extent, tuple[str, str, str]] = {
    Extent.FULL: ("Kokopäiväraha", "Heldagtraktamente", "Full per diem"),
    Extent.PARTIAL: ("Osapäiväraha", "Partiellt dagtraktamente", "Partial per diem"),
    Extent.ABROAD: ("Ulkomaanpäiväraha", "Utlandsdagtraktamente", "Per diem abroad"),
    Extent.HALF_ABROAD: ("Puolikas ulkomaanpäiväraha", "Halvt utlandsdagtraktamente", "Half per diem abroad"),
}
_SIGNS: Mapping[Ride, tuple[str, ...]] = {
    Ride.VEHICLE: ("kilometri", "kilometer", "kilometre", "km"),
    Ride.PASSENGERS: ("matkustaj", "passager", "passenger"),
    Ride.TRAILER: ("perävaunu", "släp", "trailer"),
}
_DAILY = ("päiväraha", "dagtraktamente", "per diem", "daily allowance")
_MEALS = ("ateria", "måltid", "meal")
_RIDES: Mapping[Ride, tuple[str, str, str]] = {
    Ride.VEHICLE: ("Kilometrikorvaus", "Kilometerersättning", "Kilometre allowance"),
    Ride.PASSENGERS: ("Lisämatkustajat, km", "Passagerare, km", "Passengers, km"),
    Ride.TRAILER: ("Perävaunu, km", "Släpvagn, km", "Trailer, km"),
}
_MEAL = ("Ateriakorvaus", "Måltidsersättning", "Meal allowance")
_HALVED = ("ateriat saatu", "fria måltider", "free meals")


def _source(one: Given, journey: Journey) -> str:
    """Where a per diem that is not known here was found; "" for one that is known."""
    found = one.allowance
    if found is None or found.country not in journey.sources:
        return ""
    bare = allowance_rates.abroad(found.country, found.day.year)
    return "" if bare is not None else f" [{journey.sources[found.country]}]"


def _named(one: Given, place: int) -> str:
    """What it is called in documents: "Ulkomaanpäiväraha SE 2026"."""
    if one.mileage is not None:
        return _RIDES[one.mileage.ride][place]
    if one.allowance is None:
        return _MEAL[place]
    found = one.allowance
    words = [_EXTENTS[found.extent][place], "" if found.country == "FI" else found.country, str(found.day.year)]
    named = " ".join(word for word in words if word)
    return f"{named} ({_HALVED[place]})" if found.halved else named
