"""Pages, batches and searches: everything once, in order, and never for ever."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import responses

from procountor import invoices, moments
from procountor.errors import Broken
from procountor.invoices import Found, Totals
from tests.procountor_client.contract import URL, Wire


def register(wire: Wire, path: str, ids: list[int], most: int = 200) -> None:
    """A list in key mode over ``ids``, whatever the order they were made in."""

    def page(request: Any) -> tuple[int, dict[str, str], str]:
        asked = parse_qs(urlsplit(request.url).query)
        assert asked["orderById"] == ["ASC"]
        size = min(int(asked["size"][0]), most)
        after = int(asked.get("previousId", ["-1"])[0])
        entries = [{"id": id} for id in sorted(ids) if id > after][:size]
        meta = {"pageNumber": 0, "pageSize": size, "resultCount": len(entries)}
        return 200, {}, json.dumps({"results": entries, "meta": meta})

    wire.mock.add_callback(responses.GET, f"{URL}/{path}", page)


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 400, 450])
def test_every_entry_comes_once_over_all_pages(wire: Wire, count: int) -> None:
    register(wire, "invoices", list(range(5, 5 + count)))
    assert [found.id for found in invoices.search(wire.api)] == list(range(5, 5 + count))
    assert len(wire.requests) == count // 200 + 1


def test_a_server_with_smaller_pages_is_read_to_the_end(wire: Wire) -> None:
    register(wire, "invoices", list(range(120)), most=50)
    assert len(list(invoices.search(wire.api))) == 120


@pytest.mark.parametrize(
    "answer",
    [
        {"results": [{"id": 3}, {"id": 3}]},
        {"results": [{"id": 9}, {"id": 3}]},
        {"results": [{"id": None}]},
        {"results": "odd"},
        {"results": ["odd"]},
        {},
        [],
    ],
)
def test_a_list_that_goes_in_circles_is_broken(wire: Wire, answer: Any) -> None:
    wire.says("GET", "invoices", json=answer)
    with pytest.raises(Broken):
        list(invoices.search(wire.api))


def test_a_search_asks_for_all_it_was_given(wire: Wire) -> None:
    wire.says("GET", "invoices", json={"results": []})
    found = invoices.search(
        wire.api,
        original_number="A 1/ä",
        number=30117,
        partner_id=9,
        text="Mäkelä",
        types=["SALES_INVOICE"],
        statuses=["SENT", "PAID"],
        dated_from=date(2026, 3, 1),
        created_from=datetime(2026, 3, 2, 7, 15, 9, 999, tzinfo=UTC),
        created_to=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
        version_from=datetime(2026, 7, 2, 7, 15, tzinfo=UTC),
    )
    assert list(found) == []
    assert parse_qs(urlsplit(str(wire.bridge.calls[-1].url)).query) == {
        "originalInvoiceNumber": ["A 1/ä"],
        "invoiceNumber": ["30117"],
        "businessPartnerId": ["9"],
        "searchTerm": ["Mäkelä"],
        "types": ["SALES_INVOICE"],
        "status": ["PAID,SENT"],
        "startDate": ["2026-03-01"],
        "createdStartDate": ["2026-03-02T09:15:09"],
        "createdEndDate": ["2026-03-02T10:00:00"],
        "versionStartDate": ["2026-07-02T10:15:00"],
        "orderById": ["ASC"],
        "size": ["200"],
    }


def test_a_number_found_in_part_only_is_not_the_number(wire: Wire) -> None:
    entries = [{"id": 1, "originalInvoiceNumber": "1042"}, {"id": 2, "originalInvoiceNumber": "10421"}]
    wire.says("GET", "invoices", json={"results": entries})
    assert [f.id for f in invoices.search(wire.api, original_number="1042")] == [1]


def test_a_found_invoice(wire: Wire) -> None:
    entry = {
        "id": 77,
        "partnerId": None,
        "type": "SALES_INVOICE",
        "status": "SOMETHING_NEW",
        "invoiceNumber": 30117,
        "originalInvoiceNumber": "1042",
        "date": "2026-03-02",
        "dueDate": "2026-03-16",
        "created": "2026-03-02T09:15:00",
        "version": "2026-03-02T09:15:01",
        "creatorId": 501,
        "counterParty": {"counterPartyAddress": {"name": "Mäkelä Oy", "country": "NOWHERE"}},
        "invoiceSumInfo": [
            {"currency": "EUR", "inAccountingCurrency": True, "invoiceSumTotal": 9.99},
            {"currency": "SEK", "inAccountingCurrency": False, "excludingVatTotal": 80, "vatSumTotal": 20.4,
             "invoiceSumTotal": 100.40},
        ],
    }  # fmt: skip
    wire.says("GET", "invoices", json={"results": [entry]})
    assert list(invoices.search(wire.api)) == [
        Found(
            id=77, type="SALES_INVOICE", status="SOMETHING_NEW", number=30117, original_number="1042",
            created=datetime(2026, 3, 2, 7, 15, tzinfo=UTC), version="2026-03-02T09:15:01", creator_id=501,
            partner_id=None, partner="Mäkelä Oy", date=date(2026, 3, 2), due=date(2026, 3, 16),
            totals=Totals(Decimal(80), Decimal("20.4"), Decimal("100.40"), "SEK"),
        )
    ]  # fmt: skip


def invoice(id: int) -> dict[str, Any]:
    return {"id": id, "date": "2026-03-02", "type": "SALES_INVOICE"}


def batches(wire: Wire, known: Callable[[int], bool]) -> None:
    import re

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        wanted = [int(id) for id in urlsplit(request.url).path.rsplit("/", 1)[1].replace("%2C", ",").split(",")]
        assert len(wanted) <= 200
        found = [invoice(id) for id in wanted if known(id)]
        if not found:
            return 404, {}, '{"errors":[{"status":404,"message":"Invoice not found"}]}'
        return 200, {}, json.dumps(found[0] if len(wanted) == 1 else found)

    wire.mock.add_callback(responses.GET, re.compile(f"{URL}/invoices/.*"), answer)


@pytest.mark.parametrize(
    ("ids", "calls"),
    [([7], 1), (range(200), 1), (range(201), 2), ([3, 3, 1], 1), (range(1000, 1200), 1), (range(900, 1201), 2)],
)
def test_batches_hold_200_and_leave_out_what_is_not_there(wire: Wire, ids: Any, calls: int) -> None:
    batches(wire, lambda id: id < 1000)
    found = [stored.id for stored in invoices.get_many(wire.api, ids)]
    assert found == sorted({id for id in ids if id < 1000})
    assert len(wire.requests) == calls


def test_an_empty_batch_asks_nothing(opened: Callable[[], Wire]) -> None:
    assert invoices.get_many(opened().api, []) == []


@pytest.mark.parametrize(
    ("first", "last", "start", "end"),
    [  # clocks go back from 04:00 to 03:00 at 01:00 UTC on 25 October 2026
        ("2026-10-24T20:00", "2026-10-24T21:00", "2026-10-24T23:00:00", "2026-10-25T00:00:00"),
        ("2026-10-25T00:50", "2026-10-25T01:10", "2026-10-25T02:50:00", "2026-10-25T04:10:00"),
        ("2026-10-25T01:30", "2026-10-25T03:00", "2026-10-25T03:30:00", "2026-10-25T05:00:00"),
        ("2026-03-29T00:30", "2026-03-29T01:30", "2026-03-29T02:30:00", "2026-03-29T04:30:00"),
    ],
)
def test_a_search_over_a_change_of_clocks_misses_nothing(first: str, last: str, start: str, end: str) -> None:
    instants = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (first, last)]
    assert (moments.start(instants[0]), moments.end(instants[1])) == (start, end)


def test_an_instant_without_a_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="zone"):
        moments.start(datetime(2026, 3, 2))
