"""The same page for different people and eyes: rights, languages, whispers, colours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from visiting import Visit

pytestmark = pytest.mark.browser
READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of text
CONTRAST = """(node) => {
  const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  let ground = node;
  while (ground && (rgb(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
  const [a, b] = [light(rgb(getComputedStyle(node).color)), light(rgb(getComputedStyle(ground).backgroundColor))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""  # noqa: E501


def test_a_refusal_is_told_in_ones_own_language_and_to_nobody_else(visit: Callable[..., Visit]) -> None:
    here = visit()
    page = here.page
    here.becomes("Emma")
    page.locator(".start", has_text="/procountor send invoices").click()
    assert page.input_value("#compose") == "/procountor send invoices"
    page.keyboard.press("Enter")
    here.sees("Only visible to you")
    here.sees("You do not have the right")
    page.locator("#stream .mention", has_text="Anna Virtanen").wait_for()
    page.get_by_role("tab", name="Home").click()
    here.sees("You have no rights in Kierto yet")
    for name in ("Check and send", "Bring invoices in"):
        assert page.get_by_role("button", name=name).count() == 0, "only her own settings"

    here.becomes("Mikael")
    assert page.locator(".message").count() == 0, "what Emma was told is hers"
    here.types("/procountor help")
    here.sees("Vad Kierto kan göra")
    here.types("/procountor send invoices")
    here.sees("Du har inte rätt")

    here.becomes("Anna")
    page.locator(".me:has-text('Anna')").wait_for()
    assert "You do not have the right" not in here.words()
    here.types("/procountor send invoices 9999")
    here.sees("There is nothing to send.")


def test_guests_are_turned_away_and_unknown_words_are_helped(visit: Callable[..., Visit]) -> None:
    here = visit()
    here.becomes("Auditor")
    here.types("/procountor help")
    here.sees("Only members of this company's own workspace can use Kierto.")

    here.becomes("Anna")
    here.types("/procountor sned invoices")
    here.sees("Did you mean")
    here.sees("/procountor send invoices")
    assert here.spills() == []


def test_light_and_dark_can_be_read(visit: Callable[..., Visit]) -> None:
    here = visit(color_scheme="dark")
    page = here.page
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.locator(".hint").first.click()
    here.button("home.send").click()
    here.batch_says("56 invoices checked")
    hard_to_read(here)
    here.shot("dark", height=960)
    page.click("[data-key=theme]")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    hard_to_read(here)


def hard_to_read(here: Visit) -> None:
    """Fails on text whose colour is too near to its ground."""
    parts = "#stream .text, #stream .b-header, #stream .btn, #stream .b-context, #stream time, .hint b, .top h1, .tab"
    hard: list[str] = []
    for _ in range(20):  # colours may still be on their way from one theme to the other
        read = here.page.eval_on_selector_all(parts, f"all => all.map(n => [n.innerText, ({CONTRAST})(n)])")
        assert len(read) > 20
        hard = [words for words, contrast in read if contrast < READABLE]
        if not hard:
            return
        here.page.wait_for_timeout(100)
    assert hard == []
