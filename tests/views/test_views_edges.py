"""What messages leave out when there is nothing to say of it, and what they cut when there is too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import states_away
import states_bills as of_bills
import states_capture as capture
import states_people as of_people
import states_rights as of_rights
from views_drawn import Drawn, read
from views_facts import DUE, entry, fault

from finance.bill import Bill
from finance.circulation import Act
from finance.faults import Repair
from finance.outcomes import Noted
from handlers.views import (
    away,
    bill_answers,
    bill_words,
    blocks,
    claim_card,
    claim_sheet,
    claim_trip,
    entries,
    granted,
    imports,
    mornings,
    people,
    pickers,
    pile,
    rights_plans,
    status,
    trail,
)
from handlers.views import bill as cards
from handlers.views.batch import Stand
from handlers.views.causes import Cause, of_entry
from handlers.views.imports import Changed, Imported
from handlers.views.people import Mode
from handlers.views.pile import Piled
from handlers.views.rights_plans import Left, Planned, Remark
from handlers.views.tongue import Tongue

SAY = Tongue("en")
AT = datetime(2026, 11, 3, 7, 40, tzinfo=UTC)
BARE = replace(of_bills.BILL, number=None, reference="", iban="", rows=())


def said(drawn: Drawn) -> str:
    return "\n".join(read(drawn))


def brought(**found: Any) -> str:
    return said(imports.told(SAY, Imported(("files.zip",), **found)))


PAPERS = tuple((f"{n}.pdf", str(n)) for n in range(1, 15))
IMPORTED: list[tuple[dict[str, Any], list[str]]] = [
    ({"attached": PAPERS}, ["14 attachments found their invoices", "12.pdf goes with 12.", "2 more after these."]),
    ({"loose": tuple(name for name, _ in PAPERS[:13])}, ["12.pdf fits nothing that waits", "1 more after these."]),
    ({"faults": (fault("intake.unreadable"),) * 15}, ["15 faults found in reading", "3 more after these."]),
    (
        {"changed": tuple(Changed(str(n), (), sent=True) for n in range(14))},
        ["11", "2 more after these."],
    ),
    ({"new": (object(),), "claims": (object(), object())}, ["1 invoice is ready", "2 claims are ready", "too."]),
    ({"new": (object(),), "bills": (object(),), "claims": (object(),)}, ["1 bill is ready", "1 claim is ready"]),
]


@pytest.mark.parametrize(("found", "words"), IMPORTED)
def test_what_files_came_to(found: dict[str, Any], words: list[str]) -> None:
    told = brought(**found)
    assert [word for word in words if word not in told] == []


@pytest.mark.parametrize(("found", "_"), [IMPORTED[0], IMPORTED[1]])
def test_nothing_is_cut_that_fits(found: dict[str, Any], _: object) -> None:
    assert "more after these" not in brought(**{name: value[:12] for name, value in found.items()})


def draw(bill: Bill) -> dict[str, str]:
    """A bill on its card, in a pile and in its trail."""
    whole = replace(of_bills.MINE, bill=bill)
    return {
        "card": said(cards.card(SAY, whole, lambda purpose: purpose)),
        "pile": "\n".join(pile.summary(SAY, Piled(bill, pile.Stand.IN))),
        "trail": said(trail.head(SAY, trail.Trail(bill, "ab" * 32, ()))),
        "shown": trail._shown(SAY, bill, "ab" * 32),
    }


def test_a_bill_without_number_account_and_reference_says_nothing_of_them() -> None:
    full, bare = draw(of_bills.BILL), draw(BARE)
    assert {place: "0785" in text for place, text in full.items()} == dict.fromkeys(full, True)
    for text in bare.values():
        assert "Procountor " not in text
        assert "To account" not in text
        assert "0785" not in text
        assert "Reference" not in text
    assert "Alihankintatyö" in full["card"]
    assert "Alihankintatyö" not in bare["card"]


def test_what_has_changed_on_a_bill_was_added_or_taken_away() -> None:
    before, after = replace(of_bills.BILL, reference="", rows=()), replace(of_bills.BILL, rows=of_bills.BILL.rows[:1])
    told = bill_words.changes(SAY, before, after)
    assert any("added" in line and "Alihankintatyö" in line for line in told), told
    assert any("removed" in line for line in bill_words.changes(SAY, after, before))


def test_why_somebody_who_stands_beside_has_the_bill() -> None:
    told = bill_words.why(SAY, of_bills.AIM, "U1AINO", "U2", "U3")
    assert told == "To you: <@U3> has not answered; either of you may act"


def test_who_was_quicker_with_an_objection() -> None:
    under_way = bill_answers.outcome(SAY, Noted(of_bills.BILL, Act.APPROVE, "U1ANNA", mine=False))
    objected = bill_answers.outcome(SAY, Noted(of_bills.BILL, Act.OBJECT, "U1ANNA", mine=False))
    assert "on its way to Procountor" in under_way.text
    assert objected.text.startswith("You have said no to")


def test_a_summary_of_causes_stays_within_its_room() -> None:
    many = [entry(n, Stand.FAULTY) for n in range(9)]
    lines = entries.by_cause(SAY, many, lambda say, one: [Cause("", f"{one.number} " + "x" * 390, "")], 9)
    shown = len(lines) - 1
    assert 1 <= shown < 9
    assert lines[-1] == f"… and {9 - shown} other causes"
    assert sum(map(len, lines[:-1])) <= entries.ROOM


def test_days_in_a_summary_are_told_as_days() -> None:
    others = replace(DUE, found="2025-10-16", facts={**DUE.facts, "days": -15})
    odd = replace(DUE, found="tomorrow")
    assert DUE.repair is Repair.DATE
    found = [entry(n, Stand.FAULTY, faults=(one,)) for n, one in enumerate((DUE, others, odd))]
    causes = {one.document: replace(of_entry(SAY, one)[0], says=f"It is {one.document} days.") for one in found}
    (line,) = entries.by_cause(SAY, found, lambda say, one: [causes[one.document]])
    days = [SAY.shown(datetime(2025, 10, day).date()) for day in (15, 16)]
    assert line.endswith(f"1039 ({days[0]}), 1040 ({days[1]}), 1041")


def test_only_what_is_uncertain_is_told() -> None:
    assert mornings.uncertain(SAY, 0, 0) == []
    assert [("document" in line, "decision" in line) for line in mornings.uncertain(SAY, 2, 0)] == [(True, False)]
    assert [("document" in line, "decision" in line) for line in mornings.uncertain(SAY, 0, 2)] == [(False, True)]


def test_long_lists_of_rights_say_how_many_more_there_are() -> None:
    changes = (of_rights.CHANGED,) * 32
    remarks = tuple(Remark(Left.UNMAPPED, f"n{n}") for n in range(31))
    told = said(rights_plans.review(SAY, Planned("rights.csv", changes, remarks), "meta"))
    assert ("2 more after these." in told, "1 more after these." in told) == (True, True)
    assert "n29" in told
    assert "n30" not in told
    assert "more after" not in said(rights_plans.review(SAY, Planned("rights.csv", changes[:30], remarks[:30]), "meta"))
    assert "1 more after these." in said(granted.to_admin(SAY, "Oy", changes[:21]))
    assert "more after" not in said(granted.to_admin(SAY, "Oy", changes[:20]))


def test_what_was_wrong_with_an_absence_is_told_in_its_place() -> None:
    assert away.noted(SAY, away.Odd.SELF) == away.odd(SAY, away.Odd.SELF)
    assert "<@" in away.noted(SAY, states_away.WANTED).text


def test_what_was_chosen_before_stands_in_the_field() -> None:
    assert blocks.users("u", "Whom", "U1")["initial_user"] == "U1"
    assert "initial_user" not in blocks.users("u", "Whom")
    assert pickers.hour("h", "When", "08:30")["initial_time"] == "08:30"
    assert "initial_time" not in pickers.hour("h", "When")


def test_equal_names_are_confirmed_together_when_there_are_several_and_a_handle_for_it() -> None:
    def offers(page: people.Page) -> bool:
        return "with equal names" in said(people.listed(SAY, page, of_people.FAR))

    equal = (of_people.WAITING[0],) * 2
    assert offers(of_people._page(Mode.WAITING, equal))
    assert not offers(of_people._page(Mode.WAITING, equal, equal=""))
    assert not offers(of_people._page(Mode.WAITING, equal[:1]))


def test_since_when_a_key_is_kept_is_told_when_it_is_known() -> None:
    known = status.connection(SAY, status.Connection("ready", AT, None))
    assert "the key is kept since" in known
    assert (
        status.connection(SAY, status.Connection("ready", None, None)) == ":large_green_circle: Connected to Procountor"
    )


def test_a_long_claim_is_told_in_part_and_takes_no_more_costs() -> None:
    claim = capture.claim()
    many = replace(claim, costs=(claim.costs[0],) * 27)
    facts = claim_card.Facts("K-12", many, "U1ANNA", "waiting", "", 2)
    assert "… and 2 more" in said(claim_card.card(SAY, facts, lambda purpose: purpose))
    assert "more" not in said(claim_card.card(SAY, replace(facts, claim=claim), lambda purpose: purpose))


def test_a_full_claim_takes_no_more_costs() -> None:
    def offers(rows: int) -> bool:
        lines = (claim_sheet.Line(capture.MEAL),) * rows
        found = capture.facts(capture.Sheet(capture.ClaimKind.EXPENSE, "", (capture.MEAL,)), *lines)
        return "Add a cost" in said(claim_sheet.sheet(SAY, found, lambda purpose, row: f"{purpose}{row}"))

    assert (offers(29), offers(30)) == (True, False)


def test_whether_per_diems_are_claimed_stands_as_it_was_said() -> None:
    def ticked(journey: capture.Journey | None) -> bool:
        form = claim_trip.form(SAY, journey, ("", ""), "meta")
        (box,) = (b["element"] for b in form.blocks if b.get("element", {}).get("action_id") == "per_diem")
        return bool(box.get("initial_options"))

    kept = [ticked(None), ticked(capture.TRIP), ticked(replace(capture.TRIP, per_diem=False))]
    assert kept == [True, True, False]
