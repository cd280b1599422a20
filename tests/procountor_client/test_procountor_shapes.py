"""Sixty shapes of answer against every route the client has (F19): none crashes it, none is taken for a success.

The answers come byte by byte over a real connection. Whatever arrives, a call gives a value or raises a member of the
error family; a write never takes for done what does not say so.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from procountor import (
    accounts,
    attachments,
    bank_accounts,
    bills,
    circulation,
    company,
    currencies,
    dimensions,
    elsewhere,
    fiscal_years,
    invoices,
    ledger,
    partners,
    persons,
    products,
    rights,
    sales,
    session,
    users,
    vats,
)
from procountor.api import Api
from procountor.connection import Patience, connect
from procountor.errors import ProcountorError, Refused
from procountor.limiter import Unpaced
from tests.procountor_client.contract import CLIENT
from tests.procountor_client.documents import INVOICE, POSTING
from tests.procountor_client.loopback import Loopback, answer, loopback

pytestmark = pytest.mark.gate("G14")

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
LARGEST = 1_000_000
Call = Callable[[Api], Any]

READS: dict[str, Call] = {
    "session": session.info,
    "company": company.get,
    "discounts": company.cash_discounts,
    "accounts": accounts.all,
    "bank accounts": bank_accounts.all,
    "currencies": currencies.latest,
    "dimensions": dimensions.all,
    "periods": fiscal_years.periods,
    "products": products.all,
    "rates of VAT": vats.enabled,
    "VAT statuses": vats.statuses,
    "customers": partners.all_customers,
    "suppliers": partners.all_suppliers,
    "a partner's account": lambda api: partners.account(api, 7),
    "partners' accounts": lambda api: partners.accounts(api, [7, 8]),
    "persons": persons.all,
    "an address": lambda api: persons.email(api, 3),
    "me": users.me,
    "a user": lambda api: users.profile(api, 501),
    "known users": users.known,
    "rights": rights.probe,
    "circulation": circulation.settings,
    "lists": circulation.lists,
    "a list": lambda api: circulation.named_list(api, 4),
    "a bill": lambda api: bills.get(api, 7),
    "bills": lambda api: bills.get_many(api, [7, 8]),
    "changed bills": lambda api: list(bills.changed(api, NOW)),
    "open bills": lambda api: list(bills.open_ones(api)),
    "bills of a supplier": lambda api: list(bills.of_supplier(api, 7)),
    "what waits for me": lambda api: bills.waiting_for_me(api, "APPROVE"),
    "a bill's history": lambda api: bills.history(api, 7),
    "comments": lambda api: bills.comments(api, 7),
    "an invoice": lambda api: invoices.get(api, 7),
    "invoices": lambda api: invoices.get_many(api, [7, 8]),
    "a search": lambda api: list(invoices.search(api, original_number="1042")),
    "a history": lambda api: invoices.transactions(api, 7),
    "changed sales": lambda api: list(sales.changed(api, NOW)),
    "sales": lambda api: sales.read(api, [7], [7]),
    "histories": lambda api: sales.histories(api, [7]),
    "ledger items": lambda api: ledger.items(api, 900),
    "payments": lambda api: elsewhere.events(api, 7),
    "where they stand": lambda api: elsewhere.stand(api, [7]),
}
FILES: dict[str, Call] = {
    "an attachment": lambda api: attachments.download(api, 5),
    "a picture": lambda api: bills.image(api, 7),
}
WRITES: dict[str, Call] = {
    "create": lambda api: invoices.create(api, INVOICE, POSTING, marker="M1"),
    "put": lambda api: invoices.put(api, 77, "2026-03-02T09:15:01", INVOICE, POSTING, marker="M1"),
    "attach": lambda api: attachments.add(api, 7, "a.pdf", b"%PDF-1.7", send_with_invoice=False),
    "comment": lambda api: bills.comment(api, 7, "Ok"),
    "assign": lambda api: ledger.assign(api, 900, POSTING),
    "divide": lambda api: ledger.divide(api, 900, 1, [(11, Decimal(100))]),
}
ACTS: dict[str, Call] = {  # their answer says nothing that is used: what came of them is read afterwards
    "notes": lambda api: invoices.set_notes(api, 7, "x"),
    "invalidate": lambda api: invoices.invalidate(api, 7),
    "verify": lambda api: bills.verify(api, 7, "Ok"),
    "approve": lambda api: bills.approve(api, 7, "Ok"),
    "reject": lambda api: bills.reject(api, 7, "No"),
    "undo": lambda api: bills.undo(api, 7),
    "detach": lambda api: attachments.remove(api, 5),
    "mark paid": lambda api: elsewhere.mark(api, 7, date(2026, 11, 2), Decimal("12.50"), "EUR"),
    "circulate": lambda api: elsewhere.circulate(api, 7),
    "verify a claim": lambda api: elsewhere.verify(api, 7),
}

HTML = b"<!doctype html><html><body><h1>Service temporarily unavailable</h1></body></html>"
ERRORS = b'{"errors":[{"status":400,"field":"date","message":"DUE_DATE_BEFORE_BILL_DATE"}]}'
ELSEWHERE = "Location: http://trap.invalid/x"
BODIES: dict[str, bytes] = {
    "HTML": HTML,
    "truncated": b'{"id": 7, "status": "UNFI',
    "text": b"OK",
    "XML": b'<?xml version="1.0"?><invoice><id>7</id></invoice>',
    "a callback": b'callback({"id":7})',
    "two documents": b'{"id":7}{"id":8}',
    "lines of documents": b'{"id":7}\n{"id":8}\n',
    "rubbish behind": b'{"id":7}]',
    "UTF-16": '{"id":7}'.encode("utf-16"),
    "Latin-1": '{"id":7,"name":"Mäkelä"}'.encode("latin-1"),
    "NUL": b"\x00" * 20,
    "NaN": b'{"id":7,"version":"1","status":"UNFINISHED","sum":NaN}',
    "infinite": b'{"id":7,"sum":Infinity}',
    "minus infinite": b'{"id":7,"sum":-Infinity}',
    "a huge exponent": b'{"id":7,"status":"UNFINISHED","sum":1e999999}',
    "a tiny exponent": b'{"id":7,"status":"UNFINISHED","sum":1e-999999}',
    "digits without end": b'{"id":' + b"7" * 10_000 + b"}",
    "the same key twice": b'{"id":7,"status":"UNFINISHED","id":8}',
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 50_000,
    "an error in a success": ERRORS,
    "an OAuth error in a success": b'{"error":"invalid_token","error_description":"x"}',
    "an old error in a success": b'{"constraintViolations":[{"errorCode":"INVALID_OVT","propertyPath":"a"}]}',
    "true": b"true",
    "a number": b"7",
    "a string": b'"7"',
    "a list of nothing": b"[null]",
    "a list of lists": b"[[[]]]",
    "no results": b'{"results":null,"meta":{}}',
    "results that are none": b'{"results":[null,7,"x"]}',
    "results without ids": b'{"results":[{}]}',
    "ids of the wrong kind": b'{"id":"seven","results":[{"id":"seven"}],"version":{},"status":[]}',
    "ids that are flags": b'{"id":true,"results":[{"id":true}]}',
    "negative ids": b'{"id":-7,"results":[{"id":-7},{"id":-9}]}',
    "everything null": b'{"id":null,"version":null,"status":null,"invoiceRows":null}',
    "the wrong kinds": b'{"id":[],"version":[],"status":{},"invoiceRows":"x","notes":1,"attachments":7}',
    "a million of nothing": b"[" + b"null," * 190_000 + b"null]",
    "too large": b'{"id":7,"x":"' + b"x" * (LARGEST + 1) + b'"}',
    "a foreign byte-order mark": b"\xef\xbb\xbf{}x",
}
STATUSES: dict[str, bytes] = {
    "303": answer(b"", "303 See Other", ELSEWHERE),
    "302": answer(HTML, "302 Found", ELSEWHERE),
    "307": answer(b"", "307 Temporary Redirect", ELSEWHERE),
    "308": answer(b"", "308 Permanent Redirect", ELSEWHERE),
    "304": answer(b"", "304 Not Modified", length=0),
    "400 HTML": answer(HTML, "400 Bad Request"),
    "400 with a code": answer(ERRORS, "400 Bad Request"),
    "403": answer(HTML, "403 Forbidden"),
    "404": answer(b"", "404 Not Found"),
    "409": answer(b"[]", "409 Conflict"),
    "418": answer(b"null", "418 Teapot"),
    "429 soon": answer(b"", "429 Too Many Requests", "Retry-After: soon"),
    "429 never": answer(b"", "429 Too Many Requests", "Retry-After: 99999999999999999999"),
    "500": answer(HTML, "500 Internal Server Error"),
    "503": answer(ERRORS, "503 Service Unavailable", "Retry-After: -1"),
    "599": answer(b"{}", "599 x"),
    "a gzip bomb": answer(gzip.compress(b"0" * 60_000_000), "200 OK", "Content-Encoding: gzip"),
    "a deflate bomb": answer(zlib.compress(b"0" * 60_000_000), "200 OK", "Content-Encoding: deflate"),
    "no gzip": answer(b"{}", "200 OK", "Content-Encoding: gzip"),
    "half a gzip": answer(gzip.compress(b'{"id":7}' * 99)[:20], "200 OK", "Content-Encoding: gzip"),
    "an unknown packing": answer(b"{}", "200 OK", "Content-Encoding: br"),
    "cut in the body": answer(b'{"id":7', length=500),
    "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
    "nothing": b"",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Le",
}
SHAPES = {name: answer(body) for name, body in BODIES.items()} | STATUSES


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Loopback, list[bytes]]]:
    """Answers everything but the question for a token with the one shape of the moment, and hangs up."""
    now = [b""]
    with loopback(lambda _: [now[0], b""] if now[0] else [b""]) as server:
        yield server, now


def test_there_are_sixty_of_them() -> None:
    assert len(SHAPES) >= 60


@pytest.mark.parametrize("name", SHAPES)
def test_no_answer_crashes_and_none_is_a_success_that_does_not_say_so(
    server: tuple[Loopback, list[bytes]], name: str
) -> None:
    place, now = server
    now[0] = SHAPES[name]
    client = type(CLIENT)(place.url, "id", "secret", "https://kierto.test/back")
    patience = Patience(tries=1, largest=LARGEST, read=5.0)
    with connect(client, Unpaced(), patience=patience) as procountor:
        api = procountor.company("key")
        for route, call in {**READS, **FILES}.items():
            said = _called(api, call)
            assert name in BODIES or _nothing(said), f"{route} made {said!r:.80} of it"
        for route, call in WRITES.items():
            assert isinstance(_called(api, call), ProcountorError), f"{route} was taken for done"
        for route, call in ACTS.items():
            said = _called(api, call)
            assert isinstance(said, ProcountorError) or name in BODIES, f"{route} was taken for done"
            assert not isinstance(said, Refused) or name.startswith("40"), f"{route} was taken for refused"


@pytest.mark.parametrize("name", [n for n in SHAPES if n in BODIES and n in {
    "HTML", "truncated", "text", "XML", "NaN", "the same key twice", "a huge exponent", "deep lists",
    "an error in a success", "an OAuth error in a success", "an old error in a success", "too large",
}])  # fmt: skip
def test_an_act_is_not_done_when_its_answer_cannot_be_read(server: tuple[Loopback, list[bytes]], name: str) -> None:
    place, now = server
    now[0] = SHAPES[name]
    client = type(CLIENT)(place.url, "id", "secret", "https://kierto.test/back")
    with connect(client, Unpaced(), patience=Patience(tries=1, largest=LARGEST)) as procountor:
        for route, call in ACTS.items():
            assert isinstance(_called(procountor.company("key"), call), ProcountorError), route


def _called(api: Api, call: Call) -> Any:
    """What came of it: a value, or an error of the family; anything else raises."""
    try:
        return call(api)
    except ProcountorError as told:
        return told


def _nothing(said: Any) -> bool:
    """An error, or the nothing (and the benefit of the doubt) that is the answer to a right that is lacking."""
    return (
        isinstance(said, ProcountorError)
        or not said
        or said == (True, True)
        or type(said).__name__ in ("Rights", "Settings")
    )
