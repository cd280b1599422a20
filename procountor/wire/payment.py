"""The payment event as Procountor answers it for many invoices at once, and the sales invoice it belongs to."""

from __future__ import annotations

import datetime
from decimal import Decimal

from procountor.wire.base import Text, Wire
from procountor.wire.invoice import CounterParty, Event, SumInfo


class PaymentEvent(Wire):
    id: int
    invoice_id: int
    payment_date: datetime.date | None = None
    amount: Decimal | None = None  # in the accounting currency
    currency: Text = ""
    paid_amount: Decimal | None = None  # in the invoice's
    paid_currency: Text = ""


class DueInfo(Wire):
    currency: Text = ""
    due_date: datetime.date | None = None
    new_due_date: datetime.date | None = None


class Sale(Wire):
    id: int
    type: Text = ""
    status: Text = ""
    version: Text = ""
    invoice_number: int | None = None
    payment_date: datetime.date | None = None
    counter_party: CounterParty | None = None
    payment_info: DueInfo | None = None
    invoice_sum_info: list[SumInfo] | None = None


class History(Wire):
    invoice_id: int
    transactions: list[Event] | None = None


class Histories(Wire):
    results: list[History] | None = None
