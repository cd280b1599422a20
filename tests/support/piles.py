"""Words of tests about several bills at once: the desk is cleared, bills arrive, messages are waited for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from finance.authority import Right
from sandbox.slack.records import Message, View
from tests.support.bills import Desk
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot

EVERYTHING = (Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE, Right.APPROVE)


def cleared(bot: Bot) -> Desk:
    """Anna of finance, Mikael who manages P-1001 and approves up to 5 000 €, and no open bills of a test before."""
    found = Desk(bot)
    found.give(ANNA, Right.FINANCE, Right.ADMIN)
    found.give(MIKAEL, *EVERYTHING, most="5000")
    found.give(EMMA)
    found.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    for bill, doc in list(bot.books.registers["invoices"].items()):
        if doc["type"] == "PURCHASE_INVOICE" and doc["status"] in ("RECEIVED", "UNFINISHED", "VERIFIED"):
            found.edit(bill, status="INVALIDATED")
    return found


def arrived(desk: Desk, count: int, **said: Any) -> list[int]:
    """Bills of 100, 101, 102 … € and VAT for Mikael's project, whose supplier's account is an old one."""
    made = []
    for n in range(count):
        made.append(desk.receive(order_reference="P-1001", term=10 + n, rows=[{"unitPrice": 100 + n}], **said))
    desk.paid_before(made[0])
    desk.fetch(ANNA)
    for bill in made:
        desk.until(MIKAEL, bill, r"\[Approve")
    return made


def looked(desk: Desk) -> str:
    """Anna has the bot look into Procountor, whatever that brings."""
    pattern = "new bill|changed|moved on|Nothing new"
    return desk.bot.answer(pattern, lambda: desk.bot.slack.command(ANNA, "fetch bills"))


def after(desk: Desk, user: str, act: Callable[[], object], pattern: str) -> str:
    """Does ``act`` and waits until the messages posted after it, threads too, say the pattern."""
    room = desk.bot.slack.dm(user)
    before = {m.ts for m in desk.bot.slack.messages(room)}
    act()

    def seen() -> str:
        new = "\n".join(desk.bot.shown(m) for m in desk.bot.slack.messages(room) if m.ts not in before)
        return new if re.search(pattern, new) else ""

    try:
        return desk.bot.wait(seen)
    except TimeoutError as missing:
        new = "\n".join(desk.bot.shown(m) for m in desk.bot.slack.messages(room) if m.ts not in before)
        raise AssertionError(f"{pattern!r} never came. There is:\n{new}") from missing


def newest(desk: Desk, user: str, action: str) -> Message:
    """The newest message of the direct conversation that offers an action."""
    room = desk.bot.slack.messages(desk.bot.slack.dm(user))
    return [m for m in room if f"'{action}'" in str(m.blocks)][-1]


def signed(desk: Desk, user: str, pattern: str) -> str:
    """Submits the open form and waits for the message about what has become of it."""
    view = desk.bot.slack.views(user)[-1]
    return after(desk, user, lambda: desk.bot.slack.submit(user, view), pattern)


def opened(desk: Desk, user: str, words: str) -> View:
    """The form a command opens."""
    desk.bot.slack.command(user, words)
    return desk.bot.slack.wait_for(lambda: desk.bot.slack.views(user), 20)[-1]


def text(desk: Desk, user: str) -> str:
    """What the open form shows."""
    return desk.bot.shown(desk.bot.slack.views(user)[-1])


def press(desk: Desk, user: str, action: str, **more: Any) -> str:
    """Presses in the open form; gives what it then shows."""
    desk.bot.slack.click(user, desk.bot.slack.views(user)[-1], action, **more)
    return text(desk, user)
