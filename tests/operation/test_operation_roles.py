"""The bot's own role in PostgreSQL (deploy/roles.sql): it works, adds to the trail, and cannot alter it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from bot.compose import build
from bot.settings import Settings
from storage import audit, inbox
from storage.database import Store, driverless
from storage.sealing import new_key
from tests.support.databases import fresh
from tests.support.stores import NOON

SQL = Path(__file__).parents[2] / "deploy" / "roles.sql"
FORBIDDEN = (
    "UPDATE audit SET who = 'somebody else'", "DELETE FROM audit", "TRUNCATE audit", "DROP TABLE audit",
    "ALTER TABLE audit DISABLE TRIGGER ALL", "DELETE FROM alembic_version",
)  # fmt: skip


def test_the_bots_role_works_and_cannot_alter_the_trail(tmp_path: Path) -> None:
    url = fresh("postgresql", tmp_path)
    values = {"database_url": url, "kierto_secret_key": new_key()}
    build(Settings(_env_file=None, **values)).close()  # type: ignore[call-arg, arg-type]
    plain = driverless(url)
    bot = f"kierto_bot_{tmp_path.name}".replace("-", "_").lower()
    with psycopg.connect(plain, autocommit=True) as owner:
        owner.execute(f'CREATE ROLE "{bot}" LOGIN')
        owner.execute(SQL.read_text().replace(':"bot"', f'"{bot}"'))
    parts = urlsplit(plain)
    as_bot = parts._replace(netloc=parts.netloc.replace(parts.username or "", bot, 1)).geturl()
    house = build(Settings(_env_file=None, **values | {"database_url": as_bot}))  # type: ignore[call-arg, arg-type]
    with house.store.write() as tx:
        audit.note(tx, "c1", "T1/U1", "run.sent", "run:1", NOON)
        inbox.keep(tx, "one", "words", NOON)
        inbox.done(tx, "one", NOON)
        house.desk.work.soon(tx, "hear", "greet", "1", "c1", ["c1"])
    with house.store.read() as tx:
        assert audit.verify(tx) is None
    assert house.engine.backlog()["hear"] == 1
    house.close()
    for statement in FORBIDDEN:
        with psycopg.connect(as_bot) as tried, pytest.raises(psycopg.errors.InsufficientPrivilege):
            tried.execute(statement)
    with Store(plain).read() as tx:
        assert audit.head(tx).seq == 1
