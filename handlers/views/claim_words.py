"""Words about claims that several of their messages and forms share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finance.allowances import Extent, Ride
from finance.capture import HOME, CostType, Row, Wrong
from finance.captured import Gift, Given
from finance.claim import ClaimKind
from finance.countries import names
from finance.receipts import Doubt, Flaw
from handlers.views.blocks import clean, safe
from handlers.views.tongue import Tongue

_PLACES = {"fi": 0, "sv": 1, "en": 2}


def kind(say: Tongue, kind: ClaimKind) -> str:
    """What sort of claim it is, at the beginning of a line."""
    return say("Travel claim") if kind is ClaimKind.TRAVEL else say("Expense claim")


def type_(say: Tongue, type: CostType) -> str:
    """What money was spent on."""
    return {
        CostType.MEAL: say("Meal"),
        CostType.HOTEL: say("Lodging"),
        CostType.TAXI: say("Taxi ride"),
        CostType.TICKET: say("Ticket"),
        CostType.PARKING: say("Parking"),
        CostType.FUEL: say("Fuel"),
        CostType.SUPPLIES: say("Supplies"),
        CostType.TELEPHONE: say("Telephone and internet"),
        CostType.GUESTS: say("Entertaining guests"),
        CostType.OTHER: say("Something else"),
    }[type]


def percent(say: Tongue, found: Decimal) -> str:
    return f"{say.shown(found)}\N{NO-BREAK SPACE}%" if found else say("0 % or no VAT")


def country(say: Tongue, code: str) -> str:
    """A country in the reader's language."""
    found = names().get(code)
    return found[_PLACES[say.language]] if found else clean(code)


def cost(say: Tongue, row: Row) -> str:
    """A row in a line or two: what, when, how much; in another currency with the rate it is counted by."""
    told = ": ".join(safe(part, 60) for part in (row.supplier, row.description) if part.strip())
    head = f"*{say.money(row.gross, row.currency)}* · {type_(say, row.type)} · {say.shown(row.day)}"
    lines = [head, told]
    if row.currency != HOME:
        lines.append(
            say(
                "{sum} at 1 € = {rate} {currency}",
                sum=say.money(row.amount, HOME),
                rate=row.rate,
                currency=row.currency,
            )
        )
    return "\n".join(line for line in lines if line)


def gift(say: Tongue, one: Given) -> str:
    """What the trip gives, in a line: "4.5. full per diem: 54,00 €"."""
    worth = say.money(one.amount, HOME) if one.amount is not None else say("maximum not known")
    if one.gift is Gift.MEALS:
        return say.n("Meal allowance for {n} meal: {sum}", "Meal allowance for {n} meals: {sum}", one.meals, sum=worth)
    if one.mileage is not None:
        per_km = one.mileage.per_km
        rate = say.amount(per_km) if per_km is not None else "–"
        ride = {Ride.PASSENGERS: say("passengers"), Ride.TRAILER: say("trailer")}.get(one.mileage.ride, "")
        told = say("{km} km at {rate} €: {sum}", km=one.mileage.quantity, rate=rate, sum=worth)
        return f"{ride}: {told}" if ride else told
    found = one.allowance
    assert found is not None
    named = {
        Extent.FULL: say("full per diem"),
        Extent.PARTIAL: say("partial per diem"),
        Extent.ABROAD: say("per diem, {country}", country=country(say, found.country)),
        Extent.HALF_ABROAD: say("half per diem, {country}", country=country(say, found.country)),
    }[found.extent]
    halved = f" ({say('halved: free meals')})" if found.halved else ""
    return f"{say.shown(one.day)} {named}{halved}: {worth}"


def doubt(say: Tongue, found: Doubt, day: date) -> str:
    """What is odd about the day of a payment."""
    if found is Doubt.RECEIPT:
        return say("The receipt says {day}, the row says today. Give the day the payment was made.", day=day)
    if found is Doubt.PICTURE:
        return say("The picture was taken on {day}, before the day on the row. Check the day of payment.", day=day)
    return say("The day lies ahead.")


def flaw(say: Tongue, found: Flaw) -> str:
    """Why a file cannot be a receipt, and what to do."""
    return {
        Flaw.EMPTY: say("The file is empty. Take the picture again."),
        Flaw.LARGE: say("The file is too large. Send at most 20 MB."),
        Flaw.NAME: say("The name of the file hides what it is. Rename it and send it again."),
        Flaw.KIND: say("This is neither a picture nor a PDF. Send a JPEG, PNG, HEIC or PDF."),
        Flaw.ENDING: say("The file is another kind than its name says. Save it anew and send it again."),
        Flaw.ARCHIVE: say("This is a packed archive. Unpack it and send the receipts themselves."),
        Flaw.BROKEN: say("The file cannot be opened: it is broken or was cut off. Send it again."),
        Flaw.PIXELS: say("The picture has too many pixels. Take it with an ordinary camera setting."),
        Flaw.LOCKED: say("The PDF is locked with a password. Save it without one."),
        Flaw.ACTIVE: say("The PDF holds a script, a form or another file. Print it to a new PDF, or send a picture."),
        Flaw.PAGES: say("The PDF has too many pages. Send only the pages of the receipt."),
        Flaw.TWOFOLD: say("The file is two kinds of file in one. Take a picture of the receipt instead."),
        Flaw.HEAVY: say("The file takes too much to open. Take a picture of the receipt instead."),
    }[found]


def wrong(say: Tongue, found: Wrong, percents: str = "") -> str:
    """What is wrong with a field; plain text. ``percents`` are those in force on the day."""
    return {
        Wrong.MISSING: say("Say where or what it was."),
        Wrong.NUMBER: say("Write an amount, such as 12,40."),
        Wrong.AMOUNT: say("The amount must be more than nothing, and less than a million."),
        Wrong.ALLOWANCE: say("What a day gives must be more than nothing, and less than a thousand."),
        Wrong.KILOMETRES: say("Write the kilometres as a number, such as 120.5, less than a hundred thousand."),
        Wrong.CENTS: say("An amount has two decimals at most."),
        Wrong.FUTURE: say("The payment has not been made yet on this day. Give the day it was made."),
        Wrong.PERCENT: say("This percentage was not in force on that day. These were: {percents}", percents=percents),
        Wrong.CURRENCY: say("Choose a currency from the list."),
        Wrong.RATE: say("The rate is not known. Write what one euro costs in this currency."),
        Wrong.TIME: say("Give a day and a time."),
        Wrong.SKIPPED: say("There was no such time: the clocks were set forward over it."),
        Wrong.ENDS: say("The trip ends before it begins."),
        Wrong.LONG: say("A trip of more than 60 days is claimed in parts."),
        Wrong.COUNTRY: say("Choose a country from the list."),
        Wrong.WHOLE: say("Write a whole number."),
        Wrong.SOURCE: say("Say where you found the amount: a link, or the name of the decision."),
    }[found]
