"""However often and by whomever it is pressed, and whatever stops in between: each invoice goes once, in order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.batches import Batch, checked, made, theirs
from tests.support.practice import ANNA, MIKAEL, Bot


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_second_press_finds_the_batch_under_way(bot: Bot) -> None:
    invoice = bot.fresh()
    batch = checked(bot, invoice)
    handle = batch.handle("run.send")
    batch.press("run.send")
    assert "is already under way" in batch.press_old("run.send", handle)
    batch.settled()
    assert "has been sent already" in batch.press_old("run.send", handle)
    assert made(bot, invoice.number) == 1


def test_two_people_press_at_once_and_each_invoice_goes_once(bot: Bot) -> None:
    bot.allow(MIKAEL, "finance")
    invoices = [bot.fresh() for _ in range(4)]
    batch = checked(bot, *invoices)
    places = [(ANNA, batch.message), (MIKAEL, theirs(bot, MIKAEL, batch.number))] * 4
    with ThreadPoolExecutor(8) as pool:
        assert all(d.ok for d in pool.map(lambda p: bot.slack.click(p[0], p[1], "run.send"), places))
    batch.settled()
    assert [made(bot, i.number) for i in invoices] == [1] * 4


def test_the_same_bytes_again_do_nothing(bot: Bot) -> None:
    invoice = bot.fresh()
    bot.drop(invoice)
    room = len(bot.slack.messages(bot.slack.dm(ANNA)))
    delivery = bot.slack.command(ANNA, f"send invoices {invoice.number}")
    acks = [bot.slack.redeliver(delivery, retry=n) for n in (0, 1, 2)]
    assert [ack.status for ack in acks] == [200] * 3
    bot.wait(lambda: "1 ready" in bot.shown(bot.latest()))
    batch = Batch(bot, bot.latest().ts)
    pressed = batch.press("run.send")
    assert bot.slack.redeliver(pressed).status == 200
    batch.settled()
    assert len(bot.slack.messages(bot.slack.dm(ANNA))) - room <= 2  # the batch and its thread
    assert made(bot, invoice.number) == 1


def test_a_worker_that_is_restarted_between_the_check_and_the_press_goes_on(bot: Bot) -> None:
    invoices = [bot.fresh() for _ in range(3)]
    batch = checked(bot, *invoices)
    bot.stop_worker()
    batch.press("run.send")
    bot.start_worker()
    batch.settled()
    assert [made(bot, i.number) for i in invoices] == [1] * 3
