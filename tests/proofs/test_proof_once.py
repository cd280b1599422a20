"""A lost answer to an approval never becomes the second signature (E4).

Two are to approve, and Procountor counts every call: a repeat would sign for the second. Each seed loses one answer in
one way, before or after it took effect, with the company's key or the approver's own, while the worker is killed now
and then. Who was told that nothing has happened presses again; in the end each bill has exactly one signature.
"""

from __future__ import annotations

import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox.procountor import inbox, seed
from sandbox.slack.workspace import Person
from tests.proofs.proof_world import APPROVE, World, opened

SEEDS = range(int(os.environ.get("KIERTO_PROOF_ANSWERS", "500")))
SETTLE = 4.0
KILLS = 8
WAYS = ("drop", "close", "500json", "500html", "429", "slow", "truncate", "zombie")
BY_COMPANY, SECOND, BY_SELF, SELF_TOO = "UCOMPANY", 7002, "USELF", "USELFTOO"
KARI, MARIA = seed.seed_people.PARTNER, 504
PLACES: Mapping[str, Sequence[tuple[int, int]]] = {
    BY_COMPANY: ((7001, SECOND),),  # on the company's key only the next place can be filled
    BY_SELF: ((KARI, MARIA), (MARIA, KARI)),
    SELF_TOO: ((MARIA, KARI), (KARI, MARIA)),
}
USER = {BY_COMPANY: 7001, BY_SELF: KARI, SELF_TOO: MARIA}


@dataclass(frozen=True)
class Case:
    seed: int
    user: str
    places: tuple[int, int]
    what: str
    when: str


def cases() -> list[Case]:
    found = []
    for number in SEEDS:
        dice = random.Random(number)
        user = (BY_COMPANY, BY_COMPANY, BY_SELF, SELF_TOO)[number % 4]
        when = "before" if dice.random() < 0.4 else "after"
        found.append(Case(number, user, dice.choice(PLACES[user]), dice.choice(WAYS), when))
    return found


@pytest.mark.proof
def test_one_place_is_filled_for_one_press(tmp_path: Path) -> None:
    began = time.monotonic()
    people = [Person(user, user.lower(), f"Person {user}") for user in PLACES]
    with opened("sqlite", tmp_path, people, settle=SETTLE) as world:
        for user, id in USER.items():
            key = "" if user == BY_COMPANY else seed.USER_KEYS[id]
            world.person(user, {"approve": {"EUR": None}}, procountor=id, key=key)
        all_cases = cases()
        ids = world.receive([inbox.Bill(verifiers=[], acceptors=list(case.places)) for case in all_cases])
        bill = dict(zip(all_cases, ids, strict=True))
        world.known(ids)
        handle = world.handles(ids)
        _lose_answers(world, bill)
        with world.hearing():
            with dying(world) as kills:
                world.press_all([(case.user, bill[case]) for case in all_cases], handle)
                world.idle()
            filled = {case: _filled(world, bill[case]) for case in all_cases}
            lost = [case for case in all_cases if not filled[case]]
            told = _told(world)
            number = {case: str(world.doc(bill[case])["originalInvoiceNumber"]) for case in all_cases}
            world.procountor.world.faults.clear()
            with world.working():
                world.press_all([(case.user, bill[case]) for case in lost], handle)
                world.idle()
        ended = {case: _filled(world, bill[case]) for case in all_cases}
        print(
            f"\n  lost answers: {len(all_cases)} seeds, {len(all_cases) - len(lost)} answers lost after they took "
            f"effect, {len(lost)} before (pressed again), {kills[0]} kills → {_figures(ended)}; "
            f"{time.monotonic() - began:.0f} s"
        )
    twice = [case for case in all_cases if len(filled[case]) > 1]
    assert not twice, twice
    # Who died between writing to Slack and noting it writes again: the same words about the same bill, nothing else.
    assert set(told) == {(case.user, number[case]) for case in lost}
    assert told.total() - len(lost) <= kills[0]
    assert {case: ended[case] for case in all_cases if ended[case] != [USER[case.user]]} == {}
    assert world.writes() == {APPROVE: len(all_cases)}
    assert {case for case in all_cases if world.doc(bill[case])["status"] != "RECEIVED"} == set()
    assert _by_key(world) == Counter(case.user for case in all_cases)
    assert world.complaints() == ""


def _lose_answers(world: World, bill: Mapping[Case, int]) -> None:
    for case, id in bill.items():
        world.procountor.world.faults.add(
            route=APPROVE, what=case.what, when=case.when, nth=1, invoice=id, seconds=SETTLE * 0.4
        )


@contextmanager
def dying(world: World) -> Iterator[list[int]]:
    """A worker that is killed again and again, and lives on in the end; gives how often it died."""
    over, count, dice = threading.Event(), [0], random.Random(20261126)

    def live_and_die() -> None:
        while count[0] < KILLS and not over.is_set():
            with world.working(deadly=True):
                over.wait(dice.uniform(0.5, 3.0))
                count[0] += 1
        with world.working():
            over.wait()

    life = threading.Thread(target=live_and_die)
    life.start()
    try:
        yield count
    finally:
        over.set()
        life.join()


def _filled(world: World, bill: int) -> list[int]:
    """Whose places are filled, one for each approval Procountor has counted."""
    doc = world.doc(bill)
    places = doc["invoiceApprovalInformation"]["acceptors"]
    filled = [int(place["userId"]) for place in places if "eventPerformed" in place]
    assert len(filled) == sum(entry["action"] == "APPROVAL" for entry in doc["_history"])
    return filled


def _told(world: World) -> Counter[tuple[str, str]]:
    """How often each person was told of which bill, by its number, that nothing has happened and he can press again."""
    nothing = ("nothing has happened there. You can press again", "nothing was done. You can press again")
    texts = [(user, text) for user in PLACES for text in world.written(user) if any(n in text for n in nothing)]
    return Counter((user, re.findall(r"L-\d+", text)[0]) for user, text in texts)


def _by_key(world: World) -> Counter[str]:
    """Under whose name each approval stands in Procountor: the key's, and on the company's key the comment's."""
    owner = {KARI: BY_SELF, MARIA: SELF_TOO}
    made = [change for changes in world.approvals().values() for change in changes]
    for change in made:
        assert f"“Person {owner.get(change.user, BY_COMPANY)} / Slack" in change.summary
    return Counter(owner.get(change.user, BY_COMPANY) for change in made)


def _figures(ended: Mapping[Case, list[int]]) -> str:
    count = Counter(map(len, ended.values()))
    return ", ".join(f"{bills} bills with {places} place(s) filled" for places, bills in sorted(count.items()))
