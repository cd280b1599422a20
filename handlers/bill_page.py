"""A page of a list of bills, read from the store: which bills, in which order, and what is chosen among them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from finance.bill import Bill
from finance.circulation import Act
from handlers import papers, standing, workdays
from handlers.bill_press import Shown
from handlers.chat import Modal
from handlers.desk import Desk, Here
from handlers.standing import Standing
from handlers.views import bill_page as views
from handlers.views.bill_lines import Line, Sum
from handlers.views.bill_page import Chosen, Page
from storage import bill_lists, bills, cards, handles, piles
from storage.bill_lists import Wanted
from storage.bill_rows import Listed
from storage.companies import Company
from storage.database import Tx

PAGE = 12
TOGETHER = 50  # bills signed at once: as many as a person can still look through


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody is in a list. ``shown`` are the bills whose boxes the page has, ``pile`` what he has chosen."""

    word: str = "mine"
    page: int = 0
    pile: int = 0
    choosing: bool = False
    shown: tuple[int, ...] = ()

    @property
    def subject(self) -> str:
        return f"{self.pile}|{self.page}|{int(self.choosing)}|{','.join(map(str, self.shown))}|{self.word}"

    @classmethod
    def of(cls, subject: str) -> Spot:
        pile, page, choosing, shown, word = subject.split("|", 4)
        return cls(word, int(page), int(pile), choosing == "1", tuple(int(id) for id in shown.split(",") if id))


def overdue_before(desk: Desk, company: Company) -> date:
    """Bills due before this day are late: a working day to act on them has gone by since."""
    day = papers.today(desk)
    while not workdays.is_workday(day, company.choices):
        day -= timedelta(days=1)
    return day


def strands(here: Here, stand: Standing, word: str) -> tuple[Wanted, ...]:
    """What the list is made of, one after the other: what waits for the reader comes first."""
    me, hand = (here.said.team, here.said.user), stand.hand
    kind, _, what = word.partition(":")
    late = overdue_before(here.desk, here.company) if kind == "overdue" else None
    if kind == "all" or (kind == "overdue" and stand.sees_all):
        return (Wanted(due_before=late),)
    if kind == "project":
        return (Wanted(project=what),)
    if kind == "for":
        return (Wanted(desk=(here.said.team, what)),)
    if kind == "waiting":
        return (Wanted(hand=hand),)
    if hand.idle:
        return (Wanted(desk=me, due_before=late),)
    return Wanted(hand=hand, due_before=late), Wanted(rest=hand, due_before=late)


