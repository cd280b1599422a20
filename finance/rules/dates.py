"""Dates: due after billing, delivery in order, and a billing date the books are open for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from finance.case import Case, explained
from finance.faults import Fact, Fault, Repair, Who

LONGEST_TERM = 999
USUAL_TERM = 14  # days from billing to due where nothing says another number
_FAR = timedelta(days=366)


def due(case: Case) -> Iterator[Fault]:
    """The due date is given, not before the billing date and at most 999 days after it (rules R02, R03)."""
    issued, day = case.invoice.issued, case.invoice.payment.due
    if day is None:
        yield Fault("date.due_missing", "payment.due", repair=Repair.DATE, proposal=_by_terms(case))
        return
    facts: dict[str, Fact] = {"due": day, "issued": issued, "days": (day - issued).days, "limit": LONGEST_TERM}
    if day < issued:
        proposal = _by_terms(case) or _later(issued, USUAL_TERM)
        yield Fault("date.due_before_issued", "payment.due", day.isoformat(), "", facts, Repair.DATE, proposal=proposal)
    elif (day - issued).days > LONGEST_TERM:
        yield Fault("date.due_too_late", "payment.due", day.isoformat(), "", facts, Repair.DATE)


def period(case: Case) -> Iterator[Fault]:
    """The billing date is in an open period of a known fiscal year (rule R32)."""
    periods, issued = case.registers.reference.periods, case.invoice.issued
    if not periods:
        return
    around = [p for p in periods if p.start <= issued <= p.end]
    if around and all(p.open for p in around):
        return
    here = [p for p in periods if p.start <= case.today <= p.end]
    proposal = case.today.isoformat() if here and all(p.open for p in here) else ""
    code = "date.closed_period" if around else "date.no_fiscal_year"
    yield Fault(code, "issued", issued.isoformat(), "", {"date": issued}, Repair.DATE, proposal=proposal)


def distance(case: Case) -> Iterator[Fault]:
    """A billing date more than a year away is more often a slip of the keyboard than meant."""
    issued = case.invoice.issued
    if abs(issued - case.today) > _FAR:
        facts = {"date": issued, "today": case.today}
        yield Fault("date.far", "issued", issued.isoformat(), "", facts, Repair.DATE, warning=True)


def delivery(case: Case) -> Iterator[Fault]:
    """A delivery does not end before it begins."""
    invoice = case.invoice
    if _backwards(invoice.delivery_start, invoice.delivery_end):
        yield _delivery_fault("delivery_end", invoice.delivery_start, invoice.delivery_end)
    for i, line in enumerate(invoice.lines):
        if _backwards(line.start, line.end):
            yield _delivery_fault(f"lines[{i}].end", line.start, line.end)


def _by_terms(case: Case) -> str:
    """The due date that the words of the payment terms ("14 pv netto") come to; "" when they say no number."""
    days = re.match(r"\D{0,20}(\d{1,3})\b", case.invoice.payment.terms)
    return _later(case.invoice.issued, int(days.group(1))) if days else ""


def _later(day: date, days: int) -> str:
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""


def _backwards(start: date | None, end: date | None) -> bool:
    return start is not None and end is not None and end < start


def _delivery_fault(where: str, start: date | None, end: date | None) -> Fault:
    assert start is not None
    assert end is not None
    return Fault("date.delivery_backwards", where, end.isoformat(), "", {"start": start, "end": end}, Repair.DATE)


RULES = (due, period, distance, delivery)

EXPLANATIONS = (
    explained(
        "date.due_missing",
        Who.SENDER,
        ("Laskulta puuttuu eräpäivä.", "Anna eräpäivä."),
        ("Fakturan saknar förfallodag.", "Ange förfallodag."),
        ("The invoice has no due date.", "Give the due date."),
    ),
    explained(
        "date.due_before_issued",
        Who.SENDER,
        ("Eräpäivä {due} on ennen laskun päivää {issued}.", "Anna eräpäivä, joka on laskun päivä tai myöhempi."),
        ("Förfallodagen {due} är före fakturadatumet {issued}.", "Ange en förfallodag på eller efter fakturadatumet."),
        ("The due date {due} is before the invoice date {issued}.", "Give a due date on or after the invoice date."),
    ),
    explained(
        "date.due_too_late",
        Who.SENDER,
        (
            "Eräpäivä {due} on {days} päivää laskun päivästä {issued}; enintään {limit} on sallittu.",
            "Anna aikaisempi eräpäivä.",
        ),
        (
            "Förfallodagen {due} är {days} dagar efter fakturadatumet {issued}; högst {limit} är tillåtet.",
            "Ange en tidigare förfallodag.",
        ),
        (
            "The due date {due} is {days} days after the invoice date {issued}; at most {limit} are allowed.",
            "Give an earlier due date.",
        ),
    ),
    explained(
        "date.closed_period",
        Who.ACCOUNTANT,
        (
            "Laskun päivä {date} on suljetulla kirjanpitokaudella.",
            "Siirrä laskun päivä avoimelle kaudelle tai pyydä kirjanpitäjää avaamaan kausi.",
        ),
        (
            "Fakturadatumet {date} ligger i en stängd bokföringsperiod.",
            "Flytta datumet till en öppen period eller be bokföraren öppna perioden.",
        ),
        (
            "The invoice date {date} is in a closed accounting period.",
            "Move the date to an open period or ask the accountant to open the period.",
        ),
    ),
    explained(
        "date.no_fiscal_year",
        Who.ACCOUNTANT,
        (
            "Laskun päivä {date} ei ole millään Procountorin tilikaudella.",
            "Tarkista päivä tai pyydä kirjanpitäjää perustamaan tilikausi.",
        ),
        (
            "Fakturadatumet {date} hör inte till någon räkenskapsperiod i Procountor.",
            "Kontrollera datumet eller be bokföraren lägga upp räkenskapsperioden.",
        ),
        (
            "The invoice date {date} is in no fiscal year that Procountor has.",
            "Check the date or ask the accountant to set up the fiscal year.",
        ),
    ),
    explained(
        "date.far",
        Who.SENDER,
        (
            "Laskun päivä {date} on yli vuoden päässä tästä päivästä ({today}).",
            "Tarkista, että vuosi on oikein. Laskun voi lähettää näinkin.",
        ),
        (
            "Fakturadatumet {date} är mer än ett år från i dag ({today}).",
            "Kontrollera att året är rätt. Fakturan kan skickas ändå.",
        ),
        (
            "The invoice date {date} is more than a year from today ({today}).",
            "Check that the year is right. The invoice can be sent as it is.",
        ),
    ),
    explained(
        "date.delivery_backwards",
        Who.SENDER,
        ("Toimitusjakso päättyy {end}, ennen kuin se alkaa {start}.", "Korjaa toimitusjakson viimeinen päivä."),
        ("Leveransperioden slutar {end}, innan den börjar {start}.", "Rätta leveransperiodens sista dag."),
        ("The delivery period ends on {end}, before it begins on {start}.", "Correct the last day of the period."),
    ),
)
