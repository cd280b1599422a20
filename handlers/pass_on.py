"""Not mine: a bill is passed on to the person it belongs to, with a word if one likes, and can be taken back."""

from __future__ import annotations

import re

from finance.authority import Right
from finance.bill import Bill
from handlers import bill_press, bill_sight, papers, passing
from handlers.bill_sight import holds
from handlers.chat import Answer, ChatTrouble
from handlers.desk import Desk, Here
from handlers.passing import Went
from handlers.readers import tell_one
from handlers.routing import Router
from handlers.suggesting import suggest
from handlers.views import bill_passing as views
from handlers.views import notices
from storage import bills, cards, passings, rights, staff

on = Router()

_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
ANYBODYS = (Right.FINANCE, Right.SEE_ALL)


@on.click("bill.pass", now=True)
def ask(here: Here) -> None:
    """Asks to whom."""
    what, kept = bill_press.pressed(here, "bill.pass")
    if not holds(here, what.bill):
        return here.whisper(bill_sight.not_held(here, what.bill))
    if not kept.bill.is_open:
        return here.whisper(notices.plain(views.refused(here.say, Went.SETTLED, kept.bill)))
    form = bill_press.form(here, "bill.passed", what)
    here.chat.open(here.said, views.form(here.say, kept.bill, _able(here), form))
    return None


@on.form("bill.passed")
def passed(here: Here) -> Answer:
    """Passes it on; what does not fit is said at the field."""
    what = bill_press.shown(here, "bill.passed", here.said.meta)
    if what is None:
        return Answer(update=notices.list_again(here.say, "bill.passed"))
    if not holds(here, what.bill):
        return _closed(here, Went.NOT_THERE)
    to = here.said.values.get("to", "")
    if not to:
        return Answer(errors={"to": here.say("Choose the person it belongs to.")})
    found = passing.fit(here.desk, here.company, here.said.team, here.said.user, to)
    if found is not Went.ON:
        return Answer(errors={"to": _unfit(here, found, to)})
    note = here.said.values.get("note", "").strip()
    user = here.said.user
    went, id = passing.pass_on(here.desk, here.company, what.bill, [user], to, user, note)
    if went is not Went.ON:
        return _closed(here, went)
    suggest(here.desk, here.company, id)
    return Answer(clear=True)


@on.click("bill.back")
def back(here: Here) -> None:
    """The giver takes it back."""
    what, kept = bill_press.pressed(here, "bill.back")
    if not bill_sight.reader_sees(here, what.bill):
        return here.whisper(bill_sight.no(here))
    went = passing.take_back(here.desk, here.company, what.bill, here.said.user)
    if went is not Went.ON:
        return here.whisper(notices.plain(views.refused(here.say, went, kept.bill)))
    return None  # the card says it


@on.command("reassign", usage="NUMBER @PERSON", help="Pass a bill on to another person")
def reassign(here: Here) -> None:
    """The same typed: one's own bill, or with the right to see all (or of finance) anybody's."""
    person = _PERSON.search(here.said.text)
    number = _PERSON.sub(" ", here.said.text).strip().lstrip("#")
    if person is None or not number or len(number) > 40:
        return here.whisper(views.how(here.say))
    found = _meant(here, number)
    if len(found) != 1:
        return here.whisper(views.several(here.say, number, found) if found else views.not_found(here.say, number))
    return _reassigned(here, found[0], person[1])


def _reassigned(here: Here, bill: Bill, to: str) -> None:
    fit = passing.fit(here.desk, here.company, here.said.team, "" if _all(here) else here.said.user, to)
    if fit is not Went.ON:
        return here.whisper(notices.plain(_unfit(here, fit, to)))
    with here.desk.store.read() as tx:
        live = [card.user for card in cards.all(tx, here.company.id, bill.id) if card.state == cards.LIVE]
    givers = [user for user in live if user != to] if _all(here) else [here.said.user]
    went, id = passing.pass_on(here.desk, here.company, bill.id, givers, to, here.said.user)
    if went is not Went.ON:
        return here.whisper(notices.plain(views.refused(here.say, went, bill, to)))
    suggest(here.desk, here.company, id)
    here.whisper(views.reassigned(here.say, bill, to))
    return None


def _meant(here: Here, number: str) -> list[Bill]:
    """The open bills with the number that the one who typed may pass on."""
    with here.desk.store.read() as tx:
        kept = [bills.get(tx, here.company.id, found.id) for found in bills.by_number(tx, here.company.id, number)]
    open_ones = [one.bill for one in kept if one is not None and one.bill.is_open]
    mine = [bill for bill in open_ones if _all(here) or holds(here, bill.id)]
    exactly = [bill for bill in mine if str(bill.number) == number]
    return exactly if len(exactly) == 1 else mine


def _all(here: Here) -> bool:
    return any(here.may(right).allowed for right in ANYBODYS)


def _able(here: Here) -> list[str]:
    with here.desk.store.read() as tx:
        return [user for user in rights.with_right(tx, here.company.id, Right.RECEIVE) if user != here.said.user]


def _unfit(here: Here, why: Went, to: str) -> str:
    if why is not Went.NO_RIGHT:
        return views.refused(here.say, why)
    return views.unable(here.say, _name(here, to), [_name(here, user) for user in _able(here)[:5] if user != to])


def _name(here: Here, user: str) -> str:
    """The name of a person for a field, where mentions are not drawn."""
    with here.desk.store.read() as tx:
        human = staff.by_slack(tx, here.company.id, here.said.team, user)
    if human is not None:
        return human.name
    try:
        return here.desk.chats(here.said.team).profile(user).name
    except ChatTrouble:
        return user


def _closed(here: Here, why: Went) -> Answer:
    return Answer(update=notices.closing(here.say, views.refused(here.say, why), "bill.passed"))


@on.task("bill.handed", lane="hear")
def handed(desk: Desk, company_id: str, passing_id: str) -> None:
    """Tells somebody who has had the card before that it is his again."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        one = passings.get(tx, company_id, int(passing_id))
        kept = bills.get(tx, company_id, one.bill) if one else None
    if one is None or kept is None or one.back_at is not None or not kept.bill.is_open:
        return
    bill, by, note = kept.bill, one.by, one.note
    tell_one(desk, company_id, company.team, one.receiver, lambda say: views.handed(say, bill, by, note))
