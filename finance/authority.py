"""Who may do what: one pure decision, denied unless given, alike for every way of asking.

Rules: domain.md R45 to R52 and C2; separation of duties in reliability.md 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

FRESH = timedelta(hours=24)  # how long a change cannot be used by the one who made it


class Right(StrEnum):
    """A right in one company. Nobody has any until it is given; none holds another."""

    ADMIN = "admin"  # the settings, the connection, other people's rights
    FINANCE = "finance"  # sends invoices, bills and claims
    RECEIVE = "receive"  # bills may be directed to this person (R45, R47)
    SEE_ALL = "see_all"  # every bill of the company (R49)
    SEE_OWN = "see_own"  # the bills directed to this person (R50)
    PRE_APPROVE = "pre_approve"  # verifies bills: no accounting effect (R51)
    APPROVE = "approve"  # approves bills, up to a limit in each currency
    APPROVE_CLAIMS = "approve_claims"  # approves expense and travel claims


SIGNING = frozenset({Right.PRE_APPROVE, Right.APPROVE, Right.APPROVE_CLAIMS})
"""The rights whose use commits the company's money: they also need to know who in Procountor it is."""

Limits = Mapping[str, Decimal | None]
"""The most that may be approved, by ISO currency; None stands for no limit, a currency that is missing for nothing."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One right as it was given: ``by`` is the giver as the trail names him, ``at`` aware UTC."""

    right: Right
    by: str
    at: datetime
    limits: Limits = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with (or without) rights in one company.

    ``names`` are all names the trail may have for this human: "T1/U1", and of a second Slack account of the same
    person in Procountor its name too. ``mapped_by`` and ``mapped_at`` tell who said which person in Procountor this
    is; empty when the person proved it with an own API key, or when nobody has said it. ``trusted`` is False for
    guests, bots, deactivated users and people of other workspaces.
    """

    names: frozenset[str] = frozenset()
    trusted: bool = True
    grants: tuple[Grant, ...] = ()
    user_id: int | None = None
    person_id: int | None = None
    mapped_by: str = ""
    mapped_at: datetime | None = None

    def grant(self, right: Right) -> Grant | None:
        """How the right was given; None when it was not."""
        return next((grant for grant in self.grants if grant.right is right), None)

    @property
    def rights(self) -> frozenset[Right]:
        """The rights given, usable already or not."""
        return frozenset(grant.right for grant in self.grants)


class Why(StrEnum):
    """Why not."""

    STRANGER = "stranger"  # a guest, a bot, somebody of another workspace
    MISSING = "missing"  # the right has not been given
    FRESH = "fresh"  # given by the person himself less than 24 hours ago
    REMAPPED = "remapped"  # said by the person himself less than 24 hours ago who he is in Procountor
    CURRENCY = "currency"  # no limit has been set in this currency
    LIMIT = "limit"  # more than the limit


@dataclass(frozen=True, slots=True)
class Verdict:
    """``why`` is None when it may be done; ``until`` when a fresh change becomes usable; ``limit`` the one exceeded."""

    why: Why | None = None
    until: datetime | None = None
    limit: Decimal | None = None

    @property
    def allowed(self) -> bool:
        return self.why is None


YES = Verdict()


def may(holder: Holder, right: Right, now: datetime, *, alone: bool = False) -> Verdict:
    """Whether ``holder`` may use ``right`` now, whatever it is used on.

    A right that somebody gave himself, and a signature after saying himself who he is in Procountor, wait 24 hours:
    long enough for the others to see it. ``alone``: the documented exception of a company of one person.
    """
    if not holder.trusted:
        return Verdict(Why.STRANGER)
    grant = holder.grant(right)
    if grant is None:
        return Verdict(Why.MISSING)
    if alone:
        return YES
    if grant.by in holder.names and now < grant.at + FRESH:
        return Verdict(Why.FRESH, grant.at + FRESH)
    mapped = holder.mapped_at if right in SIGNING and holder.mapped_by in holder.names else None
    if mapped is not None and now < mapped + FRESH:
        return Verdict(Why.REMAPPED, mapped + FRESH)
    return YES


def within(holder: Holder, right: Right, amount: Decimal, currency: str) -> Verdict:
    """Whether ``amount`` is within what the right was given for; what reduces a debt (a credit note) counts as much."""
    grant = holder.grant(right)
    if grant is None:
        return Verdict(Why.MISSING)
    if currency not in grant.limits:
        return Verdict(Why.CURRENCY)
    most = grant.limits[currency]
    return YES if most is None or abs(amount) <= most else Verdict(Why.LIMIT, limit=most)
