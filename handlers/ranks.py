"""Keeps the documents of a batch in line inside one process, as a courtesy: Procountor numbers drafts as they come."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Ranks:
    """Who of each batch is under way here and has not been made yet."""

    def __init__(self) -> None:
        self._moved = threading.Condition()
        self._waiting: defaultdict[int, set[int]] = defaultdict(set)

    @contextmanager
    def standing(self, batch: int, place: int) -> Iterator[None]:
        """Stands in line until `passed`, or until the end of the block."""
        with self._moved:
            self._waiting[batch].add(place)
        try:
            yield
        finally:
            self.passed(batch, place)

    def let_pass(self, batch: int, place: int, seconds: float) -> None:
        """Waits until nobody before ``place`` stands in line, but no longer than ``seconds``."""
        with self._moved:
            self._moved.wait_for(lambda: min(self._waiting[batch], default=place) >= place, seconds)

    def passed(self, batch: int, place: int) -> None:
        """Leaves the line; harmless when it has left already."""
        with self._moved:
            line = self._waiting.get(batch, set())
            line.discard(place)
            if not line:
                self._waiting.pop(batch, None)
            self._moved.notify_all()
