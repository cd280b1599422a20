"""Documents in small, for the tests of reading: each function gives the bytes of one file."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from intake.reading import Owner, Reading, read

SELLER = Owner("Metsäpolku Konsultointi Oy", "2077474-0")
BUYER = Owner("Rantatie Kauppa Oy", "0201256-6")
FILES = Path(__file__).parent / "files"

ROW = """<InvoiceRow><ArticleName>Työ</ArticleName><InvoicedQuantity QuantityUnitCode="h">2</InvoicedQuantity>
<UnitPriceAmount AmountCurrencyIdentifier="EUR">50,00</UnitPriceAmount>{extra}
<RowVatRatePercent>25,5</RowVatRatePercent></InvoiceRow>"""

SOAP = """<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:eb="http://www.oasis-open.org/committees/ebxml-msg/schema/msg-header-2_0.xsd"><SOAP-ENV:Header>
<eb:MessageHeader><eb:From><eb:PartyId>003720774740</eb:PartyId><eb:Role>Sender</eb:Role></eb:From>
<eb:From><eb:PartyId>NDEAFIHH</eb:PartyId><eb:Role>Intermediator</eb:Role></eb:From>
<eb:To><eb:PartyId>{to}</eb:PartyId><eb:Role>Receiver</eb:Role></eb:To>
<eb:To><eb:PartyId>003723327487</eb:PartyId><eb:Role>Intermediator</eb:Role></eb:To></eb:MessageHeader>
</SOAP-ENV:Header><SOAP-ENV:Body>{body}</SOAP-ENV:Body></SOAP-ENV:Envelope>
"""


def finvoice(
    number: str = "1042",
    *,
    details: str = "",
    rows: str | None = None,
    extra: str = "",
    root: str = "",
    epi: str = "",
    kind: str = "INV01",
    day: str = "20260930",
    seller: str = "2077474-0",
    name: str = "Metsäpolku Konsultointi Oy",
    buyer: str = "0201256-6",
    totals: str | None = None,
    version: str = "3.0",
    encoding: str = "UTF-8",
) -> bytes:
    """A small Finvoice; ``details`` goes into InvoiceDetails, ``extra`` into its row, ``root`` under Finvoice."""
    if totals is None:
        totals = '<InvoiceTotalVatIncludedAmount AmountCurrencyIdentifier="EUR">125,50</InvoiceTotalVatIncludedAmount>'
    text = f"""<?xml version="1.0" encoding="{encoding}"?>
<Finvoice Version="{version}">
<SellerPartyDetails><SellerPartyIdentifier>{seller}</SellerPartyIdentifier>
<SellerOrganisationName>{name}</SellerOrganisationName></SellerPartyDetails>
<BuyerPartyDetails><BuyerPartyIdentifier>{buyer}</BuyerPartyIdentifier>
<BuyerOrganisationName>Rantatie Kauppa Oy</BuyerOrganisationName></BuyerPartyDetails>
<InvoiceDetails><InvoiceTypeCode>{kind}</InvoiceTypeCode><InvoiceTypeText>TYYPPI</InvoiceTypeText>
<InvoiceNumber>{number}</InvoiceNumber><InvoiceDate Format="CCYYMMDD">{day}</InvoiceDate>
{totals}{details}</InvoiceDetails>
{ROW.format(extra=extra) if rows is None else rows}
{epi}{root}
</Finvoice>
"""
    return text.encode(encoding)


HEADERS = "Laskun numero;Laskupäivä;Eräpäivä;Asiakas;Y-tunnus;Tuote;Kuvaus;Määrä;Yksikkö;A-hinta;ALV %"
LINE = "1042;30.9.2026;14.10.2026;Rantatie Kauppa Oy;0201256-6;Työ;;2;h;50,00;25,5"


def table(*rows: str, headers: str = HEADERS) -> bytes:
    """A CSV file of ``rows`` under ``headers``."""
    return "\n".join((headers, *rows)).encode()


def workbook(
    rows: Sequence[Sequence[Any]], *, top: int = 0, sheets: Mapping[str, Sequence[Sequence[Any]]] | None = None
) -> bytes:
    """An XLSX file; days are written as dates. ``sheets`` come before the sheet of ``rows``."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        as_day = book.add_format({"num_format": "d.m.yyyy"})
        for title, lines in {**(sheets or {}), "Laskut": rows}.items():
            sheet = book.add_worksheet(title)
            for r, line in enumerate(lines, start=top):
                for c, value in enumerate(line):
                    if isinstance(value, date | datetime):
                        sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), as_day)
                    else:
                        sheet.write(r, c, value)
    return content.getvalue()


def read_one(content: bytes, owner: Owner = SELLER, name: str = "aineisto", **options: Any) -> Reading:
    """What a file gives, read as ``owner``'s."""
    return read(name, content, owner, **options)


def codes(reading: Reading) -> list[str]:
    """The codes of the faults, in order."""
    return [fault.code for fault in reading.faults]
