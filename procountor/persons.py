"""The register of persons: those who claim expenses. Only what is needed to know them by is kept."""

from __future__ import annotations

from dataclasses import dataclass

from procountor.api import Api
from procountor.wire import base
from procountor.wire import registers as wire


@dataclass(frozen=True, slots=True)
class Person:
    """``id`` is the partner id of claims; ``number`` the company's own."""

    id: int
    first_name: str
    last_name: str
    number: str
    active: bool


def all(api: Api) -> tuple[Person, ...]:
    """Every person in use. Raises as any read."""
    return tuple(_person(told) for told in base.read_all(wire.Person, api.numbered_pages("persons")))


def _person(told: wire.Person) -> Person:
    return Person(
        id=told.id,
        first_name=told.first_name,
        last_name=told.last_name,
        number=told.invoicing_info.person_number if told.invoicing_info else "",
        active=not (told.registry_info and told.registry_info.active is False),
    )
