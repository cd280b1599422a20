"""What every message says, word for word, kept beside the tests; run as a program it writes that anew."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
SKIPPED = ("preview, large", "list, large", "ready, large", "paid, large")


def told(area: str, language: str) -> str:
    """All messages of an area in one language, as lines."""
    from views_drawn import read
    from views_states import areas

    from handlers.chat import Picture
    from handlers.views.tongue import Tongue

    lines: list[str] = []
    for name, draw in areas()[area].items():
        if name in SKIPPED:
            continue
        lines += [f"===== {name}"]
        for drawn in draw(Tongue(language)):
            lines += [f"--- {drawn.text}" if isinstance(drawn, Picture) else "---", *read(drawn)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def kept(area: str, language: str) -> str:
    """The same as it was when somebody last read it."""
    return (FOLDER / f"{area}.{language}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from views_drawn import LANGUAGES
    from views_states import areas

    FOLDER.mkdir(exist_ok=True)
    for area in areas():
        for language in LANGUAGES:
            (FOLDER / f"{area}.{language}.txt").write_text(told(area, language), encoding="utf-8")
