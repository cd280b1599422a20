"""A bill's document: its files, or else its pages, put into the thread of the card once; and its first page drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finance.bill import Bill
from handlers import bill_press, bill_sight, first_page, papers
from handlers.bill_card_place import place, under
from handlers.chat import Chat, ChatTrouble, Posted
from handlers.desk import Desk, Here
from handlers.readers import reader
from handlers.routing import Router
from handlers.views import bill_papers as views
from intake import pictures
from intake.attachments import kind_of
from procountor import attachments
from procountor import bills as resource
from procountor.api import Api
from procountor.errors import NotFound, ProcountorError, Refused
from storage import bills, shown_documents
from storage.shown_documents import ASKED, FAILED, PUT, Where

on = Router()

LARGEST = 20_000_000  # bytes of all files of one bill together
PAGES = 20
File = tuple[str, bytes]


@on.click("bill.document")
def show(here: Here) -> None:
    """Asks for the document to be put under the card."""
    what, kept = bill_press.pressed(here, "bill.document")
    if not bill_sight.reader_sees(here, what.bill):
        return here.whisper(bill_sight.no(here))
    desk, where = here.desk, Where(here.company.id, what.bill, here.said.team, here.said.user, kept.print)
    with desk.store.write() as tx:
        before = shown_documents.get(tx, where)
        tries = shown_documents.ask(tx, where, desk.clock())
        if tries:
            args = [here.company.id, f"{what.bill}", here.said.team, here.said.user, kept.print]
            desk.work.soon(tx, "hear", "bill.document", f"{':'.join(args[1:])}:{tries}", here.company.id, args)
    if not tries and before is not None:
        here.whisper(views.there(here.say, coming=before.state == ASKED))
    return None


@on.task("bill.document", lane="hear")
def put(desk: Desk, company_id: str, bill: str, team: str, user: str, print: str) -> None:
    """Puts the files into the thread, each once, as far as they fit."""
    company, where = papers.company_of(desk, company_id), Where(company_id, int(bill), team, user, print)
    with desk.store.read() as tx:
        kept, shown = bills.get(tx, company_id, int(bill)), shown_documents.get(tx, where)
    if kept is None or shown is None or shown.state != ASKED:
        return None
    if not bill_sight.other_sees(desk, company, team, user, int(bill)):
        return _over(desk, where, FAILED)
    chat, say = reader(desk, company_id, team, user)
    try:
        files, left = _files(desk.books(company_id), kept.bill)
        stands = place(desk, company_id, int(bill), user) or Posted(chat.direct(user), "")
        if files:
            _put(desk, chat, where, stands, files, shown.put)
    except (ProcountorError, ChatTrouble):
        _over(desk, where, FAILED)
        return under(desk, chat, company_id, int(bill), user, views.failed(say, kept.bill))
    _over(desk, where, PUT)
    if left or not files:
        under(desk, chat, company_id, int(bill), user, views.left(say, kept.bill, left))
    return None


def _put(desk: Desk, chat: Chat, where: Where, stands: Posted, files: list[File], before: int) -> None:
    """``before`` of them are there already, from a turn that was cut short."""
    for number, (name, content) in enumerate(files[before:], before + 1):
        chat.upload(stands.channel, stands.ts, name, content, "")
        with desk.store.write() as tx:
            shown_documents.change(tx, where, put=number)


def _over(desk: Desk, where: Where, state: str) -> None:
    with desk.store.write() as tx:
        shown_documents.change(tx, where, state=state)


@on.buried("bill.document")
def buried(desk: Desk, company_id: str, bill: str, team: str, user: str, print: str) -> None:
    """It was given up: it can be asked for again."""
    _over(desk, Where(company_id, int(bill), team, user, print), FAILED)


def _files(api: Api, bill: Bill) -> tuple[list[File], list[str]]:
    """What is shown, under safe names, and the names of files that are not: too much, or nothing one should open."""
    found: list[File] = []
    left: list[str] = []
    room = LARGEST
    for paper in bill.papers:
        try:
            _, content = attachments.download(api, paper.id)
        except Refused:
            left.append(paper.name)
            continue
        kind = kind_of(content)
        if kind not in pictures.SHOWN or len(content) > room:
            left.append(paper.name)
            continue
        room -= len(content)
        found.append((_named(paper.name, kind, len(found) + 1), content))
    return (found, left) if found else (list(_pages(api, bill, room)), left)


def _pages(api: Api, bill: Bill, room: int) -> Iterator[File]:
    """Procountor's own pictures of the pages."""
    for number in range(1, PAGES + 1):
        try:
            content = resource.image(api, bill.id, number).content
        except NotFound:
            return
        room -= len(content)
        if room < 0:
            return
        yield f"bill-{bill.id}-{number}.png", content


def _named(name: str, kind: str, number: int) -> str:
    """A name that says nothing but letters and figures, with the ending of what the file is."""
    stem = re.sub(r"[^\w-]+", "-", name.rpartition(".")[0] or name, flags=re.ASCII).strip("-_")[:60]
    return f"{stem or f'bill-{number}'}.{kind}"


# the first page on the card


@on.task("bill.picture", lane="hear")
def picture(desk: Desk, company_id: str, bill: str, team: str, tries: str) -> None:
    """Makes the picture of the first page."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        kept = bills.get(tx, company_id, int(bill))
    if kept is not None and company.team:
        first_page.make(desk, company, kept, team, int(tries))
