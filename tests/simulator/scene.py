"""What stands when a trial begins: a company, its registers and people, and one thing to be brought into Procountor."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from finance.authority import Right
from finance.canonical import dump
from finance.claim_part import ClaimPart
from finance.company import Choices
from finance.invoice import Attachment, Invoice, Kind, Line, Party, Payment
from finance.lists import COMPANY
from finance.reference import Account, BankAccount, Customer, Reference, VatRate, VatStatus
from finance.targeting import Aim, Reason
from finance.transfer import State
from procountor import bills as resource
from storage import bills, cards, companies, documents, references, rights, runs, staff, transfers, workspaces
from storage.database import Tx
from storage.runs import Item, Summary
from tests.simulator.books import START, Books
from tests.simulator.house import Memory, empty
from tests.support.invoices import IBAN, invoice

TEAM, ANNA, MIKA = "T1", "UANNA", "UMIKA"
USER = {ANNA: 7001, MIKA: 7002}
NUMBER = "20261"
KNOWN = 1000  # Procountor's id of a document that was sent long ago: what a look has to find
TODAY = START.date()
PAPER = b"%PDF-1.4 tunnit"
PAPER_NAME = "tunnit; lasku a:b.pdf"  # Procountor is given it with other signs


@dataclass(frozen=True, slots=True)
class Scene:
    """The database as bytes, and the ids a trial speaks of. ``bill`` is Procountor's id."""

    kind: str
    image: bytes
    company: str
    document: int = 0
    run: int = 0
    bill: int = 0
    print: str = ""


@cache
def scene(kind: str) -> Scene:
    """``kind``: sales (an invoice with a file), cost (company money of two days), bill (one approval), bill two."""
    store = Memory()
    store.load(empty())
    with store.write() as tx:
        company = _company(tx)
        _known(tx, company, Kind.COMPANY_COST if kind == "cost" else Kind.SALES_INVOICE)
        made = Scene(kind, b"", company)
        if kind.startswith("bill"):
            made = _bill(tx, made, kind)
        else:
            made = _document(tx, made, _cost() if kind == "cost" else _sales(tx, company))
    image = store.image()
    store.close()
    return replace(made, image=image)


_ROWS: dict[str, dict[str, dict[Any, Any]]] = {}


def rows(of: Scene, real: Memory) -> dict[str, dict[Any, Any]]:
    """The rows of a scene that trials change, for a played database."""
    if of.kind not in _ROWS:
        found: dict[str, dict[Any, Any]] = {"transfer": {}, "bill": {}, "card": {}}
        with real.read() as tx:
            if of.bill:
                found["bill"][of.bill] = bills.get(tx, of.company, of.bill)
                found["card"] = {card.user: card for card in cards.all(tx, of.company, of.bill)}
        _ROWS[of.kind] = found
    return _ROWS[of.kind]


def forget() -> None:
    """Rows are read anew."""
    _ROWS.clear()


def begin(kind: str, books: Books) -> None:
    """What stands in Procountor then."""
    books.next = KNOWN - 1
    sort = {"cost": "PURCHASE_INVOICE"}.get(kind, "SALES_INVOICE")
    books.create(
        {"type": sort, "date": TODAY.isoformat(), "originalInvoiceNumber": "100", "notes": "[kierto:KI1KNOWN]"}
    )
    books.visible[KNOWN] = books.made_at[KNOWN] = -86_400.0
    if kind.startswith("bill"):
        arrived(books, kind)
    books.ledger.clear()
    books.next = 5000


def arrived(books: Books, kind: str) -> int:
    """A bill that came to Procountor by itself."""
    places = [{"userId": USER[ANNA]}] if kind == "bill" else [{"userId": USER[ANNA]}, {"userId": USER[MIKA]}]
    body = {
        "type": "PURCHASE_INVOICE",
        "date": TODAY.isoformat(),
        "originalInvoiceNumber": "T-77",
        "counterParty": {"counterPartyAddress": {"name": "Toimittaja Oy"}},
        "paymentInfo": {"currency": "EUR", "bankAccount": {"accountNumber": IBAN}, "bankReferenceCode": "1009"},
        "invoiceRows": [{"product": "Siivous", "quantity": Decimal(1), "unitPrice": Decimal(100), "vatPercent": 0}],
        "invoiceApprovalInformation": {"verifiers": [], "acceptors": places},
    }
    id = int(books.create(body, by=1)["id"])
    books.docs[id]["status"] = "RECEIVED"
    books.needs[id] = len(places)
    return id


