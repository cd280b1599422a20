"""The rules of an invoice, one wrong thing at a time, and several at once."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from practice_bodies import at, bill, check_schema, claim, errors, ref, row, sales

from sandbox.procountor import World

BLANK = "Value of the '{}' cannot be blank."
OPERATOR = "counterParty.einvoiceAddress.operator"
ACCOUNT = "paymentInfo.bankAccount.accountNumber"
PARTY = "counterParty.counterPartyAddress"

SALES_RULES: list[tuple[str, Any, str, str | None]] = [
    ("paymentInfo.dueDate", "2026-11-19", "paymentInfo.dueDate", "DUE_DATE_BEFORE_BILL_DATE"),
    ("paymentInfo.dueDate", "2029-11-19", "paymentInfo.dueDate", None),
    ("date", "2026-09-30", "date", "CLOSED_FISCAL_PERIOD"),
    ("date", "2027-01-01", "date", "CLOSED_FISCAL_PERIOD"),
    ("type", "PERIODIC_TAX_RETURN", "type", None),
    ("invoiceChannel", "EDIFACT", "invoiceChannel", None),
    ("invoiceRows", [], "invoiceRows", None),
    ("discountPercent", 100.5, "discountPercent", "must be less than or equal to 100"),
    ("discountPercent", 1.23456, "discountPercent", None),
    ("vatStatus", None, "vatStatus", BLANK.format("vatStatus")),
    ("vatStatus", 99, "vatStatus", None),
    ("invoiceRows.1.vatPercent", 24, "invoiceRows[1].vatPercent", None),
    ("invoiceRows.0.vatPercent", 14, "invoiceRows[0].vatPercent", None),
    ("invoiceRows.0.vatStatus", 5, "invoiceRows[0].vatStatus", "ERROR_VATSTATUS_VATPERC"),
    ("vatStatus", 3, "invoiceRows[0].vatStatus", "ERROR_VATSTATUS_VATPERC"),
    ("language", None, "language", BLANK.format("language")),
    ("billingAddress", {}, "billingAddress.city", BLANK.format("billingAddress.city")),
    ("partnerId", 1051, "partnerId", None),
    ("partnerId", 424242, "partnerId", None),
    ("counterParty.email", "no address", "counterParty.email", "Invalid email address."),
    ("counterParty.email", "laskut@yhtiö.fi", "counterParty.email", "Invalid email address."),
    ("counterParty.bccAddresses", ["a@b.example"] * 5, "counterParty.bccAddresses", None),
    (f"{PARTY}.zip", None, f"{PARTY}.zip", BLANK.format(f"{PARTY}.zip")),
    ("billingAddress", {"name": "Y"}, "billingAddress.street", BLANK.format("billingAddress.street")),
    (OPERATOR, "BAWCF122", OPERATOR, "ERROR_OPERATOR"),
    (OPERATOR, "003721291126 ", OPERATOR, "ERROR_OPERATOR"),
    (OPERATOR, "basware", OPERATOR, "ERROR_OPERATOR"),
    (OPERATOR, None, OPERATOR, "ERROR_OPERATOR"),
    ("counterParty.einvoiceAddress.address", None, "counterParty.einvoiceAddress.address", None),
    ("counterParty.einvoiceAddress.address", "00372077474", "counterParty.einvoiceAddress.address", None),
    ("counterParty.einvoiceAddress.address", "FI2112345600000786", "counterParty.einvoiceAddress.address", None),
    ("counterParty.einvoiceAddress.address", "CGI 12345", "counterParty.einvoiceAddress.address", None),
    ("counterParty.einvoiceAddress.ediId", "0037-2077474", "counterParty.einvoiceAddress.ediId", "INVALID_OVT"),
    ("counterParty.identifier", "2077474-1", "counterParty.identifier", "ERROR_BRN_CODE"),
    ("paymentInfo.bankAccount", None, ACCOUNT, BLANK.format(ACCOUNT)),
    (ACCOUNT, "FI2112345600000786", ACCOUNT, "Invalid bank account number."),
    (ACCOUNT, "FI21 1234 5600 0007 85", ACCOUNT, "Invalid bank account number."),
    (ACCOUNT, "FI4250001510000023", ACCOUNT, "Bank account not found in the company's bank accounts."),
    ("paymentInfo.bankAccount.bic", "NDEAFIHH", "paymentInfo.bankAccount.bic", None),
    ("paymentInfo.paymentMethod", "DKLMPKRE", "paymentInfo.paymentMethod", None),
    ("paymentInfo.currencyRate", 1.1, "paymentInfo.currencyRate", None),
    ("paymentInfo.currencyRate", -1, "paymentInfo.currencyRate", "must be greater than or equal to 0"),
    ("paymentInfo.bankReferenceCode", "1043", "paymentInfo.bankReferenceCode", "Invalid bank reference code."),
    ("paymentInfo.bankReferenceCodeType", "OCR", "paymentInfo.bankReferenceCodeType", None),
    ("paymentInfo.cashDiscount", {"optionList": []}, "paymentInfo.cashDiscount", None),
    ("factoringContractId", 7, "factoringContractId", None),
    ("deliveryMethod", "OTHER", "deliveryMethod", None),
    ("invoiceApprovalInformation", {"verifiers": [{"userId": 502}]}, "invoiceApprovalInformation", None),
    ("orderReference", "x" * 71, "orderReference", "size must be between 0 and 70"),
    ("originalInvoiceNumber", "1" * 41, "originalInvoiceNumber", "size must be between 0 and 40"),
    (f"{PARTY}.name", "n" * 81, f"{PARTY}.name", "size must be between 0 and 80"),
    ("invoiceRows.0.comment", "c" * 513, "invoiceRows[0].comment", "size must be between 0 and 512"),
    ("invoiceRows.0.product", " ", "invoiceRows[0].product", BLANK.format("invoiceRows[0].product")),
    ("invoiceRows.0.unit", None, "invoiceRows[0].unit", BLANK.format("invoiceRows[0].unit")),
    ("invoiceRows.1.productId", 4027, "invoiceRows[1].productId", "Product not found."),
    ("additionalInformation", "Kiitos 🙂", "additionalInformation", None),
    ("invoiceRows.1.comment", "Dvořák", "invoiceRows[1].comment", None),
    ("invoiceTemplateId", 999, "invoiceTemplateId", "Invoice template not found."),
    ("penaltyPercent", -1, "penaltyPercent", "must be greater than or equal to 0"),
    ("invoiceRows.0.vatStatus", 99, "invoiceRows[0].vatStatus", "VAT status 99 is not in use."),
    ("invoiceRows.1.discountPercent", 101, "invoiceRows[1].discountPercent", "must be less than or equal to 100"),
    ("counterParty.bccAddresses", ["no address"], "counterParty.bccAddresses[0]", "Invalid email address."),
]


@pytest.mark.parametrize(("path", "value", "field", "message"), SALES_RULES)
def test_a_sales_invoice_with_one_fault(
    bot: httpx.Client, path: str, value: Any, field: str, message: str | None
) -> None:
    answer = bot.post("/invoices", json=at(sales(), path, value))
    assert answer.status_code == 400, answer.text
    check_schema(ref("ErrorMessages"), answer.json())
    found = errors(answer)
    assert field in [where for where, _ in found]
    assert message is None or (field, message) in found


ACCEPTED: list[tuple[str, Any]] = [
    (OPERATOR, "BAWCFI22"),
    ("paymentInfo.bankReferenceCode", "1232"),
    ("paymentInfo.bankReferenceCode", "RF471234567890"),
    ("counterParty.einvoiceAddress.ediId", "003720774740"),
    ("counterParty.einvoiceAddress.address", "FI2112345600000785"),
    ("counterParty.einvoiceAddress.address", "CGI:12345"),
    ("counterParty.einvoiceAddress.address", "TE003720774740"),
    ("counterParty.email", "laskut@xn--yhti-8qa.fi"),
    ("deliveryAddress", {}),
    ("date", "2026-10-01"),
    ("additionalInformation", "ÅÄÖ šž € – “quoted”"),
    ("discountPercent", 12.3456),
    ("invoiceApprovalInformation", {}),
]


@pytest.mark.parametrize(("path", "value"), ACCEPTED)
def test_what_looks_odd_but_is_right(bot: httpx.Client, path: str, value: Any) -> None:
    answer = bot.post("/invoices", json=at(sales(), path, value))
    assert answer.status_code == 200, answer.text
    check_schema(ref("Invoice"), answer.json())


UNPARSEABLE: list[tuple[str, Any]] = [
    ("invoiceRows.0.unit", "HOURS"),
    ("invoiceChannel", "FAX"),
    ("date", "20.11.2026"),
    ("date", "2026-02-30"),
    ("discountPercent", "0"),
    ("extraInfo.accountingByRow", "true"),
    ("vatStatus", 1.5),
    ("paymentInfo.paymentMethod", "DIRECT_DEBIT"),
    ("partnerId", 2**31),
    (f"{PARTY}.country", "FI"),
]


@pytest.mark.parametrize(("path", "value"), UNPARSEABLE)
def test_an_unparseable_value_is_answered_alone_and_without_field(bot: httpx.Client, path: str, value: Any) -> None:
    answer = bot.post("/invoices", json=at(at(sales(), "language", None), path, value))
    (only,) = errors(answer)
    assert only[0] is None
    assert only[1].startswith("Value of the '")
    assert only[1].endswith("field is invalid: ")
    assert path.rsplit(".", maxsplit=1)[-1] in only[1]


def test_what_ends_before_it_starts(bot: httpx.Client) -> None:
    span = {"deliveryStartDate": "2026-11-19", "deliveryEndDate": "2026-11-18"}
    rows = [row(startDate="2026-11-19", endDate="2026-11-18"), row(startDate="2026-11-18", endDate="2026-11-18")]
    fields = {where for where, _ in errors(bot.post("/invoices", json=sales(**span, invoiceRows=rows)))}
    assert fields == {"deliveryEndDate", "invoiceRows[0].endDate"}


def test_a_foreign_currency_needs_a_rate(bot: httpx.Client) -> None:
    body = at(at(sales(), "paymentInfo.currency", "SEK"), "paymentInfo.currencyRate", 0)
    found = errors(bot.post("/invoices", json=body))
    assert found == [("paymentInfo.currencyRate", "Currency rate must be greater than 0.")]


def test_all_faults_come_in_one_answer(bot: httpx.Client) -> None:
    body = at(at(at(sales(), OPERATOR, "x"), "invoiceRows.1.vatPercent", 24), "paymentInfo.dueDate", "2026-01-01")
    fields = {where for where, _ in errors(bot.post("/invoices", json=body))}
    assert fields == {OPERATOR, "invoiceRows[1].vatPercent", "paymentInfo.dueDate"}


def test_a_refused_invoice_leaves_nothing(bot: httpx.Client, world: World) -> None:
    company = world.companies[12001]
    before = dict(company.counters)
    assert bot.post("/invoices", json=sales(language=None)).status_code == 400
    assert company.counters == before
    assert world.journal.of("POST /invoices") == []


def test_the_older_error_shape(bot: httpx.Client, world: World) -> None:
    world.options.error_shape = "constraintViolations"
    answer = bot.post("/invoices", json=at(sales(), OPERATOR, "x")).json()
    assert answer["constraintViolations"][0]["errorCode"] == "ERROR_OPERATOR"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"discountPercent": NaN}', b"[" * 5000])
def test_malformed_bodies(bot: httpx.Client, body: bytes) -> None:
    answer = bot.post("/invoices", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert errors(answer)


@pytest.mark.parametrize("channel", ["MAIL", "EMAIL", "NO_SENDING", "ELECTRONIC_INVOICE"])
def test_what_each_channel_needs(bot: httpx.Client, channel: str) -> None:
    bare = sales(invoiceChannel=channel, counterParty={"counterPartyAddress": {"name": "Ostaja"}})
    needed = {
        "MAIL": {f"{PARTY}.street", f"{PARTY}.zip", f"{PARTY}.city"},
        "EMAIL": {"counterParty.email"},
        "NO_SENDING": set[str](),
        "ELECTRONIC_INVOICE": {
            *(f"{PARTY}.{part}" for part in ("street", "zip", "city")),
            OPERATOR,
            "counterParty.einvoiceAddress.address",
        },
    }[channel]
    answer = bot.post("/invoices", json=bare)
    assert (answer.status_code == 200) is (not needed)
    if needed:
        assert {where for where, _ in errors(answer)} == needed


def test_a_foreign_e_invoice_needs_no_finnish_operator(bot: httpx.Client) -> None:
    body = at(sales(), f"{PARTY}.country", "SWEDEN")
    body = at(at(body, OPERATOR, None), "counterParty.identifier", "SE556677889901")
    assert bot.post("/invoices", json=body).status_code == 200


def test_ovt_is_for_finnish_companies(bot: httpx.Client, world: World) -> None:
    world.companies[12001].info["country"] = "SWEDEN"
    body = at(sales(), "counterParty.einvoiceAddress.ediId", "003720774740")
    assert ("counterParty.einvoiceAddress.ediId", "OVT_NOT_ALLOWED") in errors(bot.post("/invoices", json=body))


CLAIM_RULES: list[tuple[str, Any, str]] = [
    ("partnerId", 1001, "partnerId"),
    ("paymentInfo.bankAccount.accountNumber", "FI00", ACCOUNT),
    (
        "invoiceApprovalInformation",
        {"acceptors": [{"userId": 507}]},
        "invoiceApprovalInformation.acceptors[0].userId",
    ),
    (
        "invoiceApprovalInformation",
        {"verifiers": [{"userId": 502}] * 6},
        "invoiceApprovalInformation.verifiers",
    ),
    ("invoiceRows", [row(productId=4001)], "invoiceRows[0].productId"),
]


@pytest.mark.parametrize(("path", "value", "field"), CLAIM_RULES)
def test_a_claim_with_one_fault(bot: httpx.Client, path: str, value: Any, field: str) -> None:
    assert field in [where for where, _ in errors(bot.post("/invoices", json=at(claim(), path, value)))]


def test_bills_and_claims_as_they_should_be(bot: httpx.Client) -> None:
    for body in (bill(), claim(), {**claim(), "type": "TRAVEL_INVOICE"}):
        answer = bot.post("/invoices", json=body)
        assert answer.status_code == 200, answer.text
        check_schema(ref("Invoice"), answer.json())


def test_nobody_is_named_where_nothing_circulates(login: Any) -> None:
    south = login("practice-key-south")
    body = at(at(claim(), "partnerId", 3003), "invoiceApprovalInformation", {"acceptors": [{"userId": 503}]})
    assert errors(south.post("/invoices", json=body))[0][0] == "invoiceApprovalInformation"
