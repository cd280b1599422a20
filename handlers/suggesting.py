"""After a bill was passed on: asking, once, whether such bills should go there by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from finance.people import plain
from finance.targeting import Reason
from handlers.desk import Desk
from storage import bills, passings, recipient_rules
from storage.bills import Kept
from storage.companies import Company
from storage.recipient_rules import PROJECT, SUPPLIER

BY_PROJECT = frozenset({Reason.PROJECT, Reason.PROJECT_RULE})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rule that would have brought the bill where it went; ``kind`` and ``key`` as in `storage.recipient_rules`."""

    kind: str
    key: str
    name: str


def possible(kept: Kept) -> tuple[Wanted, ...]:
    """Of the bill's project, and of its supplier. A bill that named a person by his id follows no rule."""
    found: list[Wanted] = []
    if kept.aim.reason is Reason.PERSON:
        return ()
    if kept.aim.project and kept.aim.reason in BY_PROJECT:
        name = next((sign.lead.name for sign in kept.aim.signs if not sign.person), "")
        found.append(Wanted(PROJECT, plain(kept.aim.project), name or kept.aim.project))
    if kept.bill.partner_id is not None:
        found.append(Wanted(SUPPLIER, str(kept.bill.partner_id), kept.bill.supplier))
    return tuple(found)


def suggest(desk: Desk, company: Company, passing_id: int) -> None:
    """Asks for the question to be put to finance or an admin, where a rule could be made that does not stand yet."""
    with desk.store.write() as tx:
        one = passings.get(tx, company.id, passing_id)
        kept = bills.get(tx, company.id, one.bill) if one else None
        if one is None or kept is None:
            return
        standing = {(rule.kind, rule.key): rule.user for rule in recipient_rules.all(tx, company.id)}
        wanted = [rule for rule in possible(kept) if standing.get((rule.kind, rule.key)) != one.receiver]
        if wanted:
            key = ":".join([*(f"{rule.kind}-{rule.key}" for rule in wanted), one.receiver])
            desk.work.soon(tx, "hear", "rule.suggest", key, company.id, [company.id, f"{passing_id}"])
