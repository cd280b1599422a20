"""When a new card may come: some want everything together, nobody is woken by one, nobody misses a day by waiting."""

from __future__ import annotations

from datetime import UTC

from finance import reminding as rules
from handlers import urgent, workdays
from handlers.bill_card_place import topic
from handlers.desk import Desk
from storage import bills, companies, members, messages
from storage.database import Tx


def seconds(desk: Desk, tx: Tx, company: str, bill: int, team: str, user: str) -> float | None:
    """How long a person's card waits before it comes of itself; None: it comes when he asks for it.

    One that stands there is redrawn at once: nobody is told of that.
    """
    member = members.get(tx, team, user)
    if member.notify in ("", "instant") and not member.quiet:
        return 0.0
    if messages.find(tx, company, topic(bill, user)) is not None:
        return 0.0
    kept, choices = bills.get(tx, company, bill), companies.get(tx, company).choices
    way = rules.Way(member.notify, member.hour, member.quiet, choices.reminder_hour)
    now, due = urgent.local(desk, member), kept.bill.due if kept else None
    at = rules.card_comes(now, due, way, lambda day: workdays.is_workday(day, choices))
    return None if at is None else max(0.0, (at.astimezone(UTC) - now.astimezone(UTC)).total_seconds())
