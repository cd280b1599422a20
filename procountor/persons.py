"""The register of persons: those who claim expenses. Only what is needed to know them by is kept.

Identity numbers are never read: a company that numbers its people by them has people without numbers here.
"""

from __future__ import annotations

from dataclasses import dataclass

from finance.identifiers import personal
from procountor.api import Api
from procountor.errors import NotFound
from procountor.wire import base
from procountor.wire import registers as wire


@dataclass(frozen=True, slots=True)
class Person:
    """``id`` is the partner id of claims; ``number`` the company's own, which people are only shown masked."""

    id: int
    first_name: str
    last_name: str
    number: str
    active: bool

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


def all(api: Api, *, inactive: bool = False) -> tuple[Person, ...]:
    """Every person in use, with ``inactive`` also those who are not. Raises as any read."""
    pages = api.numbered_pages("persons", includeInactive=True) if inactive else api.numbered_pages("persons")
    return tuple(_person(told) for told in base.read_all(wire.Person, pages))


def email(api: Api, id: int) -> str:
    """A person's e-mail address, which only the whole entry has; "" when there is none. Raises as any other read."""
    try:
        told = base.read(wire.PersonDetails, api.get(f"persons/{id}"))
    except NotFound:
        return ""
    return told.registry_info.email.strip() if told.registry_info else ""


def _person(told: wire.Person) -> Person:
    number = told.invoicing_info.person_number.strip() if told.invoicing_info else ""
    return Person(
        id=told.id,
        first_name=told.first_name,
        last_name=told.last_name,
        number="" if personal(number) else number,
        active=not (told.registry_info and told.registry_info.active is False),
    )
