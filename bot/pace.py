"""The rate of all processes together, kept in PostgreSQL."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from contextlib import AbstractContextManager, nullcontext

from procountor.limiter import burst, limit_of
from procountor.turns import Turns, overtakes
from storage.pace import Answered, Ledger, Moment, Terms

log = logging.getLogger(__name__)

FULL = 0.05  # seconds at most between two looks whether a place is free
LATE = 0.5  # seconds after its moment within which a request may leave; one that overslept asks for another
BREATH = 0.05  # seconds after which an answer is noted though no request follows it
AHEAD = 0.25  # seconds by which a person's decision may leave before its turn
KEPT = 15  # of so many places one is a person's


class SharedPace:
    """Every request takes the next free moment from one row, in whichever process it is made.

    A process holds one moment at a time that has not come; who wants the next one waits in the process. A person's
    decision waits for none of this: it has places of its own and leaves before its turn, and what stands in batches
    comes a turn later.
    """

    def __init__(self, url: str, name: str, rate: float) -> None:
        most, spare = limit_of(rate), burst(rate)
        self._batch = Terms(rate, max(1, most - max(1, most // KEPT)), 0.0, spare)
        self._person = Terms(rate, most, AHEAD if spare else 0.0, spare)
        self._turn = Turns()
        self._ledgers = Ledger(url, name), Ledger(url, name)
        self._flights: deque[int] = deque()  # whose answer frees which place does not matter: only how many count does
        self._over: deque[tuple[int, float]] = deque()
        self._news = threading.Event()
        self._closed = False
        threading.Thread(target=self._tell, name="pace", daemon=True).start()

    def wait(self) -> AbstractContextManager[None]:
        """Returns when the request may leave."""
        while True:
            if overtakes():
                due = self._due(self._ledgers[1], self._person)
                _sleep_until(due)
            else:
                with self._turn:
                    due = self._due(self._ledgers[0], self._batch)
                    _sleep_until(due)
            if time.monotonic() - due <= LATE:
                return nullcontext()
            self.answered()

    def answered(self) -> None:
        """Its place is free again a second from now; should the database not hear it, a few seconds later."""
        self._over.append((self._flights.popleft(), time.monotonic()))
        self._news.set()

    def close(self) -> None:
        """Lets go of the connections."""
        self._closed = True
        self._news.set()
        for ledger in self._ledgers:
            ledger.close()

    def _due(self, ledger: Ledger, terms: Terms) -> float:
        """The moment, by the monotonic clock, at which the next request may leave. Raises TimeoutError."""
        while True:
            asked = time.monotonic()
            moment = self._reserve(ledger, terms)
            if moment.flight is not None:
                self._flights.append(moment.flight)
                return asked + moment.pause
            time.sleep(min(FULL, moment.pause + 0.001))

    def _reserve(self, ledger: Ledger, terms: Terms) -> Moment:
        try:
            return ledger.reserve(terms, self._answers())
        except Exception as failed:
            raise TimeoutError("the database did not say when a request may leave") from failed

    def _answers(self) -> list[Answered]:
        found = []
        while self._over:
            try:
                flight, at = self._over.popleft()
            except IndexError:  # the other one was quicker
                break
            found.append(Answered(flight, time.monotonic() - at))
        return found

    def _tell(self) -> None:
        """Notes the answers that no request takes along."""
        while not self._closed:
            self._news.wait()
            self._news.clear()
            time.sleep(BREATH)
            try:
                self._ledgers[1].answered(self._answers())
            except Exception as failed:  # noqa: BLE001 - what is not noted counts a few seconds longer
                log.warning("the end of requests could not be noted: %s", type(failed).__name__)


def _sleep_until(due: float) -> None:
    time.sleep(max(0.0, due - time.monotonic()))
