"""The sales invoice (and, of the same shape, the bill) in the terms of EN 16931: immutable and exact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from finance import identifiers
from finance.claim_part import ClaimPart
from finance.people import address, plain

ZERO = Decimal(0)
ONE = Decimal(1)


class Kind(StrEnum):
    """What a document is; decides the register its counterparty stands in and the verbs that may touch it."""

    SALES_INVOICE = "sales_invoice"
    BILL = "bill"
    CLAIM = "claim"  # costs a person has paid himself: he gets them back
    COMPANY_COST = "company_cost"  # costs a person has made with the company's money: paid already


CLAIMS = (Kind.CLAIM, Kind.COMPANY_COST)
"""What a claim becomes, by whose money it was; each is a section of its own (R63)."""


class Channel(StrEnum):
    """How Procountor will deliver the invoice to the customer once a person sends it."""

    E_INVOICE = "e_invoice"
    EMAIL = "email"
    MAIL = "mail"
    NONE = "none"


class LineKind(StrEnum):
    PRODUCT = "product"
    HEADER = "header"  # a heading between rows: no amounts (R34)


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address. ``country`` is ISO 3166-1 alpha-2 in upper case, or empty when the file did not say."""

    name: str = ""
    specifier: str = ""
    street: str = ""
    post_code: str = ""
    city: str = ""
    country: str = ""
    subdivision: str = ""


@dataclass(frozen=True, slots=True)
class EInvoiceAddress:
    """Where an e-invoice goes: the operator's identifier and the receiver's address (OVT, IBAN or operator-given)."""

    operator: str = ""
    address: str = ""
    ovt: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Seller or buyer. ``business_id`` as written in the file, ``vat_number`` with its country prefix."""

    name: str = ""
    business_id: str = ""
    vat_number: str = ""
    customer_number: str = ""
    contact_person: str = ""
    email: str = ""
    phone: str = ""
    address: Address = Address()
    e_invoice: EInvoiceAddress = EInvoiceAddress()
    bcc: tuple[str, ...] = ()  # blind copies of an invoice sent by e-mail

    @property
    def known_by(self) -> str:
        """One text for one party: its Finnish business id in any spelling, else another identifier, else its name."""
        finnish = identifiers.business_id(self.business_id) or identifiers.business_id(self.vat_number)
        return finnish or " ".join((self.business_id or self.vat_number or self.name).split()).casefold()


@dataclass(frozen=True, slots=True)
class Line:
    """One row. Amounts are in the invoice's currency; ``unit_price`` is net unless the invoice says otherwise.

    ``unit`` is the word in the file, ``unit_code`` its UN/ECE Recommendation 20 code (empty when not known).
    ``vat_category`` is the EN 16931 code (S, Z, E, AE, K, G, O); empty when the file does not say.
    ``stated_*`` are what the file claims the row comes to; None when it claims nothing.
    """

    name: str = ""
    kind: LineKind = LineKind.PRODUCT
    quantity: Decimal = ONE
    unit: str = ""
    unit_code: str = ""
    unit_price: Decimal = ZERO
    discount_percent: Decimal = ZERO
    vat_percent: Decimal | None = None
    vat_category: str = ""
    product_code: str = ""
    work_type: str = ""
    account: str = ""
    cost_centre: str = ""
    project: str = ""
    descriptions: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    stated_net: Decimal | None = None
    stated_vat: Decimal | None = None
    stated_gross: Decimal | None = None
    vat_status: int | None = None  # Procountor's VAT status chosen by a person; None: decided by the rules


@dataclass(frozen=True, slots=True)
class StatedVat:
    """One row of the file's own VAT breakdown."""

    percent: Decimal
    base: Decimal
    vat: Decimal
    category: str = ""


@dataclass(frozen=True, slots=True)
class StatedTotals:
    """What the file claims the invoice comes to; None for what it does not claim."""

    net: Decimal | None = None
    vat: Decimal | None = None
    gross: Decimal | None = None
    breakdown: tuple[StatedVat, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to the invoice. ``sha256`` (hex) is empty while only its name is known."""

    name: str
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class CashDiscount:
    days: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """How the invoice is to be paid. ``iban`` is the account money goes to, without spaces.

    ``rate`` is the price of one unit of the company's own currency in the invoice's currency (1 for the own).
    ``reference`` is the bank reference (Finnish 7-3-1 or RF); empty lets Procountor make one.
    """

    iban: str = ""
    bic: str = ""
    reference: str = ""
    terms: str = ""
    due: date | None = None
    penalty_percent: Decimal | None = None
    discounts: tuple[CashDiscount, ...] = ()
    currency: str = "EUR"
    rate: Decimal = ONE


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice as the file (and later a person's corrections) has it.

    ``number`` is the PSA's own number, ``issued`` the billing date. ``account``, ``cost_centre`` and ``project``
    are the invoice's own (R02); a line's override them. ``credited_number`` is set on a credit note.
    ``language`` is ISO 639-1 or empty.
    """

    number: str
    issued: date
    kind: Kind = Kind.SALES_INVOICE
    seller: Party = Party()
    buyer: Party = Party()
    billing_address: Address | None = None
    delivery_address: Address | None = None
    lines: tuple[Line, ...] = ()
    payment: Payment = Payment()
    stated: StatedTotals = StatedTotals()
    channel: Channel | None = None
    language: str = ""
    prices_include_vat: bool = False
    discount_percent: Decimal = ZERO
    delivery_start: date | None = None
    delivery_end: date | None = None
    account: str = ""
    cost_centre: str = ""
    project: str = ""
    order_reference: str = ""
    buyer_reference: str = ""
    seller_reference: str = ""
    agreement: str = ""
    credited_number: str = ""
    note: str = ""
    internal_note: str = ""
    attachments: tuple[Attachment, ...] = ()
    vat_status: int | None = None  # Procountor's VAT status chosen for the whole invoice; a line's own overrides it
    claim: ClaimPart | None = None  # what it is of a claim; None for invoices and bills

    @property
    def counterparty(self) -> Party:
        """The other side: the buyer of what we sell, the seller of what we buy, whose claim it is."""
        return self.buyer if self.kind is Kind.SALES_INVOICE else self.seller

    @property
    def source_id(self) -> str:
        """What makes it the same invoice when a file is read again: our number, or the supplier's (of a claim
        the claimant's) and its number."""
        if self.kind is Kind.SALES_INVOICE:
            return self.number
        if self.claim is not None:
            who = self.seller
            return f"{plain(who.customer_number) or address(who.email) or plain(who.name)}/{self.number}"
        return f"{self.seller.known_by}/{self.number}"
