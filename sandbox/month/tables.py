"""Invoices as the rows of a table: one row for each line, the invoice's own fields repeated on every one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from finance.invoice import Channel, Invoice, Line, LineKind
from finance.totals import line_net, totals
from sandbox.month.story import Told

Value = str | Decimal | date | None
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language in a table: for rows, channels and countries."""

    heading: str
    text: str
    product: str
    channels: Mapping[Channel | None, str]


FINNISH = Words(
    "Otsikko",
    "Teksti",
    "Tuote",
    {None: "", Channel.E_INVOICE: "Verkkolasku", Channel.EMAIL: "Sähköposti", Channel.MAIL: "Posti"},
)
SWEDISH = Words(
    "Rubrik",
    "Text",
    "Produkt",
    {None: "", Channel.E_INVOICE: "Nätfaktura", Channel.EMAIL: "E-post", Channel.MAIL: "Post"},
)

_HEAD: dict[str, Callable[[Invoice], Value]] = {
    "number": lambda i: i.number,
    "issued": lambda i: i.issued,
    "due": lambda i: i.payment.due,
    "delivery_start": lambda i: i.delivery_start,
    "delivery_end": lambda i: i.delivery_end,
    "buyer_name": lambda i: i.buyer.name,
    "customer_number": lambda i: i.buyer.customer_number,
    "buyer_business_id": lambda i: i.buyer.business_id,
    "buyer_vat_number": lambda i: i.buyer.vat_number,
    "buyer_street": lambda i: i.buyer.address.street,
    "buyer_post_code": lambda i: i.buyer.address.post_code,
    "buyer_city": lambda i: i.buyer.address.city,
    "buyer_country": lambda i: i.buyer.address.country,
    "buyer_email": lambda i: i.buyer.email,
    "seller_name": lambda i: i.seller.name,
    "seller_business_id": lambda i: i.seller.business_id,
    "language": lambda i: i.language,
    "e_invoice_address": lambda i: i.buyer.e_invoice.address,
    "e_invoice_operator": lambda i: i.buyer.e_invoice.operator,
    "reference": lambda i: i.payment.reference,
    "terms": lambda i: i.payment.terms,
    "iban": lambda i: i.payment.iban,
    "penalty_percent": lambda i: i.payment.penalty_percent,
    "currency": lambda i: i.payment.currency,
    "rate": lambda i: None if i.payment.rate == 1 else i.payment.rate,
    "order_reference": lambda i: i.order_reference,
    "buyer_reference": lambda i: i.buyer_reference,
    "note": lambda i: i.note,
    "attachments": lambda i: "; ".join(a.name for a in i.attachments),
    "total_gross": lambda i: totals(i).gross,
}
_LINE: dict[str, Callable[[Line], Value]] = {
    "product_code": lambda line: line.product_code,
    "work_type": lambda line: line.work_type,
    "quantity": lambda line: line.quantity,
    "unit": lambda line: line.unit,
    "unit_price": lambda line: line.unit_price,
    "discount_percent": lambda line: line.discount_percent or None,
    "vat_percent": lambda line: line.vat_percent,
    "vat_category": lambda line: line.vat_category,
    "account": lambda line: line.account,
    "cost_centre": lambda line: line.cost_centre,
    "project": lambda line: line.project,
    "start": lambda line: line.start,
}


def table(told: Sequence[Told], fields: Sequence[str], words: Words) -> Iterator[list[Value]]:
    """The rows of the table, their cells in the order of ``fields`` ("description" may stand there several times).

    Descriptions that find no column of their own follow as rows of text.
    """
    room = list(fields).count("description")
    for one in told:
        for place, line in enumerate(one.invoice.lines):
            first, rest = line.descriptions[:room], line.descriptions[room:]
            cells = _cells(one.invoice, replace(line, descriptions=first), words)
            cells |= {name: text for (at, name), text in one.spoilt.items() if at == place}
            yield _ordered(cells, first, fields)
            for more in rest:
                cells = _head(one.invoice, words) | {"row_type": words.text}
                yield _ordered(cells, (more,), fields)


def _ordered(cells: Mapping[str, Value], descriptions: Sequence[str], fields: Sequence[str]) -> list[Value]:
    left = iter(descriptions)
    return [next(left, None) if name == "description" else cells.get(name) for name in fields]


def _head(invoice: Invoice, words: Words) -> dict[str, Value]:
    own = {name: read(invoice) for name, read in _HEAD.items()}
    return own | {"channel": words.channels[invoice.channel]}


def _cells(invoice: Invoice, line: Line, words: Words) -> dict[str, Value]:
    cells = _head(invoice, words) | {"name": line.name}
    if line.kind is LineKind.HEADER:
        return cells | {"row_type": words.heading}
    cells |= {name: read(line) for name, read in _LINE.items()}
    return cells | {"row_type": words.product, "net": line_net(line, invoice)}
