"""What arrived and how often: the ledger of accepted changes and the request counts that tests judge by."""

from __future__ import annotations

import time
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.procountor.wire import Doc


@dataclass(frozen=True, slots=True)
class Change:
    """One accepted change. `key` is the name of the API key (never the key), or "web" for a person's edit."""

    sequence: int
    when: str
    company: int
    user: int
    key: str
    route: str
    id: int | str | None
    summary: str


@dataclass(frozen=True, slots=True)
class Request:
    """One request with a good token: which company's, made with which API key (its name), and what it carried."""

    route: str
    company: int
    key: str
    body: bytes


@dataclass(slots=True)
class Journal:
    """Accepted changes in order, and every breach of the rate limit; `requests` only while `recording`."""

    changes: list[Change] = field(default_factory=list)
    recording: bool = False
    requests: list[Request] = field(default_factory=list)
    breaches: list[Doc] = field(default_factory=list)
    unknown_members: Counter[str] = field(default_factory=Counter)

    def add(self, **values: Any) -> Change:
        change = Change(sequence=len(self.changes) + 1, **values)
        self.changes.append(change)
        return change

    def of(self, route: str, company: int | None = None) -> list[Change]:
        """The accepted changes of a route, for instance "POST /invoices"."""
        return [c for c in self.changes if c.route == route and company in {None, c.company}]

    def to_json(self) -> Doc:
        return {
            "entries": [asdict(change) for change in self.changes],
            "breaches": self.breaches,
            "unknownMembers": dict(self.unknown_members),
        }


@dataclass(slots=True)
class Counts:
    """Requests per route and the most requests seen in any sliding second."""

    routes: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    busiest: int = 0
    _recent: deque[float] = field(default_factory=deque)

    def arrived(self, route: str) -> None:
        now = time.monotonic()
        self.routes[route] += 1
        self._recent.append(now)
        while self._recent[0] <= now - 1:
            self._recent.popleft()
        self.busiest = max(self.busiest, len(self._recent))

    def to_json(self) -> Doc:
        return {
            "routes": dict(self.routes),
            "answers": dict(self.answers),
            "total": sum(self.routes.values()),
            "maxPerSecond": self.busiest,
            "tokenRequests": self.routes["POST /oauth/token"],
        }


@dataclass(slots=True)
class RateLimit:
    """A sliding second per API client: all companies that use one client id share it."""

    per_second: int
    _granted: dict[str, deque[float]] = field(default_factory=dict)

    def allows(self, client: str) -> bool:
        now = time.monotonic()
        granted = self._granted.setdefault(client, deque())
        while granted and granted[0] <= now - 1:
            granted.popleft()
        if len(granted) >= self.per_second:
            return False
        granted.append(now)
        return True
