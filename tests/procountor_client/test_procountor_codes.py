"""The tables of codes against the specification, and both ways."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from finance import countries as known_countries
from finance import units as known_units
from procountor import codes

pytestmark = pytest.mark.gate("G17")


def enumeration(schema: str, member: str) -> set[str]:
    document = json.loads(files("sandbox.procountor").joinpath("openapi-26.04.json").read_text())
    return set(document["components"]["schemas"][schema]["properties"][member]["enum"])


def test_the_tables_speak_procountors_words() -> None:
    countries = {codes.country(iso) for iso in codes.countries()}
    assert countries == enumeration("CompanyAddress", "country")
    assert len(countries) == len(codes.countries()) == 251
    assert {codes.unit(code) for code in codes.units()} <= enumeration("InvoiceRow", "unit")
    assert set(codes.LANGUAGES.values()) == enumeration("Invoice", "language")
    assert set(codes.CHANNELS.values()) <= enumeration("Invoice", "invoiceChannel")
    assert codes.currencies() == enumeration("PaymentInfo", "currency")


@pytest.mark.parametrize(
    ("iso", "name"),
    [("FI", "FINLAND"), ("AX", "ALAND_ISLANDS"), ("GB", "UNITED_KINGDOM_OF_GREAT_BRITAIN_AND_NORTHERN_IRELAND"),
     ("XI", "NORTHERN_IRELAND_TEMPORARY"), ("XK", "KOSOVO_TEMPORARY"), ("CG", "CONGO"), ("MK",
     "THE_FORMER_YUGOSLAV_REPUBLIC_OF_MACEDONIA"), ("SZ", "SWAZILAND"), ("KR", "REPUBLIC_OF_KOREA"), ("NE", "NIGER")],
)  # fmt: skip
def test_countries_both_ways(iso: str, name: str) -> None:
    assert (codes.country(iso), codes.iso_country(name)) == (name, iso)


@pytest.mark.parametrize(
    ("code", "unit", "back"),
    [("HUR", "HOUR", "HUR"), ("C62", "PIECE", "C62"), ("H87", "PIECE", "C62"), ("DAY", "DAY", "DAY"),
     ("MON", "MONTH", "MON"), ("KMT", "KILOMETER", "KMT"), ("", "NO_UNIT", ""), ("ZZ", "NO_UNIT", "")],
)  # fmt: skip
def test_units_both_ways(code: str, unit: str, back: str) -> None:
    assert (codes.unit(code), codes.unit_code(unit)) == (unit, back)


def test_a_unit_not_known_here_has_no_code() -> None:
    assert codes.unit_code("SOMETHING_NEW") == codes.iso_country("NOWHERE") == ""


def test_what_preflight_lets_through_has_a_word_in_procountor() -> None:
    assert set(known_units.codes()) <= codes.units()
    assert set(known_countries.names()) <= codes.countries()
