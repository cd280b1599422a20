"""The month's claims in the practice drawer: own and company money, a trip, one to mend, and their receipts."""

from __future__ import annotations

from datetime import date, timedelta

from sandbox.month import papers
from sandbox.month.files import MonthFile
from sandbox.month.staff import Employee, employees

_HEAD = (
    "Kululaskun numero;Kululaskun laji;Henkilönumero;Tekijä;Luotu;Maksupäivä;Kululaji;Selite;Summa;Valuutta;Summa EUR;"
    "ALV %;Määrä;Yksikkö;Yksikköhinta;Tuotekoodi;Maksutapa;Kuitti;Reitti;Matkan tarkoitus;Matka alkoi;Matka päättyi"
)
_TRIP = "Helsinki – Turku – Helsinki;Asiakastapaaminen"
_TYPES = "Maksutapa;Kenen raha\r\nOma raha;oma\r\nYrityskortti;yritys\r\n"


def claim_files(today: date) -> tuple[MonthFile, ...]:
    """The files of the claims made by ``today``; the same bytes for the same day."""
    emma = next(e for e in employees() if e.name == "Emma Clarke")
    mikael = next(e for e in employees() if e.name == "Mikael Lindqvist")
    first, second, third = (today - timedelta(days=back) for back in (9, 8, 6))
    rows = [
        _row("K2001", "kululasku", emma, today, first, "Taksi asemalle", "24,00", "10", "Oma raha", "K2001-taksi.pdf"),
        _row("K2001", "kululasku", emma, today, second, "Suunnitteluohjelma", "125,50", "25,5", "Yrityskortti",
             "K2001-ohjelma.pdf"),
        _row("K2001", "kululasku", emma, today, third, "Hotelli Tukholmassa", "1130,00", "", "Oma raha",
             "K2001-hotelli.pdf", money="SEK;100,00"),
        _row("M2002", "matkalasku", mikael, today, second, "Kilometrikorvaus", "66,00", "", "Oma raha", "",
             many="120;km;0,55;KM", trip=f"{_TRIP};{_day(second)} 7.30;{_day(second)} 19.05"),
        _row("K2003", "kululasku", mikael, today, third, "Asiakaslounas", "61,50", "13,5", "Lounaskortti", "K2003.pdf"),
    ]  # fmt: skip
    told = "\r\n".join([_HEAD, *rows]) + "\r\n"
    receipts = (
        ("K2001-taksi.pdf", ("Taksi Helsinki Oy", "24,00 €")),
        ("K2001-ohjelma.pdf", ("Ohjelmakauppa Oy", "125,50 €")),
        ("K2001-hotelli.pdf", ("Hotell Gamla Stan", "1 130,00 SEK")),
        ("K2003.pdf", ("Ravintola Satama", "61,50 €")),
    )
    note = "CSV, Finnish headers: three claims, own and company money mixed, one payment type that nobody has mapped"
    return (
        MonthFile("kululaskut.csv", told.encode(), note),
        MonthFile("maksutavat.csv", _TYPES.encode(), "CSV: whose money the payment types are"),
        *(MonthFile(name, papers.pdf(lines), f"PDF: a receipt of claim {name[:5]}") for name, lines in receipts),
    )


def _row(
    number: str, kind: str, who: Employee, made: date, day: date, what: str, gross: str, vat: str, paid: str,
    receipt: str, *, money: str = ";", many: str = ";;;", trip: str = ";;;",
) -> str:  # fmt: skip
    whose = f"{who.number};{who.name}"
    start = f"{number};{kind};{whose};{_day(made)};{_day(day)};{what};{what};{gross}"
    return f"{start};{money};{vat};{many};{paid};{receipt};{trip}"


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
