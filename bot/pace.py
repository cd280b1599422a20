"""The rate of all processes together, kept in PostgreSQL."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext

from storage import pace
from storage.database import Store

MARGIN = 0.94  # of the rate: requests jitter on their way, and the server counts arrivals


class SharedPace:
    """Every request takes the next free moment from one row, in whichever process it is made."""

    def __init__(self, store: Store, name: str, rate: float) -> None:
        self._store = store
        self._name = name
        self._step = 1.0 / (rate * MARGIN)

    def wait(self) -> AbstractContextManager[None]:
        """Returns when the request may leave."""
        try:
            time.sleep(pace.reserve(self._store, self._name, self._step))
        except Exception as failed:
            raise TimeoutError("the database did not say when a request may leave") from failed
        return nullcontext()

    def answered(self) -> None:
        """The row counts departures only; the margin stands for what answers would tell."""
