"""A copy of the database that can be proven, and putting it back: nothing unproven ever takes the place of anything."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import conninfo

from bot.heads import HeadFile
from bot.settings import Settings
from bot.takeover import Occupied, OneWorker
from storage import audit, holding, resealing
from storage.database import Store, driverless

BESIDE = ".json"  # what is known of a backup stands beside it
_TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'dbos')"
SQLITE, POSTGRESQL = "sqlite", "postgresql"


class Unfit(RuntimeError):
    """It cannot be backed up or put back; the message says why and what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What stands beside a backup. ``form`` is that of the tables, ``head`` the trail's as "number:hash"."""

    kind: str
    made_at: str
    size: int
    sha256: str
    form: str
    head: str


def take(settings: Settings, to: Path, now: datetime) -> Backup:
    """Copies the database while it is used, proves the copy, and gives what was written beside it. Raises Unfit."""
    if to.exists():
        raise Unfit(f"{to} is there already: name a file that is not.")
    store = Store(settings.database_url, settings.keys)
    try:
        store.check()
        form, newest = store.revisions()
        if form != newest:
            raise Unfit("The tables are of another version of Kierto: bring them up to date with kierto migrate first.")
        with store.read() as tx:
            head = audit.head(tx)
        half = to.with_name(f"{to.name}.half")
        try:
            _copy_sqlite(store.file, half) if store.file else _dump(settings.database_url, half)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
    finally:
        store.close()
    os.chmod(half, 0o600)
    made = Backup(
        SQLITE if store.embedded else POSTGRESQL, now.isoformat(), half.stat().st_size, digest(half), form,
        f"{head.seq}:{head.hash}",
    )  # fmt: skip
    _beside(to).write_text(json.dumps(asdict(made), indent=1) + "\n", "utf-8")
    half.replace(to)
    return made


def proven(file: Path) -> Backup:
    """What stands beside a backup, when the backup is what was written. Raises Unfit."""
    try:
        found = Backup(**json.loads(_beside(file).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as missing:
        raise Unfit(f"Beside {file} there is no {_beside(file).name} that tells its checksum.") from missing
    if not file.is_file():
        raise Unfit(f"There is no {file}.")
    if (file.stat().st_size, digest(file)) != (found.size, found.sha256):
        raise Unfit(f"{file} is not as it was written: its checksum differs. Take another backup.")
    return found


def restore(settings: Settings, file: Path, now: datetime) -> Path | None:
    """Puts a proven backup in the place of the database, and begins safe mode in it. Raises Unfit.

    Gives the name under which the SQLite file that stood there is kept; None when there was none.
    """
    found = proven(file)
    target = Store(settings.database_url, settings.keys)
    kind = SQLITE if target.embedded else POSTGRESQL
    target.close()
    if found.kind != kind:
        raise Unfit(f"{file} is of {found.kind}, and DATABASE_URL names {kind}.")
    if target.file is None:
        _load(settings.database_url, file)
        _begin(settings, now)
        return None
    lock = OneWorker(settings.database_url)
    try:
        lock.take()
    except Occupied as working:
        raise Unfit("Kierto is at work on this database: stop it first.") from working
    try:
        return _put_back(settings, file, target.file, now)
    finally:
        lock.give()


def _put_back(settings: Settings, file: Path, target: Path, now: datetime) -> Path | None:
    trial = target.with_name(f"{target.name}.restoring")
    trial.unlink(missing_ok=True)
    shutil.copyfile(file, trial)
    os.chmod(trial, 0o600)
    tried = settings.model_copy(update={"database_url": f"sqlite:///{trial}"})
    _begin(tried, now)
    aside = None
    if target.exists():
        aside = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%S}")
        for end in ("", "-wal", "-shm"):
            part = Path(f"{target}{end}")
            if part.exists():
                part.replace(f"{aside}{end}")
    trial.replace(target)
    return aside


def _begin(settings: Settings, now: datetime) -> None:
    """Proves what was put back and holds it: nothing is sent until an admin has looked."""
    store = Store(settings.database_url, settings.keys)
    try:
        store.check()
        store.upgrade()
        with store.write() as tx:
            bad = audit.verify(tx)
            if bad is not None:
                raise Unfit(f"The trail in this backup has been altered at row {bad}: it is not put back.")
            resealing.check(tx)
            holding.begin(tx, now, None)
        if store.file:
            with store.engine.connect() as tx:
                tx.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        store.close()
    for end in ("-wal", "-shm"):
        if store.file:
            Path(f"{store.file}{end}").unlink(missing_ok=True)


def renew_heads(heads: HeadFile | None, now: datetime) -> None:
    """The heads of what was replaced are put aside: the restored trail does not hold them, and is known not to."""
    if heads is not None and heads.read():
        heads.put_aside(now)


def digest(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _beside(file: Path) -> Path:
    return file.with_name(file.name + BESIDE)


def _copy_sqlite(source: Path, to: Path) -> None:
    with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as live, closing(sqlite3.connect(to)) as copy:
        live.backup(copy, pages=2000)
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise Unfit("The copy is not whole: the disk or the database is damaged. Nothing was kept.")


def _dump(url: str, to: Path) -> None:
    _postgresql("pg_dump", url, ["--format=custom", f"--file={to}", "--no-owner"])


def _load(url: str, file: Path) -> None:
    """Into an empty database only: what stands in one is never mixed with what is put back."""
    store = Store(url)
    try:
        with store.read() as tx:
            tables = tx.exec_driver_sql(_TABLES).scalar()
    finally:
        store.close()
    if tables:
        raise Unfit("The database is not empty. Make a new one (createdb) and name it in DATABASE_URL.")
    _postgresql("pg_restore", url, ["--no-owner", "--exit-on-error", "--single-transaction", str(file)])


def _postgresql(program: str, url: str, words: list[str]) -> None:
    """Runs a program of PostgreSQL's; the password goes by its environment, which others on the machine do not see."""
    known: dict[str, Any] = conninfo.conninfo_to_dict(driverless(url))
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "sslmode": "PGSSLMODE"}
    environment = {names[key]: str(value) for key, value in known.items() if key in names}
    path = shutil.which(program)
    if path is None:
        raise Unfit(f"{program} is not installed here: it comes with PostgreSQL's client programs.")
    database = [f"--dbname={known['dbname']}"]
    ran = subprocess.run(  # noqa: S603 - a program found by name, words of ours, no shell
        [path, *database, *words], env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise Unfit(f"{program} ended with {ran.returncode}: {ran.stderr.strip()[:500]}")
