"""Finance sends expense and travel claims: two sections, own money and company money, in either order (R61 to R63).

Each section is a batch of its own, with its own list, totals and button: own money becomes bills of charges and travel
invoices to the person, company money vouchers that are marked paid on the days it was paid on.
"""

from __future__ import annotations

import hashlib

from finance.authority import Right
from finance.canonical import dump
from finance.faults import Fault
from finance.invoice import CLAIMS, Kind
from finance.selection import Selection, parse
from handlers import claim_sections, claiming, gather, kinds, starting
from handlers.chat import Block
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import claims as views
from handlers.views import notices
from handlers.views.causes import of_fault
from storage import documents, staff

on = Router()


@on.command(
    "send expenses",
    right=Right.FINANCE,
    usage="[own | card | travel | all] [numbers] [dry]",
    help="Check the expense and travel claims and send the clean ones to Procountor: own money and company money apart",
)
def send(here: Here) -> None:
    """Starts a batch for each section that has something; each answers as one message that is redrawn from now on."""
    _start(here, here.said.text)


@on.command(
    "check expenses",
    right=Right.FINANCE,
    usage="[own | card | travel | all] [numbers]",
    help="Check the expense and travel claims without sending anything",
)
def check_only(here: Here) -> None:
    """The same check; nothing can be sent from its messages."""
    _start(here, f"{here.said.text} dry")


@on.click("home.send_claims", right=Right.FINANCE)
def send_all(here: Here) -> None:
    """The button of the Home tab and of the answer to files: every claim that waits."""
    _start(here, "")


def _start(here: Here, text: str) -> None:
    wanted, words = claim_sections.named(text)
    selection = parse(words)
    if isinstance(selection, Fault):
        cause = of_fault(kinds.of(here, Kind.CLAIM).say, selection)
        return here.whisper(notices.plain(f"{cause.says} {cause.do}".strip()))
    if not selection.dry and not _sender_known(here):
        return here.whisper(views.sender_unknown(here.say))
    claiming.renew(here.desk, here.company)
    sections = [kind for kind in wanted if _has(here, kind, selection)] or list(wanted[:1])
    for kind in sections:
        asked = hashlib.sha256(f"{kind}:{dump(here.said)}".encode()).hexdigest()
        who = (here.said.team, here.said.user)
        starting.start_batch(here.desk, here.company.id, who, kind, words, asked)
    return None


def _sender_known(here: Here) -> bool:
    """Whether the one who sends stands in Procountor's register of persons himself (R59)."""
    with here.desk.store.read() as tx:
        human = staff.by_slack(tx, here.company.id, here.said.team, here.said.user)
    return human is not None and human.person_id is not None


def _has(here: Here, kind: Kind, selection: Selection) -> bool:
    with here.desk.store.read() as tx:
        return bool(gather.chosen(tx, here.company.id, kind, selection))


@on.section("claims to send", place=56, right=Right.FINANCE)
def waiting(here: Here) -> list[Block]:
    """The claims that wait to be sent, by section; nothing when none do."""
    with here.desk.store.read() as tx:
        found = [documents.open_ones(tx, here.company.id, kind) for kind in CLAIMS]
    parts = [doc.source.claim for docs in found for doc in docs if doc.source.claim]
    numbers = {number for part in parts for number in part.members or (part.number,)}
    return views.to_send(here.say, len(numbers), len(found[0]), len(found[1])) if numbers else []
