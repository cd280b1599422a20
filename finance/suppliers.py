"""Whose a bill is: its supplier in Procountor's register, and whether two bills are one supplier's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from finance import identifiers
from finance.invoice import Invoice, Party
from finance.reference import Customer
from finance.registers import Registers, identity, key


class How(StrEnum):
    """What tied a bill to an entry of the register, or why nothing did."""

    ID = "id"  # the business id or VAT number
    NAME = "by_name"  # the name alone
    OTHER_ID = "other_id"  # an entry of this name has another business id: it is another supplier
    SEVERAL = "several"
    NONE = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """``entry`` is the supplier's, None when none is certain enough; ``near`` are those that it might have been."""

    how: How
    entry: Customer | None = None
    near: tuple[Customer, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A supplier as far as a document tells: Procountor's id of the entry, identifiers in any spelling, the name."""

    partner: int | None = None
    ids: tuple[str, ...] = ()
    name: str = ""

    def same(self, other: Named) -> bool:
        """Whether both may be one supplier: by entry, else by identifier, else, where those do not tell, by name."""
        if self.partner is not None and self.partner == other.partner:
            return True
        mine, theirs = ({identity(text) for text in one.ids if text.strip()} for one in (self, other))
        if mine & theirs:
            return True
        if _finnish(self) and _finnish(other):
            return False
        return bool(self.name.strip()) and key(self.name) == key(other.name)


def named(invoice: Invoice, registers: Registers) -> Named:
    """The supplier of a bill of ours."""
    seller, entry = invoice.seller, match(invoice.seller, registers).entry
    return Named(entry.id if entry else None, (seller.business_id, seller.vat_number), seller.name)


def match(seller: Party, registers: Registers) -> Match:
    """The supplier in the register: by business id or VAT number, else by a name that no other id contradicts.

    The project system numbers suppliers in its own way, so its number decides nothing.
    """
    ids = [identity(text) for text in (seller.business_id, seller.vat_number) if text.strip()]
    found = _active(c for one in dict.fromkeys(ids) for c in registers.partners_by_id.get(one, ()))
    if found:
        alike = [c for c in found if key(c.name) == key(seller.name)] if len(found) > 1 else list(found)
        return Match(How.ID, alike[0]) if len(alike) == 1 else Match(How.SEVERAL, near=found)
    same = _active(registers.partners_by_name.get(key(seller.name), ())) if seller.name.strip() else ()
    agreeing = [c for c in same if not (ids and c.business_id)]
    if len(agreeing) == 1:
        return Match(How.NAME, agreeing[0])
    if agreeing:
        return Match(How.SEVERAL, near=same)
    return Match(How.OTHER_ID, near=same) if same else Match(How.NONE)


def doubles(bills: Iterable[Invoice], registers: Registers) -> frozenset[str]:
    """The ``source_id`` of bills of which another has the same number and may be the same supplier's."""
    by_number: dict[str, list[Invoice]] = {}
    for bill in bills:
        if bill.number.strip():
            by_number.setdefault(key(bill.number), []).append(bill)
    found: set[str] = set()
    for same in by_number.values():
        if len(same) > 1:
            whose = [(bill, named(bill, registers)) for bill in same]
            found |= {b.source_id for b, one in whose if any(o is not one and o.same(one) for _, o in whose)}
    return frozenset(found)


def _active(entries: Iterable[Customer]) -> tuple[Customer, ...]:
    return tuple({c.id: c for c in entries if c.active}.values())


def _finnish(supplier: Named) -> bool:
    return any(identifiers.business_id(text) for text in supplier.ids)
