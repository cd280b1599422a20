"""Words that stand beside no hash of their own carry one at their end, so that a changed byte does not pass for theirs.

It is one more member of the JSON object that they are: programs that do not know it read past it, and what they write
without one is read as ever.
"""

from __future__ import annotations

import hashlib

from storage.damage import Damaged

_BEGIN, _SIGNS = '"_sum":"', 16
_LENGTH = len(_BEGIN) + _SIGNS + len('"}')


def summed(text: str) -> str:
    """A JSON object with its sum; anything else as it is."""
    if not text.endswith("}"):
        return text
    comma = "" if text == "{}" else ","
    return f'{text[:-1]}{comma}{_BEGIN}{_sum(text)}"}}'


def proven(kept: str, what: str) -> str:
    """The object without its sum, or what never had one. Raises `storage.damage.Damaged` when they do not fit."""
    end = kept[-_LENGTH:]
    if not end.startswith(_BEGIN):
        return kept
    text = kept[:-_LENGTH].removesuffix(",") + "}"
    if end[len(_BEGIN) : -2] != _sum(text):
        raise Damaged(what)
    return text


def _sum(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=_SIGNS // 2).hexdigest()
