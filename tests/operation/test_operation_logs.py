"""The log: one event is one line that can be read by a machine; no secret in it; a flood becomes a number."""

from __future__ import annotations

import io
import json
import logging
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from prometheus_client import CollectorRegistry

from bot import incident, logs
from bot.edge import Refusals
from bot.logs import EQUAL, LONGEST, Flood, log_as
from bot.settings import Settings

HOSTILE = [
    "a\nb", "a\r\nb", "\x1b[31mred\x1b[0m", '{"event": "all well", "level": "info"}\n', "\x00\x07\x08", "\u2028\u2029",
    "\u202eevil", "%s %d %n", '"}\n{"event":"x"}', "\ud800", "ä€😀", "\x9b31m", "a\x0bb\x0cc", "\\n\\u000a", "{}{0}{x}",
    "\t", "", "\x85",
]  # fmt: skip
SECRETS = {
    "bot token": "xoxb-170000000-180000000-" + "Ab1Cd2Ef3Gh4",  # in two parts: no whole token stands in a file
    "app token": "xapp-1-A0123456789-1234567890-abcdef0123456789",
    "signing secret": "8f742231b10e8888abcd99yyyzzz85a5",
    "client secret": "s3cr3t-klient",
    "api key": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "password": "dbpass%2Fword",
    "seal": "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=",
}


