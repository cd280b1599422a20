"""A task that hangs cannot be ended in its process: the worker ends instead, and the task is carried out aside."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.takeover import LOCK_LOST

log = logging.getLogger(__name__)

LONGEST = 1200.0
"""Seconds that a task may take. The longest honest ones judge or read some ten thousand documents, in minutes."""
LOOK = 5.0


class Watch:
    """Over the tasks that a worker has under way."""

    def __init__(self, suspect: Callable[[str], None]) -> None:
        """``suspect`` notes the id of a task that hangs, before the worker ends."""
        self._suspect = suspect
        self._under_way: dict[int, tuple[str, str, float]] = {}
        self._stop = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._look, name="watch", daemon=True).start()

    def stop(self) -> None:
        self._stop.set()

    @contextmanager
    def over(self, id: str, task: str) -> Iterator[None]:
        """Watched while the block lasts."""
        self._under_way[threading.get_ident()] = (id, task, time.monotonic())
        try:
            yield
        finally:
            del self._under_way[threading.get_ident()]

    def _look(self) -> None:
        while not self._stop.wait(min(LOOK, LONGEST / 4)):
            now = time.monotonic()
            hanging = [(id, task) for id, task, since in list(self._under_way.values()) if now - since > LONGEST]
            if hanging:
                self._end(hanging)

    def _end(self, hanging: list[tuple[str, str]]) -> None:
        """As when the lock is lost: another worker is started at once, and what was under way is taken over."""
        for id, task in hanging:
            log.critical("task %s has hung for %.0f s: this worker ends, and it is carried out aside", task, LONGEST)
            try:
                self._suspect(id)
            except Exception as failed:  # noqa: BLE001 - then it is suspected a death later
                log.warning("that a task hangs could not be noted: %s", type(failed).__name__)
        os._exit(LOCK_LOST)
