"""What every message says, word for word, kept beside the tests; run as a program it writes that anew."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
SKIPPED = ("preview, large", "list, large", "ready, large")


def told(language: str) -> str:
    """All messages in one language, as lines."""
    from views_states import read, states

    from handlers.chat import Picture
    from handlers.views.tongue import Tongue

    lines: list[str] = []
    for name, draw in states().items():
        if name in SKIPPED:
            continue
        lines += [f"===== {name}"]
        for drawn in draw(Tongue(language)):
            lines += [f"--- {drawn.text}" if isinstance(drawn, Picture) else "---", *read(drawn)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def kept(language: str) -> str:
    """The same as it was when somebody last read it."""
    return (FOLDER / f"{language}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    FOLDER.mkdir(exist_ok=True)
    for name in ("fi", "sv", "en"):
        (FOLDER / f"{name}.txt").write_text(told(name), encoding="utf-8")
