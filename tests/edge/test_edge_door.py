"""The HTTP door: what is let in, how often, and that nothing of the rest is done, kept or written down."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from edge_support import METRICS, SECRET, House, click, command, encoded, event, message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt import BoltResponse

from bot.edge import EdgeConfig, build
from bot.verify import sign

WORDS = "hunter2-secret-words"
FORM = "application/x-www-form-urlencoded"
BODY = encoded(command(f"send invoices {WORDS}"))[0]


def stamp(house: House, off: int = 0) -> bytes:
    return str(int(house.clock().timestamp()) + off).encode()


def right(house: House) -> list[tuple[bytes, bytes]]:
    now = stamp(house)
    return [(b"X-Slack-Request-Timestamp", now), (b"X-Slack-Signature", sign(SECRET, now, BODY))]


Forge = Callable[[House], tuple[list[tuple[bytes, bytes]], bytes]]
TIME, SIGN = b"X-Slack-Request-Timestamp", b"X-Slack-Signature"


def _stamped(value: bytes) -> Forge:
    return lambda house: ([(TIME, value), (SIGN, sign(SECRET, value, BODY))], BODY)


def _signed(value: bytes) -> Forge:
    return lambda house: ([(TIME, stamp(house)), (SIGN, value)], BODY)


FORGERIES: dict[str, Forge] = {
    "other secret": lambda h: ([(TIME, stamp(h)), (SIGN, sign("other", stamp(h), BODY))], BODY),
    "body changed": lambda h: (right(h), BODY + b"1"),
    "body cut": lambda h: (right(h), BODY[:-1]),
    "body empty": lambda h: (right(h), b""),
    "re-encoded": lambda h: (right(h), BODY.replace(b"+", b"%20")),
    "last nibble": lambda h: ([right(h)[0], (SIGN, right(h)[1][1][:-1] + b"x")], BODY),
    "version 1": lambda h: ([right(h)[0], (SIGN, b"v1" + right(h)[1][1][2:])], BODY),
    "no headers": lambda h: ([], BODY),
    "no signature": lambda h: (right(h)[:1], BODY),
    "no time stamp": lambda h: (right(h)[1:], BODY),
    "signature twice": lambda h: ([*right(h), right(h)[1]], BODY),
    "time stamp twice": lambda h: ([*right(h), right(h)[0]], BODY),
    "both twice": lambda h: (right(h) * 2, BODY),
    "old": lambda h: ([(TIME, stamp(h, -301)), (SIGN, sign(SECRET, stamp(h, -301), BODY))], BODY),
    "future": lambda h: ([(TIME, stamp(h, 301)), (SIGN, sign(SECRET, stamp(h, 301), BODY))], BODY),
    "time of another": lambda h: ([(TIME, stamp(h, 1)), right(h)[1]], BODY),
    **{f"time {value!r:.20}": _stamped(value) for value in (b"", b"abc", b"1.5", b"+1", b"-1", b"9" * 20, b"1 2")},
    "time arabic": _stamped("١٧٦٣٨٨٤٨٠٠".encode()),
    "time high bytes": _stamped(b"\xff\xfe\xe9"),
    "time long": _stamped(b"1" * 30_000),
    **{f"sign {value!r:.20}": _signed(value) for value in (b"", b"v0=", b"v0=abc", b"\xff" * 67, b"v0=" + b"z" * 64)},
    "sign utf-8": _signed("v0=ä".encode()),
    "sign long": _signed(b"v0=" + b"a" * 30_000),
    "not utf-8": lambda h: ([(TIME, stamp(h)), (SIGN, sign(SECRET, stamp(h), b"text=\xff\xfe"))], b"text=\xff\xfe"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_request_is_refused_with_nothing_done_kept_or_written(
    house: House, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    headers, body = FORGERIES[name](house)
    with caplog.at_level(logging.DEBUG):
        answer = house.client.post("/slack/events", content=body, headers=[(b"Content-Type", FORM.encode()), *headers])
    assert (answer.status_code, answer.content) == (401, b"")
    assert house.journeys.ran == house.work.asked == house.paper.told == []
    assert house.count("seen") == house.count("inbox") == 0
    assert WORDS not in caplog.text
    assert "trigger" not in caplog.text
    assert "Traceback" not in caplog.text


def test_a_refusal_is_counted_and_written_once_a_minute(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "bot.edge"):
        for _ in range(50):
            house.client.post("/slack/events", content=BODY)
        assert len(caplog.records) == 1
        house.clock.go(61)
        house.client.post("/slack/events", content=BODY)
    assert house.refused("missing") == 51
    assert [r.getMessage() for r in caplog.records][1] == (
        "refused a request to /slack/events: missing (49 more since the last line)"
    )


ODD: list[tuple[str, bytes, str]] = [
    ("deep JSON", b'{"a":' + b"[" * 40 + b"]" * 40 + b"}", "application/json"),
    ("very deep JSON", b"[" * 100_000, "application/json"),
    ("deep JSON in a field", b"payload=" + b"%5B" * 50_000, FORM),
    ("broken JSON", b'{"a":', "application/json"),
    ("a list", b"[]", "application/json"),
    ("a number", b"1", "application/json"),
    ("empty JSON", b"", "application/json"),
    ("UTF-16 JSON", '{"type":"x"}'.encode("utf-16"), "application/json"),
    ("high bytes", b"\xff\xfe", "application/json; charset=utf-8"),
    ("high bytes in a form", b"payload=\xff", FORM),
    ("escaped high bytes", b"text=%FF%FE&command=%2Fprocountor", FORM),
    ("a payload that is no object", b"payload=%22x%22", FORM),
    ("too many fields", b"&".join(b"a%d=1" % i for i in range(1001)), FORM),
    ("a million fields", b"&" * 999_000, FORM),
    ("endless numbers", b'{"a":' + b"9" * 50_000 + b"}", "application/json"),
]


@pytest.mark.parametrize(("name", "body", "kind"), ODD, ids=[o[0] for o in ODD])
def test_signed_nonsense_is_refused_before_it_is_parsed(house: House, name: str, body: bytes, kind: str) -> None:
    assert house.send(body, kind).status_code == 401
    assert house.count("seen") == 0


def test_brackets_inside_strings_are_not_depth(house: House) -> None:
    text = "[" * 500 + '\\"{' * 10
    assert house.hear(event(message(text=text))).status_code == 200
    assert house.kept()[0].text.startswith("unknown:[[[")


GENUINE_BUT_STRANGE: list[Any] = [
    {}, {"type": None}, {"type": "block_actions"}, {"type": "block_actions", "actions": None},
    {"type": "block_actions", "actions": [None]}, {"type": "block_actions", "actions": [{}], "user": []},
    {"type": "view_submission"}, {"type": "view_submission", "view": []}, {"type": "event_callback"},
    {"type": "event_callback", "event": None}, {"type": "event_callback", "event": {"type": 3}},
    {"type": "event_callback", "event": {"type": "message", "files": "x", "channel_type": "im", "user": 1}},
    {"type": "shortcut", "callback_id": "x"}, {"type": "view_closed", "view": {"callback_id": "row.save"}},
    {"type": "block_suggestion"}, {"authorizations": 1}, {"authorizations": [1]}, {"team": "T1", "user": "U1"},
    {"type": "dialog_submission", "callback_id": "x", "state": "y"}, {"command": "/other", "team_id": "T0KIERTO"},
    {"command": "/procountor"}, {"type": "event_callback", "event": {"type": "app_home_opened"}, "event_id": 5},
    {"enterprise": "E1", "team": {"id": None}},
]  # fmt: skip


@pytest.mark.parametrize("body", GENUINE_BUT_STRANGE, ids=range(len(GENUINE_BUT_STRANGE)))
def test_no_shape_of_json_brings_a_500(house: House, body: Any) -> None:
    for content, kind in ((json.dumps(body).encode(), "application/json"), encoded({**body, "type": body.get("type")})):
        assert house.send(content, kind).status_code in (200, 400)
        house.clock.go(1)
    assert house.journeys.ran == []


MEMBERS = [
    "type",
    "team",
    "user",
    "event",
    "actions",
    "view",
    "state",
    "values",
    "id",
    "files",
    "action_id",
    "container",
    "channel_type",
    "selected_options",
    "authorizations",
    "enterprise",
    "message",
    "channel",
    "text",
    "value",
]
WORDS_OF_SLACK = st.sampled_from(["T0KIERTO", "message", "im"])
JSONS = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 10**12) | st.text(max_size=8) | WORDS_OF_SLACK,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=5),
    max_leaves=20,
)
KINDS = ["block_actions", "view_submission", "block_suggestion", "event_callback", "view_closed", "message_action"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    kind=st.sampled_from(KINDS),
    rest=st.dictionaries(st.sampled_from(["event", "view", "actions", "user", "team"]), JSONS),
)
def test_no_payload_whatever_brings_a_500_or_a_traceback(house: House, kind: str, rest: dict[str, Any]) -> None:
    house.clock.go(1)
    body = {**rest, "type": kind}
    content = json.dumps(body).encode("ascii")
    assert house.send(content, "application/json").status_code in (200, 400)
    assert house.journeys.ran == []


def test_a_replay_of_the_same_bytes_is_heard_once_also_in_parallel(house: House) -> None:
    for number in range(10):
        body, kind = encoded(event(message("runs"), id=f"Ev{number}"))
        with ThreadPoolExecutor(8) as many:
            answers = list(many.map(lambda _, b=body, k=kind: house.send(b, k).status_code, range(20)))
        assert answers == [200] * 20
    assert len(house.work.asked) == len({asked[2] for asked in house.work.asked}) == 10


def test_a_replayed_command_runs_once_and_gets_an_empty_answer(house: House) -> None:
    body, kind = encoded(command("settings"))
    house.send(body, kind)
    again = house.send(body, kind)
    assert (again.status_code, again.content) == (200, b"")
    assert [name for name, _ in house.journeys.ran] == ["settings"]


def test_a_replay_is_known_to_another_process_too(house: House, tmp_path: Any) -> None:
    body, kind = encoded(command("settings"))
    house.send(body, kind)
    heard: list[Any] = []

    def listen(payload: dict[str, Any]) -> BoltResponse:
        heard.append(payload)
        return BoltResponse(status=200)

    from prometheus_client import CollectorRegistry
    from starlette.testclient import TestClient

    twin = build(EdgeConfig(SECRET), listen, house.store, house.clock, dict, CollectorRegistry())
    now = stamp(house)
    with TestClient(twin) as client:
        headers = {"X-Slack-Request-Timestamp": now.decode(), "X-Slack-Signature": sign(SECRET, now, body).decode()}
        assert client.post("/slack/events", content=body, headers={**headers, "Content-Type": kind}).status_code == 200
    assert heard == []


@pytest.mark.parametrize("seconds", [0, 60, 299])
def test_slacks_own_retry_of_an_event_changes_nothing(house: House, seconds: int) -> None:
    body = event(message("runs"))
    assert house.hear(body).status_code == 200
    house.clock.go(seconds + 1)  # a retry carries a new time stamp and signature
    content, kind = encoded(body)
    assert (
        house.send(content, kind, **{"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}).status_code
        == 200
    )
    assert len(house.work.asked) == 1


@pytest.mark.parametrize(("off", "status"), [(-299, 200), (299, 200), (-301, 401), (301, 401)])
def test_the_window_is_five_minutes_either_way(house: House, off: int, status: int) -> None:
    content, kind = encoded(command("settings"))
    at = stamp(house, off)
    headers = {"X-Slack-Request-Timestamp": at.decode(), "X-Slack-Signature": sign(SECRET, at, content).decode()}
    assert (
        house.client.post("/slack/events", content=content, headers={**headers, "Content-Type": kind}).status_code
        == status
    )
    assert len(house.journeys.ran) == (status == 200)


def test_a_body_over_a_million_bytes_is_refused_unread(house: House) -> None:
    assert house.send(b"x=" + b"a" * 1_000_000, FORM).status_code == 413
    assert house.send(b"x=" + b"a" * 999_998, FORM).status_code == 200
    assert house.refused("large") == 1


def _deliver(
    house: House, parts: list[bytes], headers: list[tuple[bytes, bytes]], pause: float = 0.0
) -> tuple[int, int]:
    """Gives the app a body in parts as a server does; the status, and how many parts it took."""
    taken, sent = [0], []

    async def receive() -> dict[str, Any]:
        if taken[0] and pause:
            await asyncio.sleep(pause)
        at = taken[0]
        taken[0] += 1
        return {"type": "http.request", "body": parts[at], "more_body": at + 1 < len(parts)}

    async def send(told: Any) -> None:
        sent.append(told)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/slack/events",
        "headers": headers,
        "query_string": b"",
        "root_path": "",
    }
    asyncio.run(house.web(scope, receive, send))
    return sent[0]["status"], taken[0]


def test_a_body_of_unannounced_size_is_cut_off_where_it_gets_too_large(house: House) -> None:
    headers = [(name.lower(), value) for name, value in right(house)]
    status, taken = _deliver(house, [b"a" * 100_000] * 100, headers)
    assert status == 413
    assert taken == 11


def test_a_body_that_trickles_is_given_up(house: House) -> None:
    headers = [(name.lower(), value) for name, value in right(house)]
    status, taken = _deliver(house, [b"a"] * 1000, headers, pause=0.05)
    assert status == 408
    assert taken < 20
    assert house.refused("slow") == 1


def test_a_body_is_not_even_read_when_the_headers_rule_it_out(house: House) -> None:
    assert _deliver(house, [b"a"] * 3, [(b"x-slack-signature", b"v0=x")]) == (401, 0)


def test_slack_may_verify_the_address(house: House) -> None:
    answer = house.hear({"type": "url_verification", "token": "legacy", "challenge": "3eZbrw1aB"})
    assert answer.json() == {"challenge": "3eZbrw1aB"}


def test_a_listener_that_breaks_gives_no_500_and_may_be_told_again(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    def listen(_: dict[str, Any]) -> BoltResponse:
        raise RuntimeError(WORDS)

    from prometheus_client import CollectorRegistry
    from starlette.testclient import TestClient

    web = build(EdgeConfig(SECRET), listen, house.store, house.clock, dict, CollectorRegistry())
    now = stamp(house)
    headers = {"X-Slack-Request-Timestamp": now.decode(), "X-Slack-Signature": sign(SECRET, now, BODY).decode()}
    with TestClient(web) as client, caplog.at_level(logging.DEBUG):
        answer = client.post("/slack/events", content=BODY, headers={**headers, "Content-Type": FORM})
    assert answer.status_code == 503
    assert "x-kierto-unheard" not in answer.headers
    assert house.count("seen") == 0
    assert "RuntimeError" in caplog.text
    assert WORDS not in caplog.text


def test_it_hears_off_the_event_loop_and_many_at_a_time(house: House) -> None:
    """Sixteen listeners wait for one another: on the loop, or one by one, they would wait for ever."""
    meeting = threading.Barrier(16, timeout=10)

    def listen(_: dict[str, Any]) -> BoltResponse:
        meeting.wait()
        return BoltResponse(status=200)

    from prometheus_client import CollectorRegistry
    from starlette.testclient import TestClient

    web = build(EdgeConfig(SECRET), listen, house.store, house.clock, dict, CollectorRegistry())

    def one(number: int) -> int:
        body = b"command=%2Fprocountor&text=" + str(number).encode()
        now = stamp(house)
        headers = {"X-Slack-Request-Timestamp": now.decode(), "X-Slack-Signature": sign(SECRET, now, body).decode()}
        return client.post("/slack/events", content=body, headers={**headers, "Content-Type": FORM}).status_code

    with TestClient(web) as client, ThreadPoolExecutor(16) as many:
        assert list(many.map(one, range(16))) == [200] * 16


def test_without_a_signing_secret_there_is_no_door(house: House) -> None:
    from prometheus_client import CollectorRegistry

    with pytest.raises(ValueError, match="signing secret"):
        build(EdgeConfig(""), house.listen, house.store, house.clock, dict, CollectorRegistry())


def _away() -> dict[str, object]:
    raise OSError("no such host: db.internal.example")


@pytest.mark.parametrize(
    ("ready", "status"),
    [
        (lambda: {"database": "ok", "companies": {"Pohjola": "paused"}, "waiting": {"hear": 3}}, 200),
        (lambda: {"database": "ok", "slack": "no answer"}, 503),
        (_away, 503),
    ],
)
def test_readiness_and_liveness(house: House, ready: Any, status: int) -> None:
    from prometheus_client import CollectorRegistry
    from starlette.testclient import TestClient

    web = build(EdgeConfig(SECRET), house.listen, house.store, house.clock, ready, CollectorRegistry())
    with TestClient(web) as client:
        assert client.get("/health/live").status_code == 200
        answer = client.get("/health/ready")
    assert answer.status_code == status
    assert "db.internal" not in answer.text


def test_metrics_tell_of_acks_and_refusals_and_of_nothing_said(house: House) -> None:
    house.hear(click("row.open", WORDS))
    house.client.post("/slack/events", content=BODY)
    told = house.client.get("/metrics", headers={"Authorization": f"Bearer {METRICS}"}).text
    assert 'kierto_slack_refused_total{why="missing"} 1.0' in told
    assert "kierto_slack_ack_seconds_count 1.0" in told
    assert WORDS not in told


def test_only_posts_are_events(house: House) -> None:
    assert house.client.get("/slack/events").status_code == 405
    assert house.client.post("/slack/elsewhere").status_code == 404
