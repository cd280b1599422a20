"""The rows of one invoice into the invoice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from finance.faults import Fault
from finance.invoice import ONE, Address, Invoice, Kind, Line, Party, Payment, StatedTotals
from intake.ownership import Owner, which_way
from intake.tables.cells import Cells
from intake.tables.heads import Head
from intake.tables.lines import LineRead, line_of


def invoice_of(
    name: str, rows: list[Cells], owner: Owner, units: Mapping[str, str], direction: Kind | None
) -> tuple[Invoice | None, list[Fault]]:
    """The invoice that ``rows`` make (at least one), and what is wrong; None when a fault stops it."""
    head = Head(rows)
    head.gather()
    lines, with_vat = _lines(rows, units)
    seller, buyer, kind, told = _parties(name, head, owner, direction)
    invoice = _composed(head, seller, buyer, lines, with_vat)
    if not any(cells.has("issued") for cells in rows):
        rows[0].fault("intake.cell.empty", "issued")
    if not lines:
        rows[0].fault("intake.cell.empty", "name")
    numbered = [replace(f, facts={"number": head.text("number"), **f.facts}) for f in told]
    faults = [*(f for cells in rows for f in cells.faults), *numbered]
    if kind is None or invoice is None or any(not f.warning for f in faults):
        return None, faults
    return replace(invoice, kind=kind), faults


def _lines(rows: list[Cells], units: Mapping[str, str]) -> tuple[tuple[Line, ...], bool]:
    read: list[LineRead] = []
    for cells in rows:
        found = line_of(cells, units)
        if found is None:
            continue
        if found.words and read:
            more = tuple(t for t in (found.line.name, *found.line.descriptions) if t)
            before = read[-1]
            read[-1] = replace(before, line=replace(before.line, descriptions=before.line.descriptions + more))
        else:
            read.append(found)
    priced = {r.gross_price for r in read if r.gross_price is not None}
    if len(priced) > 1:
        rows[0].fault("intake.cell.mixed_prices", "unit_price_gross")
    return tuple(r.line for r in read), True in priced


def _parties(
    name: str, head: Head, owner: Owner, direction: Kind | None
) -> tuple[Party, Party, Kind | None, tuple[Fault, ...]]:
    """Seller, buyer and which way it goes. A list that names no seller is the company's own sales.

    In a list of suppliers that names no buyers, a business id or a street is the supplier's.
    """
    company = Party(name=owner.name, business_id=owner.business_id)
    seller, buyer = head.seller(), head.buyer()
    ours = direction is Kind.SALES_INVOICE or which_way(seller, buyer, owner, Kind.BILL, name)[0] is not Kind.BILL
    if seller.name and not buyer.name and not ours:
        seller, buyer = _completed(seller, buyer, owner)
    if not (seller.name or seller.business_id or seller.vat_number):
        if not (buyer.name or buyer.business_id or buyer.vat_number or buyer.customer_number):
            head.rows[0].fault("intake.cell.empty", "buyer_name")
        return company, buyer, Kind.SALES_INVOICE, ()
    if not (buyer.name or buyer.business_id or buyer.vat_number or buyer.customer_number):
        kind, _ = which_way(seller, company, owner, direction, name)
        if kind is Kind.SALES_INVOICE:
            head.rows[0].fault("intake.cell.empty", "buyer_name")
        return seller, company, kind, ()
    kind, faults = which_way(seller, buyer, owner, direction, name)
    return seller, buyer, kind, faults


def _completed(seller: Party, told: Party, owner: Owner) -> tuple[Party, Party]:
    """The seller with what the list tells of a party; ourselves as the buyer, when it is our own id that it tells."""
    if which_way(Party(), told, owner, None, "")[0] is Kind.BILL:
        return seller, told
    whole = replace(
        seller,
        business_id=seller.business_id or told.business_id,
        vat_number=seller.vat_number or told.vat_number,
        contact_person=told.contact_person,
        email=told.email,
        phone=told.phone,
        address=replace(told.address, name=seller.name) if told.address != Address() else Address(),
    )
    return whole, Party()


def _composed(head: Head, seller: Party, buyer: Party, lines: tuple[Line, ...], with_vat: bool) -> Invoice | None:
    issued = head.day("issued")
    if issued is None:
        return None
    start, end = head.day("delivery_start"), head.day("delivery_end")
    return Invoice(
        number=head.text("number"),
        issued=issued,
        seller=seller,
        buyer=buyer,
        billing_address=head.address("billing", buyer.name),
        delivery_address=head.address("delivery", buyer.name),
        lines=lines,
        payment=_payment(head),
        stated=StatedTotals(head.number("total_net"), head.number("total_vat"), head.number("total_gross")),
        channel=head.channel(),
        language=head.language(),
        prices_include_vat=with_vat,
        delivery_start=start or end,
        delivery_end=end or start,
        order_reference=head.text("order_reference"),
        buyer_reference=head.text("buyer_reference"),
        seller_reference=head.text("seller_reference"),
        agreement=head.text("agreement"),
        credited_number=head.text("credited_number"),
        note=head.text("note"),
        internal_note=head.text("internal_note"),
        attachments=head.attachments(),
    )


def _payment(head: Head) -> Payment:
    return Payment(
        iban=head.text("iban").replace(" ", "").upper(),
        bic=head.text("bic"),
        reference=head.text("reference").replace(" ", ""),
        terms=head.text("terms"),
        due=head.day("due"),
        penalty_percent=head.number("penalty_percent"),
        currency=head.currency(),
        rate=head.number("rate") or ONE,
    )
