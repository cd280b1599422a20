"""Addresses handed to us: the token goes to Slack's own hosts, by no detour, and too much is too much."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.chat import SlackChat
from bot.hosts import Hosts, origin
from handlers.chat import ChatTrouble

REAL = Hosts("https://slack.com/api/")

OURS = [
    "https://files.slack.com/files-pri/T1-F1/a.csv",
    "https://files.slack.com:443/x",
    "https://FILES.slack.com/x",
    "https://files-origin.slack.com/x",
]
FOREIGN = [
    "http://files.slack.com/x", "https://files.slack.com.evil.example/x", "https://evil.example/files.slack.com",
    "https://files.slack.com@evil.example/x", "https://user:pw@files.slack.com/x", "https://files.slack.com:8443/x",
    "https://localhost/x", "http://127.0.0.1/x", "http://2130706433/x", "http://0x7f.1/x", "http://[::1]/x",
    "http://169.254.169.254/latest/meta-data/", "https://drive.google.com/x", "ftp://files.slack.com/x", "file:///etc/passwd",
    "//files.slack.com/x", "files.slack.com/x", "", "https://", "https:///x", "https://files.slack.com\\@evil.example/",
    "https://files.slack.com\n.evil.example/x", "https://evil.example#@files.slack.com", "https://files.slack.com:x/",
    "https://files.slack.com:99999/", "https://xfiles.slack.com/x", "https://files.slack.com./x", "javascript:alert(1)",
    "https://[files.slack.com]/x", "https://files。slack。com/x",
]  # fmt: skip


@pytest.mark.parametrize("url", OURS)
def test_slacks_own(url: str) -> None:
    assert REAL.keeps(url)


@pytest.mark.parametrize("url", FOREIGN)
def test_not_slacks(url: str) -> None:
    assert not REAL.keeps(url)
    assert not REAL.answers(url)


def test_files_and_answers_have_hosts_of_their_own() -> None:
    assert REAL.answers("https://hooks.slack.com/actions/T/1/x")
    assert not REAL.keeps("https://hooks.slack.com/x")
    assert not REAL.answers("https://files.slack.com/x")


def test_a_practice_world_stands_for_all_of_slacks_hosts() -> None:
    here = Hosts("http://127.0.0.1:8123/api/")
    assert here.keeps("http://127.0.0.1:8123/files-pri/x")
    assert here.answers("http://127.0.0.1:8123/hooks/x")
    assert not here.keeps("http://127.0.0.1:8124/files-pri/x")
    assert not here.keeps("http://localhost:8123/files-pri/x")


@pytest.mark.parametrize("url", ["http://slack.com/api/", "slack.com", "ftp://slack.com/", "http://10.0.0.5/api/"])
def test_the_api_itself_is_https_or_this_machine(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        Hosts(url)


def test_an_origin_has_its_default_port() -> None:
    assert origin("https://slack.com/api") == ("https", "slack.com", 443)
    assert origin("http://127.0.0.1:80") == ("http", "127.0.0.1", 80)


Answer = Callable[[BaseHTTPRequestHandler], None]


class Trap:
    """A server on this machine that does what it is told and remembers who asked with which token."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[tuple[str, str]] = []
        trap = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                trap.asked.append((self.path, self.headers.get("Authorization", "")))
                answer(self)

            do_POST = do_GET

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def trap() -> Iterator[Callable[[Answer], Trap]]:
    made: list[Trap] = []

    def make(answer: Answer) -> Trap:
        made.append(Trap(answer))
        return made[-1]

    yield make
    for one in made:
        one.server.shutdown()
        one.server.server_close()


def reply(status: int, body: bytes = b"", length: int | None = None, **headers: str) -> Answer:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(status)
        for name, value in headers.items():
            asked.send_header(name.replace("_", "-"), value)
        asked.send_header("Content-Length", str(len(body) if length is None else length))
        asked.end_headers()
        asked.wfile.write(body)

    return answer


