"""Rights in Slack: who may do what in the company, given and taken away in a form by its admins (R45 to R52)."""

from __future__ import annotations

import re
from dataclasses import replace

from finance import limits
from finance.authority import Limits, Right
from handlers import giving, rights_list
from handlers.buttons import OutOfUse, pressed, subject_of
from handlers.chat import Answer, ChatTrouble
from handlers.desk import Desk, Here
from handlers.giving import Bar, Outcome, Wish
from handlers.readers import reader
from handlers.routing import Router
from handlers.views import blocks as b
from handlers.views import granted, notices, rights_words
from handlers.views.rights_words import FIELDS
from storage import audit, companies, rights

on = Router()

_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,19})(?:\|[^>]*)?>")


@on.command("rights", right=Right.ADMIN, now=True, usage="[@PERSON]", help="Who may do what; give rights and limits")
def show(here: Here) -> None:
    """Opens everybody's list, or the form of the person named."""
    typed = here.said.text.strip()
    named = _MENTION.fullmatch(typed)
    if typed and not named:
        text = here.say("I do not know who “{typed}” is. Choose the person with @.", typed=b.safe(typed, 60))
        return here.whisper(notices.plain(text))
    return _open(here, named[1]) if named else here.chat.open(here.said, rights_list.everybody(here))


@on.click("rights.open", right=Right.ADMIN, now=True)
def show_from_button(here: Here) -> None:
    """The list, from the Home tab or the setup."""
    here.chat.open(here.said, rights_list.everybody(here))


def _open(here: Here, user: str) -> None:
    try:
        here.chat.open(here.said, rights_list.form(here, user))
    except ChatTrouble as trouble:
        if trouble.code != "user_not_found":
            raise
        here.whisper(notices.plain(here.say("There is nobody of that name in this workspace.")))


@on.click("rights.previous", right=Right.ADMIN, now=True)
@on.click("rights.next", right=Right.ADMIN, now=True)
def turn(here: Here) -> None:
    """Another page of the list."""
    page = pressed(here, "rights.page")
    here.chat.refresh(here.said.view, rights_list.everybody(here, int(page)))


@on.click("rights.back", right=Right.ADMIN, now=True)
def back(here: Here) -> None:
    """Back to the list, nothing changed."""
    pressed(here, "rights.give", here.said.meta)
    here.chat.refresh(here.said.view, rights_list.everybody(here))


@on.click("rights.change", right=Right.ADMIN, now=True)
def change(here: Here) -> None:
    """The form of somebody on the list."""
    user = pressed(here, "rights.change")
    here.chat.refresh(here.said.view, rights_list.form(here, user))


@on.click("rights.pick", right=Right.ADMIN, now=True)
def pick(here: Here) -> None:
    """The form of anybody chosen on top of the list."""
    pressed(here, "rights.list", here.said.meta)
    if not re.fullmatch(r"[UW]\w{1,19}", here.said.value):
        raise OutOfUse
    here.chat.refresh(here.said.view, rights_list.form(here, here.said.value))


@on.form("rights.give", right=Right.ADMIN)
def save(here: Here) -> Answer:
    """Keeps exactly what is ticked; a form that somebody else has overtaken is drawn anew instead."""
    subject = subject_of(here, here.said.meta, "rights.give")
    if subject is None:
        return Answer(update=notices.list_again(here.say, "rights.list"))
    user, seen = subject.split("|")
    given, errors = _filled(here)
    if errors:
        return _wrong(here, errors)
    wish = Wish(user, given, seen, giving.vouched(here.chat, user), here.said.values.get("confirm") == "confirm")
    return _answer(here, wish, _given(here, wish))


def _filled(here: Here) -> tuple[dict[Right, Limits], dict[str, str]]:
    """The rights and limits of the form, and what is wrong with them by field."""
    ticked = {Right(value) for value in here.said.values.get("rights", "").split(",") if value in set(Right)}
    given: dict[Right, Limits] = {right: {} for right in ticked}
    errors = {}
    for right, field in FIELDS.items():
        typed = limits.read(here.said.values.get(field, ""))
        if typed.unfit:
            errors[field] = rights_words.unfit(here.say, typed.unfit)
        elif right in ticked and not typed.limits:
            errors[field] = here.say("Write up to how much, for example EUR 5000. Without a limit: EUR no limit.")
        elif right not in ticked and typed.limits:
            errors[field] = here.say("A limit is written here, but the right above is not ticked.")
        elif right in ticked:
            given[right] = typed.limits
    return given, errors


def _wrong(here: Here, faults: dict[str, str]) -> Answer:
    return Answer(errors={b.at(field, here.said.meta): said for field, said in faults.items()})


def _given(here: Here, wish: Wish) -> Outcome:
    team, user = here.said.team, here.said.user
    with here.desk.store.read() as tx:
        others = [admin for admin in rights.with_right(tx, here.company.id, Right.ADMIN) if admin != wish.user]
    keepers = [admin for admin in others if Right.ADMIN not in wish.given and giving.vouched(here.chat, admin)]
    with here.desk.store.write() as tx:
        outcome = giving.give(here.desk, tx, here.company, (team, user), wish, keepers)
        if outcome.row:
            giving.tell(here.desk, tx, here.company, (team, user), [outcome.row])
    return outcome


def _answer(here: Here, wish: Wish, outcome: Outcome) -> Answer:
    if outcome.bar is Bar.RIGHT:
        return Answer(update=notices.list_again(here.say, "rights.list"))
    if outcome.bar is Bar.STALE:
        return Answer(update=rights_list.form(here, wish.user, stale=True))
    if outcome.bar is not None:
        why = {Bar.LAST: granted.last_admin, Bar.STRANGER: granted.not_trusted}[outcome.bar]
        return _wrong(here, {"rights": why(here.say)})
    with here.desk.store.read() as tx:
        holder = rights.holder(tx, here.company.id, here.said.team, wish.user)
        row = audit.row(tx, here.company.id, outcome.row) if outcome.row else None
    nothing = granted.Changed(wish.user, here.said.user, wish.given, wish.given)
    waits = giving.waits(holder, here.desk.clock(), alone=here.company.choices.one_person)
    done = granted.kept(here.say, giving.changed(row) if row else nothing, waits)
    return Answer(update=rights_list.everybody(here, done=done))


@on.task("rights.tell", lane="tell")
def tell(desk: Desk, company_id: str, team: str, user: str, row: str) -> None:
    """Tells the person whose rights were changed; one who has left is told nothing."""
    chat, say = reader(desk, company_id, team, user)
    if not chat.profile(user).trusted:
        return
    with desk.store.read() as tx:
        company = companies.get(tx, company_id)
        changed = giving.changed(audit.row(tx, company_id, int(row)))
        holder = rights.holder(tx, company_id, team, user)
    changed = replace(changed, new={grant.right: grant.limits for grant in holder.grants})
    waits = giving.waits(holder, desk.clock(), alone=company.choices.one_person)
    chat.post(chat.direct(user), granted.to_person(say, company.name, changed, waits))


@on.task("rights.alarm", lane="tell")
def alarm(desk: Desk, company_id: str, team: str, admin: str, rows: str) -> None:
    """Tells another admin that who may sign, or who may give rights, has changed."""
    with desk.store.read() as tx:
        company = companies.get(tx, company_id)
        changes = [giving.changed(audit.row(tx, company_id, int(row))) for row in rows.split(",")]
    chat, say = reader(desk, company_id, team, admin)
    if chat.profile(admin).trusted:
        chat.post(chat.direct(admin), granted.to_admin(say, company.name, changes))
