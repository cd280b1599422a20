"""Seeded registers: dimensions, products, the travel allowances of the year, bank accounts."""

from __future__ import annotations

from decimal import Decimal

from sandbox.procountor import checks
from sandbox.procountor.wire import Doc

COST_CENTRES = (
    "100 Johto",
    "110 Talous",
    "120 Henkilöstö",
    "200 Strategia",
    "210 Data ja analytiikka",
    "220 Ohjelmistokehitys",
    "230 Pilvi ja alustat",
    "240 Muotoilu",
    "300 Myynti",
    "900 Tampere (lopetettu)",
)
PROJECTS = (
    "P-1001 Kaupan verkkopalvelu",
    "P-1002 Satamien tietoalusta",
    "P-1003 Vesilaitoksen mittarit",
    "P-1004 Sairaalan ajanvaraus",
    "P-1005 Metsän karttapalvelu",
    "P-1006 Kirjaston haku",
    "P-1007 Energian ennusteet",
    "P-1008 Rakentajan työmaa",
    "P-1009 Oppilaitoksen data",
    "P-1010 Pankin asiakaspolut",
    "P-1011 Logistiikan reitit",
    "P-1012 Sisäinen kehitys",
)
_SALES = """
KONS-J|Konsultointi, juniori|HOUR|85|25.5|3060
KONS-K|Konsultointi, konsultti|HOUR|110|25.5|3060
KONS-S|Konsultointi, seniori|HOUR|135|25.5|3060
KONS-P|Konsultointi, partneri|HOUR|180|25.5|3060
PVT-K|Konsulttipäivä|DAY|825|25.5|3060
PVT-S|Seniorin päivä|DAY|1010|25.5|3060
PROJ|Projektinhallinta|HOUR|120|25.5|3060
ARKK|Arkkitehtuuri|HOUR|150|25.5|3060
KEHI|Ohjelmistokehitys|HOUR|112|25.5|3060
TEST|Testaus|HOUR|95|25.5|3060
DATA|Data-analytiikka|HOUR|128|25.5|3060
MUOT|Palvelumuotoilu|HOUR|118|25.5|3060
TYOP|Työpaja|PIECE|1900|25.5|3070
KOUL|Koulutuspäivä|DAY|2200|25.5|3070
KIRJA|Kurssikirja|PIECE|42|13.5|3010
LEHTI|Lehtitilaus|PIECE|96|10|3020
YLLA|Ylläpito, kuukausi|MONTH|1450|25.5|3080
LIS|Lisenssi, kuukausi|MONTH|390|25.5|3080
PILVI|Pilvipalvelu, edelleenlaskutus|MONTH|620|25.5|3080
KM|Kilometrit, edelleenlaskutus|KILOMETER|0.75|25.5|3090
MATKA|Matkakulut, edelleenlaskutus|PIECE|1|25.5|3090
MAJO|Majoitus, edelleenlaskutus|PIECE|1|13.5|3090
KIINT|Kiinteähintainen toimitus|PIECE|10000|25.5|3060
EU-KONS|Konsultointi, EU-palvelu|HOUR|135|0|3040
VIENTI|Konsultointi, EU:n ulkopuoli|HOUR|135|0|3050
VANHA|Konsultointi 24 % (poistunut)|HOUR|100|0|
"""
_PURCHASE = """
ALIH|Alihankinta|HOUR|80|25.5|4400
LISO|Ohjelmistolisenssit|PIECE|50|25.5|7450
RUOKA|Kokoustarjoilu|PIECE|20|13.5|7010
"""
# Tax-free maxima: kilometre, full and partial daily allowance, meal, passenger (Finnish Tax Administration).
_ALLOWANCES = {2024: "0.57 51 24 12.75 0.04", 2025: "0.59 53 24 13.25 0.04", 2026: "0.55 54 25 13.50 0.04"}
_TRAVEL = (
    ("KM", "Kilometrikorvaus", "KILOMETER", "7820"),
    ("KP", "Kokopäiväraha", "DAY", "7830"),
    ("OP", "Osapäiväraha", "DAY", "7830"),
    ("AT", "Ateriakorvaus", "PIECE", "7830"),
    ("LM", "Lisämatkustaja", "KILOMETER", "7820"),
)


def dimensions() -> list[Doc]:
    """Cost centres (the last one closed) and projects; an item is named by its code."""
    found: list[Doc] = []
    for ident, name, texts, first in ((201, "Kustannuspaikka", COST_CENTRES, 2001), (202, "Projekti", PROJECTS, 2101)):
        items: list[Doc] = []
        for place, text in enumerate(texts):
            code, _, description = text.partition(" ")
            items.append({"id": first + place, "codeName": code, "description": description})
        found.append({"id": ident, "name": name, "items": items})
    found[0]["items"][-1]["status"] = "P"
    return found


def products(year: int, stamp: str) -> list[Doc]:
    """Sales and purchase products and, for this year and the one before, the official allowances."""
    lines = [("SALES", line) for line in _SALES.strip().splitlines()]
    lines += [("PURCHASE", line) for line in _PURCHASE.strip().splitlines()]
    found = [_product(place, kind, line, stamp) for place, (kind, line) in enumerate(lines)]
    found += _allowances(year - 1, 5001, stamp) + _allowances(year, 5101, stamp)
    return found


def _product(place: int, kind: str, line: str, stamp: str) -> Doc:
    code, name, unit, price, vat, account = line.split("|")
    doc: Doc = {
        "id": 4001 + place,
        "type": kind,
        "name": name,
        "code": code,
        "unit": unit,
        "discount": 0,
        "price": Decimal(price),
        "vat": Decimal(vat),
        "active": account != "",
        "currency": "EUR",
        "version": stamp,
    }
    if account:
        doc["defaultAccount"] = account
    return doc


def _allowances(year: int, first: int, stamp: str) -> list[Doc]:
    rates = _ALLOWANCES[min(max(year, min(_ALLOWANCES)), max(_ALLOWANCES))].split()
    return [
        {
            "id": first + place,
            "type": "TRAVEL",
            "name": f"{name} {year}",
            "code": code,
            "unit": unit,
            "discount": 0,
            "price": Decimal(rate),
            "vat": 0,
            "active": True,
            "currency": "EUR",
            "startDate": f"{year}-01-01",
            "endDate": f"{year}-12-31",
            "bookkeepingAccount": account,
            "defaultAccount": account,
            "version": stamp,
        }
        for place, ((code, name, unit, account), rate) in enumerate(zip(_TRAVEL, rates, strict=True))
    ]


def bank_accounts(ibans: tuple[tuple[str, str, str], ...], stamp: str) -> list[Doc]:
    """(IBAN, BIC, bank) in order; the first is the default; one old account is inactive."""
    old = (checks.finnish_iban("50000120000000"), "OKOYFIHH", "OP (lopetettu)")
    return [
        {
            "id": 601 + place,
            "accountNumber": iban[4:],
            "iban": iban,
            "bic": bic,
            "bankName": bank,
            "currency": "EUR",
            "defaultForInvoice": place == 0,
            "defaultForPayment": place == 0,
            "status": "INACTIVE" if (iban, bic, bank) == old else "ACTIVE",
            "orderNo": place + 1,
            "ledgerAccount": "1910" if place == 0 else "1911",
            "showAccountOnInvoice": place == 0,
            "allowPayments": True,
            "allowForeignPayments": True,
            "version": stamp,
            "created": stamp,
        }
        for place, (iban, bic, bank) in enumerate((*ibans, old))
    ]
