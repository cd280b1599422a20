"""Looks for secrets in files as a thief would: as they are, reversed, and in the encodings in which one gets stored."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

SHORTEST = 8  # signs of a secret: shorter ones are found anywhere


def shapes(secret: str) -> Iterator[tuple[str, bytes]]:
    """The forms a secret may stand in, by name. Base64 begins at any of three places of what stands around it."""
    raw = secret.encode()
    yield "raw", raw
    yield "reversed", raw[::-1]
    yield "hex", raw.hex().encode()
    yield "HEX", raw.hex().upper().encode()
    yield "url", quote(secret, safe="").encode()
    yield "utf-16", secret.encode("utf-16-le")
    for ahead in range(3):
        for name, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
            whole = encode(b"\0" * ahead + raw)
            begin = (ahead * 8 + 5) // 6  # the signs that hold only the secret's own bits
            end = (ahead + len(raw)) * 8 // 6
            yield f"{name}+{ahead}", whole[begin:end]


def found(secrets: Iterable[str], folder: Path) -> list[str]:
    """Where any of the secrets stands in any file of a folder: the file, the form, the first signs of it."""
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    hits = []
    for secret in secrets:
        assert len(secret) >= SHORTEST, secret
        for name, form in shapes(secret):
            hits += [f"{path.name}: {secret[:6]}… as {name}" for path, content in files.items() if form in content]
    return hits
