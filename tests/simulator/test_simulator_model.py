"""Anything in any order, as hypothesis thinks it up, and after each step the promises that hold at every moment.

reliability.md 4.6 (3). Our machines send nothing, so that ``human_sends`` has no counterpart: people cancel, copy,
edit and renumber instead. A failing run is shrunk by hypothesis to the shortest that fails.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from finance.transfer import State
from storage import decisions, transfers
from tests.simulator import scene as scenes
from tests.simulator.judge import judge
from tests.simulator.points import Crash, Strike
from tests.simulator.weather import READS, WRITES
from tests.simulator.world import Plan, World

RUNS = int(os.environ.get("KIERTO_MODEL_RUNS", "2000"))
STEPS = int(os.environ.get("KIERTO_MODEL_STEPS", "50"))
ROUTES = {
    "sales": ("POST invoices", "PUT ledgerreceipts/{id}", "POST attachments", "PUT invoices/{id}/invalidate"),
    "cost": ("POST invoices", "PUT invoices/{id}/verify", "PUT invoices/{id}/markpaid"),
    "bill two": ("PUT invoices/{id}/approve", "PUT invoices/{id}/unfinished"),
}
LOOKS = ("GET invoices?number", "GET invoices?created", "GET invoices/{id}", "GET invoices/{id}/transactions")
KNOWN = {state.value for state in State}
STATES = {decisions.NOTED, decisions.SENT, decisions.UNSURE, *decisions.OVER}


class Machines(RuleBasedStateMachine):
    """One document or bill, and everything that may befall it. ``moved``: people or rights came between."""

    world: World

    @initialize(kind=st.sampled_from(sorted(ROUTES)), seed=st.integers(0, 9999))
    def open(self, kind: str, seed: int) -> None:
        self.world = World(Plan(kind, seed, sweep=True))
        self.kind, self.moved, self.refused = kind, False, False
        self.did: set[str] = set()

    # what we do

    @rule()
    def submit(self) -> None:
        self._do(self.world.wish)

    @rule(seconds=st.sampled_from((0.3, 2.0, 20.0)))
    def duplicate_submit(self, seconds: float) -> None:
        self._do(self.world.wish)
        self.world.later(seconds, self.world.wish)

    @rule(seconds=st.sampled_from((0.5, 5.0, 60.0, 700.0)))
    def tick(self, seconds: float) -> None:
        until = self.world.now + seconds
        while self.world.now < until and self.world.turn(until):
            pass

    @rule()
    def sweep(self) -> None:
        def ask() -> None:
            with self.world.store.write() as tx:
                name, company = f"asked:{self.world.now}", self.world.scene.company
                self.world.engine.soon(tx, "hear", "drafts.sweep", name, company, [company])

        self._do(ask)

    # what befalls us

    @rule(steps=st.integers(1, 12))
    def crash(self, steps: int) -> None:
        self._strike(Strike("crash", step=self.world.watch.step + steps))

    @rule()
    def restart(self) -> None:
        self.world.rise()

    @rule(steps=st.integers(1, 12), seconds=st.sampled_from((3.0, 60.0, 700.0)))
    def pause(self, steps: int, seconds: float) -> None:
        self._strike(Strike("pause", step=self.world.watch.step + steps, seconds=seconds))

    @rule()
    def resume(self) -> None:
        self.world.watch.strikes.clear()

    @rule(steps=st.integers(1, 12))
    def backup(self, steps: int) -> None:
        self._strike(Strike("backup", step=self.world.watch.step + steps))

    @rule()
    def restore(self) -> None:
        if "renumber" not in self.did:
            self.did.add("restore")
            self._strike(Strike("restore", step=self.world.watch.step + 1))

    @rule(kind=st.sampled_from(WRITES), place=st.integers(0, 3))
    def server_fault(self, kind: str, place: int) -> None:
        routes = ROUTES[self.kind]
        self.refused = self.refused or kind == "refused"
        self.world.weather.forced.setdefault(routes[place % len(routes)], []).append(kind)

    @rule(kind=st.sampled_from(READS), route=st.sampled_from(LOOKS))
    def read_fault(self, kind: str, route: str) -> None:
        self.world.weather.forced.setdefault(route, []).append(kind)

    @rule()
    def zombie_delivers(self) -> None:
        """What is on its way to Procountor, or to us, arrives before anything else happens."""
        if self.world._later:
            self._do(lambda: self.world.elapse(max(0.0, self.world._later[0][0] - self.world.now)))

    # what people do

    @rule()
    def human_edits(self) -> None:
        if not {"annotate", "renumber"} <= self.did:
            self.did.add("edit")
            self._meddle("edit")

    @precondition(lambda self: self.kind != "bill two")
    @rule(what=st.sampled_from(("copy", "annotate", "renumber")))
    def human_copies(self, what: str) -> None:
        """Who writes over marker, number and sum has made another draft of it: one of the three is left alone (W10).

        A new number hides it when a backup has forgotten that we made anything: then only the number is searched for.
        """
        hides = ({"annotate", "renumber", "edit"}, {"renumber", "restore"})
        if any(what in all and all <= self.did | {what} for all in hides):
            return
        self.did.add(what)
        self._meddle(what)

    @precondition(lambda self: self.kind != "bill two")
    @rule()
    def human_cancels(self) -> None:
        self._meddle("invalidate")

    @rule(what=st.sampled_from(("blind", "forbidden", "revoked", "")))
    def rights_change(self, what: str) -> None:
        self.moved = True
        self.world.sight = what

    # what holds at every moment

    @invariant()
    def nothing_stands_twice(self) -> None:
        books = self.world.books
        with self.world.store.read() as tx:
            t = transfers.of(tx, self.world.scene.company, self.world.scene.document)
        live = books.made(t.marker) if t else []
        assert len(live) <= 1, live
        for id in live:
            assert len({f["name"] for f in books.docs[id]["attachments"]}) == len(books.docs[id]["attachments"])
        for events in books.payments.values():
            assert max(Counter(e["paymentDate"] for e in events).values(), default=0) <= 1
        if self.world.scene.bill:
            told = [e["details"] for e in books.history[self.world.scene.bill] if e["action"] == "APPROVAL"]
            assert max(Counter(told).values(), default=0) <= 1

    @invariant()
    def every_row_is_in_a_known_state(self) -> None:
        rows = self.world.store.rows
        assert {t.state.value for t in rows.get("transfer", {}).values()} <= KNOWN
        assert {d.state for d in rows.get("decision", {}).values()} <= STATES

    @invariant()
    def nothing_left_without_a_note(self) -> None:
        assert not self.world.broken

    def teardown(self) -> None:
        """In the end everything clears up; what was wanted has then one of the ends it may have."""
        w = self.world
        w.watch.strikes.clear()
        w.weather.forced.clear()
        w.sight = ""
        found = judge(w.run())
        if found.lost == ["nobody knows of it"]:
            found.lost.clear()  # nobody has asked for it yet, or a backup does not know of it
        assert (found.twice, found.lost) == ([], []), (found, w.books.ledger)
        if not self.kind.startswith("bill") and found.end:
            allowed = {"done"} | ({"refused"} if self.refused else set()) | ({"parked"} if self.moved else set())
            assert found.end in allowed, found

    # how

    def _do(self, act: Any) -> None:
        try:
            act()
        except Crash:
            self.world.rise()

    def _strike(self, strike: Strike) -> None:
        if len(self.world.watch.strikes) < 3:
            self.world.watch.strikes.append(strike)

    def _meddle(self, what: str) -> None:
        self.moved = True
        self._do(lambda: self.world.meddle(what))


@pytest.mark.proof
def test_any_order_of_anything_keeps_the_promises() -> None:
    assert scenes.NUMBER
    run_state_machine_as_test(
        Machines,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            print_blob=True,
            database=None,
        ),
    )
