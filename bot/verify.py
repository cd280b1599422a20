"""Tells a request of Slack's from a forged one: on bytes, in constant time, before anything is parsed."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from enum import StrEnum

WINDOW = 300  # seconds either way, Slack's own rule for request time stamps

_TIMESTAMP = re.compile(rb"\d{9,11}")  # on bytes \d is 0 to 9 alone
_SIGNATURE = re.compile(rb"v0=[0-9a-f]{64}")


class Verdict(StrEnum):
    """What a request is; everything but GENUINE is refused, and the word is all that is counted and logged of it."""

    GENUINE = "genuine"
    MISSING = "missing"
    DOUBLED = "doubled"
    MALFORMED = "malformed"
    STALE = "stale"
    FORGED = "forged"


def shape(timestamps: Sequence[bytes], signatures: Sequence[bytes], now: float) -> Verdict | None:
    """Why the headers alone (each as often as it was sent) rule the request out; None when its body is worth reading.

    ``now`` is in unix seconds.
    """
    if len(timestamps) > 1 or len(signatures) > 1:
        return Verdict.DOUBLED
    if not timestamps or not signatures:
        return Verdict.MISSING
    if not _TIMESTAMP.fullmatch(timestamps[0]) or not _SIGNATURE.fullmatch(signatures[0]):
        return Verdict.MALFORMED
    return Verdict.STALE if abs(now - int(timestamps[0])) > WINDOW else None


def verify(secret: str, timestamp: bytes | None, signature: bytes | None, body: bytes, now: float) -> Verdict:
    """Whether ``body`` was signed with the app's signing secret at ``timestamp``, within five minutes of ``now``."""
    sent = ([] if timestamp is None else [timestamp], [] if signature is None else [signature])
    ruled_out = shape(*sent, now)
    if ruled_out is not None or timestamp is None or signature is None:
        return ruled_out or Verdict.MISSING
    right = sign(secret, timestamp, body)
    return Verdict.GENUINE if secret and hmac.compare_digest(right, signature) else Verdict.FORGED


def sign(secret: str, timestamp: bytes, body: bytes) -> bytes:
    """The value of X-Slack-Signature for a body: HMAC-SHA256 over version, time stamp and the bytes as sent."""
    base = b"v0:" + timestamp + b":" + body
    return b"v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest().encode()
