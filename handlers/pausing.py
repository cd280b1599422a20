"""When Procountor no longer accepts a key: the company's work waits, its admins hear once, the key is tried again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from handlers import asking
from handlers.desk import Desk, Here
from handlers.views import notices
from procountor.errors import ProcountorError, Unauthorized
from storage import audit, companies
from storage.database import Tx

T = TypeVar("T")


def pause(desk: Desk, company: str) -> None:
    """Pauses the company and asks for its admins to be told; a company paused already stays as it is."""
    now = desk.clock()
    with desk.store.write() as tx:
        if companies.get(tx, company).state == companies.READY and companies.set_state(tx, company, companies.PAUSED):
            audit.note(tx, company, "kierto", "connection.paused", company, now)
            desk.work.soon(tx, "tell", "connection.tell", f"{now:%Y%m%d%H%M}", company, [company])
            try_later(desk, tx, company)


def try_later(desk: Desk, tx: Tx, company: str) -> None:
    """Asks for the key to be tried again in a minute: one trial for the whole company, whatever waits."""
    wait = timedelta(seconds=min(60.0, 5 * desk.timing.retry))
    at = desk.clock() + wait
    desk.work.soon(tx, "hear", "connection.try", f"{at:%Y%m%d%H%M%S}", company, [company], wait.total_seconds())


def take_up(desk: Desk, tx: Tx, company: str) -> None:
    """Takes the company's work up again, in the PSA's order; in the transaction that made it ready."""
    audit.note(tx, company, "kierto", "connection.resumed", company, desk.clock())
    asking.all_again(desk, tx, company)


def asked(here: Here, ask: Callable[[], T]) -> T | None:
    """What asking Procountor at somebody's word brings; None when there was trouble, which is told to him."""
    try:
        return ask()
    except Unauthorized:
        pause(here.desk, here.company.id)
        here.whisper(notices.plain(here.say("Procountor does not accept our key. Ask your admin to renew it.")))
    except ProcountorError:
        here.whisper(notices.plain(here.say("Procountor did not answer just now. Try again in a moment.")))
    return None
