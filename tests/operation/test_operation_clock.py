"""What the clock does for the operator: notes the head outside the database, and tidies at night."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.compose import build
from bot.heads import heads_of
from bot.settings import Settings
from storage import audit, inbox
from storage.audit import Head
from storage.sealing import new_key
from tests.support.databases import fresh
from tests.support.stores import NOON


def test_the_head_is_noted_outside_and_a_night_forgets(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    values = {"database_url": fresh("sqlite", tmp_path), "kierto_secret_key": new_key()}
    house = build(Settings(_env_file=None, **values))  # type: ignore[call-arg, arg-type]
    clock, heads = Clock(house), heads_of(house.settings, house.store)
    assert heads is not None
    with house.store.write() as tx:
        audit.note(tx, "c1", "T1/U1", "run.sent", "run:1", NOON)
        inbox.keep(tx, "old", "words", NOON)
        inbox.done(tx, "old", NOON.replace(year=2025))
    with caplog.at_level(logging.INFO):
        clock._note(None)
        clock._note(None)
        clock._tidy(None)
    with house.store.read() as tx:
        head = audit.head(tx)
        with pytest.raises(LookupError):
            inbox.take(tx, "old")
    assert [one.head for one in heads.read()] == [Head(1, head.hash)]
    told = [record.getMessage() for record in caplog.records if "head of the trail" in record.getMessage()]
    assert told == [f"the head of the trail: 1:{head.hash}"]
    house.close()
