"""An expense or travel claim as it was made, immutable and exact, and its split into documents by whose money it was.

A claim that mixes own and company money becomes several documents with one common number (R62, R63, R68): what is paid
to the person, and what the company has paid already, which has one day of payment per document unless the company
chose otherwise (R66). Every cost stands in exactly one of them, so their sums make the claim's to the cent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from finance.claim_part import Trip
from finance.invoice import ONE, ZERO, Attachment
from finance.lists import COMPANY, OWN
from finance.lists import paid_by as whose_money
from finance.people import address, plain

__all__ = ["Claim", "ClaimKind", "Claimant", "Cost", "Habits", "Part", "Trip", "paid_by", "split"]

CENT = Decimal("0.01")
UNCLEAR = ""  # whose money it was: nobody has mapped the payment type yet


class ClaimKind(StrEnum):
    """Travel claims alone carry trips and allowances, and feed the Incomes Register (R69)."""

    EXPENSE = "expense"
    TRAVEL = "travel"


@dataclass(frozen=True, slots=True)
class Claimant:
    """Whose claim it is, by what the PSA knows of him; never an identity number (R70)."""

    number: str = ""
    name: str = ""
    email: str = ""

    @property
    def key(self) -> str:
        """One text for one person."""
        return plain(self.number) or address(self.email) or plain(self.name)


@dataclass(frozen=True, slots=True)
class Cost:
    """One row of a claim.

    ``day`` is the day of the payment transaction (R67), ``kind`` the cost type in the PSA's word. ``gross`` is what was
    paid, in ``currency``; ``rate`` the price of one unit of the claim's currency in it. ``vat_percent`` is None for
    what carries no VAT: allowances. ``unit_price`` is gross, None when only the sum is told. ``payment_type`` is the
    PSA's word; ``paid_by`` OWN, COMPANY or "" when it is to be told by the company's list.
    """

    day: date
    gross: Decimal
    kind: str = ""
    description: str = ""
    vat_percent: Decimal | None = None
    quantity: Decimal = ONE
    unit: str = ""
    unit_price: Decimal | None = None
    project: str = ""
    account: str = ""
    cost_centre: str = ""
    product_code: str = ""
    payment_type: str = ""
    paid_by: str = ""
    currency: str = "EUR"
    rate: Decimal = ONE
    number: str = ""  # the PSA's own number of the row, when it gives one
    receipts: tuple[Attachment, ...] = ()

    @property
    def amount(self) -> Decimal:
        """What it comes to in the claim's currency, to the cent."""
        return (self.gross / self.rate).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. ``number`` is the PSA's own, ``created`` the day it was written down, ``note`` what it says of itself.

    ``stated`` is what the source says it comes to, None when it says nothing.
    """

    number: str
    created: date
    kind: ClaimKind = ClaimKind.EXPENSE
    claimant: Claimant = Claimant()
    currency: str = "EUR"
    costs: tuple[Cost, ...] = ()
    trip: Trip | None = None
    note: str = ""
    stated: Decimal | None = None

    @property
    def source_id(self) -> str:
        """What makes it the same claim when it is read again."""
        return f"{self.claimant.key}/{self.number}"

    @property
    def total(self) -> Decimal:
        """What all its costs come to, in its currency."""
        return sum((cost.amount for cost in self.costs), ZERO)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a company wants its claims split.

    ``per_receipt``: each cost becomes a document of its own; else own money is one document per claim. ``per_date``:
    company money is one document per day of payment; else one per claim. ``purchase``: company money goes as purchase
    invoices; else as bills of charges.
    """

    per_receipt: bool = False
    per_date: bool = True
    purchase: bool = False


USUAL = Habits()


@dataclass(frozen=True, slots=True)
class Part:
    """Some costs of a claim that become one document; ``places`` are theirs in the claim, ``number`` the document's.

    ``paid_on`` is the one day its costs were paid on by the company; None for own money and for several days.
    """

    number: str
    paid_by: str
    costs: tuple[Cost, ...]
    places: tuple[int, ...]
    paid_on: date | None = None

    @property
    def total(self) -> Decimal:
        """What its costs come to, in the claim's currency."""
        return sum((cost.amount for cost in self.costs), ZERO)

    @property
    def last_day(self) -> date:
        """The newest day among its costs."""
        return max(cost.day for cost in self.costs)


def paid_by(cost: Cost, payment_types: Mapping[str, str]) -> str:
    """Whose money a cost was paid with: as it says itself, else by the company's list; UNCLEAR when neither tells."""
    named = {plain(name): whose for name, whose in payment_types.items()}
    told = cost.paid_by or named.get(plain(cost.payment_type), "")
    return told if told in (OWN, COMPANY) else whose_money(told)  # the command line keeps what was typed


def split(claim: Claim, payment_types: Mapping[str, str], habits: Habits = USUAL) -> tuple[Part, ...]:
    """The documents a claim becomes: own money, then company money, then what is unclear; each as it
    first stands in the claim.

    Every cost stands in exactly one part. A part's number stays the same when the claim is read again with other costs
    beside it: own money has the claim's, company money its day added, a single receipt its own number or place.
    """
    groups: dict[tuple[int, str], list[int]] = {}
    for place, cost in enumerate(claim.costs):
        groups.setdefault(_group(place, cost, payment_types, habits), []).append(place)
    in_order = sorted(groups.items(), key=lambda group: (group[0][0], group[1][0]))
    return tuple(_part(claim, name, places, payment_types) for (_, name), places in in_order)


_SECTIONS: Mapping[str, int] = {OWN: 0, COMPANY: 1, UNCLEAR: 2}


def _group(place: int, cost: Cost, payment_types: Mapping[str, str], habits: Habits) -> tuple[int, str]:
    """The section a cost falls into, and what is added to the claim's number there."""
    whose = paid_by(cost, payment_types)
    if whose == UNCLEAR:
        return _SECTIONS[whose], "?"
    if habits.per_receipt:
        return _SECTIONS[whose], cost.number or str(place + 1)
    if whose == COMPANY:
        return _SECTIONS[whose], cost.day.isoformat() if habits.per_date else "C"
    return _SECTIONS[whose], ""


def _part(claim: Claim, name: str, places: list[int], payment_types: Mapping[str, str]) -> Part:
    costs = tuple(claim.costs[place] for place in places)
    whose = paid_by(costs[0], payment_types)
    days = {cost.day for cost in costs}
    paid_on = costs[0].day if whose == COMPANY and len(days) == 1 else None
    return Part(f"{claim.number}/{name}" if name else claim.number, whose, costs, tuple(places), paid_on)
