"""Faults of the PSA's lists of people, projects, customers and words: what the file is, its columns, its rows."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "intake.list.unclear",
        Who.SENDER,
        (
            "Otsikoista ei näe, onko tiedosto luettelo henkilöistä, projekteista vai asiakkaista: {found}.",
            "Nimeä numerosarake: Henkilönumero, Projektinumero tai Asiakasnumero. Lue tiedosto sitten uudelleen.",
        ),
        (
            "Av rubrikerna framgår inte om filen är en lista över personer, projekt eller kunder: {found}.",
            "Ge nummerkolumnen ett namn: Anställningsnummer, Projektnummer eller Kundnummer. Läs sedan in filen igen.",
        ),
        (
            "The headers do not tell whether this is a list of people, projects or customers: {found}.",
            "Name the column of numbers: Employee number, Project number or Customer number. Then read the file again.",
        ),
    ),
    explained(
        "intake.list.columns_missing",
        Who.SENDER,
        (
            "Luettelosta puuttuu välttämättömiä sarakkeita: {columns}. Tiedostossa on: {found}.",
            "Lisää sarakkeet vientiin, tai kerro mikä sarake on mikä, jos niillä on toinen nimi.",
        ),
        (
            "Nödvändiga kolumner saknas i listan: {columns}. I filen finns: {found}.",
            "Lägg till kolumnerna i exporten, eller ange vilken kolumn som är vilken om de har andra namn.",
        ),
        (
            "The list lacks necessary columns: {columns}. It has: {found}.",
            "Add the columns to the export, or say which column is which if they go by other names.",
        ),
    ),
    explained(
        "intake.list.columns_unknown",
        Who.SENDER,
        (
            "Luettelosta jätettiin lukematta sarakkeita, joita ei tarvita: {found}.",
            "Mitään ei tarvitse tehdä.",
        ),
        (
            "Kolumner som inte behövs i listan lästes inte: {found}.",
            "Ingenting behöver göras.",
        ),
        (
            "Columns of the list that are not needed were not read: {found}.",
            "Nothing needs doing.",
        ),
    ),
    explained(
        "intake.list.identity_column",
        Who.SENDER,
        (
            "Sarakkeessa ”{column}” on henkilötunnuksia. Sitä ei luettu, eikä siitä tallennettu mitään.",
            "Jätä sarake pois viennistä: Kierto ei tarvitse henkilötunnuksia.",
        ),
        (
            "Kolumnen ”{column}” innehåller personbeteckningar. Den lästes inte och inget av den sparades.",
            "Lämna bort kolumnen ur exporten: Kierto behöver inga personbeteckningar.",
        ),
        (
            "The column “{column}” holds personal identity codes. It was not read and nothing of it is kept.",
            "Leave the column out of the export: Kierto needs no identity codes.",
        ),
    ),
    explained(
        "intake.list.identity_code",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on henkilötunnus. Riviä ei luettu, eikä siitä tallennettu mitään.",
            "Poista henkilötunnus ja anna muu numero, ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står en personbeteckning. Raden lästes inte och inget av den sparades.",
            "Ta bort personbeteckningen, ge ett annat nummer och läs in filen på nytt.",
        ),
        (
            "Row {row}, column “{column}”: there is a personal identity code. The row was not read and is not kept.",
            "Take the code out, give another number, and read the file again.",
        ),
    ),
    explained(
        "intake.list.private",
        Who.SENDER,
        (
            "Tiedostossa on henkilötunnuksia, joten sitä ei tallennettu eikä sen sarakkeita voi nimetä täällä.",
            "Poista henkilötunnukset tiedostosta ja pudota se uudelleen.",
        ),
        (
            "Filen innehåller personbeteckningar. Därför sparades den inte och kolumnerna kan inte pekas ut här.",
            "Ta bort personbeteckningarna ur filen och släpp den här på nytt.",
        ),
        (
            "The file holds personal identity codes. So it is not kept, and its columns cannot be pointed out here.",
            "Take the codes out of the file and drop it again.",
        ),
    ),
    explained(
        "intake.list.nothing",
        Who.SENDER,
        ("Luettelossa on otsikot mutta ei yhtään riviä.", "Tarkista vienti ja lue tiedosto uudelleen."),
        ("Listan har rubriker men inga rader.", "Kontrollera exporten och läs in filen på nytt."),
        ("The list has headers but no rows.", "Check the export and read the file again."),
    ),
    explained(
        "intake.list.row_broken",
        Who.PSA,
        (
            "Rivin {row} lainausmerkit eivät pariudu, joten riviä ei luettu.",
            "Korjaa lainausmerkit (tekstin sisällä merkki kirjoitetaan kahdesti) ja lue tiedosto uudelleen.",
        ),
        (
            "Citattecknen på rad {row} går inte ihop, så raden lästes inte.",
            "Rätta citattecknen (inne i en text skrivs tecknet två gånger) och läs in filen på nytt.",
        ),
        (
            "The quotation marks of row {row} do not pair up, so the row was not read.",
            "Correct the marks (inside a text the mark is written twice) and read the file again.",
        ),
    ),
    explained(
        "intake.list.row_width",
        Who.PSA,
        (
            "Rivillä {row} on {cells} saraketta, otsikoita on {headers}. Riviä ei luettu.",
            "Tarkista, ettei tekstissä ole erotinmerkkiä ilman lainausmerkkejä, ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} finns {cells} kolumner, rubrikerna är {headers}. Raden lästes inte.",
            "Kontrollera att ingen text har ett skiljetecken utan citattecken, och läs in filen på nytt.",
        ),
        (
            "Row {row} has {cells} columns, there are {headers} headers. The row was not read.",
            "See that no text has a delimiter outside quotation marks, and read the file again.",
        ),
    ),
)
