"""The company's own rules for bills: written by its admins, rehearsed on the last month's bills, then switched on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from finance import bill_rules as rules
from finance import limits
from finance.authority import Right
from finance.bill_rules import Rule
from handlers import papers
from handlers.buttons import handle_for, subject_of
from handlers.chat import Answer
from handlers.desk import Here
from handlers.routing import Router
from handlers.rules_chosen import decide
from handlers.views import bill_rules as views
from handlers.views import notices
from handlers.views.rights_words import unfit
from storage import bills, companies

on = Router()

MONTH = timedelta(days=31)
MOST = 20
PURPOSES = ("rule.rehearse", "rule.switch", "rule.remove")


@on.command("rules", right=Right.ADMIN, now=True, help="Which bills need more than one approval, and whose")
def show(here: Here) -> None:
    """Opens the list of rules."""
    here.chat.open(here.said, _list(here))


@on.click("rule.new", right=Right.ADMIN, now=True)
def new(here: Here) -> None:
    """Turns the list into the form of a new rule."""
    here.chat.refresh(here.said.view, views.form(here.say, handle_for(here, "rule.keep", "new")))


@on.form("rule.keep", right=Right.ADMIN)
def keep(here: Here) -> Answer:
    """Keeps a new rule, switched off: what it would have done is read before it holds."""
    if subject_of(here, here.said.meta, "rule.keep") is None:
        return Answer(update=notices.list_again(here.say, "rule.keep"))
    values = here.said.values
    name, typed = values.get("name", "").strip(), limits.read(values.get("least", ""))
    there = _rules(here)
    if not name or any(rule.name.casefold() == name.casefold() for rule in there):
        return Answer(errors={"name": here.say("Give the rule a name that no other rule has.")})
    if typed.unfit:
        return Answer(errors={"least": unfit(here.say, typed.unfit)})
    if len(there) >= MOST:
        return Answer(errors={"name": here.say("{n} rules are as many as there can be.", n=MOST)})
    made = Rule(
        name=name,
        least={currency: f"{most or 0:f}" for currency, most in typed.limits.items()},
        suppliers=_lines(values.get("suppliers", "")),
        projects=_lines(values.get("projects", "")),
        cost_centres=_lines(values.get("cost_centres", "")),
        verifiers=_users(values.get("verifiers", "")),
        verify_all=values.get("verify", "any") == "all",
        approvers=_users(values.get("approvers", "")),
        signatures=int(values.get("signatures", "1") or "1"),
        four_eyes="four_eyes" in values.get("four_eyes", ""),
        on=False,
    )
    if 0 < len(made.approvers) < made.signatures:
        return Answer(errors={"approvers": here.say("More people have to approve than are named.")})
    decide(here, {"bill_rules": (*there, made)})
    return Answer(update=_rehearsal(here, made))


@on.click("rule.rehearse", right=Right.ADMIN, now=True)
def rehearse(here: Here) -> None:
    """What the last month's bills would have done under a rule."""
    rule = _named(here, "rule.rehearse")
    here.chat.refresh(here.said.view, _rehearsal(here, rule) if rule else _list(here))


@on.click("rule.switch", right=Right.ADMIN, now=True)
def switch(here: Here) -> None:
    """Switches a rule on or off."""
    rule = _named(here, "rule.switch")
    if rule is not None:
        _change(here, [replace(r, on=not r.on) if r.name == rule.name else r for r in _rules(here)])
    here.chat.refresh(here.said.view, _list(here))


@on.click("rule.remove", right=Right.ADMIN, now=True)
def remove(here: Here) -> None:
    """Takes a rule away."""
    rule = _named(here, "rule.remove")
    if rule is not None:
        _change(here, [r for r in _rules(here) if r.name != rule.name])
    here.chat.refresh(here.said.view, _list(here))


@on.click("rule.list", right=Right.ADMIN, now=True)
def back(here: Here) -> None:
    """Back to the list."""
    here.chat.refresh(here.said.view, _list(here))


def _rules(here: Here) -> tuple[Rule, ...]:
    with here.desk.store.read() as tx:
        return companies.get(tx, here.company.id).choices.bill_rules


def _change(here: Here, wanted: Sequence[Rule]) -> None:
    decide(here, {"bill_rules": tuple(wanted)})


def _named(here: Here, purpose: str) -> Rule | None:
    """The rule a pressed button stands for, as it now is."""
    name = subject_of(here, here.said.value, purpose)
    return next((rule for rule in _rules(here) if rule.name == name), None)


def _list(here: Here) -> views.Modal:
    def handle(purpose: str, name: str) -> str:
        return handle_for(here, purpose, name)

    return views.listed(here.say, _rules(here), handle)


def _rehearsal(here: Here, rule: Rule) -> views.Modal:
    """Over bills dated within a month, by the project each was aimed at."""
    since = papers.today(here.desk) - MONTH
    with here.desk.store.read() as tx:
        past = bills.past(tx, here.company.id, since)
    found = rules.rehearse(rule, [(kept.bill, kept.aim.project, frozenset()) for kept in past])
    return views.rehearsal(here.say, rule, found, lambda purpose: handle_for(here, purpose, rule.name))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for line in text.splitlines() for part in line.split(";") if part.strip()))


def _users(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(user for user in text.split(",") if user))
