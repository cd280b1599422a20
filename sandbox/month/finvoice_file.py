"""Invoices as Finvoice 3.0, one document after another, also behind a SOAP frame as banks and operators pass them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from finance.invoice import Address, EInvoiceAddress, Invoice, Party
from finance.totals import totals
from sandbox.month.finvoice_row import fill_row, number, put, put_day, put_money

_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation"
_FRAME = """<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"\
 xmlns:eb="http://www.oasis-open.org/committees/ebxml-msg/schema/msg-header-2_0.xsd">
<SOAP-ENV:Header>
<eb:MessageHeader SOAP-ENV:mustUnderstand="1" eb:id="{id}">
<eb:From><eb:PartyId>{sender.address}</eb:PartyId><eb:Role>Sender</eb:Role></eb:From>
<eb:From><eb:PartyId>{sender.operator}</eb:PartyId><eb:Role>Intermediator</eb:Role></eb:From>
<eb:To><eb:PartyId>{receiver.address}</eb:PartyId><eb:Role>Receiver</eb:Role></eb:To>
<eb:To><eb:PartyId>{receiver.operator}</eb:PartyId><eb:Role>Intermediator</eb:Role></eb:To>
<eb:Service>Routing</eb:Service>
<eb:Action>ProcessInvoice</eb:Action>
<eb:MessageData><eb:MessageId>{id}</eb:MessageId><eb:Timestamp>{day}T08:15:00+02:00</eb:Timestamp></eb:MessageData>
</eb:MessageHeader>
</SOAP-ENV:Header>
<SOAP-ENV:Body/>
</SOAP-ENV:Envelope>
"""


def finvoices(invoices: Sequence[Invoice], encoding: str = "UTF-8") -> bytes:
    """A file of Finvoice documents, each with its own XML declaration."""
    return "".join(_document(invoice, encoding) for invoice in invoices).encode(encoding)


def framed(invoice: Invoice, encoding: str = "ISO-8859-15") -> bytes:
    """One Finvoice after its SOAP frame; the addresses stand in the frame only."""
    sender, receiver = invoice.seller.e_invoice, invoice.buyer.e_invoice
    frame = _FRAME.format(id=f"MSG-{invoice.number}", sender=sender, receiver=receiver, day=invoice.issued)
    return (frame + _document(invoice, encoding, routed=False)).encode(encoding)


def _document(invoice: Invoice, encoding: str, *, routed: bool = True) -> str:
    root = Element("Finvoice", {"Version": "3.0", _SCHEMA: "Finvoice3.0.xsd"})
    if routed:
        _transmission(root, invoice)
    _seller(root, invoice)
    put(root, "InvoiceRecipientLanguageCode", invoice.language.upper())
    _party(root, "Buyer", invoice.buyer)
    put(root, "BuyerOrganisationUnitNumber", invoice.buyer.e_invoice.ovt)
    put(root, "BuyerContactPersonName", invoice.buyer.contact_person)
    if invoice.buyer.email:
        put(SubElement(root, "BuyerCommunicationDetails"), "BuyerEmailaddressIdentifier", invoice.buyer.email)
    if invoice.delivery_start and invoice.delivery_end:
        period = SubElement(SubElement(root, "DeliveryDetails"), "DeliveryPeriodDetails")
        put_day(period, "StartDate", invoice.delivery_start)
        put_day(period, "EndDate", invoice.delivery_end)
    _details(SubElement(root, "InvoiceDetails"), invoice)
    for place, line in enumerate(invoice.lines, start=1):
        fill_row(SubElement(root, "InvoiceRow"), line, place, invoice)
    _payment(SubElement(root, "EpiDetails"), invoice)
    for attachment in invoice.attachments:
        put(root, "InvoiceUrlText", f"file://{attachment.name}")
    indent(root)
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{tostring(root, "unicode")}\n'


def _transmission(root: Element, invoice: Invoice) -> None:
    details = SubElement(root, "MessageTransmissionDetails")
    for side, word, party in (("Sender", "From", invoice.seller), ("Receiver", "To", invoice.buyer)):
        target: EInvoiceAddress = party.e_invoice
        at = SubElement(details, f"Message{side}Details")
        put(at, f"{word}Identifier", target.address)
        put(at, f"{word}Intermediator", target.operator)
    message = SubElement(details, "MessageDetails")
    put(message, "MessageIdentifier", f"MSG-{invoice.number}")
    put(message, "MessageTimeStamp", f"{invoice.issued}T08:15:00+02:00")


def _seller(root: Element, invoice: Invoice) -> None:
    seller, payment = invoice.seller, invoice.payment
    _party(root, "Seller", seller)
    put(root, "SellerOrganisationUnitNumber", seller.e_invoice.ovt)
    put(root, "SellerContactPersonName", seller.contact_person)
    if seller.email:
        put(SubElement(root, "SellerCommunicationDetails"), "SellerEmailaddressIdentifier", seller.email)
    account = SubElement(SubElement(root, "SellerInformationDetails"), "SellerAccountDetails")
    put(account, "SellerAccountID", payment.iban, IdentificationSchemeName="IBAN")
    put(account, "SellerBic", payment.bic, IdentificationSchemeName="BIC")


def _party(root: Element, side: str, party: Party) -> None:
    details = SubElement(root, f"{side}PartyDetails")
    put(details, f"{side}PartyIdentifier", party.business_id)
    put(details, f"{side}OrganisationName", party.name)
    put(details, f"{side}OrganisationTaxCode", party.vat_number)
    address: Address = party.address
    place = SubElement(details, f"{side}PostalAddressDetails")
    put(place, f"{side}StreetName", address.street)
    put(place, f"{side}TownName", address.city)
    put(place, f"{side}PostCodeIdentifier", address.post_code)
    put(place, "CountryCode", address.country)


def _details(at: Element, invoice: Invoice) -> None:
    credit = bool(invoice.credited_number)
    put(at, "InvoiceTypeCode", "INV02" if credit else "INV01")
    put(at, "InvoiceTypeText", "HYVITYSLASKU" if credit else "LASKU")
    put(at, "OriginCode", "Original")
    put(at, "InvoiceNumber", invoice.number)
    put_day(at, "InvoiceDate", invoice.issued)
    put(at, "OriginalInvoiceNumber", invoice.credited_number)
    put(at, "SellerReferenceIdentifier", invoice.seller_reference)
    put(at, "SellersBuyerIdentifier", invoice.buyer.customer_number)
    put(at, "OrderIdentifier", invoice.order_reference)
    put(at, "AgreementIdentifier", invoice.agreement)
    put(at, "BuyerReferenceIdentifier", invoice.buyer_reference)
    put(at, "ProjectReferenceIdentifier", invoice.project)
    _sums(at, invoice)
    put(at, "InvoiceFreeText", invoice.note)
    terms = SubElement(at, "PaymentTermsDetails")
    put(terms, "PaymentTermsFreeText", invoice.payment.terms)
    put_day(terms, "InvoiceDueDate", invoice.payment.due)
    if invoice.payment.penalty_percent is not None:
        fine = SubElement(terms, "PaymentOverDueFineDetails")
        put(fine, "PaymentOverDueFinePercent", number(invoice.payment.penalty_percent))


def _sums(at: Element, invoice: Invoice) -> None:
    """The totals; what the invoice claims wins over what its rows come to."""
    sums, stated = totals(invoice), invoice.stated
    put_money(at, "InvoiceTotalVatExcludedAmount", sums.net if stated.net is None else stated.net, invoice)
    put_money(at, "InvoiceTotalVatAmount", sums.vat if stated.vat is None else stated.vat, invoice)
    put_money(at, "InvoiceTotalVatIncludedAmount", _asked(invoice), invoice)
    put(at, "NormalProposedAccountIdentifier", invoice.account)
    put(at, "AccountDimensionText", invoice.cost_centre)
    for rate in sums.rates:
        details = SubElement(at, "VatSpecificationDetails")
        put_money(details, "VatBaseAmount", rate.net, invoice)
        put(details, "VatRatePercent", number(rate.percent))
        put(details, "VatCode", rate.category or ("S" if rate.percent else ""))
        put_money(details, "VatRateAmount", rate.vat, invoice)


def _asked(invoice: Invoice) -> Decimal:
    return totals(invoice).gross if invoice.stated.gross is None else invoice.stated.gross


def _payment(at: Element, invoice: Invoice) -> None:
    payment = invoice.payment
    told = SubElement(at, "EpiIdentificationDetails")
    put_day(told, "EpiDate", invoice.issued)
    SubElement(told, "EpiReference").text = payment.reference
    parties = SubElement(at, "EpiPartyDetails")
    put(SubElement(parties, "EpiBfiPartyDetails"), "EpiBfiIdentifier", payment.bic, IdentificationSchemeName="BIC")
    beneficiary = SubElement(parties, "EpiBeneficiaryPartyDetails")
    put(beneficiary, "EpiNameAddressDetails", invoice.seller.name)
    put(beneficiary, "EpiAccountID", payment.iban, IdentificationSchemeName="IBAN")
    order = SubElement(at, "EpiPaymentInstructionDetails")
    scheme = "ISO" if payment.reference.startswith("RF") else "SPY"
    put(order, "EpiRemittanceInfoIdentifier", payment.reference, IdentificationSchemeName=scheme)
    put_money(order, "EpiInstructedAmount", max(_asked(invoice), Decimal(0)), invoice)
    put(order, "EpiCharge", "SHA", ChargeOption="SHA")
    put_day(order, "EpiDateOptionDate", payment.due)
