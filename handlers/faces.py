"""Everybody as each system knows him, read from what is kept: nothing is asked of Slack or Procountor here."""

from __future__ import annotations

from dataclasses import dataclass

from finance.faces import Apart, Face, Key, Matching, Side
from finance.lists import ListKind
from finance.matching import match
from finance.people import Person
from storage import registers, staff
from storage.database import Tx
from storage.staff import Human

SEEN = {Side.SLACK: "seen in slack", Side.PERSON: "seen persons", Side.USER: "seen users"}
"""The registers of what was last seen of Slack's and Procountor's people."""
APART = "apart"
BROUGHT = "people brought by"


@dataclass(frozen=True, slots=True)
class Parted:
    """A decision: two that are not one, or one alone who is none of the company's people. Keys as "side:id"."""

    keys: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Brought:
    """Who brought an entry of the list of people as it now stands, as the trail names him."""

    by: str


@dataclass(frozen=True, slots=True)
class Crowd:
    """The company's people as they are joined now. ``humans`` are what is kept, ``owner`` who is kept for each face."""

    matching: Matching
    humans: dict[int, Human]
    owner: dict[Key, int]


def crowd(tx: Tx, company: str) -> Crowd:
    """Everybody, joined anew from what is kept."""
    humans = {human.id: human for human in staff.all(tx, company)}
    owner = {key: human.id for human in humans.values() for key in keys_of(human)}
    return Crowd(match(faces(tx, company), [keys_of(h) for h in humans.values()], apart(tx, company)), humans, owner)


def faces(tx: Tx, company: str) -> tuple[Face, ...]:
    people = registers.all(tx, company, ListKind.PEOPLE, Person)
    seen = (face for name in SEEN.values() for face in registers.all(tx, company, name, Face).values())
    return (*(of_person(key, person) for key, person in people.items()), *seen)


def of_person(key: str, person: Person) -> Face:
    return Face(Side.PSA, key, person.name, person.email, person.personal_id, there=person.active)


def keys_of(human: Human) -> tuple[Key, ...]:
    """The faces a human is kept with."""
    known = (
        (Side.PSA, human.psa),
        (Side.PERSON, human.person_id),
        (Side.USER, human.user_id),
        (Side.SLACK, human.user),
    )
    return tuple((side, str(id)) for side, id in known if id is not None)


def columns_of(keys: dict[Side, str | None], team: str) -> dict[str, object]:
    """What `storage.staff` keeps of the faces; a side that is named with None is taken away."""
    kept: dict[str, object] = {}
    for side, id in keys.items():
        if side is Side.PSA:
            kept["psa"] = id
        elif side is Side.SLACK:
            kept |= {"user": id, "team": team if id else None}
        else:
            kept["person_id" if side is Side.PERSON else "user_id"] = int(id) if id else None
    return kept


def apart(tx: Tx, company: str) -> frozenset[Apart]:
    """Who was said to be none of the company's people, and which two not to be one."""
    return frozenset(
        frozenset(key_of(text) for text in parted.keys) for parted in registers.all(tx, company, APART, Parted).values()
    )


def text_of(key: Key) -> str:
    return f"{key[0].value}:{key[1]}"


def key_of(text: str) -> Key:
    """Raises ValueError for what is none."""
    side, _, id = text.partition(":")
    return Side(side), id
