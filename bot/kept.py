"""A worker that `kierto run` keeps ends with it, even when that is killed: its end of a pipe closes.

Left alone it would go on with the old program after an upgrade, and on SQLite keep the new one's worker out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import Any

KEPT = "KIERTO_KEPT"


def start() -> subprocess.Popen[Any]:
    """A worker in a process of its own, with this one's settings."""
    command = [sys.executable, "-m", "bot", "worker"]
    return subprocess.Popen(command, env={**os.environ, KEPT: "1"}, stdin=subprocess.PIPE)  # noqa: S603 - ourselves


def watch(stop: threading.Event) -> None:
    """In the worker: sets ``stop`` when the one who keeps it is gone. Does nothing in a worker started by itself."""
    if os.environ.get(KEPT):
        threading.Thread(target=_until_alone, args=(stop,), name="kept", daemon=True).start()


def _until_alone(stop: threading.Event) -> None:
    sys.stdin.buffer.read()
    stop.set()
