"""The PSA's people as its list tells them, and finding the one a project or a bill means (R44 to R48)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Person:
    """``number`` is the PSA's own, ``personal_id`` the person's id in the financial software (R18).

    ``supervisor`` is as the list has it: a number, an address or a name. ``active`` is False for who has left.
    Neither number is shown whole to anybody, see ``masked``.
    """

    name: str
    number: str = ""
    email: str = ""
    supervisor: str = ""
    personal_id: str = ""
    active: bool = True

    @property
    def key(self) -> str:
        """What the person is known by when the list comes again."""
        return plain(self.number) or address(self.email)


def masked(number: str) -> str:
    """A personal id of which only the end is shown; "" for none (R70)."""
    return f"••{number[-2:]}" if len(number) > 3 else "••" if number else ""


def address(email: str) -> str:
    """An e-mail address as addresses are compared: exactly, but for case and surrounding blanks."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def plain(text: str) -> str:
    """A number or a name as they are compared: exactly, but for case and blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(frozen=True, slots=True)
class Roster:
    """People by everything a list may name them with; only what names one alone."""

    by_number: Mapping[str, Person]
    by_email: Mapping[str, Person]
    by_name: Mapping[str, Person]

    @classmethod
    def of(cls, people: Iterable[Person]) -> Roster:
        everybody = tuple(people)
        return cls(
            _alone((plain(p.number), p) for p in everybody),
            _alone((address(p.email), p) for p in everybody),
            _alone((plain(p.name), p) for p in sorted(everybody, key=lambda p: p.active)),
        )

    def find(self, text: str) -> Person | None:
        """Who ``text`` means: a number, else an address, else a whole name; None when nobody or several."""
        return self.by_number.get(plain(text)) or self.by_email.get(address(text)) or self.by_name.get(plain(text))


def _alone(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    found: dict[str, list[T]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return {key: those[0] for key, those in found.items() if key and len(those) == 1}
