"""Invoices and postings to send: one made by hand, and all that hypothesis can think of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from finance.invoice import (
    Address,
    CashDiscount,
    Channel,
    EInvoiceAddress,
    Invoice,
    Kind,
    Line,
    Party,
    Payment,
)
from finance.posting import Posting, Row, Target
from procountor import codes

D = Decimal
STREET = Address("Mäkelä Oy", "Talousosasto", "Otakaari 18", "02150", "Espoo", "FI", "Uusimaa")
BUYER = Party(
    name="Mäkelä Oy",
    business_id="0201256-6",
    vat_number="FI02012566",
    customer_number="1009",
    contact_person="Maija Mäkelä",
    email="laskut@makela.test",
    address=STREET,
    e_invoice=EInvoiceAddress("003721291126", "003702012566", "003702012566"),
)
INVOICE = Invoice(
    number="1042",
    issued=date(2026, 3, 2),
    buyer=BUYER,
    lines=(Line(start=date(2026, 2, 1), end=date(2026, 2, 28)), Line(), Line()),
    payment=Payment(
        iban="FI21 1234 5600 0007 85",
        bic="NDEAFIHH",
        due=date(2026, 3, 16),
        penalty_percent=D("8.0"),
        discounts=(CashDiscount(14, D(1)), CashDiscount(7, D("2.50"))),
    ),
    channel=Channel.E_INVOICE,
    language="fi",
    order_reference="PO 77",
    buyer_reference="BR 1",
    agreement="A-9",
    note="Kiitos!\nHyvää kevättä",
    internal_note="Projekti Saari",
    delivery_start=date(2026, 2, 1),
)
POSTING = Posting(
    vat_status=1,
    partner_id=9,
    iban="FI2112345600000785",
    rows=(
        Row("Konsultointi", D("7.50"), "HUR", D("120.00"), D(0), D("25.5"), 1, "Ensimmäinen\r\ntoinen", 5, "KON"),
        Row("Muut työt", D(0), "", D(0), D(0), D("25.5"), 1),
        Row("Lisenssi", D(1), "H87", D("0.1"), D(10), D(0), 5, account="3010", targets=(Target(1, 11, "100"),)),
    ),
)

ASCII = "".join(map(chr, range(0x20, 0x7F)))
LETTERS = ASCII + "åäöÅÄÖéüß€–…’œ"


def text(longest: int, shortest: int = 0) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=shortest, max_size=longest)


def amounts(least: int = -(10**7), most: int = 10**7, places: int = 6) -> st.SearchStrategy[Decimal]:
    return st.decimals(least, most, places=places, allow_nan=False, allow_infinity=False)


PERCENTS = st.sampled_from([D(0), D(10), D("13.5"), D("14.0"), D("25.50"), D("1E+1")])
DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@st.composite
def addresses(draw: Any) -> Address:
    return Address(
        draw(text(80)), draw(text(80)), draw(text(80)), draw(text(20)), draw(text(40)),
        draw(st.sampled_from(["", *sorted(codes.countries())])), draw(text(35)),
    )  # fmt: skip


@st.composite
def parties(draw: Any) -> Party:
    return Party(
        name=draw(text(80, 1)),
        business_id=draw(text(20)),
        vat_number=draw(text(20)),
        customer_number=draw(text(20)),
        contact_person=draw(text(70)),
        email=draw(text(60)),
        address=draw(addresses()),
        e_invoice=EInvoiceAddress(draw(text(20)), draw(text(35)), draw(text(20))),
    )


@st.composite
def rows(draw: Any) -> Row:
    return Row(
        product=draw(text(80, 1)),
        quantity=draw(amounts()),
        unit_code=draw(st.sampled_from(["", *sorted(codes.units())])),
        unit_price=draw(amounts()),
        discount_percent=draw(amounts(0, 100, 2)),
        vat_percent=draw(PERCENTS),
        vat_status=draw(st.integers(1, 15)),
        comment=draw(st.text(LETTERS + "\n\r", max_size=512)),
        product_id=draw(st.none() | st.integers(1, 2**31 - 1)),
        product_code=draw(text(40)),
    )


@st.composite
def payments(draw: Any) -> Payment:
    options = st.lists(st.builds(CashDiscount, st.integers(0, 999), amounts(0, 99, 2)), max_size=3)
    return Payment(
        iban=draw(st.sampled_from(["", "FI2112345600000785", "fi21 1234 5600 0007 85"])),
        bic=draw(st.sampled_from(["", "NDEAFIHH"])),
        reference=draw(st.sampled_from(["", "1232", "12 32", "RF18539007547034", "rf18 5390 0754 7034"])),
        due=draw(st.none() | DATES),
        penalty_percent=draw(st.none() | amounts(0, 20, 2)),
        discounts=tuple(draw(options)),
        currency=draw(st.sampled_from(["EUR", "SEK", "USD"])),
        rate=draw(amounts(0, 1_000_000)),
    )


@st.composite
def documents(draw: Any) -> tuple[Invoice, Posting]:
    """An invoice or a bill that may be sent, and its posting."""
    made = draw(st.lists(rows(), min_size=1, max_size=4))
    lines = draw(st.lists(st.builds(Line, start=st.none() | DATES, end=st.none() | DATES), max_size=4))
    invoice = Invoice(
        number=draw(text(40)),
        issued=draw(DATES),
        kind=draw(st.sampled_from(Kind)),
        buyer=draw(parties()),
        seller=draw(parties()),
        billing_address=draw(st.none() | st.just(Address()) | addresses()),
        delivery_address=draw(st.none() | addresses()),
        lines=tuple(lines),
        payment=draw(payments()),
        channel=draw(st.sampled_from(Channel)),
        language=draw(st.sampled_from(sorted(codes.languages()))),
        prices_include_vat=draw(st.booleans()),
        discount_percent=draw(amounts(0, 100, 4)),
        delivery_start=draw(st.none() | DATES),
        delivery_end=draw(st.none() | DATES),
        order_reference=draw(text(70)),
        buyer_reference=draw(text(70)),
        seller_reference=draw(text(70)),
        agreement=draw(text(40)),
        note=draw(st.text(LETTERS + "\n", max_size=300)),
        internal_note=draw(st.text(LETTERS + "\n", max_size=300)),
    )
    posting = Posting(
        vat_status=draw(st.integers(1, 15)),
        rows=tuple(made),
        partner_id=draw(st.none() | st.integers(1, 2**31 - 1)),
        iban=draw(st.sampled_from(["", "FI2112345600000785"])),
    )
    return invoice, posting


def bill() -> Invoice:
    """The same as a bill from the party we otherwise sell to."""
    return replace(INVOICE, kind=Kind.BILL, seller=BUYER, buyer=Party(), channel=None, language="")
