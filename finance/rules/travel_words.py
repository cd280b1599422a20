"""Sentences about trips and their allowances; the rules are in ``finance.rules.claims``."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "claim.allowance_vat",
        Who.PSA,
        (
            "Rivillä {row} ”{name}” on kilometri- tai päiväraha, jossa on ALV {percent} %.",
            "Poista ALV-prosentti projektijärjestelmässä: korvauksissa ei ole arvonlisäveroa.",
        ),
        (
            "Rad {row} ”{name}” är en kilometerersättning eller ett dagtraktamente med moms {percent} %.",
            "Ta bort momsprocenten i projektsystemet: ersättningar har ingen moms.",
        ),
        (
            "Row {row} “{name}” is an allowance with VAT {percent} %.",
            "Remove the VAT percentage in the project system: allowances carry none.",
        ),
    ),
    explained(
        "claim.no_vat",
        Who.PSA,
        (
            "Rivillä {row} ”{name}” ei ole ALV-prosenttia; se viedään nollana.",
            "Lisää prosentti projektijärjestelmässä, jos kuitissa on vähennettävää veroa.",
        ),
        (
            "Rad {row} ”{name}” saknar momsprocent; den förs in med noll.",
            "Lägg till procenten i projektsystemet om kvittot har avdragbar moms.",
        ),
        (
            "Row {row} “{name}” has no VAT percentage; it goes as zero.",
            "Add the percentage in the project system if the receipt has deductible VAT.",
        ),
    ),
    explained(
        "claim.trip_backwards",
        Who.PSA,
        (
            "Matka päättyy {end} ennen kuin se alkaa {start}.",
            "Korjaa matkan ajat projektijärjestelmässä ja tuo lasku uudelleen.",
        ),
        (
            "Resan slutar {end} innan den börjar {start}.",
            "Rätta resans tider i projektsystemet och hämta kostnadsfakturan på nytt.",
        ),
        (
            "The trip ends {end} before it begins {start}.",
            "Correct its times in the project system and import the claim again.",
        ),
    ),
    explained(
        "claim.trip_lacking",
        Who.PSA,
        (
            "Matkalta puuttuu reitti, tarkoitus tai aika.",
            "Täydennä matkan tiedot: tulorekisteri-ilmoitus tarvitsee ne.",
        ),
        (
            "Resan saknar rutt, syfte eller tid.",
            "Komplettera resans uppgifter: anmälan till inkomstregistret behöver dem.",
        ),
        (
            "The trip lacks its route, its purpose or its times.",
            "Complete them: the report to the Incomes Register needs them.",
        ),
    ),
    explained(
        "claim.product",
        Who.PSA,
        (
            "Rivin {row} ”{name}” tuotekoodi {code} ei ole Procountorin matkatuote päivänä {date}.",
            "Korjaa koodi projektijärjestelmässä ja tuo lasku uudelleen.",
        ),
        (
            "Produktkoden {code} på rad {row} ”{name}” är ingen reseprodukt i Procountor den {date}.",
            "Rätta koden i projektsystemet och hämta kostnadsfakturan på nytt.",
        ),
        (
            "The product code {code} of row {row} “{name}” is no travel product of Procountor’s on {date}.",
            "Correct the code in the project system and import the claim again.",
        ),
    ),
    explained(
        "claim.no_product",
        Who.PSA,
        (
            "Rivin {row} ”{name}” korvauksella ei ole tuotekoodia.",
            "Lisää Procountorin matkatuotteen koodi: ilman sitä korvaus ei mene tulorekisteriin.",
        ),
        (
            "Ersättningen på rad {row} ”{name}” saknar produktkod.",
            "Lägg till reseproduktens kod i Procountor: utan den går ersättningen inte till inkomstregistret.",
        ),
        (
            "The allowance of row {row} “{name}” has no product code.",
            "Add the code of Procountor’s travel product: the Incomes Register gets the allowance only with it.",
        ),
    ),
    explained(
        "claim.rate",
        Who.PSA,
        (
            "Rivin {row} ”{name}” korvaus {price} ylittää verottoman enimmäismäärän {most}.",
            "Ylittävä osa on palkkaa. Tarkista korvaus.",
        ),
        (
            "Ersättningen {price} på rad {row} ”{name}” överstiger det skattefria maximibeloppet {most}.",
            "Det överskjutande är lön. Kontrollera ersättningen.",
        ),
        (
            "The allowance {price} of row {row} “{name}” is above the tax-free maximum {most}.",
            "What is above it is salary. Check the allowance.",
        ),
    ),
)
