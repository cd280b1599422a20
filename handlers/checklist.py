"""The setup's checklist as a message: drawn from what is known, and redrawn for everybody who has it before him."""

from __future__ import annotations

import json

from handlers import papers, probing, steps
from handlers.buttons import issued
from handlers.chat import Picture
from handlers.desk import Desk
from handlers.routing import routes
from handlers.steps import Look
from handlers.views import checklist
from handlers.views.steps import Step
from handlers.views.tongue import Tongue
from storage import references
from storage.companies import Company
from storage.database import Tx

READERS = "setup.readers"


def topic(team: str, user: str) -> str:
    """What the message is about: each admin has one of his own, in his language."""
    return f"setup:{team}/{user}"


def gathered(desk: Desk, company: Company, say: Tongue) -> tuple[Step, ...]:
    """The steps as they now stand; Procountor is not asked for what is known."""
    return steps.gathered(routes(), Look(desk, company, say))


def drawn(desk: Desk, company_id: str, say: Tongue, *, looking: bool = False) -> Picture:
    """The checklist in the reader's language; ``looking``: Procountor is being asked meanwhile."""
    company = papers.company_of(desk, company_id)

    def handle(step: Step) -> str:
        return step.value or own(desk, company, step.action, step.name)

    with desk.store.read() as tx:
        probe = probing.kept(tx, company_id)
    buttons = checklist.Buttons(
        handle, own(desk, company, "setup.look", "checklist"), own(desk, company, "settings.open", "checklist")
    )
    found = gathered(desk, company, say)
    asked = probe.at if probe else None
    return checklist.picture(say, company.name, found, buttons, asked, looking=looking)


def own(desk: Desk, company: Company, action: str, about: str) -> str:
    """A handle of the company's own for a button, in the company's workspace."""
    return issued(desk, company.id, company.team, action, about)


def readers(tx: Tx, company: str) -> list[tuple[str, str]]:
    """Who has the checklist before him, as (team, user)."""
    return [(team, user) for team, user in json.loads(references.marked(tx, company, READERS) or "[]")]


def reads(tx: Tx, company: str, team: str, user: str, *, still: bool = True) -> None:
    """Somebody has it before him, or not any more."""
    others = [one for one in readers(tx, company) if one != (team, user)]
    references.mark(tx, company, READERS, json.dumps([*others, (team, user)] if still else others))


def changed(desk: Desk, tx: Tx, company: str) -> None:
    """Something that a step looks at is different now: asks for every reader's message to be redrawn."""
    now = desk.clock()
    for team, user in readers(tx, company):
        key = f"{team}/{user}:{now:%Y%m%d%H%M%S%f}"
        desk.work.soon(tx, "tell", "setup.tell", key, company, [company, team, user])
