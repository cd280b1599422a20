"""The page draws every sign that the bot's messages use."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
KNOWN = (ROOT / "sandbox" / "slack" / "page" / "emoji.js").read_text()


def test_every_emoji_of_the_bot_is_drawn_as_a_picture() -> None:
    texts = [path.read_text() for path in (ROOT / "handlers").rglob("*.py")]
    texts += [path.read_text() for path in (ROOT / "handlers" / "words").glob("*.po")]
    used = {name for text in texts for name in re.findall(r"(?<![\w:]):([a-z][a-z0-9_]{2,}):(?![\w:])", text)}
    assert "white_check_mark" in used
    missing = {name for name in used if not re.search(rf"\b{name}\"?: \"", KNOWN)}
    assert missing == set()
