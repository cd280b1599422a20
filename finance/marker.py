"""The mark by which a document of ours is found again in Procountor, whoever copied its number since."""

from __future__ import annotations

import base64
import hashlib
import hmac

PREFIX = "KI1"
_SIGNS = 26  # of base32: 130 bits


def marker(key: bytes, company: str, kind: str, source: str, source_id: str, revision: int) -> str:
    """29 ASCII characters that stand for exactly this document: "KI1" and 130 bits of an HMAC-SHA256 under ``key``.

    Each part is preceded by its length in bytes, so that no two documents share a text to be signed.
    """
    parts = (part.encode() for part in (company, kind, source, source_id, str(revision)))
    signed = b"".join(b"%d:%b," % (len(part), part) for part in parts)
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return PREFIX + base64.b32encode(digest).decode()[:_SIGNS]
