"""What is sent: member by member for one invoice, and against the specification for all that can be made."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from finance.invoice import Address, Channel, Invoice, Kind
from finance.posting import Posting, Row
from procountor import invoice_body, payload
from procountor.errors import Problem, Unsendable
from tests.procountor_client.documents import INVOICE, POSTING, bill, documents
from tests.procountor_client.expected import INVOICE_JSON

D = Decimal
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@lru_cache(maxsize=1)
def specification() -> Draft202012Validator:
    """The Invoice of the published specification, with members it does not name refused."""
    document = json.loads(files("sandbox.procountor").joinpath("openapi-26.04.json").read_text())
    for schema in document["components"]["schemas"].values():
        if schema.get("type") == "object" and "properties" in schema:
            schema["additionalProperties"] = False
    registry: Registry[Any] = Registry().with_resource("urn:api", Resource.from_contents(document, DRAFT202012))
    return Draft202012Validator({"$ref": "urn:api#/components/schemas/Invoice"}, registry=registry)


ROW = {
    *("product", "productCode", "quantity", "unit", "unitPrice", "discountPercent", "vatPercent", "vatStatus"),
    *("comment", "startDate", "endDate"),
}
"""What a bill's row may say: no link to the product register, whose products bring accounts along."""


def wire_json(invoice: Invoice, posting: Posting, marker: str = "M1") -> dict[str, Any]:
    """What arrives at the other end, numbers as ordinary JSON numbers."""
    sent: dict[str, Any] = json.loads(payload.encode(invoice_body.body(invoice, posting, marker)))
    return sent


@SLOW
@given(documents())
def test_everything_that_can_be_sent_fits_the_specification(made: tuple[Invoice, Posting]) -> None:
    assert not [error.message for error in specification().iter_errors(wire_json(*made))]


def test_the_specification_would_notice() -> None:
    sent = wire_json(INVOICE, POSTING)
    assert list(specification().iter_errors(sent | {"invoiceRows": [{"product": "x"}]}))
    assert list(specification().iter_errors(sent | {"unheardOf": 1}))


def test_an_invoice_member_by_member() -> None:
    assert invoice_body.body(INVOICE, POSTING, "K1ABC") == INVOICE_JSON


def test_a_bill_differs_where_bills_do() -> None:
    sent = invoice_body.body(bill(), POSTING, "M1")
    assert sent["type"] == "PURCHASE_INVOICE"
    assert sent["invoiceChannel"] == "NO_SENDING"
    assert sent["counterParty"]["counterPartyAddress"]["name"] == "Mäkelä Oy"
    assert sent["paymentInfo"]["bankAccount"] == {"accountNumber": "FI2112345600000785", "bic": "NDEAFIHH"}
    assert not {"language", "email", "einvoiceAddress"} & (sent.keys() | sent["counterParty"].keys())
    assert "bankReferenceCode" not in sent["paymentInfo"]
    assert sent["originalInvoiceNumber"] == "1042"
    assert sent["notes"].endswith("[kierto:M1]")
    assert sent["status"] == "UNFINISHED"


@SLOW
@given(documents())
def test_a_bill_says_nothing_of_accounting(made: tuple[Invoice, Posting]) -> None:
    invoice, posting = made
    sent = wire_json(replace(invoice, kind=Kind.BILL), posting)
    assert not {"account", "dimensionItemValues", "accountingCode", "ledgerReceiptId"} & sent.keys()
    assert all(row.keys() <= ROW for row in sent["invoiceRows"])


@pytest.mark.parametrize(
    ("reference", "code", "kind"),
    [("1232", "1232", "FI"), ("00000 01232", "0000001232", "FI"), ("rf18 5390 0754 7034", "RF18539007547034", "RF")],
)
def test_a_reference_of_ours_goes_with_its_kind(reference: str, code: str, kind: str) -> None:
    sent = invoice_body.body(replace(INVOICE, payment=replace(INVOICE.payment, reference=reference)), POSTING, "M1")
    told = sent["paymentInfo"]
    assert (told["bankReferenceCode"], told["bankReferenceCodeType"]) == (code, kind)


def test_addresses_are_left_to_procountor_unless_given() -> None:
    assert "billingAddress" not in invoice_body.body(INVOICE, POSTING, "M1")
    none = invoice_body.body(replace(INVOICE, billing_address=Address()), POSTING, "M1")
    assert none["billingAddress"] == {}
    given = invoice_body.body(replace(INVOICE, billing_address=Address(name="Laskut", country="SE")), POSTING, "M1")
    assert given["billingAddress"] == {"name": "Laskut", "country": "SWEDEN"}


def test_only_an_e_invoice_carries_an_e_invoice_address() -> None:
    sent = invoice_body.body(replace(INVOICE, channel=Channel.MAIL), POSTING, "M1")
    assert "einvoiceAddress" not in sent["counterParty"]


WITHOUT_WORDS: list[tuple[dict[str, Any], str, str]] = [
    ({"channel": None}, "CHANNEL_MISSING", "invoiceChannel"),
    ({"language": "xx"}, "LANGUAGE_NOT_MAPPED", "language"),
    ({"language": ""}, "LANGUAGE_NOT_MAPPED", "language"),
    ({"billing_address": Address(country="ZZ")}, "COUNTRY_NOT_MAPPED", "billingAddress.country"),
    (
        {"buyer": replace(INVOICE.buyer, address=Address(country="Suomi"))},
        "COUNTRY_NOT_MAPPED",
        "counterParty.counterPartyAddress.country",
    ),
    ({"payment": replace(INVOICE.payment, currency="€")}, "CURRENCY_NOT_MAPPED", "paymentInfo.currency"),
]


@pytest.mark.parametrize(("changes", "code", "field"), WITHOUT_WORDS)
def test_what_procountor_has_no_word_for_is_refused_here(changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Unsendable) as raised:
        invoice_body.body(replace(INVOICE, **changes), POSTING, "M1")
    assert [(p.code, p.field) for p in raised.value.problems] == [(code, field)]


def test_an_unknown_unit_names_its_row() -> None:
    rows = (POSTING.rows[0], replace(POSTING.rows[1], unit_code="QQQ"))
    with pytest.raises(Unsendable) as raised:
        invoice_body.body(INVOICE, replace(POSTING, rows=rows), "M1")
    assert raised.value.problems == (Problem("UNIT_NOT_MAPPED", "invoiceRows[1].unit", 0, "QQQ"),)


@pytest.mark.parametrize(
    ("text", "sent"), [("a\nb", "a\\b"), ("a\r\nb\rc", "a\\b\\c"), ("C:\\temp", "C:/temp"), (" x \n", "x")]
)
def test_lines_of_a_comment_break_at_backslashes(text: str, sent: str) -> None:
    assert invoice_body.comment(text) == sent


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "zero"), [(0, 5, 0, True), (5, 0, 0, True), (5, 5, 100, True), (1, 5, 99, False)]
)
def test_zero_rows(quantity: int, price: int, discount: int, zero: bool) -> None:
    assert invoice_body.is_zero(Row("x", D(quantity), "", D(price), D(discount), D(0), 1)) is zero
