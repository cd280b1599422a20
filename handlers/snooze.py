"""The menu of a card: be reminded later, see all there is, divide the bill between projects."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers import arriving, bill_details, bill_press, bill_sight, bill_split, workdays
from handlers.bill_press import Shown
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import bill_passing, notices
from storage import audit, bills, passings
from storage.bills import Kept

on = Router()

USUAL = "08:30"
DAYS = {"bill.snooze:1": 1, "bill.snooze:3": 3}


@on.click("bill.more", now=True)
def more(here: Here) -> None:
    """Does what was chosen in the menu."""
    found = bill_press.chosen(here)
    kept = bill_press.kept(here, found[1]) if found else None
    if found is None or kept is None:
        return here.whisper(notices.gone(here.say))
    purpose, what = found
    if not bill_sight.reader_sees(here, what.bill):
        return here.whisper(bill_sight.no(here))
    if purpose == "bill.details":
        here.chat.open(here.said, bill_details.opened(here, kept))
    elif purpose == "bill.split":
        _split(here, kept)
    elif purpose in DAYS:
        _snooze(here, what, DAYS[purpose])
    else:
        here.whisper(notices.gone(here.say))
    return None


def _split(here: Here, kept: Kept) -> None:
    if not bill_sight.holds(here, kept.bill.id) or not kept.bill.is_open:
        why = "not_there" if kept.bill.is_open else "settled"
        return here.whisper(notices.plain(bill_passing.refused(here.say, why, kept.bill)))
    here.chat.open(here.said, bill_split.opened(here, kept))
    return None


def _snooze(here: Here, what: Shown, days: int) -> None:
    """Until a working day, at the person's own hour; the card says it."""
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


def later(here: Here, days: int) -> datetime:
    """``days`` days from today in the person's own zone, or the next working day after that, at his hour."""
    zone = ZoneInfo(here.say.zone)
    day = here.desk.clock().astimezone(zone).date() + timedelta(days=days)
    if not workdays.is_workday(day, here.company.choices):
        day = workdays.after(day, 1, here.company.choices)
    hour = here.member.hour or here.company.choices.reminder_hour or USUAL
    return datetime.combine(day, time.fromisoformat(hour), zone)
