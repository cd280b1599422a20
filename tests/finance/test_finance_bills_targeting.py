"""To whom a bill goes: where a number is looked for, which is believed, and that nothing else makes a difference."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance import bank_reference
from finance.bill import Bill, BillRow
from finance.company import TARGET_FIELDS
from finance.targeting import Aim, Barred, Lead, Reason, Rules, aim

BILL = Bill(1, "RECEIVED", "1", "Toimittaja Oy", date(2026, 11, 1), "EUR", Decimal(100), partner_id=7)
TEXTS = {"note": "notes", "rows": ""}
PROJECTS = {
    "P-1001": Lead("P-1001 Silta", "U01"),
    "214": Lead("214 Tie", "U02"),
    "P-1003": Lead("P-1003 Sali", barred=Barred.CLOSED),
    "P-1004": Lead("P-1004 Halli", barred=Barred.NO_MANAGER),
    "P-1005": Lead("P-1005 Tori", "U01"),
}
PEOPLE = {
    "9012": Lead("Mikael", "U05"),
    "9013": Lead("Liisa", barred=Barred.LEFT),
    "1001": Lead("Tauno", "U06"),
}
OTHERS = "Turha 999 teksti 2026-11-30, 100,00 EUR, puh. 040 123 4567"


def saying(bill: Bill = BILL, **said: str) -> Bill:
    """The bill with texts in the fields as the company names them."""
    rows = tuple(BillRow(text) for field, text in said.items() if field == "rows")
    texts = {TEXTS.get(field, field): text for field, text in said.items() if field != "rows"}
    return replace(bill, rows=rows or bill.rows, **texts)  # type: ignore[arg-type]


def aimed(bill: Bill, **more: object) -> Aim:
    return aim(bill, TARGET_FIELDS, PROJECTS, PEOPLE, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", TARGET_FIELDS)
@pytest.mark.parametrize("form", ["{}", "Projekti {}.", "({})", "viite: {}; kiitos", "#{}", "{}/kevät", "a-{}"])
def test_a_number_is_found_in_every_field_and_among_other_words(field: str, form: str) -> None:
    found = aimed(saying(**{field: form.format("214")}))
    assert (found.reason, found.who, found.project) == (Reason.PROJECT, "U02", "214")
    assert [(sign.number, sign.field) for sign in found.signs] == [("214", field)]


@pytest.mark.parametrize("text", ["p-1001", "P-1001", " P-1001 ", "(p-1001)", "Silta P-1001/kevät"])
def test_case_and_signs_around_make_no_difference(text: str) -> None:
    assert aimed(saying(order_reference=text)).who == "U01"


@pytest.mark.parametrize("text", ["", OTHERS, "P-10012", "2140", "XP-1001Y", "P 1001 9"])
def test_what_is_no_known_number_leads_nowhere(text: str) -> None:
    people = {number: lead for number, lead in PEOPLE.items() if number != "1001"}
    assert aim(saying(order_reference=text), TARGET_FIELDS, PROJECTS, people) == Aim(Reason.NOTHING)


def test_a_bank_reference_is_read_without_its_check_digit() -> None:
    assert aimed(saying(reference=bank_reference.national("9012"))).who == "U05"
    assert aimed(saying(reference=bank_reference.rf(bank_reference.national("9012")))).who == "U05"
    assert aimed(saying(reference="9012" + str((int(bank_reference.check_digit("9012")) + 1) % 10))).who == ""


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(TARGET_FIELDS, 2)))
def test_of_two_fields_the_more_believed_one_counts(first: str, second: str) -> None:
    bill = saying(**{first: "P-1001", second: "214"})
    assert aimed(bill).who == "U01"
    turned = tuple(reversed(TARGET_FIELDS))
    assert aim(bill, turned, PROJECTS, PEOPLE).who == "U02"
    assert aim(bill, (second,), PROJECTS, PEOPLE).who == "U02"
    assert aim(bill, (), PROJECTS, PEOPLE) == Aim(Reason.NOTHING)


@pytest.mark.parametrize(("person", "project"), list(itertools.permutations(TARGET_FIELDS, 2)))
def test_a_person_is_believed_before_a_project_in_whatever_field(person: str, project: str) -> None:
    found = aimed(saying(**{person: "9012", project: "P-1001"}))
    assert (found.reason, found.who, found.project) == (Reason.PERSON, "U05", "P-1001")


def test_a_number_within_a_known_one_is_not_looked_for() -> None:
    """There is a person 1001 and a project P-1001: who writes P-1001 means the project."""
    assert aimed(saying(order_reference="P-1001")).who == "U01"
    assert aimed(saying(order_reference="1001")).who == "U06"
    assert aimed(saying(order_reference="K-1001")).who == "U06"
    assert aimed(saying(order_reference="2026-P-1001/1001.214")).who == "U06"
    assert [sign.number for sign in aimed(saying(order_reference="214/P-1001.x")).signs] == ["214", "P-1001"]


def test_a_very_long_word_is_read_in_no_time() -> None:
    assert aimed(saying(note="1-" * 20_000 + "214")).who == "U02"


CASES: Mapping[str, tuple[str, Reason, str, str]] = {
    "a closed project": ("P-1003", Reason.BARRED, "", "P-1003"),
    "a project without a manager": ("P-1004", Reason.BARRED, "", "P-1004"),
    "somebody who has left": ("9013", Reason.BARRED, "", ""),
    "two projects of two people": ("P-1001 214", Reason.SEVERAL, "", ""),
    "two projects of one": ("P-1001, P-1005", Reason.PROJECT, "U01", ""),
    "the same project twice": ("P-1001 p-1001", Reason.PROJECT, "U01", "P-1001"),
    "a closed and an open one": ("P-1003 P-1001", Reason.PROJECT, "U01", ""),
    "two people": ("9012 1001", Reason.SEVERAL, "", ""),
    "one who has left and one who has not": ("9013 9012", Reason.PERSON, "U05", ""),
    "somebody who has left, and a project": ("9013 P-1001", Reason.BARRED, "", "P-1001"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_lead_to_one_person_goes_to_the_default_recipient(case: str) -> None:
    text, reason, who, project = CASES[case]
    found = aimed(saying(order_reference=text))
    assert (found.reason, found.who, found.project) == (reason, who, project)


def test_rules_of_the_company() -> None:
    rules = Rules({"214": Lead("", "U07", ruled=True)}, {7: Lead("", "U08", ruled=True)})
    by_project = aimed(saying(order_reference="214"), rules=rules)
    assert (by_project.reason, by_project.who) == (Reason.PROJECT_RULE, "U07")
    by_supplier = aimed(BILL, rules=rules)
    assert (by_supplier.reason, by_supplier.who) == (Reason.SUPPLIER_RULE, "U08")
    assert aimed(saying(order_reference="P-1001"), rules=rules).who == "U01"
    gone = Rules({"214": Lead("", barred=Barred.NO_RIGHT)}, {7: Lead("", barred=Barred.NO_RIGHT)})
    assert aimed(saying(order_reference="214"), rules=gone).who == "U02"
    assert aimed(BILL, rules=gone) == Aim(Reason.NOTHING)


NUMBERS = st.sampled_from(("12", "012", "0012", "P-12", "p-12", "P12", "A", "12-3", "3", "0", "00"))
leads = st.builds(Lead, NUMBERS, st.sampled_from(("U01", "U02", "U03"))) | st.builds(
    Lead, NUMBERS, st.just(""), st.sampled_from(Barred)
)
registers = st.dictionaries(NUMBERS, leads, max_size=6)
words = st.lists(NUMBERS | st.sampled_from(("x", "P", "-", "(3)")), max_size=5).map(" ".join)
bills = st.builds(
    saying,
    order_reference=words,
    buyer_reference=words,
    reference=words,
    note=words,
    additional=words,
    rows=words,
)


@given(bills, registers, registers, st.permutations(TARGET_FIELDS), st.randoms(use_true_random=False))
def test_the_order_of_the_registers_makes_no_difference(
    bill: Bill, projects: dict[str, Lead], people: dict[str, Lead], order: list[str], dice: random.Random
) -> None:
    def shuffled(register: dict[str, Lead]) -> dict[str, Lead]:
        return dict(dice.sample(list(register.items()), len(register)))

    assert aim(bill, order, projects, people) == aim(bill, order, shuffled(projects), shuffled(people))


@given(bills, registers, registers, st.permutations(TARGET_FIELDS))
def test_nobody_gets_it_whom_no_number_on_it_leads_to(
    bill: Bill, projects: dict[str, Lead], people: dict[str, Lead], order: list[str]
) -> None:
    found = aim(bill, order, projects, people)
    on_it = " ".join((bill.order_reference, bill.buyer_reference, bill.reference, bill.notes, bill.additional))
    on_it = f"{on_it} {' '.join(row.name for row in bill.rows)}".casefold()
    for sign in found.signs:
        assert (people if sign.person else projects)[sign.number] == sign.lead
        assert sign.number.casefold().lstrip("0") in on_it
    led = {sign.lead.who for sign in found.signs if sign.lead.barred is None}
    assert found.who in led if found.who else len(led) != 1
    assert (found.reason is Reason.NOTHING) is (not found.signs)


@given(bills, st.permutations(TARGET_FIELDS))
def test_without_known_numbers_there_is_no_target(bill: Bill, order: list[str]) -> None:
    assert aim(bill, order, {}, {}) == Aim(Reason.NOTHING)


@given(bills, registers, registers, st.permutations(TARGET_FIELDS))
def test_only_the_first_field_with_a_known_number_counts(
    bill: Bill, projects: dict[str, Lead], people: dict[str, Lead], order: list[str]
) -> None:
    found = aim(bill, order, projects, people)
    if found.signs:
        place = order.index(found.signs[0].field)
        assert {sign.field for sign in found.signs} == {found.signs[0].field}
        before = aim(bill, order[:place], projects, people)
        assert not [sign for sign in before.signs if sign.person is found.signs[0].person]
