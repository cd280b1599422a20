"""Writing a claim in Slack: its form, its costs, and sending it to be approved (R62, R66 to R68)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finance import captured, vat
from finance.claim import ClaimKind
from finance.currencies import CURRENCIES
from finance.faults import Choice
from finance.lists import ListKind
from finance.menus import best
from finance.projects import Project
from handlers import capturing, claim_fields, claim_sending, expense_row
from handlers.capturing import mine
from handlers.chat import Answer
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import blocks as b
from handlers.views import claim_row as row_views
from handlers.views import claim_sheet as views
from handlers.views import claim_words as words
from storage import captured_receipts as receipts
from storage import captures, registers
from storage.captures import Captured

on = Router()

FORMS = ("claim.row", "claim.trip", "claim.days")


@on.command("expense", now=True, help="Claim an expense: the receipt, the day, the amount")
def ask(here: Here) -> None:
    """Opens the claim the person is writing, or a new one."""
    _open(here, ClaimKind.EXPENSE)


@on.command("travel", now=True, help="Claim a trip: per diems, kilometres, receipts")
def ask_travel(here: Here) -> None:
    """The same of a trip."""
    _open(here, ClaimKind.TRAVEL)


@on.click("home.expense", now=True)
def ask_from_home(here: Here) -> None:
    """The same form from the Home tab."""
    _open(here, ClaimKind.EXPENSE)


@on.click("home.travel", now=True)
def ask_travel_from_home(here: Here) -> None:
    """The same form from the Home tab."""
    _open(here, ClaimKind.TRAVEL)


def _open(here: Here, kind: ClaimKind) -> None:
    here.chat.open(here.said, capturing.sheet(here, capturing.begun(here, kind).id))


@on.click("claim.mend", now=True)
def mend(here: Here) -> None:
    """Opens a claim that came back, or one that is being written."""
    found = mine(here, here.said.value, "claim.mend")
    here.chat.open(here.said, capturing.sheet(here, found[0].id) if found else views.gone(here.say))


# Its costs.


@on.click("claim.add", now=True)
@on.click("claim.row", now=True)
def open_row(here: Here) -> None:
    """Turns the form into that of one cost."""
    found = mine(here, here.said.value, "claim.row")
    if found is None:
        return here.chat.refresh(here.said.view, views.gone(here.say))
    one, row = capturing.noted(here, found[0]), found[1]
    capturing.shown(here, one.id, view="")
    return here.chat.refresh(here.said.view, expense_row.form(here, one, row))


@on.click("claim.back", now=True)
def back(here: Here) -> None:
    """Back to the whole claim, nothing changed."""
    found = next((f for purpose in FORMS if (f := mine(here, here.said.value, purpose))), None)
    _to_sheet(here, found[0] if found else None)


@on.click("claim.look", now=True)
def look(here: Here) -> None:
    """Draws the claim as it now is."""
    found = mine(here, here.said.value, "claim.row")
    _to_sheet(here, capturing.noted(here, found[0]) if found else None)


def _to_sheet(here: Here, one: Captured | None) -> None:
    if one is None:
        return here.chat.refresh(here.said.view, views.gone(here.say))
    capturing.shown(here, one.id, view=here.said.view)
    return here.chat.refresh(here.said.view, capturing.sheet(here, one.id))


@on.form("claim.row")
def save_row(here: Here) -> Answer:
    """Keeps the cost, and asks for its receipts to be looked into."""
    found = mine(here, here.said.meta, "claim.row")
    if found is None:
        return Answer(update=views.gone(here.say))
    one, id = found
    row, faults = claim_fields.row(here, id, capturing.today(here))
    if row is None:
        return Answer(errors=_told(here, faults))
    with here.desk.store.write() as tx:
        written = captures.change(tx, one, lambda sheet: sheet.keeping(row), here.desk.clock())
        if written is None:
            return Answer(update=views.gone(here.say))
        off = [int(part) for part in here.said.values.get("off", "").split(",") if part.isdecimal()]
        receipts.drop(tx, here.company.id, one.id, off)
        claim_sending.ask_for_receipts(here.desk, tx, one, id or written.sheet.newest, here.said.files)
        captures.show(tx, here.company.id, one.id, here.said.view)
    return Answer(update=capturing.sheet(here, one.id))


def _told(here: Here, faults: claim_fields.Faults) -> dict[str, str]:
    """Each at its field. A percentage names those that were in force."""
    day = here.said.values.get("day", "")
    valid = ", ".join(words.percent(here.say, p) for p in _in_force(day))
    return {b.at(name, here.said.meta): words.wrong(here.say, found, valid) for name, found in faults.items()}


def _in_force(day: str) -> tuple[Decimal, ...]:
    try:
        at = date.fromisoformat(day)
    except ValueError:
        return ()
    return vat.percents(at, at)


@on.click("claim.unrow", now=True)
def take_away(here: Here) -> None:
    """Takes a cost away with its receipts."""
    found = mine(here, here.said.value, "claim.unrow")
    if found is not None:
        one, row = found
        with here.desk.store.write() as tx:
            if captures.change(tx, one, lambda sheet: sheet.without(row), here.desk.clock()) is not None:
                receipts.drop(tx, here.company.id, one.id, row=row)
    _to_sheet(here, found[0] if found else None)


# The end of it.


@on.click("claim.drop", now=True)
def drop(here: Here) -> None:
    """Throws the claim away."""
    found = mine(here, here.said.value, "claim.drop")
    if found is not None:
        with here.desk.store.write() as tx:
            captures.drop(tx, found[0])
    here.chat.refresh(here.said.view, views.gone(here.say))


@on.form("claim.send")
def send(here: Here) -> Answer:
    """Sends the claim to those who may approve it; what is lacking is told on top of it."""
    found = mine(here, here.said.meta, "claim.send")
    if found is None:
        return Answer(update=views.gone(here.say))
    one = capturing.noted(here, found[0])
    capturing.shown(here, one.id, view=here.said.view)
    problem = _lacking(here, one)
    if problem:
        return Answer(update=capturing.sheet(here, one.id, problem))
    if not claim_sending.send(here, one):
        return Answer(update=views.gone(here.say))
    return Answer(update=views.sent(here.say, one.number))


def _lacking(here: Here, one: Captured) -> str:
    """Why it cannot go yet; "" when it can."""
    say, sheet = here.say, one.sheet
    with here.desk.store.read() as tx:
        papers = receipts.of_claim(tx, one.company, one.id)
    if sheet.kind is ClaimKind.TRAVEL and sheet.journey is None:
        return say("Tell the trip first: where, why and when.")
    if captured.unknown(sheet):
        return say("The maximum of an allowance is not known. Open the trip and give it, or leave it out.")
    if captured.total(sheet) <= 0:
        return say("There is nothing to claim yet. Add a cost.")
    if any(paper.state == receipts.ASKED for paper in papers):
        return say("A receipt is still being looked into. Send the claim in a moment.")
    rows = {row.id for row in sheet.rows}
    if any(paper.state == receipts.GOOD and paper.row not in rows for paper in papers):
        return say("A receipt has no cost yet. Make a cost of it, or leave it out.")
    return ""


# What may be chosen while one types.


@on.options("claim.project")
def project_options(here: Here) -> Answer:
    """Open projects of the project system."""
    with here.desk.store.read() as tx:
        known = registers.all(tx, here.company.id, ListKind.PROJECTS, Project)
    return _offered(
        here, [Choice(p.number, f"{p.number} {p.name}".strip()) for p in known.values() if p.open and p.number]
    )


@on.options("claim.currency")
def currency_options(here: Here) -> Answer:
    """The usual currencies first."""
    usual = row_views.COMMON
    return _offered(here, [Choice(code, code) for code in (*usual, *sorted(CURRENCIES - set(usual)))])


def _offered(here: Here, choices: list[Choice]) -> Answer:
    return Answer(options=tuple((c.value, c.label) for c in best(choices, here.said.text)))
