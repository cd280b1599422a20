"""A batch begins: chosen by the words of a command, noted, and asked to be checked. Of invoices and of bills alike."""

from __future__ import annotations

import hashlib

from finance.canonical import dump
from finance.faults import Fault
from finance.invoice import Kind
from finance.selection import parse
from handlers import asking, kinds
from handlers.desk import Desk, Here
from handlers.views import notices
from handlers.views.causes import of_fault
from storage import audit, runs


def start(here: Here, kind: Kind, text: str) -> None:
    """Begins a batch; the answer comes as one message that is redrawn from now on."""
    asked = hashlib.sha256(dump(here.said).encode()).hexdigest()
    begun = start_batch(here.desk, here.company.id, (here.said.team, here.said.user), kind, text, asked)
    if isinstance(begun, Fault):
        cause = of_fault(kinds.of(here, kind).say, begun)
        here.whisper(notices.plain(f"{cause.says} {cause.do}".strip()))


def start_batch(desk: Desk, company: str, who: tuple[str, str], kind: Kind, text: str, asked: str) -> int | Fault:
    """Begins a batch for ``who`` (team, user) from the words of a command; gives its number, or what the words lack.

    ``asked`` names the request: the same request begins one batch, however often it is carried out.
    """
    selection = parse(text)
    if isinstance(selection, Fault):
        return selection
    now = desk.clock()
    with desk.store.write() as tx:
        wanted = {"kind": kind.value, "selection": text, "dry": int(selection.dry)}
        run = runs.start(tx, company, who, asked, now, **wanted)
        asking.tell_now(desk, tx, company, run, "checking")
        desk.work.soon(tx, "hear", "run.check", str(run), company, [company, str(run)])
        audit.note(tx, company, "/".join(who), "run.asked", f"run:{run}", now, kind=kind.value, words=text)
    return run
