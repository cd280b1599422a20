"""The invoice's notes carry our marker, so that an invoice whose answer was lost can be found again."""

from __future__ import annotations

import re

LONGEST = 10_000
_TAG = "[kierto:"
_MARKER = re.compile(r"\[kierto:([!-Z^-~]{1,80})\]")


def with_marker(text: str, marker: str) -> str:
    """The internal note with the marker on a line of its own; a too long note loses its end, never the marker."""
    tag = f"{_TAG}{marker}]"
    kept = text.replace("\r\n", "\n").replace(_TAG, "(kierto:").strip()
    room = LONGEST - len(tag) - 1
    kept = kept if len(kept) <= room else kept[: room - 1] + "…"
    return f"{kept}\n{tag}" if kept else tag


def marker_in(text: str) -> str:
    """The last marker in an invoice's notes; "" when there is none."""
    found = _MARKER.findall(text)
    return found[-1] if found else ""
