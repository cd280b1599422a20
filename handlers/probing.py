"""What Procountor said when it was last asked how a company's key stands: kept, so that looking at it costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from finance.canonical import dump, load
from handlers import papers, pausing
from handlers.desk import Desk
from procountor import rights, session
from procountor.errors import NotAllowed, ProcountorError, Unauthorized
from storage import companies, references
from storage.database import Tx

MARK = "setup.probe"


class Outcome(StrEnum):
    """How the last question ended."""

    OK = "ok"
    REFUSED = "refused"
    NOT_ALLOWED = "not_allowed"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Probe:
    """``user`` and ``role`` are the key's user in Procountor; ``lacking`` the rights missing, by task and path.

    After silence they are those of the last answer. ``fetched``: the registers were fetched in the same go.
    """

    at: datetime
    outcome: Outcome
    user: str = ""
    role: str = ""
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fetched: bool = False

    def lacks(self, *tasks: str) -> tuple[str, ...]:
        """The paths missing for any of these tasks, each once."""
        return tuple(dict.fromkeys(path for task in tasks for path in self.lacking.get(task, ())))


def kept(tx: Tx, company: str) -> Probe | None:
    """The last one; None before the first."""
    told = references.marked(tx, company, MARK)
    return load(Probe, told) if told else None


def look(desk: Desk, company_id: str) -> Probe | None:
    """Asks Procountor anew and keeps what it says, the registers too; None for a company without a key.

    A key that is refused pauses the company; one that opens again takes its work up.
    """
    with desk.store.read() as tx:
        key, before = companies.api_key(tx, company_id), kept(tx, company_id)
    if key is None:
        return None
    found = _asked(desk, company_id, key, before)
    with desk.store.write() as tx:
        if companies.api_key(tx, company_id) != key:  # another one was given meanwhile: this is about the old one
            return found
        references.mark(tx, company_id, MARK, dump(found))
        if found.outcome is Outcome.OK and companies.get(tx, company_id).state == companies.PAUSED:
            companies.set_state(tx, company_id, companies.READY)
            pausing.take_up(desk, tx, company_id)
    if found.outcome in (Outcome.REFUSED, Outcome.NOT_ALLOWED):
        pausing.pause(desk, company_id)
    return found


def _asked(desk: Desk, company_id: str, key: str, before: Probe | None) -> Probe:
    known, now = before or Probe(desk.clock(), Outcome.SILENT), desk.clock()
    api = desk.keyed(key)
    try:
        info, held = session.info(api), rights.probe(api)
    except NotAllowed:
        return replace(known, at=now, outcome=Outcome.NOT_ALLOWED, fetched=False)
    except Unauthorized:
        return replace(known, at=now, outcome=Outcome.REFUSED, fetched=False)
    except ProcountorError:
        return replace(known, at=now, outcome=Outcome.SILENT, fetched=False)
    lacking = {task: missing for task in rights.NEEDED if (missing := held.missing(task))}
    return Probe(now, Outcome.OK, info.user_name, held.role, lacking, _fetched(desk, company_id))


def _fetched(desk: Desk, company_id: str) -> bool:
    try:
        papers.fetch_reference(desk, papers.company_of(desk, company_id))
    except (ProcountorError, LookupError):
        return False
    return True
