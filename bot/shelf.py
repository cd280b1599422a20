"""A small memory with an end: so many things, each for so long."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")


class Shelf(Generic[V]):
    """At most ``most`` values, each for ``seconds`` of the clock ``ticks``; the longest unused goes first."""

    def __init__(self, most: int, seconds: float, ticks: Callable[[], float]) -> None:
        self._most = most
        self._seconds = seconds
        self._ticks = ticks
        self._kept: OrderedDict[str, tuple[float, V]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> V | None:
        with self._lock:
            at, value = self._kept.get(key, (0.0, None))
            if value is None or self._ticks() - at >= self._seconds:
                self._kept.pop(key, None)
                return None
            self._kept.move_to_end(key)
            return value

    def drop(self, key: str) -> None:
        with self._lock:
            self._kept.pop(key, None)

    def put(self, key: str, value: V) -> V:
        with self._lock:
            self._kept[key] = (self._ticks(), value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value
