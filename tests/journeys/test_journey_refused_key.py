"""A key that Procountor refuses while a batch is checked: sender and admins hear of it, and it heals by itself."""

from __future__ import annotations

from tests.support.batches import ask
from tests.support.practice import Bot


def test_when_the_key_is_refused_at_the_check_the_admins_hear_of_it(bot: Bot) -> None:
    bot.decide(reference_hours=0)
    invoice = bot.fresh()
    bot.drop(invoice)
    with bot.key_revoked():
        bot.procountor.world.tokens.expire()
        batch = ask(bot, f"send invoices {invoice.number}")
        assert "does not accept our key" in batch.text
        bot.until("no longer accepts the API key")
    bot.wait(lambda: "1 ready" in ask(bot, f"send invoices {invoice.number}").text)
