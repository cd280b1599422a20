"""`trail`: a bill's whole story, ours and Procountor's side by side, for those who answer for it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC

from finance import trail as rules
from finance.authority import Right
from finance.bill import Bill, print_of
from finance.canonical import load
from finance.identifiers import hidden
from finance.trail import Heard, Line, Noted, Ours
from handlers import bill_page
from handlers.buttons import handle_for, pressed
from handlers.chat import Chat, ChatTrouble
from handlers.desk import Desk, Here
from handlers.readers import reader
from handlers.routing import Router
from handlers.views import details, notices
from handlers.views import trail as views
from handlers.views.tongue import Tongue
from handlers.views.trail import Copy, Trail
from procountor import bills as resource
from procountor.errors import ProcountorError
from storage import audit, bill_search, bills, cards, decisions
from storage.bills import Kept
from storage.database import Tx

on = Router()

READERS = (Right.FINANCE, Right.ADMIN, Right.SEE_ALL)
MANY = 40  # entries beyond which a file comes, too


@on.command(
    "trail", right=READERS, usage="NUMBER", help="A bill’s trail: who saw and decided what, and what Procountor says"
)
def find(here: Here) -> None:
    """By the supplier's number, Procountor's, or the bill's id; one that fits several bills is asked about."""
    typed = here.said.text.strip().lstrip("#")
    with here.desk.store.read() as tx:
        found = bill_search.numbered(tx, here.company.id, typed) if typed else ()
    if not found:
        return here.whisper(views.unknown(here.say, typed))
    if len(found) == 1:
        return _ask(here, found[0].id)
    lines = [
        replace(bill_page.line_of(here.desk, here.company, bill), handle=handle_for(here, "trail.show", str(bill.id)))
        for bill in found
    ]
    return here.whisper(views.choices(here.say, typed, lines))


@on.click("trail.show", right=READERS)
def show(here: Here) -> None:
    """One of several bills that a number fits."""
    return _ask(here, int(pressed(here, "trail.show")))


def _ask(here: Here, bill: int) -> None:
    company, team, user = here.company.id, here.said.team, here.said.user
    with here.desk.store.write() as tx:
        key = f"{bill}:{user}:{here.desk.clock():%Y%m%d%H%M%S%f}"
        here.desk.work.soon(tx, "hear", "trail.tell", key, company, [company, str(bill), team, user])
    if here.said.channel != here.chat.direct(user):
        here.whisper(notices.plain(here.say("The trail comes to our direct conversation.")))


@on.task("trail.tell", lane="hear")
def tell(desk: Desk, company_id: str, bill: str, team: str, user: str) -> None:
    """The head as a message, the entries under it; many of them as a file, too."""
    with desk.store.read() as tx:
        kept = bills.get(tx, company_id, int(bill))
    if kept is None:
        return
    chat, say = reader(desk, company_id, team, user)
    trail = _trail(desk, company_id, kept)
    posted = chat.post(chat.direct(user), views.head(say, trail))
    for page in views.pages(say, trail):
        chat.post(posted.channel, page, posted.ts)
    if len(trail.lines) > MANY:
        name = f"kierto-trail-{kept.bill.id}.csv"
        told = say("The whole trail as a file")
        chat.upload(posted.channel, posted.ts, name, _csv(desk, say, chat, trail), told)


def _trail(desk: Desk, company_id: str, kept: Kept) -> Trail:
    bill = kept.bill
    try:
        heard = tuple(
            Heard(e.at, e.action, e.name, e.details) for e in resource.history(desk.books(company_id), bill.id)
        )
        silent = False
    except ProcountorError:
        heard, silent = (), True
    with desk.store.read() as tx:
        noted = [
            Noted(entry.at, entry.who, entry.what, json.loads(entry.details))
            for entry in audit.trail(tx, company_id, f"bill:{bill.id}")
        ]
        made = decisions.of_bill(tx, company_id, bill.id)
        shown = {d.id: _shown(tx, company_id, d.id) for d in made}
        copies = [
            Copy(card.user, card.dealt_at, card.state, card.shown_print == kept.print)
            for card in cards.all(tx, company_id, bill.id)
        ]
    ours = [
        Ours(d.id, d.act, d.done_at or d.noted_at) for d in made if d.state in (decisions.DONE, decisions.CONTESTED)
    ]
    return Trail(bill, kept.print, rules.joined(noted, heard, ours), tuple(copies), shown, silent)


def _shown(tx: Tx, company_id: str, decision: int) -> tuple[Bill, str]:
    was = load(Bill, decisions.shown(tx, company_id, decision))
    return was, print_of(was)


def _csv(desk: Desk, say: Tongue, chat: Chat, trail: Trail) -> bytes:
    """Every entry: semicolons and a byte-order mark, as Excel here reads it; times are UTC."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(["time_utc", "place", "who", "what", "decision", "proof", "details"])
    names: dict[str, str] = {}
    for line in trail.lines:
        writer.writerow([details.formula_safe(cell) for cell in _cells(line, chat, names)])
    return ("\ufeff" + out.getvalue()).encode()


def _cells(line: Line, chat: Chat, names: dict[str, str]) -> list[str]:
    at = line.at.astimezone(UTC).isoformat(timespec="seconds") if line.at else ""
    decision = str(line.decision or "")
    if line.heard is not None:
        heard = line.heard
        return [at, "procountor", heard.name, heard.action, decision, line.proof.value, hidden(heard.details)]
    assert line.noted is not None
    told = "; ".join(f"{key}={value}" for key, value in _plain(line.noted.details).items())
    return [at, "kierto", _name(chat, line.noted.who, names), line.noted.what, decision, "", told]


def _plain(known: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in known.items() if value is not None and key != "decision"}


def _name(chat: Chat, who: str, names: dict[str, str]) -> str:
    """A person's name beside what the trail calls him."""
    _, _, user = who.partition("/")
    if user and who not in names:
        try:
            names[who] = f"{chat.profile(user).name} ({who})"
        except ChatTrouble:
            names[who] = who
    return names.get(who, who)
