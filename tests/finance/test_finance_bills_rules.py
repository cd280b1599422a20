"""The company's own rules for bills: which bills a rule is for, and that none is led around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.bill import Bill, Place
from finance.bill_rules import NOTHING, Demand, Rule, demand, fits, needs_centres, rehearse

D = Decimal
BILL = Bill(1, "RECEIVED", "1", "Pilvi  Oy", date(2026, 11, 1), "EUR", D(1240), supplier_id="1572860-0")
CENTRES = frozenset({"20", "myynti"})


@pytest.mark.parametrize(
    ("rule", "project", "is_for"),
    [
        (Rule("all"), "", True),
        (Rule("large", least={"EUR": "1000"}), "", True),
        (Rule("exactly", least={"EUR": "1240.00"}), "", True),
        (Rule("larger", least={"EUR": "1240.01"}), "", False),
        (Rule("another currency", least={"SEK": "1"}), "", False),
        (Rule("supplier", suppliers=("pilvi oy",)), "", True),
        (Rule("supplier's id", suppliers=("1572860-0",)), "", True),
        (Rule("another supplier", suppliers=("Pilvi",)), "", False),
        (Rule("project", projects=("P-1001",)), "p-1001", True),
        (Rule("another project", projects=("P-1001",)), "P-1002", False),
        (Rule("a project, and none on it", projects=("P-1001",)), "", False),
        (Rule("centre", cost_centres=("Myynti", "30")), "", True),
        (Rule("another centre", cost_centres=("30",)), "", False),
        (Rule("all of it", {"EUR": "1"}, ("Pilvi Oy",), ("P",), ("20",)), "P", True),
        (Rule("all but one", {"EUR": "1"}, ("Pilvi Oy",), ("P",), ("20",)), "Q", False),
    ],
    ids=lambda value: value.name if isinstance(value, Rule) else None,
)
def test_which_bills_a_rule_is_for(rule: Rule, project: str, is_for: bool) -> None:
    assert fits(rule, BILL, project, CENTRES) is is_for


def test_a_credit_note_counts_by_its_size() -> None:
    rule = Rule("large", least={"EUR": "1000"})
    assert fits(rule, replace(BILL, gross=D("-1000.00")), "", CENTRES)
    assert not fits(rule, replace(BILL, gross=D("-999.99")), "", CENTRES)


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        (Rule("r"), Demand("r")),
        (Rule("r", signatures=3), Demand("r", signatures=3)),
        (Rule("r", signatures=0), Demand("r", signatures=1)),
        (Rule("r", verifiers=("U1", "U2")), Demand("r", frozenset({"U1", "U2"}), 1)),
        (Rule("r", verifiers=("U1", "U2"), verify_all=True), Demand("r", frozenset({"U1", "U2"}), 2)),
        (Rule("r", verifiers=("U1", "U1"), verify_all=True), Demand("r", frozenset({"U1"}), 1)),
        (Rule("r", approvers=("U3",), four_eyes=True), Demand("r", approvers=frozenset({"U3"}), four_eyes=True)),
        (Rule("r", verify_all=True), Demand("r")),
        (Rule("r", on=False, signatures=2), NOTHING),
    ],
)
def test_what_a_rule_asks(rule: Rule, asked: Demand) -> None:
    assert demand(BILL, [""], [], [rule]) == asked


def test_the_first_rule_that_fits_counts() -> None:
    rules = [Rule("off", on=False), Rule("large", least={"EUR": "5000"}), Rule("mine", projects=("P",)), Rule("rest")]
    assert demand(BILL, ["P"], [], rules).rule == "mine"
    assert demand(BILL, ["Q"], [], rules).rule == "rest"
    assert demand(replace(BILL, gross=D(9000)), ["P"], [], rules).rule == "large"
    assert demand(BILL, ["Q"], [], rules[:3]) == NOTHING


def test_where_the_accounting_may_not_be_seen_a_rule_about_it_holds() -> None:
    rule = Rule("centre", cost_centres=("30",), signatures=2)
    assert demand(BILL, [""], [], [rule]) == NOTHING
    assert demand(BILL, [""], None, [rule]).signatures == 2
    assert needs_centres([rule])
    assert not needs_centres([Rule("r")])


PROJECTS = st.sampled_from(("", "P", "Q", "R"))
rules = st.lists(
    st.builds(Rule, st.sampled_from("abcd"), st.just({}), projects=st.lists(PROJECTS, max_size=2).map(tuple),
              signatures=st.integers(1, 3), on=st.booleans()),
    max_size=4,
)  # fmt: skip


@given(rules, PROJECTS, st.lists(PROJECTS, max_size=3))
def test_dividing_a_bill_leads_around_no_rule(given_: list[Rule], named: str, divided: list[str]) -> None:
    """Whatever it is divided between, the rule that held for the project it names, or an earlier one, still holds."""
    before, after = demand(BILL, [named], [], given_), demand(BILL, [named, *divided], [], given_)
    order = [rule for rule in given_ if rule.on]
    places = [next((n for n, rule in enumerate(order) if _is(rule, one)), len(order)) for one in (before, after)]
    assert places[1] <= places[0]


def _is(rule: Rule, asked: Demand) -> bool:
    return bool(asked.rule) and (rule.name, max(1, rule.signatures)) == (asked.rule, asked.signatures)


def test_a_rehearsal_tells_what_the_last_bills_would_have_done() -> None:
    alone = replace(BILL, acceptors=(Place(503, date(2026, 11, 2)),))
    both = replace(BILL, acceptors=(Place(503, date(2026, 11, 2)), Place(504, date(2026, 11, 2))))
    small = replace(BILL, gross=D(10))
    rule = Rule("large", {"EUR": "1000"}, verifiers=("U1",), approvers=("U2", "U1"), signatures=2)
    found = rehearse(rule, [(alone, "", frozenset()), (both, "", frozenset()), (small, "", frozenset())])
    assert (found.fitting, found.all, found.single) == (2, 3, 1)
    assert found.asked == {"U1": 2, "U2": 2}
    assert found.examples == (alone, both)
