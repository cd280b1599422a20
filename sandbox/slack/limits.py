"""Slack's rate limits: tiers per method and minute, and about one message a second per channel."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
TIER_OF = {
    "apps.connections.open": 1,
    "users.list": 2,
    "conversations.list": 2,
    "bots.info": 3,
    "chat.update": 3,
    "chat.delete": 3,
    "conversations.info": 3,
    "conversations.open": 3,
    "users.lookupByEmail": 3,
    "chat.postEphemeral": 4,
    "conversations.members": 4,
    "files.info": 4,
    "files.getUploadURLExternal": 4,
    "files.completeUploadExternal": 4,
    "oauth.v2.access": 4,
    "users.info": 4,
    "views.open": 4,
    "views.push": 4,
    "views.update": 4,
    "views.publish": 4,
}
BURST = 5


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at a steady pace."""

    level: float
    at: float


@dataclass(slots=True)
class Limits:
    """Says how long a caller must wait; `scale` 0.1 makes ten times as many calls pass (for fast tests)."""

    clock: Callable[[], float]
    mode: Literal["real", "off"] = "off"
    scale: float = 1.0
    refused: list[str] = field(default_factory=list)
    _buckets: dict[str, Bucket] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, method: str, channel: str) -> int:
        """Whole seconds for Retry-After; 0 lets the call pass."""
        if self.mode == "off":
            return 0
        if method == "chat.postMessage":
            return self._take(f"{method} {channel}", 1.0 / self.scale, BURST)
        tier = TIER_OF.get(method)
        if tier is None:
            return 0
        per_minute = TIERS[tier] / self.scale
        return self._take(method, per_minute / 60, max(1.0, per_minute))

    def _take(self, key: str, per_second: float, size: float) -> int:
        with self._lock:
            now = self.clock()
            bucket = self._buckets.setdefault(key, Bucket(size, now))
            bucket.level = min(size, bucket.level + (now - bucket.at) * per_second)
            bucket.at = now
            if bucket.level >= 1:
                bucket.level -= 1
                return 0
            self.refused.append(key)
            return max(1, round((1 - bucket.level) / per_second + 0.499))
