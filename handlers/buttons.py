"""What a pressed button stands for, and the handles of new ones: both belong to one company and one workspace."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from handlers.desk import Desk, Here
from handlers.showing import end_copy
from handlers.views import notices
from storage import handles

T = TypeVar("T")
R = TypeVar("R")


class OutOfUse(Exception):
    """The pressed button (or one in a form) stands for nothing any more, or is not the presser's."""


def subject_of(here: Here, token: str, purpose: str) -> str | None:
    """What a pressed handle stands for; None alike for an unknown, a foreign and an old one."""
    with here.desk.store.read() as tx:
        handle = handles.open_(tx, token, here.said.team, purpose, here.desk.clock())
    return handle.subject if handle is not None and handle.company == here.company.id else None


def in_use(found: T | None) -> T:
    """What a button stands for. Raises OutOfUse where it stands for nothing any more."""
    if found is None:
        raise OutOfUse
    return found


def pressed(here: Here, purpose: str, token: str = "") -> str:
    """What the pressed button stands for, or the form it stands in (by its ``token``). Raises OutOfUse."""
    return in_use(subject_of(here, token or here.said.value, purpose))


def done(run: Callable[[Here], R], here: Here) -> R | None:
    """Does what was said, and ends the copy of a message it was pressed in.

    Who presses a button out of use is told so, here and nowhere else.
    """
    answer = None
    try:
        answer = run(here)
    except OutOfUse:
        here.whisper(notices.gone(here.say))
    end_copy(here)
    return answer


def handle_for(here: Here, purpose: str, subject: str) -> str:
    """The handle for doing ``purpose`` to ``subject``."""
    return issued(here.desk, here.company.id, here.said.team, purpose, subject)


def issued(desk: Desk, company: str, team: str, purpose: str, subject: str) -> str:
    """The same, for a button in a message that nobody has just asked for."""
    with desk.store.write() as tx:
        return handles.issue(tx, company, team, purpose, subject, desk.clock())
