"""Rights for many at once, from a file or from Procountor's circulation: what would change, and what has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.chat import Block, Modal, Picture
from handlers.views import blocks as b
from handlers.views.granted import Changed, told
from handlers.views.notices import person
from handlers.views.tongue import Tongue

SHOWN = 30  # people told of in one message or form


class Left(StrEnum):
    """Why a row or a person is left out."""

    CELL = "cell"  # a cell that cannot be read
    LIMIT = "limit"  # a limit that cannot be read
    NO_LIMIT = "no_limit"  # a right to approve without a limit
    NO_RIGHT = "no_right"  # a limit without the right to approve
    NOBODY = "nobody"  # nobody of the workspace has this address or member id
    STRANGER = "stranger"  # a guest, a bot, somebody who has left
    UNMAPPED = "unmapped"  # nobody has said which Slack user this is


@dataclass(frozen=True, slots=True)
class Remark:
    """Somebody or some row that is left out; ``row`` is 0 where there is none, the texts are foreign."""

    why: Left
    who: str = ""
    found: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """``name`` is the file's, empty for the circulation. ``ask``: approvers need a limit that nobody has said yet.

    ``beside`` are Slack users who may approve here and do not circulate bills in Procountor.
    """

    name: str
    changes: tuple[Changed, ...]
    remarks: tuple[Remark, ...] = ()
    same: int = 0
    ask: bool = False
    beside: tuple[str, ...] = ()


def offer(say: Tongue, planned: Planned, handle: str) -> Picture:
    """What would change, with the button that gives it after one more look."""
    head = (
        say("Rights from {file}", file=b.safe(planned.name))
        if planned.name
        else say("Rights from Procountor’s circulation")
    )
    lines = [f"*{head}*", *_lines(say, planned)]
    blocks = b.paragraphs(lines)[:45]
    if planned.changes:
        label = say.n("Look and give to {n} person", "Look and give to {n} people", len(planned.changes))
        blocks.append(b.actions([b.button(label, "rights.review", handle, style="primary")]))
    return Picture(head, tuple(blocks))


def review(say: Tongue, planned: Planned, meta: str, error: str = "") -> Modal:
    """Everything that would change, for the yes; approvers' limit is asked for where nobody has said one."""
    blocks: list[Block] = [b.section(f":warning: {error}")] if error else []
    blocks += b.paragraphs(_lines(say, planned))[:90]
    if planned.ask:
        hint = say("One currency in a line: EUR 5000, or SEK no limit. Nothing is approved in other currencies.")
        field = b.text_input("limits", lines=True, most=500)
        blocks.append(b.field("limits", say("Limit of those who may newly approve"), field, hint))
    return Modal(say("Rights"), tuple(blocks), "rights.apply", say("Close"), say("Give"), meta)


def _lines(say: Tongue, planned: Planned) -> list[str]:
    lines = []
    if not planned.changes:
        lines.append(say("Nothing would change."))
    for changed in planned.changes[:SHOWN]:
        lines += [f"*{person(say, changed.user)}*", *told(say, changed)]
    if len(planned.changes) > SHOWN:
        lines.append(say("{n} more after these.", n=len(planned.changes) - SHOWN))
    if planned.same:
        lines.append(say.n("{n} person has the rights already.", "{n} people have the rights already.", planned.same))
    lines += [f":warning: {remark(say, one)}" for one in planned.remarks[:SHOWN]]
    if len(planned.remarks) > SHOWN:
        lines.append(say("{n} more after these.", n=len(planned.remarks) - SHOWN))
    if planned.beside:
        names = ", ".join(person(say, user) for user in planned.beside[:SHOWN])
        lines.append(say("May approve here, but do not circulate bills in Procountor: {people}", people=names))
    return lines


def remark(say: Tongue, one: Remark) -> str:
    """Why somebody is left out, and what to do."""
    who, found = b.safe(one.who, 80), b.safe(one.found, 60)
    text = {
        Left.CELL: say("{column}: “{found}” is neither yes nor no, or stands there twice.", column=who, found=found),
        Left.LIMIT: say("{who}: “{found}” is no limit. Write it like this: EUR 5000", who=who, found=found),
        Left.NO_LIMIT: say("{who}: the right to approve needs a limit.", who=who),
        Left.NO_RIGHT: say("{who}: a limit is written, but the right to approve is not given.", who=who),
        Left.NOBODY: say("{who}: nobody of this workspace.", who=who),
        Left.STRANGER: say("{who}: guests, bots and those who have left cannot be given rights.", who=who),
        Left.UNMAPPED: say("{who}: nobody has said yet who this is in Slack.", who=who),
    }[one.why]
    return say("Row {row}: {why}", row=str(one.row), why=text) if one.row else text


def done(say: Tongue, given: Sequence[str], left: Sequence[tuple[str, str]]) -> Picture:
    """What came of it: the Slack users who have the rights now, and those left out with the reason."""
    text = say.n("{n} person has the rights now.", "{n} people have the rights now.", len(given))
    lines = [f":white_check_mark: {text}"] if given else [f":warning: {say('Nobody was given anything.')}"]
    lines += [f"• {person(say, user)}: {why}" for user, why in left[:SHOWN]]
    return Picture(text, tuple(b.paragraphs(lines)))


def overtaken(say: Tongue) -> str:
    """Somebody else has changed this person's rights since the plan was made."""
    return say("changed by somebody else meanwhile; nothing was done")
