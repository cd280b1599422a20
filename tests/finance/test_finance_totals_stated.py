"""What a file claims of its sums: right as rounded by rate or by row, else a fault that says both amounts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from finance_samples import HEADER, INVOICE, LINE, D

from finance.faults import Fault
from finance.invoice import Invoice, StatedTotals, StatedVat
from finance.totals import check_stated

ROW = replace(LINE, name="Työ", quantity=D(1), unit_price=D(100), vat_percent=D("25.5"))
SMALL = replace(ROW, unit_price=D("0.02"))


def claims(invoice: Invoice, **stated: object) -> tuple[Fault, ...]:
    return check_stated(replace(invoice, stated=StatedTotals(**stated)))  # type: ignore[arg-type]


def rows(*lines: object, **more: object) -> Invoice:
    return replace(INVOICE, lines=lines, **more)  # type: ignore[arg-type]


def money(claimed: str, computed: str, **more: object) -> dict[str, object]:
    return {"claimed": D(claimed), "computed": D(computed), "currency": INVOICE.payment.currency, **more}


@pytest.mark.parametrize(
    ("prices_include_vat", "discount", "net", "vat", "gross"),
    [
        (False, "0", "100", "25.5", "125.5"),
        (False, "10", "100", "25.5", "125.5"),
        (False, "10", "90", "22.95", "112.95"),
        (True, "0", "79.68", "20.32", "100"),
        (True, "10", "71.71", "18.29", "90"),
    ],
)
def test_a_row_may_be_told_before_or_after_the_invoices_discount(
    prices_include_vat: bool, discount: str, net: str, vat: str, gross: str
) -> None:
    row = replace(ROW, stated_net=D(net), stated_vat=D(vat), stated_gross=D(gross))
    told = rows(HEADER, row, prices_include_vat=prices_include_vat, discount_percent=D(discount))
    assert check_stated(told) == ()
    for name in ("net", "vat", "gross"):
        wrong = replace(row, **{f"stated_{name}": D("1.23")})
        (fault,) = check_stated(replace(told, lines=(HEADER, wrong)))
        assert (fault.code, fault.where) == (f"sum.line_{name}", f"lines[1].stated_{name}")


def test_a_wrong_row_says_both_amounts_its_place_and_its_name() -> None:
    facts = money("1", "25.50", row=1, name="Työ")
    assert check_stated(rows(replace(ROW, stated_vat=D(1)))) == (
        Fault("sum.line_vat", "lines[0].stated_vat", "1", "25.50", facts),
    )


def test_sums_may_be_rounded_for_each_rate_or_each_row() -> None:
    told = rows(SMALL, SMALL, HEADER)
    assert claims(told, net=D("0.04"), vat=D("0.01"), gross=D("0.05")) == ()
    assert claims(told, net=D("0.04"), vat=D("0.02"), gross=D("0.06")) == ()
    assert claims(told, gross=D("0.07")) == (Fault("sum.gross", "stated.gross", "0.07", "0.05", money("0.07", "0.05")),)
    assert claims(told, net=D(0), vat=D("0.03")) == (
        Fault("sum.net", "stated.net", "0", "0.04", money("0", "0.04")),
        Fault("sum.vat", "stated.vat", "0.03", "0.01", money("0.03", "0.01")),
    )


def test_rates_are_compared_by_percentage_whatever_their_categories() -> None:
    other = replace(ROW, vat_percent=D(10), vat_category="AA")
    third = replace(ROW, vat_percent=D(10), vat_category="S")
    told = rows(ROW, other, third, SMALL, SMALL)
    low = (StatedVat(D(10), D(150), D(15)), StatedVat(D(10), D(50), D(5)))
    high = StatedVat(D("25.5"), D("100.04"), D("25.51"))
    assert claims(told, breakdown=(high, *low)) == ()
    assert claims(told, breakdown=(replace(high, vat=D("25.52")), *low)) == ()
    assert claims(told, breakdown=(replace(high, vat=D("25.53")), *low)) == (
        Fault("sum.rate_vat", "stated.breakdown[25.5]", "25.53", "25.51", money("25.53", "25.51", percent=D("25.5"))),
    )
    missing = claims(told, breakdown=(high,))
    assert [(f.code, f.found, f.expected, f.facts["percent"]) for f in missing] == [
        ("sum.rate_base", "0", "200.00", D(10)),
        ("sum.rate_vat", "0", "20.00", D(10)),
    ]
    assert [f.where for f in claims(told, breakdown=(replace(high, vat=D(1)),))] == [
        "stated.breakdown[25.5]", "stated.breakdown[10]", "stated.breakdown[10]",
    ]  # fmt: skip


def test_a_rate_may_be_rounded_row_by_row_where_prices_include_vat() -> None:
    """Two cents with 25.5 %: 0.0041 of VAT in each row is nothing, in both together a cent."""
    told = rows(SMALL, SMALL, prices_include_vat=True)
    assert claims(told, breakdown=(StatedVat(D("25.5"), D("0.03"), D("0.01")),)) == ()
    assert claims(told, breakdown=(StatedVat(D("25.5"), D("0.04"), D(0)),)) == ()


def test_what_a_heading_states_is_no_claim() -> None:
    assert check_stated(rows(replace(HEADER, stated_net=D(5), stated_vat=D(5)), ROW)) == ()


def test_one_amount_in_several_places_is_compared_in_each() -> None:
    same = D(7)
    assert [f.code for f in claims(rows(ROW), net=same, vat=same)] == ["sum.net", "sum.vat"]
    assert [f.code for f in claims(rows(ROW), net=same, vat=same, gross=same)] == ["sum.net", "sum.vat", "sum.gross"]


def test_a_row_without_a_percentage_counts_as_nought() -> None:
    bare = replace(ROW, vat_percent=None, stated_vat=D(0), stated_gross=D(100))
    assert check_stated(rows(bare)) == ()
    assert claims(rows(replace(ROW, vat_percent=None)), breakdown=(StatedVat(D(0), D(100), D(0)),)) == ()
