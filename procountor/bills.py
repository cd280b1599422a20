"""Bills in Procountor: read, notice what has changed, verify, approve, deny, talk about, show.

Approving and its kin carry no version (api.md 7): read just before, and read again after. None is ever repeated
blindly, because where two are to approve a repeat fills the second place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from finance.bill import OPEN, Bill, BillRow, Paper, Place
from procountor import invoices
from procountor.api import Api, File
from procountor.errors import Broken
from procountor.notes import marker_in
from procountor.stored import Event, Found, instant
from procountor.wire import base
from procountor.wire import bill as wire
from procountor.wire.invoice import Row, SumInfo

KIND = "PURCHASE_INVOICE"
COMMENT = 100
"""Characters of a comment to verify, approve and reject (api.md 12.1, R57)."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A line of the discussion in Procountor; ``at`` is UTC."""

    id: int
    author: str
    at: datetime | None
    text: str


def get(api: Api, id: int) -> Bill:
    """One bill as it is now. Raises NotFound when it is not there, not a bill, or not visible to the key's user."""
    return bill(api.get(f"invoices/{id}"))


def get_many(api: Api, ids: Iterable[int]) -> list[Bill]:
    """These bills by rising id, 200 a request; those not there are left out."""
    return [bill(entry) for entry in api.batch("invoices", ids)]


def changed(api: Api, since: datetime, until: datetime | None = None) -> Iterator[Found]:
    """Bills whose version lies in the window, in any status. Not every change moves the version (api.md 6)."""
    return invoices.search(api, types=(KIND,), version_from=since, version_to=until)


def open_ones(api: Api) -> Iterator[Found]:
    """Every bill that waits for a decision."""
    return invoices.search(api, types=(KIND,), statuses=OPEN)


def of_supplier(api: Api, partner_id: int, statuses: Iterable[str] = ()) -> Iterator[Found]:
    """The supplier's bills in these statuses, or in all."""
    return invoices.search(api, types=(KIND,), partner_id=partner_id, statuses=tuple(statuses))


def verify(api: Api, id: int, words: str = "", *, leave_within: float | None = None) -> None:
    """Marks it verified in the name of the key's user. Never repeated. Raises as any write; Forbidden out of turn.

    ``leave_within`` (seconds): a request that could not leave in time is not sent at all (NotSent).
    """
    _act(api, id, "verify", words, leave_within)


def approve(api: Api, id: int, words: str = "", *, leave_within: float | None = None) -> None:
    """Approves it in the name of the key's user. Never repeated: a second call may be a second approval."""
    _act(api, id, "approve", words, leave_within)


def reject(api: Api, id: int, words: str = "", *, leave_within: float | None = None) -> None:
    """Denies its payment. Raises as ``verify``."""
    _act(api, id, "reject", words, leave_within)


def undo(api: Api, id: int) -> None:
    """Makes it unfinished again: who has verified and approved is forgotten. Raises as ``verify``."""
    api.put(f"invoices/{id}/unfinished")


def _act(api: Api, id: int, what: str, words: str, leave_within: float | None) -> None:
    """The body has to be there even when it is empty (api.md 12.1)."""
    body = {"comment": words[:COMMENT]} if words else {}
    api.put(f"invoices/{id}/{what}", body, leave_within=leave_within)


def waiting_for_me(api: Api, what: str) -> frozenset[int]:
    """Ids that wait for the key's user: ``what`` is "approvals" or "verifications". Raises as any read."""
    told = base.read(wire.Waiting, api.get(f"invoices/personal{what}", types=KIND))
    return frozenset(told.invoice_ids or ())


def history(api: Api, id: int) -> tuple[Event, ...]:
    """Who did what to it, in Procountor's order."""
    return invoices.transactions(api, id)


def approvals(events: Iterable[Event]) -> int:
    """How often it has been approved since it was last made unfinished."""
    count = 0
    for event in events:
        if event.action in ("UNFINISHED", "RESTORED_UNFINISHED"):
            count = 0
        count += event.action == "APPROVAL"
    return count


