"""What a fetch of reference data brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views.tongue import Tongue

ACCOUNTS = 10  # told of in one message


@dataclass(frozen=True, slots=True)
class Register:
    """A register's size now, what has come and what has gone since the fetch before.

    VAT rates as plain numbers, periods as two ISO dates with a slash between.
    """

    name: str
    size: int
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def fetched(say: Tongue, registers: Sequence[Register], at: datetime) -> Picture:
    """The sizes, and only what has changed in detail; ``at`` is when it was fetched."""
    lines = []
    for register in registers:
        parts = (f"• {_name(say, register)}: *{say.shown(register.size)}*", *_moves(say, register))
        lines.append(" · ".join(parts))
    text = say("Fetched from Procountor")
    head = f":arrows_counterclockwise: *{text}* · {say.moment(at)}"
    return Picture(text, tuple(b.paragraphs([head, *lines])))


def no_such_part(say: Tongue, typed: str) -> str:
    """What was typed after `sync` is none of the registers."""
    return say(
        "I do not know “{typed}”. There are: accounts, dimensions, vat, products, persons, bank, periods, operators "
        "and all.",
        typed=b.safe(typed, 40),
    )


def people(say: Tongue) -> str:
    """People are being looked at by a worker."""
    return say("People are being looked at anew. Those who need a word from an admin show in the setup.")


def lacking(say: Tongue) -> str:
    """The key's user may not see all of the registers."""
    return say(
        "Procountor does not let our key see all of the registers, so nothing was changed. Ask your admin: the key’s "
        "user lacks a right."
    )


def morning(say: Tongue, registers: Sequence[Register], strange: Sequence[tuple[str, int]]) -> Picture:
    """What a new day has brought: registers that changed, and accounts waiting invoices name that are not ours.

    ``strange`` are such accounts, masked, each with how many invoices name it.
    """
    counts = [_counted(say, register) for register in registers]
    head = say("Something has changed in Procountor")
    told = [line for count in counts for line in count]
    lines = [f":arrows_counterclockwise: *{head}*"] if told else []
    lines += [f"• {line}" for line in told]
    for iban, count in strange[:ACCOUNTS]:
        text = say.n(
            "{n} waiting invoice is to be paid to {iban}, which is not an open account of the company in Procountor.",
            "{n} waiting invoices are to be paid to {iban}, which is not an open account of the company in Procountor.",
            count,
            iban=b.safe(iban, 40),
        )
        lines.append(f":warning: {text}")
    return Picture(head if told else say("An account is not the company’s"), tuple(b.paragraphs(lines)))


def _counted(say: Tongue, register: Register) -> list[str]:
    """How many have come and gone, with the first of them."""
    told = []
    if register.new:
        count = say.n("{n} new", "{n} new ones", len(register.new))
        told.append(f"{_name(say, register)}: {count} ({_some(say, register, register.new)})")
    if register.gone:
        told.append(f"{_name(say, register)}: {_gone(say, register)} ({_some(say, register, register.gone)})")
    return told


def _gone(say: Tongue, register: Register) -> str:
    count = len(register.gone)
    if register.name == "operators":  # nobody closes one: the last customer who had it has gone elsewhere
        return say.n("{n} no longer used", "{n} no longer used", count)
    return say.n("{n} closed", "{n} closed ones", count)


def _name(say: Tongue, register: Register) -> str:
    return {
        "accounts": say("Ledger accounts"),
        "vat": say("VAT rates for sales"),
        "dimensions": say("Cost centres and projects"),
        "products": say("Products"),
        "banks": say("Bank accounts"),
        "periods": say("Periods open for bookkeeping"),
        "operators": say("E-invoice operators of customers"),
    }[register.name]


def _moves(say: Tongue, register: Register) -> list[str]:
    told = []
    if register.new:
        told.append(say("new: {which}", which=_some(say, register, register.new)))
    if register.gone:
        which = _some(say, register, register.gone)
        closed = register.name != "operators"
        told.append(say("closed: {which}", which=which) if closed else say("no longer used: {which}", which=which))
    return told


def _some(say: Tongue, register: Register, values: Sequence[str]) -> str:
    told = [_told(say, register, value) for value in values[:5]]
    return ", ".join(told) + (f" (+{len(values) - 5})" if len(values) > 5 else "")


def _told(say: Tongue, register: Register, value: str) -> str:
    if register.name == "vat":
        return f"{say.shown(Decimal(value))} %"
    if register.name == "periods":
        return "–".join(say.shown(date.fromisoformat(day)) for day in value.split("/"))
    return b.safe(value, 40)
