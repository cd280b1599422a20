"""What is said when an older copy was put back, and when the disk is nearly full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from views_drawn import Drawn

from handlers.views import notices, safe_mode
from handlers.views.tongue import Tongue

ENDS = datetime(2026, 11, 24, 15, 12, tzinfo=UTC)
HERE = "Pohjantuuli Konsultointi Oy"

Draw = Callable[[Tongue], list[Drawn]]


def states() -> dict[str, Draw]:
    """Name → how it is drawn."""
    return {
        "safe mode begun": lambda say: [safe_mode.begun(say, HERE, ENDS, 812, "handle-1")],
        "safe mode begun, nothing known": lambda say: [safe_mode.begun(say, HERE, None, 0, "handle-1")],
        "safe mode, another Kierto": lambda say: [safe_mode.met(say, HERE, "1042", "handle-1")],
        "safe mode ended": lambda say: [safe_mode.ended(say), safe_mode.over(say)],
        "disk full": lambda say: [notices.full(say)],
    }


def hostile(text: str) -> dict[str, Draw]:
    """Those in which others' words stand."""
    return {
        "safe mode begun": lambda say: [safe_mode.begun(say, text, ENDS, 812, "handle-1")],
        "safe mode, another Kierto": lambda say: [safe_mode.met(say, text, text, "handle-1")],
    }
