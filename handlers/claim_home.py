"""Claims on the Home tab: one's own that go on, how many wait for one's approval, and the way to new ones."""

from __future__ import annotations

from finance import captured
from finance.capture import HOME
from handlers.buttons import issued
from handlers.chat import Block
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import claim_card as views
from handlers.views import claim_words as words
from storage import captures
from storage.captures import Captured

on = Router()

MOST = 5  # of one's own claims
SHOWN = (captures.DRAFT, captures.REJECTED, captures.WAITING)


@on.section("claims", place=25)
def section(here: Here) -> list[Block]:
    """For everybody: anybody may have costs."""
    args = (here.company.id, here.said.team, here.said.user)
    with here.desk.store.read() as tx:
        mine = captures.of_user(tx, *args, SHOWN)
        waiting = captures.on_desk(tx, *args)
    theirs = [views.on_desk(here.say, one.number, one.user, one.sheet) for one in waiting[:MOST]]
    return views.home(here.say, [_line(here, one) for one in mine[:MOST]], theirs, len(waiting))


def _line(here: Here, one: Captured) -> tuple[str, str]:
    say, writable = here.say, one.state in captures.WRITABLE
    total = say.money(captured.total(one.sheet), HOME)
    told = {
        captures.DRAFT: say("being written"),
        captures.REJECTED: say("sent back to you"),
        captures.WAITING: say("waits for approval"),
    }[one.state]
    handle = issued(here.desk, one.company, one.team, "claim.mend", f"{one.id}:0") if writable else ""
    return f"{words.kind(say, one.sheet.kind)} {one.number} · {total} · {told}", handle
