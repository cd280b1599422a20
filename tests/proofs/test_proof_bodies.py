"""Bodies without an end, without haste and without measure at the real door (D3), and people among them.

Two hundred lines that give a byte now and then, heads that never end, a hundred megabytes, a hundred thousand brackets,
a million fields. Each is refused within its bound; what people say meanwhile is kept, and the process does not grow.
"""

from __future__ import annotations

import os
import selectors
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.door import memory
from benchmarks.speech import JSON, PEOPLE, SIGN, TIME, Speech, signed
from benchmarks.volley import Volley, gunners, post
from tests.proofs.proof_world import opened

SLOW = int(os.environ.get("KIERTO_PROOF_SLOW", "200"))
LARGE = 100_000_000
PEOPLES = 20.0  # things said a second meanwhile
BEAT = 0.25  # seconds between two bytes of the slow
LONGEST = 60.0  # seconds after which a slow one that is still held counts as not given up


@pytest.mark.proof
def test_no_body_holds_the_door(tmp_path: Path) -> None:
    with opened("sqlite", tmp_path, PEOPLE) as world, world.edge(30.0), gunners(1) as hands:
        speech = Speech(world)
        Volley(world.port, [speech.one().request for _ in range(50)]).fire()
        before, said = memory(world.pids[0]), [speech.one().request for _ in range(int(PEOPLES * 12))]
        people = hands.fire(world.port, said, PEOPLES, lines=32)
        with ThreadPoolExecutor(2) as strangers:
            slow = strangers.submit(_slow, world.port)
            large = strangers.submit(_large, world.port)
            odd = _odd(world.port, world.slack.signing_secret)
            told, seconds, huge = *slow.result(), large.result()
        good, grown = people.result(), memory(world.pids[0]) - before
        print(
            f"\n  bodies: {2 * SLOW} slow lines given up after {seconds:.1f} s at most ({_statuses(told)}), 2 of "
            f"{LARGE // 1_000_000} MB ({_statuses(huge)}), 2 of measureless shape ({_statuses(odd)}); "
            f"{len(good.well)} of {len(said)} things said meanwhile acknowledged in {good.told} (goal 500 ms p99); "
            f"memory grew {grown:.0f} MB"
        )
        log = world.complaints()
    assert set(told) <= {0, 408}
    assert told[0] + told[408] == 2 * SLOW
    assert set(huge) <= {0, 413}  # who goes on sending may not hear the answer before the line is cut
    assert odd == {401: 2}
    assert len(good.well) == len(said)
    assert grown <= 64
    assert "Traceback" not in log


def _statuses(told: Counter[int]) -> str:
    return ", ".join(f"{count} × {status or 'hung up on'}" for status, count in sorted(told.items()))


def _head(extra: tuple[bytes, bytes]) -> bytes:
    now = str(int(time.time())).encode()
    headers = [(TIME, now), (SIGN, b"v0=" + b"a" * 64), extra]
    return post("/slack/events", headers, b"").replace(b"Content-Length: 0\r\n", b"")


def _slow(port: int) -> tuple[Counter[int], float]:
    """Half of them give their body a byte at a time, half their head; what became of them, and the longest held."""
    told: Counter[int] = Counter()
    waiting, longest = selectors.DefaultSelector(), 0.0
    for place in range(2 * SLOW):
        line = socket.create_connection(("127.0.0.1", port), timeout=30)
        whole = _head((b"Content-Length", b"900000"))
        line.sendall(whole if place % 2 else whole[:40])
        waiting.register(line, selectors.EVENT_READ, time.monotonic())
    end = time.monotonic() + LONGEST
    while waiting.get_map() and time.monotonic() < end:
        for key in list(waiting.get_map().values()):
            with suppress(OSError):
                key.fileobj.send(b"a")  # type: ignore[union-attr]
        until = time.monotonic() + BEAT
        while (left := until - time.monotonic()) > 0 and waiting.get_map():
            for key, _ in waiting.select(left):
                longest = max(longest, time.monotonic() - key.data)
                told[_status(key.fileobj)] += 1  # type: ignore[arg-type]
                waiting.unregister(key.fileobj)
    return told, longest


def _status(line: socket.socket) -> int:
    with line, suppress(OSError):
        return int(line.recv(65536)[9:12] or 0)
    return 0


def _large(port: int) -> Counter[int]:
    """A hundred megabytes, announced and not."""
    told: Counter[int] = Counter()
    part = b"a" * 100_000
    chunk = b"%x\r\n%b\r\n" % (len(part), part)
    for extra, piece in (
        ((b"Content-Length", str(LARGE).encode()), part),
        ((b"Transfer-Encoding", b"chunked"), chunk),
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(_head(extra))
            with suppress(OSError):
                for _ in range(LARGE // len(part)):
                    line.sendall(piece)
            told[_status(line)] += 1
    return told


def _odd(port: int, secret: str) -> Counter[int]:
    """A right signature over brackets and over fields without measure."""
    deep = signed(secret, b"[" * 100_000 + b"]" * 100_000, JSON)
    wide = signed(secret, b"&" * 999_000)
    return Volley(port, [deep, wide], lines=1).fire().statuses
