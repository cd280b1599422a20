"""The two forms of a trip: where, why and when; and then what each travel day was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance.allowance_rates import Vehicle
from finance.allowances import TravelDay
from finance.capture import Journey
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views import claim_words as words
from handlers.views.choosers import clock
from handlers.views.tongue import Tongue

DAYS = 20  # travel days that are asked about one by one; those after them are as the last


def form(say: Tongue, journey: Journey | None, project: tuple[str, str], meta: str) -> Modal:
    """Where, why and when. Times are by the clock at home."""
    told = [*_where(say, journey, project), *_when(say, journey), *_driven(say, journey)]
    told.append(b.actions([b.button(say("Back to the claim"), "claim.back", meta)]))
    return Modal(say("The trip"), tuple(b.anew(told, meta)), "claim.trip", say("Close"), say("Next"), meta)


def _where(say: Tongue, journey: Journey | None, project: tuple[str, str]) -> list[Block]:
    route, purpose = (journey.route, journey.purpose) if journey else ("", "")
    search = b.search("claim.project", say("Type to search"), project if project[0] else None)
    example = say("For instance: Helsinki–Tampere–Helsinki")
    return [
        b.field("route", say("Route"), b.text_input("route", route, most=120), example),
        b.field("purpose", say("Purpose"), b.text_input("purpose", purpose, most=120)),
        b.field("project", say("Project"), search, optional=True),
    ]


def _when(say: Tongue, journey: Journey | None) -> list[Block]:
    told = []
    for name, day, hour, at in (
        ("start", say("Left on"), say("Left at"), journey.start if journey else None),
        ("end", say("Came back on"), say("Came back at"), journey.end if journey else None),
    ):
        told.append(b.field(f"{name}_day", day, b.date_input(f"{name}_day", at.date().isoformat() if at else "")))
        told.append(b.field(f"{name}_time", hour, clock(f"{name}_time", f"{at:%H:%M}" if at else "")))
    claims = b.checkbox("per_diem", say("Claim per diems"))
    if journey is None or journey.per_diem:
        claims["initial_options"] = claims["options"]
    hint = say("Only when the place was more than 15 km from home or work, whichever you left, and 5 km from both.")
    return [*told, b.field("per_diem", say("Per diems"), claims, hint, optional=True)]


def _driven(say: Tongue, journey: Journey | None) -> list[Block]:
    vehicles = [(Vehicle.CAR.value, say("Car")), (Vehicle.MOTORCYCLE.value, say("Motorcycle"))]
    km = say.shown(journey.km) if journey and journey.km else ""
    passengers = str(journey.passengers) if journey and journey.passengers else ""
    trailer = b.checkbox("trailer", say("With a trailer"))
    if journey and journey.trailer:
        trailer["initial_options"] = trailer["options"]
    chosen = (journey.vehicle if journey else Vehicle.CAR).value
    return [
        b.field("km", say("Kilometres with your own vehicle"), b.text_input("km", km, most=8), optional=True),
        b.field("vehicle", say("Vehicle"), b.select("vehicle", say("Choose"), vehicles, chosen)),
        b.field("passengers", say("Passengers"), b.text_input("passengers", passengers, most=2), optional=True),
        b.field("trailer", say("Trailer"), trailer, optional=True),
    ]


@dataclass(frozen=True, slots=True)
class Days:
    """``unknown`` are countries whose per diem is not known here, each with what a person looked up, if he did.

    ``sources`` tell where.
    """

    days: Sequence[TravelDay]
    countries: Sequence[str]
    meals: Sequence[int]
    own_meals: int = 0
    unknown: Mapping[str, Decimal | None] | None = None
    sources: Mapping[str, str] | None = None


def days(say: Tongue, asked: Days, meta: str) -> Modal:
    """Where each travel day ended, and the free meals of each; for a short trip the meals one paid oneself."""
    about = say("A travel day is 24 hours from when you left. On a ship or a plane: the place it had left from.")
    told: list[Block] = [b.context(about)]
    for place, day in enumerate(asked.days[:DAYS]):
        told += [*([b.divider()] if place else []), *_day(say, asked, place, day)]
    for code, known in (asked.unknown or {}).items():
        told += _look_up(say, code, asked.days[0].year, known, (asked.sources or {}).get(code, ""))
    if len(asked.days) == 1:
        own = say("Meals you paid yourself, when the trip is too short for a per diem")
        told.append(b.field("own", own, _count(say, "own", asked.own_meals)))
    told.append(b.actions([b.button(say("Back to the claim"), "claim.back", meta)]))
    return Modal(say("Travel days"), tuple(b.anew(told, meta)), "claim.days", say("Close"), say("Save"), meta)


def _look_up(say: Tongue, code: str, year: int, known: Decimal | None, source: str) -> list[Block]:
    """The fields for a per diem that is not known here: it is never guessed."""
    label = say("Full per diem of {country} in {year}, €", country=words.country(say, code), year=str(year))
    hint = say("Kierto does not know it. Look it up in the Tax Administration’s decision of the year.")
    amount = b.text_input(f"rate_{code}", say.amount(known) if known is not None else "", most=8)
    where = say("Where you found it. Whoever approves the claim sees it.")
    return [
        b.field(f"rate_{code}", label, amount, hint),
        b.field(f"source_{code}", say("Source"), b.text_input(f"source_{code}", source, most=120), where),
    ]


def _day(say: Tongue, asked: Days, place: int, day: TravelDay) -> list[Block]:
    n = day.number
    times = f"{say.moment(day.start)} → {say.moment(day.end)}"
    code = asked.countries[min(place, len(asked.countries) - 1)] if asked.countries else "FI"
    eaten = asked.meals[place] if place < len(asked.meals) else 0
    where = b.search(f"claim.country.{n}", say("Choose"), (code, words.country(say, code)))
    return [
        b.section(f"*{say('Day {n}', n=n)}* · {times}"),
        b.field(f"country_{n}", say("Country where day {n} ended", n=n), where),
        b.field(f"meals_{n}", say("Free meals on day {n}", n=n), _count(say, f"meals_{n}", eaten)),
    ]


def _count(say: Tongue, action: str, chosen: int) -> Block:
    choices = [("0", say("None")), ("1", say("One")), ("2", say("Two or more"))]
    return b.select(action, say("Choose"), choices, str(min(chosen, 2)))
