"""What goes through the kills: fresh documents of each kind, and claims of several people, some of them put together.

A quarter are invoices, a quarter bills with their papers, a quarter claims and a quarter costs paid with the company's
money, with their receipts; the last are also marked paid. The company pays by the person: claims of one person that
wait at the same time become one voucher, so that of a batch some go alone and some together.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from bot import practice
from bot.compose import House
from finance.claim import Claim, Claimant, Cost
from finance.invoice import CLAIMS, Attachment, Invoice, Kind
from finance.lists import COMPANY, OWN, ListKind
from finance.people import Person
from handlers import checking, claiming, papers, queueing, starting
from sandbox.procountor import seed, seed_people
from sandbox.procountor.server import PracticeProcountor
from sandbox.procountor.world import Doc
from storage import companies, documents, registers, runs, staff, transfers
from storage.database import Tx
from tests.support.invoices import invoice
from tests.support.paper_bills import bill

BATCH = 48
FIRST = 5000
PEOPLE = tuple(Person(f"Person {place}", f"H-{place}", f"p{place}@pohjantuuli.example") for place in range(7))
TAXI = "Taksi"


def kind_of(number: int) -> Kind:
    """In turn."""
    return tuple(Kind)[number % len(Kind)]


def claimant(number: int) -> Person:
    """Seven people in turn, so that of twelve claims of a batch five people have two each and two have one."""
    return PEOPLE[number // len(Kind) % len(PEOPLE)]


def paper(number: int) -> bytes:
    return b"%PDF-1.7 " + str(number).encode() * 20


def know_people(house: House, company: str) -> None:
    """The claimants, matched with persons of the practice register; and the company pays by the person."""
    now = practice.now()
    with house.store.write() as tx:
        registers.keep(tx, company, ListKind.PEOPLE, {one.key: one for one in PEOPLE}, now)
        for place, one in enumerate(PEOPLE):
            staff.add(
                tx, company, one.name, email=one.email, psa=one.key, person_id=seed_people.FIRST_PERSON + 7 + place
            )
        choices = companies.get(tx, company).choices
        companies.choose(tx, company, replace(choices, claims_per="person", company_costs_per="claim"))


def send_batch(house: House, company: str, first: int) -> None:
    """Fresh documents, a batch of each kind, judged and queued as the button does it."""
    with house.store.write() as tx:
        for number in range(first, first + BATCH):
            _bring(house, tx, company, number)
            if kind_of(number) is not Kind.SALES_INVOICE:
                documents.keep_file(tx, company, f"{number}.pdf", paper(number), "test", practice.now())
    for kind in Kind:
        run = starting.start_batch(house.desk, company, ("", "test"), kind, "", f"{kind} {first}")
        assert isinstance(run, int)
        checking.check(house.desk, company, str(run))
        with house.store.read() as tx:
            found = runs.get(tx, company, run)
        queued = queueing.queue(house.desk, papers.company_of(house.desk, company), found, ("preview",), "test")
        assert queued == (len(PEOPLE) if kind in CLAIMS else BATCH // len(Kind)), f"{queued} of {kind} were clean"


def _bring(house: House, tx: Tx, company: str, number: int) -> None:
    """A claim as it comes from the project system; an invoice, or a bill of one of ten suppliers, with its paper."""
    now, content = practice.now(), paper(number)
    picture = Attachment(f"{number}.pdf", len(content), hashlib.sha256(content).hexdigest())
    if kind_of(number) in CLAIMS:
        claiming.bring(tx, companies.get(tx, company), _claim(number, now.date(), picture), "psa", None, now)
    else:
        documents.keep(tx, company, _document(number, now.date(), picture), "psa", None, now)


def _document(number: int, today: date, picture: Attachment) -> Invoice:
    if kind_of(number) is Kind.SALES_INVOICE:
        return invoice(str(number), today)
    return replace(bill(str(number), today, place=number % 10), attachments=(picture,))


def _claim(number: int, today: date, receipt: Attachment) -> Claim:
    """A claim of one cost, paid with his own money or with the company's; its euros are its number."""
    whose, who, day = OWN if kind_of(number) is Kind.CLAIM else COMPANY, claimant(number), today - timedelta(days=3)
    cost = Cost(day, Decimal(number), description=TAXI, vat_percent=Decimal("25.5"), paid_by=whose, receipts=(receipt,))
    person = Claimant(who.number, who.name, who.email)
    return Claim(str(number), day + timedelta(days=1), claimant=person, costs=(cost,))


@dataclass
class Count:
    """How often each number stands in Procountor: in a live draft, its paper, and its day of payment."""

    drafts: Counter[str]
    papers: Counter[str]
    payments: Counter[int]  # by the draft's id
    of_company: set[int]  # drafts of costs paid with the company's money
    vouchers: int  # drafts that hold several claims


def stands(procountor: PracticeProcountor) -> Count:
    books = procountor.world.companies[seed.NORTH].registers
    ours = [d for d in books["invoices"].values() if "[kierto:" in (d.get("notes") or "")]
    live = [d for d in ours if d["status"] != "INVALIDATED"]
    ids = {d["id"] for d in live}
    held = {d["id"]: _numbers(d) for d in live}
    return Count(
        drafts=Counter(number for numbers in held.values() for number in numbers),
        papers=Counter(a["name"].partition(".")[0] for a in books["attachments"].values() if a["referenceId"] in ids),
        payments=Counter(e["invoiceId"] for e in books["paymentevents"].values() if e["invoiceId"] in ids),
        of_company={id for id, numbers in held.items() if kind_of(int(numbers[0])) is Kind.COMPANY_COST},
        vouchers=sum(len(numbers) > 1 for numbers in held.values()),
    )


def _numbers(draft: Doc) -> list[str]:
    """The numbers of the documents a draft holds: of a voucher those that its costs come to."""
    taxis = [str(int(row["unitPrice"])) for row in draft["invoiceRows"] if row["product"] == TAXI]
    return taxis or [str(draft["originalInvoiceNumber"])]


def sent(house: House, company: str) -> set[str]:
    """The numbers that stand as done with us, those that went into others with them."""
    with house.store.read() as tx:
        done = [one.document for kind in Kind for one in transfers.everything(tx, company, kind.value)]
        kept = documents.many(tx, company, tuple(done)).values()
        return {number for doc in kept for number in _members(doc.source)}


def _members(one: Invoice) -> tuple[str, ...]:
    return (one.number,) if one.claim is None else one.claim.members or (one.claim.number,)
