"""A worker that `kierto run` keeps ends with it, even when that is killed: its end of a pipe closes.

Left alone it would go on with the old program after an upgrade, and on SQLite keep the new one's worker out. It is
started before it may work, because reading the program takes longer than anything else at a start.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

KEPT = "KIERTO_KEPT"
GO = b"go\n"


def start() -> subprocess.Popen[Any]:
    """A worker in a process of its own, with this one's settings."""
    command = [sys.executable, "-m", "bot", "worker"]
    return subprocess.Popen(command, env={**os.environ, KEPT: "1"}, stdin=subprocess.PIPE)  # noqa: S603 - ourselves


def go(worker: subprocess.Popen[Any]) -> None:
    """Lets a worker begin; one that has died meanwhile does not hear it."""
    assert worker.stdin is not None
    with suppress(OSError):
        worker.stdin.write(GO)
        worker.stdin.flush()


def end(worker: subprocess.Popen[Any]) -> None:
    """Asks it to end, also while it waits to begin; who does not within ten seconds is killed."""
    assert worker.stdin is not None
    with suppress(OSError):
        worker.stdin.close()
    worker.terminate()
    with suppress(subprocess.TimeoutExpired):
        worker.wait(timeout=10)
    worker.kill()


def watch(stop: threading.Event) -> bool:
    """In the worker: returns when it may begin, and sets ``stop`` when the one who keeps it is gone.

    Does nothing in a worker started by itself: False.
    """
    if not os.environ.get(KEPT):
        return False
    if sys.stdin.buffer.readline() != GO:
        stop.set()
    threading.Thread(target=_until_alone, args=(stop,), name="kept", daemon=True).start()
    return True


def _until_alone(stop: threading.Event) -> None:
    sys.stdin.buffer.read()
    stop.set()
