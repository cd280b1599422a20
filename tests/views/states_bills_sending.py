"""The messages and forms of bills that go to Procountor: those of invoices, said of bills, and the bills' own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import views_facts as facts
from views_drawn import Drawn
from views_facts import AT, DUE, LONG, PAPER, RATE, fault

from finance.changes import Change
from finance.faults import Choice, Fault, Repair
from finance.invoice import Invoice, Kind, Line, Party
from finance.selection import parse
from finance.transfer import Problem
from handlers import ready_list
from handlers.chat import Picture
from handlers.views import batches, causes, details, finding, imports, mending, notices, overview, ready
from handlers.views.batch import Batch, Entry, Stand
from handlers.views.finding import Hit
from handlers.views.imports import Changed, Imported
from handlers.views.tongue import Tongue

Draw = Callable[[Tongue], list[Drawn]]
HANDLES = mending.Handles(lambda e, c: "fix", lambda e, p: "wake", lambda page: "turn")
SUPPLIERS = ("Alihankkija Silta Oy", "Pilvipalvelu Kumpu Oy", "Kokoustarjoilu Ilta Oy")

ARRIVED = fault("bill.arrived", "number", "L-50117", existing="30117", supplier=SUPPLIERS[0])
ACCOUNT = fault("supplier.account_form", "payment.iban", "FI44 •••• 0061", repair=Repair.TEXT)
MISSING = fault("supplier.account_missing", "payment.iban", repair=Repair.TEXT)
OURS = fault("supplier.account_ours", "payment.iban", "FI21 •••• 0785", repair=Repair.TEXT)
TWICE = fault("bill.twice", "number", "KU-20451", supplier=SUPPLIERS[1])
HIDDEN = fault("supplier.hidden", "seller")
NAMELESS = fault("seller.name_missing", "seller.name", repair=Repair.TEXT)
BUSINESS_ID = fault(
    "seller.business_id_form", "seller.business_id", "15728600", "1572860-0", repair=Repair.TEXT, proposal="1572860-0"
)
STATUS = fault(
    "vat.domestic_zero", "vat_status", "", row=1, name="Vakuutus", country="FI", repair=Repair.CHOOSE,
    choices=(Choice("1", "1 · Domestic"), Choice("12", "12 · No VAT handling")),
)  # fmt: skip
IMPORT = fault(
    "vat.import", "vat_status", "", row=1, name="Cloud", country="US", repair=Repair.CHOOSE,
    choices=(Choice("8", "8 · Import"),),
)  # fmt: skip
CREDIT = fault("credit.note", "credited_number", "KU-20400", number="KU-20400", currency="EUR", gross=Decimal(-88),
               warning=True)  # fmt: skip
_WHO = {"supplier": SUPPLIERS[2], "id": "0737546-2", "other": "1572860-0", "warning": True}
NOTES = (
    fault("bill.accounting", "lines", warning=True),
    *(
        fault(f"supplier.{how}", "seller", SUPPLIERS[2], **_WHO)
        for how in ("unknown", "by_name", "other_id", "several")
    ),
    fault("supplier.account_other", "payment.iban", "FI14 •••• 3458", "FI58 •••• 0122", **_WHO),
    fault("supplier.account_first", "payment.iban", "FI14 •••• 3458", **_WHO),
    CREDIT,
)
FAULTS = (ARRIVED, ACCOUNT, MISSING, OURS, TWICE, HIDDEN, NAMELESS, BUSINESS_ID, STATUS, IMPORT)
SHARED = (RATE, DUE, LONG, PAPER, *facts.sums())
FORMS = (ACCOUNT, MISSING, BUSINESS_ID, STATUS, DUE, PAPER)
PROBLEMS = (
    Problem("ERROR_BRN_CODE", "counterParty.identifier", "", 400, "1234567-8"),
    Problem("INVALID_VALUE", "", "Value of the 'paymentInfo.bankAccount.accountNumber' field is invalid: X", 400),
    Problem("CLOSED_FISCAL_PERIOD", "date", "", 400),
    Problem("NOT_WINDOWS_1252", "counterParty.counterPartyAddress.name", "ł", 0),
    Problem("HTTP_403", "", "", 403),
    Problem("date.due_before_issued", "payment.due", "2025-10-15", 0),
    Problem("ERROR_MOON_PHASE", "invoiceRows[0].comment", "", 400),
)


def entry(document: int, stand: Stand, **more: object) -> Entry:
    """A bill of the batch, of some hundred euros."""
    numbers = ("2026-118", "KU-20451", "77-3312")
    net = Decimal("340.80") + document
    vat = (net * Decimal("0.255")).quantize(Decimal("0.01"))
    number, supplier = numbers[document % 3] + (f"/{document}" if document > 3 else ""), SUPPLIERS[document % 3]
    return replace(Entry(document, number, supplier, "EUR", net, vat, net + vat, stand), **more)  # type: ignore[arg-type]


def batch(state: str, *entries: Entry, **more: object) -> Batch:
    """Batch 1235, of bills."""
    made = Batch(1235, state, "Nordic Advisory Oy", False, entries, kind=Kind.BILL)
    return replace(made, **more)  # type: ignore[arg-type]


def preview() -> Batch:
    """Clean ones, notes, and each fault that only a bill has."""
    ready_ones = [entry(1, Stand.READY), *(entry(4 + i, Stand.READY, faults=(note,)) for i, note in enumerate(NOTES))]
    faulty = [entry(20 + i, Stand.FAULTY, faults=(f,)) for i, f in enumerate(FAULTS)]
    return batch("preview", *ready_ones, *faulty, absent=(("L-50118", 30118), ("9999", None)))


def shared() -> Batch:
    """The faults a bill has in common with an invoice."""
    return batch("preview", *(entry(5 + i, Stand.FAULTY, faults=(f,)) for i, f in enumerate(SHARED)))


def done() -> Batch:
    """A result with everything in it."""
    sent = [entry(d, Stand.SENT, theirs=30150 + d) for d in (1, 2, 3)]
    sent[1] = replace(sent[1], note="sum_differs")
    stuck = [entry(30 + i, Stand.REFUSED, problems=(p,)) for i, p in enumerate(PROBLEMS)]
    stuck[0] = replace(stuck[0], theirs=30161)
    waits = (entry(50, Stand.CHECKING), entry(51, Stand.PARKED, note="number_taken"))
    return batch("done", *sent, *stuck, *waits, entry(52, Stand.FAULTY, faults=(ARRIVED,)))


def parked() -> Batch:
    """Every puzzle."""
    notes = (
        *("number_taken", "earlier_revision", "content_differs", "changed_by_person", "twice_in_use", "invalidated"),
        *("reading_refused", "given_up", "?"),
    )
    return batch("done", *(entry(i, Stand.PARKED, note=note) for i, note in enumerate(notes, start=1)))


def imported(*, sales: bool) -> Imported:
    """What files of bills came to, beside invoices or alone."""
    line = Line("Kapasiteetti", unit_price=Decimal("1315.40"), vat_percent=Decimal("25.5"))
    bill = Invoice("KU-20451", date(2025, 10, 31), Kind.BILL, seller=Party(SUPPLIERS[1]), lines=(line,))
    changes = (
        Change("lines[0].unit_price", Decimal("1300.40"), Decimal("1315.40")),
        Change("payment.iban", "FI5810171000000122", "FI1410093000123458"),
        Change("seller.business_id", "", "1572860-0"),
    )
    changed = (Changed("77-3312", changes, sent=False, kind=Kind.BILL), Changed("2026-118", changes, True, Kind.BILL))
    found = Imported(("ostolaskut.csv",), (), (bill,), changed, (), (("KU-20451.pdf", "KU-20451"),), ("kuva.png",))
    return replace(found, bills=(bill, bill), new=(replace(bill, kind=Kind.SALES_INVOICE),) if sales else ())


def _batch(state: Batch) -> Draw:
    def draw(say: Tongue) -> list[Drawn]:
        told = say.about(Kind.BILL)
        return [batches.picture(told, state, lambda purpose: purpose), *details.pages(told, state)]

    return draw


def _list(state: Batch) -> Draw:
    return lambda say: [mending.faults(say.about(Kind.BILL), state, HANDLES)]


def _ready(state: Batch) -> Draw:
    rows = tuple(ready.Booked(e) for e in ready.listed(state))[: ready_list.PAGE]
    page = ready.Page(rows, 0, 1, lambda p: "turn", lambda d: "item")
    return lambda say: [ready.draw(say.about(Kind.BILL), state, page)]


def _form(given: Fault) -> Draw:
    one = entry(5, Stand.FAULTY, faults=(given,))

    def draw(say: Tongue) -> list[Drawn]:
        told = say.about(Kind.BILL)
        return [mending.form(told, one, causes.of_entry(told, one)[0], 0, "meta")]

    return draw


def _home(say: Tongue) -> list[Drawn]:
    rows = [(done(), AT, "U1ANNA"), (preview(), AT, "U1ANNA"), (batch("preview"), AT, "U1ANNA")]
    return [Picture("Nordic Advisory Oy", (*overview.bills_to_send(say, 3), *overview.bills_to_send(say, 1))),
            overview.batches(say, rows)]  # fmt: skip


def _found(say: Tongue) -> list[Drawn]:
    bill = imported(sales=False).bills[0]
    return [finding.picture(say, "KU-20451", [Hit(bill, "done", 30152, 1235), Hit(bill, "elsewhere")])]


def _said(say: Tongue) -> list[Drawn]:
    """What is whispered about a batch of bills."""
    say = say.about(Kind.BILL)
    lost = parse("ostolaskut pliis")
    assert isinstance(lost, Fault)
    cause = causes.of_fault(say, lost)
    return [
        notices.plain(f"{cause.says} {cause.do}"),
        notices.plain(say("Cancelled. Nothing was sent; the invoices wait here.")),
        notices.plain(say("Some invoices have changed since the check. Look at them and press again.")),
        notices.plain(say.n("Mended in {n} invoice.", "Mended in {n} invoices.", 1)),
        notices.plain(say.n("Mended in {n} invoice.", "Mended in {n} invoices.", 3)),
        notices.plain(
            say(
                "Invoice {number} of {company} stands twice in Procountor, and one of them has been worked on. "
                "Look at both there and invalidate the wrong one.",
                number="KU-20451",
                company="Nordic Advisory Oy",
            )
        ),
        notices.plain(say("{number} is among the invoices to mend now.", number="KU-20451")),
    ]


def states() -> dict[str, Draw]:
    """Name → how it is drawn."""
    one, sent = entry(1, Stand.READY), entry(1, Stand.SENT, theirs=30151)
    going = batch("sending", sent, entry(2, Stand.WAITING), entry(3, Stand.CHECKING))
    nothing = batch("done", entry(1, Stand.REFUSED, problems=PROBLEMS[:1]))
    held = batch("preview", one, entry(2, Stand.HELD), entry(3, Stand.FAULTY, faults=(ACCOUNT,)))
    told = {
        "checking": _batch(batch("checking")),
        "preview": _batch(preview()),
        "preview, shared faults": _batch(shared()),
        "preview, dry": _batch(batch("preview", one, dry=True)),
        "preview, one faulty": _batch(batch("preview", entry(2, Stand.FAULTY, faults=(ARRIVED,)))),
        "preview, some left out": _batch(held),
        "preview, all left out": _batch(batch("preview", entry(1, Stand.HELD), entry(2, Stand.HELD))),
        "empty": _batch(batch("preview")),
        "empty, others wait": _batch(batch("preview", absent=(("9999", None),), waiting=2)),
        "sending": _batch(going),
        "result": _batch(done()),
        "result, one": _batch(batch("done", sent)),
        "result, nothing sent": _batch(nothing),
        "result, puzzles": _batch(parked()),
        "cancelled": _batch(batch("cancelled", one)),
        **{f"failed: {why}": _batch(batch("failed", problem=why)) for why in ("connection", "too_many", "unforeseen")},
        "list": _list(preview()),
        "list, shared faults": _list(shared()),
        "list, puzzles": _list(parked()),
        "ready": _ready(held),
        "ready, a check only": _ready(replace(held, dry=True)),
        "ready, on its way": _ready(replace(going, entries=(replace(sent, queued=True),))),
        **{f"form: {given.code}": _form(given) for given in FORMS},
        "announcement": lambda say: [details.announcement(say.about(Kind.BILL), done(), "U1ANNA")],
        "import": lambda say: [imports.told(say, imported(sales=False)), imports.told(say, imported(sales=True))],
        "to send": _home,
        "found": _found,
        "said": _said,
    }
    return {f"bills, {name}": draw for name, draw in told.items()}


def hostile(text: str) -> dict[str, Draw]:
    """The messages in which others' words stand, with ``text`` in their place."""
    bad = [facts.hostile(b, text) for b in (preview(), done(), shared())]
    forms = [replace(f, found=text, facts=dict.fromkeys(f.facts, text)) for f in (ACCOUNT, BUSINESS_ID)]
    found = imported(sales=True)
    changed = tuple(Changed(text, tuple(Change(c.path, text, text) for c in o.changes), o.sent, o.kind)
                    for o in found.changed)  # fmt: skip
    named = replace(found, files=(text,), changed=changed, attached=((text, text),), loose=(text,))
    return {
        **{f"bills {i}": _batch(b) for i, b in enumerate(bad)},
        **{f"bills, list {i}": _list(b) for i, b in enumerate(bad)},
        "bills, ready": _ready(bad[0]),
        **{f"bills, form {i}": _form(f) for i, f in enumerate(forms)},
        "bills, import": lambda say: [imports.told(say, named)],
        "bills, announcement": lambda say: [details.announcement(say.about(Kind.BILL), bad[1], text)],
        "bills, found": lambda say: [
            finding.picture(say, text, [Hit(replace(found.bills[0], number=text, seller=Party(text)), "done", 1, 2)])
        ],
    }
