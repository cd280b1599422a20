"""Whose a document is: the company's own sale, a bill to it, or somebody else's business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from finance.faults import Choice, Fault, Repair
from finance.invoice import Kind, Party
from intake.text import bare, shown


@dataclass(frozen=True, slots=True)
class Owner:
    """The company whose file it is supposed to be. ``country`` is ISO 3166-1 alpha-2."""

    name: str
    business_id: str
    country: str = "FI"


def which_way(
    seller: Party, buyer: Party, owner: Owner, direction: Kind | None, file: str
) -> tuple[Kind | None, tuple[Fault, ...]]:
    """The kind of a document between ``seller`` and ``buyer``: identifiers decide, then names, then ``direction``.

    None, with the fault that says so, when neither party is the company and nobody has said which way it goes.
    """
    for kind, party in ((Kind.SALES_INVOICE, seller), (Kind.BILL, buyer)):
        if _same_id(party, owner):
            return kind, ()
    for kind, party in ((Kind.SALES_INVOICE, seller), (Kind.BILL, buyer)):
        if party.name and bare(party.name) == bare(owner.name):
            return kind, _other_id(party, owner, kind, file)
    if direction is not None:
        return direction, ()
    return None, (_neither(seller, buyer, owner, file),)


def identity(text: str) -> str:
    """A business id, VAT number or OVT in a form that compares: 2077474-0, FI20774740 and 003720774740 are one.

    Wrong check digits are kept: what is compared is the text.
    """
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    if found := re.fullmatch(r"0037([0-9]{8})[0-9A-Z]{0,5}", plain):
        return found[1]
    if found := re.fullmatch(r"FI([0-9]{8})", plain):
        return found[1]
    return plain.rjust(8, "0") if re.fullmatch(r"[0-9]{7}", plain) and "-" in text else plain


def _identities(party: Party) -> Iterator[str]:
    for text in (party.business_id, party.vat_number, party.e_invoice.ovt, party.e_invoice.address):
        if text and (plain := identity(text)):
            yield plain


def _same_id(party: Party, owner: Owner) -> bool:
    own = identity(owner.business_id)
    return bool(own) and any(found in {own, owner.country.upper() + own} for found in _identities(party))


def _other_id(party: Party, owner: Owner, kind: Kind, file: str) -> tuple[Fault, ...]:
    found = party.business_id or party.vat_number
    if not found or not owner.business_id:
        return ()
    side = "seller" if kind is Kind.SALES_INVOICE else "buyer"
    facts = {"name": shown(party.name)}
    where = f"{side}.business_id"
    own = owner.business_id
    return (Fault("intake.party_id", where, shown(found), own, facts, file=file, place=where, warning=True),)


def _neither(seller: Party, buyer: Party, owner: Owner, file: str) -> Fault:
    facts = {
        "seller": _described(seller),
        "buyer": _described(buyer),
        "company": f"{owner.name} ({owner.business_id})" if owner.business_id else owner.name,
    }
    choices = (Choice(Kind.SALES_INVOICE.value, facts["seller"]), Choice(Kind.BILL.value, facts["buyer"]))
    found = f"{facts['seller']} → {facts['buyer']}"
    return Fault(
        "intake.neither_party", "seller", found, facts["company"], facts, Repair.COMPANY, choices=choices, file=file
    )


def _described(party: Party) -> str:
    identifier = shown(party.business_id or party.vat_number, 20)
    name = shown(party.name) or "–"
    return f"{name} ({identifier})" if identifier else name
