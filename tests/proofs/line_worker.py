"""A worker process of a proof: it says numbers to channels and people, through the real engine and the real chat."""

from __future__ import annotations

import signal
import sys
import threading
from datetime import timedelta

from bot import engine, later, trying
from bot.compose import build
from bot.engine import Worker
from bot.perform import bury, perform
from bot.settings import Settings
from handlers.chat import Picture
from handlers.desk import Desk
from handlers.routing import Route, Table

PAUSE = 0.3  # seconds between two attempts while Slack is away


def say(desk: Desk, company: str, to: str, team: str, number: str) -> None:
    """One number, in one place."""
    chat = desk.chats(team)
    chat.post(chat.direct(to) if to.startswith("U") else to, Picture(number))


TABLE = Table([Route("task", "say", say, lane="tell")])


def main() -> None:
    """Starts, says "ready", and ends with SIGTERM."""
    engine.PATIENCE = timedelta(seconds=PAUSE), timedelta(hours=1)  # type: ignore[misc]
    trying.ATTEMPTS = 2  # type: ignore[misc]
    later.AGAIN = timedelta(seconds=PAUSE)  # type: ignore[misc]
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    house = build(Settings(_env_file=None))  # type: ignore[call-arg]
    worker = Worker(
        house.store,
        lambda task, args: perform(house.desk, TABLE, task, args),
        lambda task, args, failed: bury(house.desk, TABLE, task, args, failed),
        later.passes,
    )
    worker.start()
    print("ready", flush=True)
    stop.wait()
    worker.stop()
    house.close()


if __name__ == "__main__":
    sys.exit(main())
