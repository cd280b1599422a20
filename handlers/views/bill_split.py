"""The form that divides a bill between projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance.bill import Bill
from finance.dividing import MOST
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views.bill_answers import name_of
from handlers.views.tongue import Tongue

FIRST = 2  # lines shown before anybody asks for more
PROJECT, PERCENT = "split.project", "split.percent"


@dataclass(frozen=True, slots=True)
class Line:
    """``project`` is a key of the register with its ``label``, ``percent`` as typed."""

    project: str = ""
    label: str = ""
    percent: str = ""


@dataclass(frozen=True, slots=True)
class Handles:
    """What the form and its button for another line carry."""

    form: str
    line: str


def form(say: Tongue, bill: Bill, lines: Sequence[Line], handles: Handles, *, there: bool, said: str = "") -> Modal:
    """A project and its percentage on each line. ``there``: the parts go to Procountor, too."""
    told: list[Block] = [b.section(f":warning: {said}")] if said else []
    told.append(b.section(name_of(say, bill)))
    where = (
        say("The parts are written to the bill’s accounting in Procountor as project dimension values.")
        if there
        else say("The parts are kept here only: your company has not chosen a project dimension.")
    )
    told.append(b.context(f"{say('The percentages make 100. Empty lines do not count.')} {where}"))
    for number, line in enumerate(lines):
        chosen = (line.project, line.label) if line.project else None
        project, percent = f"{PROJECT}.{number}", f"{PERCENT}.{number}"
        told.append(b.field(project, say("Project"), b.search(project, say("Type to search"), chosen), optional=True))
        told.append(b.field(percent, say("Per cent"), b.text_input(percent, line.percent, most=8), optional=True))
    if len(lines) < MOST:
        told.append(b.actions([b.button(say("Another line"), "split.line", handles.line)]))
    return Modal(say("Divide the bill"), tuple(told), "split.keep", say("Close"), say("Divide"), handles.form)


def wrong_sum(say: Tongue, missing: Decimal) -> str:
    """Why the percentages do not do."""
    if missing > 0:
        return say("These make {sum} %: {rest} % is missing.", sum=100 - missing, rest=missing)
    return say("These make {sum} %: {rest} % too much.", sum=100 - missing, rest=-missing)
