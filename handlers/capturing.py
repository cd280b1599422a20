"""A claim being written, as its forms show it: read from the rows as they are, drawn, and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from finance import capture, captured
from finance import receipts as rules
from finance.capture import Row, Sheet
from finance.claim import ClaimKind
from finance.lists import COMPANY, OWN
from finance.receipts import Bought, Seen
from handlers.buttons import handle_for, issued
from handlers.chat import ChatTrouble, Modal
from handlers.desk import Desk, Here
from handlers.readers import reader
from handlers.views import claim_sheet as views
from handlers.views import claim_words as words
from handlers.views.claim_sheet import Facts, Line, Paper
from handlers.views.tongue import Tongue
from storage import captured_receipts as receipts
from storage import captures, handles
from storage.captured_receipts import Receipt
from storage.captures import Captured
from storage.companies import Company

CLOSED = frozenset({"not_found", "view_not_found"})


def mine(here: Here, token: str, purpose: str) -> tuple[Captured, int] | None:
    """The reader's own claim that a handle stands for, and the row of it; None when it is his to change no more."""
    with here.desk.store.read() as tx:
        handle = handles.open_(tx, token, here.said.team, purpose, here.desk.clock())
        if handle is None or handle.company != here.company.id:
            return None
        id, row, *_ = f"{handle.subject}:0".split(":")
        one = captures.get(tx, here.company.id, int(id))
    if one is None or (one.team, one.user) != (here.said.team, here.said.user) or one.state not in captures.WRITABLE:
        return None
    return one, int(row or 0)


def handle(here: Here, one: Captured) -> Callable[[str, int], str]:
    """Handles for what can be done to the claim."""
    return lambda purpose, row: handle_for(here, purpose, f"{one.id}:{row}")


def opened(here: Here, one: Captured, purpose: str, row: int = 0) -> str:
    """The handle a form carries: another one whenever the claim was changed, so that its fields are filled anew."""
    return handle_for(here, purpose, f"{one.id}:{row}:{one.changed_at.timestamp():f}")


def begun(here: Here, kind: ClaimKind) -> Captured:
    """The claim the reader is writing, or a new one."""
    with here.desk.store.write() as tx:
        return captures.begin(tx, here.company.id, here.said.team, here.said.user, kind, here.desk.clock())


def read(here: Here, id: int) -> Captured | None:
    with here.desk.store.read() as tx:
        return captures.get(tx, here.company.id, id)


def sheet(here: Here, id: int, problem: str = "") -> Modal:
    """The form that shows all of the claim, as it now is."""
    one = read(here, id)
    if one is None:
        return views.gone(here.say)
    return views.sheet(here.say, facts(here.desk, one, here.say), handle(here, one), problem)


def shown(here: Here, id: int, *, view: str) -> None:
    """Notes which form shows the whole claim; "" when it has turned into another."""
    with here.desk.store.write() as tx:
        captures.show(tx, here.company.id, id, view)


def noted(here: Here, one: Captured) -> Captured:
    """The claim with the note that stands in the form which is about to turn into another."""
    note = here.said.values.get("note")
    if note is None or note.strip() == one.sheet.note:
        return one
    return kept(here, one, lambda sheet: replace(sheet, note=note.strip())) or one


def kept(here: Here, one: Captured, how: Callable[[Sheet], Sheet]) -> Captured | None:
    """Keeps what was written; None when the claim has been sent or thrown away meanwhile."""
    with here.desk.store.write() as tx:
        return captures.change(tx, one, how, here.desk.clock())


def today(here: Here) -> date:
    """The day where the reader is."""
    return here.desk.clock().astimezone(ZoneInfo(here.say.zone)).date()


def facts(desk: Desk, one: Captured, say: Tongue) -> Facts:
    """What the form of the whole claim shows."""
    with desk.store.read() as tx:
        papers = receipts.of_claim(tx, one.company, one.id)
        looks = receipts.looks(tx, one.company, one.id) if papers else ()
        looking = receipts.own_looks(tx, one.company, one.id)
        others = receipts.others(tx, one.company, one.id)
    alike = {
        id: _alike(look, (*looks, *((one.id, other) for i, other in looking.items() if i != id)))
        for id, look in looking.items()
    }
    shown = {p.id: Paper(p.id, p.name, p.state, p.flaw, alike.get(p.id, ""), p.row) for p in papers}
    day = desk.clock().astimezone(ZoneInfo(say.zone)).date()
    bought = _bought(one, others)
    lines = tuple(
        Line(
            row,
            tuple(shown[p.id] for p in papers if p.row == row.id),
            _remarks(say, row, day, [p for p in papers if p.row == row.id], bought),
        )
        for row in one.sheet.rows
    )
    known = {row.id for row in one.sheet.rows}
    journey = one.sheet.journey
    return Facts(
        one.number,
        one.sheet,
        lines,
        captured.given(journey) if journey else (),
        captured.total(one.sheet),
        tuple(shown[p.id] for p in papers if p.row not in known),
        one.reason if one.state == captures.REJECTED else "",
        one.decided_by.partition("/")[2],
    )


def _alike(look: str, others: tuple[tuple[int, str], ...]) -> str:
    """The claim of a receipt that looks like this one; "" when none does."""
    return next((f"K-{claim}" for claim, other in others if rules.looks_like(look, other)), "")


def _bought(one: Captured, others: tuple[tuple[int, Sheet], ...]) -> list[tuple[str, int, Bought]]:
    """Every other purchase that is claimed, with its claim and row."""
    found = [(one.number, row.id, _purchase(row)) for row in one.sheet.rows]
    return found + [(f"K-{id}", 0, _purchase(row)) for id, sheet in others for row in sheet.rows]


def _purchase(row: Row) -> Bought:
    return Bought(row.supplier, row.day, row.gross, row.currency)


def _remarks(
    say: Tongue, row: Row, day: date, papers: list[Receipt], bought: list[tuple[str, int, Bought]]
) -> tuple[str, ...]:
    """What is odd about a row; told, and it stops nothing."""
    told = []
    seen: list[Seen] = [paper.seen for paper in papers if paper.seen is not None]
    odd = rules.doubt(row.day, day, seen)
    if odd is not None:
        told.append(words.doubt(say, *odd))
    usual = capture.usual(row.type, row.day)
    if usual is not None and row.currency == capture.HOME and row.vat_percent not in (usual, None):
        told.append(
            say("VAT of this is usually {percent} on that day: check the receipt.", percent=words.percent(say, usual))
        )
    twin = next((n for n, id, b in bought if (id != row.id or not id) and _purchase(row).like([b])), "")
    if twin:
        told.append(say("The same supplier, day and amount stand in {claim}.", claim=twin))
    return tuple(told)


def payments(company: Company, say: Tongue) -> tuple[tuple[str, str], ...]:
    """How a cost may have been paid (value, name): the company's own ways, or the two that every PSA has (R62)."""
    own = tuple((name, name) for name in company.choices.payment_types)
    return own or ((OWN, say("My own money")), (COMPANY, say("The company’s money")))


def redraw(desk: Desk, one: Captured) -> None:
    """Draws the form of the whole claim anew, if it is the one that is open."""
    if not one.view or one.state not in captures.WRITABLE:
        return
    chat, say = reader(desk, one.company, one.team, one.user)
    modal = views.sheet(
        say, facts(desk, one, say), lambda p, row: issued(desk, one.company, one.team, p, f"{one.id}:{row}")
    )
    try:
        chat.refresh(one.view, modal)
    except ChatTrouble as trouble:
        if trouble.code not in CLOSED:
            raise
