"""What a pressed button stands for, and the handles of new ones: both belong to one company and one workspace."""

from __future__ import annotations

from handlers.desk import Desk, Here
from storage import handles


def subject_of(here: Here, token: str, purpose: str) -> str | None:
    """What a pressed handle stands for; None alike for an unknown, a foreign and an old one."""
    with here.desk.store.read() as tx:
        handle = handles.open_(tx, token, here.said.team, purpose, here.desk.clock())
    return handle.subject if handle is not None and handle.company == here.company.id else None


def handle_for(here: Here, purpose: str, subject: str) -> str:
    """The handle for doing ``purpose`` to ``subject``."""
    return issued(here.desk, here.company.id, here.said.team, purpose, subject)


def issued(desk: Desk, company: str, team: str, purpose: str, subject: str) -> str:
    """The same, for a button in a message that nobody has just asked for."""
    with desk.store.write() as tx:
        return handles.issue(tx, company, team, purpose, subject, desk.clock())
