"""The fault script: which call of which route goes wrong, before or after it takes effect, and how."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.procountor.wire import Doc, refuse

KINDS = ("drop", "close", "500json", "500html", "429", "slow", "truncate", "zombie", "edit")
_HOW = frozenset({"nth", "every", "share", "seconds", "times", "seed", "invoice", "changes", "bump_version"})
_PARAMETER = re.compile(r"\{[^}]*\}")


@dataclass(slots=True)
class Fault:
    """One line of the script.

    Exactly one of `nth` (the nth matching call from now), `every` (every nth) and `share` (a seeded part of
    the calls) decides which calls it meets. `when` "before": nothing happens in Procountor; "after": the
    change takes effect and the answer is lost. "drop" resets the connection, "close" ends it politely, both
    without an answer. "slow" waits `seconds` before or after the work. "truncate" always takes effect: half of
    the answer arrives. "zombie": the connection is dropped at once and the change applied `seconds` later.
    """

    route: str
    what: str
    when: str = "before"
    nth: int | None = None
    every: int | None = None
    share: float | None = None
    seconds: float = 1.0
    times: int | None = None
    seed: int = 0
    invoice: int | None = None
    changes: Doc = field(default_factory=dict)
    bump_version: bool = True
    seen: int = 0
    hits: int = 0
    _random: random.Random = field(default_factory=random.Random, repr=False)

    def __post_init__(self) -> None:
        self._random.seed(self.seed)

    def meets(self, route: str, invoices: Sequence[str] = ()) -> bool:
        """Counts the call (about these `invoices`) and tells whether the fault strikes it."""
        if self.route not in {"*", _normal(route)} or (self.times is not None and self.hits >= self.times):
            return False
        if self.invoice is not None and list(invoices) != [str(self.invoice)]:
            return False
        self.seen += 1
        strikes = self._strikes()
        self.hits += strikes
        return strikes

    def _strikes(self) -> bool:
        if self.nth is not None:
            return self.seen == self.nth
        if self.every is not None:
            return self.seen % self.every == 0
        return self._random.random() < (1.0 if self.share is None else self.share)


class FaultScript:
    """All faults in force. `add` takes the same members as `POST /practice/faults`."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, *, route: str, what: str, when: str = "before", **how: Any) -> Fault:
        """Adds a fault; without `nth`, `every` and `share` it strikes every call. Raises Refused (400)."""
        if what not in KINDS:
            raise refuse(f"'what' is one of {', '.join(KINDS)}.", path="what")
        if when not in {"before", "after"}:
            raise refuse("'when' is before or after.", path="when")
        unknown = set(how) - _HOW
        if unknown:
            raise refuse(f"Unknown members: {', '.join(sorted(unknown))}.")
        if what == "edit" and not isinstance(how.get("changes"), dict):
            raise refuse("'edit' needs the changes.", path="changes")
        wanted = route if route == "*" else _normal(route)
        fault = Fault(route=wanted, what=what, when=when, **{n: _bare(v) for n, v in how.items()})
        self.faults.append(fault)
        return fault

    def clear(self) -> None:
        self.faults.clear()

    def strike(self, route: str, invoices: Sequence[str] = ()) -> Fault | None:
        """The first fault that meets this call; every fault counts the call, whichever strikes."""
        met = [fault for fault in self.faults if fault.meets(route, invoices)]
        return met[0] if met else None

    def to_json(self) -> list[Doc]:
        names = ("route", "what", "when", *sorted(_HOW), "seen", "hits")
        return [{name: getattr(fault, name) for name in names} for fault in self.faults]


def _normal(route: str) -> str:
    """Parameter names do not matter: "PUT /invoices/{id}/approve" meets {invoiceId} too."""
    return _PARAMETER.sub("{}", route.strip())


def _bare(value: Any) -> Any:
    return value if isinstance(value, int | dict | None) else float(value)
