"""The log: one event, one line; no secrets, whoever wrote them into it; a flood becomes a number."""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, MutableMapping
from typing import Any, TextIO
from urllib.parse import quote

import structlog

from bot import incident
from finance.identifiers import hidden

Event = MutableMapping[str, Any]

LONGEST = 4000  # characters of one text in a line
WINDOW = 60.0
EQUAL, ALIKE, TOLD = 10, 600, 6000  # a minute: equal warnings, warnings of one kind, lines of one kind in all
SHORTEST_SECRET = 6  # anything shorter would be found in ordinary words
GONE = "[secret]"

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SECRETS = (
    re.compile(r"\bxox[a-z]-[\w.-]+|\bxapp-[\w-]+|\bxoxe[.\w-]+"),  # Slack's tokens
    re.compile(r"\bgAAAA[\w=-]{16,}|\bwhsec_[\w+/=-]+"),  # sealed here, and webhooks' secrets
    re.compile(r"(?i)(?<=bearer )[\w.~+/=-]+"),
    re.compile(r"(?<=://hooks\.slack\.com/)[^\s\"']+"),
    re.compile(r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"),  # user and password of an address
    re.compile(r"(?i)(?<=\b)(?:api_?key|client_?secret|secret(?:_?key)?|password|token|code|trigger_?id)"
               r"[\"']?\s*[=:]\s*[\"']?[^\s&\"',}]+"),
    re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]\b"),  # Finnish identity numbers
)  # fmt: skip
_NOISY = ("httpx", "httpcore", "apscheduler", "alembic", "dbos", "slack_sdk", "slack_bolt", "urllib3", "uvicorn")


def log_as(form: str, *, serving: bool, secrets: Iterable[str] = (), to: TextIO | None = None) -> None:
    """Begins to log: "text" for a person or "json", one object a line; of libraries only what is wrong.

    ``serving``: to standard output, every request; otherwise errors only, to standard error. ``secrets`` are values
    that no line may hold.
    """
    handler = logging.StreamHandler(to or (sys.stdout if serving else sys.stderr))
    handler.setFormatter(_formatter(form, secrets))
    handler.addFilter(Flood(time.monotonic))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO if serving else logging.ERROR)
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    if serving:
        _uncaught()


def _formatter(form: str, secrets: Iterable[str]) -> logging.Formatter:
    last: Any = (
        structlog.processors.JSONRenderer(default=repr)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _failure,
            cleaner(secrets),
            last,
        ],
    )


def _failure(_: object, __: str, event: Event) -> Event:
    """What failed and where, in one line; never the words of an exception, which quote rows, names and payloads."""
    told = event.pop("exc_info", None)
    event.pop("stack", None)
    failed = told[1] if isinstance(told, tuple) else told
    if isinstance(failed, BaseException):
        event["failed"] = incident.told(failed)
    return event


def cleaner(secrets: Iterable[str]) -> Callable[[object, str, Event], Event]:
    """A processor that takes secrets, accounts, identity codes and control characters out of every text of an event."""
    values = {form for value in secrets if len(value) >= SHORTEST_SECRET for form in (value, quote(value, safe=""))}
    known = re.compile("|".join(map(re.escape, sorted(values, key=len, reverse=True)))) if values else None

    def clean(_: object, __: str, event: Event) -> Event:
        return {key: _clean(value, known) for key, value in event.items()}

    return clean


def _clean(value: object, known: re.Pattern[str] | None) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    if known is not None:
        text = known.sub(GONE, text)
    for pattern in _SECRETS:
        text = pattern.sub(GONE, text)
    text = hidden(text)
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}… ({len(text)} characters)"
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode("utf-8", "backslashreplace").decode()


class Flood(logging.Filter):
    """Lets so many like lines through in a minute; the rest are counted, and told at the first line of the next.

    ``clock`` gives monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._until = clock() + WINDOW
        self._seen: Counter[tuple[object, ...]] = Counter()
        self._left = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """False for a line too many."""
        wrong = record.levelno >= logging.WARNING
        with self._lock:
            now = self._clock()
            if now >= self._until:
                self._tell(record)
                self._seen.clear()
                self._until = now + WINDOW
            kind: tuple[object, ...] = (record.name, record.levelno, str(record.msg)[:200])
            most = [(kind, ALIKE if wrong else TOLD)]
            if wrong:
                most.append(((*kind, _words(record)[:200]), EQUAL))
            for key, _ in most:
                self._seen[key] += 1
            let = all(self._seen[key] <= limit for key, limit in most)
            self._left += not let
        return let

    def _tell(self, record: logging.LogRecord) -> None:
        if self._left:
            record.msg, record.args = f"{_words(record)} (before it {self._left} like lines were left out)", ()
            self._left = 0


def _words(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - a library's words that do not fit each other are no reason to fail
        return str(record.msg)


def _uncaught() -> None:
    """What nobody caught is a line of the log as well, not a traceback with the words of an exception."""
    log = logging.getLogger("kierto")

    def ended(kind: type[BaseException], failed: BaseException, _: object) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        incident.note(log, "the program", failed)

    def died(dead: threading.ExceptHookArgs) -> None:
        if dead.exc_value is not None and not isinstance(dead.exc_value, SystemExit):
            incident.note(log, f"thread {dead.thread.name if dead.thread else '?'}", dead.exc_value)

    sys.excepthook = ended
    threading.excepthook = died
