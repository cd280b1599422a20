"""Sales invoices after they were sent: where they stand, what was paid of them, whether they came back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from finance.paid import PARTLY, SETTLED, Payment, Sale
from procountor import invoices
from procountor.api import Api
from procountor.errors import Broken, Forbidden, NotFound
from procountor.stored import Found
from procountor.wire import base
from procountor.wire import payment as wire
from procountor.wire.invoice import SumInfo

KIND = "SALES_INVOICE"
PAGE = 200  # ids a request takes (api.md 12.6, 12.7)


def changed(api: Api, since: datetime) -> Iterator[Found]:
    """Sales invoices whose version lies after ``since``, in any status. Not every payment moves it (api.md 6)."""
    return invoices.search(api, types=(KIND,), version_from=since)


def read(api: Api, ids: Iterable[int], paid: Collection[int] = ()) -> list[Sale]:
    """These invoices by rising id; those not there are left out. Raises as any read.

    The payments are read after the statuses, of the invoices that say they have some and of those in ``paid``.
    """
    found = [sale(entry) for entry in api.batch("invoices", ids)]
    wanted = [one.id for one in found if one.status in SETTLED or one.status == PARTLY or one.id in paid]
    events = payments(api, wanted, {one.id: one.currency for one in found})
    if events is None:
        return [replace(one, payments=None) if one.id in wanted else one for one in found]
    return [replace(one, payments=events.get(one.id, ())) for one in found]


def payments(api: Api, ids: Collection[int], currency: Mapping[int, str]) -> Mapping[int, tuple[Payment, ...]] | None:
    """What was paid of each of at most 200 invoices; None when the key's user may not see payments."""
    if not ids:
        return {}
    found: dict[int, tuple[Payment, ...]] = {}
    try:
        for entry in api.pages("payments/paymentevents", invoiceId=sorted(ids)):
            told = base.read(wire.PaymentEvent, entry)
            found[told.invoice_id] = (
                *found.get(told.invoice_id, ()),
                _payment(told, currency.get(told.invoice_id, "")),
            )
    except (Forbidden, NotFound):
        return None
    return found


def _payment(told: wire.PaymentEvent, currency: str) -> Payment:
    """In the invoice's currency: ``paidAmount`` when it is there, else ``amount`` where both are the same one."""
    if told.paid_amount is not None and told.paid_currency in ("", currency):
        return Payment(told.id, told.paid_amount, told.payment_date)
    return Payment(told.id, told.amount if told.currency in ("", currency) else None, told.payment_date)


def histories(api: Api, ids: Iterable[int]) -> Mapping[int, list[tuple[str, str]]]:
    """What happened to each of the invoices, the oldest first: (action, details). Raises as any read."""
    wanted, found = sorted(set(ids)), {}
    for start in range(0, len(wanted), PAGE):
        try:
            answer = api.get("invoices/transactions", invoiceIds=wanted[start : start + PAGE])
        except NotFound:
            continue
        for one in base.read(wire.Histories, answer).results or []:
            found[one.invoice_id] = [(event.action, event.details) for event in one.transactions or []]
    return found


def sale(answer: object) -> Sale:
    """The invoice from its JSON. Raises Broken for what is none."""
    told = base.read(wire.Sale, answer)
    if told.type and told.type != KIND:
        raise Broken(f"{told.id} is a {told.type}, not a sales invoice")
    payment = told.payment_info or wire.DueInfo()
    own = _own(told.invoice_sum_info, payment.currency)
    address = told.counter_party.counter_party_address if told.counter_party else None
    return Sale(
        told.id,
        told.status,
        told.version,
        told.invoice_number,
        gross=own.invoice_sum_total,
        currency=payment.currency or own.currency,
        due=payment.new_due_date or payment.due_date,
        paid_on=told.payment_date,
        buyer=address.name if address else "",
    )


def _own(told: list[SumInfo] | None, currency: str) -> SumInfo:
    """The total in the invoice's own currency."""
    sums = told or [SumInfo()]
    return next((one for one in sums if one.currency == currency), sums[0])
