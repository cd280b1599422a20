"""The vocabulary of who is who: somebody as each system knows him, and what has been found out about him."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Where somebody is known; in the order in which his name is taken."""

    PSA = "psa"
    PERSON = "person"  # Procountor's register of persons: who may claim
    USER = "user"  # Procountor's users: who may approve
    SLACK = "slack"


_ORDER = {side: place for place, side in enumerate(Side)}
Key = tuple[Side, str]
Apart = frozenset[Key]
"""Two that somebody has parted, or one alone who is none of the company's people."""


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody as one system knows him. ``number`` is the personal id, ``person`` the entry a user belongs to.

    ``there`` is False for guests, bots, the deactivated and those who have left: they are never joined anew.
    """

    side: Side
    id: str
    name: str = ""
    email: str = ""
    number: str = ""
    person: str = ""
    there: bool = True

    @property
    def key(self) -> Key:
        return self.side, self.id

    @property
    def place(self) -> tuple[int, str]:
        """Faces are told in this order."""
        return _ORDER[self.side], self.id


class Why(StrEnum):
    """Why some cannot be joined without a human being."""

    SHARED_EMAIL = "shared_email"  # several of one system have the same address
    SHARED_NUMBER = "shared_number"  # several of one system have the same personal id
    OTHER_NAME = "other_name"  # the personal id leads to somebody of another name
    SEVERAL = "several"  # the addresses and ids lead to more than one of the same system


@dataclass(frozen=True, slots=True)
class Link:
    """Two that are certainly one: by "email", "number", or "id" (the user whose person it is)."""

    one: Key
    other: Key
    by: str


@dataclass(frozen=True, slots=True)
class Somebody:
    """One human being: at most one face of each side. ``links`` are those found now, not those said before."""

    faces: tuple[Face, ...]
    links: tuple[Link, ...] = ()

    @property
    def name(self) -> str:
        return next((face.name for face in self.faces if face.name), "")

    @property
    def email(self) -> str:
        return next((face.email for face in self.faces if face.email), "")

    @property
    def sides(self) -> frozenset[Side]:
        return frozenset(face.side for face in self.faces)

    @property
    def keys(self) -> frozenset[Key]:
        return frozenset(face.key for face in self.faces)

    @property
    def there(self) -> bool:
        """Whether he is with the company still, as far as each system tells."""
        return all(face.there for face in self.faces)

    def face(self, side: Side) -> Face | None:
        return next((face for face in self.faces if face.side is side), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Several who look like one: for a human being to say yes to, never certain. ``likeness`` is 100 at most."""

    parts: tuple[Somebody, ...]
    likeness: int

    @property
    def keys(self) -> frozenset[Key]:
        return frozenset(key for part in self.parts for key in part.keys)


@dataclass(frozen=True, slots=True)
class Conflict:
    why: Why
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Everybody exactly once in ``people``; each in at most one proposal."""

    people: tuple[Somebody, ...]
    proposals: tuple[Proposal, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
