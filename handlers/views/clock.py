"""A clock that is wrong, in the setup's checklist."""

from __future__ import annotations

from handlers.views.steps import Mark, Step
from handlers.views.tongue import Tongue


def step(say: Tongue, length: str, *, ahead: bool) -> Step:
    """``length`` is by how much ("1 min 5 s")."""
    told = (
        say("The clock of the machine that Kierto runs on is {length} ahead of Slack’s.", length=length)
        if ahead
        else say("The clock of the machine that Kierto runs on is {length} behind Slack’s.", length=length)
    )
    todo = say("Whoever runs Kierto sets it by NTP. If it is off by five minutes, nobody is heard any more.")
    return Step("clock", say("Clock"), Mark.WRONG, told, todo)
