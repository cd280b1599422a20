"""The running program: one part hears Slack, one part works; two processes on SQLite, any number on PostgreSQL."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from prometheus_client import CollectorRegistry, Gauge

from bot import edge, hearing, listen, socket
from bot.clock import Clock
from bot.compose import House, build, check_keys
from bot.connect import connect_company
from bot.engine import LANES, Worker
from bot.install import Installer
from bot.later import passes
from bot.perform import bury, perform
from bot.settings import Settings
from bot.takeover import Occupied
from handlers import installing
from storage import companies

log = logging.getLogger(__name__)


class NotReady(RuntimeError):
    """The program cannot start; the message says what is missing and where to get it."""


def work(settings: Settings, stop: threading.Event) -> None:
    """Works until ``stop``. Raises NotReady when another worker holds the SQLite file."""
    house = build(settings)
    check_keys(house)
    worker = worker_of(house)
    try:
        worker.start()
    except Occupied as taken:
        house.close()
        raise NotReady(str(taken)) from taken
    log.info("the worker is at work")
    stop.wait()
    worker.stop()
    house.close()


def worker_of(house: House) -> Worker:
    """A worker for the house's table of routes."""
    return Worker(
        house.store,
        lambda task, args: perform(house.desk, house.table, task, args),
        lambda task, args, failed: bury(house.desk, house.table, task, args, failed),
        passes,
    )


class Ears:
    """The part that hears Slack: over a socket when there is an app token, over HTTP otherwise. It also ticks."""

    def __init__(self, house: House) -> None:
        settings = house.settings
        self._house = house
        app = hearing.bolt(settings.slack_api_url)
        listen.wire(app, house.table, house.desk, lambda team, at: installing.removed(house.desk, team, at))
        registry = CollectorRegistry()
        _measure(registry, house)
        # Over a socket nothing signed may come in by HTTP: a secret nobody knows sees to that.
        secret = settings.slack_signing_secret.get_secret_value() or secrets.token_hex(32)
        config = edge.EdgeConfig(signing_secret=secret)
        heard = hearing.hearing(app)
        more = Installer(house).routes() if settings.oauth else []
        web = edge.build(config, heard, house.store, house.desk.clock, lambda: ready(house), registry, more)
        self._server = uvicorn.Server(
            uvicorn.Config(web, host=settings.kierto_host, port=settings.port, log_level="warning", access_log=False)
        )
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


def ready(house: House) -> dict[str, object]:
    """What an operator asks first. A company whose key is refused is told, but does not take the bot out of service."""
    with house.store.read() as tx:
        states = {company.name: company.state for company in companies.everyone(tx)}
    return {"database": "ok", "companies": states}


def _measure(registry: CollectorRegistry, house: House) -> None:
    waiting = Gauge("kierto_tasks_waiting", "Tasks that wait or run, by lane", ["lane"], registry=registry)

    def counter(lane: str) -> Callable[[], float]:
        return lambda: float(house.engine.backlog().get(lane, 0))

    for lane in LANES:
        waiting.labels(lane.name).set_function(counter(lane.name))


def run(settings: Settings) -> int:
    """`kierto run`: hears in this process, works in a second one that is started again whenever it dies."""
    stop = stopping()
    house = build(settings)
    check_keys(house)
    connect_company(house)
    ears = Ears(house)
    keeper = threading.Thread(target=_keep_working, args=(stop,), name="keeper")
    port = ears.start()
    keeper.start()
    log.info("hearing Slack on %s:%d", settings.kierto_host, port)
    stop.wait()
    ears.stop()
    keeper.join(timeout=15)
    house.close()
    return 0


def stopping() -> threading.Event:
    """Set when the process is asked to end."""
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    return stop


def _keep_working(stop: threading.Event) -> None:
    pause = 0.5
    while not stop.is_set():
        began = time.monotonic()
        child = subprocess.Popen([sys.executable, "-m", "bot", "worker"], env=os.environ)
        while child.poll() is None and not stop.wait(0.2):
            pass
        if stop.is_set():
            child.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=10)
            child.kill()
            return
        pause = 0.5 if time.monotonic() - began > 30 else min(pause * 2, 30.0)
        log.warning("the worker ended with %s; another starts in %.1f s", child.returncode, pause)
        stop.wait(pause)
