"""What will be sent, invoice by invoice: its sum, account and cost centre, and what a person may still do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from finance.invoice import Kind
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views.batch import Batch, Entry, Stand
from handlers.views.entries import head
from handlers.views.tongue import Tongue

LEAVE, BACK, ACCOUNT, COST_CENTRE = "leave", "back", "account", "cost_centre"  # what the menu of an invoice offers


@dataclass(frozen=True, slots=True)
class Booked:
    """An invoice and where it will be booked.

    ``accounts`` each with the product code it comes from (else ""); ``cost_centres`` are None where none are tracked.
    """

    entry: Entry
    accounts: tuple[tuple[str, str], ...] = ()
    cost_centres: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, counted from 0. ``turn`` gives the handle of another page, ``item`` that of an invoice."""

    rows: tuple[Booked, ...]
    number: int
    of: int
    turn: Callable[[int], str]
    item: Callable[[int], str]


def listed(batch: Batch) -> tuple[Entry, ...]:
    """The invoices that go, and those left out, in the order of sending."""
    if batch.state == "preview":
        return batch.of(Stand.READY, Stand.HELD)
    return tuple(e for e in batch.entries if e.queued or e.stand in (Stand.READY, Stand.HELD))


def draw(say: Tongue, batch: Batch, page: Page, done: str = "") -> Modal:
    """The list; once the batch is on its way it can only be read. ``done`` tells what has just been changed."""
    told: list[Block] = [b.section(f":white_check_mark: {done}")] if done else []
    told.append(b.context(_intro(say, batch, page)))
    if not page.rows:
        told.append(b.section(say("Nothing in this batch is ready.")))
    for row in page.rows:
        offered = _menu(say, batch, row, page) if batch.state == "preview" else []
        told.append(b.section(_row(say, row), b.overflow("ready.do", offered) if offered else None))
    if turns := _turns(say, page):
        told.append(b.actions(turns))
    ready = len(batch.of(Stand.READY))
    title = say.n("{n} ready invoice", "{n} ready invoices", ready)
    if batch.state != "preview" or not ready:
        title = say("Batch {number}", number=str(batch.number))
    return Modal(b.cut(title, b.TITLE), tuple(told), "ready.list", say("Close"))


def _intro(say: Tongue, batch: Batch, page: Page) -> str:
    parts = [say("In the order they are sent")]
    if batch.state != "preview":
        parts = [say("This batch is no longer waiting to be sent: its invoices can be looked at but not changed here.")]
    held = len(batch.of(Stand.HELD))
    if held:
        parts.append(say.n("*{n}* left out", "*{n}* left out", held))
    if page.of > 1:
        parts.append(say("Page {page} of {pages}", page=page.number + 1, pages=page.of))
    return " · ".join(parts)


def _row(say: Tongue, row: Booked) -> str:
    lines = [head(say, row.entry), booking(say, row)]
    if row.entry.stand is Stand.HELD:
        lines.append(say("*Left out of this batch*: it goes on waiting."))
    return "\n".join(line for line in lines if line)


def booking(say: Tongue, row: Booked) -> str:
    """Where the invoice's rows are booked; "" when that is not decided."""
    if not row.accounts:
        return ""
    codes = ", ".join(_account(say, account, product) for account, product in row.accounts)
    parts = [say("Account {codes}", codes=codes)]
    if row.cost_centres is not None:
        centres = ", ".join(b.safe(code, 30) for code in row.cost_centres)
        parts.append(say("Cost centre {codes}", codes=centres) if centres else say("No cost centre"))
    return b.cut(" · ".join(parts), 600)


def _account(say: Tongue, account: str, product: str) -> str:
    code = b.safe(account, 20)
    return say("{account} (product {code})", account=code, code=b.safe(product, 30)) if product else code


def _menu(say: Tongue, batch: Batch, row: Booked, page: Page) -> list[tuple[str, str]]:
    handle = page.item(row.entry.document)
    offered = [] if batch.dry else [(LEAVE, say("Leave out of this batch"))]
    if row.entry.stand is Stand.HELD:
        offered = [(BACK, say("Put back"))]
    if batch.kind is not Kind.SALES_INVOICE:  # accounted for in Procountor (R03)
        return [(f"{what}:{handle}", label) for what, label in offered]
    offered.append((ACCOUNT, say("Change the account…")))
    if row.cost_centres is not None:
        offered.append((COST_CENTRE, say("Change the cost centre…")))
    return [(f"{what}:{handle}", label) for what, label in offered]


def _turns(say: Tongue, page: Page) -> list[Block]:
    buttons = []
    if page.number > 0:
        buttons.append(b.button(say("Previous page"), "ready.previous", page.turn(page.number - 1)))
    if page.number + 1 < page.of:
        buttons.append(b.button(say("Next page"), "ready.next", page.turn(page.number + 1)))
    return buttons


def form(say: Tongue, row: Booked, field: str, meta: str) -> Modal:
    """Another account or cost centre for every row of one invoice; ``field`` is ACCOUNT or COST_CENTRE."""
    account = field == ACCOUNT
    label = say("Account for every row") if account else say("Cost centre for every row")
    title = say("Change the account") if account else say("Change the cost centre")
    told: list[Block] = [
        b.section("\n".join(filter(None, (head(say, row.entry), booking(say, row))))),
        b.field("value", label, b.search("ready.value", say("Type to search"))),
        b.actions([b.button(say("Back to the list"), "ready.back", "back")]),
    ]
    return Modal(title, tuple(told), "ready.fix", say("Close"), say("Save"), meta)
