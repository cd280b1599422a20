"""The invoice as Procountor answers it, single and in lists."""

from __future__ import annotations

import datetime
from decimal import Decimal

from procountor.wire.base import Flag, Id, Number, Text, Wire


class Row(Wire):
    product: Text = ""
    quantity: Number = Decimal(0)
    unit: Text = ""
    unit_price: Number = Decimal(0)
    discount_percent: Number = Decimal(0)
    vat_percent: Number = Decimal(0)
    comment: Text = ""


class BankAccount(Wire):
    account_number: Text = ""


class PaymentInfo(Wire):
    currency: Text = ""
    due_date: datetime.date | None = None
    bank_account: BankAccount | None = None
    bank_reference_code: Text = ""


class PostalAddress(Wire):
    name: Text = ""


class CounterParty(Wire):
    identifier: Text = ""
    counter_party_address: PostalAddress | None = None


class ExtraInfo(Wire):
    unit_prices_include_vat: Flag = False


class SumInfo(Wire):
    currency: Text = ""
    in_accounting_currency: Flag = False
    excluding_vat_total: Number = Decimal(0)
    vat_sum_total: Number = Decimal(0)
    invoice_sum_total: Number = Decimal(0)


class AttachmentInfo(Wire):
    id: Id
    name: Text = ""
    size: int | None = None


class Content(Wire):
    """What an invoice says, whether we are about to send it or have got it back."""

    date: datetime.date
    original_invoice_number: Text = ""
    discount_percent: Number = Decimal(0)
    counter_party: CounterParty | None = None
    payment_info: PaymentInfo | None = None
    extra_info: ExtraInfo | None = None
    invoice_rows: list[Row] | None = None


class Invoice(Content):
    """An invoice that is in Procountor."""

    id: Id
    type: Text = ""
    status: Text = ""
    invoice_number: int | None = None
    version: Text = ""
    created: Text = ""
    notes: Text = ""
    ledger_receipt_id: int | None = None
    creator_id: int | None = None
    partner_id: int | None = None
    invoice_sum_info: list[SumInfo] | None = None
    attachments: list[AttachmentInfo] | None = None


class Listed(Wire):
    """An entry of a search: no rows and no payment."""

    id: Id
    type: Text = ""
    status: Text = ""
    invoice_number: int | None = None
    original_invoice_number: Text = ""
    created: Text = ""
    version: Text = ""
    creator_id: int | None = None
    partner_id: int | None = None
    counter_party: CounterParty | None = None
    date: datetime.date | None = None
    due_date: datetime.date | None = None
    invoice_sum_info: list[SumInfo] | None = None


class Event(Wire):
    action: Text = ""
    name: Text = ""
    date: Text = ""
    details: Text = ""


class Events(Wire):
    transactions: list[Event] | None = None
