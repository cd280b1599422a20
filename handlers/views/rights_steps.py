"""The step of the setup about rights, as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finance.authority import Limits, Right
from handlers.views.notices import person
from handlers.views.rights_words import limits
from handlers.views.steps import Mark, Step
from handlers.views.tongue import Tongue

SHOWN = 8  # people named in a line


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who may approve bills or claims, up to his limits."""

    user: str
    right: Right
    limits: Limits


@dataclass(frozen=True, slots=True)
class Rights:
    """Those who may use the settings and send, as Slack users; and those who may approve."""

    admins: tuple[str, ...]
    senders: tuple[str, ...]
    approvers: tuple[Approver, ...]
    alone: bool = False


def step(say: Tongue, found: Rights) -> Step:
    """Sending is needed; approving is for companies whose bills and claims go through Kierto."""
    told, todo = [], []
    bills, claims = (
        [one for one in found.approvers if one.right is right] for right in (Right.APPROVE, Right.APPROVE_CLAIMS)
    )
    if found.senders:
        told.append(say("May send: {people}", people=_people(say, found.senders)))
    else:
        todo.append(say("Nobody may send invoices yet: give somebody the right."))
    if bills:
        told.append(say("May approve bills: {people}", people=_approvers(say, bills)))
    if claims:
        told.append(say("May approve claims: {people}", people=_approvers(say, claims)))
    if not bills and not claims:
        todo.append(
            say("Nobody may approve bills or claims yet: give the right and a limit if they go through Kierto.")
        )
    if len(found.admins) < 2 and not found.alone:
        todo.append(say("There is only one admin: make somebody else an admin too, for days when this one is away."))
    if found.alone:
        told.append(say("The exception of a one-person company is on."))
    mark = Mark.TODO if not found.senders else Mark.OPEN if todo else Mark.OK
    return Step("rights", say("Rights"), mark, "\n".join(told), "\n".join(todo), say("Give rights"), "rights.open")


def _people(say: Tongue, users: Sequence[str]) -> str:
    more = f" (+{len(users) - SHOWN})" if len(users) > SHOWN else ""
    return ", ".join(person(say, user) for user in users[:SHOWN]) + more


def _approvers(say: Tongue, approvers: Sequence[Approver]) -> str:
    more = f" (+{len(approvers) - SHOWN})" if len(approvers) > SHOWN else ""
    return ", ".join(f"{person(say, one.user)} ({limits(say, one.limits)})" for one in approvers[:SHOWN]) + more
