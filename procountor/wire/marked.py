"""A payment event as Procountor answers it."""

from __future__ import annotations

import datetime
from decimal import Decimal

from procountor.wire.base import Number, Text, Wire


class Marked(Wire):
    id: int
    payment_date: datetime.date | None = None
    status: Text = ""
    amount: Number = Decimal(0)
    paid_amount: Number | None = None
