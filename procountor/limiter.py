"""When a request may leave: never more than the agreed number in any second, as Procountor sees it."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from pyrate_limiter import InMemoryBucket, MonotonicClock, Rate, RateItem

from procountor.turns import Turns

SHARE = 0.8
"""Of what Procountor allows: the rate. The rest is for requests that it takes up in bunches."""
MOST = 60
"""Requests a second that Procountor allows one API client."""
SLOW = 8.0
"""Below this rate the limit may be counted over a minute (as on the testing server): nothing is made up for."""
MARGIN = 25
"""Milliseconds added between two requests of a slow rate."""
BURST = 0.1
"""Seconds of unused turns that may be made up for."""


def limit_of(rate: float) -> int:
    """The most requests that any second at Procountor may hold: the rate is four fifths of it."""
    return max(1, math.floor(min(max(MOST, rate), rate / SHARE) + 1e-9))


def burst(rate: float) -> float:
    """Seconds of unused turns that may be made up for at this rate."""
    return BURST if rate >= SLOW else 0.0


class Pace(Protocol):
    """Decides when a request may leave. One per API client: all companies share Procountor's limit."""

    def wait(self) -> AbstractContextManager[object] | None:
        """Blocks until one request may leave. What it gives back is held until the head of the request is out.

        Called with the connection standing, directly before the first byte. An OSError (TimeoutError too) means
        that no permission is to be had, and nothing leaves.
        """
        ...

    def answered(self) -> None:
        """A request that had permission has its answer, or will never have one."""
        ...


class Limiter:
    """Evenly ``rate`` requests a second, for all threads of one process together.

    They leave one at a time: the next permission is given when the head of the one before is out. That bounds
    departures. What counts is when the server takes them up, and that is some moment between a request's
    departure and its answer: so a request counts until a second after its answer, and no second at the server can
    hold more than `limit_of` the rate, however slow the line or the server. With answers after a quarter of a second
    all of the rate can be used, with slower ones less. A rate below two a second becomes one request per 1/rate
    seconds.
    """

    def __init__(self, rate: float = 48) -> None:
        if not rate > 0:
            raise ValueError(f"a rate above zero is needed, not {rate}")
        self._bucket = InMemoryBucket(_rates(rate))
        self._clock = MonotonicClock()
        self._turn = Turns()
        self._most = limit_of(rate)
        self._flights = threading.Condition()
        self._away = 0
        self._answered: deque[float] = deque()

    @contextmanager
    def wait(self) -> Iterator[None]:
        """One permission; the block around the departure keeps others from leaving at the same time."""
        with self._turn:
            self._take_off()
            while not self._bucket.put(item := RateItem("request", self._clock.now())):
                waiting = self._bucket.waiting(item)
                assert isinstance(waiting, int)
                time.sleep(max(waiting, 1) / 1000)
            self._bucket.leak(item.timestamp)
            yield

    def answered(self) -> None:
        """The request's place is free again a second from now."""
        with self._flights:
            self._away -= 1
            self._answered.append(time.monotonic())
            self._flights.notify()

    def _take_off(self) -> None:
        """Waits until fewer than the rate are on their way or answered within the last second."""
        with self._flights:
            while True:
                now = time.monotonic()
                while self._answered and now - self._answered[0] >= 1:
                    self._answered.popleft()
                if self._away + len(self._answered) < self._most:
                    self._away += 1
                    return
                self._flights.wait(self._answered[0] + 1 - now if self._answered else None)


def _rates(rate: float) -> list[Rate]:
    """Spread, and counted over a second; pyrate's window includes both its ends."""
    if rate < 2:
        return [Rate(1, math.ceil(1000 / rate) + MARGIN)]
    whole = math.floor(rate)
    spread = [Rate(1, max(1, math.floor(1000 / rate) - 1))] if whole > 2 else []
    return [*spread, Rate(whole, 1000)]


class Unpaced:
    """No limit: for tests and for servers that set none."""

    def wait(self) -> None:
        """Permission at once."""

    def answered(self) -> None:
        """Nothing is counted."""
