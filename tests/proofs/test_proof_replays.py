"""What Slack says once is done once, however often and by whichever way it comes (S3, S4), through real processes.

Each request goes out twenty times, eight at a time, to two processes, one of which is stopped and started anew in
between; the same acts come by HTTP and over a socket at once. The edges of the window to the second are in
`tests/edge`, where the clock stands still.
"""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from benchmarks.speech import PEOPLE, Speech, Spoken, packed, signed
from benchmarks.volley import Volley
from bot import program
from bot.compose import build
from storage.tables import inbox
from tests.proofs.proof_world import World, opened

REPLAYS = int(os.environ.get("KIERTO_PROOF_REPLAYS", "500"))
TIMES, LINES = 20, 4
WAIT = 30.0  # for a database that others write to: it is not the speed that is proved here


@pytest.mark.proof
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_request_sent_twenty_times_is_heard_once(kind: str, tmp_path: Path) -> None:
    with opened(kind, tmp_path, PEOPLE) as world, world.edge(WAIT):
        speech, dice, first = Speech(world), random.Random(5), world.port
        said = [speech.one() for _ in range(REPLAYS)]
        statuses: set[int] = set()
        for _ in range(2):  # the second time another process hears behind the second door
            with world.edge(WAIT), ThreadPoolExecutor(2) as hands:
                copies = [one.request for one in said for _ in range(TIMES // 4)]
                for told in [
                    hands.submit(_fire, port, dice.sample(copies, len(copies))) for port in (first, world.port)
                ]:
                    statuses |= told.result()
        effects = _effects(world)
        body, content = packed(said[0].kind, said[0].payload)
        secret = world.slack.signing_secret
        late = {off: Volley(first, [signed(secret, body + b" ", content, off)]) for off in (-301, -900, 330, 900)}
        refused = {off: set(one.fire().statuses) for off, one in late.items()}
        print(
            f"\n  replays on {kind}: {REPLAYS} requests {TIMES} times by 2 doors, one started anew: {effects} effects, "
            f"answers {sorted(statuses)}; outside the window {sorted(refused.items())}"
        )
        assert statuses == {200}
        assert effects == REPLAYS == _kept(world, said)
        assert set(map(tuple, refused.values())) == {(401,)}
        assert _effects(world) == REPLAYS


@pytest.mark.proof
def test_an_act_by_http_and_over_a_socket_at_once_is_one(tmp_path: Path) -> None:
    with opened("sqlite", tmp_path, PEOPLE) as world, world.edge(WAIT):
        speech = Speech(world)
        said = [speech.one() for _ in range(REPLAYS)]
        token = SecretStr(world.slack.app_token)
        house = build(world.settings.model_copy(update={"slack_app_token": token}), patience=WAIT)
        ears = program.Ears(house)
        try:
            ears.start()
            world.until(lambda: world.slack.courier.sockets.connected, 60, "no socket")
            with ThreadPoolExecutor(8) as hands:
                pairs = [(hands.submit(_by_socket, world, one), hands.submit(_fire, world.port, [one.request]))
                         for one in said]  # fmt: skip
                statuses = {status for socket, http in pairs for status in (*http.result(), socket.result())}
        finally:
            ears.stop()
            house.close()
        print(f"\n  replays: {REPLAYS} acts by HTTP and over a socket at once: {_effects(world)} effects")
        assert statuses == {200}
        assert _effects(world) == REPLAYS == _kept(world, said)


def _fire(port: int, requests: list[bytes]) -> set[int]:
    return set(Volley(port, requests, lines=LINES).fire().statuses)


def _by_socket(world: World, one: Spoken) -> int:
    world.slack.courier.sockets.ask(one.kind, one.payload, 60.0)
    return 200


def _effects(world: World) -> int:
    """Tasks that were asked for; nobody works."""
    return sum(world.house.engine.backlog().values())


def _kept(world: World, said: list[Spoken]) -> int:
    with world.house.store.read() as tx:
        kept = set(tx.execute(inbox.select()).scalars())
    assert {one.key for one in said} == kept
    return len(kept)
