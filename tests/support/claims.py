"""Claims as the project system writes them: rows of a CSV file, with the people of the practice company."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

HEAD = (
    "Kululaskun numero;Kululaskun laji;Henkilönumero;Tekijä;Sähköposti;Luotu;Maksupäivä;Kululaji;Selite;Summa;Valuutta;"
    "Kurssi;ALV %;Määrä;Yksikkö;Yksikköhinta;Tuotekoodi;Maksutapa;Projekti;Kuitti;Reitti;Matkan tarkoitus;Matka alkoi;"
    "Matka päättyi"
)
OWN, CARD = "Oma raha", "Yrityskortti"
TYPES = {OWN: "own", CARD: "company"}
NUMBERS: Iterator[str] = (f"K{n}" for n in itertools.count(4001))


@dataclass(frozen=True, slots=True)
class Row:
    """One cost; the rest of the line is what the claim says on each of its rows."""

    day: date
    gross: str
    paid: str = OWN
    what: str = "Taksi"
    vat: str = "25,5"
    currency: str = ""
    rate: str = ""
    receipt: str = ""
    quantity: str = ""
    unit: str = ""
    price: str = ""
    code: str = ""


def claim(
    number: str, rows: Sequence[Row], *, who: tuple[str, str, str], created: date | None = None, trip: bool = False
) -> list[str]:
    """The lines of one claim of ``who`` (number, name, address)."""
    made = created or max(row.day for row in rows) + timedelta(days=1)
    first = rows[0].day
    there = (
        ("Helsinki – Tallinna – Helsinki", "Asiakastapaaminen", f"{first:%d.%m.%Y} 7.30", f"{first:%d.%m.%Y} 21.15")
        if trip
        else ("", "", "", "")
    )
    kind = "matkalasku" if trip else "kululasku"
    return [
        ";".join(
            (
                number, kind, *who, f"{made:%d.%m.%Y}", f"{row.day:%d.%m.%Y}", "Kulu", row.what, row.gross,
                row.currency, row.rate, row.vat, row.quantity, row.unit, row.price, row.code, row.paid, "P-1001",
                row.receipt, *there,
            )
        )
        for row in rows
    ]  # fmt: skip


def file(*claims: list[str]) -> bytes:
    return "\n".join([HEAD, *itertools.chain.from_iterable(claims)]).encode()
