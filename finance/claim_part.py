"""What a document remembers of the claim it was made from: the common number, whose money it was, the trip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Trip:
    """A journey. ``start`` and ``end`` are aware instants in the zone they were written in; None when not told.

    ``country`` is ISO 3166-1 alpha-2 of the destination. ``meals`` are the free meals of the whole trip.
    """

    route: str = ""
    purpose: str = ""
    country: str = ""
    start: datetime | None = None
    end: datetime | None = None
    kilometres: Decimal = ZERO
    passengers: int = 0
    meals: int = 0


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """One document of a claim. ``number`` is the whole claim's, the common id of its documents.

    ``paid_by`` is OWN or COMPANY of ``finance.lists``, or "" when nobody has mapped the payment type. ``paid_on``
    is the day company money was paid, when all of the document has one. ``unclear`` are the payment types of the whole
    claim that nobody has mapped: while there are any, none of its documents goes. ``whole`` is what the whole claim's
    costs come to, ``documents`` how many documents it became.
    """

    number: str
    paid_by: str
    created: date
    trip: Trip | None = None
    paid_on: date | None = None
    purchase: bool = False  # company money that goes as a purchase invoice, as the company chose
    unclear: tuple[str, ...] = ()
    whole: Decimal = ZERO
    documents: int = 1
    stated: Decimal | None = None  # what the source says the whole claim comes to
    members: tuple[str, ...] = ()  # the claims whose costs it holds, when it was made of several of one person
    person: int | None = None  # Procountor's id of the claimant; looked up each time, never kept with the document
