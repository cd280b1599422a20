"""What an invoice in Procountor looks like to us: frozen records made from its JSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from procountor import fingerprint as prints
from procountor import moments
from procountor.notes import marker_in
from procountor.wire import base
from procountor.wire import invoice as wire


class Attached(NamedTuple):
    """An attachment. ``size`` is in bytes, 0 where Procountor does not tell it (it does not with an invoice)."""

    id: int
    name: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What Procountor computed, in ``currency``: the invoice's own when it tells both."""

    net: Decimal = Decimal(0)
    vat: Decimal = Decimal(0)
    gross: Decimal = Decimal(0)
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """An invoice as it stands in Procountor.

    ``number`` is Procountor's running number (None while it has none). ``version`` is Procountor's own text of the
    last change, to be sent back as it is; it sorts by time. ``created`` is UTC, None when not told. ``marker`` is ours,
    from the notes. ``fingerprint`` leaves the bank reference out and ``full_fingerprint`` has it: use ``says``.
    ``partner`` and ``identifier`` are the other side's name and business id.
    """

    id: int
    type: str
    status: str
    number: int | None
    version: str
    created: dt.datetime | None
    original_number: str
    notes: str
    marker: str
    ledger_receipt_id: int | None
    creator_id: int | None
    partner_id: int | None
    reference: str
    totals: Totals
    attachments: tuple[Attached, ...]
    rows: int
    fingerprint: str
    full_fingerprint: str
    partner: str = ""
    identifier: str = ""

    def says(self, sent: str) -> bool:
        """Whether it still has the content whose ``fingerprint(invoice, posting)`` is ``sent``."""
        return sent in (self.fingerprint, self.full_fingerprint)


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of a search; as ``Stored``, without rows, notes and payment."""

    id: int
    type: str
    status: str
    number: int | None
    original_number: str
    created: dt.datetime | None
    version: str
    creator_id: int | None
    partner_id: int | None
    partner: str
    date: dt.date | None
    due: dt.date | None
    totals: Totals
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A step in an invoice's history: ``action`` is Procountor's word, ``at`` UTC or None."""

    action: str
    name: str
    at: dt.datetime | None
    details: str


def stored(answer: Any, *, after_write: bool = False) -> Stored:
    """The invoice from its JSON. Raises Broken, or Unsure when it was the answer to a write."""
    told = base.read(wire.Invoice, answer, after_write=after_write)
    return Stored(
        id=told.id,
        type=told.type,
        status=told.status,
        number=told.invoice_number,
        version=told.version,
        created=instant(told.created),
        original_number=told.original_invoice_number,
        notes=told.notes,
        marker=marker_in(told.notes),
        ledger_receipt_id=told.ledger_receipt_id,
        creator_id=told.creator_id,
        partner_id=told.partner_id,
        reference=told.payment_info.bank_reference_code if told.payment_info else "",
        totals=_totals(told.invoice_sum_info),
        attachments=tuple(Attached(a.id, a.name, a.size or 0) for a in told.attachments or []),
        rows=len(told.invoice_rows or []),
        fingerprint=prints.of(told, with_reference=False),
        full_fingerprint=prints.of(told, with_reference=True),
        partner=_name(told.counter_party),
        identifier=told.counter_party.identifier if told.counter_party else "",
    )


def found(entry: Any) -> Found:
    """A search entry from its JSON. Raises Broken."""
    told = base.read(wire.Listed, entry)
    return Found(
        id=told.id,
        type=told.type,
        status=told.status,
        number=told.invoice_number,
        original_number=told.original_invoice_number,
        created=instant(told.created),
        version=told.version,
        creator_id=told.creator_id,
        partner_id=told.partner_id,
        partner=_name(told.counter_party),
        date=told.date,
        due=told.due_date,
        totals=_totals(told.invoice_sum_info),
        identifier=told.counter_party.identifier if told.counter_party else "",
    )


def _name(party: wire.CounterParty | None) -> str:
    return party.counter_party_address.name if party and party.counter_party_address else ""


def _totals(sums: list[wire.SumInfo] | None) -> Totals:
    """The entry in the invoice's currency: with two, the one that is not in the accounting currency."""
    chosen = next((s for s in sums or [] if not s.in_accounting_currency), sums[0] if sums else None)
    if chosen is None:
        return Totals()
    return Totals(chosen.excluding_vat_total, chosen.vat_sum_total, chosen.invoice_sum_total, chosen.currency)


def instant(text: str) -> dt.datetime | None:
    """UTC, or None for a time that is missing or cannot be read."""
    try:
        return moments.read(text) if text else None
    except ValueError:
        return None
