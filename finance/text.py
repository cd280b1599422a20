"""Text that Procountor will take: Windows-1252 characters only, and no longer than a field allows."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Characters outside Windows-1252 that have a plain equivalent; anything else loses its accents or is left out.
_PLAIN = {
    "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⟶": "->", "➔": "->", "➜": "->",
    "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "−": "-", "‐": "-", "‑": "-", "‒": "-", "―": "–",
    "✓": "x", "✔": "x", "☑": "x", "★": "*", "☆": "*", "●": "•", "▪": "•", "◦": "•", "‣": "•", "․": ".", "∙": "·",
    "Ω": "ohm", "℃": "°C", "℉": "°F", "№": "No", "₂": "2", "₃": "3", "⁄": "/", "∕": "/", "×": "×", "″": '"', "′": "'",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "ı": "i", "ŋ": "n", "ə": "e", "ẞ": "SS", "₹": "INR", "₽": "RUB",
    "\u2028": "\n", "\u2029": "\n", "\u2007": " ", "\u2008": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ",
    "\u2002": " ", "\u2003": " ", "\u2005": " ", "\u3000": " ",
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i",
    "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T", "Х": "X",
    "Α": "A", "Β": "B", "Ε": "E", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T",
    "ο": "o", "α": "a",
}  # fmt: skip
_BREAKS = "\n\r\t"


def acceptable(text: str) -> bool:
    """Whether every character exists in Windows-1252 and none is a control character (rule R01)."""
    try:
        raw = text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return raw.translate(None, _CONTROLS) == raw


def strangers(text: str) -> tuple[str, ...]:
    """The characters that Procountor would refuse, each once, in their order."""
    return tuple(character for character in dict.fromkeys(text) if not _takes(character))


def shown(character: str) -> str:
    """A character so that a reader can find it: itself and its number, or the number alone when it has no shape."""
    code = f"U+{ord(character):04X}"
    return f"{character} ({code})" if character.isprintable() and not unicodedata.combining(character) else code


def replaced(text: str) -> str:
    """``text`` in characters Procountor takes: arrows drawn with signs, foreign accents dropped, emoji left out."""
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(c if _takes(c) else _replacement(c) for c in composed)
    return plain if plain == composed else "\n".join(map(_single_spaced, plain.split("\n")))


def shortened(text: str, limit: int) -> str:
    """``text`` cut at a word so that it and its "…" have at most ``limit`` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = max(cut.rfind(" "), cut.rfind("\n"))
    return (cut[:space] if space > limit * 2 // 3 else cut).rstrip(" ,;.-\n") + "…"


def _single_spaced(line: str) -> str:
    while "  " in line:
        line = line.replace("  ", " ")
    return line.strip(" ")


@lru_cache(maxsize=4096)
def _takes(character: str) -> bool:
    return acceptable(character)


@lru_cache(maxsize=4096)
def _replacement(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return "".join(_PLAIN.get(c, c) for c in bare if acceptable(_PLAIN.get(c, c)))


_CONTROLS = bytes(n for n in range(32) if chr(n) not in _BREAKS) + b"\x7f"
