"""Receipts: made an expense from a message or from a picture sent to the bot, and looked into."""

from __future__ import annotations

from collections.abc import Sequence

from finance.capture import Sheet
from finance.claim import ClaimKind
from handlers import capturing, claim_sending, expense_row, receipt_looking
from handlers.buttons import pressed
from handlers.desk import Desk, Here
from handlers.readers import tell_one
from handlers.routing import Router
from handlers.views import claim_sheet as views
from handlers.views import notices
from storage import captured_receipts as receipts
from storage import captures

on = Router()


@on.shortcut("receipt.shortcut", label="Make an expense of it", help="Make an expense of this receipt", now=True)
def from_message(here: Here) -> None:
    """The form of a new cost, with the files of the message as its receipts."""
    if not here.said.files:
        return here.whisper(notices.plain(here.say("There is no picture and no PDF in this message.")))
    return _begin(here, here.said.files)


@on.click("receipt.expense", now=True)
def from_answer(here: Here) -> None:
    """The same of files that were sent to the bot."""
    subject = pressed(here, "receipt.expense")
    return _begin(here, subject.split(","))


def _begin(here: Here, files: Sequence[str]) -> None:
    """Opens the form at once; the receipts are looked into meanwhile. A file that is in the claim stays where it is."""
    one = capturing.begun(here, ClaimKind.EXPENSE)
    with here.desk.store.write() as tx:
        row = next((p.row for p in receipts.of_claim(tx, one.company, one.id) if p.file in files), 0)
        found = one if row else captures.change(tx, one, Sheet.reserving, here.desk.clock())
        row = row or (found.sheet.newest if found else 0)
        if found is not None:
            claim_sending.ask_for_receipts(here.desk, tx, one, row, files)
    found = capturing.read(here, one.id) if found else None
    # Sent or thrown away in the same moment, in another window: said, too.
    here.chat.open(here.said, expense_row.form(here, found, row) if found else views.gone(here.say))


@on.task("claim.receipt", lane="hear")
def look(desk: Desk, company: str, claim: str, receipt: str) -> None:
    """Looks into one receipt; a bad one is told, and the open form shows what became of it."""
    with desk.store.read() as tx:
        one, asked = captures.get(tx, company, int(claim)), receipts.get(tx, company, int(receipt))
    if one is None or asked is None or asked.state != receipts.ASKED:
        return
    found = receipt_looking.look(desk, one.team, asked)
    if found is None:
        return
    if found.state != receipts.GOOD:
        paper = views.Paper(found.id, found.name, found.state, found.flaw)
        tell_one(desk, company, one.team, one.user, lambda say: views.stopped(say, one.number, paper))
    with desk.store.read() as tx:
        now = captures.get(tx, company, one.id)
    if now is not None:
        capturing.redraw(desk, now)


@on.buried("claim.receipt")
def give_up(desk: Desk, company: str, claim: str, receipt: str) -> None:
    """A receipt that could not be looked into is said to be lost, so that nobody waits for it."""
    with desk.store.write() as tx:
        one, asked = captures.get(tx, company, int(claim)), receipts.get(tx, company, int(receipt))
        if one is None or asked is None or asked.state != receipts.ASKED:
            return
        receipts.fail(tx, asked, asked.name, receipts.LOST)
    paper = views.Paper(asked.id, asked.name, receipts.LOST)
    tell_one(desk, company, one.team, one.user, lambda say: views.stopped(say, one.number, paper))
