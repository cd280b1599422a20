"""The rules for bills: the list, the form, the rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from states_bills import BILL
from views_drawn import Drawn

from finance.bill_rules import Rehearsal, Rule
from handlers.views import bill_rules as views
from handlers.views.tongue import Tongue

Draw = Callable[[Tongue], list[Drawn]]
RULE = Rule(
    "Suuret",
    {"EUR": "5000", "SEK": "50000"},
    ("Alihankkija Silta Oy",),
    ("P-1001",),
    ("210",),
    ("U1ANNA", "U1AINO"),
    verify_all=True,
    approvers=("U1AINO",),
    signatures=2,
    four_eyes=True,
)
PLAIN = Rule("Kaikki", verifiers=("U1ANNA",), on=False)
FOUND = Rehearsal(7, 61, {"U1ANNA": 7, "U1AINO": 1}, 3, (BILL,) * 5)


def states() -> dict[str, Draw]:
    return {
        "rules": lambda say: [
            views.listed(say, (), lambda purpose, name: purpose),
            views.listed(say, (RULE, PLAIN), lambda purpose, name: purpose),
        ],
        "rules, form": lambda say: [views.form(say, "meta")],
        "rules, rehearsal": lambda say: [
            views.rehearsal(say, RULE, FOUND, lambda purpose: purpose),
            views.rehearsal(say, PLAIN, Rehearsal(0, 0, {}, 0, ()), lambda purpose: purpose),
        ],
    }


def hostile(text: str) -> dict[str, Draw]:
    rule = replace(
        RULE, name=text, suppliers=(text,), projects=(text,), cost_centres=(text,), verifiers=(), approvers=()
    )
    bill = replace(BILL, supplier=text)
    return {
        "rules": lambda say: [views.listed(say, (rule,), lambda purpose, name: purpose)],
        "rehearsal": lambda say: [
            views.rehearsal(say, rule, replace(FOUND, asked={}, examples=(bill,)), lambda purpose: purpose)
        ],
    }
