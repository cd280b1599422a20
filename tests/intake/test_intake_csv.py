"""CSV into invoices: encodings, delimiters, headers in three languages, and rows that go wrong alone."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from intake_samples import HEADERS, LINE, SELLER, codes, read_one, table

from finance.invoice import Address, Attachment, Channel, EInvoiceAddress, Kind, LineKind
from intake.reading import Owner, Reading
from intake.tables.fields import columns, field_of, header_key

D = Decimal


def told(reading: Reading) -> list[tuple[str, str, str]]:
    return [(f.code, f.place, f.found) for f in reading.faults]


def test_rows_of_one_number_are_one_invoice() -> None:
    reading = read_one(
        table(LINE, LINE.replace("Työ", "Matka").replace(";h;", ";km;"), LINE.replace("1042", "1043", 1))
    )
    first, second = reading.documents
    assert (first.number, second.number, reading.faults) == ("1042", "1043", ())
    assert (first.issued, first.payment.due, first.kind) == (date(2026, 9, 30), date(2026, 10, 14), Kind.SALES_INVOICE)
    assert (first.buyer.name, first.buyer.business_id) == ("Rantatie Kauppa Oy", "0201256-6")
    assert (first.seller.name, first.seller.business_id) == (SELLER.name, SELLER.business_id)
    work, travel = first.lines
    assert (work.name, work.quantity, work.unit_price, work.vat_percent) == ("Työ", D(2), D(50), D("25.5"))
    assert (work.unit, work.unit_code, travel.unit_code) == ("h", "HUR", "KMT")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_and_line_end_is_read(encoding: str, end: str) -> None:
    content = table(LINE).decode().replace("\n", end).encode(encoding)
    assert read_one(content).documents[0].lines[0].name == "Työ"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_usual_delimiter_is_read(delimiter: str) -> None:
    cells = [f'"{c}"' if "," in c else c for c in LINE.split(";")]
    content = (HEADERS.replace(";", delimiter) + "\n" + delimiter.join(cells)).encode()
    assert read_one(content).documents[0].lines[0].vat_percent == D("25.5")


def test_a_line_that_names_the_delimiter_is_obeyed() -> None:
    reading = read_one(b"sep=;\n" + table(LINE, "x" + LINE))
    assert len(reading.documents) == 2
    assert reading.documents[0].number == "1042"


def test_headers_may_stand_below_a_title() -> None:
    assert len(read_one(b"Laskuraportti;;\n\nAjettu 1.10.2026;\n" + table(LINE)).documents) == 1


@pytest.mark.parametrize(
    "headers",
    [
        "Laskun numero;Laskupäivä;Eräpäivä;Asiakas;Y-tunnus;Tuote;Kuvaus;Määrä;Yksikkö;A-hinta;ALV %",
        "LASKUNRO;Laskun pvm;eräpvm;Asiakkaan nimi;Y tunnus;Nimike;Kuvaus 1;Kpl;Yks.;Yksikköhinta (€);Alv-%",
        "Fakturanr;Fakturadatum;Förfallodag;Kund;FO-nummer;Produkt;Beskrivning;Antal;Enhet;À-pris;Moms %",
        "Faktura nr.;Faktureringsdatum;Förfallodatum;Kundens namn;Fo nummer;Artikel;Beskrivning;Mängd;Enh;Pris;Moms-%",
        "Invoice number;Invoice date;Due date;Customer;Business ID;Product;Description;Quantity;Unit;Unit price;VAT %",
        "invoice_no;INVOICE DATE;due;Client name;Company ID;Item;Details;Qty;UoM;Price (EUR);VAT rate",
    ],
)
def test_headers_of_three_languages_are_understood(headers: str) -> None:
    reading = read_one(table(LINE, headers=headers))
    assert reading.faults == ()
    assert reading.documents == read_one(table(LINE)).documents
    assert len(reading.columns) == 11
    assert next(iter(reading.columns.values())) == "number"


def test_every_header_means_one_field() -> None:
    keys = {(header_key(h), c.field) for c in columns().values() for h in c.headers}
    meant = Counter(key for key, _ in keys)
    assert [key for key, times in meant.items() if times > 1] == []


def test_words_about_tax_in_brackets_are_not_dropped() -> None:
    assert field_of("A-hinta (€)", {}) == "unit_price"
    assert field_of("A-hinta (sis. alv 25,5 %)", {}) is None
    assert field_of("Hinta (verollinen)", {}) == "unit_price_gross"
    assert field_of("ALV €", {}) == "vat"
    assert field_of("ALV %", {}) == "vat_percent"


def test_an_amount_of_vat_beside_its_percentage_is_told_apart() -> None:
    content = table(LINE + ";25,50", headers=HEADERS + ";ALV")
    line = read_one(content).documents[0].lines[0]
    assert (line.vat_percent, line.stated_vat) == (D("25.5"), D("25.5"))


def test_the_companys_own_columns_come_first() -> None:
    content = table(LINE + ";A1;B2", headers=HEADERS + ";Oma sarake;Toinen")
    reading = read_one(content, columns={"oma SARAKE": "customer_number", "toinen": "", "tuote": "product_code"})
    assert codes(reading) == ["intake.cell.empty"]
    reading = read_one(content, columns={"oma SARAKE": "customer_number", "toinen": ""})
    assert (reading.documents[0].buyer.customer_number, reading.faults) == ("A1", ())
    assert reading.columns["Oma sarake"] == "customer_number"


def test_unknown_columns_are_one_warning() -> None:
    reading = read_one(table(LINE + ";x;y", headers=HEADERS + ";Jokin;Muu"))
    assert told(reading) == [("intake.columns_unknown", "row 1", "Jokin, Muu")]
    assert reading.faults[0].warning
    assert len(reading.documents) == 1


def test_a_setting_that_names_no_field_is_told() -> None:
    assert "intake.columns_mapping" in codes(read_one(table(LINE), columns={"Kuvaus": "kuvailu"}))


def test_missing_columns_are_one_fault_that_names_them() -> None:
    reading = read_one(table("1042;Työ", headers="Laskun numero;Tuote"))
    (fault,) = reading.faults
    assert (fault.code, fault.found) == ("intake.columns_missing", "Laskun numero, Tuote")
    for word in ("laskupäivä", "fakturadatum", "invoice date", "yksikköhinta", "asiakas"):
        assert word in str(fault.facts["columns"])


def test_a_bad_row_stops_its_invoice_and_no_other() -> None:
    bad = LINE.replace("1042", "7", 1).replace("50,00", "viisi")
    reading = read_one(table(LINE.replace("1042", "7", 1), bad, LINE))
    assert [i.number for i in reading.documents] == ["1042"]
    (fault,) = reading.faults
    assert (fault.code, fault.place, fault.found) == ("intake.cell.number", "row 3", "viisi")
    assert (fault.facts["row"], fault.facts["column"], fault.facts["number"]) == (3, "A-hinta", "7")


def test_every_bad_cell_is_told_at_once() -> None:
    bad = "1042;30.2.2026;x;Rantatie Kauppa Oy;;Työ;;kaksi;h;NaN;0,255"
    assert sorted(codes(read_one(table(bad)))) == sorted(
        [
            "intake.cell.date",
            "intake.cell.date",
            "intake.cell.number",
            "intake.cell.number",
            "intake.cell.fraction",
        ]
    )


@pytest.mark.parametrize("cell", ["NaN", "1e5", "1_000", "١٢", "0x1", "=1+1", "12 34", "Infinity"])
def test_numbers_are_strict(cell: str) -> None:
    assert codes(read_one(table(LINE.replace("50,00", cell)))) == ["intake.cell.number"]


def test_an_ambiguous_number_is_asked_back_unless_the_file_tells() -> None:
    alone = LINE.replace("50,00", "1.234").replace("25,5", "14")
    reading = read_one(table(alone))
    (fault,) = reading.faults
    assert (fault.code, fault.found) == ("intake.cell.ambiguous_number", "1.234")
    assert (fault.facts["one"], fault.facts["other"]) == ("1234", "1.234")
    comma = read_one(table(alone, LINE.replace("1042", "1", 1)))
    assert comma.documents[0].lines[0].unit_price == 1234
    point = read_one(table(alone, LINE.replace("1042", "1", 1).replace("50,00", "50.00").replace("25,5", "14")))
    assert point.documents[0].lines[0].unit_price == D("1.234")


def test_an_ambiguous_day_is_asked_back_unless_the_file_tells() -> None:
    slashed = LINE.replace("30.9.2026", "5/6/2026")
    assert codes(read_one(table(slashed))) == ["intake.cell.ambiguous_date"]
    reading = read_one(table(slashed, LINE.replace("1042", "1", 1).replace("30.9.2026", "30/9/2026")))
    assert reading.documents[0].issued == date(2026, 6, 5)


def test_percentages_with_their_sign_are_read() -> None:
    content = table(LINE.replace("25,5", "25,5 %") + ";10 %;0,5 %", headers=HEADERS + ";Alennus %;Viivästyskorko")
    invoice = read_one(content).documents[0]
    assert (invoice.lines[0].vat_percent, invoice.lines[0].discount_percent) == (D("25.5"), D(10))
    assert invoice.payment.penalty_percent == D("0.5")


def test_headings_and_words_between_rows() -> None:
    headers = HEADERS + ";Rivityyppi"
    heading = "1042;;;;;Vaihe 1;;;;;;otsikko"
    words = "1042;;;;;Lisää sanoja;;;;;;teksti"
    hashed = "1042;;;;;# Vaihe 2;;;;;;"
    silent = "1042;;;;;Vaihe 3;selite;;;;;"
    reading = read_one(table(heading, LINE + ";tuote", words, hashed, silent, headers=headers))
    assert reading.faults == ()
    lines = reading.documents[0].lines
    assert [(x.kind, x.name) for x in lines] == [
        (LineKind.HEADER, "Vaihe 1"),
        (LineKind.PRODUCT, "Työ"),
        (LineKind.HEADER, "Vaihe 2"),
        (LineKind.HEADER, "Vaihe 3"),
    ]
    assert lines[1].descriptions == ("Lisää sanoja",)
    assert lines[3].descriptions == ("selite",)


def test_a_heading_may_not_hide_an_amount() -> None:
    headers = HEADERS + ";Rivityyppi"
    assert codes(read_one(table(LINE + ";otsikko", headers=headers))) == ["intake.cell.heading_amount"]
    assert codes(read_one(table(LINE + ";jotain", headers=headers))) == ["intake.cell.row_type"]


def test_several_descriptions_in_order() -> None:
    headers = HEADERS.replace("Kuvaus", "Kuvaus 1") + ";Kuvaus 2;Kuvaus 3"
    line = LINE.replace("Työ;;", "Työ;yksi;") + ";;kolme"
    assert read_one(table(line, headers=headers)).documents[0].lines[0].descriptions == ("yksi", "kolme")


def test_head_values_come_from_the_first_row_that_has_them() -> None:
    bare = "1042;;;;;Matka;;1;kpl;5,00;25,5"
    reading = read_one(table(bare, LINE))
    assert (reading.documents[0].buyer.name, len(reading.documents[0].lines)) == ("Rantatie Kauppa Oy", 2)


def test_rows_that_contradict_each_other_are_told() -> None:
    reading = read_one(table(LINE, LINE.replace("Rantatie Kauppa", "Muu")))
    (fault,) = reading.faults
    assert (fault.code, fault.place, fault.found, fault.expected) == (
        "intake.cell.contradiction",
        "row 3",
        "Muu Oy",
        "Rantatie Kauppa Oy",
    )


def test_a_row_without_a_number_holds_the_invoice_before_it() -> None:
    orphan = ";;;;;Lisätyö;;1;h;5,00;25,5"
    reading = read_one(table(LINE, orphan, LINE.replace("1042", "1043", 1)))
    assert [i.number for i in reading.documents] == ["1043"]
    assert [(f.code, f.place, f.facts["number"]) for f in reading.faults] == [
        ("intake.row_without_number", "row 3", "1042")
    ]


def test_a_row_of_sums_is_no_row() -> None:
    for word in ("Yhteensä", "Summa", "Total", "Totalt"):
        reading = read_one(table(LINE, f"{word};;;;;;;2;;50,00;"))
        assert (len(reading.documents), reading.faults) == (1, ())


def test_line_breaks_and_delimiters_within_quotes() -> None:
    line = LINE.replace("Työ;;", '"Työ; iso";"rivi yksi\nrivi ""kaksi""";')
    reading = read_one(table(line, LINE.replace("1042", "x", 1).replace("50,00", "y")))
    first = reading.documents[0].lines[0]
    assert (first.name, first.descriptions) == ("Työ; iso", ('rivi yksi\nrivi "kaksi"',))
    assert reading.faults[0].place == "row 4"