def _company(tx: Tx) -> str:
    workspaces.join(tx, TEAM, "Yksi", "UBOT")
    company = companies.connect(tx, "Yhtiö Oy", "2077474-0", 12001, 501, "avain", START)
    companies.place(tx, company, TEAM)
    companies.choose(tx, company, replace(Choices(), verify_and_approve=True))
    references.keep(tx, company, _reference())
    long_ago = START - timedelta(days=60)
    for user, number in USER.items():
        rights.give(tx, company, TEAM, user, {Right.APPROVE: {"EUR": None}}, "T1/UADMIN", long_ago)
        who = {"team": TEAM, "user": user, "user_id": number, "matched": staff.HAND, "matched_by": "T1/UADMIN"}
        staff.add(tx, company, user, **who, matched_at=long_ago)
    return company


def _reference() -> Reference:
    return Reference(
        12001,
        "Yhtiö Oy",
        "2077474-0",
        START,
        accounts=(Account("3000", "Myynti"),),
        vat_rates=(VatRate(Decimal("25.5")), VatRate(Decimal(0))),
        vat_statuses=(VatStatus(1, "Kotimaa"), VatStatus(12, "Ei alv")),
        bank_accounts=(BankAccount(IBAN, default_for_invoice=True),),
        customers=(Customer(31, "Asiakas Oy", "1001", "1572860-0"),),
        suppliers=(Customer(41, "Virtanen Ville", "7", ""),),
    )


def _known(tx: Tx, company: str, kind: Kind) -> None:
    old = replace(invoice("100", TODAY), kind=kind)
    if kind is Kind.COMPANY_COST:
        old = replace(_cost(), number="100")
    doc = documents.keep(tx, company, old, documents.PSA, None, START).document
    run = _run(tx, company, doc, kind)
    transfers.queue(tx, doc, run, "KI1KNOWN")
    t = transfers.claim(tx, company, doc.id)
    assert t is not None
    long_ago = START - timedelta(days=30)
    transfers.commit(tx, t, state=State.DONE.value, remote_id=KNOWN, remote_number=KNOWN, done_at=long_ago)


def _document(tx: Tx, made: Scene, wanted: Invoice) -> Scene:
    doc = documents.keep(tx, made.company, wanted, documents.PSA, None, START).document
    return replace(made, document=doc.id, run=_run(tx, made.company, doc, wanted.kind))


def _run(tx: Tx, company: str, doc: documents.Document, kind: Kind) -> int:
    wanted = {"kind": kind.value, "selection": "", "dry": 0}
    run = runs.start(tx, company, (TEAM, ANNA), f"{doc.id}", START, **wanted)
    zero = Decimal(0)
    runs.put_items(tx, run, [Item(doc.id, 0, "ready", (), Summary(doc.source.number, "", "EUR", zero, zero, zero))])
    return run


def _sales(tx: Tx, company: str) -> Invoice:
    documents.keep_file(tx, company, PAPER_NAME, PAPER, "T1/U1", START)
    paper = Attachment(PAPER_NAME, len(PAPER), hashlib.sha256(PAPER).hexdigest())
    return replace(invoice(NUMBER, TODAY), attachments=(paper,))


def _cost() -> Invoice:
    """Company money of two days: 100 and 24 euros."""
    lines = tuple(
        Line(name=name, quantity=Decimal(1), unit_price=Decimal(price), vat_percent=Decimal("25.5"), start=day, end=day)
        for name, price, day in (("Hotelli", "100.00", date(2026, 10, 28)), ("Taksi", "24.00", date(2026, 10, 29)))
    )
    part = ClaimPart(NUMBER, COMPANY, TODAY, purchase=True, whole=Decimal(124))
    return Invoice(
        NUMBER,
        date(2026, 10, 29),
        kind=Kind.COMPANY_COST,
        seller=Party("Virtanen Ville", customer_number="7"),
        lines=lines,
        payment=Payment(currency="EUR"),
        prices_include_vat=True,
        claim=part,
    )


def _bill(tx: Tx, made: Scene, kind: str) -> Scene:
    books = Books(lambda: 0.0, lambda: 0.0)
    begin(kind, books)
    id = max(books.docs)
    found = resource.bill(books.docs[id])
    bills.keep(tx, made.company, found, Aim(Reason.NOTHING), (), START)
    for user in USER:
        cards.deal(tx, made.company, id, TEAM, user, dump(Aim(Reason.NOTHING)), START)
    kept = bills.get(tx, made.company, id)
    assert kept is not None
    return replace(made, bill=id, print=kept.print)
