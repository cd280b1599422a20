"""What is noted of two who are not one, and of those who are none of the company's people; and words for the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from finance.faces import Apart, Side, Somebody
from handlers.desk import Here
from handlers.faces import APART, Crowd, Parted, apart, text_of
from storage import registers
from storage.database import Tx


class Said(StrEnum):
    """What came of it."""

    DONE = "done"
    ALREADY = "already"  # somebody else was quicker, or it was so
    GONE = "gone"  # one of them is no longer there
    TAKEN = "taken"  # one of them is somebody else already
    STRANGER = "stranger"  # a guest, a bot, somebody deactivated or of another workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """``name`` is of whom it was said; ``other`` who stands in the way, or who said it before."""

    said: Said
    name: str = ""
    other: str = ""


def note_apart(here: Here, tx: Tx, pairs: Iterable[Apart]) -> None:
    """Keeps pairs that were parted, and single ones that were set aside."""
    marks = {name(pair): Parted(tuple(sorted(map(text_of, pair))), here.who) for pair in pairs}
    registers.keep(tx, here.company.id, APART, marks, here.desk.clock())


def forget_apart(tx: Tx, company: str, whole: Somebody) -> None:
    """Who is joined by hand is neither parted from himself any more nor none of the company's people."""
    over = [pair for pair in apart(tx, company) if pair <= whole.keys]
    registers.drop(tx, company, APART, [name(pair) for pair in over])


def name(pair: Apart) -> str:
    """What a pair (or a single one) is kept under."""
    return "|".join(sorted(map(text_of, pair)))


def subject(found: Crowd, one: Somebody) -> str:
    """How the trail names somebody: by what we keep of him, never by a number of his."""
    id = next((found.owner[key] for key in sorted(one.keys) if key in found.owner), None)
    return f"staff:{id}" if id is not None else f"slack:{slack_of(one) or '–'}"


def slack_of(one: Somebody) -> str:
    """His Slack user; "" without one."""
    face = one.face(Side.SLACK)
    return face.id if face else ""
