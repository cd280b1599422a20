"""Every shape of answer, to a read and to a write, becomes the right member of the error family."""

from __future__ import annotations

from typing import Any

import pytest
from requests import exceptions as rq

from procountor import answers
from procountor.errors import (
    Broken,
    Busy,
    Forbidden,
    NotFound,
    NotSent,
    Problem,
    ProcountorError,
    Refused,
    Unauthorized,
    Unsure,
)
from tests.procountor_client.contract import Wire

HTML = b"<html><head><title>500 Internal Server Error</title></head><body>nginx</body></html>"
ONE = b'{"errors":[{"status":400,"field":"invoiceRows[3].vatStatus","message":"ERROR_VATSTATUS_VATPERC"}]}'
TWO = (
    b'{"errors":[{"status":400,"message":"DUE_DATE_BEFORE_BILL_DATE"},'
    b'{"status":400,"field":"counterParty.identifier","message":"ERROR_BRN_CODE"}]}'
)
RIGHTS = b'{"errors":[{"status":403,"message":"User rights check failed: Insufficient user rights"}]}'
OAUTH = b'{"error":"invalid_client","error_description":"Bad credentials"}'
OLD = b'{"constraintViolations":[{"errorCode":"INVALID_OVT","propertyPath":"counterParty.einvoiceAddress.ediId"}]}'

ANSWERS: list[tuple[int, bytes, type[ProcountorError], type[ProcountorError]]] = [
    # status, body, what a read raises, what a write raises
    (400, ONE, Refused, Refused),
    (400, TWO, Refused, Refused),
    (400, OLD, Refused, Refused),
    (400, HTML, Refused, Unsure),
    (400, b"", Refused, Unsure),
    (400, ONE[:-9], Refused, Unsure),
    (401, OAUTH, Unauthorized, Unauthorized),
    (401, HTML, Unauthorized, Unauthorized),
    (403, RIGHTS, Forbidden, Forbidden),
    (404, RIGHTS.replace(b"403", b"404"), NotFound, Unsure),
    (408, ONE, Refused, Unsure),
    (409, ONE, Refused, Refused),
    (429, b"", Busy, Unsure),
    (429, ONE, Busy, Unsure),
    (500, HTML, Unsure, Unsure),
    (502, b"", Unsure, Unsure),
    (503, ONE, Unsure, Unsure),
    (200, HTML, Broken, Unsure),
    (200, b'{"id": 1, "status": "UNFI', Broken, Unsure),
    (200, b'{"sum": NaN}', Broken, Unsure),
    (200, b"[" * 100_000, Broken, Unsure),
    (200, b"\xff\xfe{", Broken, Unsure),
    (302, b"", Broken, Unsure),
    (304, b"", Broken, Unsure),
]


@pytest.mark.parametrize(("status", "body", "reading", "writing"), ANSWERS)
@pytest.mark.parametrize("write", [False, True])
def test_an_answer_has_one_meaning(
    status: int, body: bytes, reading: type[ProcountorError], writing: type[ProcountorError], write: bool
) -> None:
    with pytest.raises(ProcountorError) as raised:
        answers.understand(status, body, write=write)
    assert type(raised.value) is (writing if write else reading)


PROBLEMS: list[tuple[int, bytes, list[Problem]]] = [
    (400, ONE, [Problem("ERROR_VATSTATUS_VATPERC", "invoiceRows[3].vatStatus", 400)]),
    (
        400,
        TWO,
        [Problem("DUE_DATE_BEFORE_BILL_DATE", "", 400), Problem("ERROR_BRN_CODE", "counterParty.identifier", 400)],
    ),
    (400, OLD, [Problem("INVALID_OVT", "counterParty.einvoiceAddress.ediId", 400)]),
    (401, OAUTH, [Problem("invalid_client", "", 401, "Bad credentials")]),
    (403, RIGHTS, [Problem("HTTP_403", "", 403, "User rights check failed: Insufficient user rights")]),
    (
        400,
        b'{"errors":[{"status":400,"message":"Value of the \'depreciation\' field is invalid: "}]}',
        [Problem("INVALID_VALUE", "depreciation", 400, "Value of the 'depreciation' field is invalid:")],
    ),
    (
        400,
        b'{"errors":[{"message":"Value of the \'delivery.country\' cannot be blank."}]}',
        [Problem("BLANK_VALUE", "delivery.country", 400, "Value of the 'delivery.country' cannot be blank.")],
    ),
    (
        400,
        b'{"errors":[{"message":"DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS\\n_DOES_NOT_MATCH","field":"transactions[0]"}]}',
        [Problem("DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH", "transactions[0]", 400)],
    ),
    (
        400,
        b'{"errors":[{"message":"ERROR_OPERATOR: Invalid Einvoice operator"}]}',
        [Problem("ERROR_OPERATOR", "", 400, "Invalid Einvoice operator")],
    ),
    (400, b'{"message":"Stale version"}', [Problem("HTTP_400", "", 400, "Stale version")]),
    (400, b'{"errors":"odd"}', []),
    (400, b'{"errors":[7, null, {"message": null}]}', [Problem("HTTP_400", "", 400)]),
    (400, b'["odd"]', []),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "expected"), PROBLEMS)
