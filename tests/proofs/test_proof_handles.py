"""A button carries a handle and nothing else: a thousand of them stolen, bent, old, invented and swapped (T1).

Two companies in one workspace have bills with the same ids. Whoever has no right in the company of a handle has no
effect with it and learns nothing from the answer: what is not his looks like what does not exist.
"""

from __future__ import annotations

import os
import random
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

import pytest
from sqlalchemy import update

from sandbox.procountor import inbox
from sandbox.slack.workspace import Person
from storage.tables import handle as table
from tests.proofs.proof_world import APPROVE, HANDS, Pressed, World, opened

PURPOSES = ("bill.approve", "bill.verify", "bill.reject", "bill.confirm")
BILLS = int(os.environ.get("KIERTO_PROOF_HANDLES", "1000")) // len(PURPOSES) // 2  # in each company
PAIRS = int(os.environ.get("KIERTO_PROOF_HANDLES", "1000"))
NORTH, SOUTH = "UNORTH", "USOUTH"  # approves everything in one company, and has no right in the other
NOBODY, GUEST = "UNOBODY", "UGUEST1"
FORMS = {"bill.typed": {"digits": "0122"}, "bill.no": {"reason": "Ei meidän"}}


@dataclass(frozen=True)
class Attack:
    """``value`` is pressed by ``user`` on a button of ``action``; ``kind`` is how it was come by."""

    kind: str
    user: str
    action: str
    value: str


def _flipped(dice: random.Random, value: str) -> str:
    place = dice.randrange(len(value))
    return value[:place] + ("a" if value[place] != "a" else "b") + value[place + 1 :]


BENT: Mapping[str, Callable[[random.Random, str], str]] = {
    "truncated": lambda dice, value: value[: dice.randrange(1, len(value))],
    "lengthened": lambda dice, value: value + dice.choice("aA-_0"),
    "one letter changed": _flipped,
    "other case": lambda _, value: value.swapcase(),
    "invented": lambda *_: secrets.token_urlsafe(24),
    "a number": lambda dice, _: str(dice.randrange(810_000, 811_000)),
    "what it stands for": lambda dice, _: f"{dice.randrange(810_000, 811_000)}|{'0' * 64}",
}


@dataclass
class Run:
    """``live`` are the handles of both companies by (approver of the company, purpose, bill)."""

    north: World
    south: World
    live: dict[tuple[str, str, int], str] = field(default_factory=dict)
    sent: list[tuple[Attack, Pressed]] = field(default_factory=list)

    def attack(self, attacks: list[Attack]) -> None:
        def one(attack: Attack) -> tuple[Attack, Pressed]:
            return attack, self.north.press(attack.user, 0, attack.value, attack.action)

        with ThreadPoolExecutor(HANDS) as hands:
            self.sent += hands.map(one, attacks)
        self.north.idle()

    def heard(self, user: str) -> dict[str, Counter[tuple[str, ...]]]:
        """What this person was answered, by how the handles were come by."""
        answers = self.north.answers()
        found: dict[str, Counter[tuple[str, ...]]] = {}
        for attack, pressed in self.sent:
            if attack.user == user:
                found.setdefault(attack.kind, Counter())[tuple(answers.get(pressed.mark, ()))] += 1
        return found


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    people = [Person(user, user.lower(), f"Person {user}") for user in (NORTH, SOUTH, NOBODY)]
    people.append(Person(GUEST, GUEST.lower(), "Guest", is_restricted=True))
    with opened("sqlite", tmp_path_factory.mktemp("handles"), people) as north:
        run = Run(north, north.second_company())
        everything: Mapping[str, Mapping[str, str | None]] = {"approve": {"EUR": None}, "pre_approve": {}}
        for world, user in ((run.north, NORTH), (run.south, SOUTH), (run.north, GUEST)):
            world.person(user, everything)
        for world, user in ((run.north, NORTH), (run.south, SOUTH)):
            ids = world.receive([inbox.Bill(verifiers=[], acceptors=[])] * BILLS)
            world.known(ids)
            for purpose in PURPOSES:
                run.live |= {(user, purpose, id): value for id, value in world.handles(ids, purpose).items()}
        with north.hearing(), north.working():
            _attacked(run)
            yield run


