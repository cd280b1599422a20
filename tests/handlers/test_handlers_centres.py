"""The cost centres of a bill for rules that look at them, and the mornings on which overdue invoices are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from finance.bill_rules import Rule
from finance.reference import Dimension, DimensionItem
from handlers import demands, papers
from handlers.memo import Memo
from handlers.reminders import overdue
from procountor import ledger
from procountor.errors import Forbidden
from storage import companies, references
from tests.support import office as offices
from tests.support.databases import fresh
from tests.support.kept_bills import bill
from tests.support.office import Office

CENTRES = Dimension(1, "Kustannuspaikka", (DimensionItem(10, "110", "Talous"), DimensionItem(11, "120")))
THERE = {(1, 10), (1, 11), (7, 10)}  # the last one is of a dimension that is not known here


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = offices.opened(fresh("sqlite", Path(tmp_path_factory.mktemp("centres"))), {})
    yield made
    offices.close(made)


@pytest.mark.parametrize(
    ("receipt", "stands", "signatures"),
    [
        (None, THERE, 1),  # accounted for nowhere yet: no centre fits
        (5, THERE, 3),
        (5, {(1, 11)}, 1),
        (5, {(7, 10)}, 1),
        (5, Forbidden(()), 3),  # what may not be seen is taken for the strictest
    ],
)
def test_a_rule_for_a_cost_centre_asks_where_it_stands_on_the_receipt(
    house: Office, monkeypatch: pytest.MonkeyPatch, receipt: int | None, stands: Any, signatures: int
) -> None:
    asked = []

    def items(api: object, id: int) -> Any:
        asked.append(id)
        if isinstance(stands, Exception):
            raise stands
        return stands

    monkeypatch.setattr(ledger, "items", items)
    monkeypatch.setattr(papers, "kept_reference", lambda *_: SimpleNamespace(dimensions=(CENTRES,)))
    desk = replace(house.desk, memo=Memo(lambda: 0.0))
    house.decide(bill_rules=(Rule("Talous", cost_centres=("Talous",), signatures=3),))
    company = papers.company_of(desk, house.company)
    found = bill(1, receipt=receipt)
    assert demands.of(desk, company, found).signatures == signatures
    assert demands.of(desk, company, found).signatures == signatures
    assert len(asked) <= (2 if isinstance(stands, Exception) else 1), "what was read is taken as read for a while"
    assert demands.known(desk, company, found).signatures == 1, "without asking Procountor such a rule is left out"


@pytest.mark.parametrize(
    ("moment", "changes", "marked", "asked"),
    [
        (datetime(2026, 11, 26, 6, 29, tzinfo=UTC), {}, "", 0),  # 8.29 in Helsinki
        (datetime(2026, 11, 26, 6, 30, tzinfo=UTC), {}, "", 1),
        (datetime(2026, 11, 26, 6, 30, tzinfo=UTC), {"reminder_hour": "09:00"}, "", 0),
        (datetime(2026, 11, 26, 7, 0, tzinfo=UTC), {"reminder_hour": "09:00"}, "", 1),
        (datetime(2026, 11, 26, 12, 0, tzinfo=UTC), {}, "2026-11-26", 0),  # looked at this morning
        (datetime(2026, 11, 26, 12, 0, tzinfo=UTC), {}, "2026-11-25", 1),
        (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), {}, "", 0),  # a Saturday
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), {}, "", 0),  # Christmas
    ],
)
def test_overdue_invoices_are_looked_for_once_each_working_morning(
    house: Office, moment: datetime, changes: dict[str, str], marked: str, asked: int
) -> None:
    house.decide(**{"reminder_hour": "", **changes})
    with house.desk.store.write() as tx:
        references.mark(tx, house.company, overdue.DAY, marked)
        companies.set_state(tx, house.company, companies.READY)
    house.asked.clear()
    house.at[0] = moment
    overdue.tick(house.desk)
    overdue.tick(house.desk)
    assert [task for task, *_ in house.asked.values()] == ["sales.late"] * asked
    with house.desk.store.write() as tx:
        companies.set_state(tx, house.company, companies.PAUSED)
    house.asked.clear()
    overdue.tick(house.desk)
    overdue.look(house.desk, house.company, moment.date().isoformat())  # nothing is read on a key that is refused
    assert house.asked == {}