def test_an_open_quote_is_one_broken_row() -> None:
    broken = LINE.replace("1042", "7", 1).replace("Työ", '"Työ')
    reading = read_one(table(LINE.replace("1042", "7", 1), broken, LINE))
    assert [i.number for i in reading.documents] == ["1042"]
    assert [(f.code, f.place) for f in reading.faults] == [
        ("intake.row_quotes", "row 3"),
        ("intake.row_broken", "row 3"),
    ]
    assert reading.faults[1].facts["number"] == "7"


def test_a_row_with_too_many_columns_is_not_read_askew() -> None:
    reading = read_one(table(LINE.replace("Työ", "Työ; lisää"), LINE.replace("1042", "1", 1)))
    assert [i.number for i in reading.documents] == ["1"]
    assert codes(reading) == ["intake.row_width"]


def test_a_broken_row_whose_number_cannot_be_trusted_holds_its_neighbours() -> None:
    headers = "Tuote;" + HEADERS.replace(";Tuote", "")
    lines = [f"Työ;{LINE.replace(';Työ', '').replace('1042', n, 1)}" for n in ("1", "2", "3", "4")]
    lines.insert(2, '"Työ; iso;2;30.9.2026;;Rantatie Kauppa Oy;;;1;h;5,00;25,5')
    reading = read_one(table(*lines, headers=headers))
    assert [i.number for i in reading.documents] == ["1", "4"]
    assert [f.facts.get("number") for f in reading.faults] == [None, "2, 3"]


