"""Everything about a bill that a person may change in Procountor's own pages while somebody looks at its card (T2)."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sandbox.procountor import checks

Doc = dict[str, Any]


def _row(change: Callable[[random.Random, Doc], Doc]) -> Callable[[random.Random, Doc], Doc]:
    """A change of one of the bill's rows."""

    def changes(dice: random.Random, doc: Doc) -> Doc:
        rows = [dict(row) for row in doc["invoiceRows"]]
        place = dice.randrange(len(rows))
        rows[place] |= change(dice, rows[place])
        return {"invoiceRows": rows}

    return changes


def _payment(change: Callable[[random.Random, Doc], Doc]) -> Callable[[random.Random, Doc], Doc]:
    return lambda dice, doc: {"paymentInfo": change(dice, doc["paymentInfo"])}


def _later(dice: random.Random, day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=dice.choice((-1, 1, 30)))).isoformat()


FIELDS: Mapping[str, Callable[[random.Random, Doc], Doc]] = {
    "price": _row(lambda dice, row: {"unitPrice": row["unitPrice"] + dice.choice((Decimal("0.01"), Decimal(9000)))}),
    "quantity": _row(lambda dice, row: {"quantity": row["quantity"] + dice.choice((Decimal("0.5"), 1, 100))}),
    "row discount": _row(lambda dice, _: {"discountPercent": dice.choice((1, 50))}),
    "VAT": _row(lambda dice, _: {"vatPercent": dice.choice((Decimal("13.5"), 10, 0))}),
    "row text": _row(lambda dice, row: {"product": row["product"] + dice.choice((" ", "!", " ja muuta"))}),
    "row comment": _row(lambda dice, _: {"comment": dice.choice(("P-1001", "."))}),
    "row added": lambda dice, doc: {"invoiceRows": [*doc["invoiceRows"], {**doc["invoiceRows"][0], "unitPrice": 0}]},
    "discount": lambda dice, _: {"discountPercent": dice.choice((1, 99))},
    "IBAN": _payment(
        lambda dice, _: {"bankAccount": {"accountNumber": checks.finnish_iban(f"{dice.randrange(10**13, 10**14)}")}}
    ),
    "BIC": _payment(lambda dice, _: {"bankAccount": {"bic": dice.choice(("NDEAFIHH", "HANDFIHH"))}}),
    "due date": _payment(lambda dice, payment: {"dueDate": _later(dice, payment["dueDate"])}),
    "reference": _payment(
        lambda dice, _: {"bankReferenceCode": checks.with_check_digit(str(dice.randrange(10**5, 10**6)))}
    ),
    "cash discount": _payment(
        lambda dice, _: {
            "cashDiscount": {"optionList": [{"numberOfDays": 7, "discountPercentage": dice.choice((2, 3))}]}
        }
    ),
    "currency": _payment(lambda dice, _: {"currency": dice.choice(("SEK", "USD"))}),
    "supplier's name": lambda dice, doc: {
        "counterParty": {"counterPartyAddress": {"name": doc["counterParty"]["counterPartyAddress"]["name"] + "."}}
    },
    "supplier's number": lambda dice, doc: {"originalInvoiceNumber": doc["originalInvoiceNumber"] + "A"},
    "attachment added": lambda dice, _: {"attachments": ["lasku.pdf", "erittely.pdf", "lisä.pdf"]},
    "attachment removed": lambda dice, _: {"attachments": ["lasku.pdf"]},
}
