"""Every fault can be said: a sentence in three languages, each place in it filled by what the fault carries."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from intake_samples import HEADERS, LINE, SOAP, codes, finvoice, read_one, table, workbook

from finance.explain import fill
from finance.faults import Explanation
from intake import reading as reading_module
from intake.reading import Owner, Reading, read
from intake.sentences import EXPLANATIONS
from intake.tables import containers

BY_CODE = {row.code: row for row in EXPLANATIONS}
STRANGER = Owner("Kolmas Oy", "1572860-0")
AMOUNT = '<{0} AmountCurrencyIdentifier="EUR">{1}</{0}>'
PRICE = AMOUNT.format("UnitPriceAmount", "3")
LIST = HEADERS.split(";")


def row(body: str) -> str:
    return f"<InvoiceRow><ArticleName>Rivi</ArticleName>{body}<RowVatRatePercent>14</RowVatRatePercent></InvoiceRow>"


def paid(details: str) -> bytes:
    epi = AMOUNT.format("EpiInstructedAmount", "1,00")
    return finvoice(
        details=details,
        epi=f"<EpiDetails><EpiPaymentInstructionDetails>{epi}</EpiPaymentInstructionDetails></EpiDetails>",
    )


def locked() -> bytes:
    content = bytearray(workbook([["x"]]))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


TERMS = "<PaymentTermsDetails>{}</PaymentTermsDetails>"
ENTITY = finvoice().replace(b"<Finvoice ", b'<!DOCTYPE F [<!ENTITY x "y">]><Finvoice ')
SUB_ROW = "<SubInvoiceRow><SubArticleName>Osa</SubArticleName></SubInvoiceRow>"
CREDITS = "<OriginalInvoiceReference><InvoiceNumber>{}</InvoiceNumber></OriginalInvoiceReference>"
TWO_RATES = row(PRICE) + row(PRICE).replace("14", "10")
WIDER = HEADERS + ";Rivityyppi;Valuutta;Viitenumero;Maa;Verokoodi;Verollinen hinta;Laskun nro"

COSTS = "Kululaskun numero;Tekijä;Maksupäivä;Selite;Summa;Maksutapa"
COST = "K1;Anna;12.5.2026;Taksi;12,00;Oma;"

# a file that provokes each code, read as the seller's unless another owner is given
PROVOKED: dict[str, bytes | tuple[bytes, Owner]] = {
    "intake.attachment": b"%PDF-1.7",
    "intake.empty": b"",
    "intake.too_large": b"x" * (20 * 1024 * 1024 + 1),
    "intake.too_many_rows": b"a\n" * 100_001,
    "intake.too_many_documents": b"<Finvoice/>" * 10_001,
    "intake.archive": b"\x1f\x8b\x08",
    "intake.html": b"<html>",
    "intake.old_office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "intake.word": b"{\\rtf1",
    "intake.unknown": b"\x00\x01",
    "intake.encoding": finvoice().decode().encode("latin-1"),
    "intake.encoding_unknown": b"\x81" + table(LINE),
    "intake.no_invoice": SOAP.format(to="x", body="").encode(),
    "intake.xlsx_broken": workbook([["x"]]).replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheetX.xml"),
    "intake.xlsx_locked": locked(),
    "intake.xlsx_size": workbook([[f"x{n}" for n in range(200)] * 80] * 130),
    "intake.neither_party": (finvoice(), STRANGER),
    "intake.party_id": finvoice(seller="2077474-9"),
    "intake.no_headers": b"hei;vaan",
    "intake.columns_missing": table("1;2", headers="Laskun numero;Tuote"),
    "intake.columns_unknown": table(LINE + ";x", headers=HEADERS + ";Outo"),
    "intake.row_quotes": table(LINE, LINE.replace("Työ", '"Työ')),
    "intake.row_broken": table(LINE, LINE.replace("Työ", '"Työ')),
    "intake.row_width": table(LINE + ";x"),
    "intake.row_without_number": table(LINE, ";;;;;Työ;;1;h;1;14"),
    "intake.cell.number": table(LINE.replace("50,00", "x")),
    "intake.cell.ambiguous_number": table(LINE.replace("50,00", "1.234").replace("25,5", "14")),
    "intake.cell.number_size": table(LINE.replace("50,00", "9999999999999")),
    "intake.cell.fraction": table(LINE.replace("25,5", "0,255")),
    "intake.cell.date": table(LINE.replace("30.9.2026", "x")),
    "intake.cell.ambiguous_date": table(LINE.replace("30.9.2026", "5/6/2026")),
    "intake.cell.empty": table(LINE.replace("30.9.2026", "")),
    "intake.cell.two_values": table(LINE + ";;;;;;;1043", headers=WIDER),
    "intake.cell.contradiction": table(LINE, LINE.replace("Rantatie", "Muu")),
    "intake.cell.precision": table(LINE + ";;;1,2E+15;;;;", headers=WIDER),
    "intake.cell.currency": table(LINE + ";;kruunu;;;;;", headers=WIDER),
    "intake.cell.unknown_word": table(LINE + ";;;;Atlantis;;;", headers=WIDER),
    "intake.cell.row_type": table(LINE + ";outo;;;;;;", headers=WIDER),
    "intake.cell.heading_amount": table(LINE + ";otsikko;;;;;;", headers=WIDER),
    "intake.cell.no_price": table(LINE.replace("50,00", "")),
    "intake.cell.mixed_prices": table(LINE, LINE.replace("50,00", "") + ";;;;;;5,00;", headers=WIDER),
    "intake.cell.vat_code": table(LINE + ";;;;;XX;;", headers=WIDER),
    "intake.xml_broken": finvoice()[:-20],
    "intake.xml_entity": ENTITY,
    "intake.xml_deep": finvoice(root="<a>" * 90 + "</a>" * 90),
    "intake.xml_other": b"<Invoice/>",
    "intake.element.number": finvoice(rows=row(AMOUNT.format("UnitPriceAmount", "x"))),
    "intake.element.number_size": finvoice(rows=row(AMOUNT.format("UnitPriceAmount", "9999999999999"))),
    "intake.element.date": finvoice(day="20260231"),
    "intake.element.fraction": finvoice(rows=row(PRICE).replace("14", "0,14")),
    "intake.element.country": finvoice(
        root="<DeliveryPartyDetails><DeliveryPostalAddressDetails><CountryName>Atlantis</CountryName>"
        "</DeliveryPostalAddressDetails></DeliveryPartyDetails>"
    ),
    "intake.element.vat_code": finvoice(rows=row(PRICE + "<RowVatCode>XX</RowVatCode>")),
    "intake.element.currency": finvoice(rows=row(PRICE.replace("EUR", "SEK"))),
    "intake.element.charge": finvoice(rows=row(PRICE + "<RowChargeDetails><Amount>1</Amount></RowChargeDetails>")),
    "intake.element.no_price": finvoice(rows=row("<InvoicedQuantity>2</InvoicedQuantity>")),
    "intake.element.base_quantity": finvoice(rows=row(PRICE + "<UnitPriceBaseQuantity>7</UnitPriceBaseQuantity>")),
    "intake.element.discount": finvoice(rows=row(PRICE + AMOUNT.format("RowDiscountAmount", "1"))),
    "intake.missing": finvoice(number=""),
    "intake.no_rows": finvoice(rows=""),
    "intake.not_invoice": finvoice(kind="ORD01"),
    "intake.cancelled": finvoice(details="<OriginCode>Cancel</OriginCode>"),
    "intake.version": finvoice(version="9.9"),
    "intake.mixed_prices": finvoice(rows=row(PRICE) + row(AMOUNT.format("UnitPriceVatIncludedAmount", "1"))),
    "intake.sub_rows": finvoice(rows=row(PRICE + SUB_ROW)),
    "intake.cash_discount": finvoice(details=TERMS.format("<CashDiscountPercent>2</CashDiscountPercent>")),
    "intake.discount_rate": finvoice(
        rows=TWO_RATES, details=f"<DiscountDetails>{AMOUNT.format('Amount', '1')}</DiscountDetails>"
    ),
    "intake.many_due_dates": finvoice(
        details=TERMS.format("<InvoiceDueDate>20261001</InvoiceDueDate>")
        + TERMS.format("<InvoiceDueDate>20261101</InvoiceDueDate>")
    ),
    "intake.many_credited": finvoice(kind="INV02", details=CREDITS.format(1) + CREDITS.format(2)),
    "intake.credits_nothing": finvoice(kind="INV02"),
    "intake.credit_sign": finvoice(kind="INV02"),
    "intake.payable": paid(""),
    "intake.rounding": paid(AMOUNT.format("InvoiceTotalRoundoffAmount", "0,03")),
    "intake.paid_already": paid(AMOUNT.format("InvoicePaidAmount", "5,00")),
    "intake.repeated": finvoice() + finvoice(),
    "intake.two_versions": finvoice() + finvoice(day="20260101"),
}
PEOPLE = "Henkilönumero;Nimi;Sähköposti;Esihenkilö;Tunnus taloushallinnossa;Tila"
CUSTOMERS = "Asiakasnumero;Asiakas;Y-tunnus;Välittäjä;Maa"
ONE = "1;Anna;a@x.fi;;1001;aktiivinen"
HETU = "131052-900W"
PROVOKED |= {
    "intake.list.unclear": b"Numero;Nimi\n1;A",
    "intake.list.columns_missing": "Henkilönumero;Esihenkilö\n1;2".encode(),
    "intake.list.columns_unknown": table(ONE + ";x", headers=PEOPLE + ";Titteli"),
    "intake.list.identity_column": table(ONE + ";" + HETU, headers=PEOPLE + ";Hetu"),
    "intake.list.identity_code": table(ONE.replace("1001", HETU), headers=PEOPLE),
    "intake.list.private": f"Henkilönumero;Esihenkilö;Hetu\n1;2;{HETU}".encode(),
    "intake.list.nothing": table(headers=PEOPLE),
    "intake.list.row_broken": table(ONE, ONE.replace("Anna", '"Anna'), headers=PEOPLE),
    "intake.list.row_width": table(ONE + ";x", headers=PEOPLE),
    "intake.list.empty": table(ONE.replace("Anna", ""), headers=PEOPLE),
    "intake.list.long": table(ONE.replace("Anna", "A" * 201), headers=PEOPLE),
    "intake.list.email": table(ONE.replace("@", ""), headers=PEOPLE),
    "intake.list.word": table(ONE.replace("aktiivinen", "ehkä"), headers=PEOPLE),
    "intake.list.unknown_word": table("1;A;;;Atlantis", headers=CUSTOMERS),
    "intake.list.business_id": table("1;A;2077474-9;;FI", headers=CUSTOMERS),
    "intake.list.operator": table("1;A;;Outo;", headers=CUSTOMERS),
    "intake.list.two_values": table(ONE + ";b@x.fi", headers=PEOPLE + ";Email"),
    "intake.list.precision": table(ONE.replace("1001", "1,2E+15"), headers=PEOPLE),
    "intake.list.repeated": table(ONE, ONE, headers=PEOPLE),
    "intake.list.two_versions": table(ONE, ONE.replace("Anna", "Mika"), headers=PEOPLE),
    "intake.list.same_id": table(ONE, "2" + ONE[1:], headers=PEOPLE),
    "intake.claim.held": table(COST.replace("12,00", "kaksi"), headers=COSTS),
    "intake.claim.none": table("", headers=COSTS),
    "intake.claim.row": table(COST, COST.replace("K1", ""), headers=COSTS),
    "intake.claim.empty": table(COST.replace("12,00", ""), headers=COSTS),
    "intake.claim.unit": table(f"{COST}outo", headers=f"{COSTS};Yksikkö"),
    "intake.claim.rate": table(f"{COST}SEK", headers=f"{COSTS};Valuutta"),
    "intake.claim.contradiction": table(f"{COST}a", f"{COST}b", headers=f"{COSTS};Lisätiedot"),
    "intake.claim.kind": table(f"{COST}outo", headers=f"{COSTS};Laskun laji"),
    "intake.claim.country": table(f"{COST}a;Atlantis", headers=f"{COSTS};Reitti;Matkan maa"),
    "intake.claim.time": table(f"{COST}a;huomenna", headers=f"{COSTS};Reitti;Matka alkoi"),
    "intake.claim.columns_missing": table("K1;1;Oma;1,00", headers="Kululaskun numero;Tekijä;Maksutapa;Summa"),
}
ELSEWHERE = {"intake.unforeseen", "intake.columns_mapping", "intake.formula_errors", "intake.list.product"}


def said(reading: Reading) -> None:
    """Every fault of a reading has its sentences, and nothing in them stays open."""
    for fault in reading.faults:
        row = BY_CODE[fault.code]
        for words in (row.says, row.do):
            for language in ("fi", "sv", "en"):
                sentence = fill(words, fault, language)
                assert sentence.endswith("."), sentence
                assert "{" not in sentence
                places = {name for _, name, _, _ in Formatter().parse(words.by(language)) if name}
                assert places <= {"found", "expected", *fault.facts}, (fault.code, places, fault.facts)
                assert not ({"found"} & places and not fault.found), (fault.code, sentence)
                assert not ({"expected"} & places and not fault.expected), (fault.code, sentence)


@pytest.mark.parametrize("code", sorted(PROVOKED))
def test_each_fault_can_be_provoked_and_said(code: str) -> None:
    given = PROVOKED[code]
    content, owner = given if isinstance(given, tuple) else (given, None)
    reading = read_one(content, owner) if owner else read_one(content)
    assert code in codes(reading)
    assert all(fault.file == "aineisto" for fault in reading.faults)
    said(reading)


def test_the_table_has_a_row_for_each_code_and_no_other() -> None:
    assert len(BY_CODE) == len(EXPLANATIONS)
    assert set(BY_CODE) == set(PROVOKED) | ELSEWHERE


def test_the_faults_told_elsewhere_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said(read_one(table(LINE), columns={"Kuvaus": "olematon"}))
    monkeypatch.setattr(containers, "_IN_ERROR", re.compile(rb"(?<=r=\")([A-Z]+[0-9]+)(?=\")"))
    formulas = read_one(workbook([LIST, [""]]))
    assert "intake.formula_errors" in codes(formulas)
    said(formulas)

    def fails(*_: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(reading_module, "_read", fails)
    unforeseen = read("x", b"x", STRANGER)
    assert codes(unforeseen) == ["intake.unforeseen"]
    said(unforeseen)


@pytest.mark.parametrize("row", EXPLANATIONS, ids=lambda row: row.code)
def test_the_three_languages_tell_the_same(row: Explanation) -> None:
    for words in (row.says, row.do):
        fields = [{n for _, n, _, _ in Formatter().parse(words.by(lang)) if n} for lang in ("fi", "sv", "en")]
        if row.code != "intake.cell.row_type":
            assert fields[0] == fields[1] == fields[2]
        assert len({words.fi, words.sv, words.en}) == 3