def test_a_supplier_may_stand_on_the_first_row_only() -> None:
    reading = read_one(table(LINE, "1042;;;;;Matka;;1;kpl;5,00;25,5", headers=BILLS))
    assert [(i.source_id, len(i.lines)) for i in reading.documents] == [("0201256-6/1042", 2)]


def test_what_spreadsheets_add_to_keep_text_is_taken_off() -> None:
    headers = HEADERS + ";Puhelin;Postinumero;Maa"
    content = table(LINE + ';\'+358 9 1;"=""00100""";Ruotsi', headers=headers)
    buyer = read_one(content).documents[0].buyer
    assert (buyer.phone, buyer.address.post_code, buyer.address.country) == ("+358 9 1", "00100", "SE")


def test_a_code_that_a_spreadsheet_rounded_is_refused() -> None:
    content = table(LINE + ";1,04207E+15", headers=HEADERS + ";Viitenumero")
    assert codes(read_one(content)) == ["intake.cell.precision"]


def test_a_price_from_the_rows_total_must_come_out_even() -> None:
    headers = HEADERS.replace("A-hinta", "Veroton summa")
    line = read_one(table(LINE, headers=headers)).documents[0].lines[0]
    assert (line.unit_price, line.stated_net) == (D(25), D(50))
    assert codes(read_one(table(LINE.replace(";2;", ";3;"), headers=headers))) == ["intake.cell.no_price"]
    assert codes(read_one(table(LINE.replace("50,00", "")))) == ["intake.cell.no_price"]


