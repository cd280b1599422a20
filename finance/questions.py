"""What Procountor's discussion gets of a question and its answer, marked so that it is written there once."""

from __future__ import annotations

import re

from finance.text import replaced, shortened

LONGEST = 2000  # characters of a question, and of an answer, in the discussion
_MARK = re.compile(r"\[q:(\d+)\.(\d+)\]")


def discussion(asker: str, question: str, asked: str, answer: str, id: int, number: int) -> str:
    """Who asked what and who answered what; ``number`` is which answer it is. Signs Procountor lacks are replaced."""
    said = [f"{asker} / Slack: {_told(question)}"] if number == 1 else []
    return "\n".join([*said, f"{asked} / Slack: {_told(answer)} [q:{id}.{number}]"])


def marked(text: str) -> tuple[int, int] | None:
    """The question and the answer a comment holds; None for others' comments."""
    found = _MARK.search(text)
    return (int(found[1]), int(found[2])) if found else None


def _told(text: str) -> str:
    return shortened(replaced(" ".join(text.split())), LONGEST)
