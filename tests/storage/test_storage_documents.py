"""An invoice is kept once; other content under its number is a new revision; fixes lie over what was read."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from finance.fixes import Fix
from finance.invoice import Attachment, Invoice, Kind, Party
from storage import documents, runs, transfers
from storage.database import Store
from storage.documents import Document, Kept
from storage.runs import Item, Summary
from tests.support.invoices import invoice
from tests.support.stores import NOON

ZERO = Decimal(0)


def kept(store: Store, company: str, given: Invoice) -> Kept:
    with store.write() as tx:
        return documents.keep(tx, company, given, "psa", None, NOON)


def one(number: str = "1042") -> Invoice:
    return invoice(number, NOON.date())


def dearer(given: Invoice) -> Invoice:
    line = replace(given.lines[0], unit_price=given.lines[0].unit_price + 1)
    return replace(given, lines=(line, *given.lines[1:]))


def queued(store: Store, doc: Document, state: str = "new", remote: int | None = None) -> None:
    """The document on its way, in a batch of its own."""
    with store.write() as tx:
        wanted = {"kind": "sales_invoice", "selection": "", "dry": 0}
        run = runs.start(tx, doc.company, ("T1", "U1"), f"{doc.company}:{doc.id}", NOON, **wanted)
        summary = Summary(doc.source.number, "Asiakas Oy", "EUR", ZERO, ZERO, ZERO)
        runs.put_items(tx, run, [Item(doc.id, 0, "ready", (), summary)])
        assert transfers.queue(tx, doc, run, f"KI1{doc.company[:8]}{doc.id}")
        t = transfers.claim(tx, doc.company, doc.id)
        assert t is not None
        transfers.commit(tx, t, state=state, remote_id=remote)


def test_the_same_invoice_read_again_is_the_same_document(store: Store, company: str) -> None:
    first, again = kept(store, company, one()), kept(store, company, one())
    assert (first.what, again.what) == ("new", "same")
    assert first.document.id == again.document.id


def test_the_same_number_in_another_company_is_another_document(store: Store, company: str, other: str) -> None:
    ours, theirs = kept(store, company, one()), kept(store, other, one())
    assert (ours.what, theirs.what) == ("new", "new")
    with store.read() as tx:
        with pytest.raises(LookupError):
            documents.get(tx, company, theirs.document.id)
        assert documents.many(tx, company, [ours.document.id, theirs.document.id]).keys() == {ours.document.id}


def test_a_changed_one_that_waits_takes_the_place_of_the_earlier(store: Store, company: str) -> None:
    first, changed = kept(store, company, one()), kept(store, company, dearer(one()))
    assert (changed.what, changed.document.revision, changed.document.state) == ("changed", 2, "open")
    assert changed.before is not None
    assert changed.before.id == first.document.id
    with store.read() as tx:
        assert documents.get(tx, company, first.document.id).state == "replaced"
        assert [d.id for d in documents.open_ones(tx, company, Kind.SALES_INVOICE)] == [changed.document.id]


@pytest.mark.parametrize(
    ("state", "remote", "then"),
    [
        ("new", None, "changed"),
        ("looking", None, "changed"),
        ("creating", None, "changed"),
        ("created", 810001, "changed"),
        ("refused", None, "open"),
        ("refused", 810001, "changed"),
        ("parked", None, "open"),
        ("parked", 810001, "changed"),
    ],
)
def test_what_may_stand_in_procountor_is_not_replaced(
    store: Store, company: str, state: str, remote: int | None, then: str
) -> None:
    first = kept(store, company, one()).document
    queued(store, first, state, remote)
    assert kept(store, company, dearer(one())).document.state == then
    with store.read() as tx:
        assert documents.get(tx, company, first.id).state == ("open" if then == "changed" else "replaced")


def test_however_often_it_changes_after_sending_it_is_only_shown(store: Store, company: str) -> None:
    first = kept(store, company, one()).document
    with store.write() as tx:
        documents.set_state(tx, first.id, "sent")
    second, third = kept(store, company, dearer(one())), kept(store, company, dearer(dearer(one())))
    assert (second.document.state, third.document.state) == ("changed", "changed")
    with store.read() as tx:
        assert documents.open_ones(tx, company, Kind.SALES_INVOICE) == ()
        assert documents.get(tx, company, first.id).state == "sent"


def test_fixes_stay_with_the_changed_one_unless_it_was_sent(store: Store, company: str) -> None:
    first = kept(store, company, one()).document
    with store.write() as tx:
        documents.fix(tx, first, (Fix("order_reference", "PO 7"),))
    second = kept(store, company, dearer(one())).document
    assert second.invoice.order_reference == "PO 7"
    with store.write() as tx:
        documents.set_state(tx, second.id, "sent")
    assert kept(store, company, dearer(dearer(one()))).document.invoice.order_reference == ""


def test_a_later_fix_of_the_same_place_takes_the_place_of_the_earlier(store: Store, company: str) -> None:
    doc = kept(store, company, one()).document
    with store.write() as tx:
        doc = documents.fix(tx, doc, (Fix("order_reference", "PO 7"), Fix("note", "Kiitos")))
        doc = documents.fix(tx, doc, (Fix("order_reference", "PO 8"),))
    with store.read() as tx:
        stored = documents.get(tx, company, doc.id)
    assert (stored.invoice.order_reference, stored.invoice.note, len(stored.overlay.fixes)) == ("PO 8", "Kiitos", 2)
    assert stored.source == one()


def test_an_attachment_that_has_come_fills_the_name_the_file_gave(store: Store, company: str) -> None:
    named = replace(one(), attachments=(Attachment("Tunnit.pdf"), Attachment("Kuitti.pdf")))
    doc = kept(store, company, named).document
    came, more = Attachment("tunnit.PDF", 5, "a" * 64), Attachment("Muu.pdf", 6, "b" * 64)
    with store.write() as tx:
        doc = documents.attach(tx, documents.attach(tx, doc, came), more)
    assert doc.invoice.attachments == (came, Attachment("Kuitti.pdf"), more)
    with store.read() as tx:
        assert documents.get(tx, company, doc.id).invoice == doc.invoice


def test_a_bill_is_known_by_its_supplier_too(store: Store, company: str) -> None:
    bill = replace(one("77"), kind=Kind.BILL, seller=Party("Toimittaja Oy", "0201256-6"))
    elsewhere = replace(bill, seller=Party("Toinen Oy", "1572860-0"))
    assert [kept(store, company, b).what for b in (bill, elsewhere, bill)] == ["new", "new", "same"]
    with store.read() as tx:
        assert documents.counts(tx, company, Kind.BILL) == {"open": 2}
        assert documents.counts(tx, company, Kind.SALES_INVOICE) == {}


def test_a_supplier_is_one_however_his_business_id_is_written(store: Store, company: str) -> None:
    bill = replace(one("78"), kind=Kind.BILL, seller=Party("Toimittaja Oy", "0201256-6"))
    again = replace(bill, seller=Party("TOIMITTAJA OY", "", "FI02012566"))
    assert kept(store, company, bill).what == "new"
    newer = kept(store, company, again)
    assert (newer.what, newer.document.revision) == ("changed", 2)


def test_a_bill_found_elsewhere_waits_again_when_it_is_brought_again(store: Store, company: str) -> None:
    bill = replace(one("79"), kind=Kind.BILL, seller=Party("Toimittaja Oy", "0201256-6"))
    doc = kept(store, company, bill).document
    with store.write() as tx:
        documents.set_state(tx, doc.id, documents.ELSEWHERE)
        assert documents.open_ones(tx, company, Kind.BILL) == ()
        assert [d.id for d in documents.found_elsewhere(tx, company, Kind.BILL)] == [doc.id]
    again = kept(store, company, bill)
    assert (again.what, again.document.id, again.document.state) == ("new", doc.id, "open")
    with store.read() as tx:
        assert [d.id for d in documents.open_ones(tx, company, Kind.BILL)] == [doc.id]


def test_the_same_bytes_under_the_same_name_are_kept_once_for_each_company(
    store: Store, company: str, other: str
) -> None:
    with store.write() as tx:
        first, new = documents.keep_file(tx, company, "a.csv", b"1;2", "U1", NOON)
        again, known = documents.keep_file(tx, company, "a.csv", b"1;2", "U2", NOON + timedelta(days=1))
        renamed, also_new = documents.keep_file(tx, company, "b.csv", b"1;2", "U1", NOON)
        theirs, theirs_new = documents.keep_file(tx, other, "a.csv", b"1;2", "U1", NOON)
    assert (first == again, new, known, also_new, theirs_new) == (True, True, False, True, True)
    assert len({first, renamed, theirs}) == 3
    with store.read() as tx:
        assert documents.file_of(tx, company, first) == ("a.csv", b"1;2")
        with pytest.raises(LookupError):
            documents.file_of(tx, company, theirs)


def test_a_files_content_is_found_by_its_hash_in_its_own_company_only(store: Store, company: str, other: str) -> None:
    with store.write() as tx:
        documents.keep_file(tx, company, "liite.pdf", b"%PDF-1", "U1", NOON)
    digest = hashlib.sha256(b"%PDF-1").hexdigest()
    with store.read() as tx:
        assert documents.bytes_of(tx, company, digest) == b"%PDF-1"
        assert documents.bytes_of(tx, other, digest) is None


def test_a_fix_goes_along_only_where_its_place_stands_as_it_stood(store: Store, company: str) -> None:
    first = invoice("9100", NOON.date(), rows=3)
    with store.write() as tx:
        doc = documents.keep(tx, company, first, "psa", None, NOON).document
        wanted = (Fix("lines[2].account", "3010"), Fix("lines[0].account", "3020"), Fix("order_reference", "A-1"))
        documents.fix(tx, doc, wanted)
        shorter = replace(first, lines=(first.lines[0], replace(first.lines[1], name="Muu")), order_reference="B-2")
        newer = documents.keep(tx, company, shorter, "psa", None, NOON).document
    assert [fix.path for fix in newer.overlay.fixes] == ["lines[0].account"]
    assert newer.invoice.lines[0].account == "3020"
    assert newer.invoice.order_reference == "B-2"
