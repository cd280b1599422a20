"""Files taken in, and after a list of people everybody matched anew, so that one answer tells all of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace

from finance.invoice import Kind
from finance.lists import ListKind
from handlers import matching, taking_in
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from handlers.faces import SEEN
from handlers.views.imports import Imported
from handlers.views.lists import Matched
from procountor.errors import ProcountorError
from storage import companies, registers

log = logging.getLogger(__name__)


def bring(
    desk: Desk, company: str, files: Iterable[tuple[str, bytes]], sender: str, direction: Kind | None = None
) -> Imported:
    """As `taking_in.take_in`. Trouble with Slack or Procountor costs nobody his import: the morning's look makes up."""
    found = taking_in.take_in(desk, company, files, sender, direction)
    if not any(one.kind is ListKind.PEOPLE for one in found.lists):
        return found
    return replace(found, matched=_matched(desk, company))


def _matched(desk: Desk, company: str) -> Matched:
    with desk.store.read() as tx:
        connected = companies.get(tx, company).state == companies.READY
        seen = any(registers.count(tx, company, name) for name in SEEN.values())
    try:
        if connected and not seen:
            matching.fetch(desk, company)
        now = matching.join(desk, company)
    except (ProcountorError, ChatTrouble, LookupError) as away:
        log.warning("people are not matched yet: %s", getattr(away, "code", type(away).__name__))
        return Matched(tried=False)
    return Matched(now.all, now.matched, now.waiting)
