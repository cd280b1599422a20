"""Every rule by its table, and every fault of the tables told in three languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from string import Formatter
from typing import Any

import pytest
from finance_bill_cases import BILL, BILLS, KNOWN
from finance_cases import CASES as SALES
from finance_cases import Told
from finance_claim_cases import CLAIMS, TRAVEL
from finance_samples import CHOICES, IBAN, INVOICE, LINE, REFERENCE, TODAY, D, codes_of, faults_of, put

from finance.case import Taken
from finance.explain import AMOUNTS, all_explanations, explanation, fill
from finance.faults import Fact, Fault, Repair, Words
from finance.fixes import Fix, apply, options
from finance.invoice import Invoice
from finance.preflight import check_many, clean
from finance.reference import Account, Customer

CASES = [*SALES, *BILLS, *CLAIMS]
ELSEWHERE = {"number.twice", "selection.unknown"}  # found by a batch, a command


@pytest.mark.parametrize("told", CASES, ids=lambda told: told.code)
def test_the_rule_finds_the_bad_and_lets_the_good_pass(told: Told) -> None:
    assert (told.code in {fault.code for fault in told.faults()}) is told.bad


def test_the_good_invoice_is_good() -> None:
    assert faults_of(INVOICE) == ()


def test_the_good_bill_is_good() -> None:
    assert faults_of(BILL, **KNOWN) == ()


def test_a_good_claim_is_good() -> None:
    assert faults_of(TRAVEL) == ()


def test_every_code_is_in_a_table() -> None:
    in_tables = {told.code for told in CASES if told.bad}
    words = {row.code for row in all_explanations() if not row.code.startswith("problem.")}
    assert words - ELSEWHERE == in_tables


def every_fault() -> list[Fault]:
    found = [fault for told in CASES for fault in told.faults()]
    return list({(f.code, f.where, f.found): f for f in found}.values())


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_fault_is_told_whole_in_each_language(language: str) -> None:
    for fault in every_fault():
        row = explanation(fault.code)
        assert row is not None, fault.code
        for words in (row.says, row.do):
            sentence = fill(words, fault, language)
            assert "…" not in sentence or "…" in fault.found, (fault.code, sentence)
            assert "{" not in sentence
            assert sentence[0].isupper() or sentence[0].isdigit(), sentence
            assert sentence.endswith((".", "?")), sentence


def places(words: Words, language: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words.by(language)) if name}


@pytest.mark.parametrize("row", all_explanations(), ids=lambda row: row.code)
def test_the_languages_say_the_same_things(row: object) -> None:
    for words in (row.says, row.do):  # type: ignore[attr-defined]
        assert places(words, "fi") == places(words, "sv") == places(words, "en")
        assert len({words.fi, words.sv, words.en}) == 3
        assert all(text == text.strip() and "  " not in text for text in (words.fi, words.sv, words.en))


def test_codes_are_explained_once() -> None:
    codes = [row.code for row in all_explanations()]
    assert len(codes) == len(set(codes))


def test_facts_keep_their_types() -> None:
    for fault in every_fault():
        assert all(isinstance(value, Fact) for value in fault.facts.values()), fault.code


def mendable() -> list[tuple[Told, Fault, str]]:
    """Faults that a person mends by a form, with a value such a form would give."""
    found = []
    for told in CASES:
        for fault in told.faults() if told.bad else ():
            value = fault.proposal or (fault.choices[0].value if fault.choices else "")
            if value and fault.repair in (Repair.TEXT, Repair.CHOOSE, Repair.DATE):
                found.append((told, fault, value))
    return found


def test_a_repair_leads_to_a_field_that_can_be_mended() -> None:
    for told, fault, value in mendable():
        if not fault.where.startswith("choices."):  # the company's mappings
            assert apply(told.invoice, [Fix(fault.where, value)]) != told.invoice, fault.code


PROPOSED = [
    told
    for told in CASES
    if told.bad and any(f.proposal for f in told.faults() if f.code == told.code) and told.code != "operator.unknown"
]


@pytest.mark.parametrize("told", PROPOSED, ids=lambda told: told.code)
def test_an_accepted_proposal_removes_its_fault(told: Told) -> None:
    faults = [fault for fault in told.faults() if fault.code == told.code and fault.proposal]
    mended = apply(told.invoice, [Fix(fault.where, fault.proposal) for fault in faults[:1]])
    still = {(f.code, f.where, f.found) for f in faults_of(mended, **told.around)}
    assert (faults[0].code, faults[0].where, faults[0].found) not in still


@pytest.mark.parametrize("told", [t for t in CASES if t.bad], ids=lambda told: told.code)
def test_choices_can_be_shown_in_a_menu(told: Told) -> None:
    for fault in told.faults():
        assert all(0 < len(choice.label) <= 75 for choice in fault.choices)
        assert (fault.repair is Repair.CHOOSE) <= bool(fault.register)
        if fault.repair is Repair.CHOOSE and fault.code != "vat.percent_not_enabled":
            assert fault.choices, fault.code


def test_nearest_operators_come_first() -> None:
    for typed, meant in [
        ("BAWCF122", "BAWCFI22"),
        ("00370357529", "003703575029"),
        ("0036714377140", "003714377140"),
        ("003732332748", "003723327487"),
    ]:
        fault = next(f for f in faults_of(put(INVOICE, buyer__e_invoice__operator=typed)) if "operator" in f.code)
        assert fault.choices[0].value == meant
        assert fault.found == typed


def test_an_admin_may_add_an_operator() -> None:
    from finance.reference import Operator

    invoice = put(INVOICE, buyer__e_invoice__operator="003799999999")
    added = replace(CHOICES, operators=(Operator("003799999999", "Uusi välittäjä"),))
    assert "operator.unknown" in codes_of(invoice)
    assert codes_of(invoice, choices=added) == set()


def test_the_companys_accounts_are_shown_masked() -> None:
    (fault,) = faults_of(put(INVOICE, payment__iban="FI1410093000123458"))
    assert [choice.value for choice in fault.choices] == ["FI2112345600000785"]
    assert "345600000" not in fault.choices[0].label
    assert fault.found == "FI14 •••• 3458"


def test_countries_begin_with_finland() -> None:
    fault = next(f for f in faults_of(put(INVOICE, buyer__address__country="")) if f.code == "country.missing")
    assert fault.choices[0].value == "FI"


def test_a_missing_country_is_told_once() -> None:
    invoice = put(INVOICE, buyer__address__country="", lines__0__vat_percent=put(INVOICE).lines[0].vat_percent * 0)
    assert codes_of(invoice) == {"country.missing"}


def test_a_batch_is_checked_by_number_and_finds_doubles() -> None:
    other = replace(INVOICE, number="1043")
    found = check_many([INVOICE, other, put(INVOICE, note="toinen")], REFERENCE, CHOICES, today=TODAY)
    assert list(found) == ["1042", "1043"]
    assert [fault.code for fault in found["1042"]] == ["number.twice"]
    assert found["1043"] == ()
    assert clean(found["1043"])
    assert not clean(found["1042"])


def test_a_batch_knows_what_is_taken() -> None:
    found = check_many([INVOICE], REFERENCE, CHOICES, today=TODAY, taken=Taken({"1042": "Procountor 30117"}))
    (fault,) = found["1042"]
    row = explanation(fault.code)
    assert row is not None
    assert "Procountor 30117" in fill(row.says, fault, "fi")


def test_a_personal_identity_code_is_not_shown() -> None:
    faults = faults_of(put(INVOICE, buyer__business_id="131052-308U"))
    assert not any("308U" in fault.found for fault in faults)


def test_the_due_date_is_proposed_from_the_terms() -> None:
    invoice = put(INVOICE, payment__due=None, payment__terms="14 pv netto")
    assert faults_of(invoice)[0].proposal == "2026-11-16"
    assert faults_of(put(INVOICE, payment__due=None, payment__terms="heti"))[0].proposal == ""


def only(code: str, invoice: Invoice, **around: Any) -> Fault:
    (fault,) = (f for f in faults_of(invoice, **around) if f.code == code)
    return fault


def test_a_closed_period_proposes_today() -> None:
    invoice = put(INVOICE, issued=date(2026, 9, 30), payment__due=date(2026, 10, 21))
    fault = only("date.closed_period", invoice)
    assert fault.proposal == TODAY.isoformat()
    mended = apply(invoice, [Fix(fault.where, fault.proposal)])
    assert mended.payment.due == date(2026, 12, 14)
    assert faults_of(mended) == ()


@pytest.mark.parametrize(
    ("terms", "proposal"),
    [("14 pv netto", "2026-11-16"), ("30 days net", "2026-12-02"), ("netto 0", "2026-11-02"), ("heti", "2026-11-16")],
)
def test_a_due_date_before_billing_is_proposed_anew(terms: str, proposal: str) -> None:
    invoice = put(INVOICE, payment__due=date(2026, 10, 30), payment__terms=terms)
    assert only("date.due_before_issued", invoice).proposal == proposal


@pytest.mark.parametrize(
    ("changes", "proposal"),
    [
        ({"buyer__vat_number": "FI22546530"}, "2254653-0"),
        ({"buyer__vat_number": "FI 2254653-0"}, "2254653-0"),
        ({"buyer__vat_number": "", "buyer__e_invoice__ovt": "003722546530K1"}, "2254653-0"),
        ({"buyer__vat_number": ""}, "0201256-6"),
        ({"buyer__vat_number": "", "buyer__e_invoice__address": "TE003702012566"}, "0201256-6"),
        ({"buyer__vat_number": "", "buyer__e_invoice__address": IBAN, "buyer__customer_number": "78"}, "1572860-0"),
        ({"buyer__vat_number": "", "buyer__e_invoice__address": IBAN, "buyer__customer_number": ""}, "0201256-6"),
        (
            {
                "buyer__vat_number": "FI22546531",
                "buyer__e_invoice__address": "CGI:12345",
                "buyer__customer_number": "500",
                "buyer__name": "Uusi Oy",
            },
            "",
        ),
        ({"buyer__business_id": "131052-308U"}, ""),
    ],
)
def test_a_right_business_id_is_found_elsewhere(changes: dict[str, Any], proposal: str) -> None:
    invoice = put(INVOICE, **{"buyer__business_id": "2254653-1", **changes})
    assert only("buyer.business_id", invoice).proposal == proposal


def test_a_customer_of_two_ids_by_the_same_name_is_not_guessed() -> None:
    two = (Customer(1, "Satama Oy", "1", "0201256-6"), Customer(2, "satama oy", "2", "1572860-0"))
    invoice = put(INVOICE, buyer__business_id="0201256-5", buyer__vat_number="", buyer__e_invoice__address=IBAN)
    found = only("buyer.business_id", invoice, reference=replace(REFERENCE, customers=two))
    assert found.proposal == ""


@pytest.mark.parametrize(
    ("code", "changes", "proposal"),
    [
        ("email.form", {"buyer__email": "laskut@yhtiö.fi"}, "laskut@xn--yhti-8qa.fi"),
        ("email.form", {"buyer__email": "mailto: laskut@Yhtiö.fi"}, "laskut@xn--yhti-8qa.fi"),
        ("email.form", {"buyer__email": "yhtiö@satama.fi"}, ""),
        ("email.form", {"buyer__email": "laskut@..fi"}, ""),
        ("email.copy", {"buyer__bcc": ("a@satama.fi", "b@yhtiö.fi")}, "a@satama.fi b@xn--yhti-8qa.fi"),
        ("email.copy", {"buyer__bcc": ("a@satama.fi", "ei osoite")}, "a@satama.fi"),
        ("payment.rate_missing", {"payment__currency": "SEK"}, "11.215"),
        ("payment.rate_missing", {"payment__currency": "USD"}, ""),
        ("payment.rate", {"payment__currency": "NOK", "payment__rate": D(0)}, "11.704"),
        ("payment.rate", {"payment__rate": D(0)}, "1"),
    ],
)
def test_proposals(code: str, changes: dict[str, Any], proposal: str) -> None:
    assert only(code, put(INVOICE, **changes)).proposal == proposal


CHART = (
    *(Account(f"3{n:03}", f"Myynti {n}") for n in range(0, 300, 10)),
    Account("3990", "Myynnin oikaisut"),
    Account("3995", "Muu myynti", active=False),
    Account("9399", "Muistiotili"),
    Account("1700", "Myyntisaamiset"),
)


@pytest.mark.parametrize(
    ("account", "refused", "first"),
    [
        ("3999", (), "3990"),
        ("3995", (), "3990"),
        ("9999", (), "9399"),
        ("1799", (), "1700"),
        ("3999", (("3990", D("25.5")),), "3090"),
        ("3999", (("3990", D(10)),), "3990"),
    ],
)
def test_the_nearest_accounts_are_of_the_same_class(account: str, refused: tuple[Any, ...], first: str) -> None:
    company, books = replace(CHOICES, refused_pairs=refused), replace(REFERENCE, accounts=CHART)
    invoice = put(INVOICE, lines__0__account=account)
    (fault,) = faults_of(invoice, choices=company, reference=books)
    assert fault.choices[0].value == first
    assert "3995" not in {choice.value for choice in fault.choices}
    assert options(fault, invoice, books, company)[:10] == fault.choices


def test_a_refused_account_is_nowhere_offered() -> None:
    mixed = replace(INVOICE, lines=(LINE, replace(LINE, vat_percent=D(10))))
    company = replace(CHOICES, refused_pairs=(("3020", D(10)),), default_account={})
    for invoice, offered in [(INVOICE, True), (put(mixed, lines__1__account="3010"), True), (mixed, False)]:
        fault = next(f for f in faults_of(invoice, choices=company) if f.code == "account.missing")
        assert ("3020" in {c.value for c in fault.choices}) is offered
        for query in ("", "3020", "vienti"):
            found = options(fault, invoice, REFERENCE, company, query)
            assert ("3020" in {c.value for c in found}) is offered


def test_a_work_type_is_mapped_once_for_the_company() -> None:
    rows = (replace(LINE, work_type=" Koulutus  ja valmennus "), replace(LINE, work_type="Koulutus ja valmennus"))
    invoice = replace(INVOICE, lines=rows)
    (fault,) = faults_of(invoice)
    assert (fault.where, fault.found) == ("choices.work_types[Koulutus ja valmennus]", "Koulutus ja valmennus")
    assert [choice.label for choice in fault.choices] == ["KOUL Koulutus", "KONS Konsultointi"]
    assert options(fault, invoice, REFERENCE, CHOICES) == fault.choices
    assert options(fault, invoice, REFERENCE, CHOICES, "kons")[0].value == "KONS"
    mapped = replace(CHOICES, work_types={**CHOICES.work_types, fault.found: fault.choices[0].value})
    assert faults_of(invoice, choices=mapped) == ()


@pytest.mark.parametrize(
    ("work_type", "first"),
    [("Koulutuspäivä", "KOUL"), ("konsultin matka-aika", "KONS"), ("Xyz", "KONS"), ("Qqq", "KONS")],
)
def test_products_for_a_work_type_begin_with_the_likeliest(work_type: str, first: str) -> None:
    (fault,) = faults_of(put(INVOICE, lines__0__work_type=work_type))
    assert fault.choices[0].value == first


def test_an_unknown_work_type_may_hold_anything() -> None:
    (fault,) = faults_of(put(INVOICE, lines__0__work_type="a]\nb [x|y]"))
    assert fault.where == "choices.work_types[a] b [x|y]]"


def test_strange_characters_are_shown_and_replaced() -> None:
    (fault,) = faults_of(put(INVOICE, lines__0__name="Łukasz → Győr 🎉 valmis"))
    assert fault.proposal == "Lukasz -> Gyor valmis"
    assert re.findall(r"U\+[0-9A-F]+", str(fault.facts["characters"])) == ["U+0141", "U+2192", "U+0151", "U+1F389"]


def test_a_view_writes_facts_in_its_own_way() -> None:
    (fault,) = faults_of(put(INVOICE, stated__gross=INVOICE.lines[0].unit_price))
    row = explanation(fault.code)
    assert row is not None
    text = fill(row.says, fault, "en", lambda name, fact: f"<{name}>" if name in AMOUNTS else str(fact))
    assert text == "The file says the invoice's total is <claimed> EUR, but it comes to <computed> EUR."
