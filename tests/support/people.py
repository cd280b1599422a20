"""The list of who is matched, as an admin sees and handles it, and what is kept of the people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete

from sandbox.month import lists
from sandbox.slack.records import View
from storage import audit, staff
from storage.staff import Human
from storage.tables import register_entry
from storage.tables import staff as staff_rows
from tests.support.practice import ANNA, Bot

FILES = (("henkilot.csv", lists.people()), ("projekt.xlsx", lists.projects()), ("customers.csv", lists.customers()))


def forget(bot: Bot) -> None:
    """Nobody is known any more."""
    with bot.house.store.write() as tx:
        for table in (staff_rows, register_entry):
            tx.execute(delete(table).where(table.c.company == bot.company))


def brought(bot: Bot, *files: tuple[str, bytes], user: str = ANNA) -> str:
    """Drops the lists (else all three of the practice company); gives the answer."""
    return bot.drop(*(files or FILES), user=user)


def csv(*rows: str, head: str = "Henkilönumero;Nimi;Sähköposti;Esihenkilö;Tunnus taloushallinnossa;Tila") -> bytes:
    return "\n".join((head, *rows)).encode()


def opened(bot: Bot, user: str = ANNA) -> View:
    """The list, opened by the command."""
    for view in reversed(bot.slack.views(user)):
        bot.slack.close(user, view)
    assert bot.slack.command(user, "unmatched").ok
    return front(bot, user)


def front(bot: Bot, user: str = ANNA) -> View:
    views = bot.slack.wait_for(lambda: bot.slack.views(user), 5)
    return views[-1]


def entry(view: View, name: str) -> dict[str, str]:
    """The buttons of the first entry in which a name stands: action → handle."""
    for place, block in enumerate(view.blocks):
        text = block.get("text", {}).get("text", "") if block["type"] == "section" else ""
        buttons = view.blocks[place + 1] if place + 1 < len(view.blocks) else {}
        if name in text and buttons.get("type") == "actions":
            return {e["action_id"]: e["value"] for e in buttons["elements"]}
    raise LookupError(f"{name} is not in the list: {[b.get('text') for b in view.blocks]}")


def press(bot: Bot, view: View, name: str, action: str, user: str = ANNA) -> View:
    """Presses a button of somebody's entry; gives the list (or form) after."""
    assert bot.slack.click(user, view, action, value=entry(view, name)[action]).ok
    return front(bot, user)


def choose(bot: Bot, view: View, side: str, name: str, user: str = ANNA) -> None:
    """Searches for a name in a field of the form and takes the first that is offered."""
    offered = bot.slack.options(user, view, f"people.{side}", name)
    found = next(o for o in offered if name in o["text"]["text"])
    bot.slack.choose(user, view, f"people.{side}", found)


def humans(bot: Bot) -> dict[str, Human]:
    """Everybody who is kept, by name."""
    with bot.house.store.read() as tx:
        return {human.name: human for human in staff.all(tx, bot.company)}


def trail(bot: Bot, *what: str) -> list[Any]:
    """The rows of the trail, of these kinds or all."""
    with bot.house.store.read() as tx:
        return [row for row in audit.trail(tx, bot.company) if not what or row.what in what]


def said_everywhere(bot: Bot) -> str:
    """All that Slack has ever been given: messages, whispers, open forms and Home tabs."""
    world = bot.slack.world
    with world.lock:
        messages = [m for room in world.messages.values() for m in room if m.bot_id] + list(world.whispers)
        views: Sequence[Any] = [view for person in bot.slack.workspace.people for view in world.stack(person.id)]
        return "\n".join(f"{m.text} {m.blocks}" for m in messages) + "\n".join(
            map(repr, (*views, *world.homes.values()))
        )
