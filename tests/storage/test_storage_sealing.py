"""Secrets at rest: sealed with the newest key, opened with any of them, and with none of them never."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from storage import companies
from storage.database import Store
from storage.sealing import KeyMissing, new_key, seal, unseal
from storage.tables import company
from tests.support.databases import fresh
from tests.support.stores import NOON


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = fresh("sqlite", tmp_path)
    store = Store(made)
    store.upgrade()
    store.close()
    return made


def connected(url: str, *keys: str) -> str:
    store = Store(url, keys)
    with store.write() as tx:
        id = companies.connect(tx, "Yhtiö Oy", "2077474-0", 12001, 501, "salainen-avain", NOON)
    store.close()
    return id


def test_the_key_to_procountor_stands_nowhere_in_clear(url: str) -> None:
    connected(url, new_key())
    for file in Path(url.removeprefix("sqlite:///")).parent.iterdir():
        assert b"salainen-avain" not in file.read_bytes(), file


def test_an_old_key_still_opens_and_a_new_one_seals(url: str) -> None:
    old, new = new_key(), new_key()
    id = connected(url, old)
    both = Store(url, (new, old))
    with both.write() as tx:
        assert companies.api_key(tx, id) == "salainen-avain"
        sealed = seal(tx, "uusi")
    both.close()
    only_new = Store(url, (new,))
    with only_new.read() as tx:
        assert unseal(tx, sealed) == "uusi"
        with pytest.raises(KeyMissing, match="not the key"):
            companies.api_key(tx, id)
    only_new.close()


def test_the_same_secret_is_never_sealed_alike(url: str) -> None:
    store = Store(url, (new_key(),))
    with store.read() as tx:
        assert seal(tx, "avain") != seal(tx, "avain")
    store.close()


def test_what_was_altered_does_not_open(url: str) -> None:
    key = new_key()
    id = connected(url, key)
    store = Store(url, (key,))
    with store.write() as tx:
        sealed = bytearray(tx.execute(select(company.c.api_key)).scalar_one())
        sealed[-5] ^= 1
        tx.execute(company.update().values(api_key=bytes(sealed)))
        with pytest.raises(KeyMissing):
            companies.api_key(tx, id)
    store.close()


def test_without_a_key_nothing_is_sealed(url: str) -> None:
    store = Store(url)
    with pytest.raises(KeyMissing, match="not set"), store.write() as tx:
        companies.connect(tx, "Yhtiö Oy", "2077474-0", 12001, 501, "avain", NOON)
    with store.read() as tx:
        assert companies.everyone(tx) == ()
    store.close()


@pytest.mark.parametrize("key", ["", "short", "ä" * 44, "A" * 43])
def test_a_key_that_is_none_is_refused_in_words(url: str, key: str) -> None:
    with pytest.raises(KeyMissing, match="kierto key"):
        Store(url, (key,))
