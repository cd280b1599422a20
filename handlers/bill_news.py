"""Who hears of what happens to a bill besides those who have it on their desk."""

from __future__ import annotations

from finance.authority import Right
from handlers.desk import Desk
from storage import rights
from storage.decisions import Decision


def finance(desk: Desk, company_id: str) -> tuple[str, ...]:
    """The Slack users of finance."""
    with desk.store.read() as tx:
        return rights.with_right(tx, company_id, Right.FINANCE)


def concerned(desk: Desk, company_id: str, d: Decision) -> tuple[str, ...]:
    """The one who decided, and finance; each once."""
    return tuple(dict.fromkeys((d.user, *finance(desk, company_id))))
