"""A batch of bills speaks of bills: nothing in its messages is about invoices, customers and what is sold."""

from __future__ import annotations

import re

import pytest
import states_bills_sending as area
from views_drawn import LANGUAGES, read

from handlers.chat import Picture
from handlers.views.tongue import Tongue

STRANGE = {
    "en": r"(?<!e-)\binvoices?\b|customer|buyer|\bsales?\b|\bsold\b|seller",
    "fi": r"myynti|myyjä|asiak|ostajalle|ostajan",
    "sv": r"försälj|\bkund(?!tj|e\b)|säljare|köparens",
}
BESIDE = ("bills, import", "bills, found")  # which tell of invoices too


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_of_bills(language: str) -> None:
    for name, draw in area.states().items():
        if name in BESIDE:
            continue
        for drawn in draw(Tongue(language)):
            lines = [drawn.text, *read(drawn)] if isinstance(drawn, Picture) else list(read(drawn))
            assert [line for line in lines if re.search(STRANGE[language], line, re.IGNORECASE)] == [], name


def test_nothing_offers_an_account_or_a_cost_centre() -> None:
    """Bills are accounted for in Procountor (R03)."""
    for name, draw in area.states().items():
        for drawn in draw(Tongue("en")):
            assert not re.search(r"'(account|cost_centre):|Change the (account|cost)", str(drawn.blocks)), name
