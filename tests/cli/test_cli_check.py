"""`kierto check`: what `/procountor setup` shows, in the terminal, with an exit code for scripts."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import practice
from bot.compose import build
from bot.connect import NotConnected, connect_company
from bot.settings import Settings
from handlers import connecting
from sandbox.procountor import management, seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.server import PracticeSlack
from storage import companies


@dataclass
class Place:
    """Both practice servers, and settings for a database of its own."""

    books: PracticeProcountor
    settings: Settings
    folder: Path

    def check(self, *words: str, settings: Settings | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", "check", *words],
            env=practice.environment(settings or self.settings) | {"COLUMNS": "200"},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )

    def without_key(self) -> Settings:
        return self.settings.model_copy(update={"procountor_api_key": SecretStr("")})


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with (
        PracticeProcountor(seed.month()) as books,
        PracticeSlack(practice.workspace(practice.today(), setup=True)) as slack,
    ):
        yield Place(
            books,
            practice.practice_settings(books, slack, f"sqlite:///{tmp_path}/kierto.db", 0, 5.0, 48.0),
            tmp_path,
        )


def test_a_company_that_is_set_up_is_ready(place: Place) -> None:
    practice.prepare(place.settings)
    done = place.check()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Pohjantuuli Konsultointi Oy" in done.stdout
    assert re.search(r"✓\s+API key\s+It opens Pohjantuuli", done.stdout)
    assert "Everything needed is in place." in done.stdout
    assert "✗" not in done.stdout
    assert place.check("--company", "2077474-0").returncode == 0
    assert place.check("--company", "Nobody Oy").returncode == 2


def test_before_anything_is_connected_it_says_where_to_begin(place: Place) -> None:
    done = place.check(settings=place.without_key())
    assert done.returncode == 1
    assert "No key has been given yet." in done.stdout
    assert "Basics → API client keys → New API key" in done.stdout


def test_what_is_wrong_is_said_with_the_way_out(place: Place) -> None:
    practice.prepare(place.settings)
    books = place.books.world.companies[seed.NORTH]
    management.rights(books, {"user": 501, "rights": {"sales.customerRegister": "NO_ACCESS"}})
    done = place.check()
    assert done.returncode == 1
    assert "Customer register: viewing rights" in done.stdout
    assert "Management → Users and user rights. Then run this again." in done.stdout
    management.interfaces(books, {"allowed": False})
    done = place.check()
    assert done.returncode == 1
    assert "Allow the usage of invoiceable API clients" in done.stdout
    management.interfaces(books, {"allowed": True})
    place.books.world.faults.add(route="*", what="500html")
    done = place.check()
    assert done.returncode == 1
    assert "did not answer when it was last asked" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_key_given_in_slack_outlives_the_one_of_the_environment(place: Place) -> None:
    """The old key still stands in the settings, and has been revoked: the program starts all the same."""
    id = practice.prepare(place.settings)
    books = place.books.world.companies[seed.NORTH]
    books.keys["practice-key-new"] = dict(books.keys[seed.API_KEY])
    books.keys[seed.API_KEY]["revoked"] = True
    house = build(place.settings)
    try:
        found = connecting.asked(house.desk.keyed("practice-key-new"))
        with house.store.write() as tx:
            connecting.connect(house.desk, tx, id, found, "practice-key-new", "T1/U1")
        assert connect_company(house) == id
        with house.store.read() as tx:
            assert companies.api_key(tx, id) == "practice-key-new"
    finally:
        house.close()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("interfaces", "does not allow chargeable interfaces"),
        ("other", "Etelätuuli Oy's, but this workspace belongs to"),
    ],
)
def test_a_key_of_the_environment_that_cannot_be_taken_is_said(place: Place, wrong: str, said: str) -> None:
    practice.prepare(place.settings)
    key = "practice-key-newer" if wrong == "interfaces" else seed.API_KEY_SECOND
    if wrong == "interfaces":
        books = place.books.world.companies[seed.NORTH]
        books.keys[key] = dict(books.keys[seed.API_KEY])
        management.interfaces(books, {"allowed": False})
    house = build(place.settings.model_copy(update={"procountor_api_key": SecretStr(key)}))
    try:
        with pytest.raises(NotConnected, match=said):
            connect_company(house)
    finally:
        house.close()


def test_a_company_of_the_command_line_finds_its_workspace_later(place: Place) -> None:
    alone = place.settings.model_copy(update={"slack_bot_token": SecretStr("")})
    for settings in (alone, place.settings, place.settings):
        house = build(settings)
        id = connect_company(house)
        with house.store.read() as tx:
            (only,) = companies.everyone(tx)
        house.close()
        assert only.id == id
    assert only.team == "T0PRACTICE"
