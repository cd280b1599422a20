"""Tables of people's rights: recognised by their headers, and nothing in them guessed."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from finance.authority import Right
from intake.rights_table import Entry, RightsFile, Slip, read_rights

HEAD = "Sähköposti;Lähettää;Hyväksyy;Hyväksymisraja"


def csv(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines).encode(encoding, "replace")


@pytest.mark.parametrize(
    "head",
    [
        "email;finance;approve;limit",
        "E-mail,Sends,Approves,Limit EUR",
        "Sähköposti;Taloushallinto;Hyväksyy;Hyväksymisraja",
        "Nimi;Sähköposti;Näkee omat;Esihyväksyy",
        "e-post;ekonomi;sakgranskar;godkänner",
        "Slack ID;admin",
        "email;x;y;z;see all;see own;receive",
    ],
)
def test_a_table_of_rights_is_known_by_its_headers(head: str) -> None:
    assert read_rights("oikeudet.csv", csv(head)) == RightsFile()


@pytest.mark.parametrize(
    "content",
    [
        csv("Laskunumero;Laskupäivä;Asiakas;Sähköposti;Tuote;Yksikköhinta"),
        csv("name;email;number;admin;team"),
        csv("email;name"),
        csv("admin;finance"),
        b"%PDF-1.4",
        b"<Finvoice/>",
        b"",
        b"PK\x03\x04 broken",
    ],
)
def test_what_is_none_is_left_to_others(content: bytes) -> None:
    assert read_rights("tiedosto.csv", content) is None


def test_rows_are_read_with_limits_as_they_were_typed() -> None:
    found = read_rights(
        "r.csv",
        csv(
            "Sähköposti;Lähettää;Hyväksyy;Hyväksymisraja;Raja SEK",
            "anna@oy.example;x;;",
            '"mika@oy.example";ei;KYLLÄ;"EUR 5000, USD -";10000',
        ),
    )
    assert found == RightsFile(
        (
            Entry(2, "anna@oy.example", {Right.FINANCE: True, Right.APPROVE: False}, {}),
            Entry(
                3,
                "mika@oy.example",
                {Right.FINANCE: False, Right.APPROVE: True},
                {Right.APPROVE: "EUR 5000, USD -\nSEK 10000"},
            ),
        )
    )


def test_what_cannot_be_read_is_named_and_left_out() -> None:
    found = read_rights(
        "r.csv",
        csv(HEAD, "anna@oy.example;maybe;x;", ";x;x;", "emma@oy.example;x;;", "EMMA@oy.example;;;", "ok@oy.fi;x;;"),
    )
    assert found is not None
    assert [entry.person for entry in found.entries] == ["ok@oy.fi"]
    assert found.slips == (
        Slip(2, "Lähettää", "maybe"),
        Slip(3, "Sähköposti", ""),
        Slip(4, "Sähköposti", "emma@oy.example"),
        Slip(5, "Sähköposti", "EMMA@oy.example"),
    )


def test_a_workbook_is_read_alike() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([["email", "approve", "limit EUR"], ["a@oy.fi", 1, 5000.5], ["b@oy.fi", 0, ""]]):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    found = read_rights("r.xlsx", made.getvalue())
    assert found is not None
    assert [(e.person, e.given[Right.APPROVE], dict(e.limits)) for e in found.entries] == [
        ("a@oy.fi", True, {Right.APPROVE: "EUR 5000.5"}),
        ("b@oy.fi", False, {}),
    ]


@given(st.binary(max_size=400))
def test_no_bytes_raise(content: bytes) -> None:
    read_rights("x.csv", content)


@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=6))
def test_no_rows_raise(rows: list[list[str]]) -> None:
    read_rights("x.csv", csv(HEAD, *(";".join(row) for row in rows), encoding="utf-8").replace(b"\x00", b""))
