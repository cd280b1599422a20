"""What the project system knows alike with the practice Procountor: customers, suppliers, products, ourselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from finance.invoice import Address, EInvoiceAddress, Party
from sandbox.procountor import seed, seed_partners, seed_registers
from sandbox.procountor.wire import Doc

US = Party(
    name="Pohjantuuli Konsultointi Oy",
    business_id="2077474-0",
    vat_number="FI20774740",
    contact_person="Anna Virtanen",
    email="laskutus@pohjantuuli.example",
    address=Address("Pohjantuuli Konsultointi Oy", "", "Tuulikuja 1", "00180", "Helsinki", "FI"),
    e_invoice=EInvoiceAddress("003721291126", "003720774740", "003720774740"),
)
IBAN, BIC = seed.NORTH_IBANS[0], "NDEAFIHH"
SECOND_IBAN, SECOND_BIC = seed.NORTH_IBANS[1], "OKOYFIHH"
# A customer abroad that Procountor has not met yet.
FJORDLYS = Party(
    name="Fjordlys Energi AS",
    vat_number="NO998877660MVA",
    email="faktura@fjordlys.example",
    address=Address("Fjordlys Energi AS", "", "Brygga 4", "5003", "Bergen", "NO"),
)
_COUNTRIES = {"FINLAND": "FI", "SWEDEN": "SE", "ESTONIA": "EE", "GERMANY": "DE"}
_UNITS = {
    "HOUR": ("h", "HUR"),
    "DAY": ("pv", "DAY"),
    "PIECE": ("kpl", "C62"),
    "MONTH": ("kk", "MON"),
    "KILOMETER": ("km", "KMT"),
}


@dataclass(frozen=True, slots=True)
class Article:
    """A product as rows are made of it; the price is in euro without VAT."""

    code: str
    name: str
    unit: str
    unit_code: str
    price: Decimal
    percent: Decimal


def customer(name: str) -> Party:
    """The customer whose name begins so. Raises KeyError when there is none."""
    return _party(_found(_customers(), name))


def customers() -> tuple[Party, ...]:
    """Every customer of the register."""
    return tuple(map(_party, _customers()))


def language(name: str) -> str:
    """The language the customer is written in, ISO 639-1."""
    info = _found(_customers(), name)["invoicingInfo"]
    return {"FINNISH": "fi", "SWEDISH": "sv", "ENGLISH": "en"}[info["language"]]


def supplier(name: str) -> tuple[Party, str]:
    """The supplier whose name begins so, and its IBAN. Raises KeyError when there is none."""
    doc = _found(seed_partners.suppliers(""), name)
    party = replace(_party(doc), customer_number="")
    return party, str(doc["paymentInfo"]["bankAccount"])


@lru_cache(maxsize=1)
def articles() -> dict[str, Article]:
    """Sales products in use, by code."""
    found = {}
    for doc in seed_registers.products(2026, ""):
        if doc["type"] == "SALES" and doc["active"]:
            unit, code = _UNITS[doc["unit"]]
            found[doc["code"]] = Article(doc["code"], doc["name"], unit, code, doc["price"], doc["vat"])
    return found


@lru_cache(maxsize=1)
def _customers() -> list[Doc]:
    return seed_partners.customers("")


def _found(docs: list[Doc], name: str) -> Doc:
    return next(doc for doc in docs if doc["name"].startswith(name))


def _party(doc: Doc) -> Party:
    info, place = doc["invoicingInfo"], doc["address"]
    domestic, ident = place["country"] == "FINLAND", info["identifier"]
    address = info.get("einvoiceAddress", "")
    return Party(
        name=doc["name"],
        business_id=ident if domestic else "",
        vat_number="FI" + ident.replace("-", "") if domestic else ident,
        customer_number=info["customerNumber"],
        email=info.get("email", ""),
        address=Address(
            doc["name"], "", place["street"], place["zip"], place["city"], _COUNTRIES[place["country"]]
        ),
        e_invoice=EInvoiceAddress(info.get("einvoiceOperator", ""), address, address),
    )  # fmt: skip
