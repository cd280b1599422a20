"""What follows after an act was sent: a table, and that no world makes it said done, or sent, twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from finance.bill import APPROVED, DENIED, PAID, RECEIVED, UNFINISHED, VERIFIED
from finance.circulation import Act
from finance.decision import (
    COMMENT,
    LONGEST,
    Contested,
    Done,
    Lost,
    Next,
    Nothing,
    Seen,
    Wait,
    after_sending,
    comment,
    discussion,
    marked,
    pause,
    reached,
)
from finance.transfer import Timing

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
TIMING = Timing(settle=600.0, retry=2.0)
JUST_NOW, LONG_AGO = NOW - timedelta(seconds=5), NOW - timedelta(seconds=600)
A, V, R = Act.APPROVE, Act.VERIFY, Act.REJECT
SHOWN, OTHER = "print of what was shown", "print of something else"
UNTIL = JUST_NOW + timedelta(seconds=600)

# what is seen, act, status, print, ours by mark, count before and now, comments told, when it was sent, what follows
TABLE: list[tuple[str, Act, str, str, bool, int, int, bool, datetime, Next]] = [
    ("done", A, APPROVED, SHOWN, True, 0, 1, True, JUST_NOW, Done()),
    ("done, and paid meanwhile", A, PAID, SHOWN, True, 0, 1, True, LONG_AGO, Done()),
    ("done, one of two", A, RECEIVED, SHOWN, True, 0, 1, True, JUST_NOW, Done()),
    ("done, and changed", A, APPROVED, OTHER, True, 0, 1, True, JUST_NOW, Contested()),
    ("nothing yet", A, RECEIVED, SHOWN, False, 0, 0, False, JUST_NOW, Wait(UNTIL)),
    ("nothing yet, and changed", A, RECEIVED, OTHER, False, 0, 0, False, JUST_NOW, Wait(UNTIL)),
    ("nothing, long ago", A, RECEIVED, SHOWN, False, 0, 0, False, LONG_AGO, Nothing(Lost.UNHEARD)),
    ("the first of two was there before", A, RECEIVED, SHOWN, False, 1, 1, True, JUST_NOW, Wait(UNTIL)),
    ("somebody else’s, and another place is free", A, RECEIVED, SHOWN, False, 0, 1, True, JUST_NOW, Wait(UNTIL)),
    ("the same, long ago", A, RECEIVED, SHOWN, False, 0, 1, True, LONG_AGO, Nothing(Lost.ELSEWHERE)),
    ("somebody else’s, and none is free", A, APPROVED, SHOWN, False, 0, 1, True, JUST_NOW, Nothing(Lost.ELSEWHERE)),
    ("one more, and no comments are told", A, APPROVED, SHOWN, False, 0, 1, False, JUST_NOW, Done()),
    ("one more without comments, and changed", A, APPROVED, OTHER, False, 0, 1, False, JUST_NOW, Contested()),
    ("denied meanwhile", A, DENIED, SHOWN, False, 0, 0, False, JUST_NOW, Nothing(Lost.ELSEWHERE)),
    ("approved without a trace", A, APPROVED, SHOWN, False, 0, 0, False, JUST_NOW, Nothing(Lost.ELSEWHERE)),
    ("verified", V, VERIFIED, SHOWN, True, 0, 1, True, JUST_NOW, Done()),
    ("not verified yet", V, UNFINISHED, SHOWN, False, 0, 0, False, JUST_NOW, Wait(UNTIL)),
    ("approved before it was verified", V, APPROVED, SHOWN, False, 0, 0, False, JUST_NOW, Nothing(Lost.ELSEWHERE)),
    ("denied by us", R, DENIED, SHOWN, True, 0, 1, True, JUST_NOW, Done()),
    ("denied by another", R, DENIED, SHOWN, False, 0, 1, True, JUST_NOW, Nothing(Lost.ELSEWHERE)),
    ("not denied yet", R, RECEIVED, SHOWN, False, 0, 0, False, JUST_NOW, Wait(UNTIL)),
    ("not denied, and approved", R, APPROVED, SHOWN, False, 0, 0, False, JUST_NOW, Wait(UNTIL)),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_what_follows(row: tuple[str, Act, str, str, bool, int, int, bool, datetime, Next]) -> None:
    _, act, status, print, mine, before, count, told, sent_at, then = row
    assert after_sending(act, Seen(status, print, mine, count, told), SHOWN, before, sent_at, NOW, TIMING) == then


STATUSES = st.sampled_from((RECEIVED, UNFINISHED, VERIFIED, APPROVED, DENIED, PAID, "SOMETHING_NEW"))
seen = st.builds(Seen, STATUSES, st.sampled_from((SHOWN, OTHER)), st.booleans(), st.integers(0, 4), st.booleans())


@given(st.sampled_from((A, V, R)), seen, st.integers(0, 4), st.integers(0, 2000))
def test_done_is_said_only_of_what_is_ours_and_lost_only_when_it_is_late(
    act: Act, found: Seen, before: int, seconds: int
) -> None:
    sent = NOW - timedelta(seconds=seconds)
    follows = after_sending(act, found, SHOWN, before, sent, NOW, TIMING)
    ours = found.mine or (found.count > before and not found.told)
    assert isinstance(follows, Done | Contested) is ours
    if isinstance(follows, Done):
        assert found.print == SHOWN
    if isinstance(follows, Contested):
        assert found.print == OTHER
    if follows == Nothing(Lost.UNHEARD):
        assert seconds >= TIMING.settle
        assert found.count <= before
    if isinstance(follows, Wait):
        assert NOW < follows.until == sent + timedelta(seconds=TIMING.settle)


@pytest.mark.parametrize(
    ("act", "status", "is_so"),
    [(A, APPROVED, True), (A, PAID, True), (A, DENIED, False), (A, VERIFIED, False), (V, VERIFIED, True),
     (V, APPROVED, True), (V, RECEIVED, False), (R, DENIED, True), (R, APPROVED, False)],
)  # fmt: skip
def test_whether_it_stands_where_it_was_to_go(act: Act, status: str, is_so: bool) -> None:
    assert reached(act, status) is is_so


def test_what_stands_with_the_act_in_procountor() -> None:
    assert comment("Anna  Aho", 7) == "Anna Aho / Slack [k:7]"
    assert comment("Anna Aho", 7, "liian\n kallis") == "Anna Aho / Slack: liian kallis [k:7]"
    assert comment("A [k:9]", 7, "kuten [k:8]") == "A (k:9] / Slack: kuten (k:8] [k:7]"
    assert discussion("Anna Aho", 7, "kuten\n[k:8]") == "Anna Aho / Slack: kuten\n(k:8] [k:7]"


WORDS = st.text(max_size=150) | st.sampled_from(("Mikael [k:7]", "[k:1][k:2]", "[k:", "k:3]", "é" * 99, "漢字 😀"))


@given(WORDS, st.integers(1, 10**12), WORDS)
def test_a_comment_tells_its_own_decision_whatever_people_are_called_or_write(
    name: str, decision: int, reason: str
) -> None:
    for text in (comment(name, decision), comment(name, decision, reason)):
        assert len(text) <= COMMENT
        assert marked(text) == decision
        text.encode("cp1252")
        assert "\n" not in text
    whole = discussion(name, decision, reason)
    assert marked(whole) == decision
    whole.encode("cp1252")


@given(WORDS)
def test_what_people_write_is_no_mark_of_ours(text: str) -> None:
    said = discussion(text, 12, text)
    assert marked(said.removesuffix(" [k:12]")) is None


@given(st.integers(0, 5000))
def test_pauses_grow_up_to_a_minute(seconds: int) -> None:
    found = pause(NOW - timedelta(seconds=seconds), NOW, TIMING)
    assert TIMING.retry <= found <= LONGEST
    assert found == min(max(seconds, TIMING.retry), LONGEST)


def test_an_outage_is_not_answered_with_a_storm() -> None:
    """Over the whole settle time a decision without an answer is looked for a handful of times."""
    waited, looks = 0.0, 0
    while waited < TIMING.settle:
        waited += pause(NOW, NOW + timedelta(seconds=waited), TIMING)
        looks += 1
    assert looks <= 16


def test_a_late_request_fills_its_place_after_somebody_elses() -> None:
    """Two are to approve; ours is late, another approves meanwhile, and nobody is told that ours came to nothing."""
    machine = OneDecision()
    machine.it_is_sent(fate="late")
    machine.somebody_else_approves()
    machine.it_is_looked_for()
    machine.time_passes(300)
    machine.it_is_looked_for()
    machine.one_press_is_one_signature()
    assert machine.state == "done"


class OneDecision(RuleBasedStateMachine):
    """A decision and a Procountor with two places to fill, in which answers are lost, come late, and others act.

    It is done as `handlers.decide` does it: noted, checked and marked as sent before the only request, then only
    looked for. A worker may die at any moment and another take over from what was noted.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now, self.state, self.sent_at, self.before = NOW, "noted", NOW, 0
        self.requests = 0
        self.late: datetime | None = None  # when a request that was lost takes effect after all
        self.history: list[str] = []
        self.print = SHOWN

    @property
    def ours(self) -> int:
        return self.history.count("ours")

    def _arrive(self) -> None:
        if len(self.history) < 2:
            self.history.append("ours")

    @rule(seconds=st.sampled_from((1, 30, 300, 601)))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        if self.late is not None and self.now >= self.late:
            self.late = None
            self._arrive()

    @precondition(lambda self: self.state == "noted" and len(self.history) < 2)
    @rule(fate=st.sampled_from(("answered", "answer lost", "request lost", "late", "died before", "died after")))
    def it_is_sent(self, fate: str) -> None:
        self.state, self.sent_at, self.before = "sent", self.now, len(self.history)
        if fate == "died before":
            return
        self.requests += 1
        if fate == "late":
            self.late = self.now + timedelta(seconds=TIMING.settle / 3)
        elif fate != "request lost":
            self._arrive()

    @precondition(lambda self: self.state == "sent")
    @rule()
    def it_is_looked_for(self) -> None:
        status = APPROVED if len(self.history) == 2 else RECEIVED
        found = Seen(status, self.print, bool(self.ours), len(self.history), bool(self.history))
        follows = after_sending(A, found, SHOWN, self.before, self.sent_at, self.now, TIMING)
        if isinstance(follows, Done):
            assert self.ours == 1
            self.state = "done"
        elif isinstance(follows, Nothing):
            assert self.ours == 0
            self.state = "lost"
        elif isinstance(follows, Contested):
            assert self.ours == 1
            assert self.print == OTHER
            self.state = "contested"

    @precondition(lambda self: len(self.history) < 2)
    @rule()
    def somebody_else_approves(self) -> None:
        self.history.append("another’s")

    @rule()
    def somebody_changes_the_bill(self) -> None:
        self.print = OTHER

    @invariant()
    def one_press_is_one_signature(self) -> None:
        assert self.requests <= 1
        assert self.ours <= 1
        if self.state == "lost":
            assert self.ours == 0


TestOneDecision = OneDecision.TestCase
TestOneDecision.settings = settings(max_examples=150, stateful_step_count=25)
