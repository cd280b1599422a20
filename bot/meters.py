"""What is measured while it happens: requests to Procountor and to Slack, and the wait for the rate limit.

Labels are methods, routes and codes; never a company's name, a person or an amount.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from importlib import metadata

from prometheus_client import CollectorRegistry, Gauge, Histogram

from procountor.connection import Pace

REGISTRY = CollectorRegistry()
"""Of the process: what calls is deep inside, and there is one of each."""

VERSION = metadata.version("kierto")
"""Of the program that runs: several run side by side while one is brought in."""

_BUILD = Gauge("kierto_build_info", "1, with the version of the program that runs", ["version"], registry=REGISTRY)
_BUILD.labels(VERSION).set(1)
_SECONDS = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 120.0)
_PROCOUNTOR = Histogram(
    "kierto_procountor_seconds",
    "Requests to Procountor, by the code of the answer or the kind of failure",
    ["method", "route", "outcome"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
_SLACK = Histogram(
    "kierto_slack_seconds",
    "Calls to Slack's Web API, by ok or Slack's word for what was wrong",
    ["method", "outcome"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
_WAIT = Histogram(
    "kierto_limiter_wait_seconds",
    "From the wish to send a request to Procountor to the permission",
    buckets=(0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 60.0),
    registry=REGISTRY,
)
_RATE = Gauge("kierto_limiter_rate", "Requests a second that the setting allows", registry=REGISTRY)


def procountor(method: str, route: str, outcome: object, seconds: float) -> None:
    """One request to Procountor is over."""
    _PROCOUNTOR.labels(method, route, str(outcome)).observe(seconds)


def slack(method: str, outcome: str, seconds: float) -> None:
    """One call to Slack is over."""
    _SLACK.labels(method, outcome).observe(seconds)


class Metered:
    """A pace whose waits are measured."""

    def __init__(self, pace: Pace, rate: float) -> None:
        self._pace = pace
        _RATE.set(rate)

    def wait(self) -> AbstractContextManager[object]:
        """As the pace inside. It may wait now, or when the block of what it gives is entered: both are measured."""
        began = time.monotonic()
        return _Timed(self._pace.wait(), began)

    def answered(self) -> None:
        self._pace.answered()

    def close(self) -> None:
        """Lets go of what the pace holds."""
        close = getattr(self._pace, "close", None)
        if close is not None:
            close()


class _Timed(AbstractContextManager[object]):
    """Measures until the permission is held."""

    def __init__(self, held: AbstractContextManager[object] | None, began: float) -> None:
        self._held = held
        self._began = began

    def __enter__(self) -> object:
        got = self._held.__enter__() if self._held is not None else None
        _WAIT.observe(time.monotonic() - self._began)
        return got

    def __exit__(self, *why: object) -> None:
        if self._held is not None:
            self._held.__exit__(*why)  # type: ignore[arg-type]
