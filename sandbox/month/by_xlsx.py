"""The invoices of the Swedish-speaking unit, kept in a workbook: customers abroad and other currencies too."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from finance.invoice import Channel
from sandbox.month import registers
from sandbox.month.days import Days
from sandbox.month.story import Told, heading, plain, row, sale, slip, work

_DEVELOPMENT, _DESIGN, _STRATEGY = "220 Ohjelmistokehitys", "240 Muotoilu", "200 Strategia"


def xlsx_month(days: Days) -> tuple[Told, ...]:
    """Invoices 1088 to 1097."""
    return (*_at_home(days), *_small(days), *_abroad(days))


def _at_home(days: Days) -> tuple[Told, ...]:
    sell = partial(sale, days)
    return (
        sell(
            1088,
            "Fastighets",
            heading("Hyresgästportalen"),
            work("Systemutveckling", "62.5", "Inloggning och felanmälan", cost_centre=_DEVELOPMENT),
            work("Konsultation", "8", cost_centre=_STRATEGY),
        ),
        sell(
            1089,
            "Bokhandel",
            work("Utbildning", "2", "Sökning och katalog", cost_centre=_DESIGN),
            row("KIRJA", "15", name="Kursbok", day=days.issued, cost_centre=_DESIGN),
        ),
        sell(
            1096,
            "Fastighets",
            row("YLLA", "1", "Portalens drift", name="Underhåll, månad", cost_centre=_DEVELOPMENT),
            row("LIS", "30", name="Licens, månad", discount_percent=Decimal("12.5"), cost_centre=_DEVELOPMENT),
        ),
    )


def _small(days: Days) -> tuple[Told, ...]:
    sell = partial(sale, days)
    grant = plain("Bidrag till läsfrämjande", "1", "900", "0", unit="st", cost_centre=_DESIGN)
    spare = work("Konsultation", "13", "Reservdelsflödet", cost_centre=_STRATEGY)
    till = work("Utbildning", "1", "Kassans nya funktioner", cost_centre=_DESIGN)
    return (
        slip(days, 1094, "vat.domestic_zero", "Bokhandel", grant),
        sell(1095, "Konepaja", spare, language="sv"),
        sell(1097, "Ravintola", till, channel=Channel.EMAIL, language="sv"),
    )


def _abroad(days: Days) -> tuple[Told, ...]:
    """Services to Sweden, where the buyer pays the VAT (two in kronor, one of them without a rate), and to Norway."""
    sell, mailed = partial(sale, days), Channel.EMAIL
    service: dict[str, Any] = {"vat_category": "AE", "cost_centre": _STRATEGY}
    kronor = {"currency": "SEK", "rate": Decimal("11.2150"), "reference": ""}
    target = row("EU-KONS", "24", "Target architecture", name="Consulting", price="1490", **service)
    rest = replace(target, quantity=Decimal(9))
    grid = row("VIENTI", "20", "Grid load study", name="Consulting", vat_category="G", cost_centre=_STRATEGY)
    no_rate = {**kronor, "rate": Decimal(1)}
    return (
        sell(
            1090,
            "Nordljus",
            row("EU-KONS", "31", "Pricing model, sprint 4", name="Consulting", **service),
            row("EU-KONS", "6", "Steering group", name="Consulting, partner", price="180", **service),
            channel=mailed,
        ),
        sell(1091, "Nordljus", target, pay=kronor, channel=mailed),
        slip(days, 1092, "payment.rate_missing", "Nordljus", rest, pay=no_rate, channel=mailed),
        sell(1093, registers.FJORDLYS, grid, channel=mailed),
    )
