"""Cost centres and projects: the items of Procountor's dimensions that a row is booked on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from finance.case import explained, of_row, product_lines, unique
from finance.faults import Fact, Fault, Repair, Who
from finance.invoice import Invoice, Line
from finance.menus import item_choices
from finance.posting import Target
from finance.reference import Dimension
from finance.registers import Registers


@dataclass(frozen=True, slots=True)
class _Tracking:
    """One way of tracking: the field it comes from and the dimension it goes to."""

    name: str  # "cost_centre" or "project": our field and the beginning of the codes
    dimension: Dimension | None
    wanted: str  # the dimension's name in the company's settings
    default: str


def targets(invoice: Invoice, registers: Registers) -> tuple[dict[int, tuple[Target, ...]], tuple[Fault, ...]]:
    """Targets by row: the row's own, else the invoice's, else the company's (R15); and what is wrong with them."""
    choices = registers.choices
    cost = _Tracking("cost_centre", registers.cost_centres, choices.cost_centre_dimension, choices.default_cost_centre)
    project = _Tracking("project", registers.projects, choices.project_dimension, "")
    found: dict[int, tuple[Target, ...]] = {}
    faults: list[Fault] = []
    for i, line in product_lines(invoice):
        for tracking in (cost, project):
            target, fault = _target(i, line, invoice, tracking, registers)
            found[i] = (*found.get(i, ()), *((target,) if target else ()))
            faults += [fault] if fault else []
    return found, unique(faults)


def _target(
    i: int, line: Line, invoice: Invoice, tracking: _Tracking, registers: Registers
) -> tuple[Target | None, Fault | None]:
    own, shared = getattr(line, tracking.name), getattr(invoice, tracking.name)
    text = (own or shared or tracking.default).strip()
    where = f"lines[{i}].{tracking.name}" if own else tracking.name
    if not tracking.wanted or (not text and tracking.name == "project"):
        return None, None
    if tracking.dimension is None:
        return None, _no_dimension(tracking, registers) if text else None
    if not text:
        return None, _fault("missing", where, "", tracking, of_row(i, line))
    item = registers.item(tracking.dimension, text)
    if item is None or not item.open:
        return None, _fault("closed" if item else "unknown", where, text, tracking, of_row(i, line))
    return Target(tracking.dimension.id, item.id, item.code), None


def _fault(wrong: str, where: str, found: str, tracking: _Tracking, facts: Mapping[str, Fact]) -> Fault:
    return Fault(
        f"{tracking.name}.{wrong}",
        where,
        found,
        facts=facts,
        repair=Repair.CHOOSE,
        register=tracking.name,
        choices=item_choices(tracking.dimension, found),
        warning=wrong == "missing",
    )


def _no_dimension(tracking: _Tracking, registers: Registers) -> Fault:
    names = ", ".join(dimension.name for dimension in registers.reference.dimensions) or "–"
    return Fault("dimension.unknown", "", tracking.wanted, names, {"name": tracking.wanted, "names": names})


EXPLANATIONS = (
    explained(
        "cost_centre.missing",
        Who.SENDER,
        (
            "Laskulle ei ole valittu kustannuspaikkaa.",
            "Valitse kustannuspaikka, jos myyntiä seurataan niillä. Laskun voi lähettää ilmankin.",
        ),
        (
            "Fakturan saknar kostnadsställe.",
            "Välj ett kostnadsställe om försäljningen följs upp per ställe. Fakturan kan skickas även utan.",
        ),
        (
            "The invoice has no cost centre.",
            "Choose one if sales are tracked by cost centre. The invoice can be sent without.",
        ),
    ),
    explained(
        "cost_centre.unknown",
        Who.SENDER,
        ("Kustannuspaikkaa ”{found}” ei ole Procountorissa.", "Valitse oikea kustannuspaikka."),
        ("Kostnadsstället ”{found}” finns inte i Procountor.", "Välj rätt kostnadsställe."),
        ("Cost centre “{found}” is not in Procountor.", "Choose the right cost centre."),
    ),
    explained(
        "cost_centre.closed",
        Who.SENDER,
        ("Kustannuspaikka ”{found}” on suljettu Procountorissa.", "Valitse avoin kustannuspaikka."),
        ("Kostnadsstället ”{found}” är stängt i Procountor.", "Välj ett öppet kostnadsställe."),
        ("Cost centre “{found}” is closed in Procountor.", "Choose an open cost centre."),
    ),
    explained(
        "project.unknown",
        Who.SENDER,
        ("Projektia ”{found}” ei ole Procountorissa.", "Valitse oikea projekti tai pyydä lisäämään se Procountoriin."),
        ("Projektet ”{found}” finns inte i Procountor.", "Välj rätt projekt eller be att det läggs till i Procountor."),
        ("Project “{found}” is not in Procountor.", "Choose the right project or ask for it to be added there."),
    ),
    explained(
        "project.closed",
        Who.SENDER,
        ("Projekti ”{found}” on suljettu Procountorissa.", "Valitse avoin projekti tai pyydä avaamaan se."),
        ("Projektet ”{found}” är stängt i Procountor.", "Välj ett öppet projekt eller be att det öppnas."),
        ("Project “{found}” is closed in Procountor.", "Choose an open project or ask for it to be reopened."),
    ),
    explained(
        "dimension.unknown",
        Who.ADMIN,
        (
            "Procountorissa ei ole laskentakohdetta ”{name}”. Siellä on: {names}.",
            "Korjaa laskentakohteen nimi asetuksiin samaksi kuin Procountorissa.",
        ),
        (
            "Procountor har ingen dimension ”{name}”. Där finns: {names}.",
            "Ändra dimensionens namn i inställningarna så att det är samma som i Procountor.",
        ),
        (
            "Procountor has no dimension “{name}”. It has: {names}.",
            "Change the dimension's name in the settings to the one Procountor uses.",
        ),
    ),
)
