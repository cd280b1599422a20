"""With the database file in hand and no key, no secret can be read; with the wrong key, nothing is even begun."""

from __future__ import annotations

import base64
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from secret_hunt import found, shapes

from bot import practice
from sandbox.month.finvoice_file import finvoices
from sandbox.procountor import seed
from storage import companies, inbox, own_keys, webhooks
from storage.sealing import new_key
from tests.support.browsing import Browser
from tests.support.databases import fresh
from tests.support.invoices import invoice
from tests.support.many import ANNA, Many, many

pytestmark = pytest.mark.gate("G18")

OWN, OFFERED = "own-key-of-a-person-4711", "offered-key-of-a-person-0815"
TYPED = "canary-words-somebody-typed"
HOOK = "whsec_Y2FuYXJ5IG9mIGEgd2ViaG9vaw=="
HOUSE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("database")


@pytest.fixture(scope="module")
def lived(folder: Path) -> Iterator[tuple[Many, frozenset[str]]]:
    """A bot that has been installed, connected, spoken to, and has sent; with every secret that came by."""
    with many(fresh("sqlite", folder)) as made:
        slack, browser = made.slack, Browser()
        made.install(slack, ANNA, browser)
        open_state = re.findall(r"state=([\w-]+)", browser.begin(made.url))
        id = made.connect(slack)
        with made.house.store.write() as tx:
            own_keys.keep(tx, id, "T0YKSI", ANNA, OWN, 501, "Anna", made.clock())
            own_keys.offer(tx, id, "T0YKSI", ANNA, "own", OFFERED, made.clock())
            webhooks.keep(tx, id, "https://psa.example.fi/", HOOK, "test", made.clock())
        made.whispered(slack, f"{TYPED} and more", "I do not know")
        slack.drop_file(ANNA, "laskut.xml", finvoices([invoice("7001", practice.today())]))
        made.until(slack, "1 invoice is ready")
        slack.command(ANNA, "send invoices")
        made.until(slack, "[Send ")
        (batch,) = [m for m in slack.messages(slack.dm(ANNA)) if "run.send" in str(m.blocks)]
        assert slack.click(ANNA, batch, "run.send").ok
        made.until(slack, "7001 → ")
        made.stop_worker()
        yield made, frozenset({*secrets_of(made), *open_state})


def secrets_of(made: Many) -> set[str]:
    settings, slack, procountor = made.house.settings, made.slack, made.procountor.world
    held: set[str] = {OWN, OFFERED, TYPED, HOOK, seed.API_KEY, settings.kierto_secret_key.get_secret_value()}
    held |= {settings.slack_client_secret.get_secret_value(), settings.slack_signing_secret.get_secret_value()}
    held |= {settings.procountor_client_secret.get_secret_value(), slack.workspace.app.verification_token}
    held |= {*slack.world.tokens, *slack.world.hooks, *slack.world.triggers, *procountor.tokens.issued}
    return held


def test_the_hunter_finds_what_he_looks_for(tmp_path: Path) -> None:
    """Each form in a file of its own, with other bytes around: else finding nothing would prove nothing."""
    secret = "xoxb-canary-Ä-4711"
    for place, (_, form) in enumerate(shapes(secret)):
        (tmp_path / f"{place}").write_bytes(b"\xff\x01" + form + b"\x02")
    for ahead in range(3):
        around = b"abcdef"[: 3 + ahead] + secret.encode() + b"xyz"
        (tmp_path / f"around{ahead}").write_bytes(base64.b64encode(around))
    names = {path.name for path in tmp_path.iterdir()}
    assert {hit.partition(":")[0] for hit in found([secret], tmp_path)} == names


def test_no_secret_stands_in_any_file_of_the_database(lived: tuple[Many, frozenset[str]], folder: Path) -> None:
    _, secrets = lived
    assert len(secrets) > 15
    assert (folder / next(path.name for path in folder.glob("*-wal"))).stat().st_size > 0
    assert found(secrets, folder) == []
    assert found(["Pohjantuuli Konsultointi"], folder) != []  # what is no secret is found


def test_with_the_key_they_are_all_there(lived: tuple[Many, frozenset[str]]) -> None:
    made, _ = lived
    with made.house.store.read() as tx:
        id = made.company(made.slack)
        assert companies.api_key(tx, id) == seed.API_KEY
        assert own_keys.opened(tx, id, "T0YKSI", ANNA) == OWN
        keys = tx.exec_driver_sql("SELECT key FROM inbox").scalars().all()
        assert any(TYPED in inbox.take(tx, key)[0] for key in keys)


def start(made: Many, folder: Path, command: str, **changed: str) -> tuple[subprocess.CompletedProcess[str], int]:
    """Starts the program on this database; gives how it ended, and the port it was to listen on."""
    port = practice.free_port()
    environment = practice.environment(made.house.settings) | {"PORT": str(port), "COLUMNS": "300"} | changed
    done = subprocess.run(
        [sys.executable, "-m", "bot", command],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done, port


@pytest.mark.parametrize("command", ["run", "worker"])
def test_with_a_wrong_key_nothing_is_begun(lived: tuple[Many, frozenset[str]], tmp_path: Path, command: str) -> None:
    made, _ = lived
    done, port = start(made, tmp_path, command, KIERTO_SECRET_KEY=new_key())
    assert done.returncode == 2
    assert "KIERTO_SECRET_KEY is not the key this database was written with." in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "hearing Slack" not in done.stdout + done.stderr
    assert "at work" not in done.stdout + done.stderr
    with socket.socket() as door:
        assert door.connect_ex(("127.0.0.1", port)) != 0


def test_the_command_changes_the_key_in_place(lived: tuple[Many, frozenset[str]], tmp_path: Path) -> None:
    made, secrets = lived
    old, new = made.house.settings.kierto_secret_key.get_secret_value(), new_key()
    first, _ = start(made, tmp_path, "rotate", KIERTO_SECRET_KEY=f"{new},{old}")
    assert first.returncode == 0, first.stderr
    rows = numbers(first.stdout)
    assert rows["company keys"] == (1, 0, 0)
    assert rows["people's own keys"] == (1, 0, 0)
    assert rows["offered keys"] == (1, 0, 0)
    assert rows["Slack tokens"] == (2, 0, 0)
    assert rows["what people said"][0] > 3
    again, _ = start(made, tmp_path, "rotate", KIERTO_SECRET_KEY=new)
    assert again.returncode == 0, again.stderr
    assert not any(row[0] or row[2] for row in numbers(again.stdout).values())
    for key in (old, new_key()):
        left, _ = start(made, tmp_path, "rotate", KIERTO_SECRET_KEY=key)
        assert left.returncode == 1
        assert "Put it behind the others" in left.stderr
    assert found([*secrets, new], Path(made.house.store.url.removeprefix("sqlite:///")).parent) == []


def numbers(shown: str) -> dict[str, tuple[int, ...]]:
    """The table the command prints."""
    rows: dict[str, Any] = {}
    for line in shown.splitlines():
        row = re.fullmatch(r"\s*([A-Za-z' ]+?)\s+(\d+)\s+(\d+)\s+(\d+)\s*", line)
        if row:
            rows[row[1]] = tuple(int(n) for n in row.groups()[1:])
    return rows
