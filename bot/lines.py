"""Who speaks first in a channel is heard first: one at a time, in the order of asking, also while one waits."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Lines:
    """A line of threads for each channel; channels do not wait for each other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: dict[str, deque[threading.Event]] = {}

    @contextmanager
    def turn(self, channel: str) -> Iterator[None]:
        """Waits until everybody who came before has left."""
        mine = threading.Event()
        with self._lock:
            line = self._lines.setdefault(channel, deque())
            line.append(mine)
            if line[0] is mine:
                mine.set()
        mine.wait()
        try:
            yield
        finally:
            with self._lock:
                line.popleft()
                if line:
                    line[0].set()
                else:
                    del self._lines[channel]
