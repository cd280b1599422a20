"""How bills and claims circulate in Procountor: who verifies, who approves, in which order, and who stands in for whom.

Source: api.md 12.8.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from procountor.api import Api
from procountor.errors import Broken
from procountor.wire import base
from procountor.wire import circulation as wire


@dataclass(frozen=True, slots=True)
class Named:
    """A verifier or approver by name; ``order`` is the place in the round, 0 when none is told."""

    user_id: int
    first_name: str = ""
    last_name: str = ""
    order: int = 0

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Substitution:
    """``verifier`` and ``approver`` stand in for ``user_id`` from ``start`` to ``end``, both days included.

    None for nobody, and for a day that is not told. A substitute's own substitute does not count: there are no chains.
    """

    user_id: int
    start: date | None = None
    end: date | None = None
    verifier: int | None = None
    approver: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """``bills`` and ``claims``: whether they circulate at all. ``in_order``: verifiers and approvers take turns.

    ``verifiers`` and ``approvers`` are those of a bill whose supplier has none of its own; ``most_…`` how many a bill
    may have, None when not told. ``own_substitutes``: users may name their own.
    """

    bills: bool = False
    claims: bool = False
    in_order: bool = False
    pay_only_approved: bool = False
    discussion: bool = False
    own_substitutes: bool = False
    most_verifiers: int | None = None
    most_approvers: int | None = None
    verifiers: tuple[Named, ...] = ()
    approvers: tuple[Named, ...] = ()
    substitutions: tuple[Substitution, ...] = ()


@dataclass(frozen=True, slots=True)
class ListIds:
    """A list of verifiers and approvers as the lists are listed: ids of users only."""

    id: int
    name: str
    verifiers: tuple[int, ...] = ()
    approvers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedList:
    """One such list with its people's names."""

    id: int
    name: str
    verifiers: tuple[Named, ...] = ()
    approvers: tuple[Named, ...] = ()


def settings(api: Api) -> Settings:
    """The company's settings. Raises as any read; Forbidden without the right to see them."""
    told = base.read(wire.CirculationSettings, api.get("company/invoicecirculation/settings"))
    return Settings(
        bills=told.use_for_purchase_invoices,
        claims=told.use_for_travel_and_expense_invoices,
        in_order=told.use_determined_order,
        pay_only_approved=told.allow_payment_only_when_approved,
        discussion=told.allow_invoice_specific_discussion,
        own_substitutes=told.allow_personal_substitution,
        most_verifiers=told.max_verifiers,
        most_approvers=told.max_acceptors,
        verifiers=_named(told.verifiers),
        approvers=_named(told.acceptors),
        substitutions=tuple(map(_substitution, told.substitutions or ())),
    )


def lists(api: Api) -> tuple[ListIds, ...]:
    """Every list, by id. Raises as any read; Forbidden without the right to see them."""
    found = api.get("company/invoicecirculation/verifierlists")
    if not isinstance(found, list):
        raise Broken("the lists of verifiers are no list")
    told = base.read_all(wire.VerifierListIds, found)
    made = (ListIds(one.id, one.name, tuple(one.verifiers or ()), tuple(one.acceptors or ())) for one in told)
    return tuple(sorted(made, key=lambda one: one.id))


def named_list(api: Api, id: int) -> NamedList:
    """One list with names. Raises NotFound for an unknown one, else as any read."""
    told = base.read(wire.VerifierList, api.get(f"company/invoicecirculation/verifierlists/{id}"))
    return NamedList(told.id, told.name, _named(told.verifiers), _named(told.acceptors))


def _named(told: Iterable[wire.Verifier] | None) -> tuple[Named, ...]:
    """In the order of the round."""
    made = (Named(one.user_id, one.firstname, one.surname, one.order_no or 0) for one in told or ())
    return tuple(sorted(made, key=lambda one: one.order))


def _substitution(told: wire.Substitution) -> Substitution:
    return Substitution(
        told.user_id, told.start, told.end, told.substitute_for_verifying, told.substitute_for_approving
    )
