"""What follows from a look into Procountor: nothing is made while it may be there, nobody else's is ever cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from finance.transfer import Adopt, Candidate, Create, Look, Park, Timing, Wait, after_looking, backoff, may_leave

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TIMING = Timing(settle=600.0, window=5.0, retry=2.0)
LONG_AGO, JUST_NOW = NOW - timedelta(seconds=601), NOW - timedelta(seconds=599)

OURS = Candidate(7, 30107, ours=True, same=True, draft=True)
TWIN = replace(OURS, id=9, number=30109)
COPY = replace(OURS, id=8, number=30108, mine=False)  # a person's, made from ours
STRANGER = Candidate(3, 30003, ours=False, same=False, draft=True, mine=False)
EARLIER = replace(STRANGER, marked=True)
SENT = replace(OURS, draft=False)
BARE = replace(OURS, ours=False, same=False, bare=True)
DEAD = replace(OURS, alive=False)
CHANGED = replace(OURS, same=False)

CASES: list[tuple[str, list[Candidate], dict[str, bool], datetime | None, object]] = [
    ("nothing there, nothing tried", [], {}, None, Create()),
    ("nothing there, tried just now", [], {}, JUST_NOW, Wait(JUST_NOW + timedelta(seconds=600))),
    ("nothing there after the settle time", [], {}, LONG_AGO, Create()),
    ("nothing there, but the look was blind", [], {"blind": True}, None, Wait(NOW + timedelta(seconds=2))),
    ("blind after the settle time", [], {"blind": True}, LONG_AGO, Wait(NOW + timedelta(seconds=2))),
    ("ours", [OURS], {}, JUST_NOW, Adopt(7, 30107)),
    ("ours, never tried: a restored backup", [OURS], {}, None, Adopt(7, 30107)),
    ("ours twice", [TWIN, OURS], {}, LONG_AGO, Adopt(7, 30107, (9,))),
    ("ours and one worked on", [OURS, replace(TWIN, draft=False)], {}, None, Adopt(9, 30109, (7,))),
    ("ours twice, both worked on", [SENT, replace(TWIN, draft=False)], {}, None, Park("twice_in_use")),
    ("ours with other content", [CHANGED], {}, None, Park("content_differs")),
    ("ours, and a person's copy", [COPY, OURS], {}, None, Adopt(7, 30107)),
    ("ours, and a changed copy", [replace(COPY, same=False), OURS], {}, None, Adopt(7, 30107)),
    ("made by an earlier user of ours", [COPY], {}, None, Adopt(8, 30108)),
    ("a person's copy, and ours not seen yet", [COPY], {}, JUST_NOW, Wait(JUST_NOW + timedelta(seconds=600))),
    ("a person's copy, and ours never came", [COPY], {}, LONG_AGO, Adopt(8, 30108)),
    ("two of an earlier user", [COPY, replace(COPY, id=6, number=30106)], {}, None, Adopt(6, 30106)),
    ("ours was invalidated", [DEAD], {}, LONG_AGO, Create()),
    ("somebody else's", [STRANGER], {}, None, Park("number_taken")),
    ("somebody else's, tried just now", [STRANGER], {}, JUST_NOW, Park("number_taken")),
    ("somebody else's, dead", [replace(STRANGER, alive=False)], {}, None, Create()),
    ("somebody else's, and a person's word", [STRANGER], {"forced": True}, None, Create()),
    ("a word, tried just now", [STRANGER], {"forced": True}, JUST_NOW, Wait(JUST_NOW + timedelta(seconds=600))),
    ("our own draft of an earlier revision", [EARLIER], {}, None, Park("earlier_revision")),
    ("no word of a person's makes a second of our own", [EARLIER], {"forced": True}, None, Park("earlier_revision")),
    ("an earlier revision that was invalidated", [replace(EARLIER, alive=False)], {}, None, Create()),
    ("perhaps ours, tried just now", [BARE], {}, JUST_NOW, Wait(JUST_NOW + timedelta(seconds=600))),
    ("perhaps ours, after the settle time", [BARE], {}, LONG_AGO, Park("written_over")),
    ("perhaps ours, and a person's word", [BARE], {"forced": True}, LONG_AGO, Create()),
    ("perhaps ours, dead", [replace(BARE, alive=False)], {}, LONG_AGO, Create()),
    ("perhaps ours, and ours", [BARE, TWIN], {}, JUST_NOW, Adopt(9, 30109)),
    ("perhaps ours, and somebody else's", [BARE, STRANGER], {}, LONG_AGO, Park("number_taken")),
    ("ours and somebody else's", [STRANGER, OURS], {}, JUST_NOW, Adopt(7, 30107)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "found", "more", "create_at", "then"), CASES, ids=[case[0] for case in CASES])
def test_what_follows(
    what: str, found: list[Candidate], more: dict[str, bool], create_at: datetime | None, then: object
) -> None:
    assert after_looking(Look(found, **more), create_at, NOW, TIMING) == then


candidates = st.builds(
    Candidate,
    id=st.integers(1, 20),
    number=st.integers(30_000, 30_020),
    ours=st.booleans(),
    same=st.booleans(),
    draft=st.booleans(),
    alive=st.booleans(),
    mine=st.booleans(),
    marked=st.booleans(),
    bare=st.booleans(),
)
looks = st.builds(
    Look,
    found=st.lists(candidates, max_size=5, unique_by=lambda c: c.id),
    blind=st.booleans(),
    forced=st.booleans(),
)
instants = st.none() | st.integers(-2_000, 0).map(lambda s: NOW + timedelta(seconds=s))


@given(looks, instants)
def test_nothing_is_made_while_one_of_ours_lives(look: Look, create_at: datetime | None) -> None:
    if any(c.ours and c.alive for c in look.found):
        assert not isinstance(after_looking(look, create_at, NOW, TIMING), Create)


@given(looks, instants)
def test_nothing_is_made_beside_anything_that_carries_our_mark(look: Look, create_at: datetime | None) -> None:
    if any(c.alive and c.marked for c in look.found):
        assert not isinstance(after_looking(look, create_at, NOW, TIMING), Create)


@given(looks, instants)
def test_nothing_is_made_beside_a_strangers_without_a_persons_word(look: Look, create_at: datetime | None) -> None:
    if any(c.alive for c in look.found) and not look.forced:
        assert not isinstance(after_looking(look, create_at, NOW, TIMING), Create)


@given(looks, instants)
def test_nothing_is_made_blindly_or_before_the_settle_time(look: Look, create_at: datetime | None) -> None:
    if isinstance(after_looking(look, create_at, NOW, TIMING), Create):
        assert not look.blind
        assert create_at is None or NOW - create_at >= timedelta(seconds=TIMING.settle)


@given(looks, instants)
def test_only_own_unworked_copies_are_cancelled_and_never_the_one_kept(look: Look, create_at: datetime | None) -> None:
    then = after_looking(look, create_at, NOW, TIMING)
    if isinstance(then, Adopt):
        by_id = {c.id: c for c in look.found}
        assert then.id not in then.extras
        assert by_id[then.id].alive
        assert by_id[then.id].ours
        assert by_id[then.id].same
        for extra in then.extras:
            c = by_id[extra]
            assert c.ours
            assert c.mine
            assert c.alive
            assert c.draft
            assert c.same


@given(looks, instants)
def test_waiting_is_always_for_a_moment_to_come(look: Look, create_at: datetime | None) -> None:
    then = after_looking(look, create_at, NOW, TIMING)
    if isinstance(then, Wait):
        assert NOW < then.until <= NOW + timedelta(seconds=TIMING.settle)


@pytest.mark.parametrize(
    ("noted", "ticks", "leaves"),
    [(10, 10, True), (10, 15, True), (10, 15.01, False), (10, 9.9, False), (0, 900, False)],
)
def test_a_request_leaves_within_its_window_only(noted: float, ticks: float, leaves: bool) -> None:
    assert may_leave(noted, ticks, TIMING) is leaves


def test_waits_double_and_stay_within_five_minutes() -> None:
    waits = [backoff(tries, TIMING).total_seconds() for tries in range(40)]
    assert waits[:4] == [2, 4, 8, 16]
    assert waits == sorted(waits)
    assert max(waits) == 300


class Making(RuleBasedStateMachine):
    """One document against a Procountor that loses answers, applies requests late and hides what is new for a while.

    Time is in seconds. A request lives at most ``LIFE`` and a new draft is hidden at most ``LAG``; together they are
    less than the settle time. A crash forgets everything but the notes.
    """

    LIFE, LAG = 40.0, 20.0
    TIMES = Timing(settle=70.0, window=5.0, retry=2.0)

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.create_at: float | None = None
        self.flying: list[float] = []  # when each request under way takes effect at the latest
        self.drafts: list[tuple[float, bool]] = []  # (since when it is seen, alive)
        self.adopted: int | None = None

    @rule(seconds=st.sampled_from([0.5, 3.0, 15.0, 30.0, 71.0]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        for due in [due for due in self.flying if due <= self.now]:
            self._take_effect(due)

    def _take_effect(self, due: float) -> None:
        self.flying.remove(due)
        self.drafts.append((min(due, self.now) + self.LAG, True))

    @precondition(lambda self: self.adopted is None)
    @rule(fate=st.sampled_from(["answered", "lost before", "lost after", "late", "died before", "died after"]))
    def worker_looks(self, fate: str) -> None:
        seen = [
            Candidate(place, 30_000 + place, ours=True, same=True, draft=True, alive=alive)
            for place, (since, alive) in enumerate(self.drafts)
            if since <= self.now
        ]
        noted = None if self.create_at is None else self._instant(self.create_at)
        then = after_looking(Look(seen), noted, self._instant(self.now), self.TIMES)
        if isinstance(then, Create):
            self._create(fate)
        elif isinstance(then, Adopt):
            self.adopted = then.id
            for extra in then.extras:
                self.drafts[extra] = (self.drafts[extra][0], False)

    def _create(self, fate: str) -> None:
        self.create_at = self.now
        if fate in ("answered", "lost after", "died after"):
            self.drafts.append((self.now + self.LAG, True))
        if fate == "late":
            self.flying.append(self.now + self.LIFE)
        if fate == "answered":
            self.adopted = len(self.drafts) - 1

    @staticmethod
    def _instant(seconds: float) -> datetime:
        return NOW + timedelta(seconds=seconds)

    @invariant()
    def it_never_stands_twice(self) -> None:
        assert sum(alive for _, alive in self.drafts) + len(self.flying) <= 1


TestMaking = Making.TestCase
TestMaking.settings = settings(max_examples=200)
