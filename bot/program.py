"""The running program: one part hears Slack, one part works; two processes on SQLite, any number on PostgreSQL."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import sys
import threading
import time
from typing import Any

import uvicorn
from prometheus_client import CollectorRegistry
from starlette.types import ASGIApp

from bot import edge, hearing, kept, listen, meters, readiness, skew, socket, watch
from bot.aside import Aside, Gone
from bot.clock import Clock
from bot.compose import House, build, now
from bot.connect import connect_company
from bot.engine import Worker
from bot.figures import Figures
from bot.frames import Frames
from bot.install import Installer
from bot.later import passes, passing
from bot.opening import await_database, opened
from bot.perform import bury, perform
from bot.settings import Settings
from bot.takeover import LOCK_LOST, Occupied
from bot.trying import Perform
from bot.vitals import Vitals, VitalsServer
from handlers import installing, meeting
from procountor.limiter import Pace

log = logging.getLogger(__name__)

EARS_WAIT = 0.8
"""Seconds that hearing waits for a database file another process writes to, three times at most for one thing said:
Slack wants its answer within three."""
LOOK = 0.1
"""Seconds between two looks whether the worker still lives."""
SHORTEST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
"""Seconds before a worker that keeps dying is started again: when the database is back, work goes on within ten."""


SWITCH = 0.001
"""Seconds a thread of a worker computes while others could: a person's decision asks the database some dozen times, and
would wait as often for five thousandths (Python's own figure) behind whatever a batch computes just then."""


class NotReady(RuntimeError):
    """The program cannot start; the message says what is missing and where to get it."""


def work(settings: Settings, stop: threading.Event) -> None:
    """Works until ``stop``. Raises NotReady when another worker holds the SQLite file."""
    sys.setswitchinterval(SWITCH)
    # First, because it copies this process.
    aside = Aside(lambda pace: _performing_aside(settings, pace), watch.LONGEST, passing)
    await_database(settings, stop)
    house = opened(settings)
    aside.pace = house.pace
    worker = worker_of(house, aside)
    try:
        worker.start()
    except Occupied as taken:
        house.close()
        raise NotReady(str(taken)) from taken
    meeting.begin(house.desk)
    vitals = _vitals(house)
    log.info("the worker is at work")
    stop.wait()
    if vitals:
        vitals.stop()
    worker.stop()
    aside.close()
    house.close()


def _vitals(house: House) -> VitalsServer | None:
    """A worker's health and figures, on a port of its own when there is one."""
    settings = house.settings
    if not settings.kierto_worker_port:
        return None
    registry = CollectorRegistry()
    registry.register(Figures(house))
    token = settings.kierto_metrics_token.get_secret_value()
    vitals = Vitals(lambda: readiness.parts(house), (registry, meters.REGISTRY), token)
    server = VitalsServer(vitals, settings.kierto_host, settings.kierto_worker_port)
    server.start()
    return server


def served(web: ASGIApp, host: str, port: int) -> uvicorn.Config:
    """How the open door is served.

    No log_config: the server's own lines go the way of all others, cleaned and counted. At "warning" there would be a
    line for each thing that is no HTTP, as many as strangers like.
    """
    quiet: dict[str, Any] = {"log_config": None, "log_level": "error", "access_log": False}
    plain: dict[str, Any] = {"http": Frames, "ws": "none", "proxy_headers": False, "server_header": False}
    return uvicorn.Config(web, host=host, port=port, **quiet, **plain)


def worker_of(house: House, aside: Aside | None = None) -> Worker:
    """A worker for the house's table of routes."""
    return Worker(
        house.store,
        lambda task, args: perform(house.desk, house.table, task, args),
        lambda task, args, failed: bury(house.desk, house.table, task, args, failed),
        passes,
        lambda failed: not passing(failed),
        kept_aside(aside) if aside else None,
    )


def kept_aside(aside: Aside) -> Perform:
    """A worker without the process for such tasks ends, and the next one has one again."""

    def perform_aside(task: str, args: list[str]) -> None:
        try:
            aside.perform(task, args)
        except Gone:
            log.critical("the process for what is carried out aside is gone, so this worker ends")
            os._exit(LOCK_LOST)

    return perform_aside


def _performing_aside(settings: Settings, pace: Pace) -> Perform:
    """In the process of a task that is carried out aside: a house of its own, whose requests the worker lets go."""
    house = build(settings, migrate=False, pace_of_all=pace)
    return lambda task, args: perform(house.desk, house.table, task, args)


class Ears:
    """The part that hears Slack: over a socket when there is an app token, over HTTP otherwise. It also ticks."""

    def __init__(self, house: House) -> None:
        settings = house.settings
        self._house = house
        app = hearing.bolt(settings.slack_api_url)
        listen.wire(app, house.table, house.desk, lambda team, at: installing.removed(house.desk, team, at))
        registry = CollectorRegistry()
        registry.register(Figures(house))
        # Over a socket nothing signed may come in by HTTP: a secret nobody knows sees to that.
        secret = settings.slack_signing_secret.get_secret_value() or secrets.token_hex(32)
        token = settings.kierto_metrics_token.get_secret_value()
        config = edge.EdgeConfig(signing_secret=secret, metrics_token=token)
        heard = hearing.hearing(app)
        more = Installer(house).routes() if settings.oauth else []
        web = edge.build(config, heard, house.store, house.desk.clock, lambda: readiness.parts(house), registry, more)
        self._server = uvicorn.Server(served(web, settings.kierto_host, settings.port))
        self._http = threading.Thread(target=self._server.run, name="http", daemon=True)
        self._socket = socket.connect(settings, app) if settings.slack_app_token.get_secret_value() else None
        self._clock = Clock(house)

    def start(self) -> int:
        """Begins to hear; gives the port."""
        self._http.start()
        while not self._server.started:
            if not self._http.is_alive():
                raise NotReady("The port is taken: set PORT to another one.")
            time.sleep(0.01)
        self._clock.start()
        return int(self._server.servers[0].sockets[0].getsockname()[1])

    def stop(self) -> None:
        """Hangs up; what is being heard ends first."""
        if self._socket:
            self._socket.close()
        self._server.should_exit = True
        self._http.join(timeout=10)
        self._clock.stop()


def run(settings: Settings) -> int:
    """`kierto run`: hears in this process, works in a second one that is started again whenever it dies."""
    stop, may_work = stopping(), threading.Event()
    keeper = threading.Thread(target=_keep_working, args=(stop, may_work), name="keeper")
    keeper.start()
    try:
        off = skew.measured(settings, now)
        skew.admit(off)
        await_database(settings, stop)
        house = opened(settings, patience=EARS_WAIT)
        connect_company(house)
        skew.keep(house, off)
        ears = Ears(house)
        port = ears.start()
        may_work.set()
        log.info("hearing Slack on %s:%d", settings.kierto_host, port)
        stop.wait()
        ears.stop()
    finally:
        stop.set()
        keeper.join(timeout=15)
    house.close()
    return 0


def stopping() -> threading.Event:
    """Set when the process is asked to end."""
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    return stop


def _keep_working(stop: threading.Event, may_work: threading.Event) -> None:
    """The first worker reads the program while this one opens the database, and begins when it ``may_work``."""
    pause = SHORTEST_PAUSE
    while not stop.is_set():
        child = kept.start()
        while not (may_work.wait(LOOK) or stop.is_set()):
            pass
        if not stop.is_set():
            kept.go(child)
        began = time.monotonic()
        while child.poll() is None and not stop.wait(LOOK):
            pass
        if stop.is_set():
            kept.end(child)
            return
        well = time.monotonic() - began > 30 or child.returncode == LOCK_LOST
        pause = SHORTEST_PAUSE if well else min(max(pause, 0.5) * 2, LONGEST_PAUSE)
        log.warning("the worker ended with %s; another starts in %.1f s", child.returncode, pause)
        stop.wait(pause)
