"""Thirteen years of nights (R3): nothing is forgotten before its time, and what may not be kept is gone after it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Integer, LargeBinary, Table, func, insert, select

from bot import tidying
from finance.canonical import dump
from finance.invoice import Attachment
from storage import audit, inbox, retention
from storage.bill_tables import bill, bill_place, card, decision, pile, pile_bill
from storage.capture_tables import captured, captured_card, captured_receipt
from storage.claim_tables import claim_join
from storage.columns import Instant
from storage.database import Store, Tx
from storage.tables import audit as trail
from storage.tables import document, file, handle, run, run_item, transfer
from storage.tables import inbox as said
from tests.support.databases import fresh
from tests.support.invoices import invoice
from tests.support.stores import KEY, NOON, found_company

FIRST = datetime(2026, 1, 20, 2, 17, tzinfo=UTC)
MONTHS = 13 * 12
MONTH = timedelta(days=31)
YEAR = timedelta(days=366)


def put(tx: Tx, table: Table, **values: Any) -> None:
    """A row; what is not named and may not be empty is filled in."""
    for column in table.c:
        if column.name not in values and not column.nullable:
            kind = column.type
            if isinstance(kind, Instant | DateTime):
                values[column.name] = NOON
            else:
                values[column.name] = 0 if isinstance(kind, Integer) else b"" if isinstance(kind, LargeBinary) else ""
    tx.execute(insert(table).values(**values))


@dataclass(frozen=True)
class Kept:
    """Something kept since ``born``: here for at least ``least``, gone after ``most``; ``key`` is its row's."""

    what: str
    born: datetime
    least: timedelta
    most: timedelta
    key: object

    def there(self, tx: Tx) -> bool:
        return self.key in present(tx)[self.what]


def present(tx: Tx) -> dict[str, set[object]]:
    """What there is, by kind."""
    receipt = captured_receipt.c.content.is_not(None)
    return {
        what: set(tx.execute(select(column).where(*where)).scalars())
        for what, column, where in (
            ("document", document.c.id, ()),
            ("transfer", transfer.c.document, ()),
            ("batch", run.c.id, ()),
            ("decision", decision.c.id, ()),
            ("bill", bill.c.id, ()),
            ("trail", trail.c.seq, ()),
            ("claim", captured.c.id, ()),
            ("picture", captured_receipt.c.id, (receipt,)),
            ("its copy", file.c.id, (func.length(file.c.content) > 0,)),
            ("words", said.c.key, ()),
            ("button", handle.c.token, ()),
        )
    }


LAW = timedelta(days=365 * 10)
LONGEST = LAW + 2 * YEAR + MONTH


def month(tx: Tx, company: str, n: int, now: datetime) -> Iterator[Kept]:
    """What a month leaves behind."""
    content = f"receipt {company} {n}".encode()
    digest = hashlib.sha256(content).hexdigest()
    paper = replace(invoice(str(n), now.date()), attachments=(Attachment(f"K-{n}-1.jpg", len(content), digest),))
    put(tx, file, id=f"f{n}", company=company, sha256=digest, name=f"K-{n}-1.jpg", content=content, received_at=now)
    put(tx, document, id=n, company=company, kind="claim", source="psa", source_id=str(n), number=str(n),
        content=dump(paper), created_at=now, state="sent")  # fmt: skip
    put(tx, run, id=n, company=company, kind="claim", asked=f"{n}", created_at=now, state="done")
    put(tx, run_item, run=n, document=n)
    put(tx, transfer, company=company, kind="claim", source="psa", source_id=str(n), document=n, run=n,
        marker=f"KI1{n}", state="done", done_at=now)  # fmt: skip
    for id, state in ((2 * n, "draft"), (2 * n + 1, "approved")):
        put(
            tx,
            captured,
            id=id,
            company=company,
            state=state,
            kind="expense",
            changed_at=now,
            decided_at=now,
            made_at=now,
        )
        put(tx, captured_receipt, id=id, company=company, captured=id, state="good", content=content, at=now)
        put(tx, captured_card, company=company, captured=id, team="T1", slack_user="U1")
    put(tx, decision, id=n, company=company, bill=n, print="p", step="approve:1", act="approve", state="done",
        noted_at=now, done_at=now)  # fmt: skip
    put(tx, bill, company=company, id=n, open=0, changed_at=now, seen_at=now)
    put(tx, bill_place, company=company, bill=n)
    put(tx, card, company=company, bill=n, team="T1", slack_user="U1", dealt_at=now)
    put(tx, pile, id=n, company=company, made_at=now)
    put(tx, pile_bill, pile=n, bill=n, company=company, decision=n)
    put(tx, handle, token=f"h{n}", company=company, team="T1", subject=str(n), expires_at=now + timedelta(days=14))
    inbox.keep(tx, f"in{n}", "words", now)
    inbox.done(tx, f"in{n}", now)
    seq = audit.note(tx, company, "T1/U1", "run.sent", f"run:{n}", now)

    days = timedelta(days=1)
    for what, key in (("document", n), ("transfer", n), ("batch", n), ("decision", n), ("bill", n), ("trail", seq)):
        yield Kept(what, now, LAW, LONGEST, key)
    yield Kept("claim", now, LAW, LONGEST, 2 * n + 1)
    yield Kept("claim", now, 90 * days, 90 * days + MONTH, 2 * n)  # never finished
    yield Kept("picture", now, 30 * days, 30 * days + MONTH, 2 * n + 1)
    yield Kept("its copy", now, 30 * days, 30 * days + MONTH, f"f{n}")
    yield Kept("words", now, 30 * days, 30 * days + MONTH, f"in{n}")
    yield Kept("button", now, 44 * days, 44 * days + MONTH, f"h{n}")


