"""Short pieces of writing by many threads in one transaction: one wait for the disk instead of one for each.

Each is answered after the commit. One that fails spoils nothing for the others: all of them are then done one by one.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")

MOST = 64  # in one transaction: others want to write, too
IDLE = 5.0  # seconds after which the thread that writes ends; the next piece starts another


@dataclass(slots=True)
class _Piece:
    """What is to be written, by when it has to be begun, and what came of it."""

    work: Callable[[Connection], Any]
    until: float
    made: Future[Any] = field(default_factory=Future)


class Together:
    """Gathers what is to be written while the transaction before is on its way to the disk.

    ``write`` gives a transaction that commits at its end. After ``patience`` seconds a piece that is not begun is
    given up.
    """

    def __init__(self, write: Callable[[], AbstractContextManager[Connection]], patience: float) -> None:
        self._write = write
        self._patience = patience
        self._waiting: deque[_Piece] = deque()
        self._changed = threading.Condition()
        self._writing = False

    def do(self, work: Callable[[Connection], T]) -> T:
        """What ``work`` gives, after it was committed. It may run twice, the first time rolled back.

        Raises whatever ``work`` or the database raises, and TimeoutError when it was not begun in time.
        """
        piece = _Piece(work, time.monotonic() + self._patience)
        with self._changed:
            self._waiting.append(piece)
            self._changed.notify()
            if not self._writing:
                self._writing = True
                threading.Thread(target=self._go_on, name="together", daemon=True).start()
        try:
            return piece.made.result(self._patience)  # type: ignore[no-any-return]
        except TimeoutError:
            if piece.made.cancel():
                raise TimeoutError("the database is being written to for too long") from None
            return piece.made.result()  # type: ignore[no-any-return]

    def _go_on(self) -> None:
        while group := self._next():
            wanted = [piece for piece in group if piece.made.set_running_or_notify_cancel()]
            if wanted:
                self._carry_out(wanted)

    def _next(self) -> list[_Piece]:
        """All that waits; nothing when nobody has come for a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting, IDLE)
            group = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            self._writing = bool(group)
            return group

    def _carry_out(self, group: list[_Piece]) -> None:
        begun, made = False, []
        try:
            with self._write() as tx:
                begun = True
                for piece in group:
                    made.append(piece.work(tx))
        except BaseException as failed:  # noqa: BLE001 - whatever it is, somebody waits for an answer
            if begun and len(made) < len(group) > 1:
                self._one_by_one(group, failed)
            else:  # before the first piece, in the only one, or in committing: nobody knows then what stands
                for piece in group:
                    piece.made.set_exception(failed)
            return
        for piece, result in zip(group, made, strict=True):
            piece.made.set_result(result)

    def _one_by_one(self, group: list[_Piece], failed: BaseException) -> None:
        """After a failure in one of them, which was rolled back with all the others."""
        for piece in group:
            if time.monotonic() < piece.until:
                self._carry_out([piece])
            else:
                piece.made.set_exception(failed)
