"""A hundred thousand requests that nobody should send, at the real door (S1, S2, D3, D6, gates G6 and G14).

Forged and bent signatures, headers that are none, bytes that are no HTTP, bodies without an end, and the strangest
payloads with a right signature. No answer is an error of the server, nothing is written to the log but a line a minute
for each reason, nothing is kept, and genuine requests among them are answered in time.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import resource
import socket
import string
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from bot import practice
from bot.verify import sign
from storage.tables import inbox, seen
from tests.proofs.proof_world import World, opened

REQUESTS = int(os.environ.get("KIERTO_PROOF_REQUESTS", "100000"))
HANDS = 6
_SEEN = re.compile(r":\d\d\.\d+Z|\(\d+ more.*")  # of a line: seconds, and how many it stands for
TIME, SIGN = "X-Slack-Request-Timestamp", "X-Slack-Signature"
MEMBERS = (
    *("type", "team", "user", "event", "actions", "view", "state", "values", "id", "files", "action_id", "container"),
    *("channel_type", "selected_options", "authorizations", "enterprise", "message", "channel", "text", "value"),
    *("callback_id", "private_metadata", "trigger_id", "response_url", "command", "team_id", "api_app_id", "event_id"),
)
KINDS = ("block_actions", "view_submission", "block_suggestion", "event_callback", "view_closed", "message_action")
WORDS = (
    "message",
    "im",
    "T0",
    "bill.approve",
    "batch.send",
    "/procountor",
    "help",
    "\x00",
    "ä",
    "😀",
    "",
    "\u202ex",
    "9" * 50,
)
HEADERS = (
    "",
    " ",
    "abc",
    "1.5",
    "+1",
    "-1",
    "9" * 20,
    "١٧٦٣٨٨٤٨٠٠",
    "0x10",
    "1e9",
    "v0=",
    "v1=" + "a" * 64,
    "v0=" + "é" * 64,
)


def strange(dice: random.Random, depth: int = 0) -> Any:
    """Some JSON, made of the names that Slack's payloads are made of."""
    what = dice.randrange(9 if depth < 4 else 6)
    if what == 6:
        return [strange(dice, depth + 1) for _ in range(dice.randrange(3))]
    if what > 6:
        return {dice.choice(MEMBERS): strange(dice, depth + 1) for _ in range(dice.randrange(6))}
    plain = (None, True, dice.randrange(-9, 10**12), dice.random(), dice.choice(WORDS), dice.choice(KINDS))
    return plain[what]


