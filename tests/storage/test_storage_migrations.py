"""The staircase of migrations: what it builds is what the tables say, and it can be walked down and up again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from finance.authority import Right
from storage import audit, companies, documents, members, rights
from storage.database import Store, migrations
from storage.tables import metadata
from tests.support.databases import KINDS, fresh
from tests.support.invoices import invoice
from tests.support.stores import KEY, NOON, found_company

pytestmark = pytest.mark.gate("G20")


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    store = Store(fresh(request.param, tmp_path), (KEY,))
    yield store
    store.close()


def tables(store: Store) -> set[str]:
    return set(inspect(store.engine).get_table_names())


def steps() -> list[str]:
    """Every revision, the first one first."""
    script = ScriptDirectory.from_config(migrations("sqlite://"))
    return [step.revision for step in reversed(list(script.walk_revisions()))]


def test_the_staircase_builds_what_the_tables_say(empty: Store) -> None:
    empty.upgrade()
    with empty.read() as tx:
        found = compare_metadata(MigrationContext.configure(tx, opts={"compare_type": True}), metadata)
    assert found == []


def test_it_has_one_top() -> None:
    assert len(ScriptDirectory.from_config(migrations("sqlite://")).get_heads()) == 1


def test_it_goes_down_step_by_step_and_up_again(empty: Store) -> None:
    empty.upgrade()
    whole = tables(empty)
    for _ in steps():
        command.downgrade(migrations(empty.url), "-1")
    assert tables(empty) <= {"alembic_version"}
    for step in steps():
        command.upgrade(migrations(empty.url), step)
        command.upgrade(migrations(empty.url), step)
    assert tables(empty) == whole


def test_going_up_when_one_is_up_changes_nothing(empty: Store) -> None:
    empty.upgrade()
    company = found_company(empty)
    with empty.write() as tx:
        documents.keep(tx, company, invoice("1", NOON.date()), "psa", None, NOON)
        audit.note(tx, company, "T1/U1", "x", "y", NOON)
    empty.upgrade()
    with empty.read() as tx:
        assert companies.api_key(tx, company) == "avain"
        assert len(documents.by_number(tx, company, "1")) == 1
        assert audit.verify(tx) is None


def test_people_of_the_first_form_keep_their_rights_and_companies_their_workspace(empty: Store) -> None:
    command.upgrade(migrations(empty.url), "0001")
    with empty.write() as tx:
        tx.exec_driver_sql(
            "INSERT INTO company (id, name, business_id, procountor_id, state, choices, created_at)"
            " VALUES ('c1', 'Yhtiö Oy', '2077474-0', 77, 'ready', '{}', '2026-11-01 12:00:00')"
        )
        tx.exec_driver_sql("INSERT INTO workspace (team, company, name, bot_user) VALUES ('T1', 'c1', 'Yksi', 'U0')")
        for user, roles in (("U01", "admin,finance"), ("U02", "")):
            tx.exec_driver_sql(
                "INSERT INTO person (team, slack_user, company, roles, language, granted_by, granted_at)"
                f" VALUES ('T1', '{user}', 'c1', '{roles}', 'sv', 'T1/U09', '2026-11-01 12:00:00')"
            )
    empty.upgrade()
    with empty.read() as tx:
        assert companies.of_team(tx, "T1") == ("c1",)
        assert rights.holder(tx, "c1", "T1", "U01").rights == {Right.ADMIN, Right.FINANCE}
        assert rights.holder(tx, "c1", "T1", "U02").rights == frozenset()
        assert members.get(tx, "T1", "U02").language == "sv"
    command.downgrade(migrations(empty.url), "0001")
    with empty.read() as tx:
        assert tx.exec_driver_sql("SELECT company FROM workspace").scalar_one() == "c1"
