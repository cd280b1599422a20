"""The one place where everything is built: store, engine, books, chats, desk."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot import engine, meters
from bot.chats import Chats
from bot.engine import Engine
from bot.meters import Metered
from bot.outgoing import Outgoing
from bot.pace import SharedPace
from bot.settings import Settings
from finance.transfer import Timing
from handlers.desk import Desk
from handlers.memo import Memo
from handlers.routing import Table, routes
from procountor.api import Api
from procountor.connection import Client, Pace, Patience, Procountor, connect
from procountor.limiter import Limiter
from storage import companies, holding, own_keys, resealing
from storage.database import Store
from storage.sealing import KeyMissing

HURRIED = Patience(connect=3.0, read=8.0, write=8.0, pool=8.0, answer=20.0, tries=2, pause=0.3)
"""For somebody who waits in front of a form: an answer that takes longer is said to be silence."""


@dataclass(frozen=True, slots=True)
class House:
    """Everything that was built, for the programs that use it."""

    settings: Settings
    store: Store
    engine: Engine
    procountor: Procountor
    trial: Procountor
    desk: Desk
    table: Table
    slack: Chats
    pace: Metered

    def close(self) -> None:
        """Lets go of connections; what is under way in other processes goes on."""
        self.engine.close()
        self.procountor.close()
        self.trial.close()
        self.pace.close()
        self.store.close()


def build(
    settings: Settings, *, migrate: bool = True, patience: float = 30.0, pace_of_all: Pace | None = None
) -> House:
    """Builds the house; ``patience`` as in `storage.database.Store`, ``pace_of_all`` when another keeps the pace.

    Raises `storage.sealing.KeyMissing` for a malformed KIERTO_SECRET_KEY.
    """
    store = Store(settings.database_url, settings.keys, patience=patience)
    if migrate:
        store.upgrade()
        engine.migrate(settings.database_url)
    asking = Engine(store)
    client, pace = _client(settings), Metered(pace_of_all or _pace(settings, store), settings.procountor_rate)
    procountor = connect(client, pace, patience=_patience(settings), observe=meters.procountor)
    trial = connect(client, pace, patience=HURRIED, observe=meters.procountor)
    slack = Chats(settings, store)
    desk = Desk(
        store=store,
        work=asking,
        chats=slack,
        books=_books(store, procountor),
        own_books=_own_books(store, procountor),
        keyed=trial.once,
        clock=now,
        ticks=boottime,
        timing=Timing(settle=settings.kierto_settle, retry=min(2.0, settings.kierto_settle / 5)),
        memo=Memo(time.monotonic),
        client_id=settings.procountor_client_id,
        hook=Outgoing(),
    )
    return House(settings, store, asking, procountor, trial, desk, routes(), slack, pace)


def check_keys(house: House) -> None:
    """Raises `storage.sealing.KeyMissing` when KIERTO_SECRET_KEY does not open what this database keeps."""
    with house.store.read() as tx:
        if not house.settings.keys:
            raise KeyMissing("KIERTO_SECRET_KEY is not set: make one with `kierto key` and keep it.")
        resealing.check(tx)


def now() -> datetime:
    """The present, aware UTC."""
    return datetime.now(UTC)


def boottime() -> float:
    """Seconds of a clock that goes on while the machine sleeps (where the system has one)."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)


def _client(settings: Settings) -> Client:
    return Client(
        settings.procountor_url.rstrip("/"),
        settings.procountor_client_id,
        settings.procountor_client_secret.get_secret_value(),
        settings.procountor_redirect_uri,
    )


def _patience(settings: Settings) -> Patience:
    """No request may live longer than the settle time: that is what the settle time means."""
    longest = max(1.0, settings.kierto_settle / 3)
    return Patience(read=min(30.0, longest), write=min(30.0, longest), answer=min(120.0, longest))


def _pace(settings: Settings, store: Store) -> Pace:
    if store.embedded:
        return Limiter(settings.procountor_rate)
    return SharedPace(store.url, settings.procountor_client_id or "procountor", settings.procountor_rate)


def _books(store: Store, procountor: Procountor) -> Callable[[str], Api]:
    def books(company: str) -> Api:
        with store.read() as tx:
            key = companies.api_key(tx, company)
        if key is None:
            raise LookupError("this company has no API key yet")
        return procountor.company(key, _unheld(store, company))

    return books


def _unheld(store: Store, company: str) -> Callable[[], bool]:
    """Whether something may be written to a company's books: not while it is held (safe mode)."""

    def unheld() -> bool:
        with store.read() as tx:
            return holding.held(tx, company) is None

    return unheld


def _own_books(store: Store, procountor: Procountor) -> Callable[[str, str, str], Api | None]:
    def books(company: str, team: str, user: str) -> Api | None:
        with store.read() as tx:
            key = own_keys.opened(tx, company, team, user)
        return None if key is None else procountor.company(key, _unheld(store, company))

    return books
