"""What happens to a thing said: done now or kept for a worker, and never silence when it goes wrong."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from edge_support import (
    ANNA,
    BERTIL,
    GUEST,
    OTHER_TEAM,
    TEAM,
    House,
    click,
    command,
    event,
    form,
    message,
    suggestion,
)
from slack_bolt import App, BoltRequest

from bot.hearing import bolt, hearing
from bot.listen import wire
from handlers.chat import Answer, ChatTrouble, Modal, Profile
from storage import inbox

NUMBER = re.compile(r"\b[0-9a-f]{8}\b")


def test_a_command_for_a_worker_is_kept_asked_for_and_acknowledged_with_nothing(house: House) -> None:
    answer = house.hear(command("  send   invoices  202611 dry "))
    assert (answer.status_code, answer.content) == (200, b"")
    ((lane, task, key, company, args),) = house.work.asked
    assert (lane, task, company, args) == ("hear", "hear", house.company, [key])
    (said,) = house.kept()
    assert (said.kind, said.route, said.text, said.team, said.user) == (
        "command",
        "send invoices",
        "202611 dry",
        TEAM,
        ANNA,
    )
    assert (said.channel, said.reply) == ("C0FINANCE", "https://hooks.slack.com/commands/T/1/x")
    assert said.trigger == ""  # good for three seconds: never kept
    assert house.journeys.ran == []


def test_a_command_that_opens_a_form_is_done_at_once_with_its_trigger(house: House) -> None:
    house.hear(command("settings", trigger="9.9.z"))
    ((name, said),) = house.journeys.ran
    assert (name, said.trigger) == ("settings", "9.9.z")
    assert house.work.asked == []


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("sned invoices", "unknown:sned invoices"),
        ("payload", "unknown:payload"),
        ("R&amp;D &lt;x&gt;", "unknown:R&D <x>"),
    ],
)
def test_what_is_no_command_goes_to_help_as_it_was_typed(house: House, typed: str, text: str) -> None:
    house.hear(command(typed))
    assert [(s.route, s.text) for s in house.kept()] == [("help", text)]


def test_a_bare_command_is_help(house: House) -> None:
    house.hear(command(""))
    assert [(s.route, s.text) for s in house.kept()] == [("help", "")]


def test_a_press_is_kept_with_its_handle_and_place(house: House) -> None:
    house.hear(click("batch.send", "h4ndle"))
    (said,) = house.kept()
    assert (said.kind, said.route, said.value, said.channel, said.ts) == (
        "click",
        "batch.send",
        "h4ndle",
        "D0ANNA",
        "1700.1",
    )


def test_the_same_press_delivered_twice_is_one_and_pressing_twice_is_two(house: House) -> None:
    house.hear(click("batch.send", trigger="1.1.a"))
    house.clock.go(1)
    house.hear(click("batch.send", trigger="1.1.a"))
    assert len(house.work.asked) == house.count("inbox") == 1
    house.hear(click("batch.send", trigger="1.1.b"))
    assert len(house.work.asked) == house.count("inbox") == 2


def test_http_and_socket_bring_one_effect_together(house: House) -> None:
    for number in range(20):
        body = click("batch.send", trigger=f"2.2.{number}")
        house.hear(body)
        house.listen(body)
        settings = command("settings", trigger=f"3.3.{number}")
        house.listen(settings)
        house.hear(settings)
    assert len(house.work.asked) == 20
    assert [name for name, _ in house.journeys.ran] == ["settings"] * 20


def test_a_click_that_opens_a_form_is_done_at_once(house: House) -> None:
    house.hear(click("row.open", trigger="7.7.x"))
    ((name, said),) = house.journeys.ran
    assert (name, said.trigger, said.value) == ("row.open", "7.7.x", "handle1")


MODAL = Modal("A title that is longer than Slack allows", ({"type": "divider"},), "row.save", "Close", "Save", "m")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, b""),
        (Answer(), b""),
        (
            Answer(errors={"amount": "A number, please."}),
            {"response_action": "errors", "errors": {"amount": "A number, please."}},
        ),
        (Answer(clear=True), {"response_action": "clear"}),
    ],
)
def test_what_a_form_gets_back(house: House, answer: Answer | None, told: Any) -> None:
    house.journeys.answer = answer
    got = house.hear(form("row.save", {"amount": {"amount": {"type": "plain_text_input", "value": "12,50"}}}))
    assert (got.content or b"") == told if isinstance(told, bytes) else got.json() == told
    ((_, said),) = house.journeys.ran
    assert (said.values, said.meta, said.view, said.root_view) == ({"amount": "12,50"}, "handle2", "V1", "V0")


@pytest.mark.parametrize("what", ["update", "push"])
def test_a_form_may_be_followed_by_another_cut_to_slacks_limits(house: House, what: str) -> None:
    house.journeys.answer = Answer(**{what: MODAL})
    got = house.hear(form("row.save")).json()
    assert got["response_action"] == what
    assert got["view"]["title"]["text"] == "A title that is longer…"[:24]
    assert len(got["view"]["title"]["text"]) <= 24
    assert (got["view"]["callback_id"], got["view"]["private_metadata"], got["view"]["submit"]["text"]) == (
        "row.save",
        "m",
        "Save",
    )


def test_a_form_is_taken_once_but_again_after_it_was_sent_back(house: House) -> None:
    house.journeys.answer = Answer(errors={"amount": "Not yet."})
    house.hear(form("row.save", trigger="5.5.a"))
    house.clock.go(1)
    house.hear(form("row.save", trigger="5.5.b"))
    assert len(house.journeys.ran) == 2
    house.journeys.answer = None
    house.clock.go(1)
    house.hear(form("row.save", trigger="5.5.c"))
    house.clock.go(1)
    house.hear(form("row.save", trigger="5.5.d"))
    assert len(house.journeys.ran) == 3


def test_a_select_gets_its_choices_cut_to_slacks_limits(house: House) -> None:
    house.journeys.answer = Answer(options=tuple((f"id{i}", "Asiakas " * 20) for i in range(120)))
    got = house.hear(suggestion("customer.find", "asi")).json()["options"]
    assert len(got) == 100
    assert got[0]["value"] == "id0"
    assert len(got[0]["text"]["text"]) <= 75
    ((_, said),) = house.journeys.ran
    assert (said.text, said.meta) == ("asi", "handle2")


def test_a_select_may_ask_the_same_again(house: House) -> None:
    for _ in range(3):
        house.hear(suggestion("customer.find", "asi"))
        house.clock.go(1)
    assert len(house.journeys.ran) == 3


def test_files_and_words_written_to_the_bot(house: House) -> None:
    house.hear(event(message("here", subtype="file_share", files=[{"id": "F1"}, {"id": "F2"}]), "Ev1"))
    house.hear(event(message("send invoices 202611"), "Ev2"))
    house.hear(event(message("good morning &amp; thanks"), "Ev3"))
    files, typed, talk = house.kept()
    assert (files.kind, files.route, files.files, files.text, files.channel) == (
        "file",
        "file",
        ("F1", "F2"),
        "here",
        "D0ANNA",
    )
    assert (typed.kind, typed.route, typed.text) == ("command", "send invoices", "202611")
    assert (talk.route, talk.text) == ("help", "unknown:good morning & thanks")


@pytest.mark.parametrize(
    "inner",
    [
        message("x", bot_id="B1"),
        message("x", subtype="message_changed"),
        message("x", subtype="message_deleted", hidden=True),
        message("x", subtype="bot_message"),
        message("x", channel_type="channel"),
        message("   "),
        {**message("x"), "user": None},
        {"type": "app_home_opened", "user": ANNA, "tab": "messages"},
        {"type": "reaction_added", "user": ANNA},
    ],
)
def test_what_is_not_said_to_us_is_acknowledged_and_left(house: House, inner: dict[str, Any]) -> None:
    assert house.hear(event(inner)).status_code == 200
    assert house.work.asked == house.journeys.ran == []


def test_opening_the_home_tab_is_work_for_later(house: House) -> None:
    house.hear(event({"type": "app_home_opened", "user": ANNA, "tab": "home", "channel": "D0ANNA"}))
    assert [(s.kind, s.route, s.user) for s in house.kept()] == [("home", "home", ANNA)]


def test_links_closed_forms_and_choices_without_a_route_are_only_thanked_for(house: House) -> None:
    house.hear(click("link.out", url="https://example.fi/"))
    house.hear(click("month.pick", type="datepicker", selected_date="2026-11-01"))
    house.hear({**form("row.save"), "type": "view_closed"})
    assert house.work.asked == house.journeys.ran == house.paper.told == []


def test_a_button_of_an_older_version_is_heard_and_a_form_is_told(house: House) -> None:
    house.hear(click("old.button"))
    assert [s.route for s in house.kept()] == ["old.button"]
    got = house.hear(form("old.form")).json()
    assert got["response_action"] == "update"
    assert "no longer in use" in json.dumps(got)


def test_action_ids_are_matched_whole(house: House) -> None:
    house.hear(click("row.open.all"))
    assert house.journeys.ran == []


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (command("settings", team=OTHER_TEAM), "aside"),
        (command("runs", team=OTHER_TEAM), "aside"),
        (click("batch.send", team=OTHER_TEAM), "whisper"),
        (click("row.open", team=OTHER_TEAM), "whisper"),
        (form("row.save", team=OTHER_TEAM), "form"),
        (event(message("runs"), team=OTHER_TEAM), "whisper"),
        (event({"type": "app_home_opened", "user": ANNA, "tab": "home"}, team=OTHER_TEAM), "home"),
    ],
)
def test_a_workspace_without_a_company_is_told_so(house: House, body: dict[str, Any], where: str) -> None:
    got = house.hear(body)
    assert got.status_code == 200
    told = {"aside": got.text, "form": got.text}.get(where) or str([t for t in house.paper.told if t[0] == where])
    assert "not connected to a company" in told
    assert house.work.asked == house.journeys.ran == []


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (command("settings", user=BERTIL), "do not have the right"),
        (form("row.save", user=BERTIL), "do not have the right"),
        (command("settings", user=GUEST), "Only members"),
        (click("row.open", user=GUEST), "Only members"),
        (suggestion("customer.find", "a", user=GUEST), "Only members"),
    ],
)
def test_who_may_not_is_told_so_and_nothing_runs(house: House, body: dict[str, Any], sentence: str) -> None:
    got = house.hear(body)
    told = got.text + str(house.paper.told)
    assert sentence in told
    assert house.journeys.ran == house.work.asked == []


def test_people_of_another_organisation_are_refused_by_the_payload_alone(house: House) -> None:
    body = click("batch.send")
    body["user"]["team_id"] = OTHER_TEAM
    house.hear(body)
    assert house.work.asked == []
    assert house.paper.told[0][0] == "whisper"
    house.hear(
        {**body, "enterprise": {"id": "E1"}, "trigger_id": "8.8.e"}
    )  # in one organisation only the profile tells
    assert len(house.work.asked) == 1


FAILING: list[tuple[dict[str, Any], str]] = [
    (command("settings"), "aside"),
    (click("row.open"), "whisper"),
    (form("row.save"), "errors"),
    (suggestion("customer.find", "a"), "options"),
]


@pytest.mark.parametrize(("body", "where"), FAILING, ids=[f[1] for f in FAILING])
@pytest.mark.parametrize("error", [RuntimeError("IBAN FI21 1234 5600 0007 85"), ChatTrouble("expired_trigger_id")])
def test_a_route_that_breaks_is_told_in_words_with_a_number_that_the_log_has_too(
    house: House, body: dict[str, Any], where: str, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    house.journeys.raises = error
    with caplog.at_level(logging.DEBUG):
        got = house.hear(body)
    assert got.status_code == 200
    told = str(house.paper.told) if where == "whisper" else got.text
    (number,) = set(NUMBER.findall(told))
    assert f"incident {number}" in caplog.text
    assert "FI21" not in caplog.text + told
    if where == "aside":
        assert got.json()["response_type"] == "ephemeral"
    if where == "errors":  # at a field of the form, which keeps what was filled in
        assert list(got.json()["errors"]) == ["amount"]
    if where == "options":
        assert len(got.json()["options"]) == 1


def test_a_form_without_fields_that_breaks_is_replaced_by_the_words(house: House) -> None:
    house.journeys.raises = RuntimeError()
    body = form("row.save")
    body["view"]["blocks"] = []
    got = house.hear(body).json()
    assert got["response_action"] == "update"
    assert NUMBER.search(json.dumps(got["view"]["blocks"]))


def test_a_form_that_broke_may_be_sent_again(house: House) -> None:
    house.journeys.raises = RuntimeError()
    house.hear(form("row.save"))
    house.journeys.raises = None
    house.clock.go(1)
    house.hear(form("row.save"))
    assert len(house.journeys.ran) == 2


def test_a_click_in_a_form_that_breaks_opens_the_words_on_top(house: House) -> None:
    house.journeys.raises = RuntimeError()
    body = click("row.open")
    house.hear({**body, "view": form("row.save")["view"], "container": {"type": "view", "view_id": "V1"}})
    ((how, trigger, title, blocks),) = house.paper.told
    assert (how, trigger, title) == ("open", "13.37.b", "Kierto")
    assert NUMBER.search(json.dumps(blocks))


def test_words_come_in_the_readers_language(house: House) -> None:
    house.paper.profiles["U0FIN"] = Profile("U0FIN", "Aino", "fi")
    house.paper.profiles["U0OFF"] = Profile("U0OFF", "Off", "fi")
    said_in: list[str] = []
    from handlers.views import notices

    original = notices.no_company
    try:
        notices.no_company = lambda say: (said_in.append(say.language), original(say))[1]  # type: ignore[assignment]
        house.hear(command("runs", user="U0FIN", team=OTHER_TEAM, trigger="a"))
        house.paper.trouble = "ratelimited"
        house.hear(command("runs", user="U0OFF", team=OTHER_TEAM, trigger="b"))
    finally:
        notices.no_company = original
    assert said_in == ["fi", "en"]


def test_an_event_that_could_not_be_stored_is_asked_for_again_and_then_heard(house: House) -> None:
    house.work.fails = 1
    body = event(message("runs"))
    assert house.hear(body).status_code == 503
    assert house.count("inbox") == house.count("seen") == 0  # both or neither, and no replay guard in the way
    assert house.hear(body).status_code == 200
    assert [s.route for s in house.kept()] == ["runs"]


def test_a_command_that_could_not_be_stored_is_told_so_and_may_be_typed_again(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.work.fails = 1
    with caplog.at_level(logging.DEBUG):
        got = house.hear(command("send invoices"))
    assert got.status_code == 200
    assert "nothing was changed" in got.json()["text"]
    assert "x-kierto-unheard" not in got.headers
    assert "secret-payload-words" not in caplog.text
    assert house.hear(command("send invoices")).content == b""
    assert len(house.work.asked) == 1


def test_a_press_that_could_not_be_stored_is_whispered(house: House) -> None:
    house.work.fails = 1
    assert house.hear(click("batch.send")).status_code == 200
    assert [t[0] for t in house.paper.told] == ["whisper"]


def test_an_error_at_the_very_end_of_storing_does_not_hide_that_it_was_stored(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database may have committed and yet have lost the answer."""
    import contextlib

    real = house.store.write

    @contextlib.contextmanager
    def torn() -> Any:
        with real() as tx:
            yield tx
        raise OSError("the connection went away")

    monkeypatch.setattr(house.store, "write", torn)
    answer = house.listen(event(message("runs"), "EvTorn"))
    monkeypatch.undo()
    assert answer.status == 200
    assert [s.route for s in house.kept()] == ["runs"]


