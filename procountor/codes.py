"""Procountor's words for countries, units, languages, channels and kinds, and ours; the tables are in data/."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from finance.invoice import Channel, Invoice, Kind

CHANNELS = {
    Channel.E_INVOICE: "ELECTRONIC_INVOICE",
    Channel.EMAIL: "EMAIL",
    Channel.MAIL: "MAIL",
    Channel.NONE: "NO_SENDING",
}
CHARGES, TRAVEL, PURCHASE = "BILL_OF_CHARGES", "TRAVEL_INVOICE", "PURCHASE_INVOICE"
KINDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.SALES_INVOICE: ("SALES_INVOICE",),
    Kind.BILL: (PURCHASE,),
    Kind.CLAIM: (CHARGES, TRAVEL),
    Kind.COMPANY_COST: (CHARGES, PURCHASE),
}
"""What documents of a kind may be in Procountor."""
LANGUAGES = {
    "fi": "FINNISH",
    "sv": "SWEDISH",
    "en": "ENGLISH",
    "et": "ESTONIAN",
    "no": "NORWEGIAN",
    "nb": "NORWEGIAN",
    "nn": "NORWEGIAN",
    "da": "DANISH",
}
NO_UNIT = "NO_UNIT"


def kind(invoice: Invoice) -> str:
    """What one document becomes: of a claim by its trip, and by what the company wants of its own money."""
    claim = invoice.claim
    if invoice.kind is Kind.CLAIM and claim is not None and claim.trip is not None:
        return TRAVEL
    if invoice.kind is Kind.COMPANY_COST and claim is not None and claim.purchase:
        return PURCHASE
    return KINDS[invoice.kind][0]


def countries() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes of the countries Procountor has (XK and XI among them)."""
    return frozenset(_countries())


def units() -> frozenset[str]:
    """UN/ECE Recommendation 20 and 21 codes that have a unit in Procountor."""
    return frozenset(_units())


def languages() -> frozenset[str]:
    """ISO 639-1 codes of the languages Procountor writes invoices in."""
    return frozenset(LANGUAGES)


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """ISO 4217 codes Procountor knows, those no longer in use included."""
    return frozenset(row["currency"] for row in _rows("currencies"))


def country(iso: str) -> str:
    """Procountor's name of a country. Raises KeyError when it has none."""
    return _countries()[iso]


def iso_country(name: str) -> str:
    """The ISO code of a country by Procountor's name; "" for a name not known here."""
    return _countries_back().get(name, "")


def unit(code: str) -> str:
    """Procountor's name of a unit; an empty code is no unit. Raises KeyError when it has none."""
    return _units()[code] if code else NO_UNIT


def unit_code(name: str) -> str:
    """The UN/ECE code of a unit by Procountor's name; "" for no unit and for names not known here."""
    return "" if name == NO_UNIT else _units_back().get(name, "")


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {row["iso"]: row["procountor"] for row in _rows("countries")}


@lru_cache(maxsize=1)
def _countries_back() -> dict[str, str]:
    return {name: iso for iso, name in _countries().items()}


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    return {row["unece"]: row["procountor"] for row in _rows("units")}


@lru_cache(maxsize=1)
def _units_back() -> dict[str, str]:
    """The first code of each unit in the table is the one we write."""
    return {name: code for code, name in reversed(_units().items())}


def _rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files("procountor").joinpath("data", f"{table}.csv").read_text().splitlines()))
