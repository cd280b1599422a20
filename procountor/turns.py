"""A lock that serves those who wait in the order they came, but a person's decision before what waits in batches."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType

_FIRST: ContextVar[bool] = ContextVar("first", default=False)


@contextmanager
def overtaking(first: bool = True) -> Iterator[None]:
    """Whatever the block asks Procountor for is served before all that waits without it."""
    mark = _FIRST.set(first)
    try:
        yield
    finally:
        _FIRST.reset(mark)


def overtakes() -> bool:
    """Whether what is asked for here is served first."""
    return _FIRST.get()


class Turns:
    """As `threading.Lock` in a with block, but fair, and with a lane for those who overtake."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._first: deque[threading.Lock] = deque()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Lock()
            mine.acquire()
            (self._first if _FIRST.get() else self._waiting).append(mine)
        mine.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            line = self._first or self._waiting
            if line:
                line.popleft().release()
            else:
                self._taken = False
