"""Secrets at rest: sealed with the newest key, opened with any, never kept in clear."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Connection


class KeyMissing(RuntimeError):
    """A secret was to be sealed or opened, and KIERTO_SECRET_KEY is not set or is not the key it was sealed with."""


def cipher(keys: tuple[str, ...]) -> MultiFernet | None:
    """The cipher of KIERTO_SECRET_KEY's keys, newest first; None without keys. Raises KeyMissing when malformed."""
    try:
        return MultiFernet([Fernet(key) for key in keys]) if keys else None
    except ValueError as malformed:
        raise KeyMissing("KIERTO_SECRET_KEY is not a key: make one with `kierto key`.") from malformed


def new_key() -> str:
    """A fresh key for KIERTO_SECRET_KEY."""
    return Fernet.generate_key().decode()


def seal(tx: Connection, secret: str) -> bytes:
    """``secret`` as it may stand in a table."""
    return _of(tx).encrypt(secret.encode())


def unseal(tx: Connection, sealed: bytes) -> str:
    """The secret again. Raises KeyMissing when none of the keys opens it."""
    try:
        return _of(tx).decrypt(bytes(sealed)).decode()
    except InvalidToken as other_key:
        raise KeyMissing("KIERTO_SECRET_KEY is not the key this database was written with.") from other_key


def _of(tx: Connection) -> MultiFernet:
    found: MultiFernet | None = tx.get_execution_options().get("cipher")
    if found is None:
        raise KeyMissing("KIERTO_SECRET_KEY is not set: it opens the keys and tokens kept in the database.")
    return found
