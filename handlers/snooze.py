"""The menu of a card: be reminded later (typed, too), see all there is, divide the bill between projects."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from finance.bill import Bill
from handlers import arriving, bill_details, bill_press, bill_sight, bill_split, workdays
from handlers.bill_press import Shown
from handlers.buttons import OutOfUse, in_use
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import bill_passing, notices
from storage import audit, bills, passings
from storage.bills import Kept

on = Router()

USUAL = "08:30"
DAYS = {"bill.snooze:1": 1, "bill.snooze:3": 3}
LONGEST = 30  # days
_TYPED = re.compile(r"#?(?P<number>.+?)(?:\s+(?P<n>[0-9]{1,2})\s*(?P<unit>d|pv|dgr|w|vk|v)?)?", re.IGNORECASE)
_WEEKS = frozenset({"w", "vk", "v"})


@on.click("bill.more", now=True)
def more(here: Here) -> None:
    """Does what was chosen in the menu."""
    purpose, what = in_use(bill_press.chosen(here))
    kept = in_use(bill_press.kept(here, what))
    if not bill_sight.reader_sees(here, what.bill):
        return here.whisper(bill_sight.no(here))
    if purpose == "bill.details":
        here.chat.open(here.said, bill_details.opened(here, kept))
    elif purpose == "bill.split":
        _split(here, kept)
    elif purpose in DAYS:
        _snooze(here, what, DAYS[purpose])
    else:
        raise OutOfUse
    return None


def _split(here: Here, kept: Kept) -> None:
    if not bill_sight.holds(here, kept.bill.id) or not kept.bill.is_open:
        why = "not_there" if kept.bill.is_open else "settled"
        return here.whisper(notices.plain(bill_passing.refused(here.say, why, kept.bill)))
    here.chat.open(here.said, bill_split.opened(here, kept))
    return None


@on.command("snooze", usage="NUMBER [2d]", help="Be reminded of a bill later: 2d in two days, 1w in a week")
def typed(here: Here) -> None:
    """The same typed; without a time until tomorrow."""
    found = _TYPED.fullmatch(here.said.text.strip())
    if found is None:
        return here.whisper(bill_passing.how_long(here.say))
    days = int(found["n"] or 1) * (7 if (found["unit"] or "").casefold() in _WEEKS else 1)
    if not 1 <= days <= LONGEST:
        return here.whisper(bill_passing.too_long(here.say, LONGEST))
    mine = _mine(here, found["number"].strip())
    if len(mine) != 1:
        number = found["number"]
        none = bill_passing.how_long(here.say) if " " in number else bill_passing.not_on_desk(here.say, number)
        return here.whisper(bill_passing.several(here.say, number, mine) if mine else none)
    until = _snooze(here, Shown(mine[0].id, ""), days)
    if until is not None:
        here.whisper(bill_passing.put_off(here.say, mine[0], until))
    return None


def _mine(here: Here, number: str) -> list[Bill]:
    """The open bills with the number that lie on the desk of the one who typed."""
    with here.desk.store.read() as tx:
        ids = [found.id for found in bills.by_number(tx, here.company.id, number)]
        kept = bills.many(tx, here.company.id, ids).values()
    mine = [one.bill for one in kept if one.bill.is_open and bill_sight.holds(here, one.bill.id)]
    exactly = [bill for bill in mine if str(bill.number) == number]
    return exactly if len(exactly) == 1 else mine


def _snooze(here: Here, what: Shown, days: int) -> datetime | None:
    """Until a working day, at the person's own hour; the card says it. None when it was not done."""
    desk, company, until = here.desk, here.company, later(here, days)
    with desk.store.write() as tx:
        kept = bills.get(tx, company.id, what.bill)
        still = kept is not None and kept.bill.is_open
        done = still and passings.put_off(tx, company.id, what.bill, here.said.team, here.said.user, until)
        if done:
            details = {"until": until.isoformat()}
            audit.note(tx, company.id, here.who, "bill.snoozed", f"bill:{what.bill}", desk.clock(), **details)
            why = f"snoozed:{until:%Y%m%d%H%M}:{desk.clock():%H%M%S%f}"
            arriving.ask_card(desk, tx, company.id, what.bill, here.said.team, here.said.user, why)
    if not done and kept is not None:
        why = "not_there" if still else "settled"
        here.whisper(notices.plain(bill_passing.refused(here.say, why, kept.bill)))
    return until if done else None


def later(here: Here, days: int) -> datetime:
    """``days`` days from today in the person's own zone, or the next working day after that, at his hour."""
    zone = ZoneInfo(here.say.zone)
    day = here.desk.clock().astimezone(zone).date() + timedelta(days=days)
    if not workdays.is_workday(day, here.company.choices):
        day = workdays.after(day, 1, here.company.choices)
    hour = here.member.hour or here.company.choices.reminder_hour or USUAL
    return datetime.combine(day, time.fromisoformat(hour), zone)
