"""Text from files made safe to carry: one form of blanks, no control or direction marks."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_BLANKS = re.compile(r"[^\S\n]+")


def one_line(text: str) -> str:
    """``text`` on one line, trimmed, every run of blanks one space."""
    if text.isprintable():
        return " ".join(text.split())
    return " ".join(_UNSEEN.sub("", text.replace("\r", "\n").replace("\u2028", "\n")).split())


def lines(text: str) -> str:
    """``text`` with its line breaks kept and everything else as in ``one_line``."""
    if text.isprintable():
        return " ".join(text.split())
    kept = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in kept.split("\n")).strip()


def bare(text: str) -> str:
    """``text`` for comparing words: letters and digits only, case and compatibility forms folded."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def shown(text: str, limit: int = 60) -> str:
    """``text`` as a fault quotes it: one line, cut at ``limit``."""
    flat = one_line(text)
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
