"""Totals to the cent, and what a file may claim."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from finance_samples import HEADER, INVOICE, LINE, D, put
from hypothesis import given
from hypothesis import strategies as st

from finance.invoice import Invoice, Line, StatedTotals
from finance.totals import check_stated, line_net, totals

CENTS = D("0.01")

quantities = st.decimals(-1000, 1000, places=2)
prices = st.decimals(-5000, 5000, places=4)
percents = st.sampled_from([D(p) for p in ("25.5", "24", "14", "13.5", "10", "0")])
discounts = st.decimals(0, 100, places=2)
lines = st.builds(
    Line,
    name=st.just("Työ"),
    quantity=quantities,
    unit_price=prices,
    discount_percent=discounts,
    vat_percent=percents,
    vat_category=st.sampled_from(["", "S"]),
)
invoices = st.builds(
    lambda lines, gross, discount: replace(
        INVOICE, lines=tuple(lines), prices_include_vat=gross, discount_percent=discount
    ),
    st.lists(lines, max_size=8),
    st.booleans(),
    st.one_of(st.just(D(0)), discounts),
)


def of(*rows: tuple[str, str, str], gross: bool = False, discount: str = "0") -> Invoice:
    made = tuple(replace(LINE, quantity=D(q), unit_price=D(p), vat_percent=D(v)) for q, p, v in rows)
    return replace(INVOICE, lines=made, prices_include_vat=gross, discount_percent=D(discount))


@pytest.mark.parametrize(
    ("invoice", "net", "vat", "gross"),
    [
        (of(("7.5", "120", "25.5")), "900.00", "229.50", "1129.50"),
        (of(("1", "0.02", "25.5"), ("1", "0.02", "25.5")), "0.04", "0.01", "0.05"),
        (of(("3", "33.335", "24")), "100.01", "24.00", "124.01"),
        (of(("1", "100", "25.5"), ("1", "100", "10"), ("1", "100", "0")), "300.00", "35.50", "335.50"),
        (of(("1", "125.50", "25.5"), gross=True), "100.00", "25.50", "125.50"),
        (of(("2", "0.99", "10"), gross=True), "1.80", "0.18", "1.98"),
        (of(("1", "200", "25.5"), discount="12.5"), "175.00", "44.63", "219.63"),
        (of(("-7.5", "120", "25.5")), "-900.00", "-229.50", "-1129.50"),
        (of(("1", "0.005", "0")), "0.01", "0.00", "0.01"),
        (of(("-1", "0.005", "0")), "-0.01", "0.00", "-0.01"),
        (of(), "0", "0", "0"),
    ],
)
def test_totals(invoice: Invoice, net: str, vat: str, gross: str) -> None:
    found = totals(invoice)
    assert (found.net, found.vat, found.gross) == (D(net), D(vat), D(gross))


def test_rates_are_apart_by_percentage_and_category() -> None:
    rows = [replace(LINE, vat_percent=D(0), vat_category=c, unit_price=D(10), quantity=D(1)) for c in ("K", "E", "E")]
    found = totals(replace(INVOICE, lines=(*rows, LINE, HEADER)))
    assert [(r.percent, r.category, r.net, r.vat) for r in found.rates] == [
        (D("25.5"), "", D("900.00"), D("229.50")),
        (D(0), "E", D("20.00"), D("0.00")),
        (D(0), "K", D("10.00"), D("0.00")),
    ]


def test_rates_where_prices_include_vat() -> None:
    rows = (replace(LINE, vat_category="S", unit_price=D("125.50"), quantity=D(1)), HEADER)
    (rate,) = totals(replace(INVOICE, lines=rows, prices_include_vat=True)).rates
    assert (rate.percent, rate.category, rate.net, rate.vat) == (D("25.5"), "S", D("100.00"), D("25.50"))


def test_a_row_with_its_discount() -> None:
    line = replace(LINE, quantity=D(3), unit_price=D("9.99"), discount_percent=D("33.33"))
    assert line_net(line, INVOICE) == D("19.98")
    gross = replace(INVOICE, prices_include_vat=True)
    assert line_net(line, gross) == D("15.92")
    assert line_net(HEADER, INVOICE) == 0


@given(invoices)
def test_the_rates_add_up_to_the_totals(invoice: Invoice) -> None:
    found = totals(invoice)
    assert sum((r.net for r in found.rates), Decimal(0)) == found.net
    assert sum((r.vat for r in found.rates), Decimal(0)) == found.vat
    assert found.net + found.vat == found.gross
    assert all(amount == amount.quantize(CENTS) for amount in (found.net, found.vat, found.gross))


@given(invoices)
def test_what_is_stated_as_computed_is_right(invoice: Invoice) -> None:
    found = totals(invoice)
    stated = replace(invoice, stated=StatedTotals(found.net, found.vat, found.gross))
    rows = tuple(replace(line, stated_net=line_net(line, invoice)) for line in invoice.lines)
    assert check_stated(replace(stated, lines=rows)) == ()


@given(invoices, st.sampled_from(["net", "vat", "gross"]), st.sampled_from([D(-1), D(1)]))
def test_a_wrong_claim_is_told_with_both_amounts(invoice: Invoice, name: str, by: Decimal) -> None:
    right = getattr(totals(invoice), name)
    (fault,) = check_stated(put(invoice, **{f"stated__{name}": right + by}))
    assert fault.code == f"sum.{name}"
    assert fault.facts["claimed"] == right + by
    assert fault.facts["computed"] == right


def test_vat_rounded_row_by_row_is_right_too() -> None:
    invoice = of(("1", "0.02", "25.5"), ("1", "0.02", "25.5"))  # 0.0051 each: 0.01 + 0.01 by row, 0.01 by rate
    assert check_stated(put(invoice, stated__vat=D("0.01"), stated__gross=D("0.05"))) == ()
    assert check_stated(put(invoice, stated__vat=D("0.02"), stated__gross=D("0.06"))) == ()
    assert {f.code for f in check_stated(put(invoice, stated__vat=D("0.03")))} == {"sum.vat"}


def test_a_breakdown_that_lacks_a_rate() -> None:
    from finance.invoice import StatedVat

    invoice = of(("1", "100", "25.5"), ("1", "50", "10"))
    claimed = put(invoice, stated__breakdown=(StatedVat(D("25.5"), D(100), D("25.5")),))
    assert {(f.code, f.facts["percent"], f.facts["computed"]) for f in check_stated(claimed)} == {
        ("sum.rate_base", D(10), D("50.00")),
        ("sum.rate_vat", D(10), D("5.00")),
    }
