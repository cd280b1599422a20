"""The company's rules of who gets which bills: suggested when one is passed on, made by a press, listed and ended."""

from __future__ import annotations

from finance import authority
from finance.authority import Right
from handlers import papers, suggesting
from handlers.buttons import OutOfUse, handle_for, issued, pressed
from handlers.desk import Desk, Here
from handlers.readers import reader
from handlers.routing import Router
from handlers.showing import show
from handlers.suggesting import Wanted
from handlers.views import bill_passing as views
from handlers.views import notices
from handlers.views.bill_passing import Offer, Ruled
from storage import audit, bills, passings, recipient_rules, references, rights
from storage.bills import Kept
from storage.companies import Company
from storage.database import Tx
from storage.passings import Passing
from storage.recipient_rules import PROJECT, SUPPLIER, Rule

on = Router()

DECIDERS = (Right.FINANCE, Right.ADMIN)
NO = "no"


@on.task("rule.suggest", lane="hear")
def suggest(desk: Desk, company_id: str, passing_id: str) -> None:
    """Asks the one who passed it on when he may decide it, else finance, else the admins."""
    company = papers.company_of(desk, company_id)
    with desk.store.write() as tx:
        one, _ = _about(tx, company_id, int(passing_id))
        if one is None or one.back_at is not None:
            return
        for user in _deciders(desk, tx, company, one):
            args = [company_id, passing_id, user]
            desk.work.soon(tx, "tell", "rule.tell", f"{passing_id}:{user}:0", company_id, args)


def _deciders(desk: Desk, tx: Tx, company: Company, one: Passing) -> tuple[str, ...]:
    holder, now = rights.holder(tx, company.id, one.team, one.by), desk.clock()
    if any(authority.may(holder, right, now, alone=company.choices.one_person).allowed for right in DECIDERS):
        return (one.by,)
    finance, admins = (rights.with_right(tx, company.id, right) for right in DECIDERS)
    return finance or admins


@on.task("rule.tell", lane="tell")
def tell(desk: Desk, company_id: str, passing_id: str, user: str) -> None:
    """The question to one of them, or what has become of it."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        one, kept = _about(tx, company_id, int(passing_id))
        became = references.marked(tx, company_id, _mark(passing_id))
    if one is None or kept is None:
        return
    chat, say = reader(desk, company_id, company.team, user)
    if became is None:
        offers = [_offer(desk, company, one, rule) for rule in suggesting.possible(kept)]
        no = issued(desk, company.id, company.team, "rule.no", passing_id)
        picture = views.suggestion(say, kept.bill, one.by, offers, no)
    else:
        kind, by = became.split("|")
        name = next((rule.name for rule in suggesting.possible(kept) if rule.kind == kind), "")
        picture = views.unruled(say, by) if kind == NO else views.ruled(say, kind, name, one.receiver, by)
    show(desk, chat, company_id, f"rule:{passing_id}:{user}", user, picture)


def _offer(desk: Desk, company: Company, one: Passing, rule: Wanted) -> Offer:
    handle = issued(desk, company.id, company.team, f"rule.{rule.kind}", f"{one.id}")
    return Offer(rule.kind, rule.name, one.receiver, handle)


def _about(tx: Tx, company: str, passing_id: int) -> tuple[Passing | None, Kept | None]:
    one = passings.get(tx, company, passing_id)
    return one, bills.get(tx, company, one.bill) if one else None


def _mark(passing_id: str) -> str:
    return f"rule:{passing_id}"


@on.click("rule.project", right=DECIDERS)
def of_project(here: Here) -> None:
    """From now on the bills of the project go there."""
    _decide(here, "rule.project", PROJECT)


@on.click("rule.supplier", right=DECIDERS)
def of_supplier(here: Here) -> None:
    """From now on the bills of the supplier go there."""
    _decide(here, "rule.supplier", SUPPLIER)


@on.click("rule.no", right=DECIDERS)
def no(here: Here) -> None:
    """It was for this bill only."""
    _decide(here, "rule.no", NO)


def _decide(here: Here, purpose: str, kind: str) -> None:
    """The first press counts; every copy of the question shows what came of it."""
    desk, company = here.desk, here.company
    subject = pressed(here, purpose)
    with desk.store.write() as tx:
        one, kept = _about(tx, company.id, int(subject))
        if one is None or kept is None:
            raise OutOfUse
        if references.marked(tx, company.id, _mark(subject)) is None:
            rule = next((rule for rule in suggesting.possible(kept) if rule.kind == kind), None)
            references.mark(tx, company.id, _mark(subject), f"{kind if rule else NO}|{here.said.user}")
            if rule is not None:
                _make(here, tx, rule, one.receiver)
        for user in _deciders(desk, tx, company, one):
            args = [company.id, subject, user]
            desk.work.soon(tx, "tell", "rule.tell", f"{subject}:{user}:{here.said.user}", company.id, args)


def _make(here: Here, tx: Tx, rule: Wanted, to: str) -> None:
    now = here.desk.clock()
    recipient_rules.make(tx, here.company.id, Rule(rule.kind, rule.key, rule.name, to, here.who, now))
    details = {"to": f"{here.said.team}/{to}", "name": rule.name}
    audit.note(tx, here.company.id, here.who, "rule.made", f"rule:{rule.kind}:{rule.key}", now, **details)


@on.command("recipients", right=DECIDERS, help="Who gets which bills by a rule, and ending a rule")
def listed(here: Here) -> None:
    """Every rule with a button that ends it."""
    with here.desk.store.read() as tx:
        standing = recipient_rules.all(tx, here.company.id)
    found = [
        Ruled(rule.kind, rule.name, rule.user, rule.by.rpartition("/")[2], rule.at, _ending(here, rule))
        for rule in standing[: views.LISTED]
    ]
    here.whisper(views.rules(here.say, found, here.company.choices.default_recipient, len(standing)))


def _ending(here: Here, rule: Rule) -> str:
    return handle_for(here, "rule.end", f"{rule.kind}|{rule.key}")


@on.click("rule.end", right=DECIDERS)
def end(here: Here) -> None:
    """Ends a rule; what it has brought stays where it is."""
    subject = pressed(here, "rule.end")
    kind, _, key = subject.partition("|")
    with here.desk.store.write() as tx:
        rule = recipient_rules.get(tx, here.company.id, kind, key)
        if rule is not None and recipient_rules.end(tx, here.company.id, kind, key):
            now = here.desk.clock()
            audit.note(tx, here.company.id, here.who, "rule.ended", f"rule:{kind}:{key}", now, to=rule.user)
    if rule is None:
        return here.whisper(notices.plain(here.say("That rule has ended already.")))
    here.whisper(views.ended(here.say, kind, rule.name))
    return None
