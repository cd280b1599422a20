"""The rate of all processes together, kept in PostgreSQL."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from contextlib import AbstractContextManager, nullcontext

from procountor.turns import Turns
from storage import pace
from storage.database import Store

log = logging.getLogger(__name__)

AHEAD = 2  # moments a process may hold that have not come: one is asked for while the other is waited for
FULL = 0.05  # seconds at most between two looks whether a place is free
LATE = 0.5  # seconds after its moment within which a request may leave; one that overslept asks for another


class SharedPace:
    """Every request takes the next free moment from one row, in whichever process it is made.

    A process holds only a few moments at a time; who wants the next ones waits in the process, where a person's
    decision overtakes what waits in batches. Moments that had been given out could not be overtaken.
    """

    def __init__(self, store: Store, name: str, rate: float) -> None:
        self._store = store
        self._name = name
        self._rate = rate
        self._turn = Turns()
        self._ahead = threading.Semaphore(AHEAD)
        # Whose answer frees which place does not matter: only how many count does.
        self._flights: deque[int] = deque()

    def wait(self) -> AbstractContextManager[None]:
        """Returns when the request may leave."""
        while True:
            with self._turn:
                self._ahead.acquire()
                try:
                    due = self._due()
                except Exception as failed:
                    self._ahead.release()
                    raise TimeoutError("the database did not say when a request may leave") from failed
            time.sleep(max(0.0, due - time.monotonic()))
            self._ahead.release()
            if time.monotonic() - due <= LATE:
                return nullcontext()
            self.answered()

    def answered(self) -> None:
        """Its place is free again a second from now; should the database not hear it, a few seconds later."""
        try:
            pace.answered(self._store, self._flights.popleft())
        except Exception as failed:  # noqa: BLE001 - the answer itself is not to be lost over this
            log.warning("the end of a request could not be noted: %s", type(failed).__name__)

    def _due(self) -> float:
        """The moment, by the monotonic clock, at which the next request may leave."""
        while True:
            asked = time.monotonic()
            moment = pace.reserve(self._store, self._name, self._rate)
            if moment.flight is not None:
                self._flights.append(moment.flight)
                return asked + moment.pause
            time.sleep(min(FULL, moment.pause + 0.001))
