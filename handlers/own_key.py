"""An approver's own API key: typed once, asked of Procountor, confirmed, kept sealed; and forgotten when he says so."""

from __future__ import annotations

import re

from handlers import key_owner, papers
from handlers.buttons import handle_for, issued, pressed, subject_of
from handlers.chat import Answer, ChatTrouble, Picture, Posted
from handlers.desk import Desk, Here
from handlers.readers import reader
from handlers.routing import Router
from handlers.views import notices
from handlers.views import own_key as views
from handlers.views.own_key import FIELD
from storage import audit, own_keys, staff

on = Router()

PURPOSE = "own"
_KEY = re.compile(r"[!-~]{8,500}")


@on.command("connect me", now=True, help="Connect your own Procountor API key: you then approve there as yourself")
def ask(here: Here) -> None:
    """Opens the form."""
    _open(here)


@on.click("own.connect", now=True)
def ask_from_home(here: Here) -> None:
    """The same form from the Home tab."""
    _open(here)


def _open(here: Here) -> None:
    meta = handle_for(here, "own.offer", here.said.user)
    here.chat.open(here.said, views.form(here.say, here.desk.client_id, meta))


@on.form("own.offer")
def offer(here: Here) -> Answer:
    """Seals the key and asks for Procountor to be asked: nothing of it is kept in clear, and nothing slow is done."""
    if subject_of(here, here.said.meta, "own.offer") != here.said.user:
        return Answer(update=notices.closing(here.say, here.say("This form is no longer in use."), "own.gone"))
    typed = here.said.values.get(FIELD, "").strip()
    if not _KEY.fullmatch(typed):
        return Answer(errors={FIELD: here.say("This is not an API key. Copy it whole, without blanks.")})
    desk, said = here.desk, here.said
    with desk.store.write() as tx:
        token = own_keys.offer(tx, here.company.id, said.team, said.user, PURPOSE, typed, desk.clock())
        desk.work.soon(tx, "hear", "own.check", token, here.company.id, [here.company.id, token])
    return Answer(update=views.asking(here.say))


@on.task("own.check", lane="hear")
def check(desk: Desk, company_id: str, token: str) -> None:
    """Asks Procountor whose key it is, and the person whether it is he."""
    with desk.store.read() as tx:
        offered = own_keys.offered(tx, token, desk.clock())
    if offered is None or offered.company != company_id or offered.purpose != PURPOSE:
        return
    company = papers.company_of(desk, company_id)
    owner = key_owner.asked(desk, company, offered)
    chat, say = reader(desk, company_id, offered.team, offered.user)
    if owner.trouble is not None:
        why = views.troubled(say, owner.trouble, owner.name, company.name)
        chat.post(chat.direct(offered.user), notices.plain(f":warning: {why}"))
        with desk.store.write() as tx:
            own_keys.taken(tx, token)
        return
    with desk.store.write() as tx:
        own_keys.found(tx, token, key_owner.noted(owner))
        human = staff.by_slack(tx, company_id, offered.team, offered.user)
    before = human.user_id if human else None
    other = key_owner.masked(before) if before not in (None, owner.user_id) else ""
    yes, no = (issued(desk, company_id, offered.team, purpose, token) for purpose in ("own.yes", "own.no"))
    chat.post(chat.direct(offered.user), views.whose(say, owner.name, other, yes, no))


@on.click("own.yes")
def yes(here: Here) -> None:
    """Keeps the key and who he is."""
    token = pressed(here, "own.yes")
    owner = key_owner.keep(here, token)
    if owner is None:
        return _instead(here, _late(here))
    if owner.trouble is not None:
        return _instead(here, ":warning: " + views.troubled(here.say, owner.trouble, owner.name, here.company.name))
    return _instead(here, ":white_check_mark: " + views.connected(here.say, owner.name))


def _late(here: Here) -> str:
    """The key is not there any more: kept a moment ago, by this very press, or typed too long ago."""
    with here.desk.store.read() as tx:
        own = own_keys.get(tx, here.company.id, here.said.team, here.said.user)
    if own is not None and here.desk.clock() < own.kept_at + own_keys.LIFE:
        return ":white_check_mark: " + views.connected(here.say, own.user_name)
    return here.say("That key is not kept any more. Begin again: `/procountor connect me`")


@on.click("own.no")
def no(here: Here) -> None:
    """Throws the key away."""
    token = pressed(here, "own.no")
    with here.desk.store.write() as tx:
        offered = own_keys.offered(tx, token, here.desk.clock())
        if offered is not None and (offered.team, offered.user) == (here.said.team, here.said.user):
            own_keys.taken(tx, token)
    return _instead(here, views.thrown_away(here.say))


def _instead(here: Here, text: str) -> None:
    """Words in the place of the question, whose buttons are done with."""
    picture = notices.plain(text)
    try:
        here.chat.redraw(Posted(here.said.channel, here.said.ts), picture)
    except ChatTrouble:
        here.whisper(picture)


@on.command("disconnect me", help="Forget your own Procountor API key")
def disconnect(here: Here) -> None:
    """Forgets it at once."""
    here.whisper(_forget(here))


@on.click("own.disconnect")
def disconnect_from_home(here: Here) -> None:
    """The same from the Home tab."""
    here.whisper(_forget(here))


def _forget(here: Here) -> Picture:
    company, said = here.company.id, here.said
    with here.desk.store.write() as tx:
        had = own_keys.forget(tx, company, said.team, said.user)
        if had:
            audit.note(tx, company, here.who, "own_key.forgotten", here.who, here.desk.clock())
    return notices.plain(views.forgotten(here.say, had))


@on.task("own.lost", lane="tell")
def lost(desk: Desk, company_id: str, team: str, user: str) -> None:
    """Tells a person that his key is not accepted any more."""
    chat, say = reader(desk, company_id, team, user)
    chat.post(chat.direct(user), views.lost(say, papers.company_of(desk, company_id).name))


@on.task("own.clash", lane="tell")
def clash(desk: Desk, company_id: str, team: str, admin: str, user: str, other: str) -> None:
    """Tells an admin that two Slack users have turned out to be one human."""
    with desk.store.read() as tx:
        own = own_keys.get(tx, company_id, team, user)
    chat, say = reader(desk, company_id, team, admin)
    if own is not None and chat.profile(admin).trusted:
        chat.post(chat.direct(admin), views.clash(say, user, other, own.user_name))
