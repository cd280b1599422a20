"""What is posted to another system when an invoice has been paid, and how it is signed (standardwebhooks.com).

The receiver knows that it comes from us and is new by the signature over id, time and body; that it is the same as one
before by the id.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from finance.paid import News

PREFIX = "whsec_"
LONGEST = 500
DELAYS = (0, 60, 300, 1800, 7200, 21600, 86400)
"""Seconds before each attempt: a system that is away for a day misses nothing."""


class Slip(StrEnum):
    """Why an address is not posted to."""

    SCHEME = "scheme"
    SHAPE = "shape"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one attempt: the status of the answer, 0 without one; ``problem`` is why then."""

    status: int = 0
    problem: str = ""

    @property
    def taken(self) -> bool:
        return 200 <= self.status < 300


def slip(url: str) -> Slip | None:
    """What is wrong with an address; None when it may be posted to. Its host is looked up anew at each attempt."""
    if any(c.isspace() or not c.isprintable() for c in url) or len(url) > LONGEST:
        return Slip.SHAPE
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return Slip.SHAPE
    if parts.scheme != "https":
        return Slip.SCHEME
    if not host or parts.username is not None or parts.fragment or port == 0:
        return Slip.SHAPE
    return None if _reachable(host) else Slip.PRIVATE


def _reachable(host: str) -> bool:
    try:
        return public(ipaddress.ip_address(host))
    except ValueError:
        name = host.rstrip(".")
        inner = ("localhost", "local", "internal", "lan", "home.arpa", "intranet")
        return "." in name and not name.endswith(tuple(f".{tail}" for tail in inner)) and not _numeric(name)


def _numeric(name: str) -> bool:
    """127.1 and 0x7f.1 are addresses to some resolvers."""
    last = name.rpartition(".")[2]
    return last.isdigit() or last.casefold().startswith("0x")


def public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is of the open internet; one within another (IPv4 in IPv6) is judged itself."""
    if isinstance(address, ipaddress.IPv6Address):
        within = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if within is not None:
            return public(within)
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


def secret_of(random: bytes) -> str:
    """A secret as it is shared: base64 behind ``whsec_``."""
    return PREFIX + base64.b64encode(random).decode()


def event_id(company: str, sale: int, key: str) -> str:
    """The same for every attempt to post one thing, another one for anything else."""
    return "evt_" + hashlib.sha256(f"{company}|{sale}|{key}".encode()).hexdigest()[:32]


def body(id: str, at: datetime, company: str, number: str, theirs: int | None, news: News) -> bytes:
    """The event as JSON. Amounts are text with a point, days are ISO 8601; ``at`` is when it was noticed."""
    amounts = {"total": news.gross, "paid": news.paid, "open": news.open}
    data = {
        "company": company,
        "number": number,
        "procountor_number": theirs,
        "currency": news.currency,
        **{name: None if amount is None else f"{amount:.2f}" for name, amount in amounts.items()},
        "due": news.due.isoformat() if news.due else None,
        "paid_on": news.paid_on.isoformat() if news.paid_on else None,
        "by_hand": news.marked,
    }
    event = {"id": id, "type": f"invoice.{news.what}", "timestamp": at.isoformat(timespec="seconds"), "data": data}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def headers(secret: str, id: str, at: int, content: bytes) -> dict[str, str]:
    """With the signature: HMAC-SHA256 over ``id.at.body``; ``at`` is in seconds since 1970."""
    return {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{signature(secret, id, at, content)}",
    }


def signature(secret: str, id: str, at: int, content: bytes) -> str:
    """Base64 of the HMAC."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    mac = hmac.new(key, f"{id}.{at}.".encode() + content, hashlib.sha256)
    return base64.b64encode(mac.digest()).decode()
