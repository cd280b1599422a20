"""How far this machine's clock is from Slack's, told by the Date of an answer: warned of, and refused at a start.

Slack's requests are judged by their time, and lost answers are looked for around ours. Nothing to compare with is no
reason not to start. What was found is kept for the setup's checklist, in the terminal and on the Home tab.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.compose import House
from bot.hosts import Hosts
from bot.settings import Settings
from handlers.checks import clock
from storage import companies, references

log = logging.getLogger(__name__)

MOST = 240.0
"""Seconds: Slack's requests are refused from three hundred on, and a clock that is so wrong may go on drifting."""
PATIENCE = 2.0  # seconds for the answer: a start does not wait for it longer
WHOLE = timedelta(seconds=1)  # what Date leaves out

Now = Callable[[], datetime]


class WrongClock(RuntimeError):
    """The machine's clock is too far off to begin; the message says by how much and what to do."""


def off(told: str, asked: datetime, answered: datetime) -> float | None:
    """The seconds by which we are surely ahead of ``told`` (a Date header), below zero when behind; None without one.

    The answer was made somewhen between ``asked`` and ``answered`` (ours, aware): a slow one proves nothing.
    """
    try:
        theirs = parsedate_to_datetime(told)
    except ValueError:
        return None
    if theirs.tzinfo is None:  # "-0000": it says UTC all the same
        theirs = theirs.replace(tzinfo=UTC)
    ahead, behind = asked - theirs - WHOLE, theirs - answered
    if ahead > timedelta(0):
        return ahead.total_seconds()
    return -behind.total_seconds() if behind > timedelta(0) else 0.0


def measured(settings: Settings, now: Now) -> float | None:
    """Asks Slack once; None when it does not answer."""
    asked = now()
    told = Hosts(settings.slack_api_url).date(f"{settings.slack_api_url.rstrip('/')}/api.test", PATIENCE)
    return off(told, asked, now())


def admit(seconds: float | None) -> None:
    """Raises WrongClock when the clock is too far off to begin with; warns of one that is off."""
    if seconds is None or not clock.is_off(seconds):
        return
    told = f"This machine's clock is {clock.length(seconds)} {'ahead of' if seconds > 0 else 'behind'} Slack's"
    if abs(seconds) > MOST:
        raise WrongClock(
            f"{told}: Slack's requests would be taken for old ones, and every moment noted wrongly. Nothing was "
            "started. Set the clock by NTP (`timedatectl set-ntp true`; for a container or a virtual machine on its "
            "host), then start again."
        )
    log.warning("%s: set it by NTP, or people will not be heard when it goes on drifting", told)


def look(house: House) -> None:
    """Measures, warns, and keeps what was found; while Slack is silent what was known stands."""
    seconds = measured(house.settings, house.desk.clock)
    if seconds is not None and clock.is_off(seconds):
        log.warning("the clock is %+.0f seconds off Slack's", seconds)
    keep(house, seconds)


def keep(house: House, seconds: float | None) -> None:
    """For the checklist of every company."""
    if seconds is None:
        return
    with house.store.write() as tx:
        for company in companies.everyone(tx):
            references.mark(tx, company.id, clock.MARK, f"{seconds:.0f}")
