"""Products, work types and units of a row."""

from __future__ import annotations

from functools import lru_cache

from finance import units
from finance.case import explained, of_row, product_lines
from finance.faults import Choice, Fault, Repair, Who
from finance.invoice import Invoice, Line
from finance.menus import best, product_choices, products_like
from finance.reference import Product
from finance.registers import Registers, key


def product(i: int, line: Line, registers: Registers) -> tuple[Product | None, Fault | None]:
    """The row's product by its code, else by its work type (R16, R17); rows without either have none."""
    if line.product_code.strip():
        return _by_code(i, line, line.product_code, registers)
    if not line.work_type.strip():
        return None, None
    code = registers.work_types.get(key(line.work_type))
    if code is None:
        return None, _unmapped(i, line, registers)
    return _by_code(i, line, code, registers) if code else (None, None)


def unit(i: int, line: Line, registers: Registers) -> tuple[str, Fault | None]:
    """The row's unit as a UN/ECE code: given, or meant by the word in the company's list or in ours; "" for none."""
    if line.unit_code:
        if line.unit_code in units.codes():
            return line.unit_code, None
        return "", _unit_fault(i, line, line.unit_code)
    word = line.unit.strip()
    code = registers.units.get(key(word)) or units.find(word) if word else ""
    return code, _unit_fault(i, line, word) if word and not code else None


def check(invoice: Invoice, registers: Registers) -> tuple[dict[int, Product | None], list[Fault]]:
    """Products by row and what is wrong with them."""
    decided = {i: product(i, line, registers) for i, line in product_lines(invoice)}
    return {i: found for i, (found, _) in decided.items()}, [fault for _, fault in decided.values() if fault]


def _by_code(i: int, line: Line, code: str, registers: Registers) -> tuple[Product | None, Fault | None]:
    found = registers.products.get(key(code))
    if found and found.active:
        return found, None
    return None, _choose("product.closed" if found else "product.unknown", i, line, code, registers)


def _choose(code: str, i: int, line: Line, found: str, registers: Registers) -> Fault:
    return Fault(
        code,
        f"lines[{i}].product_code",
        found,
        facts=of_row(i, line),
        repair=Repair.CHOOSE,
        register="product",
        choices=product_choices(registers, found),
    )


def _unmapped(i: int, line: Line, registers: Registers) -> Fault:
    """A work type is mapped once for the whole company: the place to mend is in its choices, not in the row (R17)."""
    word = " ".join(line.work_type.split())
    where, listed = f"choices.work_types[{word}]", products_like(registers, word)
    facts = of_row(i, line)
    return Fault("work_type.unmapped", where, word, "", facts, Repair.CHOOSE, "product", listed)


@lru_cache(maxsize=1024)
def _nearest_units(text: str) -> tuple[Choice, ...]:
    return best(units.choices(), text)


def _unit_fault(i: int, line: Line, found: str) -> Fault:
    choices = _nearest_units(found)
    facts = of_row(i, line)
    return Fault("unit.unknown", f"lines[{i}].unit_code", found, "", facts, Repair.CHOOSE, "unit", choices)


EXPLANATIONS = (
    explained(
        "product.unknown",
        Who.SENDER,
        ("Rivin {row} tuotetta ”{found}” ei ole Procountorin tuoterekisterissä.", "Valitse rivin tuote."),
        ("Produkten ”{found}” på rad {row} finns inte i Procountors produktregister.", "Välj radens produkt."),
        ("Product “{found}” of row {row} is not in Procountor's product register.", "Choose the row's product."),
    ),
    explained(
        "product.closed",
        Who.SENDER,
        ("Rivin {row} tuote ”{found}” ei ole enää käytössä Procountorissa.", "Valitse käytössä oleva tuote."),
        ("Produkten ”{found}” på rad {row} används inte längre i Procountor.", "Välj en produkt som är i bruk."),
        ("Product “{found}” of row {row} is no longer in use in Procountor.", "Choose a product that is in use."),
    ),
    explained(
        "work_type.unmapped",
        Who.SENDER,
        (
            "Rivin {row} työlajille ”{found}” ei ole sovittu tuotetta.",
            "Valitse työlajin tuote. Valinta koskee tästä lähtien kaikkia laskuja, joilla työlaji on.",
        ),
        (
            "Arbetstypen ”{found}” på rad {row} är inte kopplad till någon produkt.",
            "Välj arbetstypens produkt. Valet gäller från och med nu alla fakturor med arbetstypen.",
        ),
        (
            "Work type “{found}” of row {row} is not tied to a product.",
            "Choose the product of the work type. The choice holds for all invoices with it from now on.",
        ),
    ),
    explained(
        "unit.unknown",
        Who.SENDER,
        ("Rivin {row} yksikköä ”{found}” ei tunneta.", "Valitse yksikkö, esimerkiksi tunti tai kappale."),
        ("Enheten ”{found}” på rad {row} är okänd.", "Välj en enhet, till exempel timme eller styck."),
        ("The unit “{found}” of row {row} is not known.", "Choose a unit, for example hour or piece."),
    ),
)
