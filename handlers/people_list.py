"""The list of who is matched and who is not, as its journeys share it: what a handle stands for, and the drawing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from finance.faces import Face, Key, Side
from finance.names import likeness
from finance.waiting import tally, waiting
from handlers.apart import Outcome, Said
from handlers.buttons import subject_of
from handlers.chat import Modal
from handlers.desk import Here
from handlers.faces import Crowd, apart, crowd, key_of, text_of
from handlers.views import people, people_form
from handlers.views.people import Mode, Page, Row
from handlers.views.tongue import Tongue
from storage import handles, staff

PAGE = 20  # people on a page: each takes two blocks of the hundred of a form, and headings a few


@dataclass(frozen=True, slots=True)
class Spot:
    """A page of the list and, perhaps, those an entry of it is about."""

    mode: Mode = Mode.WAITING
    page: int = 0
    keys: tuple[Key, ...] = field(default=())

    @property
    def subject(self) -> str:
        return json.dumps([self.mode.value, self.page, [text_of(key) for key in self.keys]])

    @classmethod
    def of(cls, subject: str) -> Spot:
        mode, page, keys = json.loads(subject)
        return cls(Mode(mode), int(page), tuple(key_of(text) for text in keys))


def spot(here: Here, token: str, purpose: str) -> Spot | None:
    """What a pressed handle stands for; None for one that is no longer in use."""
    subject = subject_of(here, token, purpose)
    return Spot.of(subject) if subject is not None else None


def equal_ones(here: Here, token: str) -> tuple[int, list[tuple[Key, ...]]] | None:
    """The page and the groups that a press confirms all together; None for a handle that is no longer in use."""
    subject = subject_of(here, token, "people.all")
    if subject is None:
        return None
    number, _, groups = subject.partition("|")
    return int(number), [tuple(key_of(text) for text in group) for group in json.loads(groups)]


def told(here: Here, outcome: Outcome, done: Callable[[Tongue, str], str]) -> str:
    """What came of something that was said, in mrkdwn; ``done`` says it when it was done."""
    match outcome.said:
        case Said.DONE:
            return done(here.say, outcome.name)
        case Said.ALREADY:
            return people_form.already(here.say, outcome.name, outcome.other)
        case Said.TAKEN:
            return people_form.taken(here.say, outcome.name, outcome.other)
        case Said.STRANGER:
            return people_form.stranger(here.say, outcome.name)
    return people_form.gone(here.say)


def drawn(here: Here, spot: Spot, done: str = "") -> Modal:
    """The page as things now are; ``done`` tells what has just been said."""
    with here.desk.store.write() as tx:
        found = crowd(tx, here.company.id)
        elsewhere = staff.elsewhere(tx, here.company.id, here.said.team)
        lists = {
            Mode.WAITING: [
                Row(w.kind, w.parts, w.why, likeness=w.likeness) for w in waiting(found.matching, elsewhere)
            ],
            Mode.MATCHED: _matched(found),
            Mode.ASIDE: _aside(found, {key for one in apart(tx, here.company.id) if len(one) == 1 for key in one}),
        }

        def issue(purpose: str, subject: str) -> str:
            return handles.issue(tx, here.company.id, here.said.team, purpose, subject, here.desk.clock())

        rows = lists[spot.mode]
        of = max(1, -(-len(rows) // PAGE))
        number = min(spot.page, of - 1)
        shown = rows[number * PAGE : (number + 1) * PAGE]
        tokens = [issue("people.entry", Spot(spot.mode, number, row.keys).subject) for row in shown]
        equal = json.dumps([[text_of(key) for key in row.keys] for row in shown if row.equal])
        whole = issue("people.all", f"{number}|{equal}") if spot.mode is Mode.WAITING else ""
        turn = {p: issue("people.page", Spot(spot.mode, p).subject) for p in range(of) if abs(p - number) == 1}
        tabs = {mode: issue("people.page", Spot(mode).subject) for mode in Mode}
    counts = {mode: len(there) for mode, there in lists.items()}
    page = Page(spot.mode, tuple(zip(shown, tokens, strict=True)), number, of, turn, tabs, counts, whole)
    return people.listed(here.say, page, tally(found.matching), done)


def _matched(found: Crowd) -> list[Row]:
    """Who is known in Slack and elsewhere, by name, with who said so."""
    rows = []
    for one in found.matching.people:
        if Side.SLACK in one.sides and len(one.sides) > 1 and (id := kept(found, one.keys)) is not None:
            human = found.humans[id]
            rows.append(Row(None, (one,), how=human.matched, by=human.matched_by))
    return rows


def _aside(found: Crowd, single: set[Key]) -> list[Row]:
    return [Row(None, (one,)) for one in found.matching.people if one.keys & single]


def kept(found: Crowd, keys: Iterable[Key]) -> int | None:
    """The human that is kept with one of these."""
    return next((found.owner[key] for key in keys if key in found.owner), None)


def offered(found: Crowd, side: Side, of: str, query: str) -> list[Face]:
    """The faces of one side that may be chosen, the likest first: to what is typed, else to the name ``of``."""
    wanted = query.casefold().split()
    those = [face for one in found.matching.people for face in one.faces if face.side is side]
    fitting = [face for face in those if all(word in f"{face.name} {face.email}".casefold() for word in wanted)]
    return sorted(fitting, key=lambda face: (not face.there, -likeness(face.name, query or of), face.name, face.id))
