"""The setup of a company, step by step: one checklist in the admin's direct messages, redrawn as things change."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from finance.authority import Right
from handlers import checklist, greeting, probing
from handlers import rights as refusals
from handlers.buttons import handle_for, pressed
from handlers.chat import Block, ChatTrouble, Posted
from handlers.desk import Desk, Here
from handlers.probing import Outcome
from handlers.readers import reader
from handlers.routing import Router
from handlers.showing import breathe, show
from handlers.views import checklist as views
from storage import audit, companies, messages, rights
from storage.database import Tx

on = Router()

BY_SLACK = "slack workspace admin"
SILENCE = timedelta(minutes=1)
WATCHED = timedelta(hours=12)  # how long an open list goes on being redrawn by itself


@on.command(
    "setup", unconnected=True, help="Connect your company to Procountor and set Kierto up, step by step (admins)"
)
def begin(here: Here) -> None:
    """Shows the checklist to an admin; the first one is a workspace's admin who asks for it."""
    if _admitted(here):
        _show(here)


@on.click("setup.open", unconnected=True)
def open_(here: Here) -> None:
    """The same from a button of the Home tab or of a message."""
    begin(here)


@on.click("setup.look", right=Right.ADMIN, unconnected=True)
def look_again(here: Here) -> None:
    """Asks Procountor anew."""
    pressed(here, "setup.look")
    desk, company = here.desk, here.company.id
    _draw(here, looking=True)
    with desk.store.write() as tx:
        _ask(desk, tx, company)


def _admitted(here: Here) -> bool:
    """Whether the one who asks is an admin, or becomes the first."""
    if here.may(Right.ADMIN).allowed:
        return True
    with here.desk.store.read() as tx:
        there = rights.with_right(tx, here.company.id, Right.ADMIN)
    if not there and here.profile.boss and _becomes(here):
        here.whisper(views.welcome(here.say))
        return True
    if there or here.profile.boss:
        here.whisper(refusals.refused(here, (Right.ADMIN,)))
    else:
        bosses = [one.user for one in here.chat.people() if one.boss and one.trusted]
        here.whisper(views.nobody_yet(here.say, bosses))
    return False


def _becomes(here: Here) -> bool:
    """Makes the workspace's admin the company's first; False when somebody was quicker."""
    desk, company, said = here.desk, here.company.id, here.said
    with desk.store.write() as tx:
        rights.hold(tx, company)  # of two who ask in the same moment one is the first
        if rights.with_right(tx, company, Right.ADMIN):
            return False
        wanted = {grant.right: grant.limits for grant in here.holder.grants} | {Right.ADMIN: {}}
        rights.give(tx, company, said.team, said.user, wanted, BY_SLACK, desk.clock())
        audit.note(tx, company, BY_SLACK, "rights.given", here.who, desk.clock(), rights=Right.ADMIN.value)
    return True


def _show(here: Here) -> None:
    """A new message at the foot of the conversation; an older one says that the list has moved."""
    desk, company, said = here.desk, here.company.id, here.said
    topic = checklist.topic(said.team, said.user)
    with desk.store.write() as tx:
        before = messages.find(tx, company, topic)
        messages.forget(tx, company, topic)
        checklist.reads(tx, company, said.team, said.user)
    posted = _draw(here, looking=here.company.state != companies.NEW)
    if before is not None:
        with suppress(ChatTrouble):
            here.chat.redraw(Posted(before.channel, before.ts), views.moved(here.say))
    if here.company.state != companies.NEW:
        with desk.store.write() as tx:
            _ask(desk, tx, company)
    if said.channel and said.channel != posted.channel:
        here.whisper(views.sent(here.say))


def _draw(here: Here, *, looking: bool) -> Posted:
    company, said = here.company.id, here.said
    picture = checklist.drawn(here.desk, company, here.say, looking=looking)
    return show(here.desk, here.chat, company, checklist.topic(said.team, said.user), said.user, picture)


def _ask(desk: Desk, tx: Tx, company: str) -> None:
    desk.work.soon(tx, "hear", "setup.ask", f"{desk.clock():%Y%m%d%H%M%S%f}", company, [company])


@on.task("setup.ask", lane="hear")
def ask(desk: Desk, company_id: str) -> None:
    """Asks Procountor how things stand, tries a channel that could not be reached, and has the lists redrawn."""
    probing.look(desk, company_id)
    with suppress(ChatTrouble):
        greeting.greet(desk, company_id, again=True)
    with desk.store.write() as tx:
        checklist.changed(desk, tx, company_id)


@on.task("setup.tell", lane="tell")
def tell(desk: Desk, company_id: str, team: str, user: str) -> None:
    """Redraws one reader's list; one who is no admin any more, or has let it lie for half a day, is left alone."""
    topic = checklist.topic(team, user)
    with desk.store.read() as tx:
        posted = messages.find(tx, company_id, topic)
        admin = user in rights.with_right(tx, company_id, Right.ADMIN)
    if posted is None or not admin:
        with desk.store.write() as tx:
            checklist.reads(tx, company_id, team, user, still=False)
        return
    breathe(desk, company_id, topic)
    chat, say = reader(desk, company_id, team, user)
    show(desk, chat, company_id, topic, user, checklist.drawn(desk, company_id, say))


@on.every("setup.watch", 60.0)
def watch(desk: Desk) -> None:
    """Open lists are redrawn by themselves: steps change in many ways that know nothing of them.

    Where Procountor was silent it is asked again.
    """
    now = desk.clock()
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            probe = probing.kept(tx, company.id)
            if probe is not None and probe.outcome is Outcome.SILENT and now - probe.at > SILENCE:
                _ask(desk, tx, company.id)
            for team, user in checklist.readers(tx, company.id):
                posted = messages.find(tx, company.id, checklist.topic(team, user))
                if posted is None or now - posted.shown_at > WATCHED:
                    checklist.reads(tx, company.id, team, user, still=False)
                    continue
                key = f"{team}/{user}:{now:%Y%m%d%H%M}"
                desk.work.soon(tx, "tell", "setup.tell", key, company.id, [company.id, team, user])


@on.section("setup", place=10, unconnected=True)
def section(here: Here) -> list[Block]:
    """For admins how the setup stands; for a workspace's admin, while the company has none, where it begins."""
    handle = handle_for(here, "setup.open", "home")
    if here.may(Right.ADMIN).allowed:
        return views.home(here.say, checklist.gathered(here.desk, here.company, here.say), handle)
    with here.desk.store.read() as tx:
        there = rights.with_right(tx, here.company.id, Right.ADMIN)
    return views.begin(here.say, handle) if here.profile.boss and not there else []
