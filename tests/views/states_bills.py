"""The messages and forms about bills, drawn from made-up facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

from views_drawn import Drawn
from views_facts import AT

from finance.authority import Verdict, Why
from finance.bill import Bill, BillRow, Paper
from finance.bill_doubts import Doubt, Doubtful
from finance.circulation import Act
from finance.decision import Lost
from finance.outcomes import Changed, Held, Needs, Noted, Refusal
from finance.signing import Bar, Signing
from finance.targeting import Aim, Barred, Lead, Reason, Sign
from handlers.views import bill as cards
from handlers.views import bill_answers as answers
from handlers.views import bill_lists as lists
from handlers.views import bill_words as words
from handlers.views.bill import Acted, Facts
from handlers.views.notices import plain
from handlers.views.tongue import Tongue

Draw = Callable[[Tongue], list[Drawn]]
ROW = BillRow("Alihankintatyö", Decimal(12), "HOUR", Decimal("82.50"), Decimal(0), Decimal("25.5"), "kevät")
BILL = Bill(
    id=810_101,
    status="RECEIVED",
    version="2026-11-03T09:00:00",
    supplier="Alihankkija Silta Oy",
    issued=date(2026, 11, 2),
    currency="EUR",
    gross=Decimal("1240.00"),
    net=Decimal("988.05"),
    vat=Decimal("251.95"),
    due=date(2026, 11, 16),
    number=30117,
    original_number="L-50117",
    iban="FI2112345600000785",
    reference="401175",
    order_reference="P-1001",
    cash_discounts=((7, Decimal(2)),),
    rows=(ROW,) * 5,
    papers=(Paper(1, "lasku.pdf"),),
)
SIGN = Sign("P-1001", "order_reference", person=False, lead=Lead("P-1001 Kaupan verkkopalvelu", "U1ANNA"))
AIM = Aim(Reason.PROJECT, "U1ANNA", (SIGN,), "P-1001")
ALL = frozenset({Act.APPROVE, Act.VERIFY, Act.REJECT})
MINE = Facts(BILL, AIM, days=9, may=ALL)
ANNA, AINO = "<@U1ANNA>", "<@U1AINO>"
DOUBTS = tuple(Doubtful(doubt, "FI21 •••• 0785", "FI58 •••• 0122", 7) for doubt in Doubt)


def _card(facts: Facts) -> Draw:
    return lambda say: [cards.card(say, facts, lambda purpose: purpose)]


def _aims(say: Tongue) -> list[Drawn]:
    person = replace(SIGN, person=True, field="note")
    signs = [replace(one, lead=Lead("Oy Ab", barred=why)) for one, why in product((SIGN, person), Barred)]
    barred = [Aim(Reason.BARRED, "", (sign,)) for sign in signs]
    aims = [AIM, Aim(Reason.PERSON, "U1", (person,)), Aim(Reason.SEVERAL, "", (SIGN, person)), Aim(Reason.NOTHING)]
    fields = ("order_reference", "buyer_reference", "reference", "note", "additional", "rows")
    aims += [Aim(Reason.PROJECT, "U1", (replace(SIGN, field=field),)) for field in fields]
    return [plain(words.why(say, aim)) for aim in (*aims, *barred)] + [plain(words.why(say, AIM, "U1AINO"))]


def _states(say: Tongue) -> list[Drawn]:
    known = ("RECEIVED", "UNFINISHED", "VERIFIED", "APPROVED", "PAYMENT_DENIED", "INVALIDATED", "PARTLY_PAID", "PAID")
    return [cards.card(say, replace(MINE, bill=replace(BILL, status=status)), lambda p: p) for status in known]


def _bars(say: Tongue) -> list[Drawn]:
    bars = [Signing(bar) for bar in Bar if bar is not Bar.RIGHT]
    bars += [Signing(Bar.RIGHT, Verdict(why, AT, Decimal(5000))) for why in Why]
    return [plain(words.barred(say, bar, able)) for bar in bars for able in ([], ["U1ANNA", "U1AINO"])]


def _answers(say: Tongue) -> list[Drawn]:
    changed = replace(
        BILL, gross=Decimal("1340.00"), iban="FI5810171000000122", due=date(2026, 11, 30), rows=(ROW,) * 4
    )
    outcomes = [
        Changed(changed, BILL),
        Changed(changed, None),
        Refusal(BILL, Signing(Bar.OTHERS)),
        Refusal(replace(BILL, status="APPROVED"), Signing(Bar.STATE)),
        Held(BILL, "U1ANNA", mine=True),
        Held(BILL, "U1ANNA", mine=False),
        Held(BILL, "U1ANNA", mine=True, left=2, new_account=False),
        Needs(BILL),
        *(Noted(BILL, act, "U1ANNA", mine=False, done=True) for act in Act),
        Noted(BILL, Act.APPROVE, "U1ANNA", mine=False),
    ]
    return [
        *(answers.outcome(say, found, ["U1AINO"]) for found in outcomes),
        *(answers.sorry(say, BILL, f"{why.value}|{'CLOSED_FISCAL_PERIOD' if why is Lost.NO else ''}") for why in Lost),
        answers.stuck(say, BILL, "handle"),
        answers.looking(say),
        answers.looked(say),
        answers.contested(say, BILL, changed, "U1ANNA", undone=True),
        answers.contested(say, BILL, changed, "U1ANNA", undone=False),
        answers.rejected(say, BILL, "U1ANNA", "Ei tilattu.", denied=True, in_discussion=True),
        answers.rejected(say, BILL, "U1ANNA", "Ei tilattu.", denied=False, in_discussion=False),
        answers.silent(say),
        lists.fetched(say, 0, 0, 0),
        lists.fetched(say, 1, 1, 1),
        lists.fetched(say, 7, 2, 3),
    ]


def states() -> dict[str, Draw]:
    moving = [Acted(act, ANNA, AT) for act in Act]
    return {
        "bill": _card(MINE),
        "bill, due": _card(replace(MINE, days=0)),
        "bill, late": _card(replace(MINE, days=-1)),
        "bill, later": _card(replace(MINE, days=-4, snoozed_until=AT)),
        "bill, asks first": _card(replace(MINE, ask_first=True)),
        "bill, no due date": _card(replace(MINE, bill=replace(BILL, due=None, vat=Decimal(0), currency="SEK"))),
        "bill, doubtful": _card(replace(MINE, doubts=DOUBTS, signed=(Acted(Act.APPROVE, AINO, AT),), need=2)),
        "bill, changed": _card(replace(MINE, changed=("Tili: FI21 •••• 0785 → FI58 •••• 0122",))),
        "bill, may only say no": _card(replace(MINE, may=frozenset({Act.VERIFY, Act.OBJECT}))),
        "bill, barred": _card(replace(MINE, may=frozenset(), bar="Ei oikeutta.")),
        "bill, divided": _card(replace(MINE, shares=(("P-1001", Decimal("60.5")), ("P-1002", Decimal("39.5"))))),
        "bill, passed on": _card(replace(MINE, passed_on=True, passed_by="U1AINO")),
        **{f"bill, moving: {m.act}": _card(replace(MINE, moving=m)) for m in moving},
        "bill, unsure": _card(replace(MINE, moving=moving[0], unsure=True)),
        "bill, stuck": _card(replace(MINE, moving=moving[0], unsure=True, stuck=True)),
        "bill, history": _card(replace(MINE, history=(*moving, Acted(Act.VERIFY, "Kari", None, here=False)))),
        "bill, states": _states,
        "bill, why": _aims,
        "bill, bars": _bars,
        "bill, answers": _answers,
        "bill, forms": lambda say: [
            answers.digits(say, BILL, DOUBTS, "meta"),
            answers.reason(say, BILL, "meta", denies=True),
            answers.reason(say, BILL, "meta", denies=False),
        ],
    }


def hostile(text: str) -> dict[str, Draw]:
    bad = replace(
        BILL, supplier=text, original_number=text, reference=text, additional=text, rows=(replace(ROW, name=text),)
    )
    other = replace(bad, order_reference="x", rows=(replace(ROW, name=text, quantity=Decimal(2)),))
    aim = Aim(Reason.BARRED, "", (Sign(text, "rows", False, Lead(text, barred=Barred.NO_RIGHT)),), text)
    facts = Facts(
        bad, aim, doubts=(Doubtful(Doubt.SAME_NUMBER, text, text, 1),), may=ALL, shares=((text, Decimal(100)),)
    )
    return {
        "card": _card(facts),
        "changes": lambda say: [answers.outcome(say, Changed(other, bad))],
        "refusal": lambda say: [answers.outcome(say, Refusal(bad, Signing(Bar.OTHERS)))],
        "rejected": lambda say: [answers.rejected(say, bad, "U1ANNA", text, denied=True, in_discussion=True)],
        "sorry": lambda say: [answers.sorry(say, bad, f"no|{text}")],
        "stuck": lambda say: [answers.stuck(say, bad, "handle")],
        "forms": lambda say: [answers.reason(say, bad, "meta", denies=True), answers.digits(say, bad, (), "meta")],
    }
