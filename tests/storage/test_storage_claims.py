"""Claims are kept once, and a day of payment has one owner at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from finance.claim import Claim, Claimant, Cost, Habits
from finance.claim_documents import documents as documents_of
from storage import claim_money, claims, documents
from storage.database import Store
from tests.support.stores import NOON

DAY = date(2026, 11, 17)
CLAIM = Claim("K12", DAY, claimant=Claimant("E7", "Emma"), costs=(Cost(DAY, Decimal(42), paid_by="company"),))


def test_the_same_claim_is_kept_once_and_a_changed_one_takes_its_place(store: Store, company: str) -> None:
    with store.write() as tx:
        assert claims.keep(tx, company, CLAIM, "psa", Habits(), None, NOON) == ("new", None)
        assert claims.keep(tx, company, CLAIM, "psa", Habits(), None, NOON) == ("same", None)
        changed = replace(CLAIM, note="x")
        assert claims.keep(tx, company, changed, "psa", Habits(), None, NOON) == ("changed", CLAIM)
        (kept,) = claims.some(tx, company, [CLAIM.source_id, "e7/K13"])
        assert (kept.claim, kept.habits) == (changed, Habits())


def test_a_day_of_payment_has_one_owner_at_a_time(store: Store, company: str) -> None:
    with store.write() as tx:
        (made,) = documents_of(CLAIM, {})
        doc = documents.keep(tx, company, made, "psa", None, NOON).document
        assert [found.id for found in documents.of_claim(tx, company, CLAIM.source_id)] == [doc.id]
        for _ in range(2):
            claim_money.want_marks(tx, company, doc.id, 810001, "EUR", {DAY: Decimal("42.00")})
        (first,) = claim_money.claim_marks(tx, company, doc.id)
        (second,) = claim_money.claim_marks(tx, company, doc.id)
        assert claim_money.commit(tx, first, state=claim_money.DONE) is None
        assert claim_money.commit(tx, second, state=claim_money.DONE) is not None
        assert claim_money.claim_marks(tx, company, doc.id) == ()


def test_a_debt_is_settled_once(store: Store, company: str) -> None:
    with store.write() as tx:
        (made,) = documents_of(replace(CLAIM, costs=(replace(CLAIM.costs[0], paid_by="own"),)), {})
        doc = documents.keep(tx, company, made, "psa", None, NOON).document
        for _ in range(2):
            claim_money.owe(tx, company, doc.id, 810001)
        (debt,) = claim_money.debts(tx, company)
        assert not claim_money.saw(tx, debt, "APPROVED", claim_money.OPEN, None, NOON)
        assert claim_money.saw(tx, debt, "PAID", claim_money.PAID, DAY, NOON)
        assert not claim_money.saw(tx, debt, "PAID", claim_money.PAID, DAY, NOON)
        assert company not in claim_money.companies_owing(tx)
