"""Made-up facts for every message: a month of a consultancy, and the same with hostile names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from finance.changes import Change
from finance.faults import Choice, Fact, Fault, Repair
from finance.invoice import Invoice, Line, Party
from finance.transfer import Problem
from handlers.views import ready
from handlers.views.batch import Batch, Entry, Stand
from handlers.views.finding import Hit, in_procountor
from handlers.views.imports import Changed, Imported
from handlers.views.ready import Booked
from intake.sentences import EXPLANATIONS

AT = datetime(2025, 11, 3, 7, 40, tzinfo=UTC)
HOSTILE = (
    "<!channel>",
    "<@U1> <#C1>",
    "<http://evil.example|OK>",
    "http://evil.example/x",
    "*bold* _it_ ~no~ `code` :smile: {n} {0}",
    "A" * 3000,
    "\u202e\u200f\u2066evil\u2069",
    "first\nsecond\r\n> quote\n```pre```",
    "&lt;!here&gt; & <",
    "\u200b\u200e",
    "%s %(x)s \\n </script>",
)

BUYERS = ("Metsäpolun Kiinteistöt Oy", "Virtanen & Pojat Oy", "Skärgårdens Rederi Ab", "Nordic Insight GmbH")


def entry(document: int, stand: Stand, **more: object) -> Entry:
    """An invoice of the batch: 1040 and on, of about two thousand euros."""
    net = Decimal("1980.40") + document
    vat = (net * Decimal("0.255")).quantize(Decimal("0.01"))
    made = Entry(document, str(1039 + document), BUYERS[document % 4], "EUR", net, vat, net + vat, stand)
    return replace(made, **more)


def fault(code: str, where: str = "", found: str = "", expected: str = "", **more: object) -> Fault:
    """A fault with its facts; what belongs to Fault itself goes to its own member (an attachment's file is a fact)."""
    members = Fault.__dataclass_fields__.keys() - ({"file"} if code.startswith("attachment") else set())
    own = {k: v for k, v in more.items() if k in members}
    facts: dict[str, Fact] = {k: v for k, v in more.items() if k not in own}  # type: ignore[misc]
    return Fault(code, where, found, expected, facts=facts, **own)


def operator(found: str) -> Fault:
    """An e-invoice operator nobody knows."""
    choices = (Choice("BAWCFI22", "Basware (BAWCFI22)"), Choice("003723327487", "Apix Messaging (003723327487)"))
    nearest = ", ".join(choice.label for choice in choices)
    where = "buyer.e_invoice.operator"
    kept = {"repair": Repair.CHOOSE, "register": "operator", "choices": choices, "proposal": "BAWCFI22"}
    return fault("operator.unknown", where, found, "BAWCFI22", nearest=nearest, **kept)


def sums() -> tuple[Fault, ...]:
    """One wrong row and everything that follows from it."""
    row = {"row": 2, "name": "Konsultointi", "currency": "EUR"}
    pair = {"claimed": Decimal("2678.4"), "computed": Decimal("2687.40"), "currency": "EUR"}
    net = {"claimed": Decimal("1250"), "computed": Decimal("1259.00")}
    return (
        fault("sum.line_net", "lines[1].stated_net", "1250", "1259.00", **row, **net),
        fault("sum.rate_base", "stated.breakdown[25.5]", "2134.2", "2143.2", percent=Decimal("25.50"), **pair),
        fault("sum.gross", "stated.gross", "2678.4", "2687.40", **pair),
    )


RATE = fault(
    "vat.percent_not_on_date",
    "lines[0].vat_percent",
    "24",
    "25,5 %, 14 %, 10 %, 0 %",
    row=1,
    name="Suunnittelu",
    percent=Decimal(24),
    date=date(2025, 10, 31),
    repair=Repair.CHOOSE,
    register="vat",
    choices=(Choice("25.5", "25,5 %"),),
    proposal="25.5",
)
COUNTRY = fault(
    "country.missing", "buyer.address.country", city="Turku", repair=Repair.CHOOSE, register="country",
    choices=(Choice("FI", "Suomi (FI)"),),
)  # fmt: skip
DUE = fault(
    "date.due_before_issued", "payment.due", "2025-10-15", due=date(2025, 10, 15), issued=date(2025, 10, 31), days=-16,
    limit=999, repair=Repair.DATE,
)  # fmt: skip
LONG = fault(
    "text.comment_too_long", "lines[2].descriptions", "Lokakuun työt …", row=3, name="Työ", length=613, limit=512,
    repair=Repair.TEXT, proposal="Lokakuun työt: " + "työpaja, " * 12,
)  # fmt: skip
PAPER = fault(
    "attachment.type", "attachments[tunnit.docx]", "tunnit.docx", file="tunnit.docx", type="docx",
    types="gif, jpg, jpeg, pdf, txt", repair=Repair.DROP,
)  # fmt: skip
DISCOUNT = fault("payment.discounts_off", "payment.discounts", "1", repair=Repair.DROP)
STATUS = fault(
    "vat.domestic_zero", "vat_status", "", row=1, name="Koulutus", country="FI", repair=Repair.CHOOSE,
    choices=(Choice("7", "0 %: koulutus"), Choice("9", "0 %: muu veroton")),
)  # fmt: skip
NOTE = fault(
    "cost_centre.missing", "cost_centre", "", row=1, name="Työ", warning=True, repair=Repair.CHOOSE,
    register="cost_centre",
)  # fmt: skip
FORMS = (operator("BAWCF122"), RATE, COUNTRY, DUE, LONG, PAPER, DISCOUNT, STATUS)

PAIR = "ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION"
DIMENSION = "DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_DATABASE"
PROBLEMS = (
    Problem("ERROR_OPERATOR", "counterParty.einvoiceAddress.operator", "", 400),
    Problem(PAIR, "invoiceRows[1].account", "", 400),
    Problem("ERROR_VATSTATUS_VATPERC", "invoiceRows[2].vatStatus", "", 400),
    Problem(DIMENSION, "invoiceRows[0].dimensionItemValues", "", 400),
    Problem("BLANK_VALUE", "deliveryAddress.country", "Value of the 'deliveryAddress.country' cannot be blank.", 400),
    Problem("INVALID_VALUE", "invoiceRows[2].unit", "Value of the 'invoiceRows[2].unit' field is invalid: X", 400),
    Problem("INVALID_VALUE", "", "Value of the '' field is invalid", 400),
    Problem("NOT_WINDOWS_1252", "counterParty.counterPartyAddress.name", "ł🙂", 0),
    Problem("CHANNEL_MISSING", "invoiceChannel", "", 0),
    Problem("UNIT_NOT_MAPPED", "invoiceRows[4].unit", "XYZ", 0),
    Problem("COUNTRY_NOT_MAPPED", "billingAddress.country", "QQ", 0),
    Problem("LANGUAGE_NOT_MAPPED", "language", "la", 0),
    Problem("CURRENCY_NOT_MAPPED", "paymentInfo.currency", "BTC", 0),
    Problem("NOT_A_NUMBER", "", "Infinity", 0),
    Problem("LEDGER_ROWS_DIFFER", "transactions", "3 entries for 4 rows", 0),
    Problem("ATTACHMENT_TOO_LARGE", "file", "12345678", 0),
    Problem("ATTACHMENT_WITHOUT_ENDING", "meta.name", "tunnit", 0),
    Problem("HTTP_400", "", "Something about moons", 400),
    Problem("HTTP_400", "", "", 400),
    Problem("HTTP_401", "", "", 401),
    Problem("HTTP_403", "", "", 403),
    Problem("HTTP_403", "", "Chargeable interfaces are not allowed", 403),
    Problem("HTTP_503", "", "", 503),
    Problem("ERROR_MOON_PHASE", "invoiceRows[0].comment", "", 400),
    Problem("account.missing", "lines[3].account", "", 0),
    Problem("date.closed_period", "issued", "2025-10-31", 0),
    Problem("operator.unknown", "buyer.e_invoice.operator", "BAWCF122", 0),
)


def batch(state: str, *entries: Entry, **more: object) -> Batch:
    """Batch 1234 of a company."""
    made = Batch(1234, state, "Nordic Advisory Oy", False, entries)
    return replace(made, **more)


def preview() -> Batch:
    """Clean ones, notes, and every kind of grouping of faults."""
    ready = [entry(d, Stand.READY, faults=(NOTE,)) for d in range(1, 4)] + [entry(4, Stand.READY, currency="SEK")]
    far = {"date": date(2024, 9, 1), "today": date(2025, 11, 3), "warning": True}
    ready.append(entry(16, Stand.READY, faults=(fault("date.far", "issued", "2024-09-01", **far),)))
    faulty = [
        entry(5, Stand.FAULTY, faults=(operator("BAWCF122"),)),
        entry(6, Stand.FAULTY, faults=(operator("Basware Oyj"), COUNTRY)),
        entry(
            7, Stand.FAULTY, faults=(RATE, replace(RATE, where="lines[1].vat_percent", facts={**RATE.facts, "row": 2}))
        ),
        entry(8, Stand.FAULTY, faults=sums()),
        entry(9, Stand.FAULTY, faults=(DUE,)),
        entry(10, Stand.FAULTY, faults=(replace(DUE, found="2025-09-30"), LONG, PAPER, STATUS)),
    ]
    return batch("preview", *ready, *faulty, absent=(("1041", 30117), ("9999", None)))


def held() -> Batch:
    """Some ready ones, one left out, one to mend."""
    ready = [entry(d, Stand.READY) for d in (1, 2, 4)]
    return batch("preview", *ready, entry(3, Stand.HELD), entry(5, Stand.FAULTY, faults=(DUE,)))


def booked(of: Batch, text: str = "") -> tuple[Booked, ...]:
    """Where the invoices will be booked: on one account, on several, by a product, on none yet; ``text`` as codes."""
    ways = (
        ((("3000", ""),), ("210",)),
        ((("3000", ""), ("3060", "KONS-S")), ("210", "220")),
        ((("3060", "PROJ"),), ()),
        ((), ()),
        ((("3000", ""),), None),
    )
    if text:
        ways = (((((text, text)),), (text,)),)
    return tuple(Booked(e, *ways[i % len(ways)]) for i, e in enumerate(ready.listed(of)))


def done() -> Batch:
    """A result with everything in it."""
    sent = [entry(d, Stand.SENT, theirs=30100 + d) for d in range(1, 12)]
    sent[2] = replace(sent[2], by_hand=("tunnit.pdf", "kuitti.jpg"))
    sent[3] = replace(sent[3], note="sum_differs")
    return batch(
        "done",
        *sent,
        entry(12, Stand.REFUSED, problems=(PROBLEMS[0],)),
        entry(13, Stand.REFUSED, problems=PROBLEMS[1:3]),
        entry(14, Stand.CHECKING),
        entry(15, Stand.PARKED, note="number_taken"),
        entry(16, Stand.FAULTY, faults=(RATE,)),
    )


def nothing_sent() -> Batch:
    """A batch of which everything was refused, one for each answer we know."""
    return batch("done", *(entry(i, Stand.REFUSED, problems=(p,)) for i, p in enumerate(PROBLEMS, start=1)))


def parked() -> Batch:
    """Every puzzle, and one we have no name for."""
    notes = (
        "number_taken",
        "written_over",
        "content_differs",
        "changed_by_person",
        "twice_in_use",
        "invalidated",
        "reading_refused",
        "given_up",
        "?",
    )
    return batch("done", *(entry(i, Stand.PARKED, note=note) for i, note in enumerate(notes, start=1)))


def large(count: int) -> Batch:
    """A batch far larger than a message."""
    ready = [entry(d, Stand.READY) for d in range(1, count)]
    faulty = [entry(count + d, Stand.FAULTY, faults=(operator(f"X{d}"), RATE, DUE, LONG, PAPER)) for d in range(count)]
    return batch("preview", *ready, *faulty, absent=tuple((str(n), None) for n in range(40)))


def imported() -> Imported:
    """What two files came to."""
    old = Invoice("1041", date(2025, 10, 31), buyer=Party(name="Metsäpolun Kiinteistöt Oy"), lines=(Line("Työ"),))
    changes = (
        Change("lines[1].unit_price", Decimal(85), Decimal("90.125")),
        Change("lines[2]", None, "Matkat · 2 × 49"),
        Change("lines[3]", "Turha · 1 × 10", None),
        Change("payment.due", date(2025, 11, 14), date(2025, 11, 28)),
        Change("buyer.address.post_code", "", "20100"),
        Change("channel", None, "e_invoice"),
        Change("prices_include_vat", False, True),
        Change("discount_percent", Decimal("0"), Decimal("2.50")),
        Change("note", "a", "b"),
    )
    number = {"row": 7, "column": "A-hinta", "file": "laskut.csv", "place": "row 7"}
    faults = (
        fault("intake.cell.number", "unit_price", "12,3x", "1234,50", **number),
        fault("intake.payable", "stated.gross", "10", "12", asked=Decimal(10), total=Decimal("1234.5"), number="1042",
              file="lokakuu.xml", place="EpiDetails/EpiInstructedAmount", warning=True),
        fault("intake.of_tomorrow", file="lokakuu.xml"),
    )  # fmt: skip
    return Imported(
        ("lokakuu.xml", "laskut.csv"),
        (old, old),
        (old,),
        (Changed("1041", changes, sent=True), Changed("1042", changes[:2], sent=False)),
        faults,
        (("lasku-1042.pdf", "1042"),),
        ("kuva.png",),
        (old,),
        EXPLANATIONS,
    )


def hits() -> list[Hit]:
    """Ours in several states, and others' in Procountor."""
    line = Line("Työ", quantity=Decimal(3), unit_price=Decimal("411.5"), vat_percent=Decimal("25.5"))
    invoice = Invoice("1042", date(2025, 10, 31), buyer=Party(name=BUYERS[0]), lines=(line,))
    return [
        Hit(invoice, "done", 30117, 1234),
        Hit(invoice, "open"),
        in_procountor("1042", 30118, BUYERS[1], "UNFINISHED", date(2025, 11, 1)),
        in_procountor("", 30119, BUYERS[2], "OVERRIDDEN", None),
        in_procountor("1042", None, "", "", None),
    ]


def hostile(batch_: Batch, text: str) -> Batch:
    """The same batch with ``text`` wherever others write."""

    def bad(f: Fault) -> Fault:
        facts = {k: text if isinstance(v, str) else v for k, v in f.facts.items()}
        choices = tuple(Choice(c.value, text) for c in f.choices)
        taken = {"found": text, "expected": text, "proposal": f.proposal and text, "file": text, "place": text}
        taken |= {"proposal": f.proposal} if f.repair in (Repair.DATE, Repair.CHOOSE) else {}
        return replace(f, facts=facts, choices=choices, **taken)

    def told(p: Problem) -> Problem:
        return Problem(p.code, p.field, text, p.status)

    entries = tuple(
        replace(
            e,
            number=text,
            buyer=text,
            faults=tuple(map(bad, e.faults)),
            problems=(*map(told, e.problems), Problem(text, text, text, 400)) if e.problems else (),
            by_hand=tuple(text for _ in e.by_hand),
        )
        for e in batch_.entries
    )
    absent = tuple((text, theirs) for _, theirs in batch_.absent)
    return replace(batch_, company=text, entries=entries, absent=absent)


def hostile_import(text: str) -> Imported:
    """The same files by somebody who means harm."""
    found = imported()
    told = tuple(
        replace(f, found=text, file=text, place=text, facts=dict.fromkeys(f.facts, text)) for f in found.faults
    )
    changed = tuple(Changed(text, tuple(Change(c.path, text, text) for c in o.changes), o.sent) for o in found.changed)
    return replace(found, files=(text, text), changed=changed, faults=told, attached=((text, text),), loose=(text,))
