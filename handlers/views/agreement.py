"""What both sides say of accounts, VAT percentages and work types, in sentences and side by side."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from finance.agreement import Differs, Named, Percent, WorkType
from finance.identifiers import masked
from finance.reference import BankAccount
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views.tongue import Tongue

MOST = 8  # work types named in one sentence


def account(one: BankAccount) -> str:
    """An account of the company's, masked."""
    return b.safe(f"{masked(one.iban)} {one.bic}".strip(), 60)


def strange(say: Tongue, named: Named, own: BankAccount | None) -> str:
    """Why the account that waiting invoices name is not the company's."""
    iban = b.safe(masked(named.iban), 40)
    if named.differs is Differs.BIC:
        return say.n(
            "{n} waiting invoice gives {iban} the BIC {bic}; Procountor has {own}.",
            "{n} waiting invoices give {iban} the BIC {bic}; Procountor has {own}.",
            named.count,
            iban=iban,
            bic=b.safe(named.bic, 20),
            own=b.safe(own.bic if own else "", 20),
        )
    if named.differs is Differs.CLOSED:
        return say.n(
            "{n} waiting invoice is to be paid to {iban}, which is closed in Procountor.",
            "{n} waiting invoices are to be paid to {iban}, which is closed in Procountor.",
            named.count,
            iban=iban,
        )
    return say.n(
        "{n} waiting invoice is to be paid to {iban}, which is not the company’s account in Procountor.",
        "{n} waiting invoices are to be paid to {iban}, which is not the company’s account in Procountor.",
        named.count,
        iban=iban,
    )


def missing(say: Tongue, percents: Sequence[Percent], *, purchase: bool = False) -> str:
    """The percentages that documents have and Procountor does not take; "" for none."""
    lacking = listed(say, [one.percent for one in percents if one.missing])
    if not lacking:
        return ""
    if purchase:
        return say("Waiting bills have VAT {percents}, not in use for purchases in Procountor.", percents=lacking)
    return say("Waiting invoices have VAT {percents}, not in use for sales in Procountor.", percents=lacking)


def in_use(say: Tongue, sales: Sequence[Percent]) -> str:
    """What Procountor takes for sales; a product with another percentage is told."""
    told = say("In use for sales: {percents}", percents=listed(say, [one.percent for one in sales if one.enabled]))
    others = [one.percent for one in sales if one.products and not one.enabled]
    if others:
        told += f". {say('Procountor’s own products also have {percents}.', percents=listed(say, others))}"
    return told


def listed(say: Tongue, percents: Sequence[Decimal]) -> str:
    return ", ".join(f"{say.shown(percent)} %" for percent in percents)


def columns(say: Tongue, sales: Sequence[Percent], bills: Sequence[Percent]) -> Modal:
    """Ours on the left, Procountor's on the right, for sales and for purchases."""
    told: list[Block] = []
    for head, percents in ((say("Sales"), sales), (say("Purchases"), bills)):
        told.append(b.section(f"*{head}*"))
        left, right = [f"*{say('Your documents')}*"], ["*Procountor*"]
        for one in percents[:20]:
            left.append(_ours(say, one))
            right.append(_theirs(say, one))
        told.append({"type": "section", "fields": [b.mrkdwn("\n".join(side), 2000) for side in (left, right)]})
    foot = say("A percentage must be on the right before documents with it can go.")
    return Modal(say("VAT percentages"), (*told, b.context(foot)), "percents.shown", say("Close"))


def _ours(say: Tongue, one: Percent) -> str:
    counts = []
    if one.documents:
        counts.append(say.n("{n} document", "{n} documents", one.documents))
    if one.products:
        counts.append(say.n("{n} product", "{n} products", one.products))
    return f"{say.shown(one.percent)} %: {', '.join(counts) or say('not used')}"


def _theirs(say: Tongue, one: Percent) -> str:
    percent = f"{say.shown(one.percent)} %"
    if one.enabled:
        return f":white_check_mark: {percent}"
    sign = ":red_circle:" if one.missing else ":white_circle:"
    return f"{sign} {say('{percent} is not in use', percent=percent)}"


def unmapped(say: Tongue, found: Sequence[WorkType]) -> str:
    """Work types of waiting invoices without a product."""
    return say.n(
        "{n} work type of waiting invoices has no product: {names}",
        "{n} work types of waiting invoices have no product: {names}",
        len(found),
        names=_names(found),
    )


def closed_products(say: Tongue, found: Sequence[WorkType]) -> str:
    """Work types mapped to products that are no longer in use."""
    return say.n(
        "{n} work type has a product that is not in use any more: {names}",
        "{n} work types have products that are not in use any more: {names}",
        len(found),
        names=_names(found),
    )


def _names(found: Sequence[WorkType]) -> str:
    told = ", ".join(b.safe(one.name, 40) for one in found[:MOST])
    return told + (f" (+{len(found) - MOST})" if len(found) > MOST else "")
