"""The company's rules at a glance: each part with what is set now and a button that opens its form."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum

from finance.company import Choices
from finance.invoice import Channel
from finance.languages import LANGUAGES
from handlers.chat import Block, Modal, Picture
from handlers.views import blocks as b
from handlers.views import claim_settings
from handlers.views.notices import person
from handlers.views.tongue import LANGUAGES as SPOKEN
from handlers.views.tongue import Tongue


class Part(StrEnum):
    """A form's worth of rules."""

    INVOICES = "invoices"
    ACCOUNTS = "accounts"
    MESSAGES = "messages"
    BILLS = "bills"
    CLAIMS = "claims"
    WORK_TYPES = "work types"


def title(say: Tongue, part: Part) -> str:
    return {
        Part.INVOICES: say("Sales invoices"),
        Part.ACCOUNTS: say("Booking"),
        Part.MESSAGES: say("Messages"),
        Part.BILLS: say("Bills"),
        Part.CLAIMS: say("Expense and travel claims"),
        Part.WORK_TYPES: say("Work types"),
    }[part]


def overview(say: Tongue, choices: Choices, handle: Callable[[Part], str], done: str = "") -> Modal:
    """Every part; ``done`` is what has just been saved."""
    told: list[Block] = [b.section(f":white_check_mark: {done}")] if done else []
    for part in Part:
        text = f"*{title(say, part)}*\n{_now(say, choices, part)}"
        told.append(b.section(text, b.button(say("Change"), "settings.part", handle(part))))
    note = say("What is changed is noted in the trail with your name, and holds from the next check on.")
    return Modal(say("Settings"), (*told, b.context(note)), "settings.all", say("Close"))


def _now(say: Tongue, choices: Choices, part: Part) -> str:
    lines = {
        Part.INVOICES: _invoices,
        Part.ACCOUNTS: _accounts,
        Part.MESSAGES: _messages,
        Part.BILLS: _bills,
        Part.CLAIMS: claim_settings.now,
        Part.WORK_TYPES: _work_types,
    }[part](say, choices)
    return " · ".join(lines)


def _invoices(say: Tongue, choices: Choices) -> list[str]:
    return [
        channel_name(say, choices.default_channel),
        say("country {country}", country=b.safe(choices.default_country))
        if choices.default_country
        else say("no country"),
        drive(say, choices.google_drive),
        say("at most {n} in a batch", n=choices.largest_batch),
        say("registers at most {n} h old", n=choices.reference_hours),
    ]


def _accounts(say: Tongue, choices: Choices) -> list[str]:
    told = defaults(say, choices) or [say("no accounts chosen")]
    if choices.default_cost_centre:
        told.append(say("cost centre {code}", code=b.safe(choices.default_cost_centre)))
    told.append(b.safe(choices.cost_centre_dimension))
    return told + ([b.safe(choices.project_dimension)] if choices.project_dimension else [])


def _messages(say: Tongue, choices: Choices) -> list[str]:
    where = f"<#{choices.result_channel}>" if choices.result_channel else say("no channel for results")
    return [
        where,
        say("channels in {language}", language=language_name(say, choices.channel_language)),
        say("invoices in {language}", language=language_name(say, choices.default_language)),
        say("reminders at {hour}", hour=hour(choices)),
    ]


def _bills(say: Tongue, choices: Choices) -> list[str]:
    who = person(say, choices.default_recipient) if choices.default_recipient else say("nobody")
    fields = ", ".join(target_name(say, name) for name in choices.target_fields)
    return [
        say("bills that name nobody: {who}", who=who),
        say("numbers are looked for in: {fields}", fields=fields),
    ]


def _work_types(say: Tongue, choices: Choices) -> list[str]:
    count = len(choices.work_types)
    return [say.n("{n} has its product", "{n} have their products", count) if count else say("none mapped yet")]


def defaults(say: Tongue, choices: Choices) -> list[str]:
    """The accounts chosen, by falling VAT percentage; the one for all others last."""
    by_rate = sorted(choices.default_account.items(), key=lambda pair: -_sortable(pair[0]))
    return [f"{rate(say, percent)} → {b.safe(code)}" for percent, code in by_rate]


def _sortable(percent: str) -> Decimal:
    try:
        return Decimal(percent) if percent else Decimal(-1)
    except ArithmeticError:
        return Decimal(-1)


def rate(say: Tongue, percent: str) -> str:
    """A VAT percentage as defaults keep it; none stands for all the others."""
    try:
        return f"{say.shown(Decimal(percent))} %" if percent else say("other rates")
    except ArithmeticError:  # typed on the command line
        return b.safe(percent, 20)


def channel_name(say: Tongue, channel: Channel) -> str:
    """How invoices are sent by Procountor."""
    return {
        Channel.E_INVOICE: say("e-invoice"),
        Channel.EMAIL: say("e-mail"),
        Channel.MAIL: say("letter"),
        Channel.NONE: say("not sent"),
    }[channel]


def drive(say: Tongue, by_hand: bool) -> str:
    """What happens to attachments (R32)."""
    return say("attachments added by hand (Google Drive)") if by_hand else say("attachments sent with the invoices")


def language_name(say: Tongue, code: str) -> str:
    """One of Procountor's languages, and so one of the bot's, as the reader calls it."""
    names = LANGUAGES.get(code, code).split(" / ")
    return b.safe(names[min(SPOKEN.index(say.language), len(names) - 1)])


def hour(choices: Choices) -> str:
    """When reminders come; only what a time of day is made of, whatever was typed on the command line."""
    return "".join(sign for sign in choices.reminder_hour if sign in "0123456789:")


def target_name(say: Tongue, field: str) -> str:
    """A field of a bill in which a project's or a person's number may stand (R44)."""
    return {
        "order_reference": say("order reference"),
        "buyer_reference": say("buyer’s reference"),
        "reference": say("reference number"),
        "note": say("notes"),
        "additional": say("additional information"),
        "rows": say("comments of the rows"),
    }.get(field, field)


def greeting(say: Tongue, company: str) -> Picture:
    """The first word in a channel that was chosen for results."""
    text = say("From now on Kierto tells the results of {company}’s batches here.", company=b.safe(company))
    return Picture(text, (b.section(f":inbox_tray: {text}"),))
