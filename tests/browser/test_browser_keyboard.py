"""The whole send without a mouse: Tab, Enter, Escape and the arrows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from visiting import FRONT, PATIENCE, Visit

pytestmark = pytest.mark.browser
FOCUSED = "document.activeElement?.dataset.key ?? document.activeElement?.id ?? ''"


def tab_to(here: Visit, wanted: str, *, back: bool = False, most: int = 40) -> None:
    """Presses Tab until the focus stands on what has ``wanted`` in its key."""
    seen = []
    for _ in range(most):
        here.page.keyboard.press("Shift+Tab" if back else "Tab")
        seen.append(here.page.evaluate(FOCUSED))
        if wanted in seen[-1]:
            assert here.page.locator(":focus-visible").count() == 1, "the focus can be seen"
            return
    raise AssertionError(f"the focus never came to {wanted}; it was at {seen}")


def test_the_send_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    here = visit()
    keys = here.page.keyboard
    tab_to(here, "hint-0", back=True)
    keys.press("Enter")
    here.button("home.send").wait_for(timeout=PATIENCE)

    tab_to(here, "compose")
    keys.type("/procountor send invoices")
    keys.press("Enter")
    here.batch_says("56 invoices checked")
    tab_to(here, "|run.faults|", back=True)
    keys.press("Enter")
    here.page.locator(f"{FRONT}[open]").wait_for()
    tab_to(here, "|fault.open|")
    keys.press("Enter")
    here.page.locator(f"{FRONT} [data-key=modal-submit]").wait_for()
    tab_to(here, "modal-submit")
    keys.press("Enter")
    here.sees("Mended in 1 invoice.", within=FRONT)
    keys.press("Escape")
    here.page.locator(FRONT).wait_for(state="hidden")
    here.button("run.send").filter(has_text="41").wait_for()

    tab_to(here, "|run.send|", back=True)
    keys.press("Enter")
    here.batch_says(re.compile(r"\d+ invoices are drafts in Procountor"))
    assert len(here.drafts()) == 41
    assert here.page.evaluate("document.activeElement !== null && document.hasFocus()")
