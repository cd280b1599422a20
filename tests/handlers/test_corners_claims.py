"""Claims written, looked into, approved and paid while something about them is changed in the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from finance.authority import Right
from finance.claim import Claim, Claimant, Cost
from finance.claim_part import ClaimPart
from finance.invoice import Attachment, Kind
from finance.lists import COMPANY, OWN
from finance.people import Person
from handlers import (
    claim_approval,
    claim_approvers,
    claim_sending,
    claim_waiting,
    claiming,
    claims_joined,
)
from handlers.chat import ChatTrouble
from procountor import elsewhere
from storage import captures, claim_joins, claim_money, companies, documents, registers, staff
from tests.support.invoices import invoice
from tests.support.office import ANNA, MIKA, SAM, TEAM
from tests.support.spoken import AT, AWAY, GONE, STRANGER, Spoken, first
from tests.support.spoken_claims import COST, TODAY, claiming_people, sent, subject, written

NUMBERS = count(6001)


@pytest.fixture
def house(opened: Spoken) -> Iterator[Spoken]:
    with claiming_people(opened) as found:
        yield found


# the card


def test_a_card_is_drawn_for_those_it_lies_before_and_can_be_reached(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = sent(house, MIKA, STRANGER)
    id = str(one.id)
    assert house.do("claim.card", id, TEAM, ANNA) == "", "it does not lie on her desk"
    house.give(MIKA)
    assert "do not have the right" in house.do("claim.card", id, TEAM, MIKA)
    assert house.do("claim.card", id, TEAM, STRANGER) == ""
    assert house.trail()[-1] == "claim.unreachable"
    house.give(MIKA, Right.APPROVE_CLAIMS)
    with house.refusing(redraw=AWAY, post=AWAY), pytest.raises(ChatTrouble):
        house.do("claim.card", id, TEAM, MIKA)


def test_a_claim_thrown_away_while_its_card_waits_is_drawn_no_more(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = written(house, COST)

    def thrown_away(*_: object) -> None:
        with house.write() as tx:
            captures.drop(tx, one)

    monkeypatch.setattr(claim_approval, "breathe", thrown_away)
    assert house.do("claim.card", str(one.id), TEAM, MIKA) == ""


def test_of_two_presses_in_one_moment_the_second_is_late(house: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    one = sent(house, MIKA)

    def quicker(tx: Any, *_: object) -> None:
        captures.settle(tx, one, captures.REJECTED, f"{TEAM}/{ANNA}", "Ei", house.now)

    monkeypatch.setattr(claim_approval, "bar", first(quicker, claim_approval.bar))
    assert "nothing was done" in house.press("claim.approve", subject(one), MIKA)
    assert "claim.approved" not in house.trail()


def test_the_receipts_are_shown_to_those_on_whose_desk_the_claim_lies(house: Spoken) -> None:
    assert GONE in house.press("claim.papers", subject(sent(house, MIKA)), ANNA)


def test_only_a_claim_that_lies_nowhere_is_dealt_again_and_waiting_ones_are_looked_at_by_day(house: Spoken) -> None:
    there, nowhere = sent(house, MIKA), sent(house)
    cards = [(claim, user) for _, _, claim, _, user in house.tick("claims.deal")]
    assert sorted(cards) == [(str(nowhere.id), ANNA), (str(nowhere.id), MIKA)]
    with house.read() as tx:
        assert {user for _, user, _ in captures.desks(tx, nowhere)} == {MIKA, ANNA}
        assert [user for _, user, _ in captures.desks(tx, there)] == [MIKA]
    assert [name for name, *_ in house.tick("claims.waiting")] == ["claims.silent"]
    house.at[0] = AT.replace(hour=1)
    assert house.tick("claims.waiting") == []


def test_a_claim_decided_in_the_moment_in_which_silence_would_pass_it_on_stays(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = sent(house, MIKA)
    house.at[0] += timedelta(days=10)
    with house.write() as tx:
        captures.told(tx, one, TEAM, MIKA, TODAY)

    def decided(*_: object) -> None:
        with house.write() as tx:
            captures.settle(tx, one, captures.APPROVED, f"{TEAM}/{MIKA}", "", house.now)

    monkeypatch.setattr(claim_waiting, "_further", first(decided, claim_waiting._further))
    assert house.do("claims.silent") == ""
    assert house.trail()[-1] != "claim.further"
    with house.read() as tx:
        assert [user for _, user, _ in captures.desks(tx, one)] == [MIKA]


def test_when_the_manager_is_silent_his_circle_gives_way_to_the_next_one(house: Spoken) -> None:
    with house.write() as tx:
        staff.add(tx, house.id, "Mika Mäki", team=TEAM, user=MIKA, psa="12")
        staff.add(tx, house.id, "Sam Salo", team=TEAM, user=SAM, psa="13", email="sam@example.fi")
        people = {p.key: p for p in (Person("Mika Mäki", "12"), Person("Sam Salo", "13", supervisor="12"))}
        registers.keep(tx, house.id, "person", people, house.now)
    one = sent(house)
    assert one.claim is not None
    with house.write() as tx:
        first = claim_approvers.approvers(tx, house.desk, house.company, one, one.claim)
        assert [(a.user, a.why) for a in first] == [(MIKA, "supervisor")]
        captures.deal(tx, one, TEAM, ANNA, "right")
        next_ = claim_approvers.others(tx, house.desk, house.company, one, one.claim)
        assert [(a.user, a.why) for a in next_] == [(MIKA, "supervisor")], "a circle in which nobody has it yet"
    with house.write() as tx:
        human = staff.by_slack(tx, house.id, TEAM, SAM)
        assert human is not None
        here = house.here(SAM)
        assert claim_sending._claimant(here, tx, one) == Claimant("13", "Sam Salo", "")
        staff.change(tx, house.id, human.id, psa=None)
        assert claim_sending._claimant(here, tx, one) == Claimant("", "Sam Salo", "sam@example.fi")
        staff.remove(tx, house.id, human.id)


# money


def voucher(house: Spoken) -> int:
    number = f"K{next(NUMBERS)}"
    found = replace(invoice(f"{number}/1", TODAY), kind=Kind.COMPANY_COST, claim=ClaimPart(number, COMPANY, TODAY))
    with house.write() as tx:
        id = documents.keep(tx, house.id, found, documents.PSA, None, house.now).document.id
        claim_money.owe(tx, house.id, id, 900 + id)
    return id


def test_what_is_owed_is_looked_at_while_the_company_is_connected(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = voucher(house)
    assert [name for name, *_ in house.tick("claims.owed")] == ["claims.look"]
    with house.write() as tx:
        companies.set_state(tx, house.id, companies.PAUSED)
    assert house.tick("claims.owed") == []
    with house.write() as tx:
        companies.set_state(tx, house.id, companies.READY)
    monkeypatch.setattr(elsewhere, "stand", lambda api, ids: {})
    assert house.do("claims.look") == ""
    with house.read() as tx:
        debt = claim_money.debt_of(tx, house.id, id)
    assert debt is not None
    assert debt.state == claim_money.OPEN, "a voucher that does not show proves nothing"


def test_nobody_is_told_of_what_is_no_claim_or_nobodys(house: Spoken) -> None:
    plain = replace(invoice(f"L{next(NUMBERS)}", TODAY))
    with house.write() as tx:
        sale = documents.keep(tx, house.id, plain, documents.PSA, None, house.now).document.id
    for document in (sale, voucher(house)):
        assert house.do("claims.tell", str(document)) == ""


def test_claims_put_together_are_taken_apart_by_themselves_with_what_has_come_for_them(house: Spoken) -> None:
    parts, paper = [], Attachment("kuitti-1.pdf")
    with house.write() as tx:
        for place in range(2):
            number = f"K{next(NUMBERS)}"
            part = replace(
                invoice(f"{number}/1", TODAY), kind=Kind.CLAIM, claim=ClaimPart(number, OWN, TODAY),
                attachments=(paper,) if place == 0 else (),
            )  # fmt: skip
            parts.append(documents.keep(tx, house.id, part, documents.PSA, None, house.now).document)
            documents.set_state(tx, parts[-1].id, documents.JOINED)
        number = f"K{next(NUMBERS)}"
        joined = replace(invoice(f"{number}/1", TODAY), kind=Kind.CLAIM, claim=ClaimPart(number, OWN, TODAY))
        whole = documents.keep(tx, house.id, joined, documents.PSA, None, house.now).document
        documents.attach(tx, whole, Attachment("Kuitti-1.pdf", 3, "a" * 64))
        claim_joins.put(tx, house.id, whole.id, tuple(part.id for part in parts))
        claims_joined.apart(tx, house.id, frozenset({999}))
        assert documents.get(tx, house.id, whole.id).state == "open", "none of the parts was named"
        claims_joined.apart(tx, house.id)
        found = [documents.get(tx, house.id, doc.id) for doc in (whole, *parts)]
        assert [doc.state for doc in found] == ["replaced", "open", "open"]
        assert [a.name for a in found[1].overlay.attached] == ["Kuitti-1.pdf"]
        for doc in found:
            documents.set_state(tx, doc.id, "replaced")


def test_a_claim_of_which_something_has_gone_is_not_split_anew(house: Spoken) -> None:
    costs = (Cost(TODAY, Decimal(10), paid_by=OWN), Cost(TODAY, Decimal(20), paid_by=COMPANY))
    claim = Claim(f"K{next(NUMBERS)}", TODAY, claimant=Claimant("7", "Sam"), costs=costs)
    with house.write() as tx:
        assert claiming.bring(tx, house.company, claim, documents.PSA, None, house.now)[0] == "new"
        gone, waits = documents.of_claim(tx, house.id, claim.source_id)
        documents.set_state(tx, gone.id, "sent")
    house.choose(company_costs_per="claim", claims_per="receipt", company_costs_as="purchase")
    claiming.renew(house.desk, house.company)
    with house.read() as tx:
        there = documents.of_claim(tx, house.id, claim.source_id)
    assert {(doc.id, doc.state) for doc in there} == {(gone.id, "sent"), (waits.id, "open")}
