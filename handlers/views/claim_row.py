"""The form of one cost: the receipt, the day it was paid, how much, with which VAT, and with whose money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance.capture import HOME, CostType, Row
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views import claim_words as words
from handlers.views.claim_sheet import Paper, paper_line
from handlers.views.tongue import Tongue

COMMON = ("EUR", "SEK", "NOK", "DKK", "GBP", "USD", "CHF", "PLN")


@dataclass(frozen=True, slots=True)
class Asked:
    """``row`` is None for a new one. ``payments`` are (value, name), ``project`` (value, label) or empty."""

    number: str
    today: date
    percents: Sequence[Decimal]
    payments: Sequence[tuple[str, str]]
    row: Row | None = None
    papers: tuple[Paper, ...] = ()
    project: tuple[str, str] = ("", "")


def form(say: Tongue, asked: Asked, meta: str, *, gone: str = "") -> Modal:
    """The fields as they were, or empty; ``gone`` is the handle that takes the cost away."""
    told = [*_receipts(say, asked), *_what(say, asked.row), *_money(say, asked), *_whose(say, asked)]
    buttons = [b.button(say("Back to the claim"), "claim.back", meta)]
    if asked.row is not None and gone:
        sure = b.confirm(say("Take this cost away?"), say("Its receipts go with it."), say("Take away"), say("Keep it"))
        buttons.append(b.button(say("Take away"), "claim.unrow", gone, style="danger", confirm=sure))
    return Modal(say("Cost"), (*b.anew(told, meta), b.actions(buttons)), "claim.row", say("Close"), say("Save"), meta)


def _receipts(say: Tongue, asked: Asked) -> list[Block]:
    told: list[Block] = [b.context(paper_line(say, paper)) for paper in asked.papers]
    good = [paper for paper in asked.papers if paper.state == "good"]
    if good and asked.row is not None:
        boxes = [(str(paper.id), b.clean(paper.name)[:60]) for paper in good]
        told.append(b.field("off", say("Leave out"), b.checkboxes("off", boxes), optional=True))
    hint = say("A picture of the whole receipt, or a PDF. It is looked into while you go on.")
    told.append(b.field("files", say("Receipts"), b.file_input("files", 5), hint, optional=True))
    day = asked.row.day if asked.row else asked.today
    told.append(
        b.field(
            "day",
            say("Day of the payment"),
            b.date_input("day", day.isoformat()),
            say("The day the money left the card or the account, not the day you write this."),
        )
    )
    return told


def _what(say: Tongue, row: Row | None) -> list[Block]:
    types = [(one.value, words.type_(say, one)) for one in CostType]
    chosen = row.type.value if row else ""
    return [
        b.field("type", say("What for"), b.select("type", say("Choose"), types, chosen)),
        b.field("supplier", say("Shop or supplier"), _text("supplier", row.supplier if row else "", 60), optional=True),
        b.field("what", say("Description"), _text("what", row.description if row else "", 120), optional=True),
    ]


def _money(say: Tongue, asked: Asked) -> list[Block]:
    row = asked.row
    currency = row.currency if row else HOME
    percents = [(f"{one:f}", words.percent(say, one)) for one in asked.percents]
    chosen = "" if row is None or row.vat_percent is None else f"{row.vat_percent:f}"
    rate = say.shown(row.rate) if row and row.currency != HOME else ""
    rated = say("What one euro costs in it. Empty: the rate in Procountor.")
    return [
        b.field("gross", say("Amount with VAT"), _text("gross", say.amount(row.gross) if row else "", 15)),
        b.field("currency", say("Currency"), b.search("claim.currency", say("Choose"), (currency, currency))),
        b.field("rate", say("Exchange rate, other currencies only"), _text("rate", rate, 15), rated, optional=True),
        b.field("percent", say("VAT percentage"), b.select("percent", say("Choose"), percents, chosen)),
    ]


def _whose(say: Tongue, asked: Asked) -> list[Block]:
    chosen = asked.row.payment if asked.row else ""
    hint = say("Own money is paid back to you. What the company paid is only booked.")
    payment = b.select("payment", say("Choose"), asked.payments, chosen)
    project = b.search("claim.project", say("Type to search"), asked.project if asked.project[0] else None)
    return [
        b.field("payment", say("Paid with"), payment, hint),
        b.field("project", say("Project"), project, optional=True),
    ]


def _text(action: str, initial: str, most: int) -> Block:
    return b.text_input(action, initial, most=most)
