"""Numbers as people type them after a command."""

from __future__ import annotations

DIGITS = 9  # what the databases' whole numbers surely hold


def whole(text: str) -> int | None:
    """The whole number in plain digits; None for anything else and for one too long to be a batch's or an invoice's."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
