"""A file of Finvoice documents, each read by itself: one that cannot be read does not take the others with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

from finance.faults import Fault
from finance.invoice import Attachment, Invoice, Kind, Line
from intake.finvoice import parties, totals
from intake.finvoice.frames import Frame, frames
from intake.finvoice.nodes import Element, Source, source_line
from intake.finvoice.payment import check_payable, payment
from intake.finvoice.rows import RowRead, rows
from intake.finvoice.trees import Refused, tree
from intake.ownership import Owner, which_way
from intake.text import one_line, shown

MOST_DOCUMENTS = 5000
_D = "InvoiceDetails"
_VERSIONS = frozenset({"1.0", "1.1", "1.2", "1.3", "2.0", "2.01", "3.0", ""})
_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def read_finvoice(
    name: str, content: bytes, owner: Owner, units: Mapping[str, str], direction: Kind | None
) -> tuple[list[Invoice], list[Fault]]:
    """The invoices of a file, and what is wrong: a document with a fault that is no warning is left out."""
    documents: list[Invoice] = []
    faults: list[Fault] = []
    route = parties.Routing()
    for count, frame in enumerate(frames(name, content)):
        if count >= 2 * MOST_DOCUMENTS or len(documents) > MOST_DOCUMENTS:
            return [], [Fault("intake.too_many_documents", "", f"> {MOST_DOCUMENTS}", str(MOST_DOCUMENTS), file=name)]
        faults.extend(frame.faults)
        try:
            root = tree(name, frame)
        except Refused as refused:
            faults.append(refused.fault)
            continue
        found = [root] if root.tag == "Finvoice" else list(root.iter("Finvoice"))
        if root.tag == "Envelope":
            route = parties.routing(root)
        elif not found:
            faults.append(_other(name, frame, root))
        for element in found:
            source = Source(name, element, frame.lines_before)
            invoice = _Document(source, route, owner, units, direction).read()
            documents.extend([invoice] if invoice else [])
            faults.extend(source.faults)
            route = parties.Routing()
    return documents, faults or ([] if documents else [Fault("intake.no_invoice", file=name)])


def _other(name: str, frame: Frame, root: Element) -> Fault:
    found = shown(str(root.tag))
    line = frame.lines_before + source_line(root)
    return Fault("intake.xml_other", "", found, "Finvoice", {"line": line}, file=name, place=found)


class _Document:
    """One Finvoice element on its way to an invoice."""

    def __init__(
        self, source: Source, route: parties.Routing, owner: Owner, units: Mapping[str, str], direction: Kind | None
    ) -> None:
        self.source, self.root = source, source.root
        self.route, self.owner, self.units, self.direction = route, owner, units, direction

    def read(self) -> Invoice | None:
        """The invoice, or None when a fault stops it."""
        source = self.source
        source.number = source.text(self.root, f"{_D}/InvoiceNumber")
        credit = self._type()
        issued = source.day_at(self.root, f"{_D}/InvoiceDate", where="issued")
        self._required(issued)
        invoice = self._invoice(issued or date.min, rows(source, self.units))
        if credit:
            invoice = totals.as_credit(source, replace(invoice, credited_number=totals.credited(source)))
        check_payable(source, invoice.stated.gross)
        kind, faults = which_way(invoice.seller, invoice.buyer, self.owner, self.direction, source.file)
        source.faults.extend(replace(f, facts={"number": source.number or "–", **f.facts}) for f in faults)
        if kind is None or any(not fault.warning for fault in source.faults):
            return None
        return replace(invoice, kind=kind)

    def _required(self, issued: date | None) -> None:
        source = self.source
        if not source.number:
            source.fault("intake.missing", self.root.find(_D), "number", field=f"{_D}/InvoiceNumber")
        if issued is None and not source.text(self.root, f"{_D}/InvoiceDate"):
            source.fault("intake.missing", self.root.find(_D), "issued", field=f"{_D}/InvoiceDate")

    def _type(self) -> bool:
        """Whether it is a credit note; notes a fault when it is no invoice at all."""
        source, root = self.source, self.root
        version = one_line(root.get("Version", ""))
        if version not in _VERSIONS:
            source.fault("intake.version", root, "", version, "1.2 – 3.0", warning=True)
        code = source.text(root, f"{_D}/InvoiceTypeCode").upper() or "INV01"
        text = source.text(root, f"{_D}/InvoiceTypeText")
        if code not in {"INV01", "INV02"}:
            at = root.find(f"{_D}/InvoiceTypeCode")
            source.fault("intake.not_invoice", at, "", f"{code} {text}".strip(), "INV01, INV02", type=text or code)
        if source.text(root, f"{_D}/OriginCode").casefold() == "cancel":
            source.fault("intake.cancelled", root.find(f"{_D}/OriginCode"), "", "Cancel")
        return code == "INV02"

    def _invoice(self, issued: date, read: list[RowRead]) -> Invoice:
        source, root = self.source, self.root
        start, end = self._delivered()
        lines = tuple(r.line for r in read)
        extra, percent = totals.whole_discount(source, lines)
        return Invoice(
            number=source.number,
            issued=issued,
            seller=parties.seller(source, self.route),
            buyer=parties.buyer(source, self.route),
            billing_address=parties.recipient(source),
            delivery_address=parties.delivery(source),
            lines=lines + extra,
            payment=payment(source, issued if issued != date.min else None),
            stated=totals.stated(source),
            language=source.text(root, "InvoiceRecipientLanguageCode").casefold(),
            prices_include_vat=self._with_vat(read, extra),
            discount_percent=percent,
            delivery_start=start,
            delivery_end=end,
            account=source.text(root, f"{_D}/NormalProposedAccountIdentifier", f"{_D}/ShortProposedAccountIdentifier"),
            cost_centre=source.text(root, f"{_D}/AccountDimensionText"),
            project=source.text(root, f"{_D}/ProjectReferenceIdentifier"),
            order_reference=source.text(root, f"{_D}/OrderIdentifier"),
            buyer_reference=source.text(root, f"{_D}/BuyerReferenceIdentifier"),
            seller_reference=source.text(root, f"{_D}/SellerReferenceIdentifier"),
            agreement=source.text(root, f"{_D}/AgreementIdentifier"),
            note=self._note(),
            attachments=self._attachments(),
        )

    def _with_vat(self, read: list[RowRead], extra: tuple[Line, ...]) -> bool:
        priced = {r.gross_price for r in read if r.gross_price is not None}
        if len(priced) > 1 or (True in priced and extra):
            self.source.fault("intake.mixed_prices", self.root.find("InvoiceRow"), "prices_include_vat")
        if not read:
            self.source.fault("intake.no_rows", None, "lines")
        return True in priced

    def _delivered(self) -> tuple[date | None, date | None]:
        """The delivery period; else the delivery day; else the invoicing period."""
        source = self.source
        details = self.root.find("DeliveryDetails")
        day = source.day_at(details, "DeliveryDate", where="delivery_start")
        start = source.day_at(details, "DeliveryPeriodDetails/StartDate", where="delivery_start")
        end = source.day_at(details, "DeliveryPeriodDetails/EndDate", where="delivery_end")
        if day or start or end:
            return start or day or end, end or day or start
        head = self.root.find(_D)
        start = source.day_at(head, "InvoicingPeriodStartDate", where="delivery_start")
        end = source.day_at(head, "InvoicingPeriodEndDate", where="delivery_end")
        return start or end, end or start

    def _note(self) -> str:
        texts = [
            *self.source.texts(self.root, f"{_D}/InvoiceFreeText"),
            *self.source.texts(self.root, f"{_D}/InvoiceVatFreeText"),
            *self.source.texts(self.root, f"{_D}/VatSpecificationDetails/VatFreeText"),
            *self.source.texts(self.root, "SpecificationDetails/SpecificationFreeText"),
        ]
        return "\n".join(dict.fromkeys(texts))

    def _attachments(self) -> tuple[Attachment, ...]:
        """Names of files that belong to the invoice; the links themselves are never followed."""
        names = []
        for text in self.source.texts(self.root, "InvoiceUrlText"):
            scheme, _, path = text.partition("://") if _LINK.match(text) else ("file", "", text)
            if scheme.casefold() == "file":
                name = one_line(re.split(r"[/\\]", unquote(path))[-1])
                names.extend([name] if "." in name.strip(".") else [])
        return tuple(Attachment(name) for name in dict.fromkeys(names))
