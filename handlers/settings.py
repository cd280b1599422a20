"""An admin changes the company's rules, part by part; each is checked against the registers where they decide."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from finance import agreement, countries
from finance.authority import Right
from finance.company import Choices
from finance.faults import Choice
from finance.menus import MOST_CHOICES, account_choices, best, item_choices, product_choices, products_like
from finance.registers import Registers, key
from handlers import checklist, filled_in, greeting, rules_chosen
from handlers.buttons import handle_for, pressed, subject_of
from handlers.chat import Answer, Modal
from handlers.checks import facts
from handlers.desk import Desk, Here
from handlers.filled_in import Unfit
from handlers.routing import Router
from handlers.steps import Look
from handlers.views import notices, settings, settings_forms
from handlers.views.settings import Part
from handlers.views.settings_forms import RATES, WORDS, Known

on = Router()

PARTS = {
    "accounts": Part.ACCOUNTS,
    "cost centres": Part.ACCOUNTS,
    "work types": Part.WORK_TYPES,
    "default recipient": Part.BILLS,
    "channel": Part.MESSAGES,
    "languages": Part.MESSAGES,
    "reminder hour": Part.MESSAGES,
    "attachments": Part.INVOICES,
}
"""The form in which a step of the setup is put right."""


@dataclass(frozen=True, slots=True)
class Form:
    """What an open form is: its part, whether it was opened from the list of parts, and what its fields stand for."""

    part: Part
    listed: bool
    keys: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return json.dumps([self.part.value, self.listed, *self.keys], ensure_ascii=False)

    @classmethod
    def of(cls, subject: str) -> Form:
        part, listed, *keys = json.loads(subject)
        return cls(Part(part), listed, tuple(keys))


@on.command("settings", right=Right.ADMIN, now=True, help="The company’s rules: accounts, languages, channel, bills …")
@on.click("settings.open", right=Right.ADMIN, now=True)
def show(here: Here) -> None:
    """Opens the list of parts."""
    here.chat.open(here.said, _listed(here, here.company.choices))


def _listed(here: Here, choices: Choices, done: str = "") -> Modal:
    return settings.overview(here.say, choices, lambda part: handle_for(here, "settings.part", f"list|{part}"), done)


@on.click("settings.part", right=Right.ADMIN, now=True)
def open_part(here: Here) -> None:
    """Opens one part: in the place of the list, or from a step of the setup."""
    subject = pressed(here, "settings.part")
    listed = subject.startswith("list|")
    part = Part(subject.removeprefix("list|")) if listed else PARTS[subject]
    modal = _form(here, part, listed=listed)
    if here.said.view:
        here.chat.refresh(here.said.view, modal)
    else:
        here.chat.open(here.said, modal)


def _form(here: Here, part: Part, *, listed: bool) -> Modal:
    say, choices = here.say, here.company.choices
    known = facts.registers(Look(here.desk, here.company, say))
    if part is Part.INVOICES:
        country = next((c for c in countries.choices() if c.value == choices.default_country), None)
        return settings_forms.invoices(say, choices, country, _meta(here, Form(part, listed)))
    if part is Part.MESSAGES:
        return settings_forms.messages(say, choices, _meta(here, Form(part, listed)))
    if part is Part.CLAIMS:
        return settings_forms.claims(say, choices, _meta(here, Form(part, listed)))
    if part is Part.BILLS:
        return settings_forms.bills(say, choices, _meta(here, Form(part, listed)))
    if known is None:
        text = say("The registers have not been fetched from Procountor yet.")
        return notices.closing(say, text, "settings.none")
    if part is Part.ACCOUNTS:
        rates = filled_in.rates(known)[:RATES]
        names = [d.name for d in known.reference.dimensions]
        shown = Known(filled_in.labels(known), filled_in.centre_label(known), names, rates)
        return settings_forms.accounts(say, choices, shown, _meta(here, Form(part, listed, rates)))
    return _work_types(here, known, listed=listed)


def _work_types(here: Here, known: Registers, *, listed: bool) -> Modal:
    found = agreement.work_types(facts.waiting(Look(here.desk, here.company, here.say)), known)
    form = Form(Part.WORK_TYPES, listed, tuple(one.name for one in found[:WORDS]))
    products = {one.code: f"{one.code} {one.product.name}" for one in found if one.product}
    more = sum(not one.settled for one in found[WORDS:])
    return settings_forms.work_types(here.say, found[:WORDS], products, more, _meta(here, form))


def _meta(here: Here, form: Form) -> str:
    return handle_for(here, "settings.form", form.subject)


def _opened(here: Here) -> Form | None:
    """The form that is in front; None for one that has grown too old."""
    subject = subject_of(here, here.said.meta, "settings.form")
    return None if subject is None else Form.of(subject)


# What may be chosen while one types.


@on.options("settings.country", right=Right.ADMIN)
def country_options(here: Here) -> Answer:
    return _offered(best(countries.choices(), here.said.text))


@on.options("settings.centre", right=Right.ADMIN)
def centre_options(here: Here) -> Answer:
    known = facts.registers(Look(here.desk, here.company, here.say))
    return _offered(item_choices(known.cost_centres, here.said.text, MOST_CHOICES) if known else ())


def account_options(here: Here) -> Answer:
    """Open accounts, those in use first."""
    known = facts.registers(Look(here.desk, here.company, here.say))
    return _offered(account_choices(known, here.said.text, MOST_CHOICES) if known else ())


def product_options(here: Here) -> Answer:
    """Active products; before anything is typed those first that are most like the work type."""
    known, form = facts.registers(Look(here.desk, here.company, here.say)), _opened(here)
    place = int(here.said.route.rpartition(".")[2])
    if known is None or form is None or place >= len(form.keys):
        return Answer()
    if here.said.text.strip():
        return _offered(product_choices(known, here.said.text, MOST_CHOICES))
    return _offered(products_like(known, form.keys[place], MOST_CHOICES))


for place in range(RATES):
    on.options(settings_forms.account(place), right=Right.ADMIN)(account_options)
for place in range(WORDS):
    on.options(settings_forms.product(place), right=Right.ADMIN)(product_options)


def _offered(found: tuple[Choice, ...]) -> Answer:
    return Answer(options=tuple((choice.value, choice.label) for choice in found[:MOST_CHOICES]))


# What was filled in.


@on.form("settings.invoices", right=Right.ADMIN)
def save_invoices(here: Here) -> Answer:
    return _save(here, filled_in.invoices, ("attachments",))


@on.form("settings.messages", right=Right.ADMIN)
def save_messages(here: Here) -> Answer:
    """A new channel is greeted, so that it shows at once whether the bot can write there."""
    answer = _save(here, filled_in.messages, ("channel", "languages", "reminder hour"))
    if not answer.errors:
        with here.desk.store.write() as tx:
            key_ = f"{here.desk.clock():%Y%m%d%H%M%S%f}"
            here.desk.work.soon(tx, "hear", "settings.greet", key_, here.company.id, [here.company.id])
    return answer


@on.form("settings.bills", right=Right.ADMIN)
def save_bills(here: Here) -> Answer:
    return _save(here, filled_in.bills)


@on.form("settings.claims", right=Right.ADMIN)
def save_claims(here: Here) -> Answer:
    return _save(here, filled_in.claims)


@on.form("settings.accounts", right=Right.ADMIN)
def save_accounts(here: Here) -> Answer:
    return _save(here, filled_in.accounts, ("accounts", "cost centres"))


@on.form("settings.work_types", right=Right.ADMIN)
def save_work_types(here: Here) -> Answer:
    """After the last of the form's work types comes the next form, while any is left without a product."""
    answer = _save(here, filled_in.work_types)
    form = _opened(here)
    if answer.errors or form is None:
        return answer
    company = filled_in.company_now(here)
    known = filled_in.registers(filled_in.at(here, company))
    waiting = facts.waiting(Look(here.desk, company, here.say))
    left = [one for one in agreement.work_types(waiting, known) if one.documents and not one.settled]
    fresh = any(key(one.name) not in {key(word) for word in form.keys} for one in left)
    return Answer(update=_work_types(filled_in.at(here, company), known, listed=form.listed)) if fresh else answer


def _save(here: Here, read: Any, steps: tuple[str, ...] = ()) -> Answer:
    """Reads the form, changes what is different, and goes back to where it was opened."""
    form = _opened(here)
    if form is None:
        gone = here.say("This form is no longer in use. Type `/procountor settings` again.")
        return Answer(update=notices.closing(here.say, gone, "settings.gone"))
    try:
        changes: Mapping[str, object] = read(here, form.keys)
    except Unfit as unfit:
        return Answer(errors={unfit.field: unfit.told})
    rules_chosen.decide(here, changes, steps)
    if not form.listed:
        return Answer(clear=True)
    return Answer(update=_listed(here, filled_in.company_now(here).choices, here.say("Saved.")))


@on.task("settings.greet", lane="hear")
def greet(desk: Desk, company_id: str) -> None:
    """Greets a channel that was chosen for results; what came of it shows in the checklist."""
    greeting.greet(desk, company_id)
    with desk.store.write() as tx:
        checklist.changed(desk, tx, company_id)
