"""Reference data fetched by hand: the part asked for, what changed anywhere, and the others of finance told once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from handlers import register_news
from handlers.faces import SEEN, Face
from storage import references, registers
from tests.support.practice import ANNA, EMMA, FINANCE_CHANNEL, MIKAEL, Bot


@pytest.fixture(autouse=True)
def whole(bot: Bot) -> Iterator[None]:
    """Finance has heard of everything there is."""
    bot.answer("Fetched", lambda: bot.slack.command(ANNA, "sync"))
    coa = list(bot.books.settings["coa"])
    yield
    bot.books.settings["coa"][:] = coa
    bot.allow(EMMA)


def told(bot: Bot, words: str, pattern: str = "Fetched from Procountor") -> list[str]:
    return bot.answer(pattern, lambda: bot.slack.command(ANNA, words)).splitlines()


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("accounts", "Ledger accounts"),
        ("tilit", "Ledger accounts"),
        ("dimensions", "Cost centres and projects"),
        ("VAT", "VAT rates for sales"),
        ("moms", "VAT rates for sales"),
        ("products", "Products"),
        ("bank", "Bank accounts"),
        ("periods", "Periods open for bookkeeping"),
        ("operators", "E-invoice operators of customers"),
    ],
)
def test_the_part_asked_for_is_told(bot: Bot, word: str, name: str) -> None:
    lines = told(bot, f"sync {word}")
    assert [line for line in lines if line.startswith("•")] == [line for line in lines if line.startswith(f"• {name}:")]
    assert len(lines) == 2


def test_all_is_told_with_when_it_was_fetched(bot: Bot) -> None:
    lines = told(bot, "sync all")
    assert len([line for line in lines if line.startswith("•")]) == 7
    assert lines[0].count(":") == 1  # the time of day


def account(bot: Bot, code: str) -> None:
    book: list[Any] = bot.books.settings["coa"]
    book.append({**book[0], "ledgerAccountCode": code})


def test_a_change_in_another_part_is_told_too(bot: Bot) -> None:
    account(bot, "9991")
    assert any("Ledger accounts" in line and "new: 9991" in line for line in told(bot, "sync products"))


def test_the_others_of_finance_hear_it_once(bot: Bot) -> None:
    bot.allow(EMMA, "finance")
    before = bot.text(ANNA)
    account(bot, "9992")
    told(bot, "sync")
    bot.until("Ledger accounts: 1 new .9992.", EMMA)
    assert "9992" not in "\n".join(told(bot, "sync"))
    assert bot.text(EMMA).count("9992") == 1
    assert bot.text(ANNA) == before  # she has read it in her answer


def test_the_companys_channel_hears_it(bot: Bot) -> None:
    bot.decide(result_channel=FINANCE_CHANNEL)
    account(bot, "9993")
    told(bot, "sync accounts")
    bot.wait(lambda: "9993" in "".join(map(bot.shown, bot.slack.messages(FINANCE_CHANNEL))))


def test_what_there_is_none_of_is_said(bot: Bot) -> None:
    assert "accounts, dimensions, vat" in told(bot, "sync everything", "do not know")[0]


def test_nothing_is_kept_when_a_part_of_it_fails(bot: Bot) -> None:
    with bot.house.store.read() as tx:
        before = references.fetched_at(tx, bot.company)
    bot.procountor.world.faults.add(route="GET /dimensions", what="500json")
    told(bot, "sync accounts", "did not answer")
    with bot.house.store.read() as tx:
        assert references.fetched_at(tx, bot.company) == before


def test_people_are_looked_at_by_the_journey_that_matches_them(bot: Bot) -> None:
    with bot.house.store.write() as tx:
        for register in SEEN.values():
            registers.drop(tx, bot.company, register, registers.all(tx, bot.company, register, Face))
    with bot.later(timedelta(minutes=2)):  # once a minute is enough
        told(bot, "sync persons", "People are being looked at anew")
        bot.wait(lambda: all(_seen(bot).values()))


def _seen(bot: Bot) -> dict[str, int]:
    with bot.house.store.read() as tx:
        return {register: registers.count(tx, bot.company, register) for register in SEEN.values()}


def test_one_without_the_right_is_told_who_has_it(bot: Bot) -> None:
    bot.answer("inte rätt.*@U01ANNA", lambda: bot.slack.command(MIKAEL, "sync"), MIKAEL)


def test_what_was_heard_is_kept_small(bot: Bot) -> None:
    with bot.house.store.read() as tx:
        kept = references.marked(tx, bot.company, register_news.HEARD)
    assert kept is not None
    assert len(kept) < 10_000
