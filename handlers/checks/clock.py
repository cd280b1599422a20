"""A step of the setup that is there only while the machine's clock is wrong; `bot.skew` measures and keeps it."""

from __future__ import annotations

from handlers.routing import Router
from handlers.steps import Look
from handlers.views import clock as views
from handlers.views.steps import Step
from storage import references

on = Router()

MARK = "clock"  # the bookmark: seconds ahead of Slack's clock, below zero when behind
WORTH = 30.0  # seconds from which it is told


def is_off(seconds: float) -> bool:
    """Whether it is worth a warning."""
    return abs(seconds) > WORTH


def length(seconds: float) -> str:
    """ "5 min 12 s", without the direction."""
    minutes, rest = divmod(round(abs(seconds)), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@on.step("clock", place=15, unconnected=True)
def right(look: Look) -> Step | None:
    """The clock is right enough for Slack's requests to be believed."""
    with look.desk.store.read() as tx:
        kept = references.marked(tx, look.company.id, MARK)
    seconds = int(kept or 0)
    return views.step(look.say, length(seconds), ahead=seconds > 0) if is_off(seconds) else None
