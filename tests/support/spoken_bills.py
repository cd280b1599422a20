"""Words of tests about bills in the company that is spoken to by hand: they arrive, are settled, asked about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest

from finance.authority import Right
from procountor import circulation
from procountor.circulation import Settings
from storage import (
    messages,
)
from storage.messages import Message
from tests.support.office import MIKA, SAM
from tests.support.spoken import Spoken

NUMBERS = count(7001)

# What is said of a bill to somebody who can do nothing with it.
NOT_HIS = "do not have the right"
NO_MORE = "does not lie on your desk any more"
SETTLED = "Nothing is left to decide about this bill"


def arrived(house: Spoken, user: str = MIKA, **said: Any) -> int:
    id = next(NUMBERS)
    house.bill(id, user, **said)
    return id


def settled(house: Spoken, id: int) -> None:
    """It has been approved in Procountor; the cards have not been told yet."""
    house.bill(id, status="APPROVED")


def posted(house: Spoken, topic: str, user: str, ts: str = "5.5") -> None:
    with house.write() as tx:
        messages.keep(tx, house.id, topic, Message(f"D{user}", ts, "", house.now))


@contextmanager
def bill_people(opened: Spoken, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spoken]:
    """Mika has bills on his desk, Sam has no right at all; nobody is named to circulate anything."""
    monkeypatch.setattr(circulation, "settings", lambda api: Settings())
    opened.give(MIKA, Right.RECEIVE, Right.SEE_OWN, Right.APPROVE)
    opened.give(SAM)
    opened.asked.calls()
    opened.room.guests.clear()
    yield opened
