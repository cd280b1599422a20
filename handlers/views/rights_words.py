"""Rights and limits in words, alike wherever they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from finance.authority import Limits, Right
from finance.limits import Slip, Unfit
from handlers.views import blocks as b
from handlers.views.notices import right_name
from handlers.views.tongue import Tongue

LIMITED = (Right.APPROVE, Right.APPROVE_CLAIMS)
"""Rights that are worth nothing without a limit."""

FIELDS = {Right.APPROVE: "limits", Right.APPROVE_CLAIMS: "claim_limits"}

Given = Mapping[Right, Limits]


def worded(say: Tongue, rights: Given) -> str:
    """The rights in words, with their limits; "" for none."""
    told = []
    for right in Right:
        if right in rights:
            most = limits(say, rights[right]) if right in LIMITED else ""
            told.append(f"{right_name(say, right)} ({most})" if most else right_name(say, right))
    return ", ".join(told)


def limits(say: Tongue, given: Limits) -> str:
    """Limits in words; no limit is spelled out, and so is that nothing may be approved."""
    if not given:
        return say("no limit set: approves nothing")
    told = [
        say("{currency} without limit", currency=code)
        if most is None
        else say("up to {amount}", amount=say.money(most, code))
        for code, most in sorted(given.items())
    ]
    return "; ".join(told)


def written(say: Tongue, given: Limits) -> str:
    """Limits as they could have been typed, one in a line."""
    lines = [f"{code} {say('no limit') if most is None else say.amount(most)}" for code, most in sorted(given.items())]
    return "\n".join(lines)


def unfit(say: Tongue, slips: Sequence[Unfit]) -> str:
    """Why what was typed is no limit; plain text, the first slip."""
    slip = slips[0]
    found = b.cut(b.clean(slip.found), 40)
    one, other = (*slip.readings, "", "")[:2]
    return {
        Slip.CURRENCY: say("“{found}”: which currency? Write it like this: EUR 5000", found=found),
        Slip.AMOUNT: say("“{found}” is not an amount. Write it like this: EUR 5000,00 or EUR no limit", found=found),
        Slip.AMBIGUOUS: say(
            "“{found}” could mean {one} or {other}. Write it without a separator of thousands, or with two decimals.",
            found=found,
            one=one,
            other=other,
        ),
        Slip.CENTS: say("“{found}” has more than two decimals.", found=found),
        Slip.NEGATIVE: say("“{found}”: a limit cannot be negative.", found=found),
        Slip.LARGE: say("“{found}” is too large. Write “no limit” if there is to be none.", found=found),
        Slip.TWICE: say("{currency} stands there twice.", currency=found),
    }[slip.slip]


def fresh(say: Tongue, moments: Mapping[Right, datetime]) -> list[str]:
    """From when what somebody gave himself can be used, a line for each moment."""
    by: dict[datetime, list[Right]] = {}
    for right, moment in moments.items():
        by.setdefault(moment, []).append(right)
    return [
        ":hourglass_flowing_sand: "
        + say("Usable from {moment}: {rights}", moment=moment, rights=", ".join(right_name(say, r) for r in given))
        for moment, given in sorted(by.items())
    ]


def label(say: Tongue, right: Right) -> str:
    """A right as the label of a box."""
    name = right_name(say, right)
    return name[:1].upper() + name[1:]


def allows(say: Tongue, right: Right) -> str:
    """What a right allows, in one short sentence."""
    return {
        Right.ADMIN: say("Settings, the connection, and other people’s rights."),
        Right.FINANCE: say("Brings in, checks and sends invoices, bills and claims."),
        Right.RECEIVE: say("Bills may be directed to this person."),
        Right.SEE_ALL: say("Sees every bill of the company."),
        Right.SEE_OWN: say("Sees the bills directed to this person."),
        Right.PRE_APPROVE: say("Checks bills before they are approved. Books nothing."),
        Right.APPROVE: say("Approves bills up to the limits below. This commits the money."),
        Right.APPROVE_CLAIMS: say("Approves expense and travel claims up to the limits below."),
    }[right]
