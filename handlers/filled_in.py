"""What an admin filled in, read field by field into rules of the company's; what does not fit is said at its field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from finance import countries
from finance.authority import Right
from finance.calendar import VAT_PERIODS
from finance.company import TARGET_FIELDS
from finance.invoice import Channel
from finance.languages import LANGUAGES
from finance.registers import Registers, index, key
from handlers import papers
from handlers.checks import facts
from handlers.desk import Here
from handlers.steps import Look
from handlers.typed import whole
from handlers.views import claim_settings
from handlers.views import settings_forms as forms
from handlers.views.tongue import LANGUAGES as SPOKEN
from storage import rights
from storage.companies import Company

BATCH, HOURS = (1, 10_000), (1, 168)
_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")

Rules = dict[str, object]
Read = Callable[[Here, tuple[str, ...]], Rules]


class Unfit(ValueError):
    """A field's value will not do; ``told`` is the sentence shown at the field."""

    def __init__(self, field: str, told: str) -> None:
        super().__init__(field)
        self.field = field
        self.told = told


def company_now(here: Here) -> Company:
    """The company as it is after what has just been saved."""
    return papers.company_of(here.desk, here.company.id)


def at(here: Here, company: Company) -> Here:
    """The same person, before a company that has changed."""
    return replace(here, company=company)


def rates(known: Registers) -> tuple[str, ...]:
    """The VAT percentages an account may be chosen for: those in use for sales, those chosen before, and all others."""
    used = [f"{percent.normalize():f}" for percent in known.percents]
    return tuple(dict.fromkeys((*used, *(p for p in known.choices.default_account if p), "")))


def labels(known: Registers) -> dict[str, str]:
    """Accounts as they are shown when chosen, by code."""
    return {code: f"{code} {account.name}" for code, account in known.accounts.items()}


def centre_label(known: Registers) -> str:
    """The default cost centre as it is shown when chosen; its code alone when the register does not have it."""
    code = known.choices.default_cost_centre
    item = known.item(known.cost_centres, code) if known.cost_centres and code else None
    return f"{item.code} {item.description}".strip() if item else code


def invoices(here: Here, _: tuple[str, ...]) -> Rules:
    """Raises Unfit, as all of these."""
    given, say = here.said.values, here.say
    country = given.get("settings.country", "")
    if country and country not in {choice.value for choice in countries.choices()}:
        raise Unfit("settings.country", say("Choose a country from the list."))
    return {
        "default_channel": Channel(_one_of(here, "default_channel", tuple(Channel))),
        "default_country": country,
        "google_drive": _one_of(here, "google_drive", ("no", "yes")) == "yes",
        "largest_batch": _number(here, "largest_batch", *BATCH),
        "reference_hours": _number(here, "reference_hours", *HOURS),
    }


def messages(here: Here, _: tuple[str, ...]) -> Rules:
    """The channel's membership shows only when the bot writes there."""
    hour = here.said.values.get("reminder_hour", "")
    if not _HOUR.fullmatch(hour):
        raise Unfit("reminder_hour", here.say("Write the time like this: 08:30"))
    if hour.startswith("03:"):  # the hour that is doubled or missing when the clocks change
        raise Unfit("reminder_hour", here.say("Between 03:00 and 04:00 nothing is sent: choose another time."))
    return {
        "result_channel": here.said.values.get("result_channel", ""),
        "channel_language": _one_of(here, "channel_language", SPOKEN),
        "default_language": _one_of(here, "default_language", tuple(LANGUAGES)),
        "reminder_hour": hour,
        "vat_period": _one_of(here, "vat_period", VAT_PERIODS),
    }


def claims(here: Here, _: tuple[str, ...]) -> Rules:
    """Only what the form offers."""
    offered = {name: [value for value, _ in values] for name, values in claim_settings.options(here.say).items()}
    filled = {name: here.said.values.get(name, "") for name in offered}
    for name, value in filled.items():
        if value not in offered[name]:
            raise Unfit(name, here.say("Choose one of these."))
    return dict(filled)


