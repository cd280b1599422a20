"""What the steps look at together: the last word of Procountor's, the registers, the invoices that wait."""

from __future__ import annotations

from finance.invoice import Invoice, Kind
from finance.registers import Registers, index
from handlers import papers, probing
from handlers.probing import Probe
from handlers.steps import Look
from handlers.views.steps import Mark, Step
from storage import documents


def probe(look: Look) -> Probe | None:
    """How Procountor last answered; None before it was asked."""

    def find() -> Probe | None:
        with look.desk.store.read() as tx:
            return probing.kept(tx, look.company.id)

    return look.once("probe", find)


def registers(look: Look) -> Registers | None:
    """The registers as they were last fetched; None before the first fetch."""

    def find() -> Registers | None:
        try:
            return index(papers.kept_reference(look.desk, look.company), look.company.choices)
        except LookupError:
            return None

    return look.once("registers", find)


def waiting(look: Look) -> tuple[Invoice, ...]:
    """The sales invoices and bills that wait to be sent."""

    def find() -> tuple[Invoice, ...]:
        with look.desk.store.read() as tx:
            found = [doc for kind in Kind for doc in documents.open_ones(tx, look.company.id, kind)]
        return tuple(doc.invoice for doc in found)

    return look.once("waiting", find)


def decided(look: Look, name: str) -> bool:
    """Whether an admin has looked at the step and left it as it is."""
    return name in look.company.choices.decided


def unfetched(look: Look, name: str, title: str) -> Step:
    """In the place of a step that needs the registers, before they have been fetched."""
    told = look.say("The registers have not been fetched from Procountor yet.")
    return Step(name, title, Mark.TODO, told, again(look), look.say("Look again"), "setup.look")


def again(look: Look) -> str:
    """What to do after mending something in Procountor."""
    return look.say("Then press *Look again*.")
