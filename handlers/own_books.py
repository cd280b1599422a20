"""A person's own API key that Procountor does not accept any more: forgotten, and told to him once."""

from __future__ import annotations

from datetime import datetime

from handlers.desk import Desk
from storage import audit, own_keys


def refused(desk: Desk, company: str, team: str, user: str, kept_at: datetime) -> None:
    """Removes an own key that Procountor does not accept, and asks for the person to be told.

    ``kept_at`` is when the refused key was kept: one that has been connected since stays.
    """
    now = desk.clock()
    with desk.store.write() as tx:
        own = own_keys.get(tx, company, team, user)
        if own is None or own.kept_at != kept_at:
            return
        own_keys.forget(tx, company, team, user)
        audit.note(tx, company, "kierto", "own_key.refused", f"{team}/{user}", now, user=own.user_name)
        key = f"{team}/{user}:{kept_at:%Y%m%d%H%M%S%f}"
        desk.work.soon(tx, "tell", "own.lost", key, company, [company, team, user])
