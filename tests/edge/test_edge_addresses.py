"""Five hundred addresses that lead elsewhere, as files, as response_urls and as webhooks (I5, I6).

A trap listens on this machine. Nothing may reach it, by no spelling, no name that leads inside, no second look-up, and
no token goes anywhere but to Slack's own hosts.
"""

from __future__ import annotations

import ipaddress
import os
import random
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.chat import SlackChat
from bot.hosts import Hosts
from bot.outgoing import Outgoing
from finance import webhook
from finance.webhook import Reply
from handlers.chat import ChatTrouble

pytestmark = pytest.mark.gate("G14")

TRUST = ssl.create_default_context()
COUNT = int(os.environ.get("KIERTO_HOSTILE_ADDRESSES", "500"))
REAL = Hosts("https://slack.com/api/")


class Trap:
    """A server that must not be met."""

    def __init__(self) -> None:
        self.met: list[str] = []
        trap = self

        class Ears(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                trap.met.append(f"{self.command} {self.path} {self.headers.get('Authorization', '')}")
                self.send_response(200)
                self.end_headers()

            do_POST = do_GET

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Ears)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    made = Trap()
    yield made
    made.server.shutdown()
    made.server.server_close()


INSIDE = ("127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1")
INSIDE_SIX = ("::1", "::", "fe80::1", "fc00::1", "fd12::7", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1")
NAMES = (
    "localhost",
    "LOCALHOST",
    "localhost.",
    "printer",
    "db.internal",
    "nas.local",
    "x.lan",
    "a.home.arpa",
    "metadata",
)
SLACKS = ("files.slack.com", "hooks.slack.com", "slack.com")


def spelled(dice: random.Random, address: str) -> str:
    """An IPv4 address in one of the ways that some resolver understands."""
    number = int(ipaddress.IPv4Address(address))
    a, b, c, d = address.split(".")
    ways = (
        address, str(number), hex(number), f"0{number:o}", f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{int(c) * 256 + int(d)}",
        ".".join(hex(int(part)) for part in (a, b, c, d)), ".".join(f"0{int(part):o}" for part in (a, b, c, d)),
        f"{address}.", f"[::ffff:{address}]", f"0{a}.{b}.{c}.{d}", address.replace(".", "。"), f"{a}.{b}.{c}.{d}%00",
    )  # fmt: skip
    return dice.choice(ways)


def host(dice: random.Random) -> str:
    kind = dice.randrange(4)
    if kind == 0:
        return spelled(dice, dice.choice(INSIDE))
    if kind == 1:
        return f"[{dice.choice(INSIDE_SIX)}]"
    if kind == 2:
        return dice.choice(NAMES)
    slack = dice.choice(SLACKS)
    return dice.choice(
        (
            f"{slack}.evil.example",
            f"x{slack}",
            f"evil.example/{slack}",
            slack.replace(".", "。"),
            f"{slack}%2eevil.example",
        )
    )


def addresses(port: int) -> Iterator[str]:
    """Each from its number; half of them name the trap's own port."""
    for number in range(COUNT):
        dice = random.Random(number)
        scheme = dice.choice(("https", "https", "https", "http", "HTTPS", "ftp", "file", "gopher", "javascript", "//"))
        before = dice.choice(
            ("", "", "", "user:pw@", f"{dice.choice(SLACKS)}@", f"{dice.choice(SLACKS)}:443@", "\\@", "a#@")
        )
        at = dice.choice((f":{port}", f":{port}", "", ":443", ":0", ":x", ":99999"))
        tail = dice.choice(
            (
                "/",
                "/files-pri/T1-F1/a.csv",
                "/?u=https://files.slack.com/",
                "#@files.slack.com/",
                "\\files",
                "/\r\nX: y",
            )
        )
        start = "//" if scheme == "//" else f"{scheme}://"
        yield start + before + host(dice) + at + tail


def test_no_file_is_fetched_and_no_answer_given_at_any_of_them(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = SlackChat("xoxb-secret", "https://slack.com/api/", "T1")
    for url in addresses(trap.port):
        assert not REAL.keeps(url), url
        assert not REAL.answers(url), url
        told = {"size": 10, "url_private_download": url, "url_private": url}
        monkeypatch.setattr(type(chat._web), "files_info", lambda *_, told=told, **__: {"file": told})
        with pytest.raises(ChatTrouble, match="file_not_in_slack"):
            chat.download("F1", 1000)
    assert trap.met == []


def test_no_webhook_leaves_to_any_of_them(trap: Trap) -> None:
    """Public spellings among them are looked up; here every name leads to the trap, as a rebinding name would."""
    asked: list[str] = []

    def look(name: str, port: int) -> list[str]:
        asked.append(name)
        return ["127.0.0.1"]

    out = Outgoing(look, trust=TRUST)
    for url in addresses(trap.port):
        assert out(url, {"Authorization": "Bearer secret"}, b"{}") == Reply(problem="private"), url
    assert trap.met == []
    assert len(asked) < COUNT, "most are refused as they stand"


@pytest.mark.parametrize("second", [*INSIDE, *INSIDE_SIX])
def test_a_name_that_leads_outside_and_inside_is_a_trick(trap: Trap, second: str) -> None:
    for found in ([second], ["8.8.8.8", second], [second, "8.8.8.8"]):
        answers = iter([found, ["8.8.8.8"]])
        out = Outgoing(lambda name, port, answers=answers: next(answers), trust=TRUST)  # type: ignore[misc]
        assert out(f"https://psa.example.fi:{trap.port}/", {}, b"{}") == Reply(problem="private")
    assert trap.met == []


def test_the_address_that_was_judged_is_the_one_that_is_spoken_to(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: the name leads outside when it is judged and inside a moment later; nobody asks it a second time."""
    spoken: list[tuple[str, int]] = []

    def connect(place: tuple[str, int], timeout: float) -> socket.socket:
        spoken.append(place)
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", 443))])
    out = Outgoing(lambda name, port: ["8.8.8.8"], trust=TRUST)
    assert out("https://rebinds.example.fi/", {}, b"{}") == Reply(problem="OSError")
    assert spoken == [("8.8.8.8", 443)]


@pytest.mark.parametrize("address", [*INSIDE, *INSIDE_SIX])
def test_nothing_inside_is_public(address: str) -> None:
    assert not webhook.public(ipaddress.ip_address(address))