def test_prices_with_vat() -> None:
    headers = HEADERS.replace("A-hinta", "Yksikköhinta (sis. alv)")
    assert read_one(table(LINE, headers=headers)).documents[0].prices_include_vat
    both = HEADERS + ";Verollinen hinta"
    mixed = read_one(table(LINE + ";", LINE.replace("50,00", "") + ";62,75", headers=both))
    assert codes(mixed) == ["intake.cell.mixed_prices"]


def test_everything_else_of_the_head_is_read() -> None:
    more = {
        "Valuutta": "sek",
        "Valuuttakurssi": "11,5",
        "Kieli": "ruotsi",
        "Lähetystapa": "Verkkolasku",
        "Viitenumero": "1 00001",
        "IBAN": "fi21 1234 5600 0007 85",
        "Tilausnumero": "PO-1",
        "Viitteenne": "Maija",
        "Sopimus": "S1",
        "Hyvitettävä lasku": "1000",
        "Lisätiedot": "huomio",
        "Verkkolaskuosoite": "",
        "OVT-tunnus": "003702012566",
        "Välittäjä": "BAWCFI22",
        "Laskutusosoite": "PL 1",
        "Toimitusosoite": "Satama 1",
        "Toimituspäivä": "15.9.2026",
        "Liitteet": "a.pdf; b.pdf, c.jpg",
        "Laskun veroton summa": "100,00",
        "Laskun summa": "125,50",
        "Projekti": "P1",
        "Kustannuspaikka": "KP",
        "Tili": "3000",
        "Työlaji": "Konsultointi",
    }
    cells = ";".join(f'"{v}"' for v in more.values())
    reading = read_one(table(f"{LINE};{cells}", headers=f"{HEADERS};{';'.join(more)}"))
    (invoice,) = reading.documents
    assert reading.faults == ()
    assert (invoice.payment.currency, invoice.payment.rate, invoice.language) == ("SEK", D("11.5"), "sv")
    assert (invoice.channel, invoice.payment.reference) == (Channel.E_INVOICE, "100001")
    assert (invoice.payment.iban, invoice.order_reference) == ("FI2112345600000785", "PO-1")
    assert (invoice.buyer_reference, invoice.agreement, invoice.credited_number) == ("Maija", "S1", "1000")
    assert (invoice.note, invoice.delivery_start, invoice.delivery_end) == (
        "huomio",
        date(2026, 9, 15),
        date(2026, 9, 15),
    )
    assert invoice.buyer.e_invoice == EInvoiceAddress("BAWCFI22", "003702012566", "003702012566")
    assert invoice.billing_address is not None
    assert (invoice.billing_address.name, invoice.billing_address.street) == ("Rantatie Kauppa Oy", "PL 1")
    assert invoice.delivery_address is not None
    assert invoice.attachments == (Attachment("a.pdf"), Attachment("b.pdf"), Attachment("c.jpg"))
    assert (invoice.stated.net, invoice.stated.vat, invoice.stated.gross) == (D(100), None, D("125.5"))
    line = invoice.lines[0]
    assert (line.project, line.cost_centre, line.account, line.work_type) == ("P1", "KP", "3000", "Konsultointi")


