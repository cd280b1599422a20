"""The rules of the other party of an invoice: identifier, e-mail, addresses, e-invoice (rules R14 to R21)."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.procountor import checks
from sandbox.procountor.call import Call
from sandbox.procountor.operators import is_operator
from sandbox.procountor.rights import CLAIM_KINDS, SALES_KINDS
from sandbox.procountor.shapes import blank
from sandbox.procountor.wire import Doc, Violation

_PARTS = ("street", "zip", "city")
_MOST_COPIES, _LONGEST_COPY = 4, 256


def channel_addresses(call: Call, doc: Doc) -> Iterator[Violation]:
    """R16: MAIL needs an address in one of the two places; R17: an e-invoice needs it in both."""
    party = doc["counterParty"]["counterPartyAddress"]
    billing = doc["billingAddress"] if doc.get("billingAddress") is not None else party
    if doc["invoiceChannel"] == "MAIL" and doc["type"] in SALES_KINDS:
        if not (_complete(party) or _complete(billing)):
            yield from _missing("counterParty.counterPartyAddress", party)
    elif doc["invoiceChannel"] == "ELECTRONIC_INVOICE" and doc["type"] == "SALES_INVOICE":
        yield from _missing("counterParty.counterPartyAddress", party)
        if doc.get("billingAddress") is not None:
            yield from _missing("billingAddress", billing)


def _complete(address: Doc) -> bool:
    return all(address.get(part) for part in _PARTS)


def _missing(at: str, address: Doc) -> Iterator[Violation]:
    for part in _PARTS:
        if not address.get(part):
            yield blank(f"{at}.{part}")


def _country(call: Call, doc: Doc) -> str:
    return str(doc["counterParty"]["counterPartyAddress"].get("country") or call.company.info["country"])


def einvoice(call: Call, doc: Doc) -> Iterator[Violation]:
    """R18 to R20: operator known, address well-formed, EDI id an OVT."""
    if doc["type"] != "SALES_INVOICE":
        return
    given, at = doc["counterParty"].get("einvoiceAddress") or {}, "counterParty.einvoiceAddress"
    country = _country(call, doc)
    if doc["invoiceChannel"] == "ELECTRONIC_INVOICE":
        if country == "FINLAND" and not is_operator(given.get("operator") or ""):
            yield Violation(f"{at}.operator", "ERROR_OPERATOR")
        if not given.get("address"):
            yield blank(f"{at}.address")
        elif not checks.is_einvoice_address(given["address"], country):
            yield Violation(f"{at}.address", "Invalid e-invoice address.")
    if given.get("ediId"):
        if not call.company.finnish:
            yield Violation(f"{at}.ediId", "OVT_NOT_ALLOWED")
        elif not checks.is_ovt(given["ediId"]):
            yield Violation(f"{at}.ediId", "INVALID_OVT")


def mail_address(call: Call, doc: Doc) -> Iterator[Violation]:
    """R14 and R15: the e-mail address and its blind copies."""
    party = doc["counterParty"]
    email, copies = party.get("email"), party.get("bccAddresses") or []
    if doc["invoiceChannel"] == "EMAIL" and not email:
        yield blank("counterParty.email")
    elif email and doc["type"] in {*SALES_KINDS, "PURCHASE_ORDER"} and not checks.is_email(email):
        yield Violation("counterParty.email", "Invalid email address.")
    if len(copies) > _MOST_COPIES:
        yield Violation("counterParty.bccAddresses", f"Maximum number of addresses is {_MOST_COPIES}.")
    for index, copy in enumerate(copies):
        if len(copy) > _LONGEST_COPY or not checks.is_email(copy) or copy == email:
            yield Violation(f"counterParty.bccAddresses[{index}]", "Invalid email address.")


def identifier(call: Call, doc: Doc) -> Iterator[Violation]:
    """R21: business id or personal identity code; claims carry none."""
    text = doc["counterParty"].get("identifier")
    country = doc["counterParty"]["counterPartyAddress"].get("country")
    if text and doc["type"] not in CLAIM_KINDS and not checks.is_identifier(text, country):
        yield Violation("counterParty.identifier", "ERROR_BRN_CODE")
