"""The purchase invoice as Procountor answers it, with what the sales invoice has no use for."""

from __future__ import annotations

import datetime
from decimal import Decimal

from procountor.wire.base import Id, Number, Text, Wire
from procountor.wire.invoice import AttachmentInfo, CounterParty, ExtraInfo, Row, SumInfo


class Account(Wire):
    account_number: Text = ""
    bic: Text = ""


class Option(Wire):
    number_of_days: int = 0
    discount_percentage: Number = Decimal(0)


class CashDiscount(Wire):
    option_list: list[Option] | None = None


class Payment(Wire):
    currency: Text = ""
    due_date: datetime.date | None = None
    new_due_date: datetime.date | None = None
    bank_account: Account | None = None
    bank_reference_code: Text = ""
    cash_discount: CashDiscount | None = None


class Checker(Wire):
    user_id: int
    event_performed: datetime.date | None = None


class Checkers(Wire):
    verifiers: list[Checker] | None = None
    acceptors: list[Checker] | None = None


class Bill(Wire):
    id: Id
    type: Text = ""
    status: Text = ""
    version: Text = ""
    created: Text = ""
    creator_id: int | None = None
    ledger_receipt_id: int | None = None
    invoice_number: int | None = None
    original_invoice_number: Text = ""
    partner_id: int | None = None
    date: datetime.date
    discount_percent: Number = Decimal(0)
    counter_party: CounterParty | None = None
    payment_info: Payment | None = None
    extra_info: ExtraInfo | None = None
    invoice_rows: list[Row] | None = None
    invoice_sum_info: list[SumInfo] | None = None
    attachments: list[AttachmentInfo] | None = None
    invoice_approval_information: Checkers | None = None
    order_reference: Text = ""
    buyer_reference_identifier: Text = ""
    additional_information: Text = ""
    notes: Text = ""


class Waiting(Wire):
    invoice_ids: list[int] | None = None


class Comment(Wire):
    id: Id
    author: Text = ""
    date_time: Text = ""
    comment: Text = ""


class Comments(Wire):
    comments: list[Comment] | None = None
