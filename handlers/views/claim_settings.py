"""The form of the rules of claims: Procountor charges by the voucher, so a company says how many it wants."""

from __future__ import annotations

from finance.company import CHARGES, PURCHASE, Choices
from handlers.chat import Block
from handlers.views import blocks as b
from handlers.views.tongue import Tongue

AS, COMPANY_PER, PER = "company_costs_as", "company_costs_per", "claims_per"


def options(say: Tongue) -> dict[str, tuple[tuple[str, str], ...]]:
    """What may be chosen for each rule."""
    return {
        PER: (
            ("claim", say("one voucher for each claim")),
            ("person", say("one voucher for each person, a trip by itself")),
            ("receipt", say("one voucher for each receipt")),
        ),
        COMPANY_PER: (
            ("day", say("one voucher for each day of payment")),
            ("claim", say("one voucher for each claim, several payments")),
        ),
        AS: ((CHARGES, say("bills of charges")), (PURCHASE, say("purchase invoices"))),
    }


def now(say: Tongue, choices: Choices) -> list[str]:
    """The rules in words."""
    told = {name: dict(offered) for name, offered in options(say).items()}
    company = say(
        "company money: {form}, {per}",
        form=told[AS].get(choices.company_costs_as, choices.company_costs_as),
        per=told[COMPANY_PER].get(choices.company_costs_per, choices.company_costs_per),
    )
    return [told[PER].get(choices.claims_per, choices.claims_per), b.safe(company)]


def fields(say: Tongue, choices: Choices) -> list[Block]:
    """The fields of the form."""
    offered = options(say)
    labels = {
        PER: say("Claims go to Procountor as"),
        COMPANY_PER: say("Company money goes as"),
        AS: say("Company money becomes"),
    }
    hint = say("Procountor charges by the voucher; the check says how many will be made.")
    chosen = {PER: choices.claims_per, COMPANY_PER: choices.company_costs_per, AS: choices.company_costs_as}
    return [
        b.field(
            name, label, b.select(name, say("Choose"), list(offered[name]), chosen[name]), hint if name == PER else ""
        )
        for name, label in labels.items()
    ]
