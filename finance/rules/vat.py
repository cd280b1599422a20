"""VAT percentages: given, in force on the delivery date, in use in the company, in keeping with the reason given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from finance import vat
from finance.case import Case, explained, of_row, product_lines
from finance.countries import EU
from finance.faults import Fact, Fault, Repair, Who
from finance.invoice import Invoice, Line
from finance.menus import percent_choices
from finance.registers import Registers
from finance.totals import totals

_ZERO_CATEGORIES = ("AE", "K", "G", "O", "E", "Z")


def missing(invoice: Invoice, registers: Registers) -> Iterator[Fault]:
    """Rows without a VAT percentage; nothing stands for "the usual one"."""
    for i, line in product_lines(invoice):
        if line.vat_percent is None:
            yield _choose("vat.percent_missing", i, line, registers.percents, of_row(i, line))


def categories(case: Case) -> Iterator[Fault]:
    """A reason for no VAT next to a percentage, and reasons that the other side's country contradicts."""
    for i, line in product_lines(case.invoice):
        category, percent = line.vat_category, line.vat_percent
        if category in _ZERO_CATEGORIES and percent:
            facts = of_row(i, line, percent=percent, category=category)
            yield _choose("vat.category_percent", i, line, (Decimal(0),), facts)
        elif category == "K" and case.country and (case.country not in EU or case.country == "FI"):
            facts = of_row(i, line, category=category, country=case.country)
            yield Fault("vat.category_country", f"{case.side}.address.country", case.country, "", facts)


def buyer_number(case: Case) -> Iterator[Fault]:
    """Reverse charge and intra-community sales need the buyer's VAT number (R39)."""
    reverse = any(line.vat_category in ("AE", "K") for _, line in product_lines(case.invoice))
    if reverse and not case.invoice.buyer.vat_number.strip():
        yield Fault("vat.buyer_number_missing", "buyer.vat_number", repair=Repair.TEXT)


def dated(case: Case) -> Iterator[Fault]:
    """Finnish percentages against the delivery date, and each percentage against the company's own list (R10, R21)."""
    finnish = case.registers.reference.country == "FI"
    correction = bool(case.invoice.credited_number) or totals(case.invoice).gross < 0
    for i, line in product_lines(case.invoice):
        percent = line.vat_percent
        if percent is None:
            continue
        start, end = delivery(line, case.invoice)
        past = correction or line.quantity * line.unit_price < 0  # credits and deducted prepayments keep their rate
        valid = vat.percents_until(end) if past else vat.percents(start, end)
        if finnish and percent not in valid:
            yield _not_on_date(i, line, valid, end, case.registers)
        elif percent not in case.registers.percents:
            enabled = [p for p in case.registers.percents if p in valid] if finnish else case.registers.percents
            yield _choose("vat.percent_not_enabled", i, line, tuple(enabled), of_row(i, line, percent=percent))


def delivery(line: Line, invoice: Invoice) -> tuple[date, date]:
    """The days that decide a row's VAT percentage: its own period, else the invoice's, else the billing date."""
    start = line.start or line.end or invoice.delivery_start or invoice.delivery_end or invoice.issued
    end = line.end or line.start or invoice.delivery_end or invoice.delivery_start or invoice.issued
    return min(start, end), max(start, end)


def _not_on_date(i: int, line: Line, valid: tuple[Decimal, ...], day: date, registers: Registers) -> Fault:
    assert line.vat_percent is not None
    usable = tuple(p for p in valid if p in registers.percents) or valid
    instead = vat.successor(line.vat_percent, usable)
    texts = ", ".join(choice.label for choice in percent_choices(valid))
    facts = of_row(i, line, percent=line.vat_percent, date=day)
    return _choose("vat.percent_not_on_date", i, line, usable, facts, texts, instead)


def _choose(
    code: str,
    i: int,
    line: Line,
    percents: tuple[Decimal, ...],
    facts: Mapping[str, Fact],
    expected: str = "",
    instead: Decimal | None = None,
) -> Fault:
    return Fault(
        code,
        f"lines[{i}].vat_percent",
        "" if line.vat_percent is None else f"{line.vat_percent.normalize():f}",
        expected,
        facts,
        Repair.CHOOSE,
        "vat",
        percent_choices(percents),
        "" if instead is None else f"{instead.normalize():f}",
    )


