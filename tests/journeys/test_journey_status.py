"""Each sees how things stand as far as it is his: admins the setup, finance what waits, everybody his rights."""

from __future__ import annotations

import re

from tests.support.practice import ANNA, EMMA, MIKAEL, Bot
from tests.support.setting_up import waits


def told(bot: Bot, user: str, pattern: str) -> str:
    return bot.answer(pattern, lambda: bot.slack.command(user, "status"), user)


def test_an_admin_sees_the_setup_the_connection_and_what_waits(bot: Bot) -> None:
    waits(bot, bot.fresh())
    text = told(bot, ANNA, "Your rights: the settings, sending invoices, receiving bills")
    for words in (
        "Everything needed is in place",
        "Connected to Procountor · the key is kept since",
        "Registers fetched",
        "No people have been brought in yet.",
        "[Open the setup]",
    ):
        assert words in text
    assert re.search(r"\d+ invoices? waits? to be sent", text)


def test_finance_sees_the_connection_and_no_setup(bot: Bot) -> None:
    bot.allow(MIKAEL, "finance", language="en")
    text = told(bot, MIKAEL, "Your rights: sending invoices")
    assert "Connected to Procountor" in text
    assert re.search(r"\d+ invoices? waits? to be sent", text)
    assert "Everything needed" not in text
    assert "Open the setup" not in text


def test_others_see_their_rights_and_nothing_else(bot: Bot) -> None:
    text = told(bot, EMMA, "You have no rights in Kierto yet")
    assert "Connected" not in text
    bot.allow(EMMA, "see_own", "receive")
    text = told(bot, EMMA, "Your rights: receiving bills, seeing one’s own bills")
    assert "wait" not in text
    bot.allow(EMMA)
