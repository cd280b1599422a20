"""Who is matched with whom: the list with its buttons, and how somebody is shown. Numbers of people stand masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from finance.faces import Face, Key, Side, Somebody, Why
from finance.people import masked
from finance.waiting import Kind, Tally
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views import notices
from handlers.views.tongue import Tongue


class Mode(StrEnum):
    """The three lists."""

    WAITING = "waiting"  # who needs a human being's word
    MATCHED = "matched"
    ASIDE = "aside"  # none of the company's people


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: who it is about. ``kind`` and ``why`` of one that waits, ``how`` and ``by`` of one that is matched."""

    kind: Kind | None
    parts: tuple[Somebody, ...]
    why: Why | None = None
    how: str = ""
    by: str = ""
    likeness: int = 0

    @property
    def equal(self) -> bool:
        """Whether the names are the same and nothing speaks against it: several such may be confirmed at once."""
        return self.kind is Kind.PROPOSED and self.likeness == 100 and self.why is None

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(face.key for part in self.parts for face in part.faces)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, counted from 0: its rows, each with its handle, and the handles of other pages and lists.

    ``equal`` is the handle that confirms all of the page's rows with equal names; "" where there is none to confirm.
    """

    mode: Mode
    rows: tuple[tuple[Row, str], ...]
    number: int
    of: int
    turn: Mapping[int, str]
    tabs: Mapping[Mode, str]
    counts: Mapping[Mode, int]
    equal: str = ""


def listed(say: Tongue, page: Page, tally: Tally, done: str = "") -> Modal:
    """The list as a form that is only read; ``done`` tells what has just been said."""
    told: list[Block] = [b.section(f":information_source: {done}")] if done else []
    told.append(b.section(progress(say, tally)))
    told.append(b.actions([*_tabs(say, page), b.button(say("Look again"), "people.look", page.tabs[page.mode])]))
    if page.of > 1:
        told.append(b.context(say("Page {page} of {pages}", page=page.number + 1, pages=page.of)))
    if not page.rows and (tally.all or page.mode is not Mode.WAITING):
        told.append(b.section(_nobody(say, page.mode)))
    kind = None
    for row, handle in page.rows:
        if row.kind is not kind and row.kind is not None:
            kind = row.kind
            told.append(b.section(f"*{_heading(say, kind)}*", _all(say, page) if kind is Kind.PROPOSED else None))
        told += [b.section(_row(say, row)), b.actions(_buttons(say, page.mode, row, handle))]
    if turns := _turns(say, page):
        told.append(b.actions(turns))
    return Modal(b.cut(say("Who is who"), b.TITLE), tuple(told), "people.list", say("Close"))


def _all(say: Tongue, page: Page) -> Block | None:
    """One button for those of the page whose names are equal, when there are several."""
    count = sum(row.equal for row, _ in page.rows)
    if count < 2 or not page.equal:
        return None
    sure = b.confirm(
        say("Are they the same people?"),
        say("The {n} shown here whose names are equal are matched with your name.", n=count),
        say("Match them"),
        say("Not yet"),
    )
    return b.button(say("Yes to the {n} with equal names", n=count), "people.all", page.equal, confirm=sure)


def progress(say: Tongue, tally: Tally) -> str:
    """How far it is."""
    if not tally.all:
        return say("No people are known yet. Drop the project system’s list of people to Kierto, or look again.")
    return say("*{n}* of *{all}* people are known in Slack.", n=tally.slack, all=tally.all)


def _tabs(say: Tongue, page: Page) -> list[Block]:
    buttons = []
    if page.mode is not Mode.WAITING:
        label = say.n("Show the one that waits", "Show the {n} that wait", page.counts[Mode.WAITING])
        buttons.append(b.button(label, "people.waiting", page.tabs[Mode.WAITING]))
    if page.mode is not Mode.MATCHED and page.counts[Mode.MATCHED]:
        label = say.n("Show the one matched", "Show the {n} matched", page.counts[Mode.MATCHED])
        buttons.append(b.button(label, "people.matched", page.tabs[Mode.MATCHED]))
    if page.mode is not Mode.ASIDE and page.counts[Mode.ASIDE]:
        label = say.n("Show the one set aside", "Show the {n} set aside", page.counts[Mode.ASIDE])
        buttons.append(b.button(label, "people.aside_list", page.tabs[Mode.ASIDE]))
    return buttons


def _nobody(say: Tongue, mode: Mode) -> str:
    return {
        Mode.WAITING: say(":white_check_mark: Nobody waits: everybody who is known is matched."),
        Mode.MATCHED: say("Nobody is matched yet."),
        Mode.ASIDE: say("Nobody has been set aside."),
    }[mode]


def _heading(say: Tongue, kind: Kind) -> str:
    return {
        Kind.PROPOSED: say("These look like one person"),
        Kind.SLACK: say("In Slack, but not among the company’s people"),
        Kind.PSA: say("In the project system, but not in Slack"),
        Kind.PERSON: say("In Procountor only"),
    }[kind]


def _row(say: Tongue, row: Row) -> str:
    lines = ["\n".join(somebody(say, part) for part in row.parts)]
    if row.why is not None:
        lines.append(f":warning: {reason(say, row.why)}")
    if row.how:
        lines.append(matched_by(say, row.how, row.by))
    return "\n".join(lines)


def somebody(say: Tongue, one: Somebody) -> str:
    """A name and where it is known."""
    places = " · ".join(place(say, face) for face in one.faces)
    return f"*{b.safe(one.name, 60) or say('(no name)')}*  {places}"


def place(say: Tongue, face: Face) -> str:
    """Where somebody is known; of his number only the end."""
    if face.side is Side.SLACK:
        return f"Slack {notices.mention(face.id)}".rstrip()
    said = {
        Side.PSA: say("project system"),
        Side.PERSON: say("person in Procountor"),
        Side.USER: say("user in Procountor"),
    }[face.side]
    number = f" {b.safe(masked(face.number), 10)}" if face.number else ""
    return said + number + ("" if face.there else f" ({say('has left')})")


def reason(say: Tongue, why: Why) -> str:
    """Why it is not certain by itself."""
    return {
        Why.SHARED_EMAIL: say("Several have this e-mail address, so it proves nothing."),
        Why.SHARED_NUMBER: say("Several have the same personal id. Correct it where it is wrong."),
        Why.OTHER_NAME: say("The personal id leads to somebody of another name. Correct it, or say that they are one."),
        Why.SEVERAL: say("The addresses and ids lead to more than one. Say who belongs together."),
    }[why]


def matched_by(say: Tongue, how: str, by: str) -> str:
    """How it is known who a Slack user is."""
    who = notices.person(say, by.rpartition("/")[2])
    if how == "email":
        return say("Matched by e-mail address.")
    if how == "key":
        return say("Proved with an own API key.")
    return say("Matched by {who}.", who=who)


def _buttons(say: Tongue, mode: Mode, row: Row, handle: str) -> list[Block]:
    if mode is Mode.ASIDE:
        return [b.button(say("Bring back"), "people.bring_back", handle)]
    if mode is Mode.MATCHED:
        sure = b.confirm(
            say("Undo the match?"),
            say("Kierto no longer knows who this is in Slack, and does not match them again by itself."),
            say("Undo"),
            say("Not yet"),
        )
        undo = b.button(say("Undo"), "people.undo", handle, confirm=sure)
        return [b.button(say("Change…"), "people.map", handle), undo]
    buttons = []
    if row.kind is Kind.PROPOSED:
        buttons.append(b.button(say("Yes, same person"), "people.same", handle, style="primary"))
        buttons.append(b.button(say("No"), "people.differ", handle))
    buttons.append(b.button(say("Map…"), "people.map", handle))
    buttons.append(b.button(say("Not one of ours"), "people.aside", handle))
    return buttons


def _turns(say: Tongue, page: Page) -> list[Block]:
    buttons = []
    if page.number - 1 in page.turn:
        buttons.append(b.button(say("Previous page"), "people.previous", page.turn[page.number - 1]))
    if page.number + 1 in page.turn:
        buttons.append(b.button(say("Next page"), "people.next", page.turn[page.number + 1]))
    return buttons
