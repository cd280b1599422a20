"""Trials that broke a promise once, each kept as it was found, and the ways of a trial that have to be seen at all."""

from __future__ import annotations

import pytest

from finance.decision import marked
from storage import decisions
from tests.simulator import plans, scene
from tests.simulator.judge import Verdict, judge
from tests.simulator.points import Strike, When
from tests.simulator.world import Plan, World

FILE, MAKE, APPROVE = "POST attachments", "POST invoices", "PUT invoices/{id}/approve"


def verdict(plan: Plan) -> Verdict:
    return judge(World(plan).run())


KEPT = {
    "a file whose upload was lost arrived later than the next": Plan(forced=((FILE, ("zombie",)),), climate="unclear"),
    "the process died while such a file was on its way": Plan(
        forced=((FILE, ("zombie",)),), climate="unclear", strikes=(Strike("crash", "transfer later", When.BEFORE),)
    ),
    "a worker froze before it sent a file, and another sent it": Plan(
        strikes=(Strike("pause", FILE, When.BEFORE, seconds=900.0),)
    ),
    "a worker froze between the number and the first file": Plan(
        strikes=(Strike("pause", "transfer created", When.AFTER, seconds=900.0),)
    ),
    "a person copied a draft of ours, and the sweep cancelled his copy": Plan(people=(("copy", 2.0),), sweep=True),
    "and the copy of one he had worked on": Plan(people=(("edit", 2.0), ("copy", 3.0)), sweep=True),
}


@pytest.mark.parametrize("plan", KEPT.values(), ids=KEPT)
def test_what_broke_once_does_not_break_again(plan: Plan) -> None:
    found = verdict(plan)
    assert (found.twice, found.lost) == ([], [])
    assert found.end == "done"


@pytest.mark.parametrize(
    ("family", "seed"),
    [
        ("deaths at each named point", 1),
        ("deaths at each named point", 5),
        ("deaths at each named point", 41),
        ("deaths at each named point", 1619),
        ("deaths at each named point", 2854),
        ("pairs of deaths", 57),
        ("frozen workers", 55),
        ("frozen workers", 11164),
        ("frozen workers", 28093),
        ("backups put back", 49),
        ("people and rights", 40),
        ("realistic faults", 261),
    ],
)
def test_a_seed_that_failed_stays(family: str, seed: int) -> None:
    found = verdict(plans.plan(family, seed))
    assert (found.twice, found.lost) == ([], [])


@pytest.mark.parametrize("kind", ["sales", "cost", "bill", "bill two"])
def test_without_faults_all_is_done_once(kind: str) -> None:
    found = verdict(Plan(kind))
    assert (found.twice, found.lost, found.person) == ([], [], [])
    assert set(found.end.split(",")) == {"done"}


def test_a_lost_answer_is_looked_for_and_the_draft_taken_as_ours() -> None:
    world = World(Plan(forced=((MAKE, ("lost_after",)),))).run()
    assert judge(world).end == "done"
    assert len(world.books.changes("create")) == 1


def test_a_request_that_outlives_the_settle_time_is_swept() -> None:
    world = World(Plan(climate="undead", seed=11, forced=((MAKE, ("zombie",)),), sweep=True))
    world.weather.zombie = lambda: 1200.0  # type: ignore[method-assign]
    found = judge(world.run())
    assert len(world.books.changes("create")) == 2
    assert (found.twice, found.extra, found.end) == ([], 1, "done")


def _written_over(**more: object) -> World:
    """The answer is lost, and before it is looked for a person writes over the notes and the number."""
    changed = (("annotate", 1.0), ("renumber", 1.0))
    return World(Plan(forced=((MAKE, ("lost_after",)),), people=changed, **more))  # type: ignore[arg-type]


