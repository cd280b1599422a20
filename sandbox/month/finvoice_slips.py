"""Finvoice invoices with something wrong: addresses as people type them, an old VAT rate, a sum that is not one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from finance.invoice import Invoice, Party, StatedTotals
from finance.totals import totals
from sandbox.month import registers
from sandbox.month.days import Days
from sandbox.month.story import Told, heading, row, slip


def finvoice_slips(days: Days) -> tuple[Told, ...]:
    """Seven of the invoices 1041 to 1062."""
    return (*_operators(days), *_bookings(days), *_words(days), _sum(days))


def _operators(days: Days) -> tuple[Told, ...]:
    wrong = partial(slip, days)
    return (
        wrong(
            1044,
            "operator.unknown",
            _reached("Opisto", "BAWCF122"),
            row("KOUL", "2", "Tietosuojan perusteet, 2 päivää"),
            row("KIRJA", "24", day=days.issued),
            cost_centre="240",
            project="P-1009",
            language="fi",
        ),
        wrong(
            1048,
            "operator.form",
            _reached("Kiinteistöt", "Basware Oyj"),
            row("PVT-S", "3", "Energiaseurannan esiselvitys"),
            cost_centre="200",
            language="fi",
        ),
    )


def _reached(name: str, operator: str) -> Party:
    """The customer, its operator as somebody typed it."""
    found = registers.customer(name)
    return replace(found, e_invoice=replace(found.e_invoice, operator=operator))


def _bookings(days: Days) -> tuple[Told, ...]:
    wrong = partial(slip, days)
    return (
        wrong(
            1050,
            "vat.percent_not_on_date",
            "Rakennus",
            row("KONS-S", "16", "Työmaan tilannekuva", percent="24"),
            cost_centre="200",
            project="P-1008",
        ),
        wrong(
            1062,
            "cost_centre.closed",
            "Meriväylän",
            row("PROJ", "14", "Tampereen toimiston luovutus"),
            cost_centre="900",
            project="P-1002",
        ),
    )


def _words(days: Days) -> tuple[Told, ...]:
    wrong = partial(slip, days)
    customer = registers.customer("Aurinkolahden")
    return (
        wrong(
            1053,
            "text.characters",
            "Vakuutus",
            heading("🚀 Lyhty 2.0"),
            row("KEHI", "74", "Korvaushakemuksen uusi käyttöliittymä"),
            cost_centre="220",
        ),
        wrong(
            1061,
            "country.missing payment.reference",
            replace(customer, address=replace(customer.address, country="")),
            row("KONS-K", "7.5", "Kassan rinnakkaisajo"),
            cost_centre="220",
            project="P-1001",
            language="fi",
            pay={"reference": "10613"},
        ),
    )


def _sum(days: Days) -> Told:
    """The file claims a hundred euro more than its rows come to."""
    hours = row("KONS-K", "37.5", "Tuotannonohjauksen selvitys")
    told = slip(days, 1057, "sum.gross", "Konepaja", hours, cost_centre="200")
    invoice: Invoice = told.invoice
    return replace(told, invoice=replace(invoice, stated=StatedTotals(gross=totals(invoice).gross + 100)))
