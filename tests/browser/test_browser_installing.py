"""Installing in a real browser: its cookies and redirects are its own, not a test's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.browsing import Browser
from tests.support.databases import fresh
from tests.support.many import ANNA, many

pytestmark = pytest.mark.browser


def test_one_installs_the_app_and_reads_what_comes_next(chromium: Any, tmp_path: Path) -> None:
    with many(fresh("sqlite", tmp_path), "T0YKSI", "T0KAKSI", working=False) as made:
        visit = chromium.new_context(locale="fi-FI")
        page = visit.new_page()
        page.goto(f"{made.url}/slack/install")
        page.get_by_role("link", name="Työtila 2").click()
        assert page.get_by_role("heading", level=1).inner_text().endswith("access the Työtila 2 workspace")
        page.get_by_label("Signed in as").select_option(ANNA)
        page.get_by_role("button", name="Allow").click()
        page.get_by_role("heading", name="Asennettu").wait_for()
        assert "Siirry Slackiin ja kirjoita /procountor setup" in page.get_by_role("main").inner_text()
        assert visit.cookies() == []  # used up
        assert made.company(made.slacks[1])

        page.goto(f"{made.url}/slack/install")
        page.get_by_role("link", name="Työtila 1").click()
        page.get_by_role("button", name="Cancel").click()
        page.get_by_role("heading", name="Asennus peruttu").wait_for()
        page.get_by_role("link", name="Aloita alusta").click()
        page.get_by_role("heading", name="Choose a workspace").wait_for()
        visit.close()


def test_the_answer_to_another_browser_is_turned_away(chromium: Any, tmp_path: Path) -> None:
    with many(fresh("sqlite", tmp_path), working=False) as made:
        attacker = Browser()
        back = attacker.allow(attacker.begin(made.url), ANNA, "T0YKSI")
        victim = chromium.new_context(locale="sv-SE")
        page = victim.new_page()
        page.goto(f"{made.url}/slack/install")  # he has begun one of his own
        page.goto(back)
        page.get_by_role("heading", name="Fel webbläsare").wait_for()
        assert made.trail("slack.installed") == []
        victim.close()
