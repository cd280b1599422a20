"""What of a pile can be signed together, and why the rest cannot: judged anew each time it is shown.

A bill whose account is new needs two people, one above the company's limit is asked about by itself: neither goes along
with others unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from finance.bill_doubts import holds
from finance.circulation import Act
from finance.signing import Bar
from handlers import bill_facts, papers, workdays
from handlers.standing import Standing
from handlers.views import bill_words
from handlers.views.pile import Piled, Stand
from handlers.views.tongue import Tongue
from storage import bills
from storage.bills import Kept
from storage.piles import IN, LARGE, OUT, Item, Pile

PARTS = {Stand.IN: IN, Stand.LARGE: LARGE, Stand.OUT: OUT}


@dataclass(frozen=True, slots=True)
class Judged:
    """A bill of a pile as it is kept, and its place in what is asked."""

    kept: Kept
    piled: Piled


def judge(stand: Standing, say: Tongue, pile: Pile, act: Act, items: Iterable[Item], *, typed: bool) -> list[Judged]:
    """The first due first. ``typed``: every bill was named by itself, so that large ones are among the others."""
    laid = list(items)
    with stand.desk.store.read() as tx:
        kept = bills.many(tx, pile.company, [item.bill for item in laid])
    found = [_one(stand, say, act, kept[item.bill], item, typed=typed) for item in laid if item.bill in kept]
    return sorted(found, key=lambda one: (one.kept.bill.due is None, one.kept.bill.due, one.kept.bill.id))


def _one(stand: Standing, say: Tongue, act: Act, kept: Kept, item: Item, *, typed: bool) -> Judged:
    bill = kept.bill
    days = workdays.until(papers.today(stand.desk), bill.due, stand.company.choices) if bill.due else None
    piled = Piled(bill, Stand.IN, days, kept.doubts)
    if typed and item.print != kept.print:
        why = say("It was changed since you typed its number: type it again.")
        return Judged(kept, Piled(bill, Stand.OUT, days, kept.doubts, why))
    signing = stand.signing(act, bill)
    if signing.bar is Bar.STATE:
        told = say("Nothing is left to decide. {state}.", state=bill_words.state(say, bill))
        return Judged(kept, Piled(bill, Stand.OUT, days, kept.doubts, told))
    if not signing.allowed:
        return Judged(kept, Piled(bill, Stand.OUT, days, kept.doubts, bill_words.barred(say, signing)))
    if act is not Act.APPROVE:
        return Judged(kept, piled)
    if holds(kept.doubts):
        why = say("The supplier’s account is new, so two people approve it, each on its card.")
        return Judged(kept, Piled(bill, Stand.OUT, days, kept.doubts, why))
    if bill_facts.asks_first(stand.company, bill):
        why = say("It is above your company’s limit for approving without a question.")
        return Judged(kept, Piled(bill, Stand.IN if typed else Stand.LARGE, days, kept.doubts, why))
    return Judged(kept, piled)
