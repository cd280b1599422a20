"""What came of the PSA's lists: what is new, what changed, what is still unknown, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finance.authority import Right
from finance.lists import ListKind
from handlers.chat import Block
from handlers.views import blocks as b
from handlers.views import notices
from handlers.views.tongue import Tongue

SHOWN = 8  # projects told of by their numbers


@dataclass(frozen=True, slots=True)
class Brought:
    """A list as it was taken in: entries new, changed, as before, and those known before that are not in the file.

    ``orphans`` are open projects whose manager nobody knows: the project's number, the manager as the list has him.
    """

    kind: ListKind
    file: str
    new: int = 0
    changed: int = 0
    same: int = 0
    absent: int = 0
    orphans: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that its bringer may not bring; ``kind`` is None for invoices. ``able`` are Slack users who may."""

    file: str
    kind: ListKind | None
    right: Right
    able: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """How the people stand after a list of them. ``tried`` is False when Slack or Procountor did not answer."""

    all: int = 0
    slack: int = 0
    waiting: int = 0
    tried: bool = True


def name(say: Tongue, kind: ListKind) -> str:
    """What a list is called."""
    return {
        ListKind.PEOPLE: say("People"),
        ListKind.PROJECTS: say("Projects"),
        ListKind.CUSTOMERS: say("Customers"),
        ListKind.WORK_TYPES: say("Work types"),
        ListKind.PAYMENT_TYPES: say("Payment types"),
    }[kind]


def told(say: Tongue, brought: Sequence[Brought], matched: Matched | None, handle: str) -> list[Block]:
    """A line for each list, what is still unknown, and the next step. ``handle`` opens the list of the unmatched."""
    lines = [_line(say, one) for one in brought]
    for one in brought:
        lines += _orphans(say, one)
    if matched is not None:
        lines.append(_matched(say, matched))
    if any(one.kind is ListKind.CUSTOMERS and (one.new or one.changed) for one in brought):
        lines.append(say("Invoices that lack an e-invoice address take it from here at their next check."))
    blocks = b.paragraphs(lines)
    if matched is not None and matched.waiting and handle:
        show = b.button(say("Show who is not matched"), "people.unmatched", handle)
        blocks.append(b.actions([show]))
    return blocks


def _line(say: Tongue, one: Brought) -> str:
    parts = []
    if one.new:
        parts.append(say("new: *{n}*", n=one.new))
    if one.changed:
        parts.append(say("changed: *{n}*", n=one.changed))
    if one.same:
        parts.append(say("as before: {n}", n=one.same))
    if one.absent:
        parts.append(say("not in the file, kept: {n}", n=one.absent))
    return f"• *{name(say, one.kind)}* ({b.safe(one.file, 60)}): " + (", ".join(parts) or say("nothing"))


def _orphans(say: Tongue, one: Brought) -> list[str]:
    if not one.orphans:
        return []
    some = ", ".join(_orphan(say, *orphan) for orphan in one.orphans[:SHOWN])
    more = f" (+{len(one.orphans) - SHOWN})" if len(one.orphans) > SHOWN else ""
    text = say.n(
        "{n} project has a manager nobody knows: {which}. Its bills go to the default recipient until the list of "
        "people has the manager.",
        "{n} projects have a manager nobody knows: {which}. Their bills go to the default recipient until the list of "
        "people has the managers.",
        len(one.orphans),
        which=some + more,
    )
    return [f":grey_question: {text}"]


def _orphan(say: Tongue, number: str, manager: str) -> str:
    return f"{b.safe(number, 30)} ({b.safe(manager, 40) or say('nobody named')})"


def _matched(say: Tongue, matched: Matched) -> str:
    if not matched.tried:
        return say("They are matched with Slack and Procountor as soon as both answer.")
    text = say("*{n}* of *{all}* people are known in Slack.", n=matched.slack, all=matched.all)
    if matched.waiting:
        text += " " + say.n("{n} needs an admin’s word.", "{n} need an admin’s word.", matched.waiting)
    return text


def refused(say: Tongue, files: Sequence[Refused]) -> list[Block]:
    """Files that somebody else has to bring."""
    lines = []
    for one in files:
        able = ", ".join(notices.person(say, user) for user in one.able[:5])
        what = name(say, one.kind) if one.kind is not None else say("Invoices and attachments")
        file, right = b.safe(one.file, 60), notices.right_name(say, one.right)
        text = ":heavy_exclamation_mark: {file} was not read. {what}: you do not have the right to bring it ({right})."
        asked = " " + say("Ask one of these: {people}", people=able) if able else ""
        lines.append(say(text, file=file, what=what, right=right) + asked)
    return b.paragraphs(lines)
