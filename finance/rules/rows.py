"""Rows: at least one, named, with amounts and discounts that can be meant; and what the invoice comes to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from finance.case import Case, explained, of_row, product_lines
from finance.faults import Fact, Fault, Repair, Who
from finance.invoice import Invoice
from finance.totals import check_stated, totals

LARGEST = Decimal(10) ** 9
MOST_DECIMALS = 6
_HUNDRED = Decimal(100)


def possible(invoice: Invoice) -> Iterator[Fault]:
    """Amounts no invoice has (not a number, a milliard and more): nothing else can be computed from them."""
    for i, line in enumerate(invoice.lines):
        for name in ("quantity", "unit_price", "discount_percent", "vat_percent"):
            value = getattr(line, name)
            if value is not None and not _sane(value):
                yield _impossible(f"lines[{i}].{name}", value)
        for name in ("stated_net", "stated_vat", "stated_gross"):
            if (value := getattr(line, name)) is not None and not _sane(value, LARGEST * 1000):
                yield _impossible(f"lines[{i}].{name}", value)
    payment, stated = invoice.payment, invoice.stated
    amounts = {"discount_percent": invoice.discount_percent, "payment.rate": payment.rate}
    amounts |= {f"stated.{n}": v for n in ("net", "vat", "gross") if (v := getattr(stated, n)) is not None}
    amounts |= {"payment.penalty_percent": payment.penalty_percent} if payment.penalty_percent is not None else {}
    for where, value in amounts.items():
        if not _sane(value, LARGEST * 1000):
            yield _impossible(where, value)
    for part in (*((b.percent, b.base, b.vat) for b in stated.breakdown), *((d.percent,) for d in payment.discounts)):
        for value in part:
            if not _sane(value, LARGEST * 1000):
                yield _impossible("stated.breakdown" if len(part) > 1 else "payment.discounts", value)


def some(case: Case) -> Iterator[Fault]:
    """At least one row (rule R07)."""
    if not product_lines(case.invoice):
        yield Fault("rows.none", "lines")


def named(case: Case) -> Iterator[Fault]:
    """Each row says what is sold: a name, or a product that has one."""
    for i, line in product_lines(case.invoice):
        product = case.registers.products.get(line.product_code.strip().casefold())
        if not line.name.strip() and not (product and product.name):
            proposal = next((part.strip() for part in line.descriptions if part.strip()), "")[:100]
            yield Fault(
                "rows.name_missing", f"lines[{i}].name", "", "", of_row(i, line), Repair.TEXT, proposal=proposal
            )


def discounts(case: Case) -> Iterator[Fault]:
    """Discounts between 0 and 100 %, with at most four decimals (rule R08)."""
    if _bad_discount(case.invoice.discount_percent):
        percent = case.invoice.discount_percent
        yield Fault("rows.invoice_discount", "discount_percent", str(percent), "", {"percent": percent}, Repair.TEXT)
    for i, line in product_lines(case.invoice):
        if _bad_discount(line.discount_percent):
            facts = of_row(i, line, percent=line.discount_percent)
            found = str(line.discount_percent)
            yield Fault("rows.discount", f"lines[{i}].discount_percent", found, "", facts, Repair.TEXT)


def decimals(case: Case) -> Iterator[Fault]:
    """Quantities and prices with so many decimals that Procountor may round them differently."""
    for i, line in product_lines(case.invoice):
        for name in ("quantity", "unit_price"):
            value: Decimal = getattr(line, name)
            if _scale(value) > MOST_DECIMALS:
                facts = of_row(i, line, value=value, limit=MOST_DECIMALS)
                where = f"lines[{i}].{name}"
                yield Fault("rows.decimals", where, str(value), "", facts, Repair.TEXT, warning=True)


def amounts(case: Case) -> Iterator[Fault]:
    """Zero sums and credit notes are sent when they are meant (R39); a credit note must lower what is owed."""
    if not product_lines(case.invoice):
        return
    gross = totals(case.invoice).gross
    currency, number = case.invoice.payment.currency, case.invoice.credited_number
    facts: dict[str, Fact] = {"gross": gross, "currency": currency, "number": number}
    if gross == 0:
        yield Fault("sum.zero", "", "0", facts=facts, warning=True)
    elif number and gross > 0:
        yield Fault("credit.positive", "lines", str(gross), facts=facts)
    elif number:
        yield Fault("credit.note", "credited_number", number, facts=facts, warning=True)
    elif gross < 0:
        yield Fault("credit.number_missing", "credited_number", "", "", facts, Repair.TEXT, warning=True)


def stated(case: Case) -> Iterator[Fault]:
    """What the file claims against its rows."""
    yield from check_stated(case.invoice)


def _impossible(where: str, value: Decimal) -> Fault:
    return Fault("rows.impossible", where, str(value)[:40], facts={"value": str(value)[:40]}, repair=Repair.TEXT)


def _sane(value: Decimal, largest: Decimal = LARGEST) -> bool:
    return value.is_finite() and abs(value) < largest and _scale(value) <= 30


def _scale(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _bad_discount(percent: Decimal) -> bool:
    return not 0 <= percent <= _HUNDRED or _scale(percent) > 4


RULES = (some, named, discounts, decimals, amounts, stated)

EXPLANATIONS = (
    explained(
        "rows.impossible",
        Who.PSA,
        ("Luku {value} ei ole mahdollinen laskulla.", "Korjaa luku tässä tai projektijärjestelmässä."),
        ("Talet {value} är inte möjligt på en faktura.", "Rätta talet här eller i projektsystemet."),
        ("The number {value} is not possible on an invoice.", "Correct it here or in the project system."),
    ),
    explained(
        "rows.none",
        Who.PSA,
        ("Laskulla ei ole yhtään riviä.", "Lisää rivit projektijärjestelmässä ja tuo lasku uudelleen."),
        ("Fakturan har inga rader.", "Lägg till rader i projektsystemet och hämta fakturan på nytt."),
        ("The invoice has no rows.", "Add the rows in the project system and import the invoice again."),
    ),
    explained(
        "rows.name_missing",
        Who.SENDER,
        ("Riviltä {row} puuttuu nimi.", "Kirjoita, mitä rivillä myydään."),
        ("Rad {row} saknar namn.", "Skriv vad raden gäller."),
        ("Row {row} has no name.", "Write what the row is for."),
    ),
    explained(
        "rows.invoice_discount",
        Who.SENDER,
        ("Laskun alennus {percent} % ei ole kelvollinen.", "Anna alennus väliltä 0–100 %, enintään neljä desimaalia."),
        ("Fakturans rabatt {percent} % är inte giltig.", "Ange en rabatt mellan 0 och 100 %, högst fyra decimaler."),
        ("The invoice's discount {percent} % is not valid.", "Give 0 to 100 %, with at most four decimals."),
    ),
    explained(
        "rows.discount",
        Who.SENDER,
        (
            "Rivin {row} ”{name}” alennus {percent} % ei ole kelvollinen.",
            "Anna alennus väliltä 0–100 %, enintään neljä desimaalia.",
        ),
        (
            "Rabatten {percent} % på rad {row} ”{name}” är inte giltig.",
            "Ange en rabatt mellan 0 och 100 %, högst fyra decimaler.",
        ),
        (
            "The discount {percent} % of row {row} “{name}” is not valid.",
            "Give 0 to 100 %, with at most four decimals.",
        ),
    ),
    explained(
        "rows.decimals",
        Who.SENDER,
        (
            "Rivin {row} ”{name}” luvussa {value} on yli {limit} desimaalia.",
            "Procountor voi pyöristää sen toisin. Tarkista summa luonnoksesta.",
        ),
        (
            "Talet {value} på rad {row} ”{name}” har fler än {limit} decimaler.",
            "Procountor kan avrunda det annorlunda. Kontrollera summan i utkastet.",
        ),
        (
            "The number {value} on row {row} “{name}” has more than {limit} decimals.",
            "Procountor may round it differently. Check the sum of the draft.",
        ),
    ),
)
