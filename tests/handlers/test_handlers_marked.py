"""A day of payment on its way into Procountor: what each answer leads to, and that nothing is marked twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from finance.claim_part import ClaimPart
from finance.invoice import Kind
from finance.lists import COMPANY
from handlers import mark_paid
from procountor import codes, elsewhere
from procountor.elsewhere import Paid
from procountor.errors import Broken, Busy, Forbidden, NotFound, NotSent, Unauthorized, Unsure
from storage import audit, claim_money, companies, documents
from storage.claim_money import DONE, MARKING, NEW, TODO, Mark
from tests.support import office as offices
from tests.support.databases import fresh
from tests.support.invoices import invoice
from tests.support.office import Office

NUMBERS = count(9001)
DAY, SUM = date(2026, 6, 1), Decimal("42.00")
NO = Forbidden(())
BUSY, GONE, REVOKED = Busy(()), NotFound(()), Unauthorized(())


@dataclass
class Books:
    """Procountor as a voucher's payment sees it: how it stands, and what each request comes to."""

    status: str = "APPROVED"
    type: str = "TRAVEL_INVOICE"
    total: Decimal = SUM
    paid: list[Paid] = field(default_factory=list)
    raises: dict[str, Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def stand(self, api: Any, ids: list[int]) -> dict[int, Any]:
        self._ask("stand")
        found = SimpleNamespace(status=self.status, type=self.type, totals=SimpleNamespace(gross=self.total))
        return {} if self.status == "" else {ids[0]: found}

    def events(self, api: Any, id: int) -> tuple[Paid, ...]:
        self._ask("events")
        return tuple(self.paid)

    def verify(self, api: Any, id: int) -> None:
        self._ask("verify")
        self.status = "VERIFIED"

    def circulate(self, api: Any, id: int) -> None:
        self._ask("circulate")
        self.status = "RECEIVED"

    def mark(self, api: Any, id: int, day: date, amount: Decimal, currency: str, *, leave_within: float) -> None:
        assert leave_within > 0
        self._ask("mark")
        self.paid.append(Paid(day, amount, by_hand=True))

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if what in self.raises:
            raise self.raises[what]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = offices.opened(fresh("sqlite", Path(tmp_path_factory.mktemp("marked"))), {})
    yield made
    offices.close(made)


@pytest.fixture
def books(monkeypatch: pytest.MonkeyPatch) -> Books:
    made = Books()
    for name in ("stand", "events", "verify", "circulate", "mark"):
        monkeypatch.setattr(elsewhere, name, getattr(made, name))
    return made


@pytest.fixture
def office(house: Office, books: Books) -> Iterator[Office]:
    house.asked.clear()
    yield house
    with house.desk.store.write() as tx:
        companies.set_state(tx, house.company, companies.READY)


def wanted(office: Office, **values: Any) -> int:
    """A voucher one day of which is to be marked paid; gives its document."""
    number = f"K{next(NUMBERS)}"
    found = replace(invoice(f"{number}/1", DAY), kind=Kind.COMPANY_COST, claim=ClaimPart(number, COMPANY, DAY))
    with office.desk.store.write() as tx:
        id = documents.keep(tx, office.company, found, documents.PSA, None, office.now).document.id
        claim_money.want_marks(tx, office.company, id, 900 + id, "EUR", {DAY: SUM})
        for m in claim_money.claim_marks(tx, office.company, id) if values else ():
            claim_money.commit(tx, m, **values)
    return id


def carried(office: Office, document: int) -> Mark:
    mark_paid.carry(office.desk, office.company, str(document))
    with office.desk.store.read() as tx:
        (m,) = claim_money.marks(tx, office.company, document=document)
    return m


def tasks(office: Office, name: str) -> int:
    return sum(1 for task in office.asked.values() if task and task[0] == name)


@pytest.mark.parametrize(
    ("stands", "raises", "state", "why", "asked"),
    [
        # it is done, by us or by somebody
        ({}, {}, DONE, "", ["mark"]),
        ({"status": "UNFINISHED"}, {}, DONE, "", ["circulate", "mark"]),
        ({"status": "UNFINISHED", "type": codes.PURCHASE}, {}, DONE, "", ["verify", "mark"]),
        ({"status": "MARKED_PAID"}, {}, DONE, "", []),
        ({"paid": [Paid(DAY, SUM, by_hand=True)]}, {}, DONE, "", []),
        # a person has to do something
        ({"status": ""}, {}, TODO, "gone", []),
        ({}, {"events": GONE}, TODO, "gone", []),
        ({}, {"stand": NO}, TODO, "not_visible", []),
        ({"status": "INVALIDATED"}, {}, TODO, "invalidated", []),
        ({"status": "PAYMENT_DENIED"}, {}, TODO, "payment_denied", []),
        ({"paid": [Paid(DAY, Decimal(1), by_hand=False)]}, {}, TODO, "paid_otherwise", []),
        ({"status": "UNFINISHED"}, {"circulate": NO}, TODO, "not_circulated", ["circulate"]),
        ({"status": "UNFINISHED", "type": codes.PURCHASE}, {"verify": NO}, TODO, "not_verified", ["verify"]),
        ({}, {"mark": NO}, TODO, "not_marked", ["mark"]),
        # later again
        ({}, {"stand": BUSY}, NEW, "Busy", []),
        ({}, {"stand": Broken("half")}, NEW, "Broken", []),
        ({"status": "UNFINISHED"}, {"circulate": Unsure("cut")}, NEW, "Unsure", ["circulate"]),
        ({}, {"mark": NotSent("no line")}, MARKING, "NotSent", ["mark"]),
        ({}, {"mark": Unsure("cut")}, MARKING, "settling", ["mark"]),
    ],
)
def test_each_answer_leads_where_it_says(
    office: Office, books: Books, stands: dict[str, Any], raises: dict[str, Exception], state: str, why: str,
    asked: list[str],
) -> None:  # fmt: skip
    for name, value in stands.items():
        setattr(books, name, value)
    books.raises = raises
    m = carried(office, wanted(office))
    assert (m.state, m.why) == (state, why)
    assert [what for what in books.asked if what not in ("stand", "events")] == asked
    assert tasks(office, "claims.todo") == (state == TODO), "finance hears of what it has to do, and of nothing else"
    assert tasks(office, "claims.tell") == (state == DONE), "the claimant hears"
    assert tasks(office, "claims.mark") == (state in (NEW, MARKING)), "it is taken up again"
    assert (m.next_at is None) == (state == DONE)
    if why in ("NotSent", "not_marked"):
        assert m.noted_at is None, "nothing has left: nothing can still take effect"


def test_what_may_still_take_effect_is_waited_for_and_then_marked_once(office: Office, books: Books) -> None:
    document = wanted(office)
    books.raises = {"mark": Unsure("cut")}
    first = carried(office, document)
    assert first.noted_at is not None
    books.raises = {}
    assert carried(office, document).why == "settling"
    assert books.asked.count("mark") == 1
    office.at[0] = first.noted_at + timedelta(seconds=office.desk.timing.settle + 1)
    assert carried(office, document).state == DONE
    assert books.asked.count("mark") == 2, "the first has come to nothing"
    assert carried(office, document).state == DONE
    assert books.asked.count("mark") == 2


@pytest.mark.parametrize("request_", ["stand", "circulate", "mark"])
def test_a_key_that_is_refused_pauses_the_company_and_the_day_waits(
    office: Office, books: Books, request_: str
) -> None:
    books.status = "UNFINISHED"
    books.raises = {request_: REVOKED}
    document = wanted(office)
    m = carried(office, document)
    with office.desk.store.read() as tx:
        assert companies.get(tx, office.company).state == companies.PAUSED
    assert m.state in (NEW, MARKING)
    assert m.noted_at is None
    books.raises, before = {}, len(books.asked)
    assert carried(office, document).fence == m.fence, "nothing is taken up while the company is paused"
    assert len(books.asked) == before
    with office.desk.store.write() as tx:
        companies.set_state(tx, office.company, companies.READY)
    assert carried(office, document).state == DONE


def test_a_request_that_would_leave_too_late_does_not_leave(office: Office, books: Books) -> None:
    document = wanted(office)
    moments = iter(range(0, 10**6, 1000))
    mark_paid.carry(replace(office.desk, ticks=lambda: float(next(moments))), office.company, str(document))
    with office.desk.store.read() as tx:
        (m,) = claim_money.marks(tx, office.company, document=document)
    assert (m.why, m.noted_at) == ("NotSent", None)
    assert "mark" not in books.asked


@pytest.mark.parametrize("request_", ["stand", "circulate", "mark"])
def test_whoever_is_overtaken_stops_and_spoils_nothing(
    office: Office, books: Books, monkeypatch: pytest.MonkeyPatch, request_: str
) -> None:
    """Another worker takes the day up while the first one waits for an answer."""
    books.status = "UNFINISHED"
    document = wanted(office)
    original = getattr(books, request_)

    def overtaken(*args: Any, **more: Any) -> Any:
        monkeypatch.setattr(elsewhere, request_, original)
        found = original(*args, **more)
        assert carried(office, document).state in (DONE, MARKING)
        return found

    monkeypatch.setattr(elsewhere, request_, overtaken)
    mark_paid.carry(office.desk, office.company, str(document))
    with office.desk.store.read() as tx:
        (m,) = claim_money.marks(tx, office.company, document=document)
        told = [e for e in audit.trail(tx, office.company, f"document:{document}") if e.what == "claim.marked_paid"]
    assert m.state == DONE
    assert len(told) == 1
    assert books.asked.count("mark") == 1


def test_what_stands_still_although_its_time_has_come_gets_another_turn(office: Office) -> None:
    now = office.now
    lost = wanted(office, state=MARKING, noted_at=now - timedelta(minutes=3))
    due = wanted(office, state=TODO, why="gone", next_at=now - timedelta(minutes=1))
    fresh_one = wanted(office, state=MARKING, noted_at=now - timedelta(minutes=1))
    waiting = wanted(office, state=TODO, why="gone", next_at=now + timedelta(minutes=30))
    office.asked.clear()
    mark_paid.rouse(office.desk)
    roused = {int(task[2]) for task in office.asked.values() if task and task[0] == "claims.mark"}
    assert {lost, due} <= roused
    assert not {fresh_one, waiting} & roused
