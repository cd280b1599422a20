"""A key that Procountor refuses while a batch is checked: sender and admins hear of it, and it heals by itself."""

from __future__ import annotations

from handlers import papers, people_setup
from storage import companies
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


def test_a_look_at_the_people_with_a_refused_key_pauses_the_company_and_is_no_mishap(bot: Bot) -> None:
    def state() -> str:
        return papers.company_of(bot.house.desk, bot.company).state

    bot.wait(lambda: state() == companies.READY)
    with bot.key_revoked():
        bot.procountor.world.tokens.expire()
        people_setup.match(bot.house.desk, bot.company)
        assert state() == companies.PAUSED
    bot.wait(lambda: state() == companies.READY)
