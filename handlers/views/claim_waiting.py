"""Claims that wait for a decision, in words: what admins hear of a stuck one."""

from __future__ import annotations

from handlers.chat import Picture
from handlers.views import notices
from handlers.views.tongue import Tongue


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
