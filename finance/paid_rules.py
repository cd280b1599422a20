"""In which channels it is told that an invoice has been paid: by its project, else its customer, else the company."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from finance.invoice import Invoice, Party


@dataclass(frozen=True, slots=True)
class PaidRule:
    """``channel`` hears of the invoices of these projects, or of these customers (by number, business id or name).

    A rule has projects or customers; ``amounts``: whether the channel sees how much.
    """

    channel: str
    projects: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    amounts: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is told: a Slack channel or user, with or without amounts."""

    to: str
    amounts: bool = True


def places(invoice: Invoice, rules: Sequence[PaidRule], channel: str, *, amounts: bool) -> tuple[Place, ...]:
    """Every channel of the rules for its projects; where none is, those for its customer; else the company's own.

    Nothing when the company has no ``channel``. A channel named twice sees amounts only if each rule says so.
    """
    of_project = _meant(_projects(invoice), ((rule, rule.projects) for rule in rules))
    found = of_project or _meant(_customer(invoice.buyer), ((rule, rule.customers) for rule in rules))
    if not found and channel:
        found = [Place(channel, amounts)]
    seen: dict[str, bool] = {}
    for place in found:
        seen[place.to] = seen.get(place.to, True) and place.amounts
    return tuple(Place(to, shown) for to, shown in seen.items())


def _meant(names: frozenset[str], rules: Iterable[tuple[PaidRule, tuple[str, ...]]]) -> list[Place]:
    return [Place(rule.channel, rule.amounts) for rule, named in rules if names & set(map(key, named))]


def _projects(invoice: Invoice) -> frozenset[str]:
    return frozenset(filter(None, map(key, (invoice.project, *(line.project for line in invoice.lines)))))


def _customer(buyer: Party) -> frozenset[str]:
    names = (buyer.customer_number, buyer.business_id, buyer.vat_number, buyer.name, buyer.known_by)
    return frozenset(filter(None, map(key, names)))


def key(text: str) -> str:
    """A name as it is compared: without case and doubled spaces."""
    return " ".join(text.split()).casefold()
