"""More words of tests about bills: forms opened from a card, bills passed on, buttons forged, words in threads."""

from __future__ import annotations

import re
from typing import Any

from procountor.errors import Unsure
from storage import audit, cards
from storage.cards import Card
from tests.support.bills import Desk


def opened(desk: Desk, user: str, bill: int, action: str) -> Any:
    """Presses a button of the card; gives the form it opens."""
    assert desk.press(user, bill, action).ok
    return desk.bot.slack.views(user)[-1]


def chosen(desk: Desk, user: str, bill: int, label: str) -> Any:
    """Takes an entry of the card's menu."""
    return desk.bot.slack.click(user, desk.card(user, bill), "bill.more", value=label)


def pass_on(desk: Desk, user: str, bill: int, to: str, note: str = "") -> Any:
    """Not mine, to somebody."""
    view = opened(desk, user, bill, "bill.pass")
    desk.bot.slack.fill(user, view, {"to": to, "note": note})
    return desk.bot.slack.submit(user, view)


def card_of(desk: Desk, user: str, bill: int) -> Card | None:
    """The row behind a card."""
    with desk.bot.house.store.read() as tx:
        return cards.of(tx, desk.bot.company, bill, desk._team(tx), user)


def trail(desk: Desk, bill: int) -> list[tuple[str, str]]:
    """What the trail says of the bill: what, and who."""
    with desk.bot.house.store.read() as tx:
        return [(e.what, e.who.rpartition("/")[2]) for e in audit.trail(tx, desk.bot.company, f"bill:{bill}")]


def value_of(message: Any, action: str) -> str:
    """What a button carries."""
    elements = [e for block in message.blocks if block["type"] == "actions" for e in block["elements"]]
    return str(next(e["value"] for e in elements if e["action_id"] == action))


def forged(desk: Desk, user: str, bill: int, action: str, value: str, pattern: str) -> str:
    """Presses a button into which somebody has put another handle; gives what is whispered to him."""
    desk.until(user, bill, r"\(First page")  # after the picture the card stands still
    message = desk.card(user, bill)
    for block in message.blocks:
        for element in block["elements"] if block["type"] == "actions" else []:
            if element["action_id"] == action:
                element["value"] = value
    return desk.bot.answer(pattern, lambda: desk.bot.slack.click(user, message, action), user)


def told(desk: Desk, user: str, pattern: str) -> Any:
    """Waits for a message to the user that says it."""

    def found() -> Any:
        room = desk.bot.slack.messages(desk.bot.slack.dm(user))
        return next((m for m in reversed(room) if re.search(pattern, desk.bot.shown(m))), None)

    return desk.bot.wait(found)


def thread(desk: Desk, user: str, bill: int) -> list[Any]:
    """What stands in the thread of a card."""
    card = desk.card(user, bill)
    room = desk.bot.slack.messages(desk.bot.slack.dm(user))
    return [message for message in room if message.thread_ts == card.ts and message.ts != card.ts]


def in_thread(desk: Desk, user: str, bill: int, pattern: str) -> Any:
    """Waits for a message in the thread of the card that says it; gives it."""

    def found() -> Any:
        return next((m for m in thread(desk, user, bill) if re.search(pattern, desk.bot.shown(m))), None)

    return desk.bot.wait(found)


def unheard(*_: object, **__: object) -> Any:
    """In the place of a read that Procountor does not answer: what is left of it after the client's own patience."""
    raise Unsure("no answer")
