"""What somebody filled into the forms of a claim, as values; what does not fit is told at its field."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from finance import allowances, capture
from finance.allowance_rates import Vehicle
from finance.allowances import Moment
from finance.capture import HOME, CostType, Journey, Row, Wrong
from finance.countries import known
from finance.invoice import ONE, ZERO
from finance.typed import Fix, FixError, parse
from handlers import papers
from handlers.desk import Here

Values = dict[str, str]
Faults = dict[str, Wrong]


def row(here: Here, id: int, today: date) -> tuple[Row | None, Faults]:
    """The cost of the form; None where something does not fit."""
    given = _trimmed(here)
    faults: Faults = {}
    gross = _number(given, "gross", faults)
    day = _day(given, "day", faults)
    currency = given.get("claim.currency", HOME) or HOME
    rate = _rate(here, given, currency, faults)
    percent = _number(given, "percent", faults)
    if gross is None or day is None or rate is None or percent is None:
        return None, faults
    found = Row(
        id,
        day,
        gross,
        currency,
        rate,
        CostType(given.get("type") or CostType.OTHER),
        given.get("supplier", ""),
        given.get("what", ""),
        percent,
        given.get("claim.project", ""),
        given.get("payment", ""),
    )
    faults |= capture.wrong(found, today)
    return (None if faults else found), faults


def _rate(here: Here, given: Values, currency: str, faults: Faults) -> Decimal | None:
    """The rate as typed, else Procountor's newest one; one euro is one euro."""
    if currency == HOME:
        return ONE
    if given.get("rate"):
        return _number(given, "rate", faults)
    try:
        rates = papers.kept_reference(here.desk, here.company).rates
    except LookupError:
        rates = ()
    found = next((one.rate for one in rates if one.currency == currency), None)
    if found is None:
        faults["rate"] = Wrong.RATE
    return found


def journey(here: Here, before: Journey | None) -> tuple[Journey | None, Faults]:
    """Where, why and when; what the travel days were is kept from ``before``."""
    given = _trimmed(here)
    faults: Faults = {}
    start = _moment(given, "start", here.say.zone, faults)
    end = _moment(given, "end", here.say.zone, faults, ends=True)
    km = _number(given, "km", faults) if given.get("km") else ZERO
    passengers = _whole(given, "passengers", faults)
    for name in ("route", "purpose"):
        if not given.get(name):
            faults[name] = Wrong.MISSING
    if start is not None and end is not None and "start_time" not in faults and "end_time" not in faults:
        if end <= start:
            faults["end_day"] = Wrong.ENDS
        elif (end - start).days > allowances.LONGEST:
            faults["end_day"] = Wrong.LONG
    if km is None or not ZERO <= km < 100_000:
        faults["km"] = Wrong.KILOMETRES
    if faults or start is None or end is None or km is None or passengers is None:
        return None, faults
    return Journey(
        given["route"],
        given["purpose"],
        start,
        end,
        before.countries if before else ("FI",),
        before.meals if before else (),
        km,
        passengers,
        bool(given.get("trailer")),
        Vehicle(given.get("vehicle") or Vehicle.CAR),
        before.own_meals if before else 0,
        bool(given.get("per_diem")),
        given.get("claim.project", ""),
        before.looked_up if before else {},
        before.sources if before else {},
    ), {}


def days(here: Here, count: int) -> tuple[dict[str, Any], Faults]:
    """Where each travel day ended and the free meals of each, ready to change a journey with."""
    given = _trimmed(here)
    faults: Faults = {}
    countries, meals = [], []
    for n in range(1, count + 1):
        code = given.get(f"claim.country.{n}", "")
        if not known(code):
            faults[f"country_{n}"] = Wrong.COUNTRY
        countries.append(code)
        meals.append(int(given.get(f"meals_{n}") or 0))
    rates = {}
    for name in given:
        if name.startswith("rate_"):
            found = _number(given, name, faults)
            if found is not None and 0 < found < 1000:
                rates[name.removeprefix("rate_")] = found
            elif found is not None:
                faults[name] = Wrong.ALLOWANCE
    sources = {code: given.get(f"source_{code}", "") for code in rates}
    faults |= {f"source_{code}": Wrong.SOURCE for code, told in sources.items() if not told}
    changed = {"countries": tuple(countries), "meals": tuple(meals), "own_meals": int(given.get("own") or 0)}
    return {**changed, "looked_up": rates, "sources": sources}, faults


def _trimmed(here: Here) -> Values:
    return {name: text.strip() for name, text in here.said.values.items()}


def _number(given: Values, name: str, faults: Faults) -> Decimal | None:
    try:
        found = parse(Decimal, Fix(name, given.get(name, "")))
    except FixError:
        faults[name] = Wrong.NUMBER
        return None
    return found if isinstance(found, Decimal) else None


def _whole(given: Values, name: str, faults: Faults) -> int | None:
    text = given.get(name, "")
    if text and not (text.isdecimal() and text.isascii()):
        faults[name] = Wrong.WHOLE
        return None
    return int(text or 0)


def _day(given: Values, name: str, faults: Faults) -> date | None:
    try:
        return date.fromisoformat(given.get(name, ""))
    except ValueError:
        faults[name] = Wrong.TIME
        return None


def _moment(given: Values, name: str, zone: str, faults: Faults, *, ends: bool = False) -> datetime | None:
    try:
        local = datetime.fromisoformat(f"{given.get(f'{name}_day', '')}T{given.get(f'{name}_time', '')}")
        if not 2000 < local.year < 2100:
            raise ValueError(local)
    except ValueError:
        faults[f"{name}_time"] = Wrong.TIME
        return None
    found = allowances.moment(local, zone, ends=ends)
    if isinstance(found, Moment):
        faults[f"{name}_time"] = Wrong.SKIPPED
        return None
    return found
