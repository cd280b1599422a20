"""The lists a company brings from its PSA besides invoices: which there are, and who may bring each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from finance.authority import Right
from finance.customers import Client
from finance.people import Person, plain
from finance.projects import Project


class ListKind(StrEnum):
    """A kind of list; the first three are also the names their entries are kept under."""

    PEOPLE = "person"
    PROJECTS = "project"
    CUSTOMERS = "customer"
    WORK_TYPES = "work_type"
    PAYMENT_TYPES = "payment_type"


@dataclass(frozen=True, slots=True)
class WorkType:
    """What consultants book hours on, and the product of Procountor's it is invoiced as (R17)."""

    name: str
    product: str

    @property
    def key(self) -> str:
        """What it is known by when the list comes again."""
        return plain(self.name)


@dataclass(frozen=True, slots=True)
class PaymentType:
    """How a cost was paid, in the PSA's word; ``paid_by`` is OWN or COMPANY (R62)."""

    name: str
    paid_by: str

    @property
    def key(self) -> str:
        """What it is known by when the list comes again."""
        return plain(self.name)


Entry = Person | Project | Client | WorkType | PaymentType

OWN, COMPANY = "own", "company"
_PAID_BY = {
    OWN: (
        "own, own money, private, employee, oma, oma raha, omat rahat, omat varat, työntekijä, "
        "egen, eget, egna pengar, privat, anställd"
    ),
    COMPANY: (
        "company, company money, firm, employer, yritys, yrityksen, yrityksen raha, yrityksen rahat, yrityksen varat, "
        "yrityskortti, firma, företag, företaget, företagets pengar, firmans, bolaget"
    ),
}

BRINGS: Mapping[ListKind, tuple[Right, ...]] = {
    ListKind.PEOPLE: (Right.ADMIN,),
    ListKind.PROJECTS: (Right.ADMIN, Right.FINANCE),
    ListKind.CUSTOMERS: (Right.ADMIN, Right.FINANCE),
    ListKind.WORK_TYPES: (Right.ADMIN,),
    ListKind.PAYMENT_TYPES: (Right.ADMIN,),
}
"""Who may bring a list: those with any of these rights."""


def paid_by(text: str) -> str:
    """OWN or COMPANY for a word in any of the three languages; "" when it says neither."""
    return next((key for key, words in _PAID_BY.items() if plain(text) in words.split(", ")), "")
