"""Opening what a program serves from: a damaged file is refused, an older copy put back is noticed, keys must fit."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime

from bot.compose import House, build, check_keys
from bot.heads import HeadFile, heads_of
from bot.settings import Settings
from storage import audit, holding
from storage.database import Store

log = logging.getLogger(__name__)

COMING = 60.0  # seconds a database that is being started is waited for
LOOK = 0.2  # seconds between two looks


def opened(settings: Settings, patience: float = 30.0) -> House:
    """The house, ready to work in; ``patience`` as in `storage.database.Store`.

    Raises `storage.damage.Damaged` and `storage.sealing.KeyMissing`.
    """
    looked = Store(settings.database_url, patience=patience)
    try:
        looked.check()
    finally:
        looked.close()
    house = build(settings, patience=patience)
    check_keys(house)
    look_back(house.store, heads_of(settings, house.store), house.desk.clock())
    return house


def await_database(settings: Settings, stop: threading.Event, seconds: float = COMING) -> None:
    """Returns when the database takes connections, at the latest after ``seconds``; what follows then says why not.

    Whoever ended instead would have to be started anew, all its imports included, again and again until it is there.
    """
    store, end = Store(settings.database_url), time.monotonic() + seconds
    try:
        while not store.answers() and time.monotonic() < end and not stop.wait(LOOK):
            log.warning("the database does not answer yet")
    finally:
        store.close()


def look_back(store: Store, file: HeadFile | None, now: datetime) -> bool:
    """Begins safe mode when the newest head noted outside does not stand in the trail; True when it did.

    The heads that are lost are put aside: the trail itself tells of them from now on.
    """
    noted = file.read() if file else ()
    if file is None or not noted:
        return False
    newest = noted[-1].head
    with store.write() as tx:
        if audit.fits(tx, newest):
            return False
        holding.begin(tx, now, newest)
    aside = file.put_aside(now)
    log.critical("the database is older than it was left, or another: row %d of the trail is missing. "
                 "Nothing is sent until an admin says so; the heads are in %s", newest.seq, aside.name)  # fmt: skip
    return True