def comment(api: Api, id: int, text: str) -> int:
    """Adds to the discussion, as the key's user; gives the comment's id. Never repeated: compare first."""
    return base.read(wire.Comment, api.post(f"invoices/{id}/comments", {"comment": text}), after_write=True).id


def comments(api: Api, id: int) -> tuple[Comment, ...]:
    """The discussion. Raises Forbidden where the company has none."""
    told = base.read(wire.Comments, api.get(f"invoices/{id}/comments"))
    return tuple(Comment(c.id, c.author, instant(c.date_time), c.comment) for c in told.comments or [])


def image(api: Api, id: int, page: int = 1) -> File:
    """A page of the bill as PNG. Raises NotFound beyond the last page, Broken when no picture came."""
    found = api.file(f"invoices/{id}/image", page=page, format="PNG")
    content = found.content
    if not content.startswith(b"\x89PNG"):  # it may come as an attachment does, in parts (api.md 12.1)
        start = content.find(b"\x89PNG")
        if start < 0:
            raise Broken("the page did not come as a picture")
        content = content[start:]
    return File("image/png", content)


def bill(answer: object) -> Bill:
    """The bill from its JSON. Raises Broken for anything that is no bill."""
    told = base.read(wire.Bill, answer)
    if told.type and told.type != KIND:
        raise Broken(f"{told.id} is a {told.type}, not a bill")
    own, home = _sums(told.invoice_sum_info, told.payment_info.currency if told.payment_info else "")
    party, people = told.counter_party, told.invoice_approval_information or wire.Checkers()
    address = party.counter_party_address if party else None
    found = Bill(
        id=told.id,
        status=told.status,
        version=told.version,
        supplier=address.name if address else "",
        issued=told.date,
        currency=own.currency,
        gross=own.invoice_sum_total,
        net=own.excluding_vat_total,
        vat=own.vat_sum_total,
        home=home.invoice_sum_total,
        number=told.invoice_number,
        original_number=told.original_invoice_number,
        supplier_id=party.identifier if party else "",
        partner_id=told.partner_id,
        order_reference=told.order_reference,
        buyer_reference=told.buyer_reference_identifier,
        additional=told.additional_information,
        notes=told.notes,
        discount_percent=told.discount_percent,
        prices_include_vat=bool(told.extra_info and told.extra_info.unit_prices_include_vat),
        verifiers=_places(people.verifiers),
        acceptors=_places(people.acceptors),
        created=instant(told.created),
        creator=told.creator_id,
        receipt=told.ledger_receipt_id,
        marker=marker_in(told.notes),
    )
    return _with_parts(found, told)


def _with_parts(found: Bill, told: wire.Bill) -> Bill:
    """With its rows, its files and how it is to be paid."""
    payment = told.payment_info or wire.Payment()
    account = payment.bank_account or wire.Account()
    return replace(
        found,
        currency=payment.currency or found.currency,
        due=payment.new_due_date or payment.due_date,
        iban="".join(account.account_number.split()).upper(),
        bic=account.bic,
        reference=payment.bank_reference_code,
        cash_discounts=_discounts(payment.cash_discount),
        rows=tuple(_row(row) for row in told.invoice_rows or []),
        papers=tuple(Paper(a.id, a.name) for a in told.attachments or []),
    )


def _row(told: Row) -> BillRow:
    return BillRow(
        told.product,
        told.quantity,
        told.unit,
        told.unit_price,
        told.discount_percent,
        told.vat_percent,
        told.comment.replace("\\", "\n"),
    )


def _places(told: list[wire.Checker] | None) -> tuple[Place, ...]:
    return tuple(Place(checker.user_id, checker.event_performed) for checker in told or [])


def _discounts(told: wire.CashDiscount | None) -> tuple[tuple[int, Decimal], ...]:
    options = told.option_list if told else None
    return tuple((option.number_of_days, option.discount_percentage) for option in options or [])


def _sums(told: list[SumInfo] | None, currency: str) -> tuple[SumInfo, SumInfo]:
    """The total in the bill's own currency, and in the company's."""
    sums = told or [SumInfo()]
    own = next((s for s in sums if s.currency == currency), sums[0])
    home = next((s for s in sums if s.in_accounting_currency), own)
    return own, home