RULES = (categories, buyer_number, dated)

EXPLANATIONS = (
    explained(
        "vat.percent_missing",
        Who.SENDER,
        ("Riviltä {row} ”{name}” puuttuu ALV-prosentti.", "Valitse ALV-prosentti."),
        ("Rad {row} ”{name}” saknar momsprocent.", "Välj momsprocent."),
        ("Row {row} “{name}” has no VAT percentage.", "Choose the VAT percentage."),
    ),
    explained(
        "vat.percent_not_on_date",
        Who.SENDER,
        (
            "Rivin {row} ”{name}” ALV {percent} % ei ollut voimassa toimituspäivänä {date}.",
            "Silloin olivat voimassa {expected}. Valitse oikea prosentti tai korjaa toimituspäivä.",
        ),
        (
            "Moms {percent} % på rad {row} ”{name}” gällde inte på leveransdagen {date}.",
            "Då gällde {expected}. Välj rätt procent eller rätta leveransdagen.",
        ),
        (
            "VAT {percent} % on row {row} “{name}” was not in force on the delivery date {date}.",
            "The rates then were {expected}. Choose the right one or correct the delivery date.",
        ),
    ),
    explained(
        "vat.percent_not_enabled",
        Who.ACCOUNTANT,
        (
            "ALV {percent} % (rivi {row}) ei ole yrityksellä käytössä Procountorissa.",
            "Pyydä ottamaan prosentti käyttöön Procountorin ALV-asetuksissa tai valitse toinen.",
        ),
        (
            "Moms {percent} % (rad {row}) används inte av företaget i Procountor.",
            "Be att procenten tas i bruk i Procountors momsinställningar eller välj en annan.",
        ),
        (
            "VAT {percent} % (row {row}) is not in use for the company in Procountor.",
            "Ask for it to be switched on in Procountor's VAT settings, or choose another.",
        ),
    ),
    explained(
        "vat.category_percent",
        Who.SENDER,
        (
            "Rivi {row} ”{name}” on merkitty verottomaksi (koodi {category}), mutta sen ALV on {percent} %.",
            "Valitse ALV 0 % tai korjaa veron peruste projektijärjestelmässä.",
        ),
        (
            "Rad {row} ”{name}” är märkt som momsfri (kod {category}) men har moms {percent} %.",
            "Välj moms 0 % eller rätta momsgrunden i projektsystemet.",
        ),
        (
            "Row {row} “{name}” is marked as without VAT (code {category}) but has VAT {percent} %.",
            "Choose VAT 0 % or correct the reason in the project system.",
        ),
    ),
    explained(
        "vat.category_country",
        Who.PSA,
        (
            "Rivi {row} on merkitty EU-myynniksi (koodi {category}), mutta ostajan maa on {country}.",
            "Korjaa ostajan maa tai veron peruste projektijärjestelmässä.",
        ),
        (
            "Rad {row} är märkt som EU-försäljning (kod {category}), men köparens land är {country}.",
            "Rätta köparens land eller momsgrunden i projektsystemet.",
        ),
        (
            "Row {row} is marked as a sale within the EU (code {category}), but the buyer's country is {country}.",
            "Correct the buyer's country or the VAT reason in the project system.",
        ),
    ),
    explained(
        "vat.buyer_number_missing",
        Who.SENDER,
        (
            "Ostaja maksaa veron, mutta ostajan ALV-numero puuttuu.",
            "Lisää ostajan ALV-numero maatunnuksineen, esimerkiksi SE556012579001.",
        ),
        (
            "Köparen betalar momsen, men köparens momsnummer saknas.",
            "Ange köparens momsnummer med landskod, till exempel SE556012579001.",
        ),
        (
            "The buyer pays the VAT, but the buyer's VAT number is missing.",
            "Add the buyer's VAT number with its country code, for example SE556012579001.",
        ),
    ),
)
