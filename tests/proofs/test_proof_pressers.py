"""Eight people press the same button at once, on three hundred bills, through two edges (F1).

One of them approves; each of the others is told who was quicker, or that nothing was left. On PostgreSQL two workers
share the work, on SQLite one does it.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from sandbox.procountor import inbox
from sandbox.slack.workspace import Person
from tests.proofs.proof_world import APPROVE, World, opened
from tests.support.databases import KINDS

BILLS = int(os.environ.get("KIERTO_PROOF_BILLS", "300"))
SETTLE = 60.0  # seconds: a third of it is how long the client waits for an answer, and one process answers all of them
CARDS = 8  # bills that also lie on everybody's desk
USERS = [f"UPRESS{n}" for n in range(8)]
WORKERS = {"sqlite": 1, "postgresql": 2}
WON = re.compile(r"@(UPRESS\d) was quicker(?: and has approved|: the decision on) \*?[^*]*\*? ?(L-\d+)")
LEFT = re.compile(r"(L-\d+).*: nothing was left to decide\. Approved\.")


@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS)
def test_one_of_eight_approves_and_the_others_hear_it(kind: str, tmp_path: Path) -> None:
    people = [Person(user, user.lower(), f"Presser {user[-1]}") for user in USERS]
    with opened(kind, tmp_path, people, settle=SETTLE) as world:
        for place, user in enumerate(USERS):
            world.person(user, {"approve": {"EUR": None}}, procountor=7000 + place)
        ids = world.receive([inbox.Bill(verifiers=[], acceptors=[])] * BILLS)
        found = world.known(ids)
        handle = world.handles(ids)
        with ExitStack() as stack:
            for _ in range(2):
                stack.enter_context(world.edge(SETTLE))  # 2,400 at once on a busy machine
            for _ in range(WORKERS[kind]):
                stack.enter_context(world.working())
            world.deal(ids[:CARDS], USERS)
            world.idle()
            presses = [(user, id) for id in ids for user in random.Random(id).sample(USERS, len(USERS))]
            began = time.monotonic()
            sent = world.press_all(presses, handle)
            world.idle()
            spent = time.monotonic() - began
        number = {bill.original_number: id for id, bill in found.items()}
        told = _told(world, number)
        approvals = world.approvals()
        answered = sum(map(world.answered, sent))
        print(
            f"\n  pressers, {kind}: {len(sent)} presses on {BILLS} bills by 2 edges and {WORKERS[kind]} "
            f"worker(s) → {sum(map(len, approvals.values()))} approvals, {answered} told who won or that nothing "
            f"was left; {spent:.0f} s"
        )
    assert {id: len(made) for id, made in approvals.items()} == dict.fromkeys(ids, 1)
    assert world.writes() == {APPROVE: BILLS}
    winner = {id: _name(made[0].summary) for id, made in approvals.items()}
    assert answered == len(sent) - BILLS
    assert {(press.user, press.bill) for press in sent if not world.answered(press)} == {
        (user, id) for id, user in winner.items()
    }
    assert {who for who in told if told[who] != 1} == set()
    assert {(user, bill) for user, bill, _ in told} == {
        (user, id) for id in ids for user in USERS if user != winner[id]
    }
    assert {won for _, bill, won in told if won not in ("", winner[bill])} == set()
    assert world.complaints().splitlines() == []
    for id in ids[:CARDS]:
        for user in USERS:
            assert world.buttons(user, id) == []


def _told(world: World, number: dict[str, int]) -> Counter[tuple[str, int, str]]:
    """Who was told about which bill, and who was said to have won it."""
    found: Counter[tuple[str, int, str]] = Counter()
    for user in USERS:
        for text in world.whispered(user):
            quicker, left = WON.search(text), LEFT.search(text)
            assert quicker or left, text
            name, won = (quicker[2], quicker[1]) if quicker else (left[1], "") if left else ("", "")
            found[user, number[name], won] += 1
    return found


def _name(summary: str) -> str:
    """The presser, from the comment Procountor was given."""
    named = re.search(r"Presser (\d) / Slack", summary)
    assert named, summary
    return f"UPRESS{named[1]}"
