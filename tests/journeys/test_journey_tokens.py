"""Each workspace is opened with its own token; one that removes the bot falls silent, and may have it back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import practice
from bot.compose import build
from handlers.chat import ChatGone, ChatTrouble, Picture
from sandbox.month.finvoice_file import finvoices
from sandbox.procountor import seed
from sandbox.slack import events
from sandbox.slack.server import PracticeSlack
from storage import companies, installations, runs, workspaces
from storage.sealing import unseal
from tests.support.browsing import Browser
from tests.support.databases import fresh
from tests.support.invoices import invoice
from tests.support.many import ANNA, Many, many, oauth, shown


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Many]:
    with many(fresh("sqlite", tmp_path), "T0YKSI", "T0KAKSI") as made:
        for slack in made.slacks:
            slack.world.recording = True
        yield made


def tokens(slack: Any) -> set[str]:
    """Those the bot has shown to this workspace."""
    return {heard.token for heard in slack.world.heard if heard.token}


def own(made: Many, slack: Any) -> str:
    with made.house.store.read() as tx:
        return str(installations.bot_token(tx, slack.workspace.app.client_id, slack.workspace.team_id))


def test_each_workspace_is_answered_with_its_own_token(pair: Many) -> None:
    for slack in pair.slacks:
        assert pair.install(slack).status_code == 200
        pair.until(slack, "first admin")
        pair.whispered(slack, "help", "Kierto carries")
    one, two = pair.slacks
    assert tokens(one) == {own(pair, one)}
    assert tokens(two) == {own(pair, two)}
    assert own(pair, one) != own(pair, two)


def test_tokens_stand_sealed(pair: Many) -> None:
    pair.install(pair.slack)
    token = own(pair, pair.slack)
    with pair.house.store.read() as tx:
        for table in ("slack_bots", "slack_installations"):
            kept = str(tx.exec_driver_sql(f"SELECT bot_token FROM {table}").scalar_one())
            assert token not in kept
            assert unseal(tx, kept.encode()) == token


def test_the_token_of_the_settings_opens_its_own_workspace_and_is_shown_to_no_other(tmp_path: Path) -> None:
    with many(fresh("sqlite", tmp_path), "T0YKSI", "T0KAKSI", slack_bot_token="xoxb-by-hand-t0yksi") as made:
        one, two = made.slacks
        for slack in made.slacks:
            slack.world.recording = True
        with made.house.store.write() as tx:
            workspaces.join(tx, "T0YKSI", "Yksi", "U0")
            companies.found(tx, "Yksi", "T0YKSI", made.clock())
            workspaces.join(tx, "T0MUU", "Muu", "U0")
        made.install(two)
        made.whispered(one, "help", "Kierto carries")
        made.whispered(two, "help", "Kierto carries")
        assert tokens(one) == {"xoxb-by-hand-t0yksi"}
        assert tokens(two) == {own(made, two)}
        for team in ("T0MUU", "T0NEVER"):
            with pytest.raises(ChatTrouble, match="not_installed"):
                made.house.slack(team)


def test_a_changed_token_is_used_at_once_and_in_every_process(pair: Many) -> None:
    slack, other = pair.slack, build(pair.house.settings)
    try:
        pair.install(slack)
        pair.until(slack, "first admin")
        first = own(pair, slack)
        room = other.slack("T0YKSI").direct(ANNA)
        slack.world.tokens.discard(first)
        with pytest.raises(ChatTrouble, match="invalid_auth"):
            other.slack("T0YKSI").post(room, Picture("nothing"))
        pair.install(slack)
        assert own(pair, slack) != first
        pair.whispered(slack, "help", "Kierto carries")
        assert other.slack("T0YKSI").post(room, Picture("from the other process")).channel == room
        assert other.slack("T0YKSI") is other.slack("T0YKSI")
    finally:
        other.close()


# the bot is removed


def test_after_a_removal_no_token_is_left_and_it_is_in_the_trail(pair: Many) -> None:
    one, two = pair.slacks
    for slack in pair.slacks:
        pair.install(slack)
        pair.until(slack, "first admin")
    one.uninstall()
    with pair.house.store.read() as tx:
        teams = {table: tx.exec_driver_sql(f"SELECT team_id FROM {table}").scalars().all() for table in (
            "slack_bots", "slack_installations")}  # fmt: skip
        place = workspaces.get(tx, "T0YKSI")
    assert teams == {"slack_bots": ["T0KAKSI"], "slack_installations": ["T0KAKSI"]}
    assert place is not None
    assert place.state == "gone"
    assert [(row.company, row.subject) for row in pair.trail("slack.removed")] == [
        (pair.company(one), "workspace:T0YKSI")
    ]
    with pytest.raises(ChatGone):
        pair.house.slack("T0YKSI")
    pair.whispered(two, "help", "Kierto carries")


def test_only_a_removal_of_the_bots_own_token_counts(pair: Many) -> None:
    pair.install(pair.slack)
    events.emit(pair.slack.desk, {"type": "tokens_revoked", "tokens": {"oauth": [ANNA]}})
    assert pair.trail("slack.removed") == []
    events.emit(pair.slack.desk, {"type": "tokens_revoked", "tokens": {"bot": ["U0"], "oauth": []}})
    assert len(pair.trail("slack.removed")) == 1


def test_a_removal_that_slack_tells_late_does_not_undo_a_new_installation(pair: Many) -> None:
    slack = pair.slack
    pair.install(slack)
    told = slack.uninstall()
    assert told.sent is not None
    pair.clock.ahead += timedelta(minutes=1)
    pair.install(slack)
    again = slack.courier.pack("event", {**told.sent.payload, "event_id": "Ev0LATE"})
    assert slack.courier.send(again, 3).ok
    assert own(pair, slack) in slack.world.tokens
    pair.whispered(slack, "help", "Kierto carries")


def test_while_it_is_away_invoices_go_on_and_when_it_is_back_it_tells(
    pair: Many, caplog: pytest.LogCaptureFixture
) -> None:
    slack = pair.slack
    pair.install(slack)
    company = pair.connect(slack)
    invoices = [invoice(str(7001 + n), practice.today()) for n in range(3)]
    slack.drop_file(ANNA, "laskut.xml", finvoices(invoices))
    pair.until(slack, "3 invoices are ready")
    slack.command(ANNA, "send invoices")
    pair.until(slack, "[Send ")
    (batch,) = [m for m in slack.messages(slack.dm(ANNA)) if "run.send" in str(m.blocks)]
    books = pair.procountor.world.companies[seed.NORTH]
    for nth in range(1, 4):
        pair.procountor.world.faults.add(route="POST /invoices", what="slow", nth=nth, seconds=1.0)
    assert slack.click(ANNA, batch, "run.send").ok
    slack.wait_for(lambda: state(pair, company) == "sending", 20)
    slack.uninstall()
    caplog.set_level(logging.ERROR)
    assert len(made(books)) < 3
    slack.wait_for(lambda: len(made(books)) == 3, 40)
    slack.wait_for(lambda: state(pair, company) == "done", 40)
    pair.house.table.get("tick", "runs.refresh").run(pair.house.desk)  # type: ignore[union-attr]
    slack.wait_for(lambda: sum(pair.house.engine.backlog().values()) == 0, 30)
    assert pair.trail("given up") == []
    assert [record for record in caplog.records if "incident" in record.message] == []
    pair.clock.ahead += timedelta(minutes=1)
    pair.install(slack)
    text = pair.until(slack, "7001 → ")
    assert all(f"{one.number} → " in text for one in invoices)
    assert "What waited goes on by itself" in pair.until(slack, "Kierto is back")
    assert len(made(books)) == 3


def made(books: Any) -> list[Any]:
    return [d for d in books.registers["invoices"].values() if "[kierto:" in (d.get("notes") or "")]


def state(pair: Many, company: str) -> str:
    with pair.house.store.read() as tx:
        (run,) = runs.recent(tx, company)
    return run.state


# the program itself


def said(slack: PracticeSlack) -> str:
    """What the bot has told Anna in her direct conversation."""
    return "\n".join(shown(m) for m in slack.messages(slack.dm(ANNA)))


def test_the_program_runs_with_oauth_alone_and_with_a_token_alone(tmp_path: Path) -> None:
    with many(fresh("sqlite", tmp_path), "T0YKSI", working=False) as made:
        (tmp_path / "run").mkdir()
        database, key = fresh("sqlite", tmp_path / "run"), made.house.settings.kierto_secret_key
        for more in ({}, {"slack_client_id": "", "slack_client_secret": "", "slack_bot_token": "xoxb-by-hand-t0yksi"}):
            port = practice.free_port()
            kept = {"port": port, "kierto_secret_key": key, **more}
            settings = oauth(made.procountor, made.one, made.slack, database, **kept)
            assert settings.missing() == ()
            with practice.running_bot(settings, tmp_path / "bot.log"):
                made.slack.bot_url = f"http://127.0.0.1:{port}"
                if not more:
                    assert Browser().install(made.slack.bot_url, ANNA, "T0YKSI").status_code == 200
                told = made.whispered(made.slack, "help", "Kierto carries")
                assert "/procountor company" in told
                assert Browser().get(f"{made.slack.bot_url}/slack/install").status_code == (404 if more else 302)
                # a program that ends at once leaves its word to the next one
                made.slack.wait_for(lambda: "first admin" in said(made.slack), 30)
        assert said(made.slack).count("first admin") == 1
