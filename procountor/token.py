"""The access token of one API key: shared by all threads, asked for once, renewed before it ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

USED_FOR = 0.875
"""The part of its life a token is used for: 52 of its 60 minutes."""


class Token:
    """``ask`` gives a new token and its life in seconds; ``clock`` is monotonic, in seconds."""

    def __init__(self, ask: Callable[[], tuple[str, int]], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._lock = threading.Lock()
        self._value = ""
        self._until = 0.0

    def current(self) -> str:
        """A token that should be accepted. Raises what ``ask`` raises."""
        with self._lock:
            if not self._value or self._clock() >= self._until:
                self._renew()
            return self._value

    def instead_of(self, refused: str) -> str:
        """Another token than ``refused``: the first thread to come asks for it, the others share it."""
        with self._lock:
            if self._value == refused:
                self._renew()
            return self._value or self._renew()

    def _renew(self) -> str:
        self._value = ""
        asked = self._clock()
        value, life = self._ask()
        self._value, self._until = value, asked + life * USED_FOR
        return value
