"""Making and reading invoices, and telling whether one still says what was sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from requests import exceptions as rq
from responses import matchers

from finance.invoice import Invoice, Kind
from finance.posting import Posting
from procountor import invoice_body, invoices, payload
from procountor.errors import Forbidden, NotFound, NotSent, Refused, Unsure
from procountor.invoices import Attached, Event, Stored, Totals
from procountor.stored import stored
from tests.procountor_client.contract import Wire
from tests.procountor_client.documents import INVOICE, POSTING, bill, documents

D = Decimal
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def widened(number: Decimal | int) -> Decimal | int:
    """The same number written otherwise."""
    return int(number) if number == int(number) else D(f"{number:f}0")


def kept(invoice: Invoice, posting: Posting, *, reference: str = "", marker: str = "M1") -> dict[str, Any]:
    """The invoice as Procountor might give it back: normalised its own way, with members of its own."""
    answer: dict[str, Any] = payload.decode(payload.encode(invoice_body.body(invoice, posting, marker)))
    answer |= {
        "id": 77,
        "invoiceNumber": 30117,
        "version": "2026-03-02T09:15:01",
        "ledgerReceiptId": 900,
        "creatorId": 501,
        "billingAddress": answer["counterParty"]["counterPartyAddress"],
        "attachments": [{"id": 3, "name": "tunnit.pdf", "referenceType": "INVOICE", "somethingNew": 1}],
        "invoiceSumInfo": [{"currency": "EUR", "inAccountingCurrency": True, "invoiceSumTotal": D("1129.59"),
                            "vatSumTotal": D("229.50"), "excludingVatTotal": D("900.09")}],
    }  # fmt: skip
    if reference:
        answer["paymentInfo"]["bankReferenceCode"] = reference
    answer.setdefault("originalInvoiceNumber", None)
    answer["discountPercent"] = widened(answer["discountPercent"])
    for number, row in enumerate(answer["invoiceRows"]):
        row["id"] = number
        row["comment"] = row.get("comment")
        for name in ("quantity", "unitPrice", "vatPercent"):
            row[name] = widened(row[name])
        if not row["discountPercent"]:
            del row["discountPercent"]
    return answer


def test_a_stored_invoice() -> None:
    assert stored(kept(INVOICE, POSTING, reference="1232") | {"somethingNew": [1]}) == Stored(
        id=77, type="SALES_INVOICE", status="UNFINISHED", number=30117, version="2026-03-02T09:15:01", created=None,
        original_number="1042", notes="Projekti Saari\n[kierto:M1]", marker="M1", ledger_receipt_id=900,
        creator_id=501, partner_id=9, reference="1232", totals=Totals(D("900.09"), D("229.50"), D("1129.59"), "EUR"),
        attachments=(Attached(3, "tunnit.pdf", 0),), rows=3,
        fingerprint=invoices.fingerprint(INVOICE, POSTING),
        full_fingerprint=invoices.fingerprint(
            replace(INVOICE, payment=replace(INVOICE.payment, reference="1232")), POSTING),
        partner="Mäkelä Oy", identifier="0201256-6",
    )  # fmt: skip


@SLOW
@given(documents(), st.sampled_from(["", "1232", "RF18539007547034"]))
def test_an_untouched_invoice_says_what_was_sent(made: tuple[Invoice, Posting], generated: str) -> None:
    invoice, posting = made
    ours = invoice.payment.reference or invoice.kind is Kind.BILL
    answer = stored(payload.decode(payload.encode(kept(invoice, posting, reference="" if ours else generated))))
    assert answer.says(invoices.fingerprint(invoice, posting))


CHANGES: list[Callable[[dict[str, Any]], Any]] = [
    lambda i: i.update(date="2026-03-03"),
    lambda i: i.update(discountPercent=D(1)),
    lambda i: i.update(originalInvoiceNumber="1043"),
    lambda i: i["extraInfo"].update(unitPricesIncludeVat=True),
    lambda i: i["paymentInfo"].update(dueDate="2026-03-17"),
    lambda i: i["paymentInfo"].update(currency="SEK"),
    lambda i: i["paymentInfo"].update(bankReferenceCode="1245"),
    lambda i: i["paymentInfo"]["bankAccount"].update(accountNumber="FI5542345670000081"),
    lambda i: i["counterParty"].update(identifier="1572860-0"),
    lambda i: i["counterParty"]["counterPartyAddress"].update(name="Muu Oy"),
    lambda i: i["invoiceRows"][0].update(product="Muu"),
    lambda i: i["invoiceRows"][0].update(quantity=D("7.51")),
    lambda i: i["invoiceRows"][0].update(unit="DAY"),
    lambda i: i["invoiceRows"][0].update(unitPrice=D("120.01")),
    lambda i: i["invoiceRows"][0].update(discountPercent=D("0.01")),
    lambda i: i["invoiceRows"][0].update(vatPercent=D("24")),
    lambda i: i["invoiceRows"][0].update(comment="muu"),
    lambda i: i["invoiceRows"].reverse(),
    lambda i: i["invoiceRows"].pop(),
    lambda i: i["invoiceRows"].append(i["invoiceRows"][0]),
    lambda i: i.pop("invoiceRows"),
    lambda i: i.pop("paymentInfo"),
    lambda i: i.pop("counterParty"),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_any_change_that_matters_is_noticed(number: int) -> None:
    with_reference = replace(INVOICE, payment=replace(INVOICE.payment, reference="1232"))
    answer = kept(with_reference, POSTING)
    assert stored(answer).says(invoices.fingerprint(with_reference, POSTING))
    CHANGES[number](answer)
    assert not stored(answer).says(invoices.fingerprint(with_reference, POSTING))


@settings(SLOW, max_examples=20)
@given(documents(), documents())
def test_different_documents_have_different_fingerprints(
    one: tuple[Invoice, Posting], other: tuple[Invoice, Posting]
) -> None:
    assume(stored(kept(*one)) != stored(kept(*other)))
    assume(one[0].number.strip() != other[0].number.strip())
    assert invoices.fingerprint(*one) != invoices.fingerprint(*other)


def test_notes_and_register_changes_do_not_matter() -> None:
    answer = kept(INVOICE, POSTING)
    answer |= {
        "notes": "",
        "partnerId": None,
        "version": "2027-01-01T00:00:00",
        "status": "SENT",
        "language": "SWEDISH",
    }
    assert stored(answer).says(invoices.fingerprint(INVOICE, POSTING))
    assert stored(answer).marker == ""


def test_create_sends_the_body_once_and_gives_what_is_stored(wire: Wire) -> None:
    sent = json.loads(payload.encode(invoices.body(INVOICE, POSTING, "M1")))
    wire.says(
        "POST",
        "invoices",
        body=payload.encode(kept(INVOICE, POSTING)),
        match=[matchers.json_params_matcher(sent), matchers.header_matcher({"Content-Type": "application/json"})],
    )
    made = invoices.create(wire.api, INVOICE, POSTING, marker="M1")
    assert (made.id, made.number, made.marker, made.rows) == (77, 30117, "M1", 3)
    assert b'"unitPrice":120.00,' in wire.bridge.calls[-1].content
    assert wire.requests == ["POST invoices"]


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ({"status": 200, "json": {"message": "saved"}}, Unsure),
        ({"status": 200, "body": b""}, Unsure),
        ({"status": 200, "body": b"<html>"}, Unsure),
        ({"status": 200, "json": []}, Unsure),
        ({"status": 500, "json": {"errors": []}}, Unsure),
        ({"status": 404, "json": {"errors": [{"message": "Not saved"}]}}, Unsure),
        ({"body": rq.ReadTimeout()}, Unsure),
        ({"body": rq.ConnectionError()}, NotSent),
        ({"status": 400, "json": {"errors": [{"message": "DUE_DATE_BEFORE_BILL_DATE"}]}}, Refused),
        ({"status": 403, "json": {"errors": [{"message": "User rights check failed"}]}}, Forbidden),
    ],
)
def test_creating_ends_in_one_of_three_ways(wire: Wire, answer: dict[str, Any], raised: type[Exception]) -> None:
    wire.says("POST", "invoices", **answer)
    with pytest.raises(raised) as told:
        invoices.create(wire.api, INVOICE, POSTING, marker="M1")
    assert type(told.value) is raised
    assert wire.requests == ["POST invoices"]


def test_a_request_that_is_late_does_not_leave(opened: Callable[[], Wire]) -> None:
    wire = opened()
    wire.grants()
    wire.says("GET", "coa", json={})
    wire.api.get("coa")
    with pytest.raises(NotSent):
        invoices.create(wire.api, INVOICE, POSTING, marker="M1", leave_within=-0.001)
    assert wire.requests == ["GET coa"]


def test_get_and_its_refusal(wire: Wire) -> None:
    wire.says("GET", "invoices/77", body=payload.encode(kept(bill(), POSTING)))
    wire.says("GET", "invoices/78", status=404, json={"errors": [{"status": 404, "message": "Not found"}]})
    assert invoices.get(wire.api, 77).type == "PURCHASE_INVOICE"
    with pytest.raises(NotFound):
        invoices.get(wire.api, 78)


def test_put_keeps_what_people_set_beside_ours(wire: Wire) -> None:
    now = kept(INVOICE, POSTING) | {"invoiceTemplateId": 4, "deliverySite": None, "somethingNew": 1}
    wire.says("GET", "invoices/77", body=payload.encode(now))
    wire.says("PUT", "invoices/77", body=payload.encode(now | {"ledgerReceiptId": 901}))
    changed = replace(INVOICE, note="")
    assert invoices.put(wire.api, 77, "2026-03-02T09:15:01", changed, POSTING, marker="M1").ledger_receipt_id == 901
    sent = json.loads(wire.bridge.calls[-1].content)
    assert (sent["id"], sent["version"], sent["invoiceTemplateId"]) == (77, "2026-03-02T09:15:01", 4)
    assert not {"additionalInformation", "deliverySite", "somethingNew", "attachments"} & sent.keys()


def test_notes_invalidation_and_history(wire: Wire) -> None:
    wire.says("PUT", "invoices/77/notes", json={"message": "ok"}, match=[matchers.json_params_matcher({"notes": "x"})])
    wire.says("PUT", "invoices/77/invalidate", json={"message": "ok"})
    wire.says(
        "GET",
        "invoices/77/transactions",
        json={
            "transactions": [
                {"action": "SEND", "name": "Maija", "date": "2026-03-02T09:15:00", "details": None},
                {"action": "SOMETHING_NEW", "date": "odd"},
            ]
        },
    )
    invoices.set_notes(wire.api, 77, "x")
    invoices.invalidate(wire.api, 77)
    assert invoices.transactions(wire.api, 77) == (
        Event("SEND", "Maija", datetime(2026, 3, 2, 7, 15, tzinfo=UTC), ""),
        Event("SOMETHING_NEW", "", None, ""),
    )


def test_an_invoice_without_a_due_date_is_due_at_once() -> None:
    undated = replace(INVOICE, payment=replace(INVOICE.payment, due=None))
    assert invoices.body(undated, POSTING, "M1")["paymentInfo"]["dueDate"] == "2026-03-02"
    assert invoices.fingerprint(undated, POSTING) != invoices.fingerprint(INVOICE, POSTING)
    assert INVOICE.issued + timedelta(days=14) == date(2026, 3, 16)
