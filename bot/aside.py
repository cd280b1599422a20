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
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Any

from bot.incident import told
from handlers.chat import ChatTrouble
from procountor.limiter import Pace, Unpaced

log = logging.getLogger(__name__)

MEMORY = 1 << 30
"""Bytes that a task may fill; the whole program takes a fifth of it."""

Perform = Callable[[str, list[str]], None]
Build = Callable[[Pace], Perform]


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
        """``build`` opens the house there, with the pace it is given.

        A task is ended after ``longest`` seconds; ``passing`` judges its failures.
        """
        ours, theirs = socket.socketpair()
        if os.fork() == 0:
            try:
                ours.close()
                _keep(theirs, build, longest, passing)
            finally:
                os._exit(0)
        theirs.close()
        self._line = Line(ours)
        self._lock = threading.Lock()
        self.pace: Pace = Unpaced()
        """The worker's own, which lets those requests go, too."""

    def perform(self, task: str, args: list[str]) -> None:
        """Raises what the task raised there, as far as somebody asks about it; else Failed. Raises Gone."""
        with self._lock:
            try:
                self._line.say([task, args])
                found = self._ended()
            except OSError as gone:
                raise Gone from gone
        if found.get("chat"):
            raise ChatTrouble(found["chat"], certain=found["certain"])
        if found.get("failed"):
            raise Failed(found["failed"], passing=found.get("passing", False))

    def _ended(self) -> dict[str, Any]:
        """How it has ended; its requests leave meanwhile."""
        away = 0
        try:
            while True:
                told: dict[str, Any] = self._line.hear()
                if "ask" in told:
                    away += self._let_go()
                elif "answered" in told:
                    away -= 1
                    self.pace.answered()
                else:
                    return told
        finally:
            for _ in range(away):
                self.pace.answered()

    def _let_go(self) -> int:
        """Lets a request leave; gives how many have left."""
        try:
            held = self.pace.wait()
        except OSError:
            self._line.say({"go": False})
            return 0
        with held or nullcontext():
            self._line.say({"go": True})
        return 1

    def close(self) -> None:
        """Lets go of the process; what it is doing ends."""
        self._line.close()


class Line:
    """Both ends say and hear whole things, a line each."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end
        self._heard = end.makefile("r", encoding="utf-8", newline="\n")

    def say(self, what: object) -> None:
        """Raises OSError when the other end is gone."""
        self.end.sendall((json.dumps(what) + "\n").encode())

    def hear(self) -> Any:
        """Raises ConnectionError when the other end is gone."""
        told = self._heard.readline()
        if not told:
            raise ConnectionError("the other end is gone")
        return json.loads(told)

    def close(self) -> None:
        with suppress(OSError):
            self.end.shutdown(socket.SHUT_RDWR)
        self._heard.close()
        self.end.close()


class FarPace:
    """The worker's pace, asked over the line."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._lock = threading.Lock()

    def wait(self) -> AbstractContextManager[None]:
        """Raises TimeoutError when the worker has no moment to give."""
        with self._lock:
            self._line.say({"ask": True})
            if not self._line.hear()["go"]:
                raise TimeoutError("the worker has no moment to give")
        return nullcontext()

    def answered(self) -> None:
        self._line.say({"answered": True})


def _keep(line: socket.socket, build: Build, longest: float, passing: Callable[[Exception], bool]) -> None:
    """Waits for tasks, each for a copy of itself; ends with the worker."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, signal.SIG_DFL)
    asked = Line(line)
    with suppress(ConnectionError):
        while True:
            wanted = asked.hear()
            if not isinstance(wanted, list):  # a moment that one who died meanwhile had asked for
                continue
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    _carry_out(asked, build, longest, passing, *wanted)
                    code = 0
                finally:
                    os._exit(code)
            _, status = os.waitpid(child, 0)
            code = os.waitstatus_to_exitcode(status)
            if code != 0:
                word = signal.Signals(-code).name if code < 0 else str(code)
                asked.say({"failed": f"its process died ({word})"})


def _carry_out(
    line: Line, build: Build, longest: float, passing: Callable[[Exception], bool], task: str, args: list[str]
) -> None:
    threading.Thread(target=_end_with, args=(line.end,), daemon=True).start()
    answer: dict[str, object] = {}
    try:
        perform = build(FarPace(line))
        _bound(longest)
        perform(task, args)
    except ChatTrouble as trouble:
        answer = {"chat": trouble.code, "certain": trouble.certain}
    except Exception as failed:  # noqa: BLE001 - whatever it is, the worker is told
        answer = {"failed": told(failed), "passing": passing(failed)}
    line.say(answer)


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
