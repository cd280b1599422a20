"""What concerns claims alone: whose they are, whose money it was, days of payment, trips and allowances."""

from __future__ import annotations

from collections.abc import Iterator

from finance import identifiers, travel
from finance.case import Case, of_row, product_lines
from finance.claim_documents import NO_TYPE, NO_VAT_TOLD
from finance.claim_part import ClaimPart
from finance.faults import Choice, Fact, Fault, Repair
from finance.invoice import Kind
from finance.lists import COMPANY, OWN

_ALLOWANCES = ("KMT", "DAY")
_SECTIONS = (Choice(OWN, "own"), Choice(COMPANY, "company"))  # the forms say it in the reader's words


def claimant(case: Case) -> Iterator[Fault]:
    """He is named, and known in Procountor's register of persons (R60)."""
    party, part = case.party, _part(case)
    facts: dict[str, Fact] = {"name": party.name or party.email or "–"}
    if not (party.name.strip() or party.email.strip() or party.customer_number.strip()):
        yield Fault("claim.nobody", "seller")
    elif part.person is None:
        yield Fault("claim.person", "seller", str(facts["name"])[:80], facts=facts)


def account(case: Case) -> Iterator[Fault]:
    """Own money is paid to an account that the register of persons has; it is shown masked only."""
    if case.invoice.kind is not Kind.CLAIM or _part(case).person is None:
        return
    iban, facts = case.invoice.payment.iban, {"name": case.party.name or "–"}
    if not iban:
        yield Fault("claim.account", "payment.iban", facts=facts)
    elif not identifiers.right_iban(iban):
        yield Fault("claim.account_form", "payment.iban", identifiers.masked(iban), facts=facts)


def unclear(case: Case) -> Iterator[Fault]:
    """Whose money every cost of the whole claim was: until then nobody knows what belongs to which document (R62)."""
    part = _part(case)
    for name in part.unclear:
        facts: dict[str, Fact] = {"claim": part.number, "name": name}
        if name == NO_TYPE:
            yield Fault("claim.payment_untold", "payment", facts=facts)
            continue
        where = f"choices.payment_types[{name}]"
        yield Fault("claim.payment_type", where, name[:80], "", facts, Repair.CHOOSE, "payment_type", _SECTIONS)


def days(case: Case) -> Iterator[Fault]:
    """No day of payment lies ahead, and none in a closed period: each receipt is marked paid on its day (R66)."""
    periods, company = case.registers.reference.periods, case.invoice.kind is Kind.COMPANY_COST
    for i, line in product_lines(case.invoice):
        day = line.start or case.invoice.issued
        if day > case.today:
            yield Fault("claim.future", f"lines[{i}].start", day.isoformat(), facts=of_row(i, line, date=day))
        around = [p for p in periods if p.start <= day <= p.end]
        closed = bool(periods) and not (around and all(p.open for p in around))
        if company and closed and day != case.invoice.issued:  # that of the document itself is told by ``dates``
            yield Fault("claim.closed", f"lines[{i}].start", day.isoformat(), facts=of_row(i, line, date=day))


def dated(case: Case) -> Iterator[Fault]:
    """Costs dated on the day the claim was written down are more often dated wrong than paid on that day (R67)."""
    part = _part(case)
    same = [i for i, line in product_lines(case.invoice) if line.start == part.created and not _allowance(case, i)]
    if same:
        facts: dict[str, Fact] = {"date": part.created, "rows": ", ".join(str(i + 1) for i in same[:10])}
        yield Fault("claim.dated", f"lines[{same[0]}].start", part.created.isoformat(), facts=facts, warning=True)


def allowances(case: Case) -> Iterator[Fault]:
    """Kilometres and per diems carry no VAT (R69); another cost without any is told once."""
    for i, line in product_lines(case.invoice):
        if _allowance(case, i) and line.vat_percent:
            facts = of_row(i, line, percent=line.vat_percent)
            yield Fault("claim.allowance_vat", f"lines[{i}].vat_percent", str(line.vat_percent), facts=facts)
        elif line.vat_category == NO_VAT_TOLD and not _allowance(case, i):
            facts = of_row(i, line)
            yield Fault("claim.no_vat", f"lines[{i}].vat_percent", facts=facts, warning=True)


