"""Socket Mode against the practice Slack: the same ears, and a connection that comes back by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from edge_support import House

from bot.hearing import bolt, hearing
from bot.listen import wire
from bot.socket import Socket
from finance.authority import Right
from sandbox.slack import Channel, Command, Person, PracticeSlack, Workspace
from storage import companies, rights, workspaces

TEAM = "T0PRACTICE"


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    space = Workspace(
        people=[Person("U0ANNA", "anna", "Anna")],
        channels=[Channel("C1", "finance")],
        commands=[Command("/procountor")],
    )
    with PracticeSlack(space) as made:
        made.limits = "off"
        yield made


@pytest.fixture
def line(slack: PracticeSlack, house: House) -> Iterator[Socket]:
    with house.store.write() as tx:
        workspaces.join(tx, TEAM, "Practice", "U0PRACTICEBOT")
        companies.place(tx, house.company, TEAM)
        rights.give(tx, house.company, TEAM, "U0ANNA", (Right.ADMIN, Right.FINANCE), "t", house.clock())
    app = bolt(slack.api_url)
    wire(app, house.journeys.table, house.desk)
    made = Socket(slack.app_token, hearing(app), slack.api_url, ping=0.6, silence=2.0)
    made.start()
    slack.wait_for(lambda: slack.sockets.connected)
    yield made
    made.close()


def test_commands_come_over_the_line_and_are_answered(slack: PracticeSlack, line: Socket, house: House) -> None:
    assert slack.command("anna", "/procountor send invoices").ok
    assert slack.command("anna", "/procountor settings").ok
    assert [said.route for said in house.kept()] == ["send invoices"]
    assert [name for name, _ in house.journeys.ran] == ["settings"]
    house.journeys.raises = RuntimeError()
    answer = slack.command("anna", "/procountor settings")
    assert answer.ok
    assert "Incident number:" in answer.answer["text"]


def test_the_same_envelope_again_is_one_effect(slack: PracticeSlack, line: Socket, house: House) -> None:
    sent = slack.command("anna", "/procountor send invoices")
    assert slack.redeliver(sent).ok
    assert len(house.work.asked) == 1


def test_it_comes_back_after_slack_hangs_up(slack: PracticeSlack, line: Socket, house: House) -> None:
    slack.sockets.disconnect()
    slack.wait_for(lambda: slack.sockets.connected == 0 or None, 5)
    slack.wait_for(lambda: slack.sockets.connected, 10)
    slack.wait_for(lambda: slack.command("anna", "/procountor runs").ok or None, 10)
    assert [said.route for said in house.kept()][-1] == "runs"


def test_a_line_whose_pings_are_not_answered_is_made_anew(
    slack: PracticeSlack, line: Socket, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The peer is there but no longer answers, as behind a broken firewall."""
    from sandbox.slack import frames

    real = frames.frame
    opened = slack.faults.counts["apps.connections.open"]
    monkeypatch.setattr(frames, "frame", lambda kind, payload: b"" if kind == frames.PONG else real(kind, payload))
    slack.wait_for(lambda: slack.faults.counts["apps.connections.open"] > opened, 10)
    monkeypatch.undo()
    slack.wait_for(lambda: slack.sockets.connected and slack.command("anna", "/procountor runs").ok, 10)


def test_a_line_that_the_library_does_not_mend_is_mended_by_the_watch(
    slack: PracticeSlack, line: Socket, house: House
) -> None:
    line._line.auto_reconnect_enabled = False
    line._line.disconnect()
    slack.wait_for(lambda: not line.alive, 5)
    slack.wait_for(lambda: line.alive and slack.sockets.connected and slack.command("anna", "/procountor runs").ok, 15)


def test_an_event_that_cannot_be_stored_is_not_acknowledged(slack: PracticeSlack, line: Socket, house: House) -> None:
    house.work.fails = 1
    slack.courier.seconds = 0.5
    slack.desk.retry_delays = (0.05, 0.05, 0.05)
    assert not slack.say("anna", "runs").ok
    slack.wait_for(lambda: house.work.asked)  # Slack's own retry is heard
    assert [said.route for said in house.kept()] == ["runs"]


def test_a_payload_of_no_shape_does_not_stop_the_line(slack: PracticeSlack, line: Socket, house: House) -> None:
    assert slack.sockets.ask("interactive", {"team": "T"}, 2.0) is None
    with pytest.raises(TimeoutError):  # what Bolt stumbles over is not acknowledged
        slack.sockets.ask("interactive", {"type": "block_actions", "actions": None}, 0.3)
    assert slack.command("anna", "/procountor runs").ok
