"""Bodies and clients for the tests of the practice Procountor."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import httpx
from jsonschema import Draft4Validator

from sandbox.procountor import shapes
from sandbox.procountor.seed import API_KEY, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI

TODAY = date(2026, 11, 20)
Doc = dict[str, Any]


def form(**changes: str) -> dict[str, str]:
    """The fields of a token request."""
    fields = {
        "grant_type": "client_credentials",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "redirect_uri": REDIRECT_URI,
        "api_key": API_KEY,
    }
    return {**fields, **changes}


def sales(**changes: Any) -> Doc:
    """A sales invoice that Procountor takes."""
    address = {"name": "Aurinkolahden Kauppa Oy", "street": "Toimitie 1", "zip": "00100", "city": "Helsinki"}
    body = {
        "type": "SALES_INVOICE",
        "status": "UNFINISHED",
        "date": TODAY.isoformat(),
        "partnerId": 1001,
        "originalInvoiceNumber": "1042",
        "counterParty": {
            "identifier": "2077474-0",
            "counterPartyAddress": {**address, "country": "FINLAND"},
            "einvoiceAddress": {"operator": "003721291126", "address": "003720774740"},
        },
        "paymentInfo": {
            "paymentMethod": "BANK_TRANSFER",
            "currency": "EUR",
            "bankAccount": {"accountNumber": "FI2112345600000785"},
            "dueDate": (TODAY + timedelta(days=14)).isoformat(),
            "currencyRate": 1,
        },
        "extraInfo": {"accountingByRow": True, "unitPricesIncludeVat": False},
        "discountPercent": 0,
        "invoiceRows": [row(), row(product="Työpaja", productId=4013, unit="PIECE", unitPrice=1900)],
        "vatStatus": 1,
        "invoiceChannel": "ELECTRONIC_INVOICE",
        "language": "FINNISH",
    }
    return {**body, **changes}


def row(**changes: Any) -> Doc:
    base = {
        "product": "Konsultointi",
        "quantity": 7.5,
        "unit": "HOUR",
        "unitPrice": 110.5,
        "discountPercent": 0,
        "vatPercent": 25.5,
    }
    return {**base, **changes}


def bill(**changes: Any) -> Doc:
    """A purchase invoice keyed in over the API."""
    own = {
        "type": "PURCHASE_INVOICE",
        "partnerId": 1051,
        "invoiceChannel": "NO_SENDING",
        "counterParty": {"counterPartyAddress": {"name": "Alihankkija Silta Oy", "country": "FINLAND"}},
        "invoiceRows": [row(unit="PIECE", quantity=1, unitPrice=1000)],
    }
    body = sales(**{**own, **changes})
    body.pop("language")
    return body


def claim(**changes: Any) -> Doc:
    """An expense claim of a person of the register."""
    own = {
        "type": "BILL_OF_CHARGES",
        "partnerId": 3006,
        "counterParty": {"counterPartyAddress": {"name": "Koivisto Petteri"}},
    }
    body = bill(**{**own, **changes})
    body.pop("vatStatus")
    return body


def at(body: Doc, path: str, value: Any) -> Doc:
    """A copy with one member changed ("paymentInfo.dueDate", "invoiceRows.0.unit"); None takes it out."""
    head, _, rest = path.partition(".")
    if isinstance(body, list):
        place = int(head)
        return [at(item, rest, value) if i == place else item for i, item in enumerate(body)]
    if rest:
        return {**body, head: at(body.get(head, {}), rest, value)}
    if value is None:
        return {name: member for name, member in body.items() if name != head}
    return {**body, head: value}


def errors(answer: httpx.Response) -> list[tuple[str | None, str]]:
    """The violations of an error answer as (field, message)."""
    assert answer.status_code >= 400, answer.text
    return [(error.get("field"), error["message"]) for error in answer.json()["errors"]]


def check_schema(model: Doc, value: Any) -> None:
    """The value fits a schema of the OpenAPI document; the documented null references count as absent."""
    components = shapes.document()["components"]
    Draft4Validator({**model, "components": components}).validate(_present(value))


def ref(model: str) -> Doc:
    return {"$ref": f"#/components/schemas/{model}"}


def _present(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _present(member)
            for name, member in value.items()
            if member is not None or name not in {"partnerId", "productId", "factoringContractId"}
        }
    return [_present(item) for item in value] if isinstance(value, list) else value