class Hand(threading.local):
    """A connection of this thread's own, made anew when the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.line: http.client.HTTPConnection | None = None

    def ask(self, headers: list[tuple[str, bytes]], body: bytes, path: str, method: str = "POST") -> int:
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self.line.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers:
                self.line.putheader(name, value)
            self.line.putheader("Content-Length", str(len(body)))
            self.line.endheaders(body)
            answer = self.line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException, ValueError):
            self.line.close()
            self.line = None
            return 0  # refused as no HTTP, or not even sent
        return answer.status


class Attack:
    """One request of each kind; all are made from their number, so that a failing one can be sent again."""

    def __init__(self, secret: str, port: int) -> None:
        self.secret, self.hand, self.port = secret, Hand(port), port

    def send(self, number: int) -> tuple[str, int]:
        dice = random.Random(number)
        kind = dice.choices(("forged", "bent", "signed", "raw", "elsewhere"), (45, 25, 22, 4, 4))[0]
        return kind, getattr(self, f"_{kind}")(dice)

    def _forged(self, dice: random.Random) -> int:
        body = urlencode({"command": "/procountor", "text": "help", "trigger_id": str(dice.random())}).encode()
        now = str(int(time.time())).encode()
        made = bytearray(sign(self.secret, now, body))
        what = dice.randrange(5)
        if what == 0:
            made = bytearray(sign("another secret", now, body))
        elif what == 1:
            body = body[:-1] + bytes([body[-1] ^ 1])
        elif what == 2:
            place = dice.randrange(3, len(made))
            made[place] = ord("0") if made[place] != ord("0") else ord("1")
        elif what == 3:
            now = str(int(now) + dice.choice((-301, 360, 86_400))).encode()
            made = bytearray(sign(self.secret, now, body))
        else:
            body = body.replace(b"%2F", b"/")
        return self.hand.ask([(TIME, now), (SIGN, bytes(made))], body, "/slack/events")

    def _bent(self, dice: random.Random) -> int:
        now, junk = str(int(time.time())).encode(), dice.choice(HEADERS).encode()
        junk = dice.choice((junk, bytes(dice.choices(range(0x80, 0x100), k=dice.randrange(1, 80)))))
        chosen = [(TIME, dice.choice((now, junk))), (SIGN, dice.choice((junk, b"v0=" + b"a" * 64)))]
        chosen = dice.sample(chosen, dice.randrange(3)) + dice.choice(([], chosen))
        return self.hand.ask(chosen, dice.randbytes(dice.randrange(200)), "/slack/events")

    def _signed(self, dice: random.Random) -> int:
        """The signature is right, and nothing else is."""
        payload = strange(dice)
        if isinstance(payload, dict) and dice.random() < 0.8:
            payload["type"] = dice.choice(KINDS)
        body = json.dumps(payload).encode("utf-8", "replace")
        form = dice.random() < 0.5
        body = b"payload=" + quote(body).encode() if form else body
        if dice.random() < 0.3:
            body = dice.choice((body[: len(body) // 2], body + b"\xff", dice.randbytes(60), b"[" * 9000))
        now = str(int(time.time())).encode()
        content = "application/x-www-form-urlencoded" if form else "application/json"
        headers = [("Content-Type", content.encode()), (TIME, now), (SIGN, sign(self.secret, now, body))]
        return self.hand.ask(headers, body, "/slack/events")

    def _raw(self, dice: random.Random) -> int:
        """Bytes that are no HTTP, or too much of it."""
        words = dice.choice((
            dice.randbytes(200), b"GET / HTTP/9.9\r\n\r\n",
            b"POST /slack/events HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
            b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
            b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
            b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 3000 + b"\r\n",
        ))  # fmt: skip
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            line.sendall(words)
            line.shutdown(socket.SHUT_WR)
            head = line.recv(64).split(b" ")
            return int(head[1]) if len(head) > 1 and head[1].isdigit() else 0
        return 0

    def _elsewhere(self, dice: random.Random) -> int:
        letters = string.ascii_letters + "/.%?&=-_~"
        path = dice.choice(
            ("/slack/events/../../x", "/slack/events?x=1", "/health/../metrics", "/%2e%2e/%2e%2e/etc/passwd")
        )
        path = dice.choice((path, "/" + "".join(dice.choices(letters, k=dice.randrange(60)))))
        return self.hand.ask([], b"", path, dice.choice(("GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH")))


@pytest.mark.gate("G14")
@pytest.mark.gate("G11")
@pytest.mark.proof
def test_nothing_that_strangers_send_does_anything(tmp_path: Path) -> None:
    with opened("sqlite", tmp_path) as world, world.edge(logs=True), world.working():
        door, edge = world.doors[0], world.pids[0]
        attack = Attack(door.courier.secret, int(door.courier.bot_url.rsplit(":", 1)[1]))
        attack.send(0)
        memory, began = _memory(edge), time.monotonic()
        with ThreadPoolExecutor(HANDS) as hands:
            good = threading.Event()
            genuine = hands.submit(_genuine, world, good)
            told = Counter(hands.map(attack.send, range(REQUESTS), chunksize=50))
            spent = time.monotonic() - began
            good.set()
            waits, silent = genuine.result()
            waits.sort()
        grown = _memory(edge) - memory
        world.idle()
        with world.house.store.read() as tx:
            kept = [row.key for row in tx.execute(inbox.select())]
            remembered = len(tx.execute(seen.select()).all())
        log = world.complaints()
        minutes = Counter(_SEEN.sub("", line)[:120] for line in log.splitlines() if "refused a request" in line)
        most = max(minutes.values(), default=0)
        kinds: Counter[str] = Counter()
        for (kind, _), count in told.items():
            kinds[kind] += count
        bad = {answer: count for answer, count in told.items() if answer[1] >= 500}
        print(
            f"\n  the door: {REQUESTS} requests ({', '.join(f'{n} {kind}' for kind, n in sorted(kinds.items()))}) in "
            f"{spent:.0f} s = {REQUESTS / spent:.0f}/s; answers ≥ 500: {sum(bad.values())}, log {len(log)} bytes "
            f"({most} lines of one reason in a minute at most), "
            f"memory grew {grown:.0f} MB; {len(waits)} genuine commands meanwhile ({silent} kept) answered in "
            f"{waits[len(waits) // 2]:.2f} s (median), {waits[int(len(waits) * 0.99) - 1]:.2f} s (p99); "
            f"{remembered} deliveries remembered"
        )
    assert bad == {}
    assert {status for (kind, status), _ in told.items() if kind in ("forged", "bent")} <= {0, 401}
    assert "Traceback" not in log, log[-3000:]
    assert len(log) < 20_000_000
    assert most == 1, minutes.most_common(3)
    # Who was told in words that it was not kept, on a machine that is too busy, says it again.
    assert silent <= len(kept) <= len(waits), "something that no person said was kept"
    assert grown <= 64


def _genuine(world: World, over: threading.Event) -> tuple[list[float], int]:
    """A person types now and then; how long each took, and how many were acknowledged without a word."""
    waits, silent = [], 0
    while not over.wait(0.3):
        sent = world.slack.command(practice.FINANCE, "help")
        assert sent.ok, sent.error
        waits.append(sent.ack.seconds)
        silent += not sent.ack.body
    return waits, silent


def _memory(pid: int) -> float:
    """Megabytes that the process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1_000_000
