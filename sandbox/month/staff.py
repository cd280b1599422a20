"""The people of the practice company as its project system and its Slack know them: sixty, two of whom need a word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sandbox.procountor import seed_people
from sandbox.procountor.wire import Doc

DOMAIN = "pohjantuuli.example"
_BY_FIRST_NAME = ("Anna", "Mikael", "Emma")  # whose address in Slack and in the project system is the short one
_ELSEWHERE = "Petteri Koivisto"  # is in Slack under another address, and turned round
_ABSENT = "Maria Saarinen"  # is not in Slack at all


@dataclass(frozen=True, slots=True)
class Employee:
    """``number`` is the project system's own, ``personal_id`` Procountor's, ``slack`` the address there."""

    number: str
    name: str
    email: str
    personal_id: str
    active: bool
    slack: str

    @property
    def shown(self) -> str:
        """The name in Slack."""
        return " ".join(reversed(self.name.split())) if self.name == _ELSEWHERE else self.name


@lru_cache(maxsize=1)
def employees() -> tuple[Employee, ...]:
    """Everybody in the order of Procountor's register of persons."""
    return tuple(_employee(place, doc) for place, doc in enumerate(seed_people.persons(60, "", DOMAIN)))


def _employee(place: int, doc: Doc) -> Employee:
    name, active = f"{doc['firstName']} {doc['lastName']}", bool(doc["registryInfo"]["active"])
    email = str(doc["registryInfo"]["email"])
    if doc["firstName"] in _BY_FIRST_NAME and place < 8:
        email = f"{doc['firstName']}@{DOMAIN}".lower()
    slack = {_ELSEWHERE: "petteri@koivisto.example", _ABSENT: ""}.get(name, email if active else "")
    return Employee(f"H-{101 + place}", name, email, str(doc["invoicingInfo"]["personNumber"]), active, slack)
