"""An admin says in which channels it is told that invoices have been paid, and to which other system it is posted."""

from __future__ import annotations

import secrets

from finance import webhook
from finance.authority import Right
from finance.canonical import dump, load
from finance.paid_rules import PaidRule
from finance.webhook import Slip
from handlers import filled_in
from handlers.buttons import handle_for, subject_of
from handlers.chat import Answer, Modal
from handlers.desk import Here
from handlers.routing import Router
from handlers.rules_chosen import decide
from handlers.views import notices
from handlers.views import paid_rules as views
from handlers.views.tongue import Tongue
from storage import audit, webhooks

on = Router()

PURPOSE = "paid.form"


@on.command("paid", right=Right.ADMIN, now=True, help="Where it is told that sent invoices have been paid")
def show(here: Here) -> None:
    """Opens the list of rules."""
    here.chat.open(here.said, _list(here))


@on.click("paid.company", right=Right.ADMIN, now=True)
def company(here: Here) -> None:
    """Turns the list into the form of the company's own channel."""
    here.chat.refresh(here.said.view, views.company(here.say, filled_in.company_now(here).choices, _meta(here)))


@on.click("paid.new", right=Right.ADMIN, now=True)
def new(here: Here) -> None:
    """Turns the list into the form of a new rule."""
    here.chat.refresh(here.said.view, views.rule_form(here.say, _meta(here)))


@on.click("paid.remove", right=Right.ADMIN, now=True)
def remove(here: Here) -> None:
    """Takes a rule away."""
    told = subject_of(here, here.said.value, "paid.remove")
    if told is not None:
        gone = load(PaidRule, told)
        decide(here, {"paid_rules": tuple(rule for rule in _rules(here) if rule != gone)})
    here.chat.refresh(here.said.view, _list(here))


@on.form("paid.keep_company", right=Right.ADMIN)
def keep_company(here: Here) -> Answer:
    """Keeps the company's own channel."""
    if subject_of(here, here.said.meta, PURPOSE) is None:
        return Answer(update=notices.list_again(here.say, "paid.list"))
    values = here.said.values
    decide(
        here,
        {
            "paid_channel": values.get("paid_channel", ""),
            "paid_amounts": values.get("amounts") != views.HIDDEN,
            "paid_finance": values.get("paid_finance") != views.NOBODY,
        },
    )
    return Answer(update=_list(here, here.say("Saved.")))


@on.form("paid.keep_rule", right=Right.ADMIN)
def keep_rule(here: Here) -> Answer:
    """Keeps a new rule: for projects or for customers, never for both."""
    if subject_of(here, here.said.meta, PURPOSE) is None:
        return Answer(update=notices.list_again(here.say, "paid.list"))
    values, there = here.said.values, _rules(here)
    projects, customers = (_lines(values.get(name, "")) for name in ("projects", "customers"))
    if bool(projects) == bool(customers):
        return Answer(errors={"projects": here.say("Name projects or customers, one of the two.")})
    if not values.get("channel", ""):
        return Answer(errors={"channel": here.say("Choose a channel")})
    if len(there) >= views.MOST:
        return Answer(errors={"channel": here.say("{n} rules are as many as there can be.", n=views.MOST)})
    made = PaidRule(values["channel"], projects, customers, amounts=values.get("amounts") != views.HIDDEN)
    if made not in there:
        decide(here, {"paid_rules": (*there, made)})
    return Answer(update=_list(here, here.say("Saved.")))


@on.click("hook.open", right=Right.ADMIN, now=True)
def open_hook(here: Here) -> None:
    """Turns the list into the form of the other system's address."""
    with here.desk.store.read() as tx:
        url = webhooks.url(tx, here.company.id)
    here.chat.refresh(here.said.view, views.hook_form(here.say, url, _meta(here)))


@on.form("hook.keep", right=Right.ADMIN)
def keep_hook(here: Here) -> Answer:
    """Keeps an address with a secret of its own, or takes it away; the same address keeps its secret."""
    if subject_of(here, here.said.meta, PURPOSE) is None:
        return Answer(update=notices.list_again(here.say, "paid.list"))
    url = here.said.values.get("url", "").strip()
    slip = webhook.slip(url) if url else None
    if slip is not None:
        return Answer(errors={"url": unfit(here.say, slip)})
    secret = webhook.secret_of(secrets.token_bytes(32))
    if not _hooked(here, url, secret):
        return Answer(update=_list(here))
    return Answer(update=views.secret(here.say, url, secret) if url else _list(here, here.say("Saved.")))


def _hooked(here: Here, url: str, secret: str) -> bool:
    """Sets the address, or takes it away where it is empty; False when it stands so already."""
    company, now = here.company.id, here.desk.clock()
    with here.desk.store.write() as tx:
        before = webhooks.url(tx, company)
        if url == before:
            return False
        if url:
            webhooks.keep(tx, company, url, secret, here.who, now)
        else:
            webhooks.remove(tx, company)
        audit.note(tx, company, here.who, "webhook.set" if url else "webhook.removed", company, now, url=url or before)
    return True


def unfit(say: Tongue, slip: Slip) -> str:
    """Why an address will not do."""
    return {
        Slip.SCHEME: say("The address begins with https://"),
        Slip.SHAPE: say("This is not a whole address. Write it like this: https://psa.example.fi/kierto"),
        Slip.PRIVATE: say("This address is not reached from the internet: give a public one."),
    }[slip]


def _list(here: Here, done: str = "") -> Modal:
    choices = filled_in.company_now(here).choices
    with here.desk.store.read() as tx:
        url = webhooks.url(tx, here.company.id)
    return views.listed(
        here.say, choices, url, lambda rule: handle_for(here, "paid.remove", dump(rule)), _meta(here), done
    )


def _meta(here: Here) -> str:
    return handle_for(here, PURPOSE, here.said.user)


def _rules(here: Here) -> tuple[PaidRule, ...]:
    return filled_in.company_now(here).choices.paid_rules


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for line in text.splitlines() for part in line.split(";") if part.strip()))
