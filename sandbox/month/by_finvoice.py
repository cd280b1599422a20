"""The invoices that the project system exports as Finvoice: projects, day rates and training."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from finance import bank_reference
from finance.invoice import Attachment
from sandbox.month import registers
from sandbox.month.days import Days
from sandbox.month.finvoice_slips import finvoice_slips
from sandbox.month.story import Told, heading, plain, row, sale


def finvoice_month(days: Days) -> tuple[Told, ...]:
    """Invoices 1041 to 1062."""
    return (*_shop(days), *_platforms(days), *_advice(days), *_training(days), *_short(days), *finvoice_slips(days))


def _shop(days: Days) -> tuple[Told, ...]:
    sell, month = partial(sale, days), days.numbers
    return (
        sell(
            1041,
            "Aurinkolahden",
            heading("Verkkokaupan uudistus"),
            row("KEHI", "96.5", f"Ohjelmistokehitys {month}: ostoskori ja kassa", "Tekijät: Petteri K., Aino L."),
            row("TEST", "22", "Hyväksymistestauksen tuki"),
            heading("Projektin johto"),
            row("PROJ", "12"),
            cost_centre="220",
            project="P-1001",
            order_reference="4500118273",
            attachments=(Attachment("1041-tuntierittely.pdf"),),
        ),
        sell(
            1042,
            "Meriväylän",
            row("DATA", "64", f"Satamakäyntien ennuste, {month}"),
            row("ARKK", "18.5", "Tietoalustan arkkitehtuurikatselmus"),
            cost_centre="210",
            project="P-1002",
            buyer_reference="Satamatoimisto / Nieminen",
            pay={"reference": bank_reference.rf(bank_reference.national("1042"))},
        ),
    )


def _platforms(days: Days) -> tuple[Told, ...]:
    sell, month = partial(sale, days), days.numbers
    return (
        sell(
            1043,
            "Järviveden",
            row("KIINT", "1", "Mittaridatan käyttöönotto, osa 2/3 hyväksytty", price="14200"),
            row("KIINT", "-1", name="Vähennetään ennakkolasku 1007", price="4000"),
            cost_centre="230",
            project="P-1003",
            agreement="JV-2026-014",
        ),
        sell(
            1051,
            "Pankki Majakka",
            row("YLLA", "1", f"Palvelutaso: arkisin 8–16, {month}"),
            row("LIS", "12", "12 käyttäjää", discount_percent=Decimal(10)),
            row("PILVI", "1"),
            cost_centre="230",
            project="P-1010",
            note="Ylläpitosopimuksen mukainen kuukausilasku.",
        ),
        sell(
            1052,
            "Reittilogistiikka",
            row("KEHI", "130", "Reitinlaskennan nopeutus", cost_centre="220", project="P-1011"),
            row("DATA", "21.75", "Kuljetusaikojen jakaumat", cost_centre="210", project="P-1011"),
            row("KEHI", "6", "Sisäisen kehityksen osuus asiakkaan pyynnöstä", cost_centre="220", project="P-1012"),
        ),
    )


def _advice(days: Days) -> tuple[Told, ...]:
    sell = partial(sale, days)
    return (
        sell(
            1045,
            "Kuntasairaala",
            row("MUOT", "40", "Ajanvarauksen palvelupolut"),
            row("TYOP", "2", "Henkilöstön työpajat, Turku", "Osallistujia 14 + 17"),
            cost_centre="240",
            project="P-1004",
        ),
        sell(
            1046,
            "Pohjolan",
            row("PVT-K", "9", "Karttapalvelun vaatimusmäärittely"),
            row("KM", "412", "Helsinki–Oulu–Helsinki, oma auto"),
            row("MATKA", "3", "Junamatkat kuittien mukaan", price="64.50"),
            cost_centre="200",
            project="P-1005",
        ),
        sell(
            1049,
            "Tuulivoima",
            heading("Wind forecast, phase 2"),
            row("DATA", "51.25", "Retraining and back-testing", "Data: four farms, 36 months", name="Data analytics"),
            row("ARKK", "8", name="Architecture"),
            cost_centre="210",
            project="P-1007",
            language="en",
        ),
    )


def _training(days: Days) -> tuple[Told, ...]:
    sell = partial(sale, days)
    return (
        sell(
            1047,
            "Kirjastopalvelut",
            row("KOUL", "1", "Haun käyttökoulutus"),
            row("KIRJA", "40", "Kurssikirja: Hyvä haku", day=days.issued),
            row("LEHTI", "5", "Vuosikerta", day=days.issued),
            cost_centre="240",
            project="P-1006",
        ),
        sell(1055, "Elintarvike", row("TYOP", "1", "Tuotekehityksen työpaja"), cost_centre="240"),
        sell(
            1058,
            "Hammaslääkärit",
            plain("Ensiapukoulutus", "1", "680", "0", "Veroton koulutus, AVL 39 §", vat_category="E", account="3030"),
            row("KONS-K", "0.5", "Kutsuviestien luonnos"),
            cost_centre="240",
        ),
    )


def _short(days: Days) -> tuple[Told, ...]:
    sell = partial(sale, days)
    elsewhere = {"reference": "", "iban": registers.SECOND_IBAN, "bic": registers.SECOND_BIC}
    again, rent = "Hyvitys: kahteen kertaan kirjatut tunnit", "Mötesrum, hyra"
    return (
        sell(1054, "Teräsrakenne", row("KONS-P", "6.5", "Strategiapäivä"), cost_centre="200", pay=elsewhere),
        sell(
            1056,
            "Media",
            row("KONS-K", "-4", again),
            cost_centre="200",
            credited_number="1015",
            codes="credit.note",
        ),
        sell(
            1059,
            "Fastighets",
            plain(rent, "4", "150", "25.5", "Tuulikuja 1, hela dagar", unit="st", account="3500"),
            cost_centre="110",
            outcome="refused",
        ),
        sell(
            1060,
            "Bokhandel",
            row("KONS-S", "12", "Val av kassasystem, workshop och rapport", name="Rådgivning, senior"),
            cost_centre="300",
        ),
    )
