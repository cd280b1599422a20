"""The preview and the form of a fault on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from visiting import FRONT, PHONE, Visit

pytestmark = pytest.mark.browser
SMALLEST_TARGET = 40  # CSS pixels: what a thumb hits


def reachable(here: Visit, button: Any) -> None:
    """In sight, large enough, and not under anything."""
    box = button.bounding_box()
    assert box["height"] >= SMALLEST_TARGET, button.inner_text()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert 0 <= box["y"] <= PHONE["height"] - box["height"]
    button.click(trial=True)


def test_a_phone_shows_the_preview_and_mends_a_fault(visit: Callable[..., Visit]) -> None:
    here = visit(PHONE, is_mobile=True, has_touch=True)
    page = here.page
    assert here.spills() == []
    page.locator(".start", has_text="Drop the month’s files").tap()
    here.button("home.send").tap()
    here.batch_says("56 invoices checked")
    for action in ("run.send", "run.faults", "run.cancel"):
        reachable(here, here.button(action))
    assert here.spills() == []
    here.shot("phone")

    here.button("run.faults").tap()
    page.locator(f"{FRONT}[open]").wait_for()
    assert here.spills() == []
    here.opens_fault("BAWCF122")
    save = page.locator(f"{FRONT} [data-key=modal-submit]")
    reachable(here, save)
    reachable(here, page.locator(f"{FRONT} .pick"))
    assert save.bounding_box()["y"] > PHONE["height"] / 2, "Save is where the thumb is"
    assert here.spills() == []
    page.locator(f"{FRONT} .pick").tap()
    choice = page.locator(".popup .choice", has_text="BAWCFI22").first
    choice.wait_for()
    reachable(here, choice)
    assert here.spills() == []
    choice.tap()
    save.tap()
    here.sees("Mended in 1 invoice.", within=FRONT)

    page.locator(f"{FRONT} [data-key=modal-close]").tap()
    page.click("[data-key=menu]")
    page.locator(".room:has-text('yleinen')").tap()
    here.sees("Nothing has been said here yet.")
    assert here.spills() == []
