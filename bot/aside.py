"""A task that was under way when its worker died, and again, is carried out in a process of its own.

When a worker dies nobody can say which of its tasks has killed it, or whether the machine was switched off. In a
process of its own a task's death is its own: the worker sees it, counts it, and goes on. That process is a copy of the
worker's as it was before it did anything, kept for this.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import select
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from bot.incident import told
from handlers.chat import ChatTrouble

log = logging.getLogger(__name__)

MEMORY = 1 << 30
"""Bytes that a task may fill; the whole program takes a fifth of it."""

Perform = Callable[[str, list[str]], None]
Build = Callable[[], Perform]


class Failed(RuntimeError):
    """The task did not succeed there. ``passing``: what kept it from it goes by itself."""

    def __init__(self, what: str, *, passing: bool = False) -> None:
        super().__init__(what)
        self.passing = passing


class Gone(RuntimeError):
    """The process kept for this is no more; another worker has another."""


class Aside:
    """Carries out one task at a time. Made before the process has threads, connections or locks."""

    def __init__(self, build: Build, longest: float, passing: Callable[[Exception], bool]) -> None:
        """``build`` opens the house there; a task is ended after ``longest`` seconds; ``passing`` judges failures."""
        ours, theirs = socket.socketpair()
        if os.fork() == 0:
            try:
                ours.close()
                _keep(theirs, build, longest, passing)
            finally:
                os._exit(0)
        theirs.close()
        self._line = ours.makefile("rw", encoding="utf-8", newline="\n")
        ours.close()
        self._lock = threading.Lock()

    def perform(self, task: str, args: list[str]) -> None:
        """Raises what the task raised there, as far as somebody asks about it; else Failed. Raises Gone."""
        with self._lock:
            try:
                self._line.write(json.dumps([task, args]) + "\n")
                self._line.flush()
                answer = self._line.readline()
            except OSError as gone:
                raise Gone from gone
        if not answer:
            raise Gone
        found: dict[str, Any] = json.loads(answer)
        if found.get("chat"):
            raise ChatTrouble(found["chat"], certain=found["certain"])
        if found.get("failed"):
            raise Failed(found["failed"], passing=found.get("passing", False))

    def close(self) -> None:
        """Lets go of the process; what it is doing ends."""
        with suppress(OSError):
            self._line.close()


def _keep(line: socket.socket, build: Build, longest: float, passing: Callable[[Exception], bool]) -> None:
    """Waits for tasks, each for a copy of itself; ends with the worker."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, signal.SIG_DFL)
    with line.makefile("r", encoding="utf-8", newline="\n") as asked:
        for wanted in asked:
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    _carry_out(line, build, longest, passing, *json.loads(wanted))
                    code = 0
                finally:
                    os._exit(code)
            _, status = os.waitpid(child, 0)
            code = os.waitstatus_to_exitcode(status)
            if code != 0:
                line.sendall(_said(failed=f"its process died ({signal.Signals(-code).name if code < 0 else code})"))


def _carry_out(
    line: socket.socket, build: Build, longest: float, passing: Callable[[Exception], bool], task: str, args: list[str]
) -> None:
    threading.Thread(target=_end_with, args=(line,), daemon=True).start()
    try:
        perform = build()
        _bound(longest)
        perform(task, args)
        answer = _said()
    except ChatTrouble as trouble:
        answer = _said(chat=trouble.code, certain=trouble.certain)
    except Exception as failed:  # noqa: BLE001 - whatever it is, the worker is told
        answer = _said(failed=told(failed), passing=passing(failed))
    line.sendall(answer)


def _said(**more: object) -> bytes:
    return (json.dumps(more) + "\n").encode()


def _bound(longest: float) -> None:
    """The system ends what takes too long, in whatever it hangs, and refuses it more memory."""
    signal.setitimer(signal.ITIMER_REAL, longest)
    for what, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as first:
        first.write("1000")  # a machine that runs out of memory ends this one, not the worker


def _end_with(line: socket.socket) -> None:
    """Ends this process when the worker is gone: its end of the line closes."""
    look = select.poll()
    look.register(line, 0)  # that it is closed is told unasked
    look.poll()
    os._exit(1)
