"""The fields of an invoice and their values by names that a reader knows instead of paths in our own model."""

from __future__ import annotations

import re
from decimal import Decimal

from finance import changes
from finance.identifiers import masked
from handlers.views.blocks import safe
from handlers.views.tongue import Tongue
from handlers.views.wordlists import wordlist

_STEP = re.compile(r"^(?P<part>[a-z_]+)\[(?P<place>[^\]]*)\]")
_PARTIES = ("seller", "buyer", "billing_address", "delivery_address")
_WHOLE = ("attachments", "stated.breakdown", "payment.discounts", "lines")  # told of as one thing
_MONEY = ("unit_price", "stated_net", "stated_vat", "stated_gross", "net", "vat", "gross")
DATES = frozenset(("issued", "due", "start", "end", "delivery_start", "delivery_end"))
NUMBERS = frozenset(
    ("quantity", "unit_price", "discount_percent", "vat_percent", "rate", "penalty_percent", "vat_status", *_MONEY)
)


def leaf(path: str) -> str:
    """The last name of a path: "unit_price" of "lines[2].unit_price"."""
    return re.sub(r"\[[^\]]*\]", "", path).rpartition(".")[2]


def name(say: Tongue, path: str) -> str:
    """The field at ``path`` in the reader's words: "rivi 3, yksikköhinta"; "" when it has no name here."""
    row = re.match(r"lines\[(\d+)\]", path)
    words = wordlist("fields")
    parts = [say.words(words["lines"], {"row": str(int(row[1]) + 1)})] if row else []
    whole = next((part for part in _WHOLE[:3] if path.startswith(part)), "")
    if whole:
        return _word(say, whole if whole in words else leaf(whole))
    first = path.partition(".")[0]
    if first in _PARTIES:
        parts.append(_word(say, first))
    own = leaf(path)
    if not (row and "." not in path) and own not in _PARTIES:
        parts.append(_word(say, _key(path, own, in_row=bool(row))))
    return ", ".join(filter(None, parts))


def _key(path: str, own: str, *, in_row: bool) -> str:
    if in_row and own in ("name", "kind"):
        return "lines.name" if own == "name" else "kind.line"
    special = (key for key in (f"stated.{own}", f"e_invoice.{own}") if path.endswith(key))
    return next((key for key in special if key in wordlist("fields")), own)


def _word(say: Tongue, key: str) -> str:
    found = wordlist("fields").get(key)
    return say.words(found, {}) if found else ""


def value(say: Tongue, path: str, told: changes.Value) -> str:
    """A field's value as this reader writes it, harmless in a message."""
    own = leaf(path)
    if told is None or told == "":
        return say("empty")
    if isinstance(told, bool):
        return _word(say, "yes" if told else "no")
    if own == "iban" and isinstance(told, str):
        return safe(masked(told))
    if isinstance(told, Decimal) and own in _MONEY:
        return say.amount(told)
    return (isinstance(told, str) and _word(say, f"{own}={told}")) or safe(say.shown(told), 60)


def change(say: Tongue, made: changes.Change) -> str:
    """One change as a line: what it was and what it is."""
    what = name(say, made.path) or _word(say, "other")
    what = what[0].upper() + what[1:]
    whole = re.fullmatch(r"(lines|attachments|payment\.discounts|stated\.breakdown)\[[^\]]*\]", made.path)
    if whole and made.old is None:
        return say("{what} added: {value}", what=what, value=value(say, "", made.new))
    if whole and made.new is None:
        return say("{what} removed: {value}", what=what, value=value(say, "", made.old))
    return f"{what}: {value(say, made.path, made.old)} → {value(say, made.path, made.new)}"
