"""Procountor's answers in plain words."""

from __future__ import annotations

import contextlib

import pytest
from finance_samples import INVOICE
from hypothesis import given
from hypothesis import strategies as st

from finance.explain import fill
from finance.faults import Repair
from finance.fields import place
from finance.fixes import Fix, FixError, apply
from finance.problem_words import EXPLANATIONS
from finance.problems import ProblemKind, codes, explain

pytestmark = pytest.mark.gate("G17")

DIMENSION = "DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_DATABASE"
HTML = "<html>\r\n<head><title>500 Internal Server Error</title></head><hr><center>nginx</center></html>"
FIX, RETRY, STOP, ASK = ProblemKind.FIX, ProblemKind.RETRY, ProblemKind.STOP, ProblemKind.ASK


@pytest.mark.parametrize(
    ("code", "field", "message", "name", "kind", "path", "row"),
    [
        ("DUE_DATE_BEFORE_BILL_DATE", "date", "", "DUE_DATE_BEFORE_BILL_DATE", FIX, "payment.due", None),
        ("", "", "DUE_DATE_BEFORE_BILL_DATE", "DUE_DATE_BEFORE_BILL_DATE", FIX, "payment.due", None),
        ("INVALID_OVT", "counterParty.einvoiceAddress.ediId", "", "INVALID_OVT", FIX, "buyer.e_invoice.ovt", None),
        ("OVT_NOT_ALLOWED", "", "", "OVT_NOT_ALLOWED", FIX, "buyer.e_invoice.ovt", None),
        ("500", "", "UNABLE_TO_GET_CONNECTION", "UNABLE_TO_GET_CONNECTION", RETRY, "", None),
        ("400", "invoiceRows[3].vatStatus", "ERROR_VATSTATUS_VATPERC", "ERROR_VATSTATUS_VATPERC", FIX,
         "lines[3].vat_status", 3),
        ("ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION", "transactions[0].account", "",
         "ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION", FIX, "account", None),
        ("", "transactions[1].dimensionItemValues", DIMENSION.replace("_ITEM", "_\nITEM"), DIMENSION, FIX,
         "cost_centre", None),
        ("ERROR_BRN_CODE", "counterParty.identifier", "", "ERROR_BRN_CODE", FIX, "buyer.business_id", None),
        ("CLOSED_FISCAL_PERIOD", "", "", "CLOSED_FISCAL_PERIOD", FIX, "issued", None),
        ("403", "", "The tracking period is closed", "CLOSED_FISCAL_PERIOD", FIX, "issued", None),
        ("ERROR_OPERATOR", "", "ERROR_OPERATOR: Invalid Einvoice operator", "ERROR_OPERATOR", FIX,
         "buyer.e_invoice.operator", None),
        ("400", "", "Value of the 'deliveryAddress.country' cannot be blank.", "BLANK", FIX,
         "delivery_address.country", None),
        ("400", "", "Value of the 'invoiceRows[2].unit' field is invalid: ", "INVALID", FIX, "lines[2].unit_code", 2),
        ("401", "", "Unauthorized", "401", STOP, "", None),
        ("", "", "User rights check failed: Insufficient user rights", "403", STOP, "", None),
        ("403", "", "", "403", STOP, "", None),
        ("403", "", "Chargeable interfaces are not allowed", "INTERFACES", STOP, "", None),
        ("404", "", "Not found", "404", ASK, "", None),
        ("429", "", "", "429", RETRY, "", None),
        ("500", "", HTML, "5xx", RETRY, "", None),
        ("503", "", "", "5xx", RETRY, "", None),
        ("400", "", "Partner with the same number already exists", "PARTNER_CLASH", FIX, "buyer.customer_number", None),
        ("400", "version", "Version is outdated", "VERSION", RETRY, "", None),
    ],
)  # fmt: skip
def test_answers(code: str, field: str, message: str, name: str, kind: ProblemKind, path: str, row: int | None) -> None:
    found = explain(code, field, message)
    assert (found.code, found.kind, found.path, found.row) == (name, kind, path, row)
    assert (found.repair is Repair.NONE) is (not path)


def test_an_unknown_code_is_shown_as_it_came() -> None:
    found = explain("ERROR_MOON_PHASE", "invoiceRows[0].comment", "Full moon {x}")
    assert (found.code, found.kind) == ("ERROR_MOON_PHASE", ASK)
    assert (found.path, found.row) == ("lines[0].descriptions", 0)
    assert "Full moon {x}" in fill(found.says, found.facts, "sv")
    assert explain("400", "", "Strange").code == "Strange"


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_code_is_told_whole(code: str, language: str) -> None:
    found = explain(code if "_" in code or code.isdigit() else "", "invoiceRows[1].unit", _message(code))
    assert found.code == code
    for words in (found.says, found.do):
        assert "…" not in fill(words, found.facts, language)


def _message(code: str) -> str:
    texts = {
        "BLANK": "Value of the 'x' cannot be blank.",
        "INVALID": "Value of the 'x' field is invalid: ",
        "VERSION": "version does not match",
        "INTERFACES": "chargeable interfaces off",
        "5xx": HTML,
    }
    return texts.get(code, "")


def test_every_row_of_words_has_a_code() -> None:
    assert {row.code.removeprefix("problem.") for row in EXPLANATIONS} == {*codes(), "unknown"}


@pytest.mark.parametrize(
    ("field", "path", "register"),
    [
        ("counterParty.einvoiceAddress.operator", "buyer.e_invoice.operator", "operator"),
        ("counterParty.counterPartyAddress.zip", "buyer.address.post_code", ""),
        ("billingAddress.country", "billing_address.country", "country"),
        ("paymentInfo.bankAccount.accountNumber", "payment.iban", "bank_account"),
        ("paymentInfo.cashDiscount.optionList[0].numberOfDays", "payment.discounts", ""),
        ("counterParty.bccAddresses[1]", "buyer.bcc", ""),
        ("invoiceRows[12].vatPercent", "lines[12].vat_percent", "vat"),
        ("invoiceRows[0].moonPhase", "", ""),
        ("invoiceRows[4]", "", ""),
        ("somethingElse", "", ""),
        ("", "", ""),
    ],
)
def test_fields_in_our_terms(field: str, path: str, register: str) -> None:
    found = place(field)
    assert (found.path, found.register) == (path, register)


def test_every_path_is_one_that_a_fix_may_use() -> None:
    from finance import fields

    rows = [f"invoiceRows[0].{name}" for name in fields._ROW]
    places = [f"{part}.{name}" for part in fields._PLACES for name in fields._ADDRESS]
    for field in (*fields._INVOICE, *rows, *places):
        path = place(field).path
        assert path, field
        with contextlib.suppress(EmptyRefusedError):
            empty(path)


class EmptyRefusedError(Exception):
    """The place is right; only the empty value will not do there."""


def empty(path: str) -> None:
    try:
        apply(INVOICE, [Fix(path, "")])
    except FixError as told:
        if "nothing" in str(told):
            raise EmptyRefusedError from told
        raise


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=80))
def test_any_answer_is_explained(code: str, field: str, message: str) -> None:
    found = explain(code, field, message)
    assert fill(found.says, found.facts, "fi")
