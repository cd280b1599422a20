"""Claims of one person as one voucher: nothing lost, nothing doubled, nothing of somebody else's, sums to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.canonical import dump, load
from finance.claim import Claim, Claimant, Cost, Habits, Trip
from finance.claim_documents import documents
from finance.claim_together import groups, together
from finance.invoice import Attachment, Invoice, Kind
from finance.lists import COMPANY, OWN
from finance.totals import totals

MAY = date(2026, 5, 12)
COSTS = st.builds(
    Cost,
    day=st.integers(0, 2).map(lambda days: MAY + timedelta(days=days)),
    gross=st.decimals("0.01", "999.99", places=2),
    vat_percent=st.sampled_from((Decimal("25.5"), Decimal("13.5"), Decimal(0), None)),
    paid_by=st.sampled_from((OWN, COMPANY)),
    currency=st.sampled_from(("EUR", "SEK")),
    rate=st.decimals("0.5", "20", places=4),
)
PEOPLE = st.sampled_from((Claimant("E1", "Anna"), Claimant("E2", "Emma")))


@st.composite
def waiting(draw: st.DrawFn) -> list[Invoice]:
    """The documents of some people's claims."""
    made: list[Invoice] = []
    for n in range(draw(st.integers(1, 5))):
        costs = draw(st.lists(COSTS, min_size=1, max_size=4))
        trip = draw(st.sampled_from((None, None, Trip("Turku"))))
        made += documents(Claim(f"K{n}", MAY, claimant=draw(PEOPLE), costs=tuple(costs), trip=trip), {}, Habits())
    return made


@given(waiting(), st.booleans())
def test_every_row_stands_in_exactly_one_document_and_the_sums_agree(there: list[Invoice], per_day: bool) -> None:
    found = groups(there, per_day=per_day)
    joined = [place for group in found for place in group]
    assert len(joined) == len(set(joined))
    for group in found:
        parts = [there[place] for place in group]
        whole = together(parts)
        assert len(parts) > 1
        assert totals(whole).gross == sum((totals(part).gross for part in parts), Decimal(0))
        assert sum(len(part.lines) for part in parts) == len(whole.lines)
        assert {part.seller for part in parts} == {whole.seller}
        assert {part.kind for part in parts} == {whole.kind}
        assert {part.claim.number for part in parts if part.claim} == set(whole.claim.members if whole.claim else ())
        assert not any(part.claim and part.claim.trip for part in parts)
        if per_day and whole.kind is Kind.COMPANY_COST:
            assert len({line.start for line in whole.lines}) == 1
        assert load(Invoice, dump(whole)) == whole


def made(number: str, *costs: Cost, who: str = "E1", **more: object) -> Invoice:
    (found,) = documents(replace(Claim(number, MAY, claimant=Claimant(who, "Anna"), costs=costs), **more), {})
    return found


def own(gross: str = "10", name: str = "") -> Cost:
    return Cost(MAY, Decimal(gross), paid_by=OWN, receipts=(Attachment(name),) if name else ())


@pytest.mark.parametrize(
    ("there", "found"),
    [
        ([made("K2", own()), made("K1", own()), made("K3", own())], {"K1+2"}),
        ([made("K1", own()), made("K2", own(), who="E2")], set()),
        ([made("K1", own()), made("K2", own(), currency="SEK")], set()),
        ([made("K1", own()), made("K2", own(), trip=Trip("Turku")), made("K10", own())], {"K1+1"}),
        ([made("K1", own(name="kuitti.jpg")), made("K2", own(name="Kuitti.JPG"))], set()),  # one would be lost
        ([made("K1", own()), made("K2", own(), stated=Decimal("10.01"))], set()),  # a fault of its own
        ([made("K1", own()), made("K2", replace(own(), paid_by="", payment_type="?"))], set()),
        ([made("K1", own())], set()),
    ],
)
def test_what_goes_together_and_what_alone(there: list[Invoice], found: set[str]) -> None:
    assert {together([there[at] for at in group]).number for group in groups(there, per_day=True)} == found
