"""Where a person's card of a bill stands, and saying something under it."""

from __future__ import annotations

from handlers.chat import Chat, Picture, Posted
from handlers.desk import Desk
from storage import messages


def topic(bill: int, user: str) -> str:
    """What the card's message is kept by."""
    return f"bill:{bill}:{user}"


def place(desk: Desk, company: str, bill: int, user: str) -> Posted | None:
    """The card's message; None before it was posted."""
    with desk.store.read() as tx:
        found = messages.find(tx, company, topic(bill, user))
    return Posted(found.channel, found.ts) if found else None


def under(desk: Desk, chat: Chat, company: str, bill: int, user: str, picture: Picture) -> None:
    """Says it in the thread of the card; in the direct conversation to somebody who has none."""
    card = place(desk, company, bill, user)
    if card is None:
        chat.post(chat.direct(user), picture)
    else:
        chat.post(card.channel, picture, card.ts)
