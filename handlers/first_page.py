"""The picture of a bill's first page: made once for each content, kept in Slack, and never in the way of the card."""

from __future__ import annotations

from handlers import arriving
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from handlers.views.blocks import clean
from intake import pictures
from intake.attachments import kind_of
from intake.pictures import Undrawable
from procountor import attachments
from procountor import bills as resource
from procountor.api import Api
from procountor.errors import Broken, ProcountorError, Refused
from storage import bill_pictures
from storage.bills import Kept
from storage.companies import Company
from storage.database import Tx

TRIES = 3
PAPERS = 3  # files looked into for one that can be drawn
AFTER_PEOPLE = 1000  # its place in the lane: whatever somebody said comes first


def ask(desk: Desk, tx: Tx, company: Company, kept: Kept, team: str) -> None:
    """Asks for the picture of a bill that waits and has none of its present content."""
    drawn = bill_pictures.get(tx, company.id, kept.bill.id, team)
    if kept.bill.is_open and (drawn is None or drawn.print != kept.print):
        _soon(desk, tx, company.id, kept.bill.id, team, kept.print, 1)


def _soon(desk: Desk, tx: Tx, company: str, bill: int, team: str, print: str, tries: int) -> None:
    key = f"{bill}:{team}:{print[:16]}:{tries}"
    args = [company, f"{bill}", team, f"{tries}"]
    after = 0.0 if tries == 1 else 30.0 * tries
    desk.work.soon(tx, "hear", "bill.picture", key, company, args, after, AFTER_PEOPLE)


def make(desk: Desk, company: Company, kept: Kept, team: str, tries: int) -> None:
    """Makes it and has the cards redrawn. When somebody does not answer it is tried again, a few times."""
    with desk.store.read() as tx:
        drawn = bill_pictures.get(tx, company.id, kept.bill.id, team)
    if drawn is not None and drawn.print == kept.print:
        return
    try:
        content = _drawn(desk.books(company.id), kept)
        name = f"bill-{kept.bill.id}-{kept.print[:8]}.jpg"
        file = desk.chats(team).keep_picture(name, content, clean(kept.bill.supplier)[:80]) if content else ""
    except (ProcountorError, ChatTrouble):
        with desk.store.write() as tx:
            if tries < TRIES:
                _soon(desk, tx, company.id, kept.bill.id, team, kept.print, tries + 1)
        return
    _keep(desk, company.id, kept.bill.id, team, kept.print, file)


def forget(desk: Desk, company: Company, bill: int, team: str) -> None:
    """Slack does not show the picture (any more): the cards go without."""
    with desk.store.write() as tx:
        bill_pictures.leave_out(tx, company.id, bill, team)


def _keep(desk: Desk, company: str, bill: int, team: str, print: str, file: str) -> None:
    with desk.store.write() as tx:
        bill_pictures.keep(tx, company, bill, team, print, file, desk.clock())
        if file:
            arriving.redraw(desk, tx, company, bill, f"picture:{print[:16]}")


def _drawn(api: Api, kept: Kept) -> bytes:
    """The supplier's own file first, then Procountor's picture of the page; nothing when neither can be drawn."""
    for paper in kept.bill.papers[:PAPERS]:
        try:
            _, content = attachments.download(api, paper.id)
            if kind_of(content) in pictures.DRAWN:
                return pictures.first_page(content)
        except (Undrawable, Refused, Broken):
            continue
    try:
        return pictures.first_page(resource.image(api, kept.bill.id).content)
    except (Undrawable, Refused, Broken):
        return b""
