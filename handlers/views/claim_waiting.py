"""Claims that wait for a decision, in words: the reminder of those who decide, and what admins hear of a stuck one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from finance.claim import Claim
from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views import notices
from handlers.views.tongue import Tongue

MOST = 20  # claims in one reminder


class Lying(Protocol):
    """A claim that waits for somebody."""

    @property
    def number(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def claim(self) -> Claim | None: ...
    @property
    def changed_at(self) -> datetime: ...


def reminder(say: Tongue, lying: Sequence[Lying]) -> Picture:
    """Claims that somebody is reminded of; their cards stand above in the same conversation."""
    head = say.n("*{n}* claim waits for your decision", "*{n}* claims wait for your decision", len(lying))
    told = [f":hourglass_flowing_sand: {head}", *(_lying(say, one) for one in lying[:MOST])]
    left = len(lying) - MOST
    if left > 0:
        told.append(say.n("… and {n} more", "… and {n} more", left))
    told.append(say("The cards with the buttons stand above in this conversation."))
    return Picture(head.replace("*", ""), tuple(b.paragraphs(told)))


def _lying(say: Tongue, one: Lying) -> str:
    money = say.money(one.claim.total, one.claim.currency) if one.claim else ""
    since = say("since {day}", day=one.changed_at.date())
    return f"• {b.safe(one.number, 40)} · {notices.person(say, one.user)} · {money} · {since}"


def stuck(say: Tongue, number: str, days: int) -> Picture:
    """Told to the admins: a claim waits, and there is nobody else who could decide."""
    return notices.plain(
        say.n(
            "Claim {number} has waited for {n} working day, and nobody else may approve it. Ask its approver, or give "
            "somebody the right: `/procountor rights`",
            "Claim {number} has waited for {n} working days, and nobody else may approve it. Ask its approver, or give "
            "somebody the right: `/procountor rights`",
            days,
            number=number,
        )
    )
