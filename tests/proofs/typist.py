"""Somebody who types commands while something fails, and the judgement: what was acknowledged with silence is done."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot import practice
from sandbox.slack.records import Delivery
from storage.tables import inbox
from tests.proofs.proof_world import World


class Typist:
    """Types ``/procountor help`` again and again, with several hands, until told to stop.

    ``typed`` is when each was typed (as time.monotonic tells it), and what became of it.
    """

    def __init__(self, world: World, pause: float, hands: int) -> None:
        self._world, self._pause, self._over = world, pause, threading.Event()
        self._hands = [threading.Thread(target=self._type, name=f"typist-{hand}") for hand in range(hands)]
        self.typed: list[tuple[float, Delivery]] = []
        for hand in self._hands:
            hand.start()

    def _type(self) -> None:
        while not self._over.wait(self._pause):
            began = time.monotonic()
            self.typed.append((began, self._world.slack.command(practice.FINANCE, "help")))

    def end(self) -> None:
        self._over.set()
        for hand in self._hands:
            hand.join()

    @property
    def sent(self) -> list[Delivery]:
        return [one for _, one in self.typed]

    def silent(self) -> list[Delivery]:
        """Those acknowledged with nothing: heard, and kept."""
        return [one for one in self.sent if one.ok and not one.ack.body.strip()]

    def worst(self) -> int:
        return max(one.ack.status for one in self.sent)


@contextmanager
def typing(world: World, pause: float = 0.1, hands: int = 1) -> Iterator[Typist]:
    typist = Typist(world, pause, hands)
    try:
        yield typist
    finally:
        typist.end()


def kept(world: World) -> dict[str, bool]:
    """What the inbox holds: key → whether it has been dealt with."""
    with world.house.store.read() as tx:
        return {row.key: row.done_at is not None for row in tx.execute(inbox.select())}


def key(world: World, one: Delivery) -> str:
    trigger = hashlib.sha256(str(one.payload["trigger_id"]).encode()).hexdigest()
    return f"trigger:{world.team}:{trigger}"


def judge(world: World, typist: Typist) -> str:
    """Nothing acknowledged is lost, and nothing kept is left undone; gives the figures."""
    world.idle()
    there = kept(world)
    silent = {key(world, one) for one in typist.silent()}
    lost, undone = silent - there.keys(), [k for k, done in there.items() if not done]
    told = [one for one in typist.sent if one.ok and one.ack.body.strip()]
    assert not lost
    assert not undone
    return (
        f"{len(typist.sent)} commands: {len(silent)} kept and done, {len(told)} told to type again, "
        f"{len(typist.sent) - len(silent) - len(told)} without an answer → lost {len(lost)}"
    )
