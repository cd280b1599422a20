"""What a rule is given: one invoice with the company's defaults put in, and everything known around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from finance import bank_reference, identifiers
from finance.company import Choices
from finance.faults import Explanation, Fact, Fault, Who, Words
from finance.invoice import Address, Channel, Invoice, Kind, Line, LineKind, Party
from finance.registers import Registers

_CREDITS = {"fi": "Hyvittää laskun {}.", "sv": "Krediterar faktura {}.", "en": "Credits invoice {}."}


@dataclass(frozen=True, slots=True)
class AttachmentFile:
    """A file at hand: its name, size in bytes, first bytes and SHA-256 (hex)."""

    name: str
    size: int
    head: bytes
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """Numbers already used: an invoice's ``source_id`` → Procountor's number.

    ``numbers`` are in our own log; ``elsewhere`` stand in Procountor without our mark. Of bills: ``doubles`` wait
    twice, their supplier written in two ways; ``accounts`` are those known of suppliers, by Procountor's id.
    """

    numbers: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    doubles: frozenset[str] = frozenset()
    accounts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """``invoice`` is ``completed``; ``party`` is its other side, ``country`` that side's, empty when unknown."""

    invoice: Invoice
    registers: Registers
    today: date
    taken: Taken
    files: tuple[AttachmentFile, ...]

    @property
    def party(self) -> Party:
        return self.invoice.counterparty

    @property
    def side(self) -> str:
        """The field of the invoice that ``party`` stands in."""
        return "buyer" if self.invoice.kind is Kind.SALES_INVOICE else "seller"

    @property
    def country(self) -> str:
        return self.party.address.country

    @property
    def channel(self) -> Channel | None:
        return self.invoice.channel


Rule = Callable[[Case], Iterable[Fault]]


def completed(invoice: Invoice, choices: Choices) -> Invoice:
    """The invoice as it will be sent: the company's channel, language and country where the file has none, account
    number and reference without spaces, and on a credit note a sentence naming the invoice it credits (R39).

    A bill or a claim goes to nobody; a supplier's country is also told by his identifiers.
    """
    payment, bill = invoice.payment, invoice.kind is not Kind.SALES_INVOICE
    return replace(
        invoice,
        channel=Channel.NONE if bill else invoice.channel or choices.default_channel,
        language=invoice.language or choices.default_language,
        buyer=invoice.buyer if bill else replace(invoice.buyer, address=_located(invoice.buyer.address, choices)),
        seller=replace(invoice.seller, address=_of_supplier(invoice.seller, choices)) if bill else invoice.seller,
        billing_address=invoice.billing_address and _located(invoice.billing_address, choices),
        delivery_address=invoice.delivery_address and _located(invoice.delivery_address, choices),
        payment=replace(
            payment, iban=identifiers.iban(payment.iban), reference=bank_reference.normal(payment.reference)
        ),
        note=_credited(invoice, invoice.language or choices.default_language),
    )


def product_lines(invoice: Invoice) -> list[tuple[int, Line]]:
    """The rows that carry money, each with its place."""
    return [(i, line) for i, line in enumerate(invoice.lines) if line.kind is LineKind.PRODUCT]


def of_row(i: int, line: Line, **more: Fact) -> dict[str, Fact]:
    """Facts that tell a reader which row is meant; rows are counted from one."""
    return {"row": i + 1, "name": line.name, **more}


def unique(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Each fault once: the same thing found through many rows is one thing to mend."""
    return tuple({(f.code, f.where, f.found): f for f in reversed(tuple(faults))}.values())[::-1]


def explained(code: str, who: Who, fi: tuple[str, str], sv: tuple[str, str], en: tuple[str, str]) -> Explanation:
    """A row of the table of explanations: in each language what is wrong and what to do."""
    return Explanation(code, Words(fi[0], sv[0], en[0]), Words(fi[1], sv[1], en[1]), who)


def _located(address: Address, choices: Choices) -> Address:
    if address.country or not choices.default_country:
        return address
    return replace(address, country=choices.default_country)


def _of_supplier(seller: Party, choices: Choices) -> Address:
    """A list of bills seldom has the supplier's address: a Finnish business id or a VAT number tells the country."""
    address = seller.address
    if address.country:
        return address
    finnish = identifiers.business_id(seller.business_id) or identifiers.business_id(seller.vat_number)
    abroad = seller.vat_number[:2] if identifiers.right_vat_number(seller.vat_number) else ""
    told = "FI" if finnish else {"EL": "GR"}.get(abroad, abroad)
    return replace(address, country=told or choices.default_country)


def _credited(invoice: Invoice, language: str) -> str:
    number = invoice.credited_number
    if not number or number in invoice.note:
        return invoice.note
    sentence = _CREDITS.get(language, _CREDITS["en"]).format(number)
    return f"{sentence}\n{invoice.note}" if invoice.note else sentence
