"""Installations: kept by Slack's library in tables of ours, sealed, the newest one only, and gone when asked."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import MetaData, Table, Text

from bot.installations import LIFE, Installations, States
from storage import installations, workspaces
from storage.database import Store
from storage.installations import Standing
from storage.slack_tables import TOKENS, slack_bots, slack_installations, slack_oauth_states
from tests.support.stores import NOON

CLIENT = "1234567890.1234567890123"
_teams = (f"T0INST{number}" for number in itertools.count(1))


@pytest.fixture
def team(store: Store) -> str:
    """A workspace that no other test uses."""
    made = next(_teams)
    with store.write() as tx:
        workspaces.join(tx, made, "Yksi", "U0BOT")
    return made


def made(team: str, token: str = "xoxb-first", hours: float = 0, **more: Any) -> Installation:
    at = (NOON + timedelta(hours=hours)).timestamp()
    known = {"app_id": "A1", "team_id": team, "team_name": "Yksi", "bot_id": "B1", "bot_user_id": "U0BOT"}
    return Installation(**{**known, "bot_token": token, "user_id": "U1", "installed_at": at, **more})


def keep(store: Store, *found: Installation, client: str = CLIENT) -> None:
    for one in found:
        Installations(client, store).save(one)


def token(store: Store, team: str, client: str = CLIENT) -> str | None:
    with store.read() as tx:
        return installations.bot_token(tx, client, team)


def standing(store: Store, team: str, client: str = CLIENT) -> Standing:
    with store.read() as tx:
        return installations.standing(tx, client, team)


THEIRS = {
    "slack_bots": SQLAlchemyInstallationStore.build_bots_table,
    "slack_installations": SQLAlchemyInstallationStore.build_installations_table,
    "slack_oauth_states": SQLAlchemyOAuthStateStore.build_oauth_states_table,
}


@pytest.mark.parametrize("ours", [slack_bots, slack_installations, slack_oauth_states], ids=lambda t: t.name)
def test_the_tables_are_what_the_library_expects_with_room_for_sealed_tokens(ours: Table) -> None:
    theirs = THEIRS[ours.name](MetaData(), ours.name)
    assert [c.name for c in ours.columns] == [c.name for c in theirs.columns]
    for column in theirs.columns:
        mine = ours.c[column.name]
        assert (mine.nullable, mine.primary_key) == (column.nullable, column.primary_key), column.name
        if column.name in TOKENS:
            assert isinstance(mine.type, Text)
        else:
            assert repr(mine.type) == repr(column.type), column.name

    def indexes(table: Table) -> set[tuple[str | None, tuple[str, ...]]]:
        return {(index.name, tuple(index.columns.keys())) for index in table.indexes}

    assert indexes(ours) == indexes(theirs)


def test_tokens_are_sealed_and_opened_again_however_long(store: Store, team: str) -> None:
    long = {name: f"xoxe.{name}-" + "a1" * 200 for name in TOKENS}
    given = made(team, **{**long, "token": long["bot_token"]})
    keep(store, given)
    assert given.bot_token == long["bot_token"]  # only the copy that is kept is sealed
    assert token(store, team) == long["bot_token"]
    with store.read() as tx:
        for table in (slack_bots, slack_installations):
            (row,) = tx.execute(table.select().where(table.c.team_id == team)).mappings()
            assert not any(secret in str(value) for value in row.values() for secret in long.values())


def test_a_hook_is_not_kept(store: Store, team: str) -> None:
    keep(store, made(team, incoming_webhook_url="https://hooks.slack.com/services/T/B/secret"))
    with store.read() as tx:
        kept = slack_installations.select().where(slack_installations.c.team_id == team)
        assert tx.execute(kept).one().incoming_webhook_url is None


def test_a_newer_installation_takes_the_place_of_the_older(store: Store, team: str) -> None:
    keep(store, made(team))
    first = standing(store, team)
    keep(store, made(team, "xoxb-second", hours=1, user_id="U2"))
    assert token(store, team) == "xoxb-second"
    assert standing(store, team) != first
    with store.read() as tx:
        for table in (slack_bots, slack_installations):
            assert len(tx.execute(table.select().where(table.c.team_id == team)).all()) == 1
        assert installations.installed_at(tx, team) == NOON + timedelta(hours=1)


def test_an_organisations_workspace_is_found_by_its_own_id(store: Store, team: str) -> None:
    keep(store, made(team, enterprise_id="E1", enterprise_name="Konserni"))
    assert token(store, team) == "xoxb-first"


def test_nobody_elses_token_is_found(store: Store, team: str) -> None:
    keep(store, made(team))
    assert token(store, team, "other.client") is None
    assert token(store, "T0ELSE") is None
    assert standing(store, team, "other.client") == Standing("installed", "")
    assert standing(store, team, "") == Standing("installed", "")
    assert standing(store, "T0ELSE") == Standing()


def test_purging_leaves_nothing_of_this_workspace_and_everything_of_another(store: Store, team: str) -> None:
    other = next(_teams)
    keep(store, made(team), made(other, "xoxb-other"))
    with store.write() as tx:
        assert installations.purge(tx, team) == 1
        assert installations.purge(tx, team) == 0
    assert token(store, team) is None
    assert token(store, other) == "xoxb-other"
    with store.read() as tx:
        assert installations.installed_at(tx, team) is None


def test_a_state_is_good_once_within_its_time(store: Store) -> None:
    now = [datetime(2026, 11, 22, 12, tzinfo=UTC)]
    states = States(store, lambda: now[0])
    first, second = states.issue(), states.issue()
    assert not states.consume("invented")
    assert not states.consume("")
    assert not states.consume("\ud800")  # what no encoding has
    assert States(store, lambda: now[0]).consume(first)  # another process
    assert not states.consume(first)
    now[0] += timedelta(seconds=LIFE)
    assert not states.consume(second)


def test_old_states_go_when_a_new_one_is_made(store: Store) -> None:
    now = [datetime(2026, 11, 22, 13, tzinfo=UTC)]
    states = States(store, lambda: now[0])
    for _ in range(3):
        states.issue()
    now[0] += timedelta(seconds=LIFE)
    states.issue()
    with store.read() as tx:
        assert len(tx.execute(slack_oauth_states.select()).all()) == 1