def test_a_currency_sign_beside_an_amount_must_agree() -> None:
    assert read_one(table(LINE.replace("50,00", "50,00 €"))).documents[0].lines[0].unit_price == 50
    signed = read_one(table(LINE.replace("50,00", "50,00 SEK")))
    assert signed.documents[0].payment.currency == "SEK"
    content = table(LINE.replace("50,00", "50,00 €") + ";SEK", headers=HEADERS + ";Valuutta")
    assert codes(read_one(content)) == ["intake.cell.currency"]


def test_words_that_are_no_codes_are_told_and_left_out() -> None:
    content = table(LINE + ";Atlantis;klingon", headers=HEADERS + ";Maa;Kieli")
    reading = read_one(content)
    assert (reading.documents[0].language, reading.documents[0].buyer.address.country) == ("", "")
    assert codes(reading) == ["intake.cell.unknown_word", "intake.cell.unknown_word"]


BILLS = HEADERS.replace("Asiakas", "Toimittaja").replace("Y-tunnus", "Toimittajan Y-tunnus")


def test_a_list_of_suppliers_is_bills() -> None:
    reading = read_one(table(LINE, LINE.replace("0201256-6", "1572860-0").replace("Rantatie", "Muu"), headers=BILLS))
    assert [(i.kind, i.source_id) for i in reading.documents] == [
        (Kind.BILL, "0201256-6/1042"),
        (Kind.BILL, "1572860-0/1042"),
    ]
    assert reading.documents[0].buyer.business_id == SELLER.business_id


