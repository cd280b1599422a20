"""What the store says of what is not there, not ours, not any more, or older than its columns."""

from __future__ import annotations

import sqlite3
import threading
import time
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import psycopg
import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from finance.capture import Sheet
from finance.claim import Claim, Claimant, ClaimKind
from finance.invoice import Attachment
from storage import (
    audit,
    bill_search,
    bills,
    captured_receipts,
    captures,
    companies,
    desks,
    documents,
    links,
    piles,
    proving,
    runs,
    together,
    transfers,
    workspaces,
)  # fmt: skip
from storage.audit import START, Head
from storage.bill_tables import bill as table
from storage.claim_tables import claim_mark
from storage.damage import Damaged, behind
from storage.database import BrokenReferences, Store, _Turn
from storage.pace import Ledger, Terms
from storage.sums import summed
from storage.tables import audit as trail
from storage.tables import document, file
from storage.together import Together, _Piece
from tests.support.invoices import invoice
from tests.support.kept_bills import TEAM, bill, deal, keep
from tests.support.stores import NOON


def corrupt() -> sqlite3.DatabaseError:
    """As SQLite says it of a broken page."""
    failed = sqlite3.DatabaseError("database disk image is malformed")
    failed.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return failed


def test_damage_is_found_behind_whatever_it_comes_through() -> None:
    own = Damaged("The file")
    outer = RuntimeError("a library gave up")
    outer.__cause__ = own
    assert behind(outer) is own
    library = DBAPIError("SELECT 1", {}, corrupt())
    wrapped = ValueError("not read")
    wrapped.__context__ = library
    for failed in (corrupt(), library, wrapped):
        found = behind(failed)
        assert found is not None
        assert "The database file is damaged" in str(found)
    other = DBAPIError("SELECT 1", {}, sqlite3.OperationalError("no such table"))
    assert (behind(other), behind(KeyError("x"))) == (None, None)


def test_words_that_are_no_object_carry_no_sum() -> None:
    assert [summed(text) for text in ("[1]", "", "null")] == ["[1]", "", "null"]
    assert summed("{}").startswith('{"_sum":"')


def test_a_trail_that_is_young_forgets_nothing(store: Store, company: str) -> None:
    with store.write() as tx:
        audit.note(tx, company, "T1/U1", "run.sent", "run:1", NOON)
        rows = tx.execute(select(trail.c.seq)).all()
        assert audit.forget(tx, NOON - timedelta(days=3650), NOON) == 0
        assert tx.execute(select(trail.c.seq)).all() == rows
        assert audit.fits(tx, Head(0, START)), "before the first row everything fits"


def test_an_altered_trail_is_met_at_night(store: Store, company: str) -> None:
    with store.write() as tx:
        audit.note(tx, company, "T1/U1", "run.sent", "run:1", NOON)
        seq = audit.head(tx).seq
        proving.look(tx)
        tx.execute(update(trail).where(trail.c.seq == seq).values(who="T1/U2"))
        with pytest.raises(Damaged, match=f"Row {seq} of the trail"):
            proving.look(tx)
        tx.execute(update(trail).where(trail.c.seq == seq).values(who="T1/U1"))


def test_a_rebuilt_table_may_not_lose_what_names_its_rows(store: Store, company: str) -> None:
    def rebuilt() -> None:
        with store.rebuild() as tx:
            tx.execute(insert(file).values(id="f-lost", company="nobody", sha256="", name="a", content=b"",
                                           received_at=NOON, received_from=""))  # fmt: skip

    with pytest.raises(BrokenReferences if store.embedded else DBAPIError):
        rebuilt()
    with store.read() as tx:
        assert tx.execute(select(file.c.id).where(file.c.id == "f-lost")).all() == []


def test_a_turn_is_waited_for_no_longer_than_its_patience() -> None:
    turn = _Turn(0.01)
    with turn, pytest.raises(TimeoutError, match="written to for too long"), turn:
        pass
    with turn:
        pass


def test_what_is_begun_in_time_is_waited_for_to_its_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    class Impatient(Future[str]):
        """Its time is over as soon as it is begun."""

        def result(self, timeout: float | None = None) -> str:
            if timeout is None:
                return super().result()
            assert begun.wait(30)
            raise TimeoutError

    def work(_: object) -> str:
        begun.set()
        return "done"

    monkeypatch.setattr(together, "_Piece", lambda work, until: _Piece(work, until, Impatient()))
    assert Together(store.write, 30).do(work) == "done"


def test_after_a_failure_what_waited_too_long_is_not_tried_again(store: Store) -> None:
    late, alive = _Piece(lambda _: "late", 0.0), _Piece(lambda _: "alive", time.monotonic() + 30)
    failed = ValueError("another's")
    Together(store.write, 30)._one_by_one([late, alive], failed)
    assert (late.made.exception(), alive.made.result()) == (failed, "alive")


