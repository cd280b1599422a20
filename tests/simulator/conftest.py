"""The machines are played in the tests of this folder only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator import steady


@pytest.fixture(scope="module", autouse=True)
def played_machines() -> Iterator[None]:
    steady.put_up()
    yield
    steady.take_down()
