"""An invoice and the reference data become a posting: every register id, account and VAT status decided, or a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from finance import travel
from finance.case import completed, unique
from finance.claim_part import ClaimPart
from finance.company import Choices
from finance.faults import Fault
from finance.invoice import Invoice, Kind, Line, LineKind
from finance.posting import Posting, Row, Target
from finance.reference import Customer, Product, Reference
from finance.registers import Registers, identity, index, key
from finance.rules import accounts, products, targets, texts, vat, vat_status
from finance.suppliers import match

ZERO = Decimal(0)


def resolve(invoice: Invoice, reference: Reference, choices: Choices) -> tuple[Posting | None, tuple[Fault, ...]]:
    """The invoice as Procountor will have it, and what is wrong; the posting is None when a fault forbids it."""
    return resolved(completed(invoice, choices), index(reference, choices, invoice.kind))


def resolved(invoice: Invoice, registers: Registers) -> tuple[Posting | None, tuple[Fault, ...]]:
    """As ``resolve``, for a completed invoice and registers indexed before."""
    decided, faults = _decide(invoice, registers)
    if decided is None or any(not fault.warning for fault in faults):
        return None, faults
    rows = tuple(_row(i, line, decided) for i, line in enumerate(invoice.lines))
    customer = partner(invoice, registers)
    return Posting(decided.status, rows, customer.id if customer else None, account_to_pay(invoice, registers)), faults


def partner(invoice: Invoice, registers: Registers) -> Customer | None:
    """The other side in Procountor's register; a buyer is the only one with his business id (of those, his number)."""
    if invoice.kind is Kind.BILL:
        return match(invoice.seller, registers).entry
    if invoice.claim is not None:
        return _claimant(invoice, invoice.claim)
    buyer = invoice.buyer
    by_number = registers.partners_by_number.get(key(buyer.customer_number), ()) if buyer.customer_number else ()
    wanted = identity(buyer.business_id or buyer.vat_number)
    by_id = registers.partners_by_id.get(wanted, ()) if wanted else ()
    both = [customer for customer in by_id if customer in by_number]
    for found in (both, by_id, by_number):
        active = [customer for customer in found if customer.active]
        if len(active) == 1:
            return active[0]
        if active:
            return None
    return None


def _claimant(invoice: Invoice, claim: ClaimPart) -> Customer | None:
    """The person whose claim it is; a purchase invoice knows no persons, only a name (lifecycle.md 5)."""
    if claim.person is None or claim.purchase:
        return None
    return Customer(claim.person, invoice.seller.name, invoice.seller.customer_number)


def account_to_pay(invoice: Invoice, registers: Registers) -> str:
    """The IBAN it is to be paid to: its own, else for an invoice the company's default for them; "" when neither."""
    if invoice.payment.iban or invoice.kind is not Kind.SALES_INVOICE:
        return invoice.payment.iban
    defaults = (iban for iban, a in registers.own_accounts.items() if a.active and a.default_for_invoice)
    return next(defaults, "")


@dataclass(frozen=True, slots=True)
class _Decided:
    """What has been decided about the rows, by their places; header rows stand with the product row they head."""

    status: int
    statuses: Mapping[int, int]
    products: Mapping[int, Product | None]
    accounts: Mapping[int, str]
    targets: Mapping[int, tuple[Target, ...]]
    units: Mapping[int, str]
    comments: Mapping[int, str]
    heads: Mapping[int, int | None]
    lines: tuple[Line, ...]


def _decide(invoice: Invoice, registers: Registers) -> tuple[_Decided | None, tuple[Fault, ...]]:
    lines = [(i, line) for i, line in enumerate(invoice.lines) if line.kind is LineKind.PRODUCT]
    booked, faults = _book(invoice, registers)
    status, statuses, status_faults = vat_status.statuses(invoice, registers)
    found_units = {i: products.unit(i, line, registers) for i, line in lines}
    comments = {i: texts.comment(i, line) for i, line in enumerate(invoice.lines)}
    faults += [fault for _, fault in (*found_units.values(), *comments.values()) if fault]
    faults += [*vat.missing(invoice, registers), *status_faults]
    if status is None:
        return None, unique(faults)
    decided = _Decided(
        status,
        statuses,
        booked.products,
        booked.accounts,
        booked.targets,
        {i: code for i, (code, _) in found_units.items()},
        {i: comment for i, (comment, _) in comments.items()},
        _headed(invoice),
        invoice.lines,
    )
    return decided, unique(faults)


@dataclass(frozen=True, slots=True)
class _Booked:
    """Where each row is booked. Of bills and claims it is not said: they are accounted for in Procountor (R03)."""

    products: Mapping[int, Product | None]
    accounts: Mapping[int, str]
    targets: Mapping[int, tuple[Target, ...]]


def _book(invoice: Invoice, registers: Registers) -> tuple[_Booked, list[Fault]]:
    lines = [(i, line) for i, line in enumerate(invoice.lines) if line.kind is LineKind.PRODUCT]
    if invoice.kind is not Kind.SALES_INVOICE:
        allowed = invoice.claim is not None and invoice.claim.trip is not None and not invoice.claim.purchase
        reference = registers.reference
        allowances = {
            i: travel.product(line, line.start or invoice.issued, reference) if allowed else None for i, line in lines
        }
        return _Booked(allowances, {i: "" for i, _ in lines}, {}), []
    found, faults = products.check(invoice, registers)
    chosen = {i: accounts.account(line, invoice, found[i], registers) for i, line in lines}
    aimed, wrong = targets.targets(invoice, registers)
    return _Booked(found, chosen, aimed), [*faults, *accounts.check(invoice, chosen, registers), *wrong]


def _headed(invoice: Invoice) -> dict[int, int | None]:
    """For each header row the product row it stands with: the next one, for the last ones the previous one."""
    found: dict[int, int | None] = {}
    places = [i for i, line in enumerate(invoice.lines) if _priced(line)]
    for i, line in enumerate(invoice.lines):
        if not _priced(line):
            found[i] = next((place for place in places if place > i), places[-1] if places else None)
    return found


def _priced(line: Line) -> bool:
    return line.kind is LineKind.PRODUCT


def _row(i: int, line: Line, decided: _Decided) -> Row:
    if line.kind is LineKind.HEADER:
        return _header_row(i, line, decided)
    product = decided.products[i]
    return Row(
        product=line.name or (product.name if product else ""),
        quantity=line.quantity,
        unit_code=decided.units[i],
        unit_price=line.unit_price,
        discount_percent=line.discount_percent,
        vat_percent=line.vat_percent or ZERO,
        vat_status=decided.statuses[i],
        comment=decided.comments[i],
        product_id=product.id if product else None,
        product_code=product.code if product else line.product_code,
        account=decided.accounts[i],
        targets=decided.targets.get(i, ()),
    )


def _header_row(i: int, line: Line, decided: _Decided) -> Row:
    """A heading as an ordinary row without amounts (R34); its VAT and account are those of the row it stands with."""
    head = decided.heads[i]
    percent = ZERO if head is None else decided.lines[head].vat_percent or ZERO
    status = decided.status if head is None else decided.statuses[head]
    account = "" if head is None else decided.accounts[head]
    return Row(line.name or "–", ZERO, "", ZERO, ZERO, percent, status, decided.comments[i], account=account)
