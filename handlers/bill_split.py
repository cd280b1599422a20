"""The form that divides a bill, drawn from what stands, and read back: open projects, each once, to a hundred."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from finance import dividing
from finance.canonical import content_hash
from finance.projects import Project
from handlers.buttons import handle_for
from handlers.chat import Modal
from handlers.desk import Here
from handlers.views import bill_split as views
from handlers.views.bill_split import PERCENT, PROJECT, Handles, Line
from storage import registers, shares
from storage.bills import Kept

Parts = tuple[tuple[str, Decimal], ...]


def opened(here: Here, kept: Kept, said: str = "") -> Modal:
    """The form with the division as it stands; else with the project the bill names."""
    with here.desk.store.read() as tx:
        parts = shares.of(tx, here.company.id, kept.bill.id)
    known = {p.number: (key, p) for key, p in projects(here).items()}
    lines = [_line(known, number, f"{percent:f}") for number, percent in parts]
    if not parts and kept.aim.project in known:
        lines = [_line(known, kept.aim.project, "")]
    lines += [Line()] * (views.FIRST - len(lines))
    return drawn(here, kept, lines, parts, said)


def drawn(here: Here, kept: Kept, lines: list[Line], parts: Parts, said: str = "") -> Modal:
    """``parts`` are those the form was opened on: what stands then must be what stands when it is sent."""
    subject = f"{kept.bill.id}|{stamp(parts)}"
    handles = Handles(handle_for(here, "split.keep", subject), handle_for(here, "split.line", subject))
    there = bool(here.company.choices.project_dimension)
    return views.form(here.say, kept.bill, lines, handles, there=there, said=said)


def stamp(parts: Parts) -> str:
    """Tells one division from another."""
    return content_hash(tuple(f"{project}:{percent.normalize():f}" for project, percent in parts))[:16]


def typed(here: Here) -> list[Line]:
    """The lines as they stand in the form."""
    values, known = here.said.values, projects(here)
    count = 1 + max((int(name.rpartition(".")[2]) for name in values if name.startswith(PROJECT)), default=-1)
    found = []
    for number in range(min(count, dividing.MOST)):
        key = values.get(f"{PROJECT}.{number}", "")
        label = label_of(known[key]) if key in known else key
        found.append(Line(key, label, values.get(f"{PERCENT}.{number}", "").strip()))
    return found


def read(here: Here, lines: list[Line]) -> tuple[Parts, dict[str, str]]:
    """The parts, by the projects' numbers; or what is wrong, by field."""
    known, wrong = projects(here), dict[str, str]()
    parts: dict[str, Decimal] = {}
    last = ""
    for number, line in enumerate(lines):
        if not line.project and not line.percent:
            continue
        last = f"{PERCENT}.{number}"
        project, share = known.get(line.project), dividing.percent(line.percent)
        if project is None or project.number in parts:
            wrong[f"{PROJECT}.{number}"] = _unfit(here, line, known)
        elif share is None:
            wrong[last] = here.say("Write a percentage between 0 and 100, with two decimals at most.")
        else:
            parts[project.number] = share
    missing = dividing.missing(list(parts.values()))
    if parts and not wrong and missing:
        wrong[last] = views.wrong_sum(here.say, missing)
    return tuple(parts.items()), wrong


def _unfit(here: Here, line: Line, known: Mapping[str, Project]) -> str:
    if not line.project:
        return here.say("Choose the project.")
    if line.project in known:
        return here.say("This project stands on another line already.")
    return here.say("This project is closed or not known any more.")


def projects(here: Here) -> dict[str, Project]:
    """The open projects by their keys."""
    with here.desk.store.read() as tx:
        found = registers.all(tx, here.company.id, "project", Project)
    return {key: project for key, project in found.items() if project.open and project.number}


def label_of(project: Project) -> str:
    return f"{project.number} {project.name}".strip()


def _line(known: Mapping[str, tuple[str, Project]], number: str, percent: str) -> Line:
    """A project that has been closed since leaves its line empty but for the percentage."""
    found = known.get(number)
    return Line(found[0], label_of(found[1]), percent) if found else Line("", "", percent)
