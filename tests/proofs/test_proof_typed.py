"""Two thousand commands with hostile words, typed at the front door (T5, T7, J1): nothing goes a way that nobody made.

Every word of every command, with paths, queries, headers, SQL and markup behind it, by an admin who may do everything.
What Procountor was asked is judged by its own journal: known routes, one company, numbers where numbers stand. Every
message in Slack is read as Slack reads it: nobody is called and nothing leads outside.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from bot import practice
from finance.authority import Right
from handlers.routing import routes
from sandbox.slack.mrkdwn import nodes_of
from tests.proofs.proof_world import World, opened

COMMANDS = int(os.environ.get("KIERTO_PROOF_TYPED", "2000"))
WORDS = [route.name for route in routes().of("command")]
PIECES = (
    *("1", "12", "812001", "/../../users", "1?x=2", "1&y=2", "%2e%2e/", "%2f", "../", "\\..\\", "#", ";", "1;2"),
    *(
        "\r\nX-Evil: 1",
        "\r\n\r\nGET /users",
        "%0d%0a",
        "\x00",
        "\t",
        "\u202e",
        "\ud800",
        "ä",
        "😀",
        "１２",
        "1e9",
        "-1",
    ),
    *(
        "'",
        "' OR 1=1 --",
        "'; DROP TABLE bill; --",
        '"',
        "{n}",
        "{0.__class__}",
        "%s",
        "*",
        "_x_",
        "`",
        "```",
        ">",
        ":x:",
    ),
    *("<!channel>", "<@U0>", "<#C0>", "<http://evil.example|OK>", "http://evil.example", "@here", "&lt;!here&gt;"),
    *("9" * 400, "A" * 600, "2026-11-26", "31.12.2026", "0", "true", "null", "[]", "company=other", "--all", "all"),
)
HARM = ("broadcast", "usergroup", "date")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with opened("sqlite", tmp_path_factory.mktemp("typed")) as world:
        world.person(practice.FINANCE, {right.value: {} for right in Right if right is not Right.APPROVE})
        world.procountor.world.journal.recording = True
        with world.hearing(), world.working():
            yield world


@pytest.mark.gate("G14")
@pytest.mark.proof
def test_whatever_is_typed_goes_the_ways_that_there_are(world: World) -> None:
    dice = random.Random(5)
    for number in range(COMMANDS):
        words = [WORDS[number % len(WORDS)], *dice.choices(PIECES, k=dice.randrange(1, 5))]
        typed = dice.choice((" ", " ", "")).join(words) if number % 3 else " ".join(words)
        assert world.slack.command(practice.FINANCE, typed.encode("utf-8", "replace").decode()).ok, ascii(typed)
    world.idle()
    asked = Counter(world.procountor.world.counts.routes)
    unknown = {route: count for route, count in asked.items() if route.endswith("(unknown)")}
    companies = {request.company for request in world.procountor.world.journal.requests}
    told = f"{sum(asked.values())} requests to {len(asked)} routes"
    print(f"\n  typed: {COMMANDS} commands, {told} → {len(unknown)} unknown ones")
    assert unknown == {}
    assert companies <= {world.procountor_id}
    assert _harm(world) == []
    assert "Traceback" not in world.complaints()


def _harm(world: World) -> list[str]:
    """Messages in which somebody is called or led outside by words that were typed."""
    told = [*world.slack.messages(world.slack.dm(practice.FINANCE)), *world.slack.whispers(practice.FINANCE)]
    ours = [message for message in told if message.bot_id]
    return [
        f"{node.kind} {node.target}: {message.text[:300]}"
        for message in ours
        for node in nodes_of({"text": message.text, "blocks": list(message.blocks)})
        if node.kind in HARM or "evil" in node.target or node.target in ("U0", "C0")
    ]
