"""Faults of a table of expense and travel claims."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "intake.claim.held",
        Who.PSA,
        (
            "Kululaskua {number} (rivit {rows}) ei luettu, koska jokin sen riveistä on virheellinen.",
            "Korjaa rivit ja lue tiedosto uudelleen.",
        ),
        (
            "Kostnadsfakturan {number} (raderna {rows}) lästes inte, eftersom någon av dess rader är felaktig.",
            "Rätta raderna och läs in filen på nytt.",
        ),
        (
            "Claim {number} (rows {rows}) was not read, because one of its rows is faulty.",
            "Correct them and read the file again.",
        ),
    ),
    explained(
        "intake.claim.none",
        Who.PSA,
        (
            "Tiedostossa ei ole yhtään kululaskua.",
            "Tarkista vienti projektijärjestelmästä.",
        ),
        (
            "Filen innehåller inga kostnadsfakturor.",
            "Kontrollera exporten från projektsystemet.",
        ),
        (
            "There are no claims in the file.",
            "Check the export of the project system.",
        ),
    ),
    explained(
        "intake.claim.row",
        Who.PSA,
        (
            "Riviltä {row} puuttuu kululaskun numero, tai riviä ei voi lukea.",
            "Korjaa rivi ja lue tiedosto uudelleen; viereistä kululaskua ei luettu.",
        ),
        (
            "Rad {row} saknar kostnadsfakturans nummer eller kan inte läsas.",
            "Rätta raden och läs in filen på nytt; kostnadsfakturan intill lästes inte.",
        ),
        (
            "Row {row} has no claim number, or cannot be read.",
            "Correct the row and read the file again; the claim beside it was not read.",
        ),
    ),
    explained(
        "intake.claim.empty",
        Who.PSA,
        (
            "Rivillä {row} (kululasku {number}) sarake ”{column}” on tyhjä.",
            "Täydennä tieto projektijärjestelmässä ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} (kostnadsfaktura {number}) är kolumnen ”{column}” tom.",
            "Komplettera uppgiften i projektsystemet och läs in filen på nytt.",
        ),
        (
            "Row {row} (claim {number}): the column “{column}” is empty.",
            "Fill it in in the project system and read the file again.",
        ),
    ),
    explained(
        "intake.claim.unit",
        Who.PSA,
        (
            "Rivillä {row} on yksikkö ”{found}”, jota ei tunneta.",
            "Rivi viedään summana. Tunnettuja ovat esimerkiksi {expected}.",
        ),
        (
            "På rad {row} står enheten ”{found}”, som inte är känd.",
            "Raden förs in som en summa. Kända är till exempel {expected}.",
        ),
        (
            "Row {row} has the unit “{found}”, which is not known.",
            "It goes as a sum. Known are, for example, {expected}.",
        ),
    ),
    explained(
        "intake.claim.rate",
        Who.PSA,
        (
            "Rivillä {row} on valuutta {found}, mutta ei kurssia eikä summaa euroissa.",
            "Lisää kurssi (esimerkiksi {expected}) tai summa euroissa ja lue tiedosto uudelleen.",
        ),
        (
            "Rad {row} har valutan {found} men varken kurs eller belopp i euro.",
            "Lägg till kursen (till exempel {expected}) eller beloppet i euro och läs in filen på nytt.",
        ),
        (
            "Row {row} is in {found}, but has neither a rate nor a sum in euro.",
            "Add the rate (for example {expected}) or the sum in euro and read the file again.",
        ),
    ),
    explained(
        "intake.claim.contradiction",
        Who.PSA,
        (
            "Kululaskun {number} rivillä {row} sarakkeessa ”{column}” on ”{found}”, mutta aiemmalla rivillä ”{first}”.",
            "Kululaskun tietojen on oltava samat kaikilla sen riveillä: korjaa ja lue tiedosto uudelleen.",
        ),
        (
            "Kostnadsfaktura {number}, rad {row}, kolumnen ”{column}”: ”{found}”, men på en tidigare rad ”{first}”.",
            "Kostnadsfakturans uppgifter ska vara desamma på alla dess rader: rätta och läs in filen på nytt.",
        ),
        (
            "Claim {number}, row {row}: column “{column}” has “{found}”, but an earlier row has “{first}”.",
            "The claim’s own data must be the same on all its rows: correct it and read the file again.",
        ),
    ),
    explained(
        "intake.claim.kind",
        Who.PSA,
        (
            "Rivillä {row} on kululaskun laji ”{found}”, jota ei tunneta.",
            "Käytä sanaa {expected}; laji pääteltiin muista tiedoista.",
        ),
        (
            "På rad {row} står arten ”{found}”, som inte är känd.",
            "Använd {expected}; arten togs ur de övriga uppgifterna.",
        ),
        (
            "Row {row}: “{found}” is no kind of claim that is known.",
            "Use {expected}; the kind was taken from the other columns.",
        ),
    ),
    explained(
        "intake.claim.country",
        Who.PSA,
        (
            "Rivillä {row} on maa ”{found}”, jota ei tunneta.",
            "Kirjoita maa kaksikirjaimisena tunnuksena, esimerkiksi {expected}.",
        ),
        (
            "På rad {row} står landet ”{found}”, som inte är känt.",
            "Skriv landet som en tvåställig kod, till exempel {expected}.",
        ),
        (
            "Row {row}: the country “{found}” is not known.",
            "Write it as a two-letter code, for example {expected}.",
        ),
    ),
    explained(
        "intake.claim.time",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”, josta ei selviä päivää ja kellonaikaa.",
            "Kirjoita esimerkiksi {expected}.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”, som inte visar både dag och klockslag.",
            "Skriv till exempel {expected}.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” does not tell both a day and a time.",
            "Write, for example, {expected}.",
        ),
    ),
    explained(
        "intake.claim.columns_missing",
        Who.SENDER,
        (
            "Kululaskuluettelosta puuttuu välttämättömiä sarakkeita: {columns}. Tiedostossa on: {found}.",
            "Lisää sarakkeet vientiin, tai kerro mikä sarake on mikä, jos niillä on toinen nimi.",
        ),
        (
            "Nödvändiga kolumner saknas i listan över kostnadsfakturor: {columns}. I filen finns: {found}.",
            "Lägg till kolumnerna i exporten, eller ange vilken kolumn som är vilken om de har andra namn.",
        ),
        (
            "The list of claims lacks necessary columns: {columns}. It has: {found}.",
            "Add the columns to the export, or say which column is which if they go by other names.",
        ),
    ),
)
