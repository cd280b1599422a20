"""The messages and forms of what people do with bills beside deciding, drawn from made-up facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from states_bills import AIM, BILL, MINE, SIGN
from views_drawn import Drawn
from views_facts import AT

from finance.bill import BillRow
from finance.targeting import Aim, Reason
from handlers.chat import Modal, Picture
from handlers.views import bill as cards
from handlers.views import bill_asking as asking
from handlers.views import bill_details as details
from handlers.views import bill_papers as papers
from handlers.views import bill_passing as passing
from handlers.views import bill_split as split
from handlers.views import bill_words as words
from handlers.views import notices
from handlers.views.bill_details import Details, Happened, Step, There
from handlers.views.bill_extra import Asked, Extra, PassedOn
from handlers.views.tongue import Tongue

Draw = Callable[[Tongue], list[Drawn]]
ANNA, AINO = "U1ANNA", "U1AINO"
QUESTION = Asked(ANNA, AINO, "Onko tämä tilattu?", ("Kyllä, toukokuussa.", "Tilaus 44."))
STEPS = (
    "bill.arrived", "bill.dealt", "bill.decided", "bill.signed", "bill.done", "bill.not done", "bill.contested",
    "bill.passed", "bill.taken back", "bill.asked", "bill.answered", "bill.snoozed", "bill.divided", "bill.undivided",
    "bill.unreachable", "bill.something",
)  # fmt: skip
ACTIONS = (
    "RECEIVED_AS_EINVOICE", "RECEIVED_AS_SCANNED_INVOICE", "RECEIVED_VIA_AUTOMATIC_TRANSFER", "SEND_TO_CIRCULATION",
    "VERIFICATION", "APPROVAL", "DENY_PAYMENT", "DIRECTED_TO_ANOTHER_VERIFIER", "DIRECTED_TO_ANOTHER_APPROVER",
    "RETURNED_PREVIOUS", "SENT_FOR_PAYMENT", "MARKED_PAID", "UNFINISHED", "SEPA_PAYMENT_ERROR", "SOMETHING_NEW",
)  # fmt: skip
PROBLEMS = ("no_dimension", "no_item|P-1001", "settled", "no_rows", "silent", "no|SOME_CODE", "no|")


def _card(more: Extra, *, gone: bool = False) -> Draw:
    shares = (("P-1001", Decimal(60)), ("P-1002", Decimal(40))) if more.divided else ()
    facts = replace(MINE, extra=more, shares=shares, passed_on=gone)
    return lambda say: [cards.card(say, facts, lambda purpose: purpose)]


def _again(say: Tongue) -> list[Drawn]:
    settled = replace(MINE, bill=replace(BILL, status="APPROVED"))
    return [*(cards.again(say, facts, lambda p: p) for facts in (MINE, settled)), cards.moved(say)]


def _why(say: Tongue) -> list[Drawn]:
    reasons = (Reason.PROJECT_RULE, Reason.SUPPLIER_RULE)
    return [notices.plain(words.why(say, Aim(reason, ANNA, (SIGN,), "P-1001"))) for reason in reasons]


def _passing(say: Tongue) -> list[Drawn]:
    whys = ("self", "stranger", "settled", "moving", "not_there", "there")
    offers = [passing.Offer("project", "P-1001 Verkkokauppa", AINO, "h"), passing.Offer("supplier", "Silta Oy", AINO)]
    return [
        passing.form(say, BILL, [ANNA, AINO], "meta"),
        passing.form(say, BILL, [], "meta"),
        notices.plain(passing.unable(say, "Aino Aalto", ["Anna Virtanen", "Emma Clarke"])),
        notices.plain(passing.unable(say, "Aino Aalto", [])),
        *(notices.plain(passing.refused(say, why, BILL, AINO)) for why in whys),
        passing.handed(say, BILL, ANNA, "Onpas sinun"),
        passing.reassigned(say, BILL, AINO),
        passing.not_found(say, "30117"),
        passing.several(say, "L-1", [BILL, replace(BILL, number=30118)]),
        passing.how(say),
        passing.suggestion(say, BILL, ANNA, offers, "no"),
        passing.ruled(say, "project", "P-1001", AINO, ANNA),
        passing.ruled(say, "supplier", "Silta Oy", AINO, ANNA),
        passing.unruled(say, ANNA),
    ]


def _rules(say: Tongue) -> list[Drawn]:
    ruled = [
        passing.Ruled(kind, name, AINO, ANNA, AT, "h") for kind, name in (("project", "P-1001"), ("supplier", "Oy"))
    ]
    return [
        passing.rules(say, ruled, ANNA, 2),
        passing.rules(say, ruled * 20, "", 41),
        passing.rules(say, [], "", 0),
        passing.ended(say, "project", "P-1001"),
        passing.ended(say, "supplier", "Silta Oy"),
    ]


def _put(**changes: object) -> asking.Put:
    whole = asking.Put(BILL, ANNA, "Onko tämä tilattu?", sees=True, handle="h")
    return replace(whole, **changes)  # type: ignore[arg-type]


def _asking(say: Tongue) -> list[Drawn]:
    return [
        asking.form(say, BILL, "meta"),
        asking.message(say, _put(bill=replace(BILL, rows=BILL.rows * 2))),
        asking.message(say, _put(sees=False, tell=("supplier", "number", "amount"))),
        asking.message(say, _put(sees=False, tell=())),
        asking.message(say, _put(replies=("Kyllä.", "Tilaus 44."))),
        asking.answer_form(say, ANNA, "Onko tämä tilattu?", "meta"),
        asking.answered(say, BILL, AINO, "Kyllä.", again=False),
        asking.answered(say, BILL, AINO, "Tilaus 44.", again=True),
        asking.unreachable(say, BILL, AINO),
        asking.thanks(say, ANNA),
        asking.thanks(say, ANNA, files=True),
        asking.wordless(say),
        asking.full(say, ANNA),
    ]


def _papers(say: Tongue) -> list[Drawn]:
    return [
        papers.there(say, coming=True),
        papers.there(say, coming=False),
        papers.failed(say, BILL),
        papers.left(say, BILL, ["ohje.html", "iso.pdf"]),
        papers.left(say, BILL, []),
    ]


def _details(*, there: There | None = None, text: str = "") -> Draw:
    row = BillRow(text or "Työ", Decimal(2), "", Decimal("1.5"), Decimal(10), Decimal("25.5"), text or "huomautus")
    bill = replace(
        BILL, rows=(row,) * 31, supplier_id="1572860-0", buyer_reference="Anna", additional=text or "Lisää", notes="M",
    )  # fmt: skip
    steps = tuple(Step(what, ANNA, AT, AINO) for what in STEPS) * (1 if text else 3)
    whole = Details(bill, steps, (replace(QUESTION, text=text or QUESTION.text),), there)
    return lambda say: [details.modal(say, whole, page, lambda n: "h") for page in range(details.pages(bill))]


def _there(text: str = "") -> There:
    events = tuple(Happened(action, text or "Kari Lindqvist", AT, text) for action in ACTIONS)
    return There(events, (Happened("", text or "Kari Lindqvist", AT, text or "Tarkista rivi 3"),))


def _nothing(say: Tongue) -> list[Drawn]:
    empty = Details(replace(BILL, rows=()), (), (), There((), None))
    quiet = replace(empty, there=There((), ()))
    return [*(details.modal(say, one, page, lambda n: "h") for one in (empty, quiet) for page in range(3))]


def _split(text: str = "") -> Draw:
    lines = [split.Line("p-1001", text or "P-1001 Verkkokauppa", "60"), split.Line()]
    handles = split.Handles("form", "line")

    def draw(say: Tongue) -> list[Drawn]:
        sums = [split.wrong_sum(say, Decimal(rest)) for rest in ("0.01", "-0.01")]
        return [
            split.form(say, BILL, lines, handles, there=True),
            split.form(say, BILL, lines * 10, handles, there=False, said="…" if text else sums[0]),
            *(notices.plain(one) for one in sums),
        ]

    return draw


def states() -> dict[str, Draw]:
    """Name → how it is drawn."""
    divided = {where: _card(Extra(divided=where)) for where in ("asked", "done")}
    return {
        "card with its first page": _card(Extra(picture="F0PAGE")),
        "card with a word": _card(Extra(note="Kuuluu sinulle")),
        "card with questions": _card(Extra(asked=(QUESTION, replace(QUESTION, replies=())))),
        **{f"card divided: {where}": draw for where, draw in divided.items()},
        **{f"card divided: {why}": _card(Extra(divided="refused", problem=why)) for why in PROBLEMS},
        "card passed on": _card(Extra(passed=PassedOn(ANNA, AINO, mine=True, back=True)), gone=True),
        "card passed on by another": _card(Extra(passed=PassedOn(ANNA, AINO, mine=False, back=False)), gone=True),
        "card taken back": _card(Extra(taken_by=ANNA), gone=True),
        "card in its thread": _again,
        "why by a rule": _why,
        "passing on": _passing,
        "rules of recipients": _rules,
        "asking": _asking,
        "document": _papers,
        "details": _details(there=_there()),
        "details, Procountor silent": _details(),
        "details, nothing": _nothing,
        "dividing": _split(),
    }


def hostile(text: str) -> dict[str, Draw]:
    """The messages in which others' words stand, with ``text`` in their place."""
    bill = replace(BILL, supplier=text, original_number=text)
    more = Extra(note=text, asked=(replace(QUESTION, text=text, replies=(text,)),), picture="F0", divided="refused",
                 problem=f"no_item|{text}")  # fmt: skip
    refused = replace(more, problem=f"no|{text}")
    offers = [passing.Offer("project", text, AINO, "h"), passing.Offer("supplier", text, AINO, "h")]

    def passes(say: Tongue) -> list[Modal | Picture]:
        return [
            passing.form(say, bill, [ANNA], "meta"),
            passing.handed(say, bill, ANNA, text),
            passing.not_found(say, text),
            passing.several(say, text, [bill]),
            passing.suggestion(say, bill, ANNA, offers, "no"),
            *(passing.ruled(say, kind, text, AINO, ANNA) for kind in ("project", "supplier")),
            passing.rules(say, [passing.Ruled("supplier", text, AINO, text, AT, "h")], ANNA, 1),
            passing.ended(say, "project", text),
        ]

    def asks(say: Tongue) -> list[Modal | Picture]:
        return [
            asking.form(say, bill, "meta"),
            asking.message(say, _put(bill=bill, text=text, replies=(text,))),
            asking.message(say, _put(bill=bill, text=text, sees=False, tell=("supplier", "number"))),
            asking.answer_form(say, ANNA, text, "meta"),
            asking.answered(say, bill, AINO, text, again=False),
            papers.left(say, bill, [text]),
            papers.failed(say, bill),
        ]

    return {
        "card": lambda say: [
            cards.card(say, replace(MINE, bill=bill, aim=AIM, extra=one, shares=((text, Decimal(100)),)), lambda p: p)
            for one in (more, refused)
        ],
        "passing": passes,
        "asking": asks,
        "details": _details(there=_there(text), text=text),
        "dividing": _split(text),
    }
