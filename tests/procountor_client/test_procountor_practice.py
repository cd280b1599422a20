"""The client against the practice Procountor, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from finance.invoice import Channel, Invoice, Kind, Line, Party, Payment
from finance.posting import Posting, Row, Target
from finance.reference import Reference
from procountor import attachments, invoices, ledger, persons, reference, rights, session
from procountor.api import Api
from procountor.connection import Client, Patience, connect
from procountor.errors import Forbidden, NotFound, Refused, Unauthorized, Unsure
from procountor.limiter import Unpaced
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.procountor.world import World
from tests.procountor_client.documents import BUYER, STREET

D = Decimal
TODAY = date(2026, 3, 31)
QUICK = Patience(pause=0.0, tries=3, read=5)


@dataclass
class Practice:
    world: World
    api: Api
    other: Api
    reference: Reference


@pytest.fixture
def practice() -> Iterator[Practice]:
    world = seed.month(TODAY)
    with PracticeProcountor(world, rate=1000) as server:
        client = Client(server.url, seed.CLIENT_ID, seed.CLIENT_SECRET, seed.REDIRECT_URI)
        with connect(client, Unpaced(), patience=QUICK) as procountor:
            api = procountor.company(seed.API_KEY)
            known = reference.fetch(api, datetime(2026, 3, 31, 9, tzinfo=UTC))
            yield Practice(world, api, procountor.company(seed.API_KEY_SECOND), known)


def document(known: Reference, number: str = "1042") -> tuple[Invoice, Posting]:
    iban = next(account.iban for account in known.bank_accounts if account.default_for_invoice)
    invoice = Invoice(
        number=number,
        issued=date(2026, 3, 30),
        buyer=replace(BUYER, address=STREET),
        lines=(Line(), Line(), Line()),
        payment=Payment(iban=iban, due=date(2026, 4, 13), penalty_percent=D("8.0")),
        channel=Channel.EMAIL,
        language="fi",
        note="Kiitos!\nHyvää kevättä",
    )
    centre = next(d for d in known.dimensions if len(d.items) > 1)
    item = next(i for i in centre.items if i.open)
    target = Target(centre.id, item.id, item.code)
    rows = (
        Row("Konsultointi", D("7.50"), "HUR", D("120.00"), D(0), D("25.5"), 1, "Eka\ntoka", targets=(target,)),
        Row("Muut työt", D(0), "", D(0), D(0), D("25.5"), 1),
        Row("Lisenssi", D(3), "H87", D("33.33"), D("2.5"), D("25.5"), 1, account="3000", targets=(target,)),
    )  # fmt: skip
    posting = Posting(vat_status=1, rows=rows, iban=iban)
    return invoice, posting


def test_who_and_what_the_company_is(practice: Practice) -> None:
    who, known = session.info(practice.api), practice.reference
    assert (who.company_id, who.company_name, who.country) == (seed.NORTH, "Pohjantuuli Konsultointi Oy", "FI")
    assert (known.business_id, known.currency, known.cash_discounts) == ("2077474-0", "EUR", False)
    assert D("25.5") in [rate.percent for rate in known.vat_rates if rate.sales]
    assert 1 in [status.number for status in known.vat_statuses]
    assert {account.iban for account in known.bank_accounts if account.active} >= set(seed.NORTH_IBANS)
    assert all((known.accounts, known.dimensions, known.products, known.periods, known.customers))
    assert 50 < len(persons.all(practice.api)) <= 60
    assert rights.probe(practice.api).missing("sales") == ()


@pytest.mark.parametrize("bank_reference", ["", "1232", "RF471234567890"])
@pytest.mark.parametrize("shown", ["row", "rate"])
def test_an_invoice_is_made_found_and_still_says_what_was_sent(
    practice: Practice, bank_reference: str, shown: str
) -> None:
    practice.world.options.rounding = shown
    invoice, posting = document(practice.reference)
    invoice = replace(invoice, payment=replace(invoice.payment, reference=bank_reference))
    sent = invoices.fingerprint(invoice, posting)
    made = invoices.create(practice.api, invoice, posting, marker="K1ABC")
    assert (made.status, made.original_number, made.marker, made.rows) == ("UNFINISHED", "1042", "K1ABC", 3)
    assert (made.totals.net, made.totals.currency) == (D("997.49"), "EUR")
    assert made.reference.replace(" ", "") == bank_reference if bank_reference else made.reference
    assert made.says(sent)
    assert invoices.get(practice.api, made.id).says(sent)
    assert invoices.get_many(practice.api, [made.id, 999_999]) == [invoices.get(practice.api, made.id)]
    (found,) = invoices.search(practice.api, original_number="1042", types=["SALES_INVOICE"])
    assert (found.id, found.number, found.creator_id) == (made.id, made.number, session.info(practice.api).user_id)
    assert found.created is not None
    around = timedelta(minutes=2)
    window = invoices.search(practice.api, created_from=found.created - around, created_to=found.created + around)
    assert [one.id for one in window] == [made.id]
    assert practice.world.journal.unknown_members == {}


def test_a_bill_is_made(practice: Practice) -> None:
    invoice, posting = document(practice.reference, "SUP-42")
    bill = replace(invoice, kind=Kind.BILL, seller=BUYER, buyer=Party(), channel=None, language="",
                   payment=replace(invoice.payment, reference="1232"))  # fmt: skip
    made = invoices.create(practice.api, bill, posting, marker="K2")
    assert made.type == "PURCHASE_INVOICE"
    assert made.says(invoices.fingerprint(bill, posting))
    assert (made.partner, made.identifier) == (BUYER.name, BUYER.business_id)
    (found,) = invoices.search(practice.api, original_number="SUP-42", types=["PURCHASE_INVOICE"])
    assert (found.partner, found.identifier) == (BUYER.name, BUYER.business_id)


def test_accounts_and_cost_centres_are_put_on_once(practice: Practice) -> None:
    made = invoices.create(practice.api, *document(practice.reference), marker="K3")
    posting = document(practice.reference)[1]
    assert made.ledger_receipt_id is not None
    assert ledger.assign(practice.api, made.ledger_receipt_id, posting) is True
    assert ledger.assign(practice.api, made.ledger_receipt_id, posting) is False
    receipt = practice.api.get(f"ledgerreceipts/{made.ledger_receipt_id}")
    entries = [t for t in receipt["transactions"] if t["transactionType"] == "ENTRY"]
    target = posting.rows[0].targets[0]
    assert [[(v["itemId"], v["value"]) for v in e.get("dimensionItemValues", [])] for e in entries] == [
        [(target.item, D("-900.00"))], [], [(target.item, D("-97.49"))],
    ]  # fmt: skip
    assert entries[2]["account"] == "3000"


def test_a_refused_account_is_told_by_its_place(practice: Practice) -> None:
    invoice, posting = document(practice.reference)
    made = invoices.create(practice.api, invoice, posting, marker="K4")
    wrong = replace(posting, rows=(replace(posting.rows[0], account="9999"), *posting.rows[1:]))
    assert made.ledger_receipt_id is not None
    with pytest.raises(Refused) as raised:
        ledger.assign(practice.api, made.ledger_receipt_id, wrong)
    assert raised.value.codes == ("ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION",)


def test_several_faults_come_in_one_refusal(practice: Practice) -> None:
    invoice, posting = document(practice.reference)
    bad = replace(invoice, payment=replace(invoice.payment, due=date(2026, 3, 1)),
                  buyer=replace(BUYER, business_id="1234567-0"))  # fmt: skip
    with pytest.raises(Refused) as raised:
        invoices.create(practice.api, bad, posting, marker="K5")
    assert {"DUE_DATE_BEFORE_BILL_DATE", "ERROR_BRN_CODE"} <= set(raised.value.codes)
    assert practice.world.journal.of("POST /invoices") == []


def test_changing_a_draft_changes_its_receipt(practice: Practice) -> None:
    invoice, posting = document(practice.reference)
    made = invoices.create(practice.api, invoice, posting, marker="K6")
    dearer = replace(posting, rows=(replace(posting.rows[0], unit_price=D("130.00")), *posting.rows[1:]))
    changed = invoices.put(practice.api, made.id, made.version, invoice, dearer, marker="K6")
    assert changed.says(invoices.fingerprint(invoice, dearer))
    assert not changed.says(invoices.fingerprint(invoice, posting))
    assert changed.ledger_receipt_id != made.ledger_receipt_id
    assert made.ledger_receipt_id is not None
    with pytest.raises(NotFound):
        ledger.assign(practice.api, made.ledger_receipt_id, posting)
    with pytest.raises(Refused):
        invoices.put(practice.api, made.id, "2001-01-01T00:00:00", invoice, posting, marker="K6")


def test_notes_history_and_invalidation(practice: Practice) -> None:
    made = invoices.create(practice.api, *document(practice.reference), marker="K7")
    invoices.set_notes(practice.api, made.id, "vain tämä")
    assert invoices.get(practice.api, made.id).marker == ""
    invoices.invalidate(practice.api, made.id)
    assert invoices.get(practice.api, made.id).status == "INVALIDATED"
    with pytest.raises(Forbidden):
        invoices.invalidate(practice.api, made.id)
    assert isinstance(invoices.transactions(practice.api, made.id), tuple)


def test_attachments_go_there_and_back(practice: Practice) -> None:
    made = invoices.create(practice.api, *document(practice.reference), marker="K8")
    content = b"%PDF-1.7\r\n--\r\n\x00\xff" * 1000
    id = attachments.add(practice.api, made.id, "Tunnit ääkkösin.pdf", content, send_with_invoice=True)
    (attached,) = invoices.get(practice.api, made.id).attachments
    assert (attached.id, attached.name) == (id, "Tunnit ääkkösin.pdf")
    assert attachments.download(practice.api, id)[1] == content
    attachments.remove(practice.api, id)
    assert invoices.get(practice.api, made.id).attachments == ()


@pytest.mark.parametrize("what", ["drop", "close", "500json", "500html", "truncate"])
def test_an_answer_lost_after_the_act_leaves_one_invoice_and_the_marker_finds_it(practice: Practice, what: str) -> None:
    practice.world.faults.add(route="POST /invoices", what=what, when="after", nth=1)
    with pytest.raises(Unsure):
        invoices.create(practice.api, *document(practice.reference), marker="K9")
    (found,) = invoices.search(practice.api, original_number="1042")
    assert invoices.get(practice.api, found.id).marker == "K9"
    assert len(practice.world.journal.of("POST /invoices")) == 1


@pytest.mark.parametrize("what", ["drop", "close", "500json", "500html", "429", "truncate"])
def test_reads_survive_faults(practice: Practice, what: str) -> None:
    practice.world.faults.add(route="GET /coa", what=what, nth=1)
    assert practice.api.get("coa")["ledgerAccounts"]


def test_many_threads_over_an_expiring_token(practice: Practice) -> None:
    asked = practice.world.counts.routes["POST /oauth/token"]
    practice.world.tokens.expire()
    documents = [document(practice.reference, str(2000 + n)) for n in range(24)]
    with ThreadPoolExecutor(12) as pool:
        made = list(pool.map(lambda d: invoices.create(practice.api, *d, marker=d[0].number), documents))
    assert sorted(one.original_number for one in made) == [str(2000 + n) for n in range(24)]
    assert len({one.number for one in made}) == 24
    assert practice.world.counts.routes["POST /oauth/token"] == asked + 1


def test_companies_with_colliding_ids_stay_apart(practice: Practice) -> None:
    made = invoices.create(practice.api, *document(practice.reference), marker="K10")
    assert list(invoices.search(practice.other, original_number="1042")) == []
    assert session.info(practice.other).company_id == seed.SOUTH
    assert made.original_number not in [one.original_number for one in invoices.get_many(practice.other, [made.id])]


def test_a_revoked_key_yields_no_token(practice: Practice) -> None:
    for company in practice.world.companies.values():
        if seed.API_KEY in company.keys:
            company.keys[seed.API_KEY]["revoked"] = True
    practice.world.tokens.expire()
    with pytest.raises(Unauthorized):
        session.info(practice.api)
