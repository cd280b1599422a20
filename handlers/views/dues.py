"""How long there still is to act on a bill, in working days."""

from __future__ import annotations

from datetime import date

from handlers.views.tongue import Tongue


def due(say: Tongue, day: date | None, days: int | None) -> str:
    """``days`` are the working days left until ``day``, negative when it is past; None when it no longer matters."""
    if day is None:
        return say("No due date")
    if days is None:
        return say("Due {day}", day=day)
    if days < 0:
        late = say.n("{n} working day late", "{n} working days late", -days)
        return f":red_circle: {say('Due {day}', day=day)} · *{late}*"
    if days == 0:
        return f":red_circle: {say('Due {day}', day=day)} · *{say('the last day to act')}*"
    return f"{say('Due {day}', day=day)} · {say.n('in {n} working day', 'in {n} working days', days)}"


def plain(say: Tongue, day: date | None, days: int | None) -> str:
    """The same where nothing can be set in bold."""
    return due(say, day, days).replace("*", "").replace(":red_circle: ", "")