def test_a_draft_whose_marker_and_number_were_written_over_is_left_to_a_person() -> None:
    world = _written_over().run()
    found = judge(world)
    assert (found.twice, found.lost, found.end, found.person) == ([], [], "parked", ["written_over"])
    assert len(world.books.changes("create")) == 1


def test_a_draft_made_by_hand_meanwhile_does_not_hinder_ours() -> None:
    """The user of our key is a person too: another sum, or found ours, and nobody is asked."""
    world = World(Plan(forced=((MAKE, ("lost_before",)),)))
    by_hand = {"type": "SALES_INVOICE", "date": "2026-11-02", "originalInvoiceNumber": "H-1", "notes": "",
               "counterParty": {"counterPartyAddress": {"name": "Toinen Oy"}}, "paymentInfo": {"currency": "EUR"},
               "invoiceRows": [{"product": "Muu", "quantity": 1, "unitPrice": 5, "vatPercent": 0}]}  # fmt: skip
    world.later(5.0, lambda: world.books.create(by_hand))
    assert judge(world.run()).end == "done"
    assert len(world.books.changes("create")) == 2


def test_a_persons_copy_is_told_once_however_often_it_is_swept() -> None:
    world = World(Plan(people=(("copy", 2.0),), sweep=True)).run()
    assert judge(world).end == "done"
    assert world.books.changes("invalidate") == []
    assert len(world.alarms) == 1


def test_a_read_that_is_refused_once_asks_nobody() -> None:
    """After a lost answer the tries of waiting are many, and one refusal among them is bad luck."""
    world = World(Plan(forced=((MAKE, ("lost_before",)),)))
    world.later(400.0, lambda: world.weather.forced.update({"GET invoices?number": ["busy"]}))
    assert judge(world.run()).end == "done"


def test_a_busy_procountor_is_no_matter_for_finance() -> None:
    found = verdict(Plan("cost", forced=(("GET invoices/{id}/paymentevents", ("busy",)),)))
    assert (found.end, found.person) == ("done", [])


def test_an_approval_without_an_answer_is_never_repeated() -> None:
    world = World(Plan("bill two", forced=((APPROVE, ("lost_after",)),))).run()
    assert len(world.books.changes("approve")) == 2
    assert not judge(world).broken


def test_a_bill_changed_in_the_moment_of_its_approval_is_taken_back() -> None:
    frozen = Strike("pause", APPROVE, When.BEFORE, seconds=3.0)
    world = World(Plan("bill", people=(("edit", 1.3),), strikes=(frozen,))).run()
    assert judge(world).end == "contested"
    assert world.books.docs[world.scene.bill]["status"] == "UNFINISHED"


def forgotten() -> World:
    """Anna has signed, the copy that is put back does not know it, and Mika is the first to decide anew."""
    world = World(Plan("bill two", 404, sweep=True))
    while not world.books.changes("approve"):
        world.turn()
    world.watch.strikes.append(Strike("restore", step=world.watch.step + 1))
    return world


def test_after_a_backup_each_signs_once_and_by_a_number_of_his_own() -> None:
    world = forgotten()
    assert not judge(world.run()).broken
    told = [change.told for change in world.books.changes("approve")]
    assert [words.partition(" /")[0] for words in told] == ["Uanna", "Umika"]
    assert len({marked(words) for words in told}) == 2


def test_after_a_backup_the_mark_of_a_forgotten_decision_does_not_speak_for_one_whose_request_is_lost() -> None:
    world = forgotten()
    world.weather.forced[APPROVE] = ["lost_before"]
    found = judge(world.run())
    assert not found.broken
    assert [change.told.partition(" /")[0] for change in world.books.changes("approve")].count("Uanna") == 1
    with world.store.read() as tx:
        made = decisions.of_bill(tx, world.scene.company, world.scene.bill)
    mika = [(d.state, d.problem) for d in made if d.user == scene.MIKA]
    assert mika == [(decisions.REFUSED, "unheard|"), (decisions.DONE, "")]  # he heard it, and pressed again
