"""Operators that customers have in Procountor: counted, taken for valid, and proposed first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from finance import operators
from finance.canonical import dump, load
from finance.company import Choices
from finance.preflight import check
from finance.reference import Operator, OperatorSeen, Reference
from tests.support.invoices import invoice

NEW = "003799887766"


def test_a_name_or_an_old_spelling_counts_for_its_identifier() -> None:
    found = operators.tally(["Maventa", "003721291126", "maventa oy", "BWEI", NEW, "", "Joku Oy", "  "])
    assert found == (OperatorSeen("003721291126", 3), OperatorSeen(NEW, 1), OperatorSeen("BWEI", 1))


def test_only_what_no_list_knows_is_added() -> None:
    own = (Operator("OMA01", "Oma"),)
    seen = (OperatorSeen("BAWCFI22", 9), OperatorSeen(NEW, 2), OperatorSeen("OMA01", 1))
    assert operators.with_seen(own, seen) == (*own, Operator(NEW, ""))


def test_the_commonest_come_first_where_nothing_else_decides() -> None:
    first = operators.nearest("", (Operator(NEW, ""),), 3, (NEW, "NDEAFIHH"))
    assert [choice.value for choice in first[:2]] == [NEW, "NDEAFIHH"]
    assert first[0].label == NEW
    alike = operators.nearest("Basware", (Operator(NEW, ""),), 1, (NEW,))
    assert alike[0].value == "BAWCFI22"


def reference(*seen: OperatorSeen) -> Reference:
    return Reference(1, "Oy", "2077474-0", datetime(2026, 11, 26, tzinfo=UTC), operators=seen)


def faults(known: Reference) -> set[str]:
    today = date(2026, 11, 26)
    made = invoice("1", today)
    address = replace(made.buyer.e_invoice, operator=NEW)
    strange = replace(made, buyer=replace(made.buyer, e_invoice=address))
    return {fault.code for fault in check(strange, known, Choices(), today=today)}


def test_an_operator_that_a_customer_has_is_valid() -> None:
    assert "operator.unknown" in faults(reference())
    assert "operator.unknown" not in faults(reference(OperatorSeen(NEW, 1)))


def test_a_fetch_is_kept_with_them_and_an_older_one_knows_that_it_has_none() -> None:
    kept = reference(OperatorSeen(NEW, 2))
    assert load(Reference, dump(kept)) == kept
    old = replace(kept, operators=None)
    assert load(Reference, dump(old)) == old
    assert load(Reference, dump(reference())).operators == ()
