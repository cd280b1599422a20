"""The project system's lists: people (Finnish CSV), projects (a Swedish workbook), customers (English CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from finance.projects import Project
from sandbox.month import registers, staff
from sandbox.month.xlsx_file import workbook
from sandbox.procountor.seed_registers import PROJECTS

_MANAGERS = ("Mikael Lindqvist", "Jussi Heikkinen", "Sofia Nyman", "Maria Saarinen")
_UNKNOWN = {"P-1009": "Timo Tuntematon"}  # a manager who is on no list
_CLOSED = frozenset({"P-1008"})
_WIND = "P-1012"  # our own


def people() -> bytes:
    """Everybody, also the two who have left; Windows-1252 and semicolons."""
    head = ("Henkilönumero", "Nimi", "Sähköposti", "Esihenkilö", "Tunnus taloushallinnossa", "Tila")
    boss = staff.employees()[1].number
    rows = [
        (
            e.number,
            e.name,
            e.email,
            "" if e.number == boss else boss,
            e.personal_id,
            "Aktiivinen" if e.active else "Poistunut",
        )
        for e in staff.employees()
    ]
    return _csv(head, rows, ";").encode("windows-1252")


def projects() -> bytes:
    """The projects that bills are directed by, one of them with a manager nobody knows."""
    rows = [[p.number, p.name, p.manager, "Pågående" if p.open else "Avslutat"] for p in led()]
    fields = ("number", "name", "manager", "state")
    return workbook(("Projektnummer", "Projektnamn", "Projektledare", "Status"), fields, rows)


def led() -> list[Project]:
    """The same as the company knows them."""
    told = [text.partition(" ") for text in PROJECTS]
    return [
        Project(number, name, _UNKNOWN.get(number, _MANAGERS[place % len(_MANAGERS)]), open=number not in _CLOSED)
        for place, (number, _, name) in enumerate(told)
    ]


def customers() -> bytes:
    """The customers with where their e-invoices go; UTF-8 and commas."""
    head = (
        *("Customer number", "Customer name", "Business ID", "VAT number", "Email", "E-invoice address"),
        *("E-invoice operator", "Street", "Postal code", "City", "Country"),
    )
    rows = [
        (
            *(c.customer_number, c.name, c.business_id, c.vat_number, c.email, c.e_invoice.address),
            *(c.e_invoice.operator, c.address.street, c.address.post_code, c.address.city, c.address.country),
        )
        for c in registers.customers()
    ]
    return _csv(head, rows, ",").encode()


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str) -> str:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return written.getvalue()
