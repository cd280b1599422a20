"""What can be wrong with a document or a file, as values: a code, a place, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Fact = str | int | Decimal | date


class Repair(StrEnum):
    """The form a person mends the fault with; NONE when it is mended in the source or by someone else."""

    NONE = "none"
    CHOOSE = "choose"  # pick one of `choices` (or search the register named by `register`)
    TEXT = "text"  # type a replacement, `proposal` filled in
    DATE = "date"
    DROP = "drop"  # leave the attachment out
    COMPANY = "company"  # say which company the file belongs to


class Who(StrEnum):
    """Who is able to put it right."""

    SENDER = "sender"  # whoever sends the batch
    ADMIN = "admin"  # the bot's admin in Slack
    PSA = "psa"  # whoever makes the invoice in the project system
    ACCOUNTANT = "accountant"  # whoever keeps the books in Procountor


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in the three languages, with {named} places for facts."""

    fi: str
    sv: str
    en: str

    def by(self, language: str) -> str:
        """The sentence in ``language`` ("fi", "sv", anything else is English)."""
        return {"fi": self.fi, "sv": self.sv}.get(language, self.en)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value a person may pick: what is stored, and what is shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, in one place.

    ``where`` is a path into the document ("buyer.e_invoice.operator", "lines[2].vat_percent"); ``place`` a place in the
    file ("row 7", "InvoiceDetails/InvoiceDate"). ``facts`` fill the sentence; amounts and dates stay typed
    so that each reader sees them in his own format. ``warning`` faults are told but do not stop the document.
    """

    code: str
    where: str = ""
    found: str = ""
    expected: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    repair: Repair = Repair.NONE
    register: str = ""  # "operator", "account", "cost_centre", "vat", "product", "country", "unit", "language", …
    choices: tuple[Choice, ...] = ()
    proposal: str = ""
    file: str = ""
    place: str = ""
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """A row of the table that turns a code into sentences: what is wrong, what to do, who can do it."""

    code: str
    says: Words
    do: Words
    who: Who = Who.SENDER
