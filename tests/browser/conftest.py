"""A practice world with the real bot process, and Chromium in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from visiting import DRAWING, LAPTOP, PATIENCE, Visit

from bot import practice


@pytest.fixture(scope="module")
def world(request: pytest.FixtureRequest) -> Iterator[practice.Practice]:
    """One for each module, in which an unclear outcome is settled after a second; RATE makes sending slow to watch."""
    rate = getattr(request.module, "RATE", 60.0)
    with practice.world(settle=1.0, rate=rate, language="en") as running:
        yield running


@pytest.fixture
def visit(chromium: Any, world: practice.Practice) -> Iterator[Callable[..., Visit]]:
    """Opens the page; at the end nothing may have gone wrong in it."""
    faults: list[str] = []
    contexts: list[Any] = []

    def open_page(viewport: dict[str, int] = LAPTOP, **more: Any) -> Visit:
        context = chromium.new_context(
            viewport=viewport,
            locale="en-GB",
            reduced_motion="reduce",
            device_scale_factor=1.15 if DRAWING else 1,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(world.slack.url)
        page.wait_for_selector("#compose:focus")
        return Visit(page, world)

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
