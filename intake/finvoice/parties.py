"""Seller, buyer, where the invoice is sent and where the goods went: the party elements of Finvoice."""

from __future__ import annotations

from dataclasses import dataclass, field

from finance.invoice import Address, EInvoiceAddress, Party
from intake.codes import country_code
from intake.finvoice.nodes import Element, Source
from intake.text import one_line


@dataclass(frozen=True, slots=True)
class Routing:
    """Sender and receiver of the message, from the SOAP frame that stood before the document."""

    sender: EInvoiceAddress = field(default_factory=EInvoiceAddress)
    receiver: EInvoiceAddress = field(default_factory=EInvoiceAddress)


def routing(envelope: Element) -> Routing:
    """The addresses of a SOAP frame: From and To, each twice, told apart by Role."""
    return Routing(_frame_address(envelope, "From", "Sender"), _frame_address(envelope, "To", "Receiver"))


def _frame_address(envelope: Element, side: str, role: str) -> EInvoiceAddress:
    found = {}
    for party in envelope.iter(side):
        who = (party.findtext("Role") or "").strip().casefold()
        found[who] = " ".join((party.findtext("PartyId") or "").split())
    return EInvoiceAddress(found.get("intermediator", ""), found.get(role.casefold(), ""))


def seller(source: Source, frame: Routing) -> Party:
    """The seller, with its own e-invoice address."""
    root = source.root
    sender = root.find("MessageTransmissionDetails/MessageSenderDetails")
    ovt = source.text(root, "SellerOrganisationUnitNumber")
    return Party(
        name=_name(source, "Seller"),
        business_id=source.text(root, "SellerPartyDetails/SellerPartyIdentifier"),
        vat_number=source.text(root, "SellerPartyDetails/SellerOrganisationTaxCode"),
        customer_number=source.text(root, "InvoiceDetails/BuyersSellerIdentifier"),
        contact_person=source.text(root, "SellerContactPersonName"),
        email=source.text(
            root,
            "SellerCommunicationDetails/SellerEmailaddressIdentifier",
            "SellerInformationDetails/SellerCommonEmailaddressIdentifier",
        ),
        phone=source.text(
            root,
            "SellerCommunicationDetails/SellerPhoneNumberIdentifier",
            "SellerInformationDetails/SellerPhoneNumber",
        ),
        address=address(source, "Seller") or Address(),
        e_invoice=EInvoiceAddress(
            source.text(sender, "FromIntermediator") or frame.sender.operator,
            source.text(sender, "FromIdentifier") or frame.sender.address or ovt,
            ovt,
        ),
    )


def buyer(source: Source, frame: Routing) -> Party:
    """The buyer, with the e-invoice address of whoever receives the invoice for it."""
    root = source.root
    return Party(
        name=_name(source, "Buyer"),
        business_id=source.text(root, "BuyerPartyDetails/BuyerPartyIdentifier"),
        vat_number=source.text(root, "BuyerPartyDetails/BuyerOrganisationTaxCode"),
        customer_number=source.text(root, "InvoiceDetails/SellersBuyerIdentifier", "BuyerPartyDetails/BuyerCode"),
        contact_person=source.text(root, "BuyerContactPersonName"),
        email=source.text(
            root,
            "BuyerCommunicationDetails/BuyerEmailaddressIdentifier",
            "InvoiceRecipientCommunicationDetails/InvoiceRecipientEmailaddressIdentifier",
        ),
        phone=source.text(
            root,
            "BuyerCommunicationDetails/BuyerPhoneNumberIdentifier",
            "InvoiceRecipientCommunicationDetails/InvoiceRecipientPhoneNumberIdentifier",
        ),
        address=address(source, "Buyer") or Address(),
        e_invoice=_receiving(source, frame),
    )


def _receiving(source: Source, frame: Routing) -> EInvoiceAddress:
    """Message details, then the SOAP frame, then the recipient's OVT, then the buyer's own."""
    receiver = source.root.find("MessageTransmissionDetails/MessageReceiverDetails")
    ovt = source.text(source.root, "BuyerOrganisationUnitNumber")
    recipient = source.text(source.root, "InvoiceRecipientOrganisationUnitNumber")
    return EInvoiceAddress(
        source.text(receiver, "ToIntermediator") or frame.receiver.operator,
        source.text(receiver, "ToIdentifier") or frame.receiver.address or recipient or ovt,
        recipient or ovt,
    )


def address(source: Source, side: str) -> Address | None:
    """The postal address of ``side`` ("Seller", "Buyer", "Delivery", "InvoiceRecipient"); None when there is none.

    Departments and a post office box beside a street become the specifier; a box alone stands as the street.
    """
    party = source.root.find(f"{side}PartyDetails")
    if party is None:
        return None
    place = party.find(f"{side}PostalAddressDetails")
    prefix = "InvoiceRecipientDepartment" if side == "InvoiceRecipient" else f"{side}OrganisationDepartment"
    street = ", ".join(one_line(t) for t in source.texts(place, f"{side}StreetName"))
    box = source.text(place, f"{side}PostOfficeBoxIdentifier", f"{side}PostofficeBoxIdentifier")
    special = [*source.texts(party, prefix), *([box] if box and street and box not in street else [])]
    return Address(
        name=_name(source, side),
        specifier=", ".join(special),
        street=street or box,
        post_code=source.text(place, f"{side}PostCodeIdentifier"),
        city=source.text(place, f"{side}TownName"),
        country=_country(source, place, side),
        subdivision=source.text(place, f"{side}CountrySubdivision"),
    )


def delivery(source: Source) -> Address | None:
    """The delivery party's address; None when the document has none worth carrying."""
    found = address(source, "Delivery")
    return found if found and found != Address() else None


def recipient(source: Source) -> Address | None:
    """The billing address: the invoice recipient when it is somebody else than the buyer."""
    found = address(source, "InvoiceRecipient")
    return found if found and found != Address() else None


def _country(source: Source, place: Element | None, side: str) -> str:
    for path in ("CountryCode", "CountryName"):
        text = source.text(place, path)
        code = country_code(text)
        if code:
            return code
        if code is None and place is not None:
            at = place.find(path)
            source.fault("intake.element.country", at, f"{side.lower()}.address.country", text, "FI", warning=True)
    return ""


def _name(source: Source, side: str) -> str:
    """The organisation's name; a long one is divided over several elements."""
    return " ".join(" ".join(source.texts(source.root, f"{side}PartyDetails/{side}OrganisationName")).split())
