"""How much somebody may approve, as people type it: "EUR 5000, SEK 50 000, USD no limit". Nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from finance.authority import Limits
from finance.currencies import CURRENCIES

LARGEST = Decimal(10) ** 10  # of any currency: more is a slip of the hand
UNLIMITED = frozenset(
    ("-", "–", "—", "no limit", "unlimited", "ei rajaa", "rajaton", "ingen gräns", "obegränsat", "obegränsad")
)
"""What stands for no limit: said in words, or as the dash of a price list. Nothing at all never does."""

_SPACE = re.compile(r"[\u00a0\u2007\u202f\s]+")
_PARTS = re.compile(r"[\n;]|,(?=\s|$|[A-Za-z€])")
_FIRST = re.compile(r"(€|[A-Za-z]{3}(?![A-Za-z]))\s*[:=]?\s*(.*)", re.S)
_LAST = re.compile(r"(.*?)\s*(€|(?<![A-Za-z])[A-Za-z]{3})", re.S)
_PLAIN = re.compile(r"([0-9]+)(?:([.,])([0-9]+))?")
_SPACED = re.compile(r"([0-9]{1,3}(?: [0-9]{3})+)(?:[.,]([0-9]+))?")
_GROUPED = re.compile(r"([0-9]{1,3}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]+))?")


class Slip(StrEnum):
    """What is wrong with what was typed."""

    CURRENCY = "currency"  # no currency, or one there is not
    AMOUNT = "amount"  # not an amount, nor a word for no limit
    AMBIGUOUS = "ambiguous"  # 1.234 and 1,234 may mean two things
    CENTS = "cents"  # more than two decimals
    NEGATIVE = "negative"
    LARGE = "large"
    TWICE = "twice"  # the same currency again


@dataclass(frozen=True, slots=True)
class Unfit:
    """One part that cannot be read; ``readings`` are what it may mean."""

    slip: Slip
    found: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """The limits that could be read, and what could not: only without ``unfit`` may they be used."""

    limits: Limits = field(default_factory=dict)
    unfit: tuple[Unfit, ...] = ()


def read(text: str) -> Typed:
    """Limits by currency, one in a line or with commas between. Raises nothing."""
    found: dict[str, Decimal | None] = {}
    unfit: list[Unfit] = []
    for part in (_SPACE.sub(" ", part).strip() for part in _PARTS.split(text)):
        if not part:
            continue
        currency, rest = _divided(part)
        if currency not in CURRENCIES:
            unfit.append(Unfit(Slip.CURRENCY, part))
            continue
        most = None if rest.casefold() in UNLIMITED else amount(rest)
        if isinstance(most, Unfit):
            unfit.append(most if rest else Unfit(Slip.AMOUNT, part))
        elif currency in found:
            unfit.append(Unfit(Slip.TWICE, currency))
        else:
            found[currency] = most
    return Typed(found, tuple(unfit))


def amount(text: str) -> Decimal | Unfit:
    """An amount of at most two decimals as Finns, Swedes and the English write it (reliability.md, T4)."""
    text = _SPACE.sub(" ", text).strip()
    if re.match(r"[-\u2212\u2013] ?[0-9]", text):
        return Unfit(Slip.NEGATIVE, text)
    if plain := _PLAIN.fullmatch(text):
        whole, sign, decimals = plain[1], plain[2], plain[3] or ""
        if sign and len(decimals) == 3 and len(whole) <= 3 and not whole.startswith("0"):
            return Unfit(Slip.AMBIGUOUS, text, (whole + decimals, f"{whole},{decimals}"))
    elif spaced := _SPACED.fullmatch(text):
        whole, decimals = spaced[1].replace(" ", ""), spaced[2] or ""
    elif grouped := _GROUPED.fullmatch(text):
        whole, decimals = re.sub(r"[.,]", "", grouped[1]), grouped[3] or ""
    else:
        return Unfit(Slip.AMOUNT, text)
    if len(decimals) > 2:
        return Unfit(Slip.CENTS, text)
    if len(whole.lstrip("0")) > 11 or Decimal(whole) > LARGEST:
        return Unfit(Slip.LARGE, text)
    return Decimal(f"{whole}.{decimals or '0'}").quantize(Decimal("0.01"))


def _divided(part: str) -> tuple[str, str]:
    """The currency and what stands beside it, before or after; "" for none."""
    if first := _FIRST.fullmatch(part):
        code, rest = first[1], first[2]
    elif last := _LAST.fullmatch(part):
        rest, code = last[1], last[2]
    else:
        return "", part
    return "EUR" if code == "€" else code.upper(), rest.strip()