def test_the_problems_are_read_from_every_shape(status: int, body: bytes, expected: list[Problem]) -> None:
    assert list(answers.problems(status, body)) == expected


def test_a_refusal_tells_its_codes_once_each() -> None:
    refused = Refused([Problem("A_B", "x"), Problem("C_D"), Problem("A_B", "y")])
    assert refused.codes == ("A_B", "C_D")
    assert str(refused) == "A_B (x), C_D, A_B (y)"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("failure", [{"status": 500, "body": HTML}, {"body": rq.ReadTimeout()}, {"status": 429}])
def test_a_write_is_sent_once_whatever_happens(wire: Wire, method: str, failure: dict[str, Any]) -> None:
    wire.says(method, "invoices/7", **failure)
    with pytest.raises(Unsure):
        getattr(wire.api, method.lower())("invoices/7", *([] if method == "DELETE" else [{"a": 1}]))
    assert wire.requests == [f"{method} invoices/7"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_write_that_found_no_connection_was_not_sent(wire: Wire, method: str) -> None:
    wire.says(method, "invoices/7", body=rq.ConnectTimeout())
    with pytest.raises(NotSent):
        getattr(wire.api, method.lower())("invoices/7", *([] if method == "DELETE" else [{"a": 1}]))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_read_is_repeated_until_it_is_answered(wire: Wire, status: int) -> None:
    wire.says("GET", "coa", status=status, body=HTML)
    wire.says("GET", "coa", body=rq.ConnectionError("connection reset"))
    wire.says("GET", "coa", json={"ledgerAccounts": []})
    assert wire.api.get("coa") == {"ledgerAccounts": []}
    assert len(wire.requests) == 3


def test_a_read_gives_up_at_last(wire: Wire) -> None:
    wire.says("GET", "coa", status=503)
    with pytest.raises(Unsure):
        wire.api.get("coa")
    assert len(wire.requests) == 3


def test_busy_waits_as_long_as_it_is_asked_to(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("httpx_retries.retry.time.sleep", pauses.append)
    wire.says("GET", "coa", status=429, headers={"Retry-After": "7"})
    wire.says("GET", "coa", status=429, headers={"Retry-After": "3600"})
    wire.says("GET", "coa", json={})
    wire.api.get("coa")
    assert pauses == [7.0, 30.0]


def test_a_refusal_of_a_read_is_not_asked_for_again(wire: Wire) -> None:
    wire.says("GET", "invoices/7", status=404, body=ONE)
    with pytest.raises(NotFound):
        wire.api.get("invoices/7")
    assert len(wire.requests) == 1


def test_a_redirect_is_never_followed(wire: Wire) -> None:
    elsewhere = {"Location": "https://elsewhere.test/steal"}
    wire.says("GET", "coa", status=302, headers=elsewhere)
    wire.says("POST", "invoices", status=307, headers=elsewhere)
    with pytest.raises(Broken):
        wire.api.get("coa")
    with pytest.raises(Unsure):
        wire.api.post("invoices", {})
    assert {call.url.host for call in wire.bridge.calls} == {"procountor.test"}


def test_nothing_secret_is_logged_or_shown(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    wire.says("POST", "invoices", status=400, body=ONE)
    wire.says("GET", "invoices/8497816", json={"notes": "secret of the customer"})
    with pytest.raises(Refused):
        wire.api.post("invoices", {"notes": "secret of the customer"})
    wire.api.get("invoices/8497816", searchTerm="secret")
    ours = [record.getMessage() for record in caplog.records if record.name == "procountor"]
    assert [line.rsplit(" ", 2)[0] for line in ours] == [
        "POST oauth/token 200",
        "POST invoices 400",
        "GET invoices/{id} 200",
    ]
    shown = caplog.text + repr(wire.procountor._client)
    assert not [word for word in ("secret", "token-1", "api-key", "8497816") if word in shown]
