"""What holds for any invoice: it is written and read back the same, and checking never fails."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finance_samples import CHOICES, INVOICE, REFERENCE, TODAY, D, put
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.canonical import content_hash, dump, load
from finance.changes import differences
from finance.invoice import (
    Address,
    Attachment,
    CashDiscount,
    EInvoiceAddress,
    Invoice,
    Line,
    LineKind,
    Party,
    Payment,
    StatedTotals,
    StatedVat,
)
from finance.preflight import check
from finance.resolve import resolve

TEXT = st.text(max_size=12)
DAY = st.dates(date(1900, 1, 1), date(2200, 1, 1))
AMOUNT = st.decimals(-(10**7), 10**7, places=3)
WILD = st.one_of(AMOUNT, st.decimals())  # not-a-numbers, infinities and huge exponents too
COUNTRY = st.sampled_from(["FI", "SE", "US", "AX", "Suomi", "??", ""])
CATEGORY = st.sampled_from(["", "S", "Z", "E", "AE", "K", "G", "O", "L"])

addresses = st.builds(Address, name=TEXT, street=TEXT, post_code=TEXT, city=TEXT, country=COUNTRY)
parties = st.builds(
    Party,
    name=TEXT,
    business_id=st.one_of(TEXT, st.just("0201256-6")),
    vat_number=st.one_of(TEXT, st.just("FI02012566")),
    customer_number=TEXT,
    email=TEXT,
    address=addresses,
    e_invoice=st.builds(EInvoiceAddress, TEXT, TEXT, TEXT),
    bcc=st.lists(TEXT, max_size=5).map(tuple),
)


def lines(amounts: st.SearchStrategy[Decimal]) -> st.SearchStrategy[Line]:
    return st.builds(
        Line,
        name=TEXT,
        kind=st.sampled_from(LineKind),
        quantity=amounts,
        unit=TEXT,
        unit_price=amounts,
        discount_percent=amounts,
        vat_percent=st.one_of(st.none(), amounts, st.just(D("25.5")), st.just(D(0))),
        vat_category=CATEGORY,
        product_code=TEXT,
        work_type=TEXT,
        account=TEXT,
        cost_centre=TEXT,
        descriptions=st.lists(TEXT, max_size=3).map(tuple),
        start=st.none() | DAY,
        end=st.none() | DAY,
        stated_net=st.none() | amounts,
        vat_status=st.none() | st.integers(0, 30),
    )


def invoices(amounts: st.SearchStrategy[Decimal]) -> st.SearchStrategy[Invoice]:
    return st.builds(
        Invoice,
        number=TEXT,
        issued=DAY,
        buyer=parties,
        billing_address=st.none() | addresses,
        delivery_address=st.none() | addresses,
        lines=st.lists(lines(amounts), max_size=4).map(tuple),
        payment=st.builds(
            Payment,
            iban=TEXT,
            reference=TEXT,
            terms=TEXT,
            due=st.none() | DAY,
            penalty_percent=st.none() | amounts,
            discounts=st.lists(st.builds(CashDiscount, st.integers(-5, 2000), amounts), max_size=2).map(tuple),
            currency=st.sampled_from(["EUR", "SEK", "eur", ""]),
            rate=amounts,
        ),
        stated=st.builds(
            StatedTotals,
            net=st.none() | amounts,
            gross=st.none() | amounts,
            breakdown=st.lists(st.builds(StatedVat, amounts, amounts, amounts), max_size=2).map(tuple),
        ),
        prices_include_vat=st.booleans(),
        discount_percent=amounts,
        delivery_end=st.none() | DAY,
        language=TEXT,
        credited_number=TEXT,
        note=TEXT,
        attachments=st.lists(st.builds(Attachment, TEXT, st.integers(0, 2 * 10**7)), max_size=2).map(tuple),
    )


RELAXED = settings(max_examples=60)


@RELAXED
@given(invoices(AMOUNT))
def test_an_invoice_is_read_back_as_it_was_written(invoice: Invoice) -> None:
    text = dump(invoice)
    again = load(Invoice, text)
    assert again == invoice
    assert dump(again) == text
    assert content_hash(again) == content_hash(invoice)
    assert differences(invoice, again) == ()


def test_equal_amounts_have_one_text() -> None:
    written = dump(put(INVOICE, lines__0__quantity=D("7.50"), lines__0__unit_price=D("1.2E+2")))
    assert written == dump(INVOICE)
    assert dump(put(INVOICE, lines__0__quantity=D("7.51"))) != written


@RELAXED
@given(invoices(WILD))
def test_checking_never_fails(invoice: Invoice) -> None:
    faults = check(invoice, REFERENCE, CHOICES, today=TODAY)
    assert all(fault.code for fault in faults)


@RELAXED
@given(invoices(AMOUNT))
def test_there_is_a_posting_exactly_when_nothing_forbids_it(invoice: Invoice) -> None:
    posting, faults = resolve(invoice, REFERENCE, CHOICES)
    assert (posting is not None) is all(fault.warning for fault in faults)
    if posting is not None:
        assert len(posting.rows) == len(invoice.lines)
