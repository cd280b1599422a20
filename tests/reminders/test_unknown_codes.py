"""Codes without words are counted in the trail: each once a day, known ones never, and no long foreign text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from finance.transfer import Problem
from handlers import unknown_codes
from handlers.desk import Desk
from procountor.errors import Problem as Told
from procountor.errors import Refused
from storage import audit
from tests.support.batches import ask
from tests.support.databases import fresh
from tests.support.practice import Bot, running

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with running(fresh("sqlite", tmp_path_factory.mktemp("codes")), locale="en-GB", beat=0.1) as bot:
        yield bot


def desk_at(bot: Bot, at: datetime) -> Desk:
    return replace(bot.house.desk, clock=lambda: at)


def counted(bot: Bot) -> list[str]:
    with bot.house.store.read() as tx:
        return [json.loads(e.details)["code"] for e in audit.trail(tx, bot.company) if e.what == "code.unknown"]


def test_once_a_day_and_code(bot: Bot) -> None:
    before = len(counted(bot))
    new = [Problem("ERROR_OF_TOMORROW", "", "Something new", 400)]
    for hours in (0, 1, 11):  # noon, one, eleven at night
        unknown_codes.count(desk_at(bot, NOON + timedelta(hours=hours)), bot.company, [*new, *new])
    unknown_codes.count(desk_at(bot, NOON + timedelta(hours=13)), bot.company, new)  # one in the night
    assert counted(bot)[before:] == ["ERROR_OF_TOMORROW"] * 2


@pytest.mark.parametrize(
    "problem",
    [
        Problem("INVALID_OVT", "counterParty", "The OVT is not valid", 400),
        Problem("HTTP_403", "", "User rights check failed: Insufficient user rights", 403),
        Problem("NOT_A_NUMBER", "", "", 0),
    ],
)
def test_what_has_words_is_not_counted(bot: Bot, problem: Problem) -> None:
    before = counted(bot)
    unknown_codes.count(desk_at(bot, NOON), bot.company, [problem])
    assert counted(bot) == before


def test_no_long_foreign_text(bot: Bot) -> None:
    unknown_codes.count(desk_at(bot, NOON), bot.company, [Problem("", "", "Strange " * 40, 400)])
    assert 0 < len(counted(bot)[-1]) <= unknown_codes.LONGEST


def test_a_refusal_with_an_unknown_code_is_counted_on_the_way(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    def no(*_: Any, **__: Any) -> None:
        raise Refused([Told("NOBODY_KNOWS_THIS", status=400, message="NOBODY_KNOWS_THIS")])

    monkeypatch.setattr("procountor.invoices.create", no)
    invoice = bot.fresh()
    bot.drop(invoice)
    ask(bot, f"send invoices {invoice.number}").send()
    assert "NOBODY_KNOWS_THIS" in counted(bot)