def bills(here: Here, _: tuple[str, ...]) -> Rules:
    """The default recipient is a member who may receive bills (R43, R45)."""
    who, say = here.said.values.get("default_recipient", ""), here.say
    if who:
        if not here.chat.profile(who).trusted:
            raise Unfit("default_recipient", say("Choose a member of your own workspace, no guest and no bot."))
        with here.desk.store.read() as tx:
            given = rights.holder(tx, here.company.id, here.said.team, who).rights
        if Right.RECEIVE not in given:
            raise Unfit(
                "default_recipient",
                say("This person does not have the right to receive bills. Have it given first, then choose again."),
            )
    places = [(forms.target(n), here.said.values.get(forms.target(n), "")) for n in range(len(TARGET_FIELDS))]
    chosen: list[str] = []
    for field, value in places:
        if value not in TARGET_FIELDS:
            continue
        if value in chosen:
            raise Unfit(field, say("This is chosen above already."))
        chosen.append(value)
    if not chosen:
        raise Unfit(forms.target(0), say("Choose at least one."))
    return {"default_recipient": who, "target_fields": tuple(chosen)}


def accounts(here: Here, percents: tuple[str, ...]) -> Rules:
    """Accounts are open, the cost centre is open in the dimension that is meant."""
    known, given = registers(here), here.said.values
    chosen = {percent: given.get(forms.account(place), "") for place, percent in enumerate(percents)}
    for place, code in enumerate(chosen.values()):
        account = known.accounts.get(code)
        if code and (account is None or not account.active):
            raise Unfit(forms.account(place), here.say("This account is not open in Procountor."))
    beyond = {p: c for p, c in here.company.choices.default_account.items() if p not in chosen}
    rules: Rules = {"default_account": beyond | {percent: code for percent, code in chosen.items() if code}}
    names = tuple(d.name for d in known.reference.dimensions)
    if names:
        rules["cost_centre_dimension"] = _one_of(here, "cost_centre_dimension", names)
        project = _one_of(here, "project_dimension", (forms.NONE, *names))
        rules["project_dimension"] = "" if project == forms.NONE else project
    return rules | {"default_cost_centre": _cost_centre(here, known, rules)}


def _cost_centre(here: Here, known: Registers, rules: Rules) -> str:
    """Judged in the dimension that is being saved, which need not be the one it was searched in."""
    code = here.said.values.get("settings.centre", "")
    meant = index(known.reference, replace(known.choices, cost_centre_dimension=_dimension(here, rules)))
    item = meant.item(meant.cost_centres, code) if code and meant.cost_centres else None
    if code and (item is None or not item.open):
        raise Unfit("settings.centre", here.say("It is not an open item of the dimension chosen below."))
    return code


def _dimension(here: Here, rules: Rules) -> str:
    return str(rules.get("cost_centre_dimension", here.company.choices.cost_centre_dimension))


def work_types(here: Here, words: tuple[str, ...]) -> Rules:
    """A product in use for each work type of the form; one that was emptied loses what it had."""
    known = registers(here)
    there = {
        name: code for name, code in here.company.choices.work_types.items() if key(name) not in set(map(key, words))
    }
    for place, word in enumerate(words):
        code = here.said.values.get(forms.product(place), "")
        product = known.products.get(key(code)) if code else None
        if code and (product is None or not product.active):
            raise Unfit(forms.product_of(place, word), here.say("This product is not in use in Procountor."))
        if code:
            there[word] = code
    return {"work_types": there}


def registers(here: Here) -> Registers:
    """As they were last fetched."""
    known = facts.registers(Look(here.desk, here.company, here.say))
    assert known is not None  # without registers the form is not opened, and registers are never taken away
    return known


def _number(here: Here, field: str, least: int, most: int) -> int:
    number = whole(here.said.values.get(field, "").strip())
    if number is None or not least <= number <= most:
        raise Unfit(field, here.say("Give a whole number from {least} to {most}.", least=least, most=most))
    return number


def _one_of(here: Here, field: str, offered: tuple[str, ...]) -> str:
    value = here.said.values.get(field, "")
    if value not in offered:
        raise Unfit(field, here.say("Choose one of these."))
    return value
