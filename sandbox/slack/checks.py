"""The grammar in which Block Kit's rules are written: a check looks at a value and notes problems at a pointer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why Slack would refuse a payload; `pointer` is a JSON pointer into it."""

    pointer: str
    message: str
    code: str = "invalid"

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


Problems = list[Problem]
Check = Callable[[Any, str, Problems], None]


@dataclass(frozen=True, slots=True)
class Shape:
    """An object's members, which of them must be there, and what concerns several at once."""

    members: Mapping[str, Check]
    required: tuple[str, ...] = ()
    also: tuple[Check, ...] = ()
    surfaces: Collection[str] = field(default=("message", "modal", "home"))


def note(out: Problems, at: str, message: str, code: str = "invalid") -> None:
    """Adds a problem."""
    out.append(Problem(at, message, code))


def string(longest: int, shortest: int = 0) -> Check:
    """Text of a length, counted in characters."""

    def check(value: Any, at: str, out: Problems) -> None:
        if not isinstance(value, str):
            note(out, at, "must be a string")
        elif len(value) > longest:
            note(out, at, f"must be less than {longest + 1} characters", "too_long")
        elif len(value) < shortest:
            note(out, at, f"must be more than {shortest - 1} characters", "too_short")

    return check


def matching(pattern: str, what: str, longest: int = 3000) -> Check:
    """Text of a form."""
    form, length = re.compile(pattern), string(longest, 1)

    def check(value: Any, at: str, out: Problems) -> None:
        before = len(out)
        length(value, at, out)
        if len(out) == before and not form.fullmatch(value):
            note(out, at, f"must be {what}")

    return check


def one_of(*allowed: Any) -> Check:
    """A value out of a list."""

    def check(value: Any, at: str, out: Problems) -> None:
        if value not in allowed or (isinstance(value, bool) and True not in allowed):
            note(out, at, f"must be one of: {', '.join(map(str, allowed))}", "not_allowed")

    return check


def boolean(value: Any, at: str, out: Problems) -> None:
    """true or false."""
    if not isinstance(value, bool):
        note(out, at, "must be a boolean")


def integer(low: int, high: int) -> Check:
    """A whole number within bounds, both included."""

    def check(value: Any, at: str, out: Problems) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            note(out, at, "must be an integer")
        elif not low <= value <= high:
            note(out, at, f"must be between {low} and {high}")

    return check


def items(each: Check, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` things."""

    def check(value: Any, at: str, out: Problems) -> None:
        if not isinstance(value, list):
            note(out, at, "must be an array")
            return
        if len(value) > most:
            note(out, at, f"no more than {most} items allowed", "too_many")
        if len(value) < least:
            note(out, at, f"no fewer than {least} items required", "too_few")
        for place, item in enumerate(value):
            each(item, f"{at}/{place}", out)

    return check


def shaped(shape: Shape) -> Check:
    """An object: known members only, the required ones present, each in order."""

    def check(value: Any, at: str, out: Problems) -> None:
        if not isinstance(value, dict):
            note(out, at, "must provide an object")
            return
        for name in shape.required:
            if value.get(name) is None:
                note(out, at, f"missing required field: {name}", "missing")
        for name, member in value.items():
            if name not in shape.members:
                note(out, f"{at}/{name}", f"invalid additional property: {name}", "unknown")
            elif member is not None:
                shape.members[name](member, f"{at}/{name}", out)
        for rule in shape.also:
            rule(value, at, out)

    return check


def anything(value: Any, at: str, out: Problems) -> None:
    """No rule."""


def typed(shapes: Mapping[str, Shape], allowed: Collection[str] | None = None) -> Check:
    """An object whose `type` chooses its shape; `allowed` narrows the types in this place."""

    def check(value: Any, at: str, out: Problems) -> None:
        if not isinstance(value, dict):
            note(out, at, "must provide an object")
            return
        kind = str(value.get("type"))
        if kind not in shapes or (allowed is not None and kind not in allowed):
            note(out, f"{at}/type", f"unsupported type: {kind}", "unsupported")
            return
        shaped(shapes[kind])(value, at, out)

    return check


def exactly_one(*names: str) -> Check:
    """One and only one of these members."""

    def check(value: dict[str, Any], at: str, out: Problems) -> None:
        if sum(value.get(name) is not None for name in names) != 1:
            note(out, at, f"must define exactly one of: {', '.join(names)}", "missing")

    return check


def at_least_one(*names: str) -> Check:
    """One or more of these members."""

    def check(value: dict[str, Any], at: str, out: Problems) -> None:
        if all(not value.get(name) for name in names):
            note(out, at, f"must define at least one of: {', '.join(names)}", "missing")

    return check
