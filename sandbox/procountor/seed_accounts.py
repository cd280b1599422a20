"""Seeded accounting: chart of accounts with the VAT percentages each account takes, VAT tables, fiscal years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal

from sandbox.procountor.wire import Doc

_ALL = "25.5 13.5 10 0"
_ZERO = "0"
_LIST = f"""
1070|Kehittämismenot|{_ALL}
1160|Koneet ja kalusto|25.5 0
1700|Myyntisaamiset|{_ZERO}
1701|Myyntisaamiset, ulkomaat|{_ZERO}
1763|Arvonlisäverosaamiset|{_ZERO}
1800|Siirtosaamiset|{_ZERO}
1900|Käteiskassa|{_ZERO}
1910|Pankkitili Nordea|{_ZERO}
1911|Pankkitili OP|{_ZERO}
2001|Osakepääoma|{_ZERO}
2251|Edellisten tilikausien voitto|{_ZERO}
2871|Ostovelat|{_ZERO}
2872|Matka- ja kululaskuvelat|{_ZERO}
2921|Ennakonpidätysvelka|{_ZERO}
2939|Arvonlisäverovelka|{_ZERO}
2950|Siirtovelat|{_ZERO}
2960|Lomapalkkavelka|{_ZERO}
3000|Myynti 25,5 %|25.5
3010|Myynti 13,5 %|13.5
3020|Myynti 10 %|10
3030|Myynti 0 %|0
3040|Yhteisömyynti|0
3050|Vientimyynti|0
3060|Konsultointimyynti 25,5 %|25.5
3070|Koulutusmyynti 25,5 %|25.5
3080|Lisenssi- ja ylläpitomyynti 25,5 %|25.5
3090|Edelleenlaskutetut matkakulut|25.5 13.5 10 0
3100|Myynti 24 % (vanha)|-
3500|Vuokratuotot|0
3580|Myynnin alennukset|{_ALL}
3690|Muut liiketoiminnan tuotot|{_ALL}
4000|Ostot|{_ALL}
4400|Alihankinta|25.5 0
4410|Alihankinta, ulkomaat|0
4450|Edelleenlaskutettavat kulut|{_ALL}
5000|Palkat|0
5010|Sivukulut|0
6000|Eläkevakuutusmaksut|0
6300|Muut henkilösivukulut|0
7000|Koulutuskulut|25.5 0
7010|Henkilöstöruokailu|13.5 25.5
7020|Työterveyshuolto|0
7040|Virkistystoiminta|{_ALL}
7230|Toimitilavuokrat|25.5 0
7250|Siivous|25.5
7440|IT-laitteet|25.5 0
7450|Ohjelmistot ja lisenssit|25.5 0
7460|Pilvipalvelut|25.5 0
7770|Matkaliput|13.5 0
7800|Hotellit ja majoitus|13.5 0
7810|Matkakulut|{_ALL}
7820|Kilometrikorvaukset|0
7830|Päivärahat|0
7850|Edustuskulut|0
7900|Markkinointi|25.5 0
8380|Puhelinkulut|25.5
8440|Kirjanpito- ja tilintarkastuspalvelut|25.5
8450|Asianajopalvelut|25.5
8500|Pankkikulut|0
8620|Vakuutukset|0
8680|Muut kulut|{_ALL}
8690|Pyöristyserot|0
9440|Korkokulut|0
"""


def chart_of_accounts() -> list[Doc]:
    """About sixty accounts; the one for the old 24 % is inactive and takes no percentage any more."""
    accounts = []
    for line in _LIST.strip().splitlines():
        code, name, percents = line.split("|")
        old = percents == "-"
        vats = [] if old else [Decimal(text) for text in percents.split()]
        accounts.append({"ledgerAccountCode": code, "name": name, "active": not old, "_vats": vats})
    return accounts


def default_accounts() -> Doc:
    """Where Procountor books a row that names no product."""
    return {
        "sales": "3000",
        "salesByVat": {"25.5": "3000", "13.5": "3010", "10": "3020", "0": "3030"},
        "salesByStatus": {"3": "3050", "5": "3040", "6": "3040"},
        "purchase": "4000",
        "claims": "7810",
        "receivables": "1700",
        "payables": "2871",
        "rounding": "8690",
        "vatStatus": 1,
    }


def vats() -> Doc:
    """The percentages ticked as used: 24 and 14 are not among them any more."""
    return {
        "vatInformation": [
            {
                "country": "FINLAND",
                "percentages": [
                    {"vatPercent": Decimal(text), "sales": True, "purchase": True} for text in _ALL.split()
                ],
            }
        ],
        "vatStatuses": [
            {"vatStatus": 1, "description": "Domestic", "sales": True, "purchase": True},
            {"vatStatus": 3, "description": "Outside of the EU", "sales": True, "purchase": False},
            {"vatStatus": 5, "description": "EU community sales (product)", "sales": True, "purchase": False},
            {"vatStatus": 6, "description": "EU community sales (service)", "sales": True, "purchase": False},
            {"vatStatus": 12, "description": "No VAT handling", "sales": True, "purchase": True},
        ],
    }


def fiscal_years(today: date) -> list[Doc]:
    """This calendar year open, the two before: months are closed up to two months ago.

    The year before stays open until its December is closed, that is through February.
    """
    return [_year(today, today.year - back, ident) for ident, back in ((303, 0), (302, 1), (301, 2))]


def _year(today: date, year: int, ident: int) -> Doc:
    stamp = f"{year}-01-02T09:00:00"
    periods = [
        {
            "id": ident * 100 + month,
            "startDate": date(year, month, 1).isoformat(),
            "endDate": date(year, month, monthrange(year, month)[1]).isoformat(),
            "status": "CLOSED" if _months_ago(today, year, month) >= 2 else "OPEN",
            "modified": stamp,
        }
        for month in range(1, 13)
    ]
    return {
        "id": ident,
        "startDate": f"{year}-01-01",
        "endDate": f"{year}-12-31",
        "isOpen": any(period["status"] == "OPEN" for period in periods),
        "modified": stamp,
        "trackingPeriods": periods,
    }


def _months_ago(today: date, year: int, month: int) -> int:
    return (today.year - year) * 12 + today.month - month
