"""The PSA's lists: recognised by their headers in three languages and both formats, bad rows told and left out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_samples import HEADERS, LINE, codes, read_one, table, workbook

from finance.customers import Client
from finance.invoice import Address, EInvoiceAddress
from finance.lists import COMPANY, OWN, Entry, ListKind, PaymentType, WorkType, paid_by
from finance.people import Person, masked
from finance.projects import Project
from intake.reading import Reading
from intake.tables.fields import TABLES, columns, field_of, header_key, telling
from intake.tables.list_words import identity_code

HETU = "131052-900W"

# kind, headers in each language, one row, what it is
LISTS: dict[ListKind, tuple[tuple[str, str, str], str, Entry]] = {
    ListKind.PEOPLE: (
        (
            "Henkilönumero;Nimi;Sähköposti;Esihenkilö;Tunnus taloushallinnossa;Tila",
            "Anställningsnummer;Namn;E-post;Chef;Id i ekonomiprogrammet;Status",
            "Employee number;Name;Email;Supervisor;ID in the financial software;Status",
        ),
        "12;Anna Virtanen;anna@x.fi;7;1001;{yes}",
        Person("Anna Virtanen", "12", "anna@x.fi", "7", "1001"),
    ),
    ListKind.PROJECTS: (
        (
            "Projektinumero;Projekti;Projektipäällikkö;Projektin asiakas;Projektin tila",
            "Projektnummer;Projekt;Projektledare;Projektets kund;Projektstatus",
            "Project number;Project;Project manager;Project customer;Project status",
        ),
        "P-1;Kaista;Anna Virtanen;Satama;{closed}",
        Project("P-1", "Kaista", "Anna Virtanen", "Satama", open=False),
    ),
    ListKind.CUSTOMERS: (
        (
            "Asiakasnumero;Asiakas;Y-tunnus;Sähköposti;Verkkolaskuosoite;Välittäjä;Katuosoite;Postinumero;Kaupunki;Maa",
            "Kundnummer;Kund;FO-nummer;E-post;Nätfakturaadress;Förmedlare;Gatuadress;Postnummer;Ort;Land",
            "Customer number;Customer;Business id;Email;E-invoice address;Operator;Street;Postal code;City;Country",
        ),
        "77;Satama Oy;0201256-6;l@s.fi;003702012566;Maventa;Laituri 1;00150;Helsinki;FI",
        Client(
            "Satama Oy",
            "77",
            "0201256-6",
            email="l@s.fi",
            address=Address("Satama Oy", "", "Laituri 1", "00150", "Helsinki", "FI"),
            e_invoice=EInvoiceAddress("003721291126", "003702012566"),
        ),
    ),
    ListKind.WORK_TYPES: (
        ("Työlaji;Tuotekoodi", "Arbetsart;Produktkod", "Work type;Product code"),
        "Testaus;TEST",
        WorkType("Testaus", "TEST"),
    ),
    ListKind.PAYMENT_TYPES: (
        ("Maksutapa;Kenen raha", "Betalningssätt;Vems pengar", "Payment type;Whose money"),
        "Firmakortti;{company}",
        PaymentType("Firmakortti", COMPANY),
    ),
}
WORDS = (
    {"yes": "Aktiivinen", "closed": "Päättynyt", "company": "yrityksen raha"},
    {"yes": "aktiv", "closed": "Avslutat", "company": "Företagets pengar"},
    {"yes": "Active", "closed": "closed", "company": "company"},
)
CASES = [(kind, place) for kind in ListKind for place in range(3)]


def listed(reading: Reading) -> tuple[Entry, ...]:
    return tuple(entry for one in reading.lists for entry in one.entries)


def csv(kind: ListKind, place: int = 0, *more: str) -> bytes:
    headers, row, _ = LISTS[kind]
    return "\n".join((headers[place], row.format(**WORDS[place]), *more)).encode()


def sheet(kind: ListKind, place: int) -> bytes:
    return workbook([line.split(";") for line in csv(kind, place).decode().split("\n")])


@pytest.mark.parametrize(("kind", "place"), CASES)
@pytest.mark.parametrize("form", ["csv", "windows", "comma", "xlsx"])
def test_a_list_is_known_by_its_headers(kind: ListKind, place: int, form: str) -> None:
    content = csv(kind, place)
    if form == "windows":
        content = content.decode().encode("windows-1252")
    elif form == "comma":
        content = content.replace(b";", b",")
    elif form == "xlsx":
        content = sheet(kind, place)
    reading = read_one(content)
    assert [(one.kind, one.rows) for one in reading.lists] == [(kind, 1)]
    assert listed(reading) == (LISTS[kind][2],)
    assert reading.faults == ()
    assert reading.documents == ()


def people(*rows: str, headers: str = LISTS[ListKind.PEOPLE][0][0]) -> Reading:
    return read_one("\n".join((headers, *rows)).encode())


GOOD = "1;Good One;good@x.fi;;2001;aktiivinen"
BAD_ROWS: dict[str, tuple[str, str, str]] = {  # row, code of its fault, what the fault quotes
    "no name": ("2;;a@x.fi;;;", "intake.list.empty", ""),
    "neither number nor address": (";Nimi;;;;", "intake.list.empty", ""),
    "no address": ("2;Nimi;a(at)x.fi;;;", "intake.list.email", "a(at)x.fi"),
    "two addresses": ("2;Nimi;a@x.fi, b@x.fi;;;", "intake.list.email", "a@x.fi, b@x.fi"),
    "odd state": ("2;Nimi;a@x.fi;;;ehkä", "intake.list.word", "ehkä"),
    "an identity code as a number": (f"{HETU};Nimi;a@x.fi;;;", "intake.list.identity_code", ""),
    "an identity code as an id": (f"2;Nimi;a@x.fi;;{HETU};", "intake.list.identity_code", ""),
    "an identity code in a name": (f"2;Nimi {HETU};a@x.fi;;;", "intake.list.identity_code", ""),
    "too wide": ("2;Nimi;a@x.fi;;;;x", "intake.list.row_width", ""),
    "open quotes": ('2;"Nimi;a@x.fi;;;', "intake.list.row_broken", ""),
    "endless": (f"2;{'x' * 201};a@x.fi;;;", "intake.list.long", "x" * 59 + "…"),
    "a rounded number": ("1,2E+15;Nimi;a@x.fi;;;", "intake.list.precision", "••15"),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_a_bad_row_is_told_and_takes_nobody_along(case: str) -> None:
    row, code, found = BAD_ROWS[case]
    reading = people(GOOD, row, "3;Last One;last@x.fi;;;")
    assert [entry.key for entry in listed(reading)] == ["1", "3"]
    (fault,) = reading.faults
    assert (fault.code, fault.found, fault.place, fault.warning) == (code, found, "row 3", False)
    assert fault.facts["row"] == 3
    assert HETU not in str(reading)


@pytest.mark.parametrize(
    ("kind", "row", "code", "column"),
    [
        (ListKind.PROJECTS, ";Kaista;;;", "intake.list.empty", "Projektinumero"),
        (ListKind.PROJECTS, "P-2;Kaista;;;kai", "intake.list.word", "Projektin tila"),
        (ListKind.CUSTOMERS, "78;;0201256-6;;;;;;;", "intake.list.empty", "Asiakas"),
        (ListKind.CUSTOMERS, ";Satama;;;;;;;;", "intake.list.empty", "Asiakasnumero"),
        (ListKind.CUSTOMERS, "78;Satama;0201256-7;;;;;;;FI", "intake.list.business_id", "Y-tunnus"),
        (ListKind.CUSTOMERS, f"78;Satama;{HETU};;;;;;;", "intake.list.identity_code", "Y-tunnus"),
        (ListKind.WORK_TYPES, "Testaus 2;", "intake.list.empty", "Tuotekoodi"),
        (ListKind.PAYMENT_TYPES, "Kortti;kissa", "intake.list.word", "Kenen raha"),
    ],
)
def test_bad_rows_of_the_other_lists(kind: ListKind, row: str, code: str, column: str) -> None:
    reading = read_one(csv(kind, 0, row))
    assert listed(reading) == (LISTS[kind][2],)
    assert [(f.code, f.facts["column"], f.facts["row"]) for f in reading.faults] == [(code, column, 3)]


def test_what_is_odd_but_usable_is_kept_and_told() -> None:
    reading = read_one(csv(ListKind.CUSTOMERS, 0, "78;Satama;0201256-6;;003702012566;Outo Oy;;;;Atlantis"))
    entry = listed(reading)[1]
    assert isinstance(entry, Client)
    assert (entry.e_invoice.operator, entry.address.country) == ("Outo Oy", "")
    assert sorted(codes(reading)) == ["intake.list.operator", "intake.list.unknown_word"]
    assert all(fault.warning for fault in reading.faults)


def test_rows_that_contradict_each_other_are_all_held() -> None:
    reading = people(GOOD, "2;A;a@x.fi;;;", "2;B;b@x.fi;;;", "3;C;c@x.fi;;9001;", "4;D;d@x.fi;;9001;")
    assert [entry.key for entry in listed(reading)] == ["1"]
    told = {fault.code: (fault.facts["rows"], fault.facts["column"]) for fault in reading.faults}
    assert told == {
        "intake.list.two_versions": ("3, 4", "Henkilönumero"),
        "intake.list.same_id": ("5, 6", "Tunnus taloushallinnossa"),
    }
    assert "9001" not in str(reading.faults)


def test_the_same_row_twice_is_read_once() -> None:
    reading = people(GOOD, GOOD)
    assert len(listed(reading)) == 1
    assert [(f.code, f.warning) for f in reading.faults] == [("intake.list.repeated", True)]


def test_a_column_of_identity_codes_is_left_alone() -> None:
    reading = people("1;A;a@x.fi;" + HETU, headers="Henkilönumero;Nimi;Sähköposti;Henkilötunnus")
    assert [entry.key for entry in listed(reading)] == ["1"]
    assert codes(reading) == ["intake.list.identity_column"]
    assert reading.private
    assert HETU not in str(reading)


def test_names_in_two_columns_and_leaving_told_in_its_own() -> None:
    reading = people("1;Anna;Virtanen;kyllä", headers="Henkilönumero;Etunimi;Sukunimi;Poistunut")
    assert listed(reading) == (Person("Anna Virtanen", "1", active=False),)


@pytest.mark.parametrize(
    ("headers", "row", "code"),
    [
        ("Numero;Nimi;Sähköposti", "1;A;a@x.fi", "intake.list.unclear"),
        ("Henkilönumero;Esihenkilö", "1;2", "intake.list.columns_missing"),
        ("Työlaji;Outo", "Testaus;x", "intake.no_headers"),
        (LISTS[ListKind.PROJECTS][0][0], "", "intake.list.nothing"),
        ("Laskunumero;Asiakas;Asiakasnumero;Y-tunnus;Tuote;A-hinta", "1;A;2;;x;1", "intake.columns_missing"),
        ("Asiakas;Asiakasnumero;Määrä;A-hinta", "A;2;1;1", "intake.columns_missing"),
    ],
)
def test_what_is_no_list_or_half_of_one(headers: str, row: str, code: str) -> None:
    reading = read_one(f"{headers}\n{row}\n".encode())
    assert listed(reading) == ()
    assert code in codes(reading)


def test_a_missing_column_can_be_pointed_out() -> None:
    strange = b"Henkil\xc3\xb6numero;Oma sarake;Esihenkil\xc3\xb6\n1;Anna;2\n"
    (fault,) = [f for f in read_one(strange).faults if f.code == "intake.list.columns_missing"]
    assert str(fault.facts["fields"]).split(",") == ["person.name"]
    assert str(fault.facts["headers"]).split("\n")[0] == "Oma sarake"
    reading = read_one(strange, columns={"Oma sarake": "person.name"})
    assert [entry.key for entry in listed(reading)] == ["1"]
    assert reading.columns["Oma sarake"] == "person.name"


def test_one_header_may_mean_another_thing_in_each_kind_of_file() -> None:
    own = {"Nimi": "name person.name", "Muu": "person.email"}
    assert field_of("Nimi", own) == "name"
    assert field_of("Nimi", own, ListKind.PEOPLE) == "name"
    assert field_of("Muu", own, ListKind.PEOPLE) == "email"
    assert field_of("Muu", own) is None
    assert codes(read_one(table(LINE, headers=HEADERS), columns=own)) == []


def test_a_file_of_several_sheets_is_read_whole() -> None:
    sheets = {
        "Henkilöt": [line.split(";") for line in csv(ListKind.PEOPLE).decode().split("\n")],
        "Projektit": [line.split(";") for line in csv(ListKind.PROJECTS).decode().split("\n")],
    }
    invoices: list[list[Any]] = [HEADERS.split(";"), LINE.split(";")]
    reading = read_one(workbook(invoices, sheets=sheets))
    assert [one.kind for one in reading.lists] == [ListKind.PEOPLE, ListKind.PROJECTS]
    assert [d.number for d in reading.documents] == ["1042"]
    assert reading.faults == ()


def test_invoices_are_never_taken_for_a_list() -> None:
    reading = read_one(table(LINE))
    assert reading.lists == ()
    assert len(reading.documents) == 1


def test_no_header_leads_to_two_fields_of_one_list() -> None:
    for kind in ListKind:
        keys = {(header_key(word), c.field) for c in columns(kind).values() for word in (*c.headers, *c.shared)}
        words = [key for key, _ in keys]
        assert sorted({word for word in words if words.count(word) > 1}) == []


def test_each_list_has_words_that_tell_it_and_those_that_do_not() -> None:
    assert [kind for kind in TABLES if telling("Numero", kind)] == []
    assert [kind for kind in ListKind if telling("Projektipäällikkö", kind)] == [ListKind.PROJECTS]
    assert [kind for kind in ListKind if telling("Esihenkilö", kind)] == [ListKind.PEOPLE]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HETU, True),
        ("131052A900W", True),
        ("131052+900W", True),
        (f"tunnus {HETU.lower()}!", True),
        ("131052900W", True),
        ("131052-3082", True),
        ("556677-8899", False),  # a Swedish company
        ("2077474-0", False),
        ("0401234567", False),
        ("131052308", False),
        ("P-131052", False),
        ("1310521234567", False),
    ],
)
def test_identity_codes(text: str, found: bool) -> None:
    assert identity_code(text) is found


@pytest.mark.parametrize(
    ("number", "shown"), [("", ""), ("7", "••"), ("123", "••"), ("1001", "••01"), ("A-12345", "••45")]
)
def test_only_the_end_of_a_number_is_shown(number: str, shown: str) -> None:
    assert masked(number) == shown


@pytest.mark.parametrize(
    ("word", "whose"),
    [("Oma raha", OWN), ("own", OWN), ("Egna pengar", OWN), ("YRITYS", COMPANY), ("company money", COMPANY), ("x", "")],
)
def test_whose_money(word: str, whose: str) -> None:
    assert paid_by(word) == whose


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=8), max_size=8))
def test_nothing_in_a_file_stops_the_reader(rows: list[list[str]]) -> None:
    body = "\n".join(";".join(row) for row in rows)
    reading = read_one(f"{LISTS[ListKind.PEOPLE][0][0]}\n{body}".encode())
    assert "intake.unforeseen" not in codes(reading)
    keys = [entry.key for entry in listed(reading)]
    assert len(keys) == len(set(keys))
