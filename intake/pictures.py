"""The first page of a bill's document as a picture, drawn by a process that may die of it (reliability.md D4, J4)."""

from __future__ import annotations

from pathlib import Path

from intake import apart
from intake.attachments import kind_of

DRAWN = frozenset({"pdf", "png", "jpg", "gif"})
"""Kinds of files (`intake.attachments.kind_of`) that a first page can be drawn of."""

SHOWN = DRAWN
"""Kinds that may be put before people: nothing that runs, opens elsewhere or hides another file."""

LARGEST = 10_000_000  # bytes of a file that is looked into
_PROGRAM = Path(__file__).with_name("first_page.py")


class Undrawable(ValueError):
    """No picture can be made of it: not a known kind, broken, locked, too large, or a bomb."""


def first_page(content: bytes) -> bytes:
    """The first page as a JPEG of at most 1000 x 1414 pixels and two megabytes. Raises Undrawable.

    The kind is judged by the content. Memory, time and size are held by the system, not by the libraries.
    """
    if len(content) > LARGEST or kind_of(content) not in DRAWN:
        raise Undrawable("not a document that can be drawn")
    try:
        code, drawn = apart.run(_PROGRAM, content)
    except apart.Ended as failed:
        raise Undrawable(str(failed)) from failed
    if code != 0 or not drawn.startswith(b"\xff\xd8\xff"):
        raise Undrawable(f"the program ended with {code}")
    return drawn