def test_when_even_the_words_fail_it_is_still_acknowledged(house: House) -> None:
    house.journeys.raises = RuntimeError()
    house.paper.trouble = "fatal_error"
    assert house.hear(click("row.open")).status_code == 200


@pytest.mark.parametrize("body", [command("runs"), click("batch.send")], ids=["command", "click"])
def test_what_nobody_knows_to_be_kept_is_never_acknowledged_with_silence(
    house: House, monkeypatch: pytest.MonkeyPatch, body: dict[str, Any]
) -> None:
    """The database is away, with it the token that words would be said with."""

    def away(*_: Any) -> Any:
        raise OSError("the database went away")

    monkeypatch.setattr(house.store, "write", away)
    monkeypatch.setattr(house.store, "read", away)
    monkeypatch.setattr(house.paper, "profile", away)
    monkeypatch.setattr(house.paper, "whisper", away)
    answer = house.listen(body)
    assert (answer.status, "Look at what has been done" in str(answer.body)) in ((200, True), (503, False))


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
def test_a_workspace_that_removes_the_bot_is_passed_on(house: House, kind: str) -> None:
    assert house.hear(event({"type": kind, "tokens": {"bot": ["U0BOT"]}})).status_code == 200
    assert house.gone == [TEAM]


def test_a_removal_is_passed_on_with_the_moment_slack_gives_it(house: House) -> None:
    app, told = bolt("http://127.0.0.1:9/api/"), []
    wire(app, house.journeys.table, house.desk, lambda team, at: told.append(at))
    for stamp in (1_700_000_000, "1700000000", None, True, -5, 10**12, 1.5):
        hearing(app)({**event({"type": "app_uninstalled"}), "event_time": stamp})
    assert told == [datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC), *[None] * 6]


