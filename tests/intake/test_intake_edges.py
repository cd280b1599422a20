"""Rarer shapes of files: what says nothing is passed over, what contradicts itself or is no word we know is told."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from intake_samples import BUYER, HEADERS, LINE, codes, finvoice, read_one, table
from test_intake_claims import HEAD, ONE, TWO
from test_intake_finvoice import D, money, only, row

from finance.invoice import CashDiscount, Kind
from intake import receipts
from intake.finvoice import frames
from intake.prices import comes_to, percent_of
from intake.receipts import Unfit
from intake.tables import text_files, workbooks
from intake.tables.claim_heads import ZONE
from tests.support import receipts as made

STEP = "<RowProgressiveDiscountDetails>{}</RowProgressiveDiscountDetails>"

PRICES: list[tuple[str, str, str]] = [
    (money("UnitPriceNetAmount", "90"), "90", "0"),
    (money("UnitPriceNetAmount", "90") + "<RowDiscountPercent>10</RowDiscountPercent>", "90", "10"),
    (money("RowAmount", "125,50"), "125.5", "0"),
    (money("UnitPriceAmount", "10") + STEP.format("<RowDiscountPercent></RowDiscountPercent>"), "10", "0"),
    (money("UnitPriceAmount", "10") + "<RowChargeDetails><ReasonText>x</ReasonText></RowChargeDetails>", "10", "0"),
    (
        money("UnitPriceAmount", "100")
        + money("UnitPriceNetAmount", "90")
        + "<RowDiscountPercent>10</RowDiscountPercent>",
        "90",
        "10",
    ),
]


@pytest.mark.parametrize(("body", "price", "discount"), PRICES)
def test_a_price_from_what_there_is(body: str, price: str, discount: str) -> None:
    (line,) = only(read_one(finvoice(rows=row(body), totals=""))).lines
    assert (line.unit_price, line.discount_percent) == (D(price), D(discount))


def test_a_step_of_a_discount_in_money_is_asked_back() -> None:
    body = money("UnitPriceAmount", "10") + STEP.format(money("RowDiscountAmount", "1"))
    assert codes(read_one(finvoice(rows=row(body)))) == ["intake.element.discount"]


def test_rows_of_the_breakdown_without_figures_are_passed_over() -> None:
    spec = "<VatSpecificationDetails>{}</VatSpecificationDetails>"
    details = (
        spec.format("<VatRatePercent>25,5</VatRatePercent>")
        + spec.format(money("VatBaseAmount", "1,00") + money("VatRateAmount", "0,26"))
        + spec.format(money("VatBaseAmount", "100,00") + "<VatRatePercent>25,5</VatRatePercent>")
    )
    (kept,) = only(read_one(finvoice(details=details))).stated.breakdown
    assert (kept.percent, kept.base, kept.vat) == (D("25.5"), D(100), D(0))


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ("<DiscountDetails><FreeText>0</FreeText></DiscountDetails>", []),
        ("<ChargeDetails><Percent>3</Percent></ChargeDetails>", ["intake.element.charge"]),
        ("<DiscountDetails><Percent>1</Percent></DiscountDetails>" * 2, ["intake.element.charge"]),
    ],
)
def test_percentages_of_the_whole_beyond_one_discount_are_asked_back(details: str, told: list[str]) -> None:
    assert codes(read_one(finvoice(details=details))) == told


def test_a_discount_of_an_invoice_whose_rows_tell_no_rate_has_none() -> None:
    rows = row(money("UnitPriceAmount", "100"), "")
    details = "<DiscountDetails>" + money("Amount", "5,00") + "</DiscountDetails>"
    reading = read_one(finvoice(rows=rows, details=details))
    assert "intake.discount_rate" not in codes(reading)
    assert only(reading).lines[1].vat_percent is None


def test_a_credit_note_without_totals_is_judged_by_its_rows() -> None:
    details = "<OriginalInvoiceNumber>1000</OriginalInvoiceNumber>"
    (plus,) = read_one(finvoice(kind="INV02", details=details, totals="")).documents
    rows = row('<InvoicedQuantity QuantityUnitCode="kpl">-2</InvoicedQuantity>' + money("UnitPriceAmount", "50"))
    (minus,) = read_one(finvoice(kind="INV02", details=details, totals="", rows=rows)).documents
    for credit in (plus, minus):
        assert sum(line.quantity * line.unit_price for line in credit.lines) == -100


def test_a_cash_discount_in_money_is_a_share_of_the_whole() -> None:
    terms = "<PaymentTermsDetails><CashDiscountDate>20261007</CashDiscountDate>{}</PaymentTermsDetails>"
    amount = money("CashDiscountAmount", "2,51")
    found = only(read_one(finvoice(details=terms.format(amount)))).payment.discounts
    assert found == (CashDiscount(7, D(2)),)
    of_base = terms.format(money("CashDiscountBaseAmount", "50,20") + amount)
    assert only(read_one(finvoice(details=of_base))).payment.discounts == (CashDiscount(7, D(5)),)
    assert codes(read_one(finvoice(details=terms.format(amount), totals=""))) == ["intake.cash_discount"]


def test_shares_and_sums_of_nothing() -> None:
    assert percent_of(D(0), D(0)) == 0
    assert comes_to(None, D(1), D(1), D(0)) is False
    assert comes_to(D("0.90"), D(1), D(1), D(10)) is True


def test_an_end_without_a_beginning_cuts_nothing() -> None:
    content = b"</Finvoice>" + finvoice("1") + finvoice("2")
    assert len([f for f in frames.frames("a.xml", content) if b"InvoiceNumber" in f.text.encode()]) == 2


CLAIMED: list[tuple[str, str, list[str]]] = [
    (HEAD, ONE.replace("E7;Emma Clarke", ";"), ["intake.claim.empty"]),
    (HEAD, ONE.replace("Taksi;Asemalle", ";"), ["intake.claim.empty"]),
    (HEAD.replace("Selite;", ""), ONE.replace("Taksi;Asemalle", ""), ["intake.claim.empty"]),
    (f"{HEAD};Valuutta", f"{ONE};kruunua", ["intake.cell.currency"]),
]


@pytest.mark.parametrize(("head", "line", "told"), CLAIMED)
def test_a_claim_that_lacks_what_it_needs(head: str, line: str, told: list[str]) -> None:
    reading = read_one(table(line, headers=head))
    assert reading.claims == ()
    assert [code for code in codes(reading) if code in told] == told


def test_two_totals_of_one_claim_contradict_each_other() -> None:
    head = f"{HEAD};Kululaskun summa"
    assert "intake.claim.contradiction" not in codes(read_one(table(f"{ONE};124,00", f"{TWO};124,00", headers=head)))
    reading = read_one(table(f"{ONE};124,00", f"{TWO};125,00", headers=head))
    (fault,) = [fault for fault in reading.faults if fault.code == "intake.claim.contradiction"]
    assert (fault.found, fault.expected) == ("125.00", "124.00")


def test_a_first_row_without_a_number_holds_nobody() -> None:
    reading = read_one(table(ONE.replace("K12", ""), TWO, headers=HEAD))
    assert [claim.number for claim in reading.claims] == ["K12"]
    assert "intake.claim.row" in codes(reading)
    assert "intake.claim.held" not in codes(reading)


def test_a_column_of_identity_codes_is_told_and_left_alone() -> None:
    reading = read_one(table(f"{ONE};131052-308T", headers=f"{HEAD};Henkilötunnus"))
    assert [claim.number for claim in reading.claims] == ["K12"]
    assert "intake.list.identity_column" in codes(reading)
    assert "131052-308T" not in str(reading)


def test_a_word_that_is_no_channel_is_told() -> None:
    reading = read_one(table(f"{LINE};kyyhkynen", headers=f"{HEADERS};Lähetystapa"))
    assert only(reading).channel is None
    (fault,) = reading.faults
    assert (fault.code, fault.found, fault.warning) == ("intake.cell.unknown_word", "kyyhkynen", True)


def test_our_own_invoice_to_nobody_is_asked_back() -> None:
    head = "Laskun numero;Laskupäivä;Myyjä;Myyjän Y-tunnus;Tuote;Määrä;A-hinta;ALV %"
    ours = read_one(table("1;30.9.2026;Metsäpolku Konsultointi Oy;2077474-0;Työ;1;50,00;25,5", headers=head))
    assert "intake.cell.empty" in codes(ours)
    theirs = read_one(table("1;30.9.2026;Metsäpolku Konsultointi Oy;2077474-0;Työ;1;50,00;25,5", headers=head), BUYER)
    assert [document.kind for document in theirs.documents] == [Kind.BILL]


def test_a_heading_without_words_is_no_row() -> None:
    lines = (f"{LINE};", LINE.replace(";Työ;", ";;").replace("2;h;50,00", ";;") + ";otsikko")
    reading = read_one(table(*lines, headers=f"{HEADERS};Rivityyppi"))
    assert [line.name for line in only(reading).lines] == ["Työ"]
    assert reading.faults == ()


def test_a_quote_left_open_breaks_its_own_line_only() -> None:
    lines = ['"open', *["x;y"] * 70]
    assert text_files._record(lines, 0, ";") == (None, 1)
    assert text_files._record(['"a', 'b";c'], 0, ";") == (["a\nb", "c"], 2)


CELLS: list[tuple[Any, Any]] = [
    (True, "1"),
    (False, "0"),
    (datetime(2026, 5, 12), date(2026, 5, 12)),
    (datetime(2026, 5, 12, 7, 30), datetime(2026, 5, 12, 7, 30)),
    (date(2026, 5, 12), date(2026, 5, 12)),
    (time(7, 30), "07:30:00"),
    (timedelta(hours=26), "1 day, 2:00:00"),
    (float("inf"), "inf"),
    (0.1 + 0.2, Decimal("0.3")),
    ("'=1+1", "=1+1"),
]


@pytest.mark.parametrize(("value", "cell"), CELLS)
def test_a_typed_cell(value: Any, cell: Any) -> None:
    assert workbooks._cell(value) == cell


def test_a_trip_with_typed_times() -> None:
    head = [*HEAD.split(";"), "Reitti", "Matka alkoi", "Matka päättyi"]
    cells = ["M1", "E7", "Emma", "18.5.2026", "12.5.2026", "Juna", "Hki", 66, 10, "Oma", "", "Hki – Tku"]
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet, moment = book.add_worksheet("Kulut"), book.add_format({"num_format": "d.m.yyyy hh:mm"})
        sheet.write_row(0, 0, head)
        sheet.write_row(1, 0, cells)
        for place, hour in ((12, 7), (13, 19)):
            sheet.write_datetime(1, place, datetime(2026, 5, 12, hour, 30), moment)
    (claim,) = read_one(content.getvalue()).claims
    assert claim.trip is not None
    assert claim.trip.start == datetime(2026, 5, 12, 7, 30, tzinfo=ZONE)
    assert claim.trip.end == datetime(2026, 5, 12, 19, 30, tzinfo=ZONE)


def test_a_reader_that_panics_has_given_up_and_an_interrupt_goes_on() -> None:
    class PanicException(BaseException):
        """As the reader's own is called."""

    def raises(failed: BaseException) -> Any:
        raise failed

    assert workbooks._guarded(lambda: raises(PanicException("index out of bounds"))) is None
    assert workbooks._guarded(lambda: raises(ValueError("no sheet"))) is None
    with pytest.raises(KeyboardInterrupt):
        workbooks._guarded(lambda: raises(KeyboardInterrupt()))


def test_a_receipt_that_stays_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _, kept = receipts.receipt("a.jpg", made.photo())
    monkeypatch.setattr(receipts, "KEPT", len(kept))
    assert receipts.receipt("a.jpg", made.photo())[1] == kept
    monkeypatch.setattr(receipts, "KEPT", len(kept) - 1)
    with pytest.raises(Unfit) as stopped:
        receipts.receipt("a.jpg", made.photo())
    assert stopped.value.flaw is receipts.Flaw.LARGE
