"""Sent invoices: what is asked of Procountor about their money, and what is made of each answer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from responses.matchers import query_param_matcher

from finance.paid import Payment, Sale
from procountor import sales
from procountor.errors import Broken, Unsure
from tests.procountor_client.contract import Wire

D = Decimal
EUR = {"currency": "EUR", "inAccountingCurrency": True, "invoiceSumTotal": 136.92}
SEK = {"currency": "SEK", "inAccountingCurrency": False, "invoiceSumTotal": 1506}


def answer(id: int = 810_001, status: str = "PAID", **changes: Any) -> dict[str, Any]:
    told = {
        "id": id, "type": "SALES_INVOICE", "status": status, "version": "2026-11-24T08:00:00", "invoiceNumber": 30_117,
        "paymentDate": "2026-11-23", "counterParty": {"counterPartyAddress": {"name": "Asiakas Oy"}},
        "paymentInfo": {"currency": "EUR", "dueDate": "2026-11-20"}, "invoiceSumInfo": [EUR],
    }  # fmt: skip
    return told | changes


def event(id: int, invoice: int, **changes: Any) -> dict[str, Any]:
    told = {"id": id, "invoiceId": invoice, "paymentDate": "2026-11-23", "amount": 136.92, "status": "PAID",
            "currency": "EUR", "paidAmount": 136.92, "paidCurrency": "EUR"}  # fmt: skip
    return told | changes


def events(wire: Wire, *found: dict[str, Any]) -> None:
    wire.says("GET", "payments/paymentevents", json={"results": list(found), "meta": {"pageSize": 200}})


def test_one_member_by_member(wire: Wire) -> None:
    wire.says("GET", "invoices/810001", json=[answer()])
    events(wire, event(7, 810_001))
    (found,) = sales.read(wire.api, [810_001])
    assert found == Sale(
        810_001, "PAID", "2026-11-24T08:00:00", 30_117, D("136.92"), "EUR", date(2026, 11, 20), date(2026, 11, 23),
        (Payment(7, D("136.92"), date(2026, 11, 23)),), "Asiakas Oy",
    )  # fmt: skip


def test_a_due_date_that_was_moved_is_the_one() -> None:
    moved = answer(paymentInfo={"currency": "EUR", "dueDate": "2026-11-20", "newDueDate": "2026-12-20"})
    assert sales.sale(moved).due == date(2026, 12, 20)


def test_payments_are_asked_for_where_there_are_some_and_where_there_were(wire: Wire) -> None:
    found = [answer(1, "SENT"), answer(2, "PARTLY_PAID"), answer(3, "SENT"), answer(4, "MARKED_PAID")]
    wire.says("GET", "invoices/1,2,3,4", json=found)
    events(wire, event(7, 2), event(8, 2))
    read = {one.id: one for one in sales.read(wire.api, [1, 2, 3, 4], [3])}
    assert [p.id for p in read[2].payments or ()] == [7, 8]
    assert read[1].payments == read[3].payments == ()
    assert "invoiceId=2%2C3%2C4" in wire.requests[-1] or "invoiceId=2,3,4" in wire.requests[-1]


def test_without_any_nothing_is_asked(wire: Wire) -> None:
    wire.says("GET", "invoices/1", json=[answer(1, "SENT")])
    sales.read(wire.api, [1])
    assert len(wire.requests) == 1


@pytest.mark.parametrize("status", [403, 404])
def test_a_key_that_sees_no_payments_has_invoices_without_sums(wire: Wire, status: int) -> None:
    wire.says("GET", "invoices/1,2", json=[answer(1, "PARTLY_PAID"), answer(2, "SENT")])
    wire.says("GET", "payments/paymentevents", status=status, json={"errors": [{"status": status, "message": "No"}]})
    one, two = sales.read(wire.api, [1, 2])
    assert one.payments is None
    assert one.paid is None
    assert two.payments == ()


def test_silence_about_payments_is_no_answer(wire: Wire) -> None:
    wire.says("GET", "invoices/1", json=[answer(1)])
    wire.says("GET", "payments/paymentevents", status=500, json={})
    with pytest.raises(Unsure):
        sales.read(wire.api, [1])


@pytest.mark.parametrize(
    ("told", "amount"),
    [
        ({"paidAmount": 500, "paidCurrency": "SEK"}, D(500)),
        ({"paidAmount": 500, "paidCurrency": None}, D(500)),
        ({"paidAmount": None, "paidCurrency": None, "amount": 45}, None),
        ({"paidAmount": 45, "paidCurrency": "EUR", "amount": 45}, None),
        ({"paidAmount": None, "amount": 500, "currency": "SEK"}, D(500)),
    ],
)
def test_a_sum_in_another_currency_is_not_taken_for_one_in_the_invoices(
    wire: Wire, told: dict[str, Any], amount: Decimal | None
) -> None:
    invoice = answer(1, "PARTLY_PAID", paymentInfo={"currency": "SEK"}, invoiceSumInfo=[EUR, SEK])
    wire.says("GET", "invoices/1", json=[invoice])
    events(wire, event(7, 1, **told))
    (found,) = sales.read(wire.api, [1])
    assert (found.gross, found.currency) == (D(1506), "SEK")
    assert [p.amount for p in found.payments or ()] == [amount]
    assert found.paid == amount


def test_histories_of_many_by_the_oldest(wire: Wire) -> None:
    told = [{"action": "SEND", "name": "", "date": "2026-11-02T08:00:00", "details": ""},
            {"action": "SENDING_ERROR_RECEIVED", "details": "Unknown"}]  # fmt: skip
    results = {"results": [{"invoiceId": 1, "transactions": told}, {"invoiceId": 2, "transactions": None}]}
    wire.says("GET", "invoices/transactions", json=results, match=[query_param_matcher({"invoiceIds": "1,2"})])
    assert sales.histories(wire.api, [2, 1]) == {1: [("SEND", ""), ("SENDING_ERROR_RECEIVED", "Unknown")], 2: []}


def test_of_none_there_is_no_history(wire: Wire) -> None:
    wire.says("GET", "invoices/transactions", status=404, json={"errors": [{"status": 404, "message": "Invoice"}]})
    assert sales.histories(wire.api, [1]) == {}


def test_what_changed_is_asked_by_version(wire: Wire) -> None:
    wire.says("GET", "invoices", json={"results": [], "meta": {"pageSize": 200}})
    assert list(sales.changed(wire.api, datetime(2026, 11, 24, 8, tzinfo=UTC))) == []
    assert "types=SALES_INVOICE" in wire.requests[0]
    assert "versionStartDate=" in wire.requests[0]


@pytest.mark.parametrize("told", [[], None, {}, answer(type="PURCHASE_INVOICE"), answer(id="x")])
def test_what_is_no_sales_invoice_is_not_taken_for_one(told: Any) -> None:
    with pytest.raises(Broken):
        sales.sale(told)


@pytest.mark.parametrize("lacking", ["invoiceNumber", "paymentDate", "counterParty", "paymentInfo", "invoiceSumInfo"])
def test_it_may_lack_almost_everything(lacking: str) -> None:
    assert sales.sale(answer(**{lacking: None})).id == 810_001
