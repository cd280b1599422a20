"""Claims of the project system out of CSV and XLSX: each cost exact, nothing guessed, a bad row holds its claim."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from intake_samples import codes, read_one, table, workbook

from finance.claim import Claimant, ClaimKind
from finance.claim_documents import documents
from finance.invoice import Kind
from intake.tables.claim_heads import ZONE

HEAD = "Kululaskun numero;Henkilönumero;Tekijä;Luotu;Maksupäivä;Kululaji;Selite;Summa;ALV %;Maksutapa;Kuitti"
ONE = "K12;E7;Emma Clarke;18.5.2026;12.5.2026;Taksi;Asemalle;24,00;10;Oma raha;a.pdf"
TWO = "K12;E7;Emma Clarke;18.5.2026;13.5.2026;Fontit;;100,00;25,5;Visa;b.pdf, c.jpg"
SWEDISH = "Reseräkningsnummer;Anställningsnummer;Betalningsdag;Beskrivning;Belopp;Moms %;Betalningssätt"
ENGLISH = "Claim number;Employee;Transaction date;Expense description;Gross amount;VAT %;Paid with"


def test_the_rows_of_a_claim_are_its_costs() -> None:
    reading = read_one(table(ONE, TWO, headers=HEAD))
    assert reading.faults == ()
    (claim,) = reading.claims
    assert (claim.number, claim.kind, claim.created) == ("K12", ClaimKind.EXPENSE, date(2026, 5, 18))
    assert claim.claimant == Claimant("E7", "Emma Clarke")
    assert [(c.day, c.gross, c.vat_percent, c.payment_type) for c in claim.costs] == [
        (date(2026, 5, 12), Decimal(24), Decimal(10), "Oma raha"),
        (date(2026, 5, 13), Decimal(100), Decimal("25.5"), "Visa"),
    ]
    assert [[a.name for a in c.receipts] for c in claim.costs] == [["a.pdf"], ["b.pdf", "c.jpg"]]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (SWEDISH, "R5;E7;12.5.2026;Taxi;24,00;10;Egna pengar"),
        (ENGLISH, "R5;E7;2026-05-12;Taxi;24.00;10;Own money"),
    ],
)
def test_headers_in_the_other_languages(head: str, row: str) -> None:
    (claim,) = read_one(table(row, headers=head)).claims
    assert (claim.number, claim.costs[0].day, claim.costs[0].gross) == ("R5", date(2026, 5, 12), Decimal(24))


def test_a_workbook_with_typed_cells() -> None:
    rows = [
        HEAD.split(";"),
        ["K1", "7", "Anna", date(2026, 5, 18), date(2026, 5, 12), "Taksi", "", 24.5, 0.255, "Oma", ""],
    ]
    (claim,) = read_one(workbook(rows)).claims
    assert (claim.costs[0].gross, claim.costs[0].vat_percent) == (Decimal("24.5"), Decimal("25.5"))


def test_a_trip_with_its_times_in_finland() -> None:
    head = HEAD + ";Reitti;Matkan tarkoitus;Matka alkoi;Matka päättyi;Matkan maa;Määrä;Yksikkö;Yksikköhinta"
    row = (
        "M1;E7;Emma;18.5.2026;12.5.2026;Km-korvaus;;66,00;;Oma raha;;Hki – Tku;Asiakas;"
        "12.5.2026 7.30;2026-05-12 19:05;FI"
    )
    (claim,) = read_one(table(f"{row};120;km;0,55", headers=head)).claims
    assert claim.kind is ClaimKind.TRAVEL
    assert claim.trip is not None
    assert claim.trip.start == datetime(2026, 5, 12, 7, 30, tzinfo=ZONE)
    assert claim.trip.end == datetime(2026, 5, 12, 19, 5, tzinfo=ZONE)
    (document,) = documents(claim, {"oma raha": "own"})
    (line,) = document.lines
    assert (line.quantity, line.unit_code, line.unit_price, line.vat_percent) == (
        Decimal(120),
        "KMT",
        Decimal("0.55"),
        Decimal(0),
    )


@pytest.mark.parametrize(
    ("currency", "rate", "home", "amount"),
    [
        ("SEK", "11,30", "", "100.00"),
        ("SEK", "", "99,99", "99.99"),
        ("", "", "", "1130.00"),
        ("EUR", "7", "", "1130.00"),
    ],
)
def test_another_currency_by_its_rate_or_by_what_it_came_to(currency: str, rate: str, home: str, amount: str) -> None:
    row = f"K1;E7;E;18.5.2026;12.5.2026;Hotelli;Yö;1130,00;;Oma;;{currency};{rate};{home}"
    (claim,) = read_one(table(row, headers=f"{HEAD};Valuutta;Kurssi;Summa EUR")).claims
    assert claim.costs[0].amount == Decimal(amount)
    assert claim.total == Decimal(amount)


def test_a_bad_row_holds_its_claim_and_no_other() -> None:
    other = ONE.replace("K12", "K13")
    reading = read_one(table(ONE, TWO.replace("100,00", "sata"), other, headers=HEAD))
    assert [claim.number for claim in reading.claims] == ["K13"]
    assert "intake.claim.held" in codes(reading)


def test_a_row_without_a_number_holds_the_claim_before_it() -> None:
    reading = read_one(table(ONE, TWO.replace("K12", ""), headers=HEAD))
    assert reading.claims == ()
    assert {"intake.claim.row", "intake.claim.held"} <= set(codes(reading))


def test_an_identity_code_is_neither_read_nor_kept() -> None:
    reading = read_one(table(ONE.replace("E7", "131052-308T"), headers=HEAD))
    assert reading.claims == ()
    assert reading.private
    assert "131052-308T" not in str(reading)


def test_two_people_may_have_the_same_number() -> None:
    other = ONE.replace("E7", "E8").replace("Emma Clarke", "Mika")
    claims = read_one(table(ONE, other, headers=HEAD)).claims
    assert len({claim.source_id for claim in claims}) == 2


@pytest.mark.parametrize(
    "headers", ["Laskunumero;Laskupäivä;Asiakas;Tuote;Hinta;ALV %;Maksutapa", "Nimi;Maksutapa;Kenen"]
)
def test_other_tables_are_no_claims(headers: str) -> None:
    assert read_one(table("1;2;3;4;5;6;7", headers=headers)).claims == ()


def test_company_money_has_the_day_it_was_paid_and_own_money_the_newest() -> None:
    (claim,) = read_one(table(ONE, TWO, headers=HEAD)).claims
    own, company = documents(claim, {"Oma raha": "own", "visa": "company"})
    assert (own.kind, own.number, own.issued) == (Kind.CLAIM, "K12", date(2026, 5, 12))
    assert (company.kind, company.number, company.issued) == (Kind.COMPANY_COST, "K12/2026-05-13", date(2026, 5, 13))
    assert own.source_id == claim.source_id == "e7/K12"
    assert company.claim is not None
    assert (company.claim.number, company.claim.documents, company.claim.whole) == ("K12", 2, Decimal(124))