def test_files_and_payments_of_drafts_are_linked(store: Store, company: str) -> None:
    with store.write() as tx:
        file, _ = documents.keep_file(tx, company, "a.pdf", b"%PDF-1.7 a", "T1/U1", NOON)
        digest = tx.execute(select(documents.file.c.sha256).where(documents.file.c.id == file)).scalar_one()
        papers = (Attachment("a.pdf", 10, digest), Attachment("never-came.pdf"))
        whole = replace(invoice("1042", NOON.date()), attachments=papers)
        doc = documents.keep(tx, company, whole, documents.PSA, None, NOON).document
        run = runs.start(tx, company, ("T1", "U1"), "key", NOON, kind="sales_invoice", selection="", dry=0)
        transfers.queue(tx, doc, run, "KI1A")
        queued = transfers.claim(tx, company, doc.id)
        assert queued is not None
        transfers.commit(tx, queued, remote_id=900, remote_number=300)
        paid = {"paid_on": "2026-11-20", "amount": "12.40", "currency": "EUR", "state": "done", "why": "", "tries": 0}
        values = paid | {"fence": 0, "document": doc.id, "company": company, "remote_id": 900, "noted_at": NOON}
        tx.execute(insert(claim_mark).values(**values))
    with store.read() as tx:
        made, attached, marked = links.all(tx, company)
    assert (made.act, attached.act, marked.act) == ("created", "attached", "paid")
    assert (attached.mark, attached.shown) == ("a.pdf", digest)
    assert (marked.shown, marked.asked, marked.who, marked.at) == ("2026-11-20 12.40 EUR", f"run:{run}", "T1/U1", NOON)
    with store.write() as tx:
        companies.choose(tx, company, replace(companies.get(tx, company).choices, google_drive=True))
        assert [link.act for link in links.all(tx, company)] == ["created", "paid"]
        assert tx.execute(select(document.c.id).where(document.c.company == company)).scalar_one() == doc.id


def test_a_bill_without_a_reference_is_not_found_by_nothing(store: Store, company: str) -> None:
    with store.write() as tx:
        keep(tx, company, bill(1, reference="", supplier="Silta Oy"))
        keep(tx, company, bill(2, reference="0012", supplier="Torni Oy"))
        assert bill_search.find(tx, company, "000") == ()
        assert [one.id for one in bill_search.find(tx, company, "12")] == [2]
        assert [one.id for one in bill_search.find(tx, company, "silta")] == [1]


def test_a_bill_without_a_number_is_like_others_by_sum_and_day_only(store: Store, company: str) -> None:
    with store.write() as tx:
        for id, number, gross in ((1, "", "100.00"), (2, "", "7.00"), (3, "A-1", "100.00")):
            keep(tx, company, bill(id, gross, original_number=number))
        assert [one.id for one in bills.alike(tx, company, bill(1, original_number=""))] == [3]


def test_a_bill_kept_before_its_columns_were_lies_on_the_desk_all_the_same(store: Store, company: str) -> None:
    with store.write() as tx:
        keep(tx, company, bill(1, cash_discounts=((7, Decimal(2)),)))
        deal(tx, company, 1, "U1")
        (new,) = desks.of(tx, company, TEAM, "U1")
        tx.execute(update(table).where(table.c.company == company).values(home_cents=None, lapses=None))
        (old,) = desks.of(tx, company, TEAM, "U1")
    assert old == new
    assert new.due == date(2026, 12, 1)


def test_a_receipt_is_asked_for_once_and_a_sent_claim_stays(store: Store, company: str) -> None:
    with store.write() as tx:
        draft = captures.begin(tx, company, TEAM, "U1", ClaimKind.EXPENSE, NOON)
        first = captured_receipts.ask(tx, company, draft.id, 1, ("F1", "F2", "F1", ""), NOON)
        assert len(first) == 2
        assert len(captured_receipts.ask(tx, company, draft.id, 1, ("F2", "F3"), NOON)) == 1
        claim = Claim("K-1", NOON.date(), ClaimKind.EXPENSE, Claimant("7", "E"), "EUR", (), None, "")
        assert captures.write(tx, draft, Sheet(ClaimKind.EXPENSE), NOON)
        assert captures.send(tx, draft, claim, NOON)
        assert captures.drop(tx, draft) is False
        assert captures.get(tx, company, draft.id) is not None
        other = captures.begin(tx, company, TEAM, "U1", ClaimKind.EXPENSE, NOON)
        assert captures.drop(tx, other) is True
        assert captures.get(tx, company, other.id) is None


def test_what_is_not_there_is_said_by_its_name(store: Store, company: str) -> None:
    with store.write() as tx:
        with pytest.raises(LookupError, match="no pile 7"):
            piles.get(tx, company, 7)
        workspaces.join(tx, "TNEW", "Uusi", "U0")
        unconnected = companies.found(tx, "Uusi Oy", "TNEW", NOON)
        companies.reseal(tx, unconnected)
        assert (companies.api_key(tx, unconnected), companies.api_key(tx, company)) == (None, "avain")
        id, _ = documents.keep_file(tx, company, "a.pdf", b"%PDF", "T1/U1", NOON)
        tx.execute(update(file).where(file.c.id == id).values(content=b""))
        assert documents.file_of(tx, company, id) == ("a.pdf", b""), "forgotten when its time was over"


def test_a_database_that_never_stood_is_not_asked_twice() -> None:
    ledger = Ledger("postgresql://nobody@127.0.0.1:9/none?connect_timeout=2", "x")
    with pytest.raises(psycopg.OperationalError):
        ledger.reserve(Terms(1.0, 1))
