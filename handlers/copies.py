"""A message that stands in Slack twice: the copy that nobody redraws loses its buttons when one of them is pressed."""

from __future__ import annotations

from handlers.chat import ChatTrouble, Posted
from handlers.desk import Desk
from handlers.readers import reader
from handlers.routing import Router
from handlers.views import notices

on = Router()


@on.task("copy.ended", lane="tell")
def ended(desk: Desk, company: str, team: str, user: str, channel: str, ts: str) -> None:
    """Says in the place of the copy that the other one goes on."""
    chat, say = reader(desk, company, team, user)
    try:
        chat.redraw(Posted(channel, ts), notices.twice(say))
    except ChatTrouble as trouble:
        if trouble.code != "message_not_found":  # somebody has removed it
            raise
