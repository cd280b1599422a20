"""The list of everybody's rights and one person's form, drawn from what is so now: several journeys show them."""

from __future__ import annotations

from finance.authority import Holder
from handlers import giving
from handlers.chat import Modal
from handlers.desk import Here
from handlers.views import granting
from handlers.views.granting import Asked, Page, Person
from storage import handles, own_keys, rights

PAGE = 20  # people on a page: a form holds a hundred blocks


def everybody(here: Here, number: int = 0, done: str = "") -> Modal:
    """A page of the list; beyond the last the last is shown."""
    desk, company, team = here.desk, here.company.id, here.said.team
    with desk.store.write() as tx:
        users = sorted(user for there, user in rights.everybody(tx, company) if there == team)
        of = max(1, -(-len(users) // PAGE))
        number = min(max(number, 0), of - 1)
        shown = users[number * PAGE : (number + 1) * PAGE]
        keys = own_keys.everybody(tx, company)
        people = [_person(here, rights.holder(tx, company, team, user), user, (team, user) in keys) for user in shown]

        def issued(purpose: str, subject: str) -> str:
            return handles.issue(tx, company, team, purpose, subject, desk.clock())

        change = {user: issued("rights.change", user) for user in shown}
        turns = {to: issued("rights.page", str(to)) for to in (number - 1, number + 1) if 0 <= to < of}
        meta = issued("rights.list", "list")
    page = Page(people, number, of, change.__getitem__, turns.__getitem__, here.company.choices.one_person)
    return granting.everybody(here.say, page, meta, done)


def form(here: Here, user: str, *, stale: bool = False) -> Modal:
    """The form of one person, with the mark of the rights it shows. Raises ChatTrouble for an unknown Slack user."""
    desk, company, team = here.desk, here.company.id, here.said.team
    trusted = here.chat.profile(user).trusted
    with desk.store.write() as tx:
        to, by = rights.holder(tx, company, team, user), rights.holder(tx, company, team, here.said.user)
        key = own_keys.get(tx, company, team, user) is not None
        subject = f"{user}|{giving.mark(to.grants)}"
        meta = handles.issue(tx, company, team, "rights.give", subject, desk.clock())
    person = _person(here, to, user, key, trusted=trusted)
    waiting = [grant.right for grant in giving.confirmable(by, to, desk.clock())]
    return granting.form(here.say, Asked(person, user == here.said.user, tuple(waiting), stale), meta)


def _person(here: Here, holder: Holder, user: str, key: bool, *, trusted: bool = True) -> Person:
    alone = here.company.choices.one_person
    waits = giving.waits(holder, here.desk.clock(), alone=alone)
    known = "key" if key else "mapped" if holder.user_id is not None else ""
    return Person(user, {grant.right: grant.limits for grant in holder.grants}, waits, known, trusted)
