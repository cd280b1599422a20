"""A human being says that somebody is none of the company's people, or that two who look like one are not."""

from __future__ import annotations

from collections.abc import Iterable

from finance.faces import Key, Side
from handlers.apart import Outcome, Said, name, note_apart, slack_of, subject
from handlers.desk import Here
from handlers.faces import APART, crowd
from storage import audit, registers, staff


def set_aside(here: Here, keys: Iterable[Key]) -> Outcome:
    """Says that somebody is none of the company's people: nobody is asked about him again."""
    desk, company = here.desk, here.company.id
    with desk.store.write() as tx:
        staff.hold(tx, company)
        found = crowd(tx, company)
        by_key = {key: one for one in found.matching.people for key in one.keys}
        wanted = [by_key[key] for key in keys if key in by_key]
        if not wanted:
            return Outcome(Said.GONE)
        if any(Side.SLACK in one.sides and len(one.sides) > 1 for one in wanted):
            return Outcome(Said.ALREADY, wanted[0].name)
        faces = [face for one in wanted for face in one.faces]
        note_apart(here, tx, [frozenset((face.key,)) for face in faces])
        details = {"sides": sorted({face.side.value for face in faces}), "slack": slack_of(wanted[0])}
        audit.note(tx, company, here.who, "person.set_aside", subject(found, wanted[0]), desk.clock(), **details)
        return Outcome(Said.DONE, wanted[0].name)


def differ(here: Here, keys: Iterable[Key]) -> Outcome:
    """Says that those who look like one are not."""
    desk, company = here.desk, here.company.id
    with desk.store.write() as tx:
        staff.hold(tx, company)
        found = crowd(tx, company)
        parts = [one for one in found.matching.people if one.keys & set(keys)]
        if len(parts) < 2:
            return Outcome(Said.ALREADY, parts[0].name if parts else "")
        pairs = [
            frozenset((a.key, b.key))
            for place, one in enumerate(parts)
            for other in parts[place + 1 :]
            for a in one.faces
            for b in other.faces
        ]
        note_apart(here, tx, pairs)
        about, others = subject(found, parts[0]), [subject(found, one) for one in parts[1:]]
        audit.note(tx, company, here.who, "person.differ", about, desk.clock(), others=others)
        return Outcome(Said.DONE, parts[0].name)


def bring_back(here: Here, keys: Iterable[Key]) -> Outcome:
    """Takes back that somebody is none of the company's people."""
    desk, company = here.desk, here.company.id
    with desk.store.write() as tx:
        staff.hold(tx, company)
        found = crowd(tx, company)
        wanted = [one for one in found.matching.people if one.keys & set(keys)]
        marks = [name(frozenset((key,))) for one in wanted for key in one.keys]
        if not registers.drop(tx, company, APART, marks):
            return Outcome(Said.ALREADY, wanted[0].name if wanted else "")
        about = subject(found, wanted[0])
        audit.note(tx, company, here.who, "person.brought_back", about, desk.clock(), slack=slack_of(wanted[0]))
        return Outcome(Said.DONE, wanted[0].name)
