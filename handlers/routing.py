"""The bot's whole vocabulary: what each journey answers to, gathered from the journeys themselves."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from finance.authority import Right

F = TypeVar("F", bound=Callable[..., Any])


Rights = Right | tuple[Right, ...] | None
"""Who may: those with the right, with any of several, or everybody of the workspace."""


@dataclass(frozen=True, slots=True)
class Route:
    """One thing the bot answers to.

    ``now``: answered at once at the edge (forms, selects: database only, no slow calls); otherwise it is kept and done
    by a worker. ``rights``: any of them will do; none is everybody of the workspace. ``usage`` and ``help`` are msgids
    for `help`. ``unconnected``: answered also before the company's books are connected.
    ``commands``: in a thread, a command stays a command (else all that is written there is meant for the thread).
    ``at_fault``: of what is buried, only what was at fault itself: nothing that passes kept it from succeeding.
    ``place``: where a section of the Home tab, a step of the setup or a part of the morning stands, the lowest first.
    """

    kind: str
    name: str
    run: Callable[..., Any]
    rights: tuple[Right, ...] = ()
    now: bool = False
    lane: str = "hear"
    usage: str = ""
    help: str = ""
    every: float = 0.0
    unconnected: bool = False
    place: int = 0
    commands: bool = False
    at_fault: bool = False


class Router:
    """A journey's own routes."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def command(
        self, name: str, *, right: Rights = None, usage: str = "", help: str = "", now: bool = False, **more: bool
    ) -> Callable[[F], F]:
        """``/procountor <name>``."""
        return self._add("command", name, rights=_any(right), usage=usage, help=help, now=now, **more)

    def click(
        self, name: str, *, right: Rights = None, now: bool = False, lane: str = "hear", **more: bool
    ) -> Callable[[F], F]:
        """A button. ``now`` for those that open a form; ``lane`` for those that overtake what waits."""
        return self._add("click", name, rights=_any(right), now=now, lane=lane, **more)

    def shortcut(self, name: str, *, label: str, help: str, now: bool = False) -> Callable[[F], F]:
        """An entry of the menu at every message; ``label`` (at most 24 characters) and ``help`` go to the manifest."""
        return self._add("shortcut", name, usage=label, help=help, now=now)

    def form(self, name: str, *, right: Rights = None, **more: bool) -> Callable[[F], F]:
        """A submitted form; gives an Answer."""
        return self._add("form", name, rights=_any(right), now=True, **more)

    def options(self, name: str, *, right: Rights = None, **more: bool) -> Callable[[F], F]:
        """A select's type-ahead; gives an Answer with options."""
        return self._add("options", name, rights=_any(right), now=True, **more)

    def files(self, *, right: Rights = None) -> Callable[[F], F]:
        """Files sent to the bot in a direct message."""
        return self._add("file", "file", rights=_any(right))

    def reply(self, name: str, *, commands: bool = False) -> Callable[[F], F]:
        """Words (or files) in the thread of a message whose topic begins with ``name``.

        ``commands``: what is a command is done as one, and only the rest comes here.
        """
        return self._add("reply", name, commands=commands)

    def home(self) -> Callable[[F], F]:
        """The Home tab was opened."""
        return self._add("home", "home", unconnected=True)

    def section(self, name: str, place: int, *, right: Rights = None, unconnected: bool = False) -> Callable[[F], F]:
        """A part of the Home tab: ``run(here)`` gives its blocks, none to leave it out."""
        return self._add("section", name, place=place, rights=_any(right), unconnected=unconnected)

    def step(self, name: str, place: int, *, unconnected: bool = False) -> Callable[[F], F]:
        """A step of a company's setup: ``run(look)`` gives a `handlers.views.steps.Step`, None for nothing."""
        return self._add("step", name, place=place, unconnected=unconnected)

    def morning(self, name: str, *, place: int) -> Callable[[F], F]:
        """A part of finance's morning message: ``run(morning)`` gives a `handlers.mornings.Part`, None for nothing."""
        return self._add("morning", name, place=place)

    def task(self, name: str, *, lane: str) -> Callable[[F], F]:
        """Durable work: ``run(desk, *ids)``."""
        return self._add("task", name, lane=lane)

    def buried(self, name: str, *, at_fault: bool = False) -> Callable[[F], F]:
        """A task of this name has been given up after its last attempt: ``run(desk, *ids)`` puts things straight.

        ``at_fault``: not when something that passes was in its way and its next turn comes by itself.
        """
        return self._add("buried", name, at_fault=at_fault)

    def every(self, name: str, seconds: float) -> Callable[[F], F]:
        """Looked at by the clock: ``run(desk)``; asks for tasks, does nothing slow itself."""
        return self._add("tick", name, every=seconds)

    def _add(self, kind: str, name: str, **more: Any) -> Callable[[F], F]:
        def note(run: F) -> F:
            self.routes.append(Route(kind, name, run, **more))
            return run

        return note


def _any(right: Rights) -> tuple[Right, ...]:
    return right if isinstance(right, tuple) else (right,) if right else ()


class Duplicate(RuntimeError):
    """Two journeys answer to the same thing."""


class Table:
    """All routes, found by kind and name."""

    def __init__(self, routes: list[Route]) -> None:
        self._by: dict[tuple[str, str], Route] = {}
        for route in routes:
            if (route.kind, route.name) in self._by:
                raise Duplicate(f"{route.kind} {route.name} is answered twice")
            self._by[route.kind, route.name] = route

    def get(self, kind: str, name: str) -> Route | None:
        return self._by.get((kind, name))

    def of(self, kind: str) -> list[Route]:
        return [route for (k, _), route in sorted(self._by.items()) if k == kind]

    def command(self, text: str) -> tuple[Route | None, str]:
        """The command ``text`` begins with (the longest name wins) and what follows it; extra spaces are forgiven."""
        words = text.replace("“", '"').replace("”", '"').split()
        for length in range(min(3, len(words)), 0, -1):
            route = self.get("command", " ".join(words[:length]).casefold())
            if route:
                return route, " ".join(words[length:])
        return (self.get("command", "help"), "") if not words else (None, text)

    def nearest(self, text: str, may: Callable[[Route], bool] = lambda _: True) -> str:
        """The command that looks most like what was typed, of those the one who typed may use; empty when none does."""
        names = [route.name for route in self.of("command") if may(route)]
        typed = " ".join(text.casefold().split()[:2])
        begun = next((name for name in names if typed and name.startswith(typed)), "")
        return begun or next(iter(difflib.get_close_matches(typed, names, 1, 0.6)), "")


def routes() -> Table:
    """Walks the package `handlers` and gathers every module's ``on``."""
    import handlers

    found: list[Route] = []
    for module in pkgutil.walk_packages(handlers.__path__, "handlers."):
        on = getattr(importlib.import_module(module.name), "on", None)
        if isinstance(on, Router):
            found += on.routes
    return Table(found)
