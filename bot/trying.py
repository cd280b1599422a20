"""How a task is carried out and how many times: five in all, whether it raises, hangs, or ends its worker.

It is taken up twice among others. One that was under way when its worker died both times may have killed it, or only
have been there: from then on it is carried out aside, where its death is its own. So it never decides about a task how
often workers were killed from outside.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from bot.watch import Watch
from storage import tries
from storage.database import Store

log = logging.getLogger(__name__)

ATTEMPTS = 5
OPEN = 2

Perform = Callable[[str, list[str]], None]
Way = Callable[[str], tuple[Perform, int]]


class TriedEnough(RuntimeError):
    """It has failed and was interrupted so often that it is not tried again."""


class Trying:
    """Of one worker."""

    def __init__(
        self, store: Store, perform: Perform, aside: Perform | None, at_fault: Callable[[Exception], bool]
    ) -> None:
        """``aside``: where there is none all is done among others. ``at_fault``: a failure was the task's own doing."""
        self._store = store
        self._perform = perform
        self._aside = aside
        self._at_fault = at_fault
        self.watch = Watch(self._hangs)

    def way(self, id: str) -> tuple[Perform, int]:
        """How the task is carried out now, and how many times it may be tried: once at least, if only to be refused."""
        try:
            with self._store.read() as tx:
                taken, failed = tries.of(tx, id)
        except Exception as silent:  # noqa: BLE001 - the task is not lost over this
            log.warning("how often a task was tried could not be read: %s", type(silent).__name__)
            taken, failed = 1, 0
        left = ATTEMPTS - failed - min(OPEN, max(0, taken - 1))
        if left <= 0:
            return _refuse, 1
        if taken > OPEN and self._aside is not None:
            return self._counted(id, self._aside), left
        return self._counted(id, self._watched(id)), left

    def _watched(self, id: str) -> Perform:
        def perform(task: str, args: list[str]) -> None:
            with self.watch.over(id, task):
                self._perform(task, args)

        return perform

    def _counted(self, id: str, perform: Perform) -> Perform:
        def attempt(task: str, args: list[str]) -> None:
            try:
                perform(task, args)
            except Exception as failed:
                if self._at_fault(failed):
                    self._count(id)
                raise

        return attempt

    def _count(self, id: str) -> None:
        try:
            with self._store.write() as tx:
                tries.failed(tx, id, datetime.now(UTC))
        except Exception as silent:  # noqa: BLE001 - what it failed of is more worth telling
            log.warning("a task's failure could not be counted: %s", type(silent).__name__)

    def _hangs(self, id: str) -> None:
        """Whoever takes it up now carries it out aside."""
        with self._store.write() as tx:
            tries.taken_at_least(tx, id, OPEN)


def _refuse(task: str, _: list[str]) -> None:
    raise TriedEnough(task)