def test_a_users_own_revoked_token_is_no_removal(house: House) -> None:
    house.hear(event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}))
    assert house.gone == []


def test_a_removal_that_cannot_be_noted_is_told_again(house: House) -> None:
    app = bolt("http://127.0.0.1:9/api/")

    def gone(team: str, at: datetime | None) -> None:
        raise OSError(team)

    wire(app, house.journeys.table, house.desk, gone)
    assert hearing(app)(event({"type": "app_uninstalled"})).status == 503


def test_bolt_alone_would_take_the_acknowledgement_back(house: House) -> None:
    """Why the guard stands: the same listener, bare, answers 500 after its ack; ours never does."""
    bare: App = bolt("http://127.0.0.1:9/api/")

    @bare.command("/procountor")
    def listen(ack: Any) -> None:
        ack("thanks")
        raise RuntimeError("right after the ack")

    assert bare.dispatch(BoltRequest(body=command("settings"), mode="socket_mode")).status != 200
    house.journeys.raises = RuntimeError("right after the ack")
    assert house.hear(command("settings")).status_code == 200


def test_no_listener_stands_outside_the_guard(house: House) -> None:
    app = bolt("http://127.0.0.1:9/api/")
    wire(app, house.journeys.table, house.desk)
    names = {listener.ack_function.__qualname__ for listener in app._listeners}  # type: ignore[attr-defined]
    assert names == {"wire.<locals>.listen", "wire.<locals>.leave"}
    assert len(app._listeners) == 9  # commands, presses, forms, selects, shortcuts; two events twice


@pytest.mark.parametrize(
    "name", ["customer", "customer.find.more", "xcustomer.find", "customer.find\n", "customerxfind"]
)
def test_a_select_is_found_by_its_whole_name_alone(house: House, name: str) -> None:
    assert house.hear(suggestion(name, "x")).status_code == 200
    assert house.journeys.ran == []
    house.hear(suggestion("customer.find", "x"))
    assert [ran for ran, _ in house.journeys.ran] == ["customer.find"]


def test_what_is_kept_cannot_be_read_in_the_file(house: House) -> None:
    house.hear(command("send invoices canary-words"))
    with house.store.read() as tx:
        rows = tx.exec_driver_sql("SELECT key, said FROM inbox").all()
    assert all(b"canary" not in bytes(row[1]) and b"hooks.slack.com" not in bytes(row[1]) for row in rows)
    with house.store.read() as tx:
        assert "canary-words" in inbox.take(tx, rows[0][0])[0]
