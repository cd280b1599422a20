"""Whether another installation of Kierto is at work in the same books: two would see each other's drafts as strangers'.

Nothing is written into the books to find that out. Every draft carries a marker that is computed from what it is; one
that was made within the last hour and is in no transfer of this database was made by somebody else's Kierto. An
installation that takes the place of another one, or a database made anew, waits an hour after the other's last draft.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.desk import Desk
from procountor import codes, invoices
from procountor.api import Api
from procountor.errors import Forbidden
from procountor.invoices import Stored
from storage import transfers

QUIET = timedelta(hours=1)
MOST = 50  # of the newest documents that are looked at


def at_work(desk: Desk, api: Api, user: int | None = None, since: datetime | None = None) -> Stored | None:
    """The newest draft of another installation; None when there is none, or the key may not see invoices.

    ``user``: only what this user of Procountor made; ``since``: only what was made later (aware UTC). Raises
    ProcountorError when Procountor does not say.
    """
    types = {one for kinds in codes.KINDS.values() for one in kinds}
    begin = max(desk.clock() - QUIET, since) if since else desk.clock() - QUIET
    try:
        searched = invoices.search(api, types=types, created_from=begin)
        found = [f.id for f in searched if user is None or f.creator_id in (None, user)]
        made = invoices.get_many(api, found[-MOST:]) if found else []
    except Forbidden:
        return None
    with desk.store.read() as tx:
        marked = [one for one in made if one.marker and not _before(one, since)]
        strange = [one for one in marked if not transfers.knows(tx, one.marker)]
    return strange[-1] if strange else None


def _before(made: Stored, since: datetime | None) -> bool:
    """A search goes by the minute or the hour: what was made in it before the moment is left out, too."""
    return since is not None and made.created is not None and made.created < since
