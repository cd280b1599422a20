"""The company that is spoken to by hand: one for each module that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.spoken import Spoken, spoken


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spoken]:
    with spoken(tmp_path_factory.mktemp("spoken")) as found:
        yield found