def test_in_a_list_of_suppliers_a_business_id_and_an_address_are_theirs() -> None:
    headers = HEADERS.replace("Asiakas", "Toimittaja") + ";Katuosoite;Postinumero;Maa"
    (bill,) = read_one(table(LINE + ";Kuja 2;01510;Suomi", headers=headers)).documents
    assert (bill.kind, bill.source_id) == (Kind.BILL, "0201256-6/1042")
    assert bill.seller.address == Address(bill.seller.name, "", "Kuja 2", "01510", "", "FI")
    assert bill.buyer.business_id == SELLER.business_id
    ours = table(LINE.replace("0201256-6", SELLER.business_id), headers=HEADERS.replace("Asiakas", "Toimittaja"))
    (bill,) = read_one(ours).documents
    assert (bill.kind, bill.seller.business_id, bill.buyer.business_id) == (Kind.BILL, "", SELLER.business_id)


def test_seller_and_buyer_columns_decide_together() -> None:
    headers = HEADERS + ";Toimittaja;Toimittajan Y-tunnus"
    sale = table(LINE + ";Metsäpolku Konsultointi Oy;2077474-0", headers=headers)
    assert read_one(sale).documents[0].kind is Kind.SALES_INVOICE
    assert read_one(sale, Owner("Rantatie Kauppa Oy", "0201256-6")).documents[0].kind is Kind.BILL
    stranger = read_one(sale, Owner("Kolmas Oy", "1572860-0"))
    assert codes(stranger) == ["intake.neither_party"]
    assert stranger.faults[0].facts["number"] == "1042"
    assert read_one(sale, Owner("Kolmas Oy", ""), direction=Kind.SALES_INVOICE).documents[0].buyer.business_id


def test_an_invoice_without_a_day_or_a_buyer_is_named() -> None:
    dayless = read_one(table(LINE.replace("30.9.2026", "")))
    assert [(f.code, f.facts["column"], f.facts["number"]) for f in dayless.faults] == [
        ("intake.cell.empty", "Laskupäivä", "1042")
    ]
    nobody = read_one(table(LINE.replace("Rantatie Kauppa Oy;0201256-6", ";")))
    assert [(f.code, f.facts["column"]) for f in nobody.faults] == [("intake.cell.empty", "Asiakas")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "intake.empty"),
        (b" \r\n ", "intake.empty"),
        (b"Hei! Liitteena lasku.", "intake.no_headers"),
        (HEADERS.encode(), "intake.no_invoice"),
        (b"\x81\x8d" + HEADERS.encode("latin-1"), "intake.encoding_unknown"),
        (b"a;b\n" * 100_001, "intake.too_many_rows"),
    ],
)
def test_files_without_invoices_end_in_one_fault(content: bytes, code: str) -> None:
    reading = read_one(content)
    assert (reading.documents, codes(reading)) == ((), [code])
