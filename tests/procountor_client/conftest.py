"""A Procountor that `responses` answers for, with its token already granted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from procountor.connection import Procountor, connect
from procountor.limiter import Unpaced
from tests.procountor_client.contract import CLIENT, KEY, QUICK, Wire
from tests.support.responses_bridge import answering


@pytest.fixture
def opened() -> Iterator[Callable[..., Wire]]:
    """Opens a connection on a registry that is still empty; `patience` and `clock` may be given."""
    with answering() as (bridge, mock):
        made: list[Procountor] = []

        def open_wire(**given: Any) -> Wire:
            given.setdefault("patience", QUICK)
            procountor = connect(CLIENT, Unpaced(), transport=bridge.transport, **given)
            made.append(procountor)
            return Wire(procountor.company(KEY), procountor, bridge, mock)

        yield open_wire
        for procountor in made:
            procountor.close()


@pytest.fixture
def wire(opened: Callable[..., Wire]) -> Wire:
    """A connection whose token request is answered."""
    wire = opened()
    wire.grants()
    return wire
