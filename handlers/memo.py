"""What is worth remembering for a moment inside one process: reference data, and that a look was not blind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")


class Memo:
    """A small table of values that grow old. ``ticks`` gives seconds; at most ``most`` values are kept."""

    def __init__(self, ticks: Callable[[], float], most: int = 256) -> None:
        self._ticks = ticks
        self._most = most
        self._kept: dict[Hashable, tuple[float, object]] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, seconds: float, make: Callable[[], T]) -> T:
        """The value under ``key`` if younger than ``seconds``, else made anew. Errors in making are not kept."""
        with self._lock:
            found = self._kept.get(key)
        if found and self._ticks() - found[0] < seconds:
            return cast("T", found[1])
        made = make()
        with self._lock:
            if len(self._kept) >= self._most:
                del self._kept[min(self._kept, key=lambda k: self._kept[k][0])]
            self._kept[key] = (self._ticks(), made)
        return made