@pytest.fixture
def logged() -> Iterator[Callable[..., io.StringIO]]:
    """Begins to log into memory; the root is as before at the end."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level

    def begin(form: str, secrets: tuple[str, ...] = ()) -> io.StringIO:
        out = io.StringIO()
        log_as(form, serving=False, secrets=secrets, to=out)
        root.setLevel(logging.INFO)
        return out

    yield begin
    root.handlers[:] = before
    root.setLevel(level)


def test_three_thousand_hostile_texts_are_three_thousand_lines(logged: Callable[..., io.StringIO]) -> None:
    out, log, dice = logged("json"), logging.getLogger("some.journey"), random.Random(7)
    texts = ["".join(dice.choices(HOSTILE, k=3)) + str(n) for n in range(3000)]
    for text in texts:
        log.info("heard %s", text)
    lines = out.getvalue().splitlines()
    assert len(lines) == 3000
    assert all(json.loads(line)["event"].startswith("heard ") for line in lines)
    assert {"event", "level", "logger", "timestamp"} == set(json.loads(lines[0]))
    assert "\x1b" not in out.getvalue()
    assert "\\u202e" in out.getvalue()


def test_for_a_person_too_one_event_is_one_line(logged: Callable[..., io.StringIO]) -> None:
    out, log = logged("text"), logging.getLogger("some.journey")
    for number, text in enumerate(HOSTILE):
        log.info("heard %d %s", number, text)
    assert len(out.getvalue().splitlines()) == len(HOSTILE)
    assert "\x1b" not in out.getvalue()


@pytest.mark.parametrize("form", ["json", "text"])
def test_an_exceptions_words_stay_out_and_its_places_are_told(logged: Callable[..., io.StringIO], form: str) -> None:
    out, log = logged(form), logging.getLogger("some.journey")
    try:
        raise ValueError("row of Matti Meikäläinen, 12 345,67 EUR")
    except ValueError:
        log.exception("it failed")
    assert len(out.getvalue().splitlines()) == 1
    assert "Matti" not in out.getvalue()
    assert "ValueError (test_operation_logs.py:" in out.getvalue()


def test_no_secret_is_logged_whoever_writes_it(
    logged: Callable[..., io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    env = {
        "SLACK_BOT_TOKEN": SECRETS["bot token"],
        "SLACK_APP_TOKEN": SECRETS["app token"],
        "SLACK_SIGNING_SECRET": SECRETS["signing secret"],
        "PROCOUNTOR_CLIENT_SECRET": SECRETS["client secret"],
        "PROCOUNTOR_API_KEY": SECRETS["api key"],
        "DATABASE_URL": f"postgresql://kierto:{SECRETS['password']}@db/kierto",
        "KIERTO_SECRET_KEY": SECRETS["seal"],
    }
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    found = Settings()
    out, log = logged("json", found.secrets), logging.getLogger("some.library")
    for value in SECRETS.values():
        log.warning("settings: %s", {"x": value})
        log.info("GET /x?y=%s&z=1", value)
        try:
            raise RuntimeError(value)
        except RuntimeError:
            log.exception("a failure with %s", value)
    log.info("%r %s", found, env)
    assert [name for name, value in SECRETS.items() if value in out.getvalue()] == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("token xoxp-12345-abcdef.ghi expired", "xoxp-12345-abcdef.ghi"),
        ("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc", "eyJhbGciOiJIUzI1NiJ9.e30.abc"),
        ("post to https://hooks.slack.com/commands/T1/2/abcDEF", "commands/T1/2/abcDEF"),
        ("POST grant_type=x&client_secret=hunter2&api_key=k123", "hunter2"),
        ("POST grant_type=x&client_secret=hunter2&api_key=k123", "k123"),
        ("{'password': 'hunter2'}", "hunter2"),
        ("connect postgresql://kierto:hunter2@db.local/kierto", "hunter2"),
        ("secret whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        ("sealed gAAAAABmZm9vYmFyYmF6cXV4Zm9v", "gAAAAABmZm9vYmFyYmF6cXV4Zm9v"),
        ("trigger_id=13345224609.738474920.8088930838d88f008e0", "13345224609.738474920"),
        ("paid to FI21 1234 5600 0007 85 today", "1234 5600 0007 85"),
        ("person 131052-308T wrote", "131052-308T"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(logged: Callable[..., io.StringIO], text: str, hidden: str) -> None:
    out = logged("json")
    logging.getLogger("any").info("%s", text)
    assert hidden not in out.getvalue()


def test_ordinary_words_stay(logged: Callable[..., io.StringIO]) -> None:
    out = logged("json")
    said = "incident 1a2b3c4d: task bill.tell: KeyError (bill_card.py:12) GET /invoices/{id} 200 31 ms run:4711"
    logging.getLogger("any").info("%s", said)
    assert json.loads(out.getvalue())["event"] == said


def test_a_hundred_thousand_bad_requests_are_a_few_lines(logged: Callable[..., io.StringIO]) -> None:
    out, refusals = logged("json"), Refusals(CollectorRegistry())
    start = datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp()
    server = logging.getLogger("uvicorn.error")
    for number in range(100_000):
        refusals.note("forged", start + number / 2000)
        if number % 2:
            server.warning("Invalid HTTP request received.")
    assert len(out.getvalue()) < 20_000
    assert out.getvalue().count("forged") == 1


def test_what_was_left_out_is_told_and_numbers_of_incidents_are_not_lost() -> None:
    now = [0.0]
    flood = Flood(lambda: now[0])

    def line(text: str, *args: object) -> logging.LogRecord:
        return logging.LogRecord("kierto", logging.ERROR, "x.py", 1, text, args, None)

    assert sum(flood.filter(line("the same")) for _ in range(100)) == EQUAL
    assert all(flood.filter(line("incident %s", number)) for number in range(100))
    now[0] = 61
    first = line("goes on")
    assert flood.filter(first)
    assert first.getMessage() == "goes on (before it 90 like lines were left out)"


def test_a_long_text_is_cut(logged: Callable[..., io.StringIO]) -> None:
    out = logged("json")
    logging.getLogger("any").info("x" * 1_000_000)
    assert len(out.getvalue()) < LONGEST + 300


def test_what_nobody_caught_is_a_line_without_its_words() -> None:
    program = (
        "from bot.logs import log_as; import threading\n"
        "log_as('json', serving=True)\n"
        "def fail(): raise ValueError('secret words')\n"
        "t = threading.Thread(target=fail, name='ear'); t.start(); t.join()\n"
        "fail()\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    lines = [json.loads(line)["event"] for line in ended.stdout.splitlines()]
    assert ended.returncode == 1
    assert len(lines) == 2
    assert "thread ear: ValueError" in lines[0]
    assert "the program: ValueError" in lines[1]
    assert "secret words" not in ended.stdout + ended.stderr


def test_an_incident_tells_the_chain() -> None:
    try:
        try:
            raise KeyError("inner words")
        except KeyError as inner:
            raise RuntimeError("outer words") from inner
    except RuntimeError as failed:
        told = incident.told(failed)
    assert told.startswith("RuntimeError (")
    assert " from KeyError (" in told
    assert "words" not in told


def test_values_that_hide_nothing_stay_as_they_are() -> None:
    clean = logs.cleaner(["a-secret-of-length"])
    event = {"n": 7, "on": True, "none": None, "share": 0.5, "text": "with a-secret-of-length"}
    assert clean(None, "", dict(event)) == {**event, "text": f"with {logs.GONE}"}


def test_an_interrupt_and_an_asked_for_end_are_no_incidents(monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(logs.incident, "note", lambda log, what, failed: noted.append(what))
    logs._uncaught()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    sys.excepthook(ValueError, ValueError(), None)
    ear = threading.Thread(name="ear")
    for failed in (SystemExit(1), KeyError("x")):
        threading.excepthook(threading.ExceptHookArgs((type(failed), failed, None, ear)))
    assert noted == ["the program", "thread ear"]


def test_a_minute_without_a_flood_tells_nothing() -> None:
    now = [0.0]
    flood = Flood(lambda: now[0])
    line = logging.LogRecord("kierto", logging.ERROR, "x.py", 1, "goes %s", ("on",), None)
    assert flood.filter(line)
    now[0] = 61
    assert flood.filter(line)
    assert json.dumps(line.getMessage()) == '"goes on"'
