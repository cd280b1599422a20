"""How the VAT of each row is handled in Procountor: decided where the law leaves no choice, asked where it does."""

from __future__ import annotations

from finance.case import explained, of_row, product_lines
from finance.faults import Fault, Repair, Who
from finance.invoice import Invoice, Kind, Line
from finance.menus import status_choices
from finance.registers import Registers
from finance.vat import DOMESTIC, EU_SALES, NO_VAT, OUTSIDE_EU, VatCase, candidates, case_of, purchase_case_of

_ZERO_ONLY = (OUTSIDE_EU, EU_SALES, NO_VAT)
UNTOLD = 0  # a claim needs no VAT status: Procountor takes it from the percentages (lifecycle.md 5)
Decided = int | VatCase | None  # None: a row without money, which goes with the others


def statuses(invoice: Invoice, registers: Registers) -> tuple[int | None, dict[int, int], tuple[Fault, ...]]:
    """The invoice's status, each product row's, and what is wrong; the status is None when it is not decided."""
    rows = product_lines(invoice)
    if invoice.claim is not None and not invoice.claim.purchase:
        return UNTOLD, {i: UNTOLD for i, _ in rows}, ()
    decided = {i: _decide(line, invoice, registers) for i, line in rows}
    open_cases = {i: case for i, case in decided.items() if isinstance(case, VatCase)}
    numbers = [number for number in decided.values() if isinstance(number, int)]
    head = max(numbers, key=numbers.count) if numbers else DOMESTIC
    if open_cases:
        return None, {}, _unclear(invoice, open_cases, len(rows), registers)
    found = {i: number if isinstance(number, int) else head for i, number in decided.items()}
    faults = [fault for i, line in rows if (fault := _status_fault(i, line, invoice, found[i], registers))]
    return head, found, tuple(faults)


def _decide(line: Line, invoice: Invoice, registers: Registers) -> Decided:
    chosen = line.vat_status if line.vat_status is not None else invoice.vat_status
    if chosen is not None:
        return chosen
    percent = line.vat_percent
    if percent is None or (not percent and not line.vat_category and not line.quantity * line.unit_price):
        return None
    bill = invoice.kind is not Kind.SALES_INVOICE
    country = invoice.counterparty.address.country
    decide = purchase_case_of if bill else case_of
    case = decide(percent, line.vat_category, country, registers.reference.country)
    if not isinstance(case, VatCase):
        return case
    rule = f"bill.{case}" if bill else case  # the same case is another status when it is bought
    if rule in registers.choices.vat_statuses:
        return int(registers.choices.vat_statuses[rule])  # the command line keeps what was typed
    fitting = candidates(case, registers.statuses.values())
    certain = case in (VatCase.EU_SERVICE, VatCase.EU_GOODS, VatCase.DOMESTIC_REVERSE) and len(fitting) == 1
    return fitting[0].number if certain else case


def _unclear(invoice: Invoice, cases: dict[int, VatCase], rows: int, registers: Registers) -> tuple[Fault, ...]:
    """One question for the whole invoice when all its rows ask the same, else one for each row."""
    same = len(set(cases.values())) == 1 and len(cases) == rows
    asked = list(cases.items())[:1] if same else cases.items()
    faults = []
    for i, case in asked:
        where = "vat_status" if same else f"lines[{i}].vat_status"
        fitting = candidates(case, registers.statuses.values()) or tuple(registers.statuses.values())
        facts = of_row(i, invoice.lines[i], country=invoice.counterparty.address.country or "?")
        faults.append(Fault(f"vat.{case}", where, "", "", facts, Repair.CHOOSE, "vat_status", status_choices(fitting)))
    return tuple(faults)


def _status_fault(i: int, line: Line, invoice: Invoice, number: int, registers: Registers) -> Fault | None:
    where = f"lines[{i}].vat_status" if line.vat_status is not None else "vat_status"
    facts = of_row(i, line, status=number)
    choices = status_choices(registers.statuses.values())
    if number not in registers.statuses:
        return Fault("vat.status_not_enabled", where, str(number), "", facts, Repair.CHOOSE, "vat_status", choices)
    if number in _ZERO_ONLY and line.vat_percent and line.vat_category in ("", "S"):
        facts |= {"percent": line.vat_percent, "description": registers.statuses[number].description}
        where = f"lines[{i}].vat_status"
        return Fault("vat.status_percent", where, str(number), "", facts, Repair.CHOOSE, "vat_status", choices)
    return None


