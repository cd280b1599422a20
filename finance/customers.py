"""The PSA's customers as its list tells them: they complete invoices that lack where an e-invoice goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from finance.faults import Fault
from finance.invoice import Address, Channel, EInvoiceAddress, Invoice, Party
from finance.people import plain
from finance.registers import identity


@dataclass(frozen=True, slots=True)
class Client:
    """A customer of the company. ``language`` is ISO 639-1, ``channel`` None when the list does not say."""

    name: str
    number: str = ""
    business_id: str = ""
    vat_number: str = ""
    email: str = ""
    contact_person: str = ""
    phone: str = ""
    language: str = ""
    channel: Channel | None = None
    address: Address = field(default_factory=Address)
    e_invoice: EInvoiceAddress = field(default_factory=EInvoiceAddress)

    @property
    def key(self) -> str:
        """What the customer is known by when the list comes again."""
        return plain(self.number) or identity(self.business_id or self.vat_number)


@dataclass(frozen=True, slots=True)
class Clients:
    """Customers by number and by identity; an identity that two have names neither."""

    by_number: Mapping[str, Client]
    by_identity: Mapping[str, Client | None]

    @classmethod
    def of(cls, clients: Iterable[Client]) -> Clients:
        numbers: dict[str, Client] = {}
        identities: dict[str, Client | None] = {}
        for client in clients:
            numbers |= {plain(client.number): client} if client.number else {}
            for one in {identity(client.business_id), identity(client.vat_number)} - {""}:
                identities[one] = None if one in identities else client
        return cls(numbers, identities)

    def of_buyer(self, buyer: Party) -> Client | None:
        """The customer an invoice goes to, by number or identity, never by name; None when the two disagree."""
        by_number = self.by_number.get(plain(buyer.customer_number)) if buyer.customer_number else None
        wanted = identity(buyer.business_id or buyer.vat_number)
        if by_number is None:
            return self.by_identity.get(wanted) if wanted else None
        own = {identity(by_number.business_id), identity(by_number.vat_number)} - {""}
        return None if wanted and own and wanted not in own else by_number


NO_CLIENTS = Clients({}, {})


def filled(invoice: Invoice, clients: Clients) -> tuple[Invoice, tuple[Fault, ...]]:
    """The completed invoice with its buyer's e-invoice (or e-mail) address from the register where it has none.

    The faults are warnings that tell what was put in. What the invoice has is never replaced: an operator of its own
    is completed only when the register's address is kept with the same one.
    """
    buyer, told = invoice.buyer, []
    client = clients.of_buyer(buyer)
    if client is not None and invoice.channel is Channel.E_INVOICE:
        target = _target(buyer.e_invoice, client.e_invoice)
        if target != buyer.e_invoice:
            buyer = replace(buyer, e_invoice=target)
            told.append(_told("e_address", "buyer.e_invoice.address", target.address, target.operator or "–"))
    elif client is not None and invoice.channel is Channel.EMAIL and client.email and not buyer.email:
        buyer = replace(buyer, email=client.email)
        told.append(_told("email", "buyer.email", client.email))
    return (replace(invoice, buyer=buyer), tuple(told)) if told else (invoice, ())


def _told(what: str, where: str, found: str, operator: str = "") -> Fault:
    return Fault(f"{what}.from_register", where, found, "", {"operator": operator} if operator else {}, warning=True)


def _target(own: EInvoiceAddress, known: EInvoiceAddress) -> EInvoiceAddress:
    """An address and its operator go together: one half is taken only beside an equal other half."""
    address, operator = own.address.strip(), own.operator.strip()
    if not known.address or (address and operator):
        return own
    pairs = ((address, known.address), (operator, known.operator))
    if any(mine and plain(mine) != plain(theirs) for mine, theirs in pairs):
        return own
    return EInvoiceAddress(operator or known.operator, address or known.address, own.ovt or known.ovt)
