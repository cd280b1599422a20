"""What an invoice comes to: lines rounded to the cent, VAT per rate from the sum (EN 16931); what the file claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from finance.faults import Fact, Fault
from finance.invoice import Invoice, Line, LineKind

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class RateTotal:
    """One VAT rate of an invoice: what it is counted from and what it comes to, in the invoice's currency."""

    percent: Decimal
    category: str
    net: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole invoice in its own currency, to the cent; ``rates`` by percentage, highest first."""

    net: Decimal
    vat: Decimal
    gross: Decimal
    rates: tuple[RateTotal, ...]


def cent(amount: Decimal) -> Decimal:
    """``amount`` to the cent; half a cent away from zero."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def line_net(line: Line, invoice: Invoice) -> Decimal:
    """A row without VAT, after its own discount and before the invoice's, to the cent."""
    amount = _priced(line)
    return amount - _vat_within(amount, line) if invoice.prices_include_vat else amount


def totals(invoice: Invoice) -> Totals:
    """Sums of the product rows after row and invoice discounts. A row without a percentage counts as 0 %."""
    groups: dict[tuple[Decimal, str], Decimal] = {}
    for line in _products(invoice):
        group = (line.vat_percent or ZERO, line.vat_category)
        groups[group] = groups.get(group, ZERO) + _priced(line)
    order = sorted(groups, key=lambda group: (-group[0], group[1]))
    rates = tuple(_rate(percent, category, groups[percent, category], invoice) for percent, category in order)
    net, vat = sum((r.net for r in rates), ZERO), sum((r.vat for r in rates), ZERO)
    return Totals(cent(net), cent(vat), cent(net + vat), rates)


def check_stated(invoice: Invoice) -> tuple[Fault, ...]:
    """Where the file claims another amount than its rows come to; VAT may be rounded per rate or per row."""
    return (*_stated_lines(invoice), *_stated_rates(invoice), *_stated_sums(invoice))


def _products(invoice: Invoice) -> Iterator[Line]:
    return (line for line in invoice.lines if line.kind is LineKind.PRODUCT)


def _priced(line: Line) -> Decimal:
    """Quantity × price less the row's discount, as the price is given (net or gross), to the cent."""
    if line.kind is LineKind.HEADER:
        return ZERO
    amount = line.quantity * line.unit_price
    return cent(amount - amount * line.discount_percent / HUNDRED if line.discount_percent else amount)


def _vat_within(gross: Decimal, line: Line) -> Decimal:
    percent = line.vat_percent or ZERO
    return cent(gross * percent / (HUNDRED + percent))


def _discounted(amount: Decimal, invoice: Invoice) -> Decimal:
    return amount - cent(amount * invoice.discount_percent / HUNDRED) if invoice.discount_percent else amount


def _rate(percent: Decimal, category: str, amount: Decimal, invoice: Invoice) -> RateTotal:
    amount = _discounted(amount, invoice)
    if invoice.prices_include_vat:
        vat = cent(amount * percent / (HUNDRED + percent))
        return RateTotal(percent, category, amount - vat, vat)
    return RateTotal(percent, category, amount, cent(amount * percent / HUNDRED))


def _by_row(line: Line, invoice: Invoice) -> tuple[Decimal, Decimal]:
    """Net and VAT of a row after both discounts when each row is rounded by itself."""
    amount = _discounted(_priced(line), invoice)
    if invoice.prices_include_vat:
        vat = _vat_within(amount, line)
        return amount - vat, vat
    return amount, cent(amount * (line.vat_percent or ZERO) / HUNDRED)


def _stated_lines(invoice: Invoice) -> Iterator[Fault]:
    for i, line in enumerate(invoice.lines):
        if line.kind is LineKind.HEADER or (line.stated_net, line.stated_vat, line.stated_gross) == (None, None, None):
            continue
        plain = _line_amounts(line, invoice)
        discounted = _by_row(line, invoice) if invoice.discount_percent else plain
        for name, at in (("stated_net", 0), ("stated_vat", 1), ("stated_gross", 2)):
            claimed = getattr(line, name)
            right = {(*pair, sum(pair))[at] for pair in (plain, discounted)}
            if claimed is not None and cent(claimed) not in right:
                yield _wrong(
                    f"sum.line_{name[7:]}", f"lines[{i}].{name}", claimed, (*plain, sum(plain, ZERO))[at], invoice, i
                )


def _line_amounts(line: Line, invoice: Invoice) -> tuple[Decimal, Decimal]:
    net = line_net(line, invoice)
    if invoice.prices_include_vat:
        return net, _priced(line) - net
    return net, cent(net * (line.vat_percent or ZERO) / HUNDRED)


def _stated_rates(invoice: Invoice) -> Iterator[Fault]:
    """Per percentage: files seldom give categories the same way in the rows and in the breakdown."""
    if not invoice.stated.breakdown:
        return
    once, rows = _per_percent(invoice)
    claimed: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for stated in invoice.stated.breakdown:
        base, vat = claimed.get(stated.percent, (ZERO, ZERO))
        claimed[stated.percent] = (base + stated.base, vat + stated.vat)
    nothing = (ZERO, ZERO)
    for percent in sorted(claimed.keys() | once.keys(), reverse=True):
        found, right, other = (table.get(percent, nothing) for table in (claimed, once, rows))
        for name, at in (("base", 0), ("vat", 1)):
            if cent(found[at]) not in (right[at], other[at]):
                facts = {"percent": percent}
                yield _wrong(
                    f"sum.rate_{name}", f"stated.breakdown[{percent}]", found[at], right[at], invoice, facts=facts
                )


def _per_percent(invoice: Invoice) -> tuple[dict[Decimal, tuple[Decimal, Decimal]], ...]:
    """(net, VAT) by percentage: rounded once per rate, and rounded row by row."""
    once: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for rate in totals(invoice).rates:
        net, vat = once.get(rate.percent, (ZERO, ZERO))
        once[rate.percent] = (net + rate.net, vat + rate.vat)
    rows: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for line in _products(invoice):
        percent = line.vat_percent or ZERO
        net, vat = rows.get(percent, (ZERO, ZERO))
        of_row = _by_row(line, invoice)
        rows[percent] = (net + of_row[0], vat + of_row[1])
    return once, rows


def _stated_sums(invoice: Invoice) -> Iterator[Fault]:
    stated = invoice.stated
    if stated.net is stated.vat is stated.gross is None:
        return
    once = totals(invoice)
    rows = [_by_row(line, invoice) for line in _products(invoice)]
    net, vat = sum((r[0] for r in rows), ZERO), sum((r[1] for r in rows), ZERO)
    for name, other in (("net", net), ("vat", vat), ("gross", net + vat)):
        claimed, right = getattr(stated, name), getattr(once, name)
        if claimed is not None and cent(claimed) not in (right, other):
            yield _wrong(f"sum.{name}", f"stated.{name}", claimed, right, invoice)


def _wrong(
    code: str,
    where: str,
    claimed: Decimal,
    computed: Decimal,
    invoice: Invoice,
    row: int | None = None,
    facts: dict[str, Decimal] | None = None,
) -> Fault:
    known: dict[str, Fact] = {"claimed": claimed, "computed": computed}
    known["currency"] = invoice.payment.currency
    known.update(facts or {})
    if row is not None:
        known |= {"row": row + 1, "name": invoice.lines[row].name}
    return Fault(code, where, str(claimed), str(computed), known)