EXPLANATIONS = (
    explained(
        "vat.domestic_zero",
        Who.SENDER,
        (
            "Rivi {row} ”{name}” on verotta (0 %) suomalaiselle ostajalle, eikä syytä ole kerrottu.",
            "Valitse, miten arvonlisävero käsitellään.",
        ),
        (
            "Rad {row} ”{name}” är momsfri (0 %) till en finländsk köpare utan angiven orsak.",
            "Välj hur momsen ska hanteras.",
        ),
        (
            "Row {row} “{name}” has 0 % VAT for a Finnish buyer and no reason is given.",
            "Choose how the VAT is to be handled.",
        ),
    ),
    explained(
        "vat.domestic_reverse",
        Who.SENDER,
        (
            "Rivi {row} ”{name}” on merkitty käännetyn verovelvollisuuden myynniksi Suomessa.",
            "Valitse oikea ALV-käsittely Procountorin vaihtoehdoista.",
        ),
        (
            "Rad {row} ”{name}” är märkt som omvänd skattskyldighet inom Finland.",
            "Välj rätt momshantering bland Procountors alternativ.",
        ),
        (
            "Row {row} “{name}” is marked as reverse charge within Finland.",
            "Choose the right VAT handling among those Procountor offers.",
        ),
    ),
    explained(
        "vat.eu_service",
        Who.SENDER,
        (
            "Rivi {row} ”{name}” on myynti toiseen EU-maahan ({country}), ja ostaja maksaa veron.",
            "Valitse, onko kyse palvelusta vai tavarasta.",
        ),
        (
            "Rad {row} ”{name}” är försäljning till ett annat EU-land ({country}) där köparen betalar momsen.",
            "Välj om det gäller en tjänst eller en vara.",
        ),
        (
            "Row {row} “{name}” is a sale to another EU country ({country}) where the buyer pays the VAT.",
            "Choose whether it is a service or goods.",
        ),
    ),
    explained(
        "vat.eu_zero",
        Who.SENDER,
        (
            "Rivi {row} ”{name}” on verotta (0 %) toiseen EU-maahan ({country}), eikä lajia ole kerrottu.",
            "Valitse, onko kyse tavaran vai palvelun myynnistä.",
        ),
        (
            "Rad {row} ”{name}” är momsfri (0 %) till ett annat EU-land ({country}) utan att slaget anges.",
            "Välj om det gäller försäljning av en vara eller en tjänst.",
        ),
        (
            "Row {row} “{name}” has 0 % VAT for another EU country ({country}); the kind of sale is not given.",
            "Choose whether goods or a service is sold.",
        ),
    ),
    explained(
        "vat.no_country",
        Who.SENDER,
        (
            "Rivi {row} ”{name}” on verotta (0 %), mutta ostajan maata ei tiedetä.",
            "Lisää ensin ostajan maa: se ratkaisee ALV-käsittelyn.",
        ),
        (
            "Rad {row} ”{name}” är momsfri (0 %), men köparens land är okänt.",
            "Ange först köparens land: det avgör hur momsen hanteras.",
        ),
        (
            "Row {row} “{name}” has 0 % VAT, but the buyer's country is not known.",
            "Add the buyer's country first: it decides how the VAT is handled.",
        ),
    ),
    explained(
        "vat.status_not_enabled",
        Who.ACCOUNTANT,
        (
            "ALV-käsittely {status} ei ole yrityksellä käytössä myynnissä.",
            "Valitse käytössä oleva ALV-käsittely tai pyydä ottamaan se käyttöön Procountorissa.",
        ),
        (
            "Momshantering {status} används inte i företagets försäljning.",
            "Välj en momshantering som används eller be att den tas i bruk i Procountor.",
        ),
        (
            "VAT handling {status} is not in use for the company's sales.",
            "Choose one that is in use or ask for it to be switched on in Procountor.",
        ),
    ),
    explained(
        "vat.status_percent",
        Who.SENDER,
        (
            "Rivin {row} ALV-käsittely ”{description}” ja ALV {percent} % eivät sovi yhteen.",
            "Valitse toinen ALV-käsittely tai muuta rivin ALV-prosentiksi 0.",
        ),
        (
            "Momshanteringen ”{description}” på rad {row} passar inte ihop med moms {percent} %.",
            "Välj en annan momshantering eller ändra radens moms till 0 procent.",
        ),
        (
            "VAT handling “{description}” of row {row} does not go with VAT {percent} %.",
            "Choose another VAT handling or change the row's VAT to 0 per cent.",
        ),
    ),
)