def test_a_redirect_is_not_followed_with_the_token(trap: Callable[[Answer], Trap]) -> None:
    elsewhere = trap(reply(200, b"stolen"))
    here = trap(reply(302, Location=f"{elsewhere.url}/steal"))
    with pytest.raises(ChatTrouble, match="file_http_302"):
        Hosts(f"{here.url}/api/").fetch(f"{here.url}/f", "xoxb-secret", 100, 5)
    assert here.asked == [("/f", "Bearer xoxb-secret")]
    assert elsewhere.asked == []


def test_a_response_url_is_not_followed_elsewhere(trap: Callable[[Answer], Trap]) -> None:
    elsewhere = trap(reply(200))
    here = trap(reply(307, Location=elsewhere.url))
    assert Hosts(f"{here.url}/api/").reply(f"{here.url}/h", {"text": "x"}, 5) == 307
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (reply(200, b"x" * 101), "file_too_large"),
        (reply(200, b"x" * 50, length=90), "file_cut_short"),
        (reply(403), "file_http_403"),
        (reply(404), "file_http_404"),
    ],
)
def test_too_much_too_little_or_nothing_is_no_file(trap: Callable[[Answer], Trap], answer: Answer, code: str) -> None:
    here = trap(answer)
    with pytest.raises(ChatTrouble, match=code):
        Hosts(f"{here.url}/api/").fetch(f"{here.url}/f", "t", 100, 5)


def test_an_endless_file_is_given_up(trap: Callable[[Answer], Trap]) -> None:
    def trickle(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.end_headers()
        pause = threading.Event()
        try:
            for _ in range(200):
                asked.wfile.write(b"x")
                pause.wait(0.02)
        except OSError:
            pass

    here = trap(trickle)
    with pytest.raises(ChatTrouble, match="file_too_slow"):
        Hosts(f"{here.url}/api/").fetch(f"{here.url}/f", "t", 100_000, 0.2)


FILES: list[tuple[dict[str, Any], str]] = [
    ({"is_external": True, "url_private": "https://evil.example/x"}, "file_not_in_slack"),
    ({"mode": "external", "url_private": "HERE/x"}, "file_not_in_slack"),
    ({"mode": "tombstone"}, "file_not_in_slack"),
    ({}, "file_not_in_slack"),
    ({"url_private_download": "http://169.254.169.254/latest"}, "file_not_in_slack"),
    ({"url_private_download": "http://localhost:1/x"}, "file_not_in_slack"),
    ({"size": 10_000, "url_private": "HERE/x"}, "file_too_large"),
    ({"mimetype": "text/csv", "url_private": "HERE/login"}, "file_not_readable"),
]


@pytest.mark.parametrize(("file", "code"), FILES, ids=range(len(FILES)))
def test_only_a_file_that_slack_keeps_is_fetched(
    trap: Callable[[Answer], Trap], file: dict[str, Any], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = trap(reply(200, b"<html>sign in", Content_Type="text/html; charset=utf-8"))
    chat = SlackChat("xoxb-secret", f"{here.url}/api/", "T1")
    told = {key: value.replace("HERE", here.url) if isinstance(value, str) else value for key, value in file.items()}
    monkeypatch.setattr(type(chat._web), "files_info", lambda *_, **__: {"file": told})
    with pytest.raises(ChatTrouble, match=code):
        chat.download("F1", 1000)
    assert len(here.asked) == (code == "file_not_readable")


def test_an_upload_that_never_shows_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    chat = SlackChat("xoxb", "http://127.0.0.1:9/api/", "T1", sleep=slept.append)
    monkeypatch.setattr(type(chat._web), "files_upload_v2", lambda *_, **__: {"files": [{"id": "F1"}]})
    monkeypatch.setattr(type(chat._web), "files_info", lambda *_, **__: {"file": {"shares": {"private": {"C9": []}}}})
    with pytest.raises(ChatTrouble, match="file_not_shared") as trouble:
        chat.upload("C1", "", "a.csv", b"x", "")
    assert not trouble.value.certain
    assert len(slept) > 3
    chat.upload("C9", "", "a.csv", b"x", "")
