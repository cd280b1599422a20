"""Whether the bot can write to the channel that was chosen for results: tried with a word of greeting, and noted."""

from __future__ import annotations

from handlers import papers
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from handlers.readers import room
from handlers.views import settings
from handlers.views.tongue import Tongue
from storage import references

MARK = "channel.reached"
CLOSED = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action", "no_permission"})


def closed(channel: str) -> str:
    """How it is noted that the bot cannot write there."""
    return f"!{channel}"


def greet(desk: Desk, company_id: str, *, again: bool = False) -> None:
    """Greets the channel once; ``again``: only one that could not be written to before. Raises ChatTrouble."""
    company = papers.company_of(desk, company_id)
    channel = company.choices.result_channel
    with desk.store.read() as tx:
        noted = references.marked(tx, company_id, MARK)
    if not channel or not company.team or noted == channel or (again and noted != closed(channel)):
        return
    try:
        greeting = settings.greeting(Tongue(company.choices.channel_language), company.name)
        room(desk, company_id, company.team).post(channel, greeting)
        reached = channel
    except ChatTrouble as trouble:
        if trouble.code not in CLOSED:
            raise
        reached = closed(channel)
    with desk.store.write() as tx:
        references.mark(tx, company_id, MARK, reached)