def drawn(here: Here, spot: Spot, note: str = "") -> Modal:
    """The page as things now are."""
    company, stand = here.company, standing.of(here)
    wanted = strands(here, stand, spot.word)
    with here.desk.store.read() as tx:
        sums = [bill_lists.totals(tx, company.id, strand) for strand in wanted]
        total = together([Sum(s.n, s.sums, s.more) for s in sums])
        of = 0 if total.more else max(1, -(-total.n // PAGE))
        number = min(spot.page, of - 1) if of else spot.page
        found = _rows(tx, company.id, wanted, number * PAGE, PAGE + 1)
        last, rows = len(found) <= PAGE, found[:PAGE]
        desks = cards.holders(tx, company.id, [bill.id for _, bill in rows])
    signable = _signable(here, stand, rows) if spot.choosing else {}
    chosen = _chosen(here, stand, spot) if spot.choosing else {}
    spot = replace(spot, page=number, shown=tuple(signable))
    lines, meta = _lines(here, spot, rows, desks, signable, chosen)
    return views.draw(
        here.say,
        Page(
            word=spot.word,
            lines=lines,
            total=total,
            waiting=Sum(sums[0].n, sums[0].sums, sums[0].more) if wanted[0].hand and sums[0].n else None,
            number=number,
            of=of,
            last=last,
            all=stand.sees_all,
            signs=not stand.hand.idle,
            meta=meta,
            choosing=spot.choosing,
            series=f"{spot.pile}:{here.desk.clock().timestamp() if note else ''}",
            chosen=_added(chosen),
            note=note,
        ),
    )


def _rows(tx: Tx, company: str, wanted: Sequence[Wanted], first: int, most: int) -> list[tuple[bool, Listed]]:
    """The bills of a page over all strands, each with whether it waits for the reader."""
    found: list[tuple[bool, Listed]] = []
    for strand in wanted:
        got = bill_lists.page(tx, company, strand, first, most - len(found))
        found += [(strand.hand is not None, bill) for bill in got]
        if len(found) >= most:
            break
        first = max(0, first - bill_lists.count(tx, company, strand)) if first and not got else 0
    return found


def _signable(here: Here, stand: Standing, rows: Sequence[tuple[bool, Listed]]) -> dict[int, str]:
    """The bills of the page that the reader can sign as they are kept, each with its print."""
    with here.desk.store.read() as tx:
        kept = bills.many(tx, here.company.id, [bill.id for _, bill in rows])
    return {k.bill.id: k.print for k in kept.values() if any(s.allowed for s in stand.acts(k.bill).values())}


def _chosen(here: Here, stand: Standing, spot: Spot) -> dict[int, tuple[Bill, frozenset[Act]]]:
    """What is chosen on all pages, and what the reader can do to each of them now."""
    with here.desk.store.read() as tx:
        kept = bills.many(tx, here.company.id, [item.bill for item in piles.items(tx, spot.pile)])
    return {
        id: (k.bill, frozenset(act for act, signing in stand.acts(k.bill).items() if signing.allowed))
        for id, k in kept.items()
    }


def _added(chosen: Mapping[int, tuple[Bill, frozenset[Act]]]) -> Chosen:
    def of(act: Act) -> Sum:
        mine = [bill for bill, acts in chosen.values() if act in acts]
        return together([Sum(1, ((bill.currency, bill.gross),)) for bill in mine])

    return Chosen(of(Act.APPROVE), of(Act.VERIFY), len(chosen))


def together(sums: Sequence[Sum]) -> Sum:
    """Several sums in one."""
    added: dict[str, Decimal] = {}
    for currency, amount in (pair for one in sums for pair in one.sums):
        added[currency] = added.get(currency, Decimal(0)) + amount
    return Sum(sum(one.n for one in sums), tuple(sorted(added.items())), any(one.more for one in sums))


def _lines(
    here: Here,
    spot: Spot,
    rows: Sequence[tuple[bool, Listed]],
    desks: dict[int, tuple[str, ...]],
    signable: dict[int, str],
    chosen: Collection[int],
) -> tuple[tuple[Line, ...], str]:
    """The lines with their handles, and the page's own handle: one transaction for all of them."""
    team, now, company = here.said.team, here.desk.clock(), here.company.id
    with here.desk.store.write() as tx:
        meta = handles.issue(tx, company, team, "bills.list", spot.subject, now)
        lines = []
        for waits, bill in rows:
            handle = tick = ""
            if not spot.choosing:
                handle = handles.issue(tx, company, team, "bill.open", str(bill.id), now)
            elif bill.id in signable:
                shown = Shown(bill.id, signable[bill.id]).subject
                tick = handles.issue(tx, company, team, "bills.tick", shown, now)
            others = desks.get(bill.id, ()) if desks.get(bill.id) != (here.said.user,) else ()  # he knows what he has
            line = line_of(here.desk, here.company, bill, others)
            lines.append(replace(line, handle=handle, tick=tick, ticked=bill.id in chosen, waits=waits))
    return tuple(lines), meta


def line_of(desk: Desk, company: Company, bill: Listed, desks: tuple[str, ...] = ()) -> Line:
    """A bill as a line of a list."""
    days = workdays.until(papers.today(desk), bill.due, company.choices) if bill.due and bill.open else None
    return Line(
        bill.supplier, bill.gross, bill.currency, bill.due, days, bill.original_number, bill.number, bill.project,
        bool(bill.doubts), desks,
    )  # fmt: skip