def test_thirteen_years_of_nights(tmp_path: Path) -> None:
    store = Store(fresh("sqlite", tmp_path), (KEY,))
    store.upgrade()
    company = found_company(store)
    kept: list[Kept] = []
    early: list[tuple[str, datetime, datetime]] = []
    late: list[tuple[str, datetime, datetime]] = []
    for n in range(1, MONTHS + 1):
        now = FIRST + timedelta(days=30.4 * n)
        with store.write() as tx:
            kept.extend(month(tx, company, n, now))
        tidying.night(store, now + timedelta(hours=1))
        with store.read() as tx:
            assert audit.verify(tx) is None
            here = present(tx)
            for one in kept[:]:
                there, age = one.key in here[one.what], now - one.born
                if not there:
                    kept.remove(one)
                    if age < one.least - timedelta(hours=2):
                        early.append((one.what, one.born, now))
                elif age > one.most:
                    late.append((one.what, one.born, now))
    store.close()
    assert early == []
    assert late == []
    gone = {
        "document",
        "decision",
        "trail",
        "bill",
        "draft",
        "picture",
        "its copy",
        "words",
        "button",
        "approved claim",
    }
    assert gone <= {"document", *gone} - {one.what for one in kept if one.born < FIRST + MONTH}


def test_under_a_legal_hold_nothing_of_the_company_is_forgotten(store: Store) -> None:
    company, other = found_company(store), found_company(store)
    with store.write() as tx:
        kept = list(month(tx, company, 1, FIRST))
        theirs = list(month(tx, other, 2, FIRST))
        retention.hold(tx, company, "case 26/1187")
    late = FIRST + timedelta(days=366 * 13)
    tidying.night(store, late)
    with store.read() as tx:
        assert [one.what for one in kept if not one.there(tx)] == ["words"]  # they belong to no company's books
        assert {one.what for one in theirs if one.there(tx)} == {"trail"}  # one chain: it waits for the hold
    with store.write() as tx:
        retention.hold(tx, company, "")
    tidying.night(store, late)
    with store.read() as tx:
        assert [one.what for one in kept if one.there(tx)] == []
        assert audit.verify(tx) is None


def test_what_is_not_settled_stays_however_old(store: Store) -> None:
    company = found_company(store)
    with store.write() as tx:
        list(month(tx, company, 1, FIRST))
        tx.execute(transfer.update().values(state="parked", done_at=None))
        tx.execute(bill.update().values(open=1))
    tidying.night(store, FIRST + timedelta(days=366 * 13))
    with store.read() as tx:
        assert tx.execute(select(document.c.id)).scalars().all() == [1]
        assert tx.execute(select(bill.c.id)).scalars().all() == [1]
        assert bytes(tx.execute(select(file.c.content)).scalar_one()) != b""


def test_claims_that_were_put_together_go_together(store: Store) -> None:
    company = found_company(store)
    with store.write() as tx:
        for n, later in ((1, 0), (2, 2), (3, 0), (4, 0)):  # 1 went into 2, two years younger; 3 into 4
            list(month(tx, company, n, FIRST + timedelta(days=366 * later)))
        put(tx, claim_join, company=company, part=1, whole=2)
        put(tx, claim_join, company=company, part=3, whole=4)
    tidying.night(store, FIRST + timedelta(days=366 * 12))
    with store.read() as tx:
        assert tx.execute(select(document.c.id)).scalars().all() == [1, 2]
    tidying.night(store, FIRST + timedelta(days=366 * 15))
    with store.read() as tx:
        assert tx.execute(select(document.c.id)).scalars().all() == []


def test_a_beginning_cut_off_without_a_word_shows(store: Store) -> None:
    with store.write() as tx:
        for n in range(10):
            audit.note(tx, "c", "T1/U1", "run.sent", f"run:{n}", FIRST + timedelta(days=n))
        audit.forget(tx, FIRST + timedelta(days=4), FIRST + timedelta(days=20))
    with store.read() as tx:
        assert audit.verify(tx) is None
    with store.write() as tx:
        tx.execute(trail.delete().where(trail.c.seq == 5))
    with store.read() as tx:
        assert audit.verify(tx) == 1
