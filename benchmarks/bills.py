"""100,000 open bills in the store against 1,000: what a poll, a page of a list and a press cost of it."""

from __future__ import annotations

import itertools
import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks import gates, office
from benchmarks.figures import line, timed
from finance.bill import APPROVED, print_of
from finance.circulation import Act
from finance.transfer import Timing
from handlers import arriving
from handlers.desk import Desk
from handlers.memo import Memo
from storage import bill_lists, bills, board, cards, companies, decisions, suppliers
from storage.bill_lists import Wanted
from storage.companies import Company
from storage.decisions import Claim

LARGE, SMALL = int(os.environ.get("KIERTO_BENCH_BILLS", "100000")), 1_000
CHANGED, RUNS, OFTEN = 100, 7, 31
GOAL = 1.5
GOALS = {"a page of all open bills": 0.3, "a page of one's own": 0.3, "a press, its part of the store": 0.2}  # seconds
Work = Callable[[], object]


class Nobody:
    """An engine that notes nothing: what is asked for here is nobody's to do."""

    def soon(self, *_: Any, **__: Any) -> None:
        """Nothing."""


def main() -> None:
    """Prints the medians of the large store, and how many times those of the small one they are."""
    large, small = _measured(LARGE), _measured(SMALL)
    for name, seconds in large.items():
        ratio = statistics.median(seconds) / statistics.median(small[name])
        line(f"{LARGE:,} open bills: {name}", seconds, f"{ratio:.2f} times {SMALL:,} (goal {GOAL})")
        words = f"{name}: {ratio:.2f} times {SMALL:,} bills, {max(seconds) * 1000:.0f} ms at most of {len(seconds)}"
        gates.note("G7", f"bills, {name}", words, met=ratio <= GOAL and max(seconds) <= GOALS.get(name, math.inf))


def _measured(count: int) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        store, company_id = office.filled(Path(folder), count, max(20, count // 50))
        desk = Desk(
            store=store, work=Nobody(), chats=lambda _: None, books=lambda _: None,  # type: ignore[arg-type, return-value]
            own_books=lambda *_: None, keyed=lambda _: None, clock=lambda: office.MONDAY,  # type: ignore[arg-type, return-value]
            ticks=time.monotonic, timing=Timing(), memo=Memo(time.monotonic),
        )  # fmt: skip
        with store.write() as tx:
            company = companies.get(tx, company_id)
            for partner in range(400):
                suppliers.keep(tx, company_id, partner, "", ("",), office.MONDAY)
        works = _works(desk, company, count)
        found = {name: timed(work, RUNS if "poll" in name else OFTEN) for name, work in works.items()}
        store.close()
    return found


def _works(desk: Desk, company: Company, count: int) -> dict[str, Work]:
    turns, pressed = itertools.count(1), itertools.count(count // 2)
    api: Any = None  # what is known of the suppliers is fresh: nobody is asked

    def poll() -> None:
        turn = next(turns)
        changed = [replace(office.one(n), gross=Decimal(turn * 1000 + n), version=f"v{turn}") for n in range(CHANGED)]
        told = arriving.take_in(desk, company, api, changed)
        assert told.changed == CHANGED

    def press() -> None:
        bill = office.one(next(pressed))
        with desk.store.write() as tx:
            kept = bills.get(tx, company.id, bill.id)
            assert kept is not None
            claim = Claim(
                company.id, bill.id, print_of(bill), "approve:1", Act.APPROVE, office.TEAM, "U1", None, True, ""
            )
            decided, _ = decisions.claim(tx, claim, desk.clock())
            decisions.move(tx, decided, decisions.DONE, done_at=desk.clock())
        arriving.note(desk, company, api, replace(bill, status=APPROVED, version="approved"))

    def page(wanted: Wanted) -> Work:
        def read() -> None:
            with desk.store.read() as tx:
                rows = bill_lists.page(tx, company.id, wanted, 0, 13)
                bill_lists.totals(tx, company.id, wanted)
                cards.holders(tx, company.id, [row.id for row in rows])

        return read

    def home() -> None:
        with desk.store.read() as tx:
            board.open_by_day(tx, company.id)

    return {
        f"a poll with {CHANGED} changes": poll,
        "a page of all open bills": page(Wanted()),
        "a page of one's own": page(Wanted(desk=(office.TEAM, office.person(3)))),
        "a press, its part of the store": press,
        "the board's bills by age": home,
    }


if __name__ == "__main__":
    main()
