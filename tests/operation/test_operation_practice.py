"""`kierto try` and the practice servers: where they are, and what is said when they cannot be."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from bot import cli, cli_books, cli_practice, cli_run, practice, story
from bot.program import NotReady
from handlers import papers
from tests.support.terminal import Terminal


def test_a_worker_that_is_asked_to_stop_before_it_begins_does_not(terminal: Terminal) -> None:
    def watch(stop: threading.Event) -> bool:
        if asked:
            stop.set()
        return True

    begun: list[object] = []
    terminal.patch.setattr(cli_run.program, "stopping", threading.Event)
    terminal.patch.setattr(cli_run.program, "work", lambda *about: begun.append(about))
    terminal.patch.setattr(cli_run.kept, "watch", watch)
    for asked in (True, False):
        assert terminal.type("worker")[0] == 0
        assert bool(begun) is not asked


def test_what_nobody_foresaw_is_raised_as_it_is(terminal: Terminal) -> None:
    def fails() -> None:
        raise RuntimeError("as it was")

    terminal.patch.setattr(cli, "app", fails)
    with pytest.raises(RuntimeError, match="as it was"):
        cli.main()


def test_waiting_for_a_batch_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    desk: Any = SimpleNamespace(desk=None)
    stuck = SimpleNamespace(state="checking", of=lambda *stands: [1])
    monkeypatch.setattr(cli_books.gather, "batch", lambda *about: (None, stuck))
    monkeypatch.setattr(cli_books, "PATIENCE", -1.0)
    with pytest.raises(NotReady, match="worker of `kierto run`"):
        cli_books._checked(desk, "c1", 1)
    monkeypatch.setattr(papers, "company_of", lambda *about: SimpleNamespace(state="paused"))
    with pytest.raises(NotReady, match="Renew the key"):
        cli_books._settled(desk, "c1", 1, cli_books.Tongue("en"))


@contextmanager
def busy() -> Iterator[int]:
    """A port that something listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield int(taken.getsockname()[1])


def test_a_practice_world_on_a_port_that_is_taken_says_so(terminal: Terminal) -> None:
    with busy() as port:
        for words in (("try", "--port", str(port)), ("sandbox", "procountor", "--port", str(port))):
            code, told = terminal.type(*words)
            assert (code, f"Port {port} cannot be had" in told) == (2, True)
    assert terminal.type("try", "--port", "99999")[0] == 2


def test_the_practice_world_tells_where_it_is_and_opens_when_asked(terminal: Terminal) -> None:
    opened: list[str] = []
    server = SimpleNamespace(url="http://127.0.0.1:1"), SimpleNamespace(url="http://127.0.0.1:2/api")

    @contextmanager
    def world(**how: object) -> Iterator[object]:
        yield SimpleNamespace(slack=server[0], procountor=server[1])

    terminal.patch.setattr(practice, "world", world)
    terminal.patch.setattr(cli_practice, "stopping", lambda: SimpleNamespace(wait=lambda: None))
    terminal.patch.setattr(webbrowser, "open", opened.append)
    code, told = terminal.type("try", "--port", "0")
    assert (code, "Kierto is ready: http://127.0.0.1:1" in told, "Drop the month" in told) == (0, True, True)
    assert "http://127.0.0.1:2/practice" in told
    assert opened == []
    code, told = terminal.type("try", "--port", "0", "--setup", "--open")
    assert (code, "/procountor setup" in told, opened) == (0, True, ["http://127.0.0.1:1"])


def test_a_practice_world_that_does_not_start_says_its_last_words(terminal: Terminal) -> None:
    def tell(language: str) -> int:
        raise practice.DidNotStart("The bot did not start. Its last words: [/x]")

    terminal.patch.setattr(story, "tell", tell)
    assert terminal.type("try", "--headless") == (2, "✗ The bot did not start. Its last words: [/x]")
    terminal.patch.setattr(story, "tell", lambda language: 1)
    assert terminal.type("try", "--headless") == (1, "")
