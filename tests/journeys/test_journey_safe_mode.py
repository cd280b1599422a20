"""After an older copy was put back nothing is sent; an admin looks, says so, and what waited goes its way once."""

from __future__ import annotations

import pytest

from bot import readiness
from handlers import safe_mode
from storage import audit, database, holding
from storage.audit import Head
from tests.support.batches import ask
from tests.support.practice import ANNA, EMMA, Bot


def test_nothing_is_sent_until_an_admin_says_so(bot: Bot) -> None:
    bot.allow(ANNA, "finance", "admin")
    with bot.house.store.write() as tx:
        holding.begin(tx, bot.house.desk.clock(), Head(9_812, "a" * 64))
    waiting = bot.fresh()
    bot.drop(waiting)
    batch = ask(bot, f"send invoices {waiting.number}")
    assert batch.press("run.send").ok
    safe_mode.tick(bot.house.desk)
    text = bot.until(r"older copy of Kierto’s memory was put back[\s\S]*The trail had at least 9812 rows")
    assert "nothing is made twice" in text
    asked = next(m for m in reversed(bot.slack.messages(bot.slack.dm(ANNA))) if "safe.go_on" in str(m.blocks))
    assert [d for d in bot.drafts() if d["originalInvoiceNumber"] == waiting.number] == []
    bot.answer("Sending goes on", lambda: bot.press("safe.go_on", message=asked))
    bot.wait(lambda: [d for d in bot.drafts() if d["originalInvoiceNumber"] == waiting.number], 60)
    assert bot.draft(waiting.number)["status"] == "UNFINISHED"
    bot.answer("goes on already|out of use|no longer", lambda: bot.press("safe.go_on", message=asked))
    with bot.house.store.read() as tx:
        told = [(e.what, e.who.partition("/")[2]) for e in audit.trail(tx, bot.company, bot.company)]
    assert ("safe mode.begun", "") in told
    assert ("safe mode.ended", ANNA) in told


def test_a_disk_that_is_nearly_full_takes_up_nothing_new(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "free", lambda _: 1_000_000)
    assert "nearly full" in str(readiness.parts(bot.house)["disk"])
    bot.answer("disk is nearly full", lambda: bot.slack.command(EMMA, "help"), EMMA)
    monkeypatch.undo()
    bot.answer("Kierto carries", lambda: bot.slack.command(EMMA, "help"), EMMA)
