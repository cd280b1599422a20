"""The trip of a travel claim: where, why and when, what each travel day was, and what that gives (domain.md 6.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from finance import allowances, captured, countries
from finance.allowances import TravelDay
from finance.capture import Journey
from finance.captured import Gift
from finance.faults import Choice
from finance.menus import best
from handlers import capturing, claim_fields, expense_row
from handlers.capturing import mine
from handlers.chat import Answer, Modal
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import blocks as b
from handlers.views import claim_sheet as sheets
from handlers.views import claim_trip as views
from handlers.views import claim_words as words
from handlers.views.claim_trip import DAYS, Days
from storage import captures
from storage.captures import Captured

on = Router()


@on.click("claim.trip", now=True)
def open_trip(here: Here) -> None:
    """Turns the form into that of the trip."""
    found = mine(here, here.said.value, "claim.trip")
    if found is None:
        return here.chat.refresh(here.said.view, sheets.gone(here.say))
    one = capturing.noted(here, found[0])
    capturing.shown(here, one.id, view="")
    journey = one.sheet.journey
    project = expense_row.project(here, journey.project if journey else "")
    meta = capturing.opened(here, one, "claim.trip")
    return here.chat.refresh(here.said.view, views.form(here.say, journey, project, meta))


@on.form("claim.trip")
def save_trip(here: Here) -> Answer:
    """Keeps the trip, and asks what its travel days were where that matters."""
    found = mine(here, here.said.meta, "claim.trip")
    if found is None:
        return Answer(update=sheets.gone(here.say))
    journey, faults = claim_fields.journey(here, found[0].sheet.journey)
    if journey is None:
        return Answer(errors=_told(here, faults))
    one = _kept(here, found[0], journey)
    if one is None:
        return Answer(update=sheets.gone(here.say))
    if not journey.per_diem and len(_days(journey)) > 1:
        return _whole(here, one)
    return Answer(update=_asked(here, one, journey))


@on.form("claim.days")
def save_days(here: Here) -> Answer:
    """Keeps what each day was; a per diem that is not known here is asked for before the claim is shown again."""
    found = mine(here, here.said.meta, "claim.days")
    if found is None or found[0].sheet.journey is None:
        return Answer(update=sheets.gone(here.say))
    before = found[0].sheet.journey
    changed, faults = claim_fields.days(here, min(len(_days(before)), DAYS))
    if faults:
        return Answer(errors=_told(here, faults))
    for name in ("looked_up", "sources"):
        changed[name] = {**getattr(before, name), **changed[name]}
    journey = replace(before, **changed)
    one = _kept(here, found[0], journey)
    if one is None:
        return Answer(update=sheets.gone(here.say))
    asked = {name for name in here.said.values if name.startswith("rate_")}
    if any(f"rate_{code}" not in asked for code, known in _unknown(journey).items() if known is None):
        return Answer(update=_asked(here, one, journey))
    return _whole(here, one)


def _told(here: Here, faults: claim_fields.Faults) -> dict[str, str]:
    return {b.at(name, here.said.meta): words.wrong(here.say, wrong) for name, wrong in faults.items()}


def _kept(here: Here, one: Captured, journey: Journey) -> Captured | None:
    return capturing.kept(here, one, lambda sheet: replace(sheet, journey=journey))


def _whole(here: Here, one: Captured) -> Answer:
    with here.desk.store.write() as tx:
        captures.show(tx, one.company, one.id, here.said.view)
    return Answer(update=capturing.sheet(here, one.id))


def _asked(here: Here, one: Captured, journey: Journey) -> Modal:
    meta = capturing.opened(here, one, "claim.days")
    days = _days(journey)
    asked = Days(days, journey.countries, journey.meals, journey.own_meals, _unknown(journey), journey.sources)
    return views.days(here.say, asked, meta)


def _days(journey: Journey) -> tuple[TravelDay, ...]:
    return allowances.travel_days(journey.start, journey.end)


def _unknown(journey: Journey) -> Mapping[str, Decimal | None]:
    """Countries whose per diem of the year is not known here, each with what somebody has looked up for it."""
    bare = captured.given(replace(journey, looked_up={}))
    wanted = [g.allowance.country for g in bare if g.gift is Gift.PER_DIEM and g.amount is None and g.allowance]
    return {code: journey.looked_up.get(code) for code in dict.fromkeys(wanted) if code != "FI"}


def country_options(here: Here) -> Answer:
    """Countries in the reader's language, the nearest first."""
    first = [choice.value for choice in countries.choices()]
    named = [Choice(code, words.country(here.say, code)) for code in first]
    return Answer(options=tuple((c.value, c.label) for c in best(named, here.said.text)))


for _n in range(1, DAYS + 1):
    on.options(f"claim.country.{_n}")(country_options)
