"""The invoices that come as the project system's list of hours: work types, cost centres and projects on every row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from finance.invoice import Channel, EInvoiceAddress
from sandbox.month import registers
from sandbox.month.csv_slips import csv_slips
from sandbox.month.days import Days
from sandbox.month.story import Told, heading, plain, row, sale, work


def csv_month(days: Days) -> tuple[Told, ...]:
    """Invoices 1064 to 1087."""
    return (*_large(days), *_bank(days), *_hours(days), *_more(days), *_channels(days), *_mixed(days), *csv_slips(days))


def _at(cost: str, project: str = "") -> dict[str, Any]:
    return {"cost_centre": cost, "project": project}


def _large(days: Days) -> tuple[Told, ...]:
    sell = partial(sale, days)
    shop, port = _at("220", "P-1001"), _at("230", "P-1002")
    return (
        sell(
            1064,
            "Aurinkolahden",
            heading("Jatkokehitys"),
            work(
                "Ohjelmistokehitys", "112", "Sprintit 21 ja 22", "Toimitukset 3,5 t/pv", "Kokoonpanot 812–840", **shop
            ),
            work("Testaus", "31.5", "Regressio ja kuormitus", **shop),
            heading("Hallinto"),
            work("Projektinhallinta", "16", **shop),
            work("Kilometrit", "86", "Aurinkolahti–Pasila", **shop),
            order_reference="4500118274",
        ),
        sell(
            1065,
            "Meriväylän",
            work("Arkkitehtuuri", "22", "Alustan käyttöönotto", **port),
            work("Ohjelmistokehitys", "61.25", "Laiturivaraukset", **port),
            work("Ylläpito", "1", name="Alustan valvonta", **port),
        ),
    )


def _bank(days: Days) -> tuple[Told, ...]:
    paths, build = _at("240", "P-1010"), _at("220", "P-1010")
    bank = registers.customer("Pankki Majakka")
    told = sale(
        days,
        1073,
        replace(bank, e_invoice=EInvoiceAddress()),  # the list of customers has it
        heading("Asiakaspolut", "Tilaus 88-1204"),
        work("Palvelumuotoilu", "58", 'Haastattelut "Ensiasunto"; 12 asiakasta', **paths),
        work("Palvelumuotoilu", "36.5", "Palvelupolkujen kuvaus", **paths),
        work("Työpaja", "3", "Konttorit: Oulu, Kemi, Kajaani", **paths),
        heading("Toteutus"),
        work("Ohjelmistokehitys", "143", discount_percent=Decimal("7.5"), **build),
        work("Testaus", "40", **build),
        codes="e_address.from_register",
        language="fi",
    )
    return (told,)


def _hours(days: Days) -> tuple[Told, ...]:
    sell = partial(sale, days)
    return (
        sell(
            1066,
            "Järviveden",
            work("Data-analytiikka", "27", "Vuotojen paikannus", **_at("210", "P-1003")),
            work("Konsultointi", "4.5", **_at("200", "P-1003")),
        ),
        sell(
            1069,
            "Kirjastopalvelut",
            work("Ohjelmistokehitys", "33", "Hakusanojen taivutus", **_at("220", "P-1006")),
            work("Testaus", "9", **_at("220", "P-1006")),
        ),
        sell(
            1070,
            "Tuulivoima",
            work("Data-analytiikka", "44", "Icing losses, three sites", name="Data analytics", **_at("210", "P-1007")),
            work("Konsultointi", "11", name="Consulting", **_at("200", "P-1007")),
            language="en",
        ),
    )


def _more(days: Days) -> tuple[Told, ...]:
    sell = partial(sale, days)
    return (
        sell(
            1075,
            "Vakuutus",
            work("Seniorikonsultointi", "19", "Vahinkoprosessin kartoitus", **_at("200")),
            work("Työpaja", "1", **_at("240")),
        ),
        sell(
            1077,
            "Elintarvike",
            work("Konsultointi", "15", "Reseptien versiointi", **_at("200")),
            work("Arkkitehtuuri", "4", **_at("230")),
        ),
        sell(
            1078,
            "Media",
            work("Ohjelmistokehitys", "57", "Tilaajapalvelun kirjautuminen", **_at("220")),
            work("Ylläpito", "1", **_at("230")),
        ),
        sell(1081, "Hammaslääkärit", work("Konsultointi", "6", "Ajanvarauksen muistutukset", **_at("200"))),
    )


def _channels(days: Days) -> tuple[Told, ...]:
    sell = partial(sale, days)
    menu = work("Palvelumuotoilu", "8", "Ruokalistan luettavuus", **_at("240"))
    return (
        sell(1082, "Ravintola", menu, channel=Channel.EMAIL),
        sell(
            1083,
            "Asunto",
            work("Konsultointi", "3", "Taloyhtiön verkkosivut", **_at("220")),
            plain("Painettu ohje asukkaille", "32", "2.40", "25.5", cost_centre="240"),
            channel=Channel.MAIL,
        ),
        sell(
            1085,
            "Bokhandel",
            work("Systemutveckling", "18", "Kassans koppling till lagret", **_at("220")),
            work("Utbildning", "1", "Personalen i Uleåborg", **_at("240")),
        ),
    )


def _mixed(days: Days) -> tuple[Told, ...]:
    sell, now, guide = partial(sale, days), days.issued, _at("240", "P-1004")
    return (
        sell(
            1076,
            "Teräsrakenne",
            work("Konsultointi", "24", "Hitsaamon tilannekuva", **_at("200")),
            plain("Pysäköinti, edelleenlaskutus", "6", "18", "25.5", account="7800", **_at("200")),
            outcome="refused",
        ),
        sell(
            1086,
            "Aurinkolahden",
            work("Konsultointi", "2", "Puhelintuki", project="P-1001"),
            codes="cost_centre.missing",
        ),
        sell(
            1087,
            "Kuntasairaala",
            work("Koulutus", "1", "Ajanvarauksen pääkäyttäjät", **guide),
            row("KIRJA", "12", "Pääkäyttäjän opas", day=now, **guide),
            row("LEHTI", "1", day=now, discount_percent=Decimal(25), **guide),
            buyer_reference="Kust. 5530",
        ),
    )
