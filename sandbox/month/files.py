"""The files that lie ready in the practice drawer: the month's invoices and bills, their papers, and three lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sandbox.month import lists, papers
from sandbox.month.by_bills import finvoice_bill, listed_bills
from sandbox.month.by_csv import csv_month
from sandbox.month.by_finvoice import finvoice_month
from sandbox.month.by_itself import framed_invoice
from sandbox.month.by_xlsx import xlsx_month
from sandbox.month.csv_file import BILLS, csv_file
from sandbox.month.days import Days, days
from sandbox.month.finvoice_file import finvoices, framed
from sandbox.month.story import Told
from sandbox.month.xlsx_file import xlsx_file


@dataclass(frozen=True, slots=True)
class MonthFile:
    """A file as it would be dropped; ``note`` says in one line what it is."""

    name: str
    content: bytes
    note: str


def files(today: date) -> tuple[MonthFile, ...]:
    """The files of the round invoiced on ``today``; the same bytes for the same day. Raises ValueError before 2026."""
    round_ = days(today)
    sorted_month = sorted(finvoice_month(round_), key=_number)
    rows = sorted(csv_month(round_), key=_number)
    sheet = sorted(xlsx_month(round_), key=_number)
    soap, theirs, listed = framed_invoice(round_), finvoice_bill(round_), listed_bills(round_)
    return (
        MonthFile(
            f"laskut-{round_.month}.xml",
            finvoices([told.invoice for told in sorted_month]),
            f"Finvoice 3.0, UTF-8: {_span(sorted_month)}, some with faults",
        ),
        MonthFile(
            f"lasku-{soap.invoice.number}-soap.xml",
            framed(soap.invoice),
            f"Finvoice behind a SOAP frame, ISO-8859-15: invoice {soap.invoice.number}",
        ),
        MonthFile(
            "projektilaskut.csv", csv_file(rows), f"CSV from Windows, Finnish headers: {_span(rows)}, one cell mistyped"
        ),
        MonthFile("fakturor.xlsx", xlsx_file(sheet), f"Excel, Swedish headers: {_span(sheet)}, customers abroad"),
        *_papers(round_),
        MonthFile(
            "ostolasku-KU-20451.xml", finvoices([theirs.invoice]), "Finvoice from a supplier: a bill, not a sale"
        ),
        MonthFile(
            "ostolaskut.csv", csv_file(listed, BILLS), f"CSV: {len(listed)} bills, one with a slip, one sent twice"
        ),
        *_bills_papers(listed),
        *_lists(),
    )


def _lists() -> tuple[MonthFile, ...]:
    return (
        MonthFile("henkilot.csv", lists.people(), "CSV, Finnish headers: the company’s sixty people"),
        MonthFile("projekt.xlsx", lists.projects(), "Excel, Swedish headers: the projects and who manages them"),
        MonthFile("customers.csv", lists.customers(), "CSV, English headers: customers and their e-invoice addresses"),
    )


def _number(told: Told) -> int:
    return int(told.invoice.number)


def _span(told: Sequence[Told]) -> str:
    return f"invoices {told[0].invoice.number} to {told[-1].invoice.number}"


def _bills_papers(listed: Sequence[Told]) -> tuple[MonthFile, ...]:
    named = next(told.invoice for told in listed if told.invoice.attachments)
    return (
        MonthFile(
            named.attachments[0].name,
            papers.pdf((f"Lasku {named.number}", named.seller.name, "Alihankintatyö 38,0 h", "Matkakulut")),
            f"PDF: the picture of bill {named.number}, which names it",
        ),
        MonthFile(
            "KU-20451.pdf",
            papers.pdf(("Lasku KU-20451", "Pilvipalvelu Kumpu Oy", "Pilvikapasiteetti", "Varmuuskopiointi")),
            "PDF: the picture of bill KU-20451, found by the number in its name",
        ),
    )


def _papers(round_: Days) -> tuple[MonthFile, ...]:
    month = round_.numbers
    hours = ("Petteri Koivisto  61,5 h", "Aino Laine  35,0 h", "Testaus  22,0 h", "Projektinhallinta  12,0 h")
    trips = ("Junamatkat 3 x 64,50 €", "Oma auto 412 km", f"Matkustaja: Outi Räsänen, {month}")
    leaks = ("Data-analytiikka 27,0 h", "Konsultointi 4,5 h")
    return (
        MonthFile(
            "1041-tuntierittely.pdf",
            papers.pdf(("Lasku 1041: tuntierittely", f"Aurinkolahden Kauppa Oy, {month}", *hours)),
            "PDF: the hours behind invoice 1041, which names it",
        ),
        MonthFile(
            "lasku 1046 matkat.pdf",
            papers.pdf(("Lasku 1046: matkat", "Pohjolan Metsätiedot Oy", *trips)),
            "PDF: travel behind invoice 1046, found by the number in its name",
        ),
        MonthFile(
            "Lasku_1066.pdf",
            papers.pdf(("Lasku 1066: työerittely", "Järviveden Vesilaitos", *leaks)),
            "PDF: work behind invoice 1066",
        ),
        MonthFile(
            "1072-matkaselvitys.docx",
            papers.docx(f"Matkaselvitys, lasku 1072: Tampere–Turku, {month}"),
            "Word: Procountor takes gif, jpg, pdf and txt only",
        ),
    )