def products(case: Case) -> Iterator[Fault]:
    """An allowance is an official product of its year, at most at its rate: the Incomes Register asks for it (R69)."""
    reference = case.registers.reference
    if _part(case).trip is None or reference.travel is None or case.invoice.kind is Kind.COMPANY_COST:
        return
    for i, line in product_lines(case.invoice):
        day = line.start or case.invoice.issued
        found = travel.product(line, day, reference)
        if line.product_code.strip() and found is None:
            facts = of_row(i, line, code=line.product_code[:40], date=day)
            yield Fault("claim.product", f"lines[{i}].product_code", line.product_code[:40], facts=facts)
        elif found is None and _allowance(case, i):
            yield Fault("claim.no_product", f"lines[{i}].product_code", facts=of_row(i, line), warning=True)
        elif found is not None and found.price is not None and line.unit_price > found.price:
            facts = of_row(i, line, price=line.unit_price, most=found.price)
            yield Fault("claim.rate", f"lines[{i}].unit_price", str(line.unit_price), facts=facts, warning=True)


def trip(case: Case) -> Iterator[Fault]:
    """A travel claim tells where, why and when; the Incomes Register asks for it."""
    made = _part(case).trip
    if made is None:
        return
    if made.start is not None and made.end is not None and made.end <= made.start:
        facts: dict[str, Fact] = {"start": made.start, "end": made.end}
        yield Fault("claim.trip_backwards", "claim.trip", facts=facts)
    if not (made.route.strip() and made.purpose.strip() and made.start and made.end):
        yield Fault("claim.trip_lacking", "claim.trip", warning=True)


def whole(case: Case) -> Iterator[Fault]:
    """What the source says the claim comes to, against what its costs come to."""
    part = _part(case)
    if part.stated is not None and part.stated != part.whole:
        facts: dict[str, Fact] = {"claim": part.number, "claimed": part.stated, "computed": part.whole}
        facts["currency"] = case.invoice.payment.currency
        yield Fault("claim.sum", "claim.stated", str(part.stated), str(part.whole), facts)


def receipts(case: Case) -> Iterator[Fault]:
    """Costs other than allowances have a receipt."""
    if case.invoice.attachments or all(_allowance(case, i) for i, _ in product_lines(case.invoice)):
        return
    yield Fault("claim.no_receipt", "attachments", warning=True)


def divided(case: Case) -> Iterator[Fault]:
    """That the claim became several documents is shown before sending (R68)."""
    part = _part(case)
    if part.documents > 1:
        facts: dict[str, Fact] = {"claim": part.number, "documents": part.documents, "gross": part.whole}
        facts["currency"] = case.invoice.payment.currency
        yield Fault("claim.divided", "number", part.number, facts=facts, warning=True)


def together(case: Case) -> Iterator[Fault]:
    """That several claims became one document is shown before sending."""
    part = _part(case)
    if part.members:
        facts: dict[str, Fact] = {"claims": ", ".join(part.members), "documents": len(part.members)}
        yield Fault("claim.together", "number", part.number, facts=facts, warning=True)


def accounting(case: Case) -> Iterator[Fault]:
    """Accounts and cost centres of a file are not sent with a claim, and that is said (R03)."""
    if any(getattr(line, name).strip() for line in case.invoice.lines for name in ("account", "cost_centre")):
        yield Fault("claim.accounting", "lines", warning=True)


def _part(case: Case) -> ClaimPart:
    assert case.invoice.claim is not None
    return case.invoice.claim


def _allowance(case: Case, place: int) -> bool:
    """A row of a trip in kilometres or days is an allowance."""
    line = case.invoice.lines[place]
    return _part(case).trip is not None and line.unit_code in _ALLOWANCES


RULES = (
    claimant,
    account,
    unclear,
    days,
    dated,
    allowances,
    products,
    trip,
    whole,
    receipts,
    divided,
    together,
    accounting,
)
