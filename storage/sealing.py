"""Secrets at rest: sealed with the newest key, opened with any, never kept in clear."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Connection


class KeyMissing(RuntimeError):
    """A secret was to be sealed or opened, and KIERTO_SECRET_KEY is not set or is not the key it was sealed with."""


@dataclass(frozen=True, slots=True)
class Cipher:
    """The keys of KIERTO_SECRET_KEY: ``newest`` seals, any of ``every`` opens."""

    newest: Fernet
    every: MultiFernet


def cipher(keys: tuple[str, ...]) -> Cipher | None:
    """The cipher of KIERTO_SECRET_KEY's keys, newest first; None without keys. Raises KeyMissing when malformed."""
    try:
        found = [Fernet(key) for key in keys]
    except ValueError as malformed:
        raise KeyMissing("KIERTO_SECRET_KEY is not a key: make one with `kierto key`.") from malformed
    return Cipher(found[0], MultiFernet(found)) if found else None


def new_key() -> str:
    """A fresh key for KIERTO_SECRET_KEY."""
    return Fernet.generate_key().decode()


def seal(tx: Connection, secret: str) -> bytes:
    """``secret`` as it may stand in a table."""
    return _of(tx).every.encrypt(secret.encode())


def unseal(tx: Connection, sealed: bytes) -> str:
    """The secret again. Raises KeyMissing when none of the keys opens it."""
    try:
        return _of(tx).every.decrypt(bytes(sealed)).decode()
    except InvalidToken as other_key:
        raise KeyMissing("KIERTO_SECRET_KEY is not the key this database was written with.") from other_key


def resealed(tx: Connection, sealed: bytes) -> bytes | None:
    """The same secret under the newest key; None when it is under it already. Raises KeyMissing as `unseal`."""
    keys = _of(tx)
    try:
        keys.newest.decrypt(sealed)
    except InvalidToken:
        return seal(tx, unseal(tx, sealed))
    return None


def _of(tx: Connection) -> Cipher:
    found: Cipher | None = tx.get_execution_options().get("cipher")
    if found is None:
        raise KeyMissing("KIERTO_SECRET_KEY is not set: it opens the keys and tokens kept in the database.")
    return found
