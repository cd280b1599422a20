"""Finvoice of all shapes into invoices: every value where it belongs, every oddity told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from intake_samples import BUYER, FILES, ROW, SOAP, codes, finvoice, read_one

from finance.canonical import content_hash
from finance.faults import Repair
from finance.invoice import Address, Attachment, CashDiscount, EInvoiceAddress, Invoice, Kind, LineKind, StatedVat
from intake.reading import Owner, Reading

D = Decimal


def only(reading: Reading) -> Invoice:
    assert len(reading.documents) == 1, reading.faults
    return reading.documents[0]


def test_a_whole_invoice_is_read_as_it_stands() -> None:
    reading = read_one((FILES / "plain-1.3.xml").read_bytes())
    invoice = only(reading)
    assert reading.faults == ()
    assert (invoice.number, invoice.issued, invoice.kind) == ("1042", date(2026, 9, 30), Kind.SALES_INVOICE)
    assert (invoice.delivery_start, invoice.delivery_end) == (date(2026, 9, 1), date(2026, 9, 30))
    assert (invoice.order_reference, invoice.agreement, invoice.project) == ("PO-7", "SOP-1", "P100")
    assert (invoice.buyer_reference, invoice.seller_reference) == ("OSTAJA-1", "Meidän viite")
    assert (invoice.account, invoice.cost_centre, invoice.language) == ("3000", "Helsinki", "sv")
    assert invoice.note == "Ensimmäinen teksti\nToinen teksti"
    assert invoice.attachments == (Attachment("lasku-1042.PDF"),)
    assert invoice.credited_number == ""
    assert not invoice.prices_include_vat


def test_parties_are_read_with_their_addresses() -> None:
    invoice = only(read_one((FILES / "plain-1.3.xml").read_bytes()))
    seller, buyer = invoice.seller, invoice.buyer
    assert (seller.name, seller.business_id, seller.vat_number) == (
        "Metsäpolku Konsultointi Oy",
        "2077474-0",
        "FI20774740",
    )
    assert seller.address == Address("Metsäpolku Konsultointi Oy", "", "PL 12", "00101", "HELSINKI", "FI")
    assert (seller.email, seller.phone) == ("laskut@metsapolku.example", "09 555 1234")
    assert seller.e_invoice == EInvoiceAddress("", "003720774740", "003720774740")
    assert (buyer.name, buyer.customer_number, buyer.contact_person) == ("Rantatie Kauppa Oy", "17", "Olli Ostaja")
    assert buyer.address == Address(
        "Rantatie Kauppa Oy", "Myymälät, PL 9", "Rantatie 5, c/o Vastaanotto", "02100", "Espoo", "FI"
    )
    assert buyer.e_invoice == EInvoiceAddress("", "003702012566", "003702012566")
    assert invoice.billing_address == Address(
        "Rantatie Kauppa Oy, ostolaskut", "", "Skannauskuja 3", "33100", "Tampere", "FI"
    )
    assert invoice.delivery_address == Address("Rantatie Varasto", "", "Satamakatu 1", "20100", "Turku", "FI")


def test_rows_are_read_with_every_value() -> None:
    header, work, costs = only(read_one((FILES / "plain-1.3.xml").read_bytes())).lines
    assert (header.kind, header.name, header.quantity) == (LineKind.HEADER, "Vaihe 1", D(0))
    assert (work.name, work.product_code, work.quantity, work.unit, work.unit_code) == (
        "Konsultointi",
        "11",
        D(10),
        "h",
        "HUR",
    )
    assert (work.unit_price, work.discount_percent, work.vat_percent) == (D(125), D(10), D("25.5"))
    assert (work.vat_category, work.account, work.cost_centre, work.project) == ("S", "3010", "Espoo", "P101")
    assert work.descriptions == ("Syyskuun työ", "Tekijä: Maija")
    assert (work.start, work.end) == (date(2026, 9, 1), date(2026, 9, 15))
    assert (work.stated_net, work.stated_vat, work.stated_gross) == (D(1125), D("286.88"), D("1411.88"))
    assert (costs.name, costs.descriptions, costs.unit, costs.unit_code) == ("Matkakulut", (), "", "")
    assert (costs.start, costs.end, costs.stated_vat) == (date(2026, 9, 20), date(2026, 9, 20), None)


def test_payment_and_totals_are_read() -> None:
    invoice = only(read_one((FILES / "plain-1.3.xml").read_bytes()))
    payment = invoice.payment
    assert (payment.iban, payment.bic, payment.reference) == ("FI2112345600000785", "NDEAFIHH", "10421")
    assert (payment.due, payment.terms, payment.currency) == (date(2026, 10, 14), "14 pv netto", "EUR")
    assert payment.penalty_percent == D("11.5")
    assert payment.discounts == (CashDiscount(7, D(2)),)
    stated = invoice.stated
    assert (stated.net, stated.vat, stated.gross) == (D("1234.5"), D("314.8"), D("1549.3"))
    assert stated.breakdown == (StatedVat(D("25.5"), D("1234.5"), D("314.8"), "S"),)


def test_the_buyers_copy_is_a_bill() -> None:
    sale = only(read_one((FILES / "plain-1.3.xml").read_bytes()))
    bill = only(read_one((FILES / "plain-1.3.xml").read_bytes(), BUYER))
    assert bill.kind is Kind.BILL
    assert bill.counterparty == sale.seller
    assert bill.source_id == "2077474-0/1042"


def test_somebody_elses_invoice_is_a_fault_that_names_both_parties() -> None:
    reading = read_one(finvoice(), Owner("Kolmas Oy", "1572860-0"))
    (fault,) = reading.faults
    assert reading.documents == ()
    assert (fault.code, fault.repair) == ("intake.neither_party", Repair.COMPANY)
    assert "2077474-0" in fault.found
    assert "Rantatie Kauppa Oy" in fault.found
    assert {c.value for c in fault.choices} == {"sales_invoice", "bill"}


def test_the_users_word_decides_when_neither_party_is_the_company() -> None:
    reading = read_one(finvoice(), Owner("Kolmas Oy", "1572860-0"), direction=Kind.BILL)
    assert only(reading).kind is Kind.BILL
    assert only(read_one(finvoice(), direction=Kind.BILL)).kind is Kind.SALES_INVOICE


@pytest.mark.parametrize("own", ["20774740", "FI20774740", "2077474-0"])
def test_the_company_is_known_by_any_form_of_its_id(own: str) -> None:
    for theirs in ("2077474-0", "FI20774740", "003720774740"):
        content = finvoice(seller=theirs, name="Toinen nimi")
        assert only(read_one(content, Owner("X", own))).kind is Kind.SALES_INVOICE


def test_the_company_is_known_by_name_when_ids_do_not_help() -> None:
    reading = read_one(finvoice(seller="", name="METSÄPOLKU  konsultointi oy"))
    assert only(reading).kind is Kind.SALES_INVOICE
    assert codes(reading) == []
    wrong = read_one(finvoice(seller="2077474-9"))
    assert only(wrong).seller.business_id == "2077474-9"
    assert codes(wrong) == ["intake.party_id"]


def test_the_soap_frame_tells_where_the_invoice_goes() -> None:
    content = SOAP.format(to="FI2112345600000785", body="").encode() + finvoice(encoding="ISO-8859-15")
    invoice = only(read_one(content))
    assert invoice.buyer.e_invoice == EInvoiceAddress("003723327487", "FI2112345600000785", "")
    assert invoice.seller.e_invoice.operator == "NDEAFIHH"
    assert invoice.seller.name == "Metsäpolku Konsultointi Oy"


def test_message_details_come_before_the_soap_frame() -> None:
    details = """<MessageTransmissionDetails><MessageReceiverDetails><ToIdentifier>003702012566</ToIdentifier>
    <ToIntermediator>BAWCFI22</ToIntermediator></MessageReceiverDetails></MessageTransmissionDetails>"""
    content = SOAP.format(to="003799999999", body="").encode() + finvoice(root=details)
    assert only(read_one(content)).buyer.e_invoice == EInvoiceAddress("BAWCFI22", "003702012566", "")


def test_each_invoice_has_its_own_frame() -> None:
    content = SOAP.format(to="A1", body="").encode() + finvoice("1") + SOAP.format(to="B2", body="").encode()
    reading = read_one(content + finvoice("2") + finvoice("3"))
    assert [i.buyer.e_invoice.address for i in reading.documents] == ["A1", "B2", ""]


def test_an_invoice_within_the_soap_body_is_read() -> None:
    inner = finvoice().decode().partition("?>")[2]
    assert only(read_one(SOAP.format(to="A1", body=inner).encode())).number == "1042"


def test_namespaces_are_no_hindrance() -> None:
    text = finvoice().decode().replace("<Finvoice ", '<Finvoice xmlns="urn:example:finvoice" ')
    assert content_hash(only(read_one(text.encode()))) == content_hash(only(read_one(finvoice())))


def row(body: str, vat: str = "25,5") -> str:
    rate = f"<RowVatRatePercent>{vat}</RowVatRatePercent>" if vat else ""
    return f"<InvoiceRow><ArticleName>Rivi</ArticleName>{body}{rate}</InvoiceRow>"


def money(tag: str, amount: str) -> str:
    return f'<{tag} AmountCurrencyIdentifier="EUR">{amount}</{tag}>'


QUANTITY = '<InvoicedQuantity QuantityUnitCode="kpl">{}</InvoicedQuantity>'


@pytest.mark.parametrize(
    ("body", "price", "quantity", "discount"),
    [
        (money("UnitPriceAmount", "1.234,50"), "1234.5", "1", "0"),
        (money("UnitPriceAmount", "1234.50"), "1234.5", "1", "0"),
        (money("UnitPriceAmount", "1,234"), "1.234", "1", "0"),
        (QUANTITY.format("2,5") + money("UnitPriceAmount", "10"), "10", "2.5", "0"),
        (money("UnitPriceAmount", "100") + "<UnitPriceBaseQuantity>1000</UnitPriceBaseQuantity>", "0.1", "1", "0"),
        (QUANTITY.format("4") + money("RowVatExcludedAmount", "10,00"), "2.5", "4", "0"),
        (money("UnitPriceAmount", "100") + money("UnitPriceNetAmount", "90"), "90", "1", "0"),
        (money("UnitPriceAmount", "100") + money("UnitPriceDiscountAmount", "15"), "85", "1", "0"),
        (
            money("UnitPriceAmount", "100")
            + money("UnitPriceNetAmount", "90")
            + "<RowDiscountPercent>10</RowDiscountPercent>"
            + money("RowVatExcludedAmount", "90,00"),
            "100",
            "1",
            "10",
        ),
        (
            money("UnitPriceAmount", "100")
            + money("UnitPriceNetAmount", "90")
            + "<RowDiscountPercent>10</RowDiscountPercent>"
            + money("RowVatExcludedAmount", "81,00"),
            "90",
            "1",
            "10",
        ),
        (QUANTITY.format("2") + money("UnitPriceAmount", "50") + money("RowDiscountAmount", "5"), "50", "2", "5"),
        (
            money("UnitPriceAmount", "100")
            + "<RowProgressiveDiscountDetails><RowDiscountPercent>10</RowDiscountPercent>"
            + "</RowProgressiveDiscountDetails>"
            + "<RowProgressiveDiscountDetails><RowDiscountPercent>50</RowDiscountPercent>"
            + "</RowProgressiveDiscountDetails>",
            "100",
            "1",
            "55",
        ),
        (
            '<DeliveredQuantity QuantityUnitCode="kpl">9</DeliveredQuantity><OrderedQuantity>8</OrderedQuantity>'
            + money("UnitPriceAmount", "1"),
            "1",
            "9",
            "0",
        ),
        (
            '<InvoicedQuantity QuantityUnitCode="ltk">2</InvoicedQuantity>'
            '<InvoicedQuantity QuantityUnitCode="kpl">24</InvoicedQuantity>'
            '<UnitPriceAmount AmountCurrencyIdentifier="EUR" UnitPriceUnitCode="kpl">1,00</UnitPriceAmount>',
            "1",
            "24",
            "0",
        ),
    ],
)
def test_prices_are_exact_however_they_are_given(body: str, price: str, quantity: str, discount: str) -> None:
    reading = read_one(finvoice(rows=row(body)))
    (line,) = only(reading).lines
    assert (line.unit_price, line.quantity, line.discount_percent) == (D(price), D(quantity), D(discount))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (QUANTITY.format("3") + money("RowVatExcludedAmount", "10,00"), "intake.element.no_price"),
        (QUANTITY.format("2"), "intake.element.no_price"),
        (
            money("UnitPriceAmount", "1") + "<UnitPriceBaseQuantity>3</UnitPriceBaseQuantity>",
            "intake.element.base_quantity",
        ),
        (money("UnitPriceAmount", "3") + money("RowDiscountAmount", "1"), "intake.element.discount"),
        (money("UnitPriceAmount", "yksi"), "intake.element.number"),
        (money("UnitPriceAmount", "9999999999999"), "intake.element.number_size"),
        (money("UnitPriceAmount", "1") + "<StartDate>20261301</StartDate>", "intake.element.date"),
        (
            money("UnitPriceAmount", "1") + "<RowChargeDetails><Amount>5</Amount></RowChargeDetails>",
            "intake.element.charge",
        ),
    ],
)
def test_a_row_that_cannot_be_exact_stops_its_invoice_only(body: str, code: str) -> None:
    reading = read_one(finvoice("1", rows=ROW.format(extra="") + row(body)) + finvoice("2"))
    assert [i.number for i in reading.documents] == ["2"]
    (fault,) = reading.faults
    assert fault.code == code
    assert fault.place.startswith("InvoiceRow[2]")
    assert fault.facts["number"] == "1"
    assert isinstance(fault.facts["line"], int)


def test_a_fault_names_the_line_of_the_file() -> None:
    content = finvoice("1") + finvoice("2", day="20260231")
    (fault,) = read_one(content).faults
    line = content.decode().splitlines()[int(str(fault.facts["line"])) - 1]
    assert "20260231" in line
    assert (fault.place, fault.found, fault.expected) == ("InvoiceDetails/InvoiceDate", "20260231", "CCYYMMDD")


def test_prices_with_vat_are_told_from_prices_without() -> None:
    with_vat = money("UnitPriceVatIncludedAmount", "125,50")
    invoice = only(read_one(finvoice(rows=row(with_vat))))
    assert invoice.prices_include_vat
    assert invoice.lines[0].unit_price == D("125.5")
    mixed = read_one(finvoice(rows=row(with_vat) + row(money("UnitPriceAmount", "1"))))
    assert codes(mixed) == ["intake.mixed_prices"]


def test_a_share_instead_of_a_percentage_is_asked_back() -> None:
    reading = read_one(finvoice(rows=row(money("UnitPriceAmount", "1"), "0,255")))
    assert codes(reading) == ["intake.element.fraction"]
    assert reading.faults[0].where == "lines[0].vat_percent"


def test_text_rows_are_headings_and_empty_rows_nothing() -> None:
    rows = "<InvoiceRow><RowFreeText>Otsikko</RowFreeText><RowFreeText>ja lisää</RowFreeText></InvoiceRow><InvoiceRow/>"
    first, second = only(read_one(finvoice(rows=rows + ROW.format(extra="")))).lines
    assert (first.kind, first.name, first.descriptions) == (LineKind.HEADER, "Otsikko", ("ja lisää",))
    assert second.kind is LineKind.PRODUCT


def test_row_definitions_become_descriptions() -> None:
    extra = """<RowDefinitionDetails><RowDefinitionHeaderText>Jakso</RowDefinitionHeaderText>
    <RowDefinitionValue QuantityUnitCode="pv">30</RowDefinitionValue></RowDefinitionDetails>"""
    assert only(read_one(finvoice(extra=extra))).lines[0].descriptions == ("Jakso: 30 pv",)


SUB = """<SubInvoiceRow><SubArticleName>Osa {0}</SubArticleName>
<SubInvoicedQuantity QuantityUnitCode="h">{0}</SubInvoicedQuantity>
<SubUnitPriceAmount AmountCurrencyIdentifier="EUR">10,00</SubUnitPriceAmount>
<SubRowVatRatePercent>25,5</SubRowVatRatePercent>
<SubRowVatExcludedAmount AmountCurrencyIdentifier="EUR">{0}0,00</SubRowVatExcludedAmount></SubInvoiceRow>"""


def test_sub_rows_of_a_row_with_amounts_only_explain_it() -> None:
    reading = read_one(finvoice(extra=SUB.format(1) + SUB.format(2)))
    (line,) = only(reading).lines
    assert line.descriptions == ("Osa 1 · 1 · 10,00", "Osa 2 · 2 · 20,00")
    assert codes(reading) == ["intake.sub_rows"]


def test_sub_rows_of_a_heading_are_rows() -> None:
    rows = f"<InvoiceRow><ArticleName>Paketti</ArticleName>{SUB.format(1)}{SUB.format(2)}</InvoiceRow>"
    heading, first, second = only(read_one(finvoice(rows=rows))).lines
    assert heading.kind is LineKind.HEADER
    assert [(x.name, x.quantity, x.unit_price, x.vat_percent) for x in (first, second)] == [
        ("Osa 1", D(1), D(10), D("25.5")),
        ("Osa 2", D(2), D(10), D("25.5")),
    ]


def test_discounts_and_charges_on_the_whole_invoice() -> None:
    amount = "<DiscountDetails><FreeText>Kanta-asiakas</FreeText>" + money("Amount", "5,00") + "</DiscountDetails>"
    line = only(read_one(finvoice(details=amount))).lines[1]
    assert (line.name, line.unit_price, line.vat_percent) == ("Kanta-asiakas", D(-5), D("25.5"))
    percent = "<DiscountDetails><Percent>10,0</Percent></DiscountDetails>"
    assert only(read_one(finvoice(details=percent))).discount_percent == 10
    charge = "<ChargeDetails><ReasonText>Toimitus</ReasonText>" + money("Amount", "7,00") + "</ChargeDetails>"
    assert only(read_one(finvoice(details=charge))).lines[1].unit_price == 7


def test_a_discount_without_a_rate_over_several_rates_is_asked_back() -> None:
    rows = row(money("UnitPriceAmount", "1"), "14") + row(money("UnitPriceAmount", "1"), "25,5")
    details = "<DiscountDetails>" + money("Amount", "1,00") + "</DiscountDetails>"
    assert codes(read_one(finvoice(rows=rows, details=details))) == ["intake.discount_rate"]


def test_a_credit_note_is_negative_whichever_way_it_is_written() -> None:
    details = "<OriginalInvoiceNumber>1000</OriginalInvoiceNumber>"
    plus = read_one(finvoice(kind="INV02", details=details, totals=money("InvoiceTotalVatIncludedAmount", "125,50")))
    minus_row = ROW.replace('<InvoicedQuantity QuantityUnitCode="h">2', '<InvoicedQuantity QuantityUnitCode="h">-2')
    minus = read_one(
        finvoice(
            kind="INV02",
            details=details,
            totals=money("InvoiceTotalVatIncludedAmount", "-125,50"),
            rows=minus_row.format(extra=""),
        )
    )
    assert only(plus) == only(minus)
    assert (only(plus).credited_number, only(plus).lines[0].quantity) == ("1000", D(-2))
    assert only(plus).stated.gross == D("-125.5")
    assert (codes(plus), codes(minus)) == (["intake.credit_sign"], [])


def test_a_credit_note_says_what_it_credits_or_it_is_told() -> None:
    assert "intake.credits_nothing" in codes(read_one(finvoice(kind="INV02")))
    several = "".join(
        f"<OriginalInvoiceReference><InvoiceNumber>{n}</InvoiceNumber></OriginalInvoiceReference>" for n in (7, 8)
    )
    reading = read_one(finvoice(kind="INV02", details=several))
    assert only(reading).credited_number == "7"
    assert "intake.many_credited" in codes(reading)


@pytest.mark.parametrize("kind", ["INV06", "ORD01", "REQ01", "TES01"])
def test_what_is_no_invoice_is_refused(kind: str) -> None:
    reading = read_one(finvoice(kind=kind))
    assert (reading.documents, codes(reading)) == ((), ["intake.not_invoice"])


def test_a_cancellation_is_refused() -> None:
    assert codes(read_one(finvoice(details="<OriginCode>Cancel</OriginCode>"))) == ["intake.cancelled"]


def test_what_is_necessary_and_missing_is_named() -> None:
    nameless = read_one(finvoice(number=" "))
    assert [(f.code, f.facts["field"]) for f in nameless.faults] == [("intake.missing", "InvoiceDetails/InvoiceNumber")]
    assert codes(read_one(finvoice(day=""))) == ["intake.missing"]
    assert codes(read_one(finvoice(rows=""))) == ["intake.no_rows"]


def test_the_payment_part_may_not_ask_for_another_amount_unheard() -> None:
    epi = "<EpiDetails><EpiPaymentInstructionDetails>{}</EpiPaymentInstructionDetails></EpiDetails>"
    asks = epi.format(money("EpiInstructedAmount", "99,00"))
    reading = read_one(finvoice(epi=asks))
    assert only(reading).stated.gross == D("125.5")
    assert [(f.code, f.found, f.expected, f.warning) for f in reading.faults] == [
        ("intake.payable", "99.00", "125.50", True)
    ]
    assert codes(read_one(finvoice(epi=epi.format(money("EpiInstructedAmount", "125,50"))))) == []
    rounded = finvoice(
        epi=epi.format(money("EpiInstructedAmount", "126,00")), details=money("InvoiceTotalRoundoffAmount", "0,50")
    )
    assert codes(read_one(rounded)) == ["intake.rounding"]
    paid = finvoice(epi=epi.format(money("EpiInstructedAmount", "25,50")), details=money("InvoicePaidAmount", "100"))
    assert codes(read_one(paid)) == ["intake.paid_already"]


def test_a_reference_with_a_wrong_check_digit_is_kept() -> None:
    epi = """<EpiDetails><EpiIdentificationDetails><EpiReference>1</EpiReference></EpiIdentificationDetails>
    <EpiPaymentInstructionDetails><EpiRemittanceInfoIdentifier>1010 7445 0001</EpiRemittanceInfoIdentifier>
    </EpiPaymentInstructionDetails></EpiDetails>"""
    assert only(read_one(finvoice(epi=epi))).payment.reference == "101074450001"


def test_one_invoice_has_one_currency() -> None:
    other = '<UnitPriceDiscountAmount AmountCurrencyIdentifier="SEK">0,00</UnitPriceDiscountAmount>'
    assert codes(read_one(finvoice(extra=other))) == ["intake.element.currency"]


def test_the_exchange_rate_is_turned_to_the_price_of_the_other_currency() -> None:
    totals = """<InvoiceTotalVatIncludedAmount AmountCurrencyIdentifier="SEK">1150,00</InvoiceTotalVatIncludedAmount>
    <ExchangeRate>{}</ExchangeRate>
    <OtherCurrencyAmountVatIncludedAmount AmountCurrencyIdentifier="EUR">100</OtherCurrencyAmountVatIncludedAmount>"""
    rows = ROW.format(extra="").replace('"EUR"', '"SEK"')
    for rate in ("11,5", "0,086957"):
        payment = only(read_one(finvoice(totals=totals.format(rate), rows=rows))).payment
        assert payment.currency == "SEK"
        assert abs(payment.rate - D("11.5")) < D("0.001")


def test_several_due_dates_are_told() -> None:
    terms = "<PaymentTermsDetails><InvoiceDueDate>{}</InvoiceDueDate></PaymentTermsDetails>"
    reading = read_one(finvoice(details=terms.format("20261114") + terms.format("20261014")))
    assert only(reading).payment.due == date(2026, 10, 14)
    assert codes(reading) == ["intake.many_due_dates"]


def test_a_cash_discount_before_the_invoice_makes_no_sense() -> None:
    details = """<PaymentTermsDetails><CashDiscountDate>20260901</CashDiscountDate>
    <CashDiscountPercent>2</CashDiscountPercent></PaymentTermsDetails>"""
    assert codes(read_one(finvoice(details=details))) == ["intake.cash_discount"]


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("file://lasku.pdf", "lasku.pdf"),
        ("file:///C:/viennit/lasku%201.pdf", "lasku 1.pdf"),
        ("file://../../etc/passwd.txt", "passwd.txt"),
        ("lasku.pdf", "lasku.pdf"),
        ("file://..\\..\\x\\lasku.pdf", "lasku.pdf"),
        ("https://example.invalid/lasku.pdf", None),
        ("file://", None),
        ("file:///etc/", None),
    ],
)
def test_links_give_names_and_are_never_followed(link: str, name: str | None) -> None:
    invoice = only(read_one(finvoice(root=f"<InvoiceUrlText>{link}</InvoiceUrlText>")))
    assert [a.name for a in invoice.attachments] == ([name] if name else [])


def test_the_same_invoice_twice_is_read_once_and_two_versions_not_at_all() -> None:
    same = read_one(finvoice("1") + finvoice("1"))
    assert (len(same.documents), codes(same)) == (1, ["intake.repeated"])
    differ = read_one(finvoice("1") + finvoice("1", day="20260929") + finvoice("2"))
    assert [i.number for i in differ.documents] == ["2"]
    assert codes(differ) == ["intake.two_versions"]


def test_reading_a_file_again_gives_the_same_invoice() -> None:
    content = (FILES / "plain-1.3.xml").read_bytes()
    assert content_hash(only(read_one(content))) == content_hash(only(read_one(content)))


def test_an_unknown_country_is_told_and_left_empty() -> None:
    text = (FILES / "plain-1.3.xml").read_text(encoding="utf-8").replace("Suomi", "Atlantis")
    reading = read_one(text.encode())
    assert only(reading).seller.address.country == ""
    assert codes(reading) == ["intake.element.country"]


def test_the_companys_own_unit_words_are_used() -> None:
    rows = ROW.format(extra="").replace('"h"', '"sessio"')
    assert only(read_one(finvoice(rows=rows), units={"Sessio": "HUR"})).lines[0].unit_code == "HUR"
    assert only(read_one(finvoice(rows=rows))).lines[0].unit_code == ""