def _attacked(run: Run) -> None:
    dice, other = random.Random(20261126), {NORTH: SOUTH, SOUTH: NORTH}
    run.attack(
        [Attack("another company’s", other[user], purpose, value) for (user, purpose, _), value in run.live.items()]
    )
    bent = list(BENT.items())
    run.attack(
        [
            Attack(kind, user, purpose, bend(dice, value))
            for place, ((user, purpose, _), value) in enumerate(run.live.items())
            for kind, bend in (bent[place % len(bent)],)
        ]
    )
    some = dice.sample(list(run.live.items()), len(run.live) // 4)
    run.attack(
        [
            Attack("another button’s", user, dice.choice([p for p in PURPOSES if p != purpose]), value)
            for (user, purpose, _), value in some
        ]
    )
    run.attack([Attack("somebody’s", NOBODY, purpose, value) for (_, purpose, _), value in some])
    run.attack([Attack("invented", NOBODY, purpose, secrets.token_urlsafe(24)) for (_, purpose, _), _ in some])
    run.attack([Attack("somebody’s", GUEST, purpose, value) for (_, purpose, _), value in some[: len(some) // 4]])
    _age(run, [value for _, value in some])
    run.attack([Attack("old", user, purpose, value) for (user, purpose, _), value in some])


def _age(run: Run, values: list[str]) -> None:
    """These handles have run out."""
    with run.north.house.store.write() as tx:
        past = run.north.house.desk.clock() - timedelta(seconds=1)
        tx.execute(update(table).where(table.c.token.in_(values)).values(expires_at=past))


@pytest.mark.gate("G3")
@pytest.mark.proof
def test_nobody_has_an_effect_with_what_is_not_his(run: Run) -> None:
    kinds = Counter(attack.kind for attack, _ in run.sent)
    writes = run.north.writes()
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    print(f"\n  handles: {len(run.live)} live ones, {len(run.sent)} presses ({told}) → {sum(writes.values())} effects")
    assert not writes
    assert not run.north.unfinished()
    for user in (NORTH, SOUTH, NOBODY, GUEST):
        assert run.north.slack.views(user) == []
    assert run.north.complaints() == ""


@pytest.mark.proof
@pytest.mark.parametrize("user", [NORTH, SOUTH])
def test_what_is_not_yours_is_answered_like_what_does_not_exist(run: Run, user: str) -> None:
    heard = run.heard(user)
    assert set(heard) == {"another company’s", "another button’s", "old", *BENT}
    answers = {answer for counter in heard.values() for answer in counter}
    assert len(answers) == 1, {kind: list(counter) for kind, counter in heard.items()}
    (said,) = next(iter(answers))
    assert "no longer in use" in said


@pytest.mark.proof
@pytest.mark.parametrize("user", [NOBODY, GUEST])
def test_who_has_no_right_hears_the_same_whatever_he_presses(run: Run, user: str) -> None:
    answers = {answer for counter in run.heard(user).values() for answer in counter}
    assert len(answers) == 1, answers
    assert all(len(answer) == 1 for answer in answers), "each press gets one answer"


@pytest.mark.proof
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("user", [NORTH, SOUTH])
def test_forms_with_a_handle_that_is_not_yours_say_nothing_either(run: Run, user: str, form: str) -> None:
    theirs = run.south if user == NORTH else run.north
    ids = [bill for owner, purpose, bill in run.live if owner != user and purpose == "bill.approve"][:25]
    values = [*theirs.handles(ids, form).values(), *(secrets.token_urlsafe(24) for _ in ids), "", "x"]
    answers = {run.north.submit(user, form, value, FORMS[form]) for value in values}
    assert len(answers) == 1, answers
    assert "no longer in use" in answers.pop()
    assert not run.north.writes()


@pytest.mark.proof
def test_what_is_not_yours_and_what_is_nothing_take_alike(run: Run) -> None:
    """The same words for both of each pair (I7); how long they took is printed and judged by nobody but a reader."""
    ids = [bill for owner, purpose, bill in run.live if owner == SOUTH and purpose == "bill.approve"]
    theirs = list(run.south.handles(ids, "bill.no").values())
    took: dict[str, list[float]] = {"forbidden": [], "unknown": []}
    for number in range(PAIRS):
        both = {"forbidden": theirs[number % len(theirs)], "unknown": secrets.token_urlsafe(24)}
        answers = set()
        for kind in sorted(both, reverse=number % 2 == 0):
            began = time.perf_counter()
            answers.add(run.north.submit(NORTH, "bill.no", both[kind], FORMS["bill.no"]))
            took[kind].append(time.perf_counter() - began)
        assert len(answers) == 1, answers
    forbidden, unknown = (1000 * median(took[kind]) for kind in ("forbidden", "unknown"))
    told = f"forbidden {forbidden:.1f} ms, unknown {unknown:.1f} ms, apart {abs(forbidden - unknown):.1f} ms"
    print(f"  pairs: {PAIRS}, {told}")
    assert not run.north.writes()


@pytest.mark.proof
def test_a_handle_does_its_work_once(run: Run) -> None:
    """Last in this module: these presses are right ones."""
    ids = run.north.receive([inbox.Bill(verifiers=[], acceptors=[])] * 50)
    run.north.known(ids)
    handle = run.north.handles(ids)
    run.north.press_all([(NORTH, id) for id in ids], handle)
    run.north.idle()
    used = run.north.press_all([(NORTH, id) for id in ids for _ in range(3)], handle)
    run.north.idle()
    answers = run.north.answers()
    assert all("nothing was left to decide" in answers[pressed.mark][0] for pressed in used)
    assert {id: len(made) for id, made in run.north.approvals().items()} == dict.fromkeys(ids, 1)
    assert run.north.writes() == {APPROVE: len(ids)}
    print(f"  handles: {len(ids)} used ones pressed again, {len(used)} times → 0 further effects")
