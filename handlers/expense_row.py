"""The form of one cost of a claim, filled with what is known of it."""

from __future__ import annotations

from finance import capture
from finance.lists import ListKind
from finance.people import plain
from finance.projects import Project
from handlers import capturing
from handlers.chat import Modal
from handlers.desk import Here
from handlers.views import claim_row as views
from handlers.views.claim_row import Asked
from storage import registers
from storage.captures import Captured


def form(here: Here, one: Captured, row: int) -> Modal:
    """The form of a cost; 0 is a new one."""
    known, handle = one.sheet.row(row), capturing.handle(here, one)
    facts = capturing.facts(here.desk, one, here.say)
    papers = next((line.papers for line in facts.lines if line.row.id == row), facts.loose_of(row))
    today = capturing.today(here)
    percents = sorted({*capture.offered(today), *([known.vat_percent] if known and known.vat_percent else [])})
    asked = Asked(
        one.number, today, percents[::-1], capturing.payments(here.company, here.say), known, papers,
        project(here, known.project if known else ""),
    )  # fmt: skip
    gone = handle("claim.unrow", row) if known else ""
    return views.form(here.say, asked, capturing.opened(here, one, "claim.row", row), gone=gone)


def project(here: Here, number: str) -> tuple[str, str]:
    if not number:
        return "", ""
    with here.desk.store.read() as tx:
        found = registers.get(tx, here.company.id, ListKind.PROJECTS, plain(number), Project)
    return number, f"{found.number} {found.name}".strip() if found else number
