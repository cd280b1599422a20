"""Rows of the list of hours with something wrong, as happens every month; one cell cannot even be read."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from finance.invoice import Attachment
from sandbox.month import registers
from sandbox.month.days import Days
from sandbox.month.story import Told, plain, sale, slip, work

_FOREIGN_IBAN = "SE4550000000058398257466"
_LONG = (
    "Työmaan kuvavirran purku: kamerat 1–14, kuvien tasaus, päivän tilannekuvan koostaminen ja poikkeamien merkintä"
    " pohjakuvaan; katselmus vastaavan mestarin kanssa maanantaisin ja torstaisin klo 7.15 työmaaparakissa",
    "Kosteusmittausten luku rajapinnasta, puuttuvien arvojen paikkaus naapurianturien perusteella ja raportti"
    " rakennuttajalle; lisäksi valvojan pyynnöstä kellarikerroksen kuivumisen erillinen seuranta viikoittain",
    "Nostojen aikataulutus torninosturille: toimittajien ilmoitusten yhdistäminen, ristiriitojen selvitys puhelimitse"
    " ja hyväksytyn listan jakelu aliurakoitsijoille ennen kello kolmeatoista edellisenä päivänä",
)


def csv_slips(days: Days) -> tuple[Told, ...]:
    """Eight of the invoices 1064 to 1087."""
    return (*_registers(days), *_texts(days), *_accounts(days), *_dates(days), _cell(days))


def _registers(days: Days) -> tuple[Told, ...]:
    wrong = partial(slip, days)
    mistyped = replace(registers.customer("Pohjolan"), business_id="2254653-1", customer_number="")
    return (
        wrong(
            1067,
            "work_type.unmapped",
            "Kuntasairaala",
            work("Tekoälyvalmennus", "5", "Esihenkilöiden ryhmä", cost_centre="240", project="P-1004"),
            work("Konsultointi", "7.5", cost_centre="200", project="P-1004"),
        ),
        wrong(
            1068,
            "buyer.business_id",
            mistyped,
            work("Ohjelmistokehitys", "29", "Karttatasojen välimuisti", cost_centre="220", project="P-1005"),
            language="fi",
        ),
    )


def _texts(days: Days) -> tuple[Told, ...]:
    wrong = partial(slip, days)
    school = {"cost_centre": "240", "project": "P-1009"}
    return (
        wrong(
            1071,
            "text.comment_too_long",
            "Rakennus",
            work("Data-analytiikka", "38", *_LONG, cost_centre="210", project="P-1008"),
            work("Projektinhallinta", "5", cost_centre="220", project="P-1008"),
        ),
        wrong(
            1072,
            "attachment.type",
            "Opisto",
            work("Koulutus", "3", "Datalukutaito", **school),
            work("Kilometrit", "338", **school),
            attachments=(Attachment("1072-matkaselvitys.docx"),),
        ),
    )


def _accounts(days: Days) -> tuple[Told, ...]:
    logistics = {"cost_centre": "220", "project": "P-1011"}
    told = slip(
        days,
        1074,
        "account.unknown payment.account_not_ours",
        "Reittilogistiikka",
        plain("Terminaalien mittaus", "2", "640", "25.5", account="3999", **logistics),
        work("Ohjelmistokehitys", "15", **logistics),
        pay={"iban": _FOREIGN_IBAN},
    )
    return (told,)


def _dates(days: Days) -> tuple[Told, ...]:
    wrong = partial(slip, days)
    return (
        wrong(
            1079,
            "date.closed_period",
            "Kiinteistöt",
            work("Konsultointi", "21", "Energiaseuranta, myöhästynyt lasku", cost_centre="200"),
            issued=days.closed,
            delivery_start=days.closed,
            delivery_end=days.closed,
        ),
        wrong(
            1084,
            "work_type.unmapped date.due_before_issued",
            "Fastighets",
            work("Tekoälyvalmennus", "3", "Kundtjänstens frågor och svar", name="AI-coachning", cost_centre="240"),
            pay={"due": days.start},
        ),
    )


def _cell(days: Days) -> Told:
    """A letter o for a nought in a price: a person sees what was meant, nobody may guess it."""
    return sale(
        days,
        1080,
        "Konepaja",
        work("Ohjelmistokehitys", "48", "Sorvien tilatiedon keruu", cost_centre="220"),
        work("Projektinhallinta", "6", cost_centre="220"),
        outcome="unreadable",
        codes="intake.cell.number",
        spoilt={(1, "unit_price"): "12o,00"},
    )
