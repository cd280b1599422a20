"""What a fetch of reference data brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views.tongue import Tongue

ACCOUNTS = 10  # told of in one message


@dataclass(frozen=True, slots=True)
class Register:
    """A register's size now, what has come and what has gone since the fetch before; VAT rates as plain numbers."""

    name: str
    size: int
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def fetched(say: Tongue, registers: Sequence[Register]) -> Picture:
    """The sizes, and only what has changed in detail."""
    lines = []
    for register in registers:
        parts = (f"• {_name(say, register)}: *{say.shown(register.size)}*", *_moves(say, register))
        lines.append(" · ".join(parts))
    text = say("Fetched from Procountor")
    return Picture(text, (b.section(f":arrows_counterclockwise: *{text}*\n" + "\n".join(lines)),))


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
        count = say.n("{n} closed", "{n} closed ones", len(register.gone))
        told.append(f"{_name(say, register)}: {count} ({_some(say, register, register.gone)})")
    return told


def _name(say: Tongue, register: Register) -> str:
    return {
        "accounts": say("Ledger accounts"),
        "vat": say("VAT rates for sales"),
        "dimensions": say("Cost centres and projects"),
        "products": say("Products"),
        "banks": say("Bank accounts"),
    }[register.name]


def _moves(say: Tongue, register: Register) -> list[str]:
    told = []
    if register.new:
        told.append(say("new: {which}", which=_some(say, register, register.new)))
    if register.gone:
        told.append(say("closed: {which}", which=_some(say, register, register.gone)))
    return told


def _some(say: Tongue, register: Register, values: Sequence[str]) -> str:
    told = [f"{say.shown(Decimal(v))} %" if register.name == "vat" else b.safe(v, 40) for v in values[:5]]
    return ", ".join(told) + (f" (+{len(values) - 5})" if len(values) > 5 else "")
