"""Who may approve: every role, state, amount, turn and moment of revoking, each pressed at the front door (E1).

The table below is written from the requirements alone (domain.md R45 to R52, reliability.md 3.6 E1) and shares
nothing with the code that decides. Procountor's journal is the judge.
"""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.procountor import inbox
from sandbox.slack.workspace import Person
from tests.proofs.proof_world import APPROVE, Pressed, World, opened

PARTNER = 503  # somebody else whom Procountor knows

# The rights each role has been given, and the amounts it may approve where all else allows it.
ROLES: Mapping[str, tuple[Mapping[str, Mapping[str, str | None]], frozenset[str]]] = {
    "none": ({}, frozenset()),
    "receive only": ({"receive": {}}, frozenset()),
    "see only": ({"see_all": {}, "see_own": {}}, frozenset()),
    "pre-approve": ({"pre_approve": {}}, frozenset()),
    "approve with limit": ({"approve": {"EUR": "1000"}}, frozenset({"below", "at"})),
    "approve unlimited": ({"approve": {"EUR": None}}, frozenset({"below", "at", "above", "credit note"})),
    "admin only": ({"admin": {}}, frozenset()),
    "finance only": ({"finance": {}}, frozenset()),
    "guest with approve": ({"approve": {"EUR": None, "SEK": None}}, frozenset()),
}
STATES = {
    "RECEIVED": True,
    "UNFINISHED": True,
    "VERIFIED": True,
    "APPROVED": False,
    "PAYMENT_DENIED": False,
    "PAID": False,
    "INVALIDATED": False,
}
AMOUNTS = {
    "below": ("999.99", "EUR"),
    "at": ("1000.00", "EUR"),
    "above": ("1000.01", "EUR"),
    "other currency": ("10.00", "SEK"),
    "credit note": ("-1000.01", "EUR"),
}
TURNS = {"nobody named": True, "my turn": True, "others named": False}
MOMENTS = {
    "never": True,
    "before the card": False,
    "between card and press": False,
    "between press and execution": False,
    "between decision and execution": False,
}


@dataclass(frozen=True)
class Case:
    role: str
    state: str
    amount: str
    turn: str
    revoked: str

    @property
    def approves(self) -> bool:
        """What the table says."""
        return self.amount in ROLES[self.role][1] and STATES[self.state] and TURNS[self.turn] and MOMENTS[self.revoked]

    @property
    def user(self) -> str:
        return f"U{list(ROLES).index(self.role)}R{list(MOMENTS).index(self.revoked)}"


EVERY = int(os.environ.get("KIERTO_PROOF_EVERY", "1"))  # case: 1 for all; one that divides no number of choices
CASES = [Case(*parts) for parts in itertools.product(ROLES, STATES, AMOUNTS, TURNS, MOMENTS)][::EVERY]


def people() -> list[Person]:
    users = {case.user: case.role for case in CASES}
    return [Person(u, u.lower(), f"Person {u}", is_restricted=role.startswith("guest")) for u, role in users.items()]


def procountor_id(user: str) -> int:
    return 6000 + int(user[1]) * 10 + int(user[3])


def bill_of(case: Case) -> inbox.Bill:
    amount, currency = AMOUNTS[case.amount]
    named = {"nobody named": [], "my turn": [procountor_id(case.user)], "others named": [PARTNER]}[case.turn]
    return inbox.Bill(
        rows=[{"unitPrice": Decimal(amount), "vatPercent": 0}],
        verifiers=[],
        acceptors=named,
        changes={"status": case.state, "paymentInfo": {"currency": currency}},
    )


@dataclass
class Run:
    """The cases with their bills, and what became of the presses."""

    world: World
    bill: Mapping[Case, int]
    handle: Mapping[int, str]
    sent: dict[Case, Pressed]

    def press(self, cases: Iterable[Case]) -> None:
        wanted = list(cases)
        done = self.world.press_all([(case.user, self.bill[case]) for case in wanted], self.handle)
        self.sent |= dict(zip(wanted, done, strict=True))

    def revoke(self, moment: str) -> None:
        self.world.revoke(sorted({case.user for case in CASES if case.revoked == moment}))

    def at(self, *moments: str) -> list[Case]:
        return [case for case in CASES if case.revoked in moments]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Run]:
    folder = tmp_path_factory.mktemp("authorisation")
    hold = folder / "hold"
    with opened("sqlite", folder, people()) as world:
        for user, role in {case.user: case.role for case in CASES}.items():
            world.person(user, ROLES[role][0], procountor=procountor_id(user))
        ids = world.receive([bill_of(case) for case in CASES])
        found = world.known(ids)
        for case, id in zip(CASES, ids, strict=True):
            amount, currency = AMOUNTS[case.amount]
            bill = found[id]
            assert (bill.gross, bill.currency, bill.status) == (Decimal(amount), currency, case.state)
        run = Run(world, dict(zip(CASES, ids, strict=True)), world.handles(ids), {})
        with world.hearing():
            _moments(run, hold)
        yield run


def _moments(run: Run, hold: Path) -> None:
    world = run.world
    with world.working(f"bill.decide@{hold}"):
        run.revoke("before the card")
        run.revoke("between card and press")
        run.press(run.at("never", "before the card", "between card and press"))
        world.idle()
        hold.touch()
        run.press(run.at("between decision and execution"))
        late = run.at("between decision and execution")
        world.until(
            lambda: sum(world.answered(run.sent[case]) for case in late) + world.unfinished() == len(late),
            240,
            "some presses were not taken up",
        )
        assert world.unfinished() > 0, "no decision stood between its note and its execution"
        run.revoke("between decision and execution")
        hold.unlink()
        world.idle()
    run.press(run.at("between press and execution"))
    run.revoke("between press and execution")
    with world.working():
        world.idle()


@pytest.mark.gate("G3")
@pytest.mark.proof
def test_exactly_the_cases_of_the_table_are_approved(run: Run) -> None:
    approvals = run.world.approvals()
    wrong = [case for case in CASES if len(approvals.get(run.bill[case], [])) != int(case.approves)]
    by = {
        case: change.summary
        for case in CASES
        for change in approvals.get(run.bill[case], [])
        if f"“Person {case.user} / Slack" not in change.summary
    }
    allowed = Counter(case.approves for case in CASES)
    print(
        f"\n  authorisation: {len(CASES)} cases, {allowed[True]} to be approved, {allowed[False]} to be refused → "
        f"{len(wrong)} otherwise than the table, {sum(map(len, approvals.values()))} approvals in all"
    )
    assert not wrong, wrong[:10]
    assert not by, by
    assert set(run.world.writes()) == {APPROVE}


@pytest.mark.proof
def test_what_was_not_to_be_approved_stands_as_it_stood(run: Run) -> None:
    moved = [
        case
        for case in CASES
        if run.world.doc(run.bill[case])["status"] != ("APPROVED" if case.approves else case.state)
    ]
    assert not moved, moved[:10]


@pytest.mark.proof
def test_everybody_who_was_refused_got_a_sentence(run: Run) -> None:
    refused = [case for case in CASES if not case.approves]
    beside = {case for case in refused if run.world.answered(run.sent[case])}
    later = Counter(case.user for case in refused if case not in beside)
    sorry = {
        user: sum("You may not do this any more: nothing was done." in text for text in run.world.written(user))
        for user in later
    }
    assert sorry == dict(later)
    assert all(case.revoked == "between decision and execution" for case in refused if case not in beside)
    silent = [case for case in CASES if case.approves and run.world.answered(run.sent[case])]
    assert not silent, "an approval that was carried out was also refused"
    assert "incident" not in run.world.complaints()
