"""Where the project system should start its numbers: proposed from both series, noted with a name."""

from __future__ import annotations

import re

import pytest

from finance.numbering import series
from storage import audit
from tests.support.batches import ask
from tests.support.practice import ANNA, MIKAEL, Bot

CASES = [
    (("1042", "1043"), ("1041",), (), "1043", "1044"),
    (("1042",), (), (30117,), "1042", "30118"),
    (("2026-0009", "2026-0012", "77"), ("2026-0014", "99999"), (30117,), "2026-0014", "2026-0015"),
    ((), ("A7", "A9", "B100"), (4,), "A9", "A10"),
    (("0099",), (), (), "0099", "0100"),
    ((), (), (30117,), "", "30118"),
    ((), (), (), "", "1"),
    (("x", ""), ("12345678901234567890",), (5,), "", "6"),
]


@pytest.mark.parametrize(("ours", "seen", "running", "highest", "following"), CASES)
def test_the_next_number_is_free_on_both_sides(
    ours: tuple[str, ...], seen: tuple[str, ...], running: tuple[int, ...], highest: str, following: str
) -> None:
    found = series(ours, seen, running)
    assert (found.highest, found.next) == (highest, following)


def test_an_admin_is_proposed_the_next_number_and_notes_it(bot: Bot) -> None:
    invoice = bot.fresh()
    bot.drop(invoice)
    ask(bot, f"send invoices {invoice.number}").send()
    theirs = bot.draft(invoice.number)["invoiceNumber"]
    before = len(bot.slack.whispers(ANNA))
    told = bot.answer("Next free number", lambda: bot.slack.command(ANNA, "numbering"))
    assert f"own number: {theirs}" in told
    number = str(max(theirs, int(invoice.number)) + 1)
    assert f"Next free number: {number}" in told
    assert f"[Use {number}]" in told
    message = bot.slack.whispers(ANNA)[before]
    for _ in range(2):  # pressed twice: noted once
        bot.answer(rf"set {number} in the settings", lambda: bot.slack.click(ANNA, message, "numbering.use"))
    again = bot.answer("Noted as the starting number", lambda: bot.slack.command(ANNA, "numbering"))
    assert re.search(rf"{number}, by <?@{ANNA}|{number}, by @", again)
    assert f"[Use {number}]" not in again
    with bot.house.store.read() as tx:
        noted = [e for e in audit.trail(tx, bot.company) if e.what == "numbering.chosen"]
    assert [e.who.endswith(ANNA) and number in e.details for e in noted] == [True]


def test_only_an_admin_may(bot: Bot) -> None:
    bot.allow(MIKAEL, "finance")
    bot.answer("inte rätt", lambda: bot.slack.command(MIKAEL, "numbering"), MIKAEL)


def test_when_procountor_is_silent_it_is_said(bot: Bot) -> None:
    bot.procountor.world.faults.add(route="GET /invoices", what="500json")
    bot.answer("did not answer just now", lambda: bot.slack.command(ANNA, "numbering"))
