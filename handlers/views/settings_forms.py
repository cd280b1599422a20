"""The forms in which an admin changes the company's rules; every field shows what holds now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from finance.agreement import WorkType
from finance.company import TARGET_FIELDS, Choices
from finance.faults import Choice
from finance.invoice import Channel
from finance.languages import LANGUAGES
from finance.registers import key
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views import claim_settings, pickers
from handlers.views.settings import Part, channel_name, language_name, rate, target_name, title
from handlers.views.tongue import LANGUAGES as SPOKEN
from handlers.views.tongue import Tongue

NONE = "-"
RATES = 12  # VAT percentages in a form
WORDS = 10  # work types in a form


@dataclass(frozen=True, slots=True)
class Known:
    """What the registers say about what is set now.

    ``labels`` are those of accounts by code, ``centre`` the default cost centre's, ``dimensions`` the names of all,
    ``rates`` the VAT percentages asked about ("" for all others).
    """

    labels: Mapping[str, str]
    centre: str
    dimensions: Sequence[str]
    rates: Sequence[str]


def invoices(say: Tongue, choices: Choices, country: Choice | None, meta: str) -> Modal:
    """How invoices go when the file does not say, and how many at once."""
    sending = [(c.value, channel_name(say, c)) for c in Channel]
    drive = [("no", say("Sent with the invoices")), ("yes", say("Added by hand in Procountor (Google Drive)"))]
    chosen = "yes" if choices.google_drive else "no"
    place = (country.value, country.label) if country else None
    fields = [
        b.field("default_channel", say("How they are sent when the file does not say"),
                b.select("default_channel", say("Choose"), sending, choices.default_channel.value)),
        b.field("settings.country", say("Country of an address without one"),
                b.search("settings.country", say("Type to search"), place),
                say("Left empty, an address without a country is a fault to be mended."), optional=True),
        b.field("google_drive", say("Attachments"), b.select("google_drive", say("Choose"), drive, chosen)),
        b.field("largest_batch", say("Invoices in a batch, at most"),
                b.text_input("largest_batch", str(choices.largest_batch), most=6)),
        b.field("reference_hours", say("Registers are fetched again before a check when older than, hours"),
                b.text_input("reference_hours", str(choices.reference_hours), most=4)),
    ]  # fmt: skip
    return _form(say, Part.INVOICES, fields, meta)


def messages(say: Tongue, choices: Choices, meta: str) -> Modal:
    """Where and in what language the company is spoken to."""
    spoken = [(code, language_name(say, code)) for code in SPOKEN]
    printed = [(code, language_name(say, code)) for code in LANGUAGES]
    fields = [
        b.field("result_channel", say("Channel for the results of batches"),
                pickers.channel("result_channel", say("Choose a channel"), choices.result_channel),
                say("Invite Kierto there: /invite @Kierto"), optional=True),
        b.field("channel_language", say("Language in channels"),
                b.select("channel_language", say("Choose"), spoken, choices.channel_language)),
        b.field("default_language", say("Language of an invoice that names none"),
                b.select("default_language", say("Choose"), printed, choices.default_language)),
        b.field("reminder_hour", say("Reminders come at"),
                pickers.hour("reminder_hour", say("Choose"), choices.reminder_hour),
                say("For those who have chosen no hour of their own; local time.")),
        b.field("vat_period", say("VAT returns are given"),
                b.select("vat_period", say("Choose"), _periods(say), choices.vat_period),
                say("Finance’s morning message counts down to the day.")),
    ]  # fmt: skip
    return _form(say, Part.MESSAGES, fields, meta)


def _periods(say: Tongue) -> list[tuple[str, str]]:
    return [
        ("month", say("each month")),
        ("quarter", say("each quarter")),
        ("year", say("once a year")),
        ("none", say("not at all")),
    ]


def bills(say: Tongue, choices: Choices, meta: str) -> Modal:
    """Who gets a bill that names nobody, and where numbers are looked for, in order."""
    offered = [(NONE, say("none")), *((name, target_name(say, name)) for name in TARGET_FIELDS)]
    hint = say("He needs the right to receive bills.")
    fields = [
        b.field("default_recipient", say("Who gets the bills that name nobody"),
                pickers.person("default_recipient", say("Choose a person"), choices.default_recipient), hint,
                optional=True),
        b.section(say("Where a bill’s project or person number is looked for; the first place that has one counts.")),
    ]  # fmt: skip
    for place in range(len(TARGET_FIELDS)):
        now = choices.target_fields[place] if place < len(choices.target_fields) else NONE
        label = say("Place {n}", n=place + 1)
        fields.append(
            b.field(target(place), label, b.select(target(place), say("Choose"), offered, now), optional=True)
        )
    return _form(say, Part.BILLS, fields, meta)


def claims(say: Tongue, choices: Choices, meta: str) -> Modal:
    """How many vouchers claims make, and what company money becomes."""
    return _form(say, Part.CLAIMS, claim_settings.fields(say, choices), meta)


def accounts(say: Tongue, choices: Choices, known: Known, meta: str) -> Modal:
    """Accounts by VAT percentage, the default cost centre, and which dimensions are meant."""
    fields: list[Block] = [b.section(say("The account of a sales row that names none, by its VAT percentage."))]
    for place, percent in enumerate(known.rates[:RATES]):
        code = choices.default_account.get(percent, "")
        shown = (code, known.labels.get(code, code)) if code else None
        picker = b.search(account(place), say("Type to search"), shown)
        fields.append(b.field(account(place), rate(say, percent), picker, optional=True))
    centre = choices.default_cost_centre
    picker = b.search("settings.centre", say("Type to search"), (centre, known.centre) if centre else None)
    fields.append(b.field("settings.centre", say("Cost centre of a row that names none"), picker, optional=True))
    dimensions = [(name, name) for name in known.dimensions[:99]]
    if dimensions:
        own = b.select("cost_centre_dimension", say("Choose"), dimensions, choices.cost_centre_dimension)
        fields.append(b.field("cost_centre_dimension", say("Procountor’s dimension of cost centres"), own))
        projects = b.select(
            "project_dimension", say("Choose"), [(NONE, say("none")), *dimensions], choices.project_dimension or NONE
        )
        fields.append(b.field("project_dimension", say("Procountor’s dimension of projects"), projects))
    return _form(say, Part.ACCOUNTS, fields, meta)


def work_types(say: Tongue, found: Sequence[WorkType], labels: Mapping[str, str], more: int, meta: str) -> Modal:
    """A product for each work type; ``more`` are left for the next form."""
    if not found:
        text = say("No waiting invoice has a work type. When new ones come, they are asked for here.")
        return Modal(title(say, Part.WORK_TYPES), (b.section(text),), "settings.none", say("Close"))
    fields: list[Block] = [b.section(say("Which product of Procountor’s is meant. It decides the account."))]
    for place, one in enumerate(found[:WORDS]):
        shown = (one.code, labels.get(one.code, one.code)) if one.product else None
        hint = say.n("on {n} waiting invoice", "on {n} waiting invoices", one.documents) if one.documents else ""
        picker = b.search(product(place), say("Type to search"), shown)
        fields.append(b.field(product_of(place, one.name), b.clean(one.name) or "?", picker, hint, optional=True))
    if more:
        fields.append(b.context(say.n("{n} more after saving", "{n} more after saving", more)))
    return _form(say, Part.WORK_TYPES, fields, meta)


def account(place: int) -> str:
    """The name of the field of the account at ``place``."""
    return f"settings.account.{place}"


def product(place: int) -> str:
    """The name of the field of the work type at ``place``."""
    return f"settings.product.{place}"


def product_of(place: int, work_type: str) -> str:
    """The name of the block of a work type's field: Slack keeps what was chosen under a name when the form changes."""
    return f"product.{place}.{sha256(key(work_type).encode()).hexdigest()[:16]}"


def target(place: int) -> str:
    """The name of the field for the place in which numbers are looked for."""
    return f"target.{place}"


def _form(say: Tongue, part: Part, fields: Sequence[Block], meta: str) -> Modal:
    return Modal(title(say, part), tuple(fields), f"settings.{part.name.lower()}", say("Close"), say("Save"), meta)
