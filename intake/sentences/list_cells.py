"""Faults of one cell of the PSA's lists, and of rows that contradict each other."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "intake.list.empty",
        Who.PSA,
        (
            "Rivillä {row} sarake ”{column}” on tyhjä. Riviä ei luettu.",
            "Täydennä solu ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} är kolumnen ”{column}” tom. Raden lästes inte.",
            "Fyll i cellen och läs in filen på nytt.",
        ),
        (
            "Row {row}: the column “{column}” is empty. The row was not read.",
            "Fill the cell and read the file again.",
        ),
    ),
    explained(
        "intake.list.long",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on liian pitkä teksti: ”{found}”. Riviä ei luettu.",
            "Lyhennä teksti enintään {expected} merkkiin ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” är texten för lång: ”{found}”. Raden lästes inte.",
            "Förkorta texten till högst {expected} tecken och läs in filen på nytt.",
        ),
        (
            "Row {row}, column “{column}”: the text is too long: “{found}”. The row was not read.",
            "Shorten it to {expected} characters at most and read the file again.",
        ),
    ),
    explained(
        "intake.list.email",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”, joka ei ole sähköpostiosoite. Riviä ei luettu.",
            "Korjaa osoite muotoon {expected} ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”, som inte är en e-postadress. Raden lästes inte.",
            "Rätta adressen till formen {expected} och läs in filen på nytt.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” is not an e-mail address. The row was not read.",
            "Correct it to the form {expected} and read the file again.",
        ),
    ),
    explained(
        "intake.list.word",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”, jota ei ymmärretty. Riviä ei luettu.",
            "Kirjoita jokin näistä: {expected}. Lue tiedosto sitten uudelleen.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”, som inte kunde tolkas. Raden lästes inte.",
            "Skriv något av dessa: {expected}. Läs sedan in filen på nytt.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” was not understood. The row was not read.",
            "Write one of these: {expected}. Then read the file again.",
        ),
    ),
    explained(
        "intake.list.unknown_word",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”, jota ei tunneta. Se jätettiin tyhjäksi.",
            "Kirjoita koodi, esimerkiksi {expected}, ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”, som är okänt. Det lämnades tomt.",
            "Skriv koden, till exempel {expected}, och läs in filen på nytt.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” is not known. It was left empty.",
            "Write the code, such as {expected}, and read the file again.",
        ),
    ),
    explained(
        "intake.list.business_id",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”, joka ei ole Y-tunnus. Riviä ei luettu.",
            "Korjaa tunnus muotoon {expected} ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”, som inte är ett FO-nummer. Raden lästes inte.",
            "Rätta numret till formen {expected} och läs in filen på nytt.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” is not a Finnish business id. The row was not read.",
            "Correct it to the form {expected} and read the file again.",
        ),
    ),
    explained(
        "intake.list.operator",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”, joka ei ole välittäjän tunnus. Lähimmät: {expected}.",
            "Korjaa välittäjä, tai lisää se luetteloon komennolla map operator.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”, som inte är en förmedlarkod. De närmaste: {expected}.",
            "Rätta förmedlaren, eller lägg till den i listan med kommandot map operator.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” is no operator's identifier. The nearest: {expected}.",
            "Correct the operator, or add it to the list with the command map operator.",
        ),
    ),
    explained(
        "intake.list.two_values",
        Who.PSA,
        (
            "Rivillä {row} on kahdessa sarakkeessa ”{column}” eri arvot. Riviä ei luettu.",
            "Jätä toinen sarake pois ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} har två kolumner ”{column}” olika värden. Raden lästes inte.",
            "Lämna bort den ena kolumnen och läs in filen på nytt.",
        ),
        (
            "Row {row}: two columns “{column}” hold different values. The row was not read.",
            "Leave one of the columns out and read the file again.",
        ),
    ),
    explained(
        "intake.list.precision",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” taulukko on pyöristänyt pitkän numeron. Riviä ei luettu.",
            "Muotoile sarake tekstiksi, kirjoita numero kokonaan ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” har kalkylarket avrundat ett långt nummer. Raden lästes inte.",
            "Formatera kolumnen som text, skriv numret helt och läs in filen på nytt.",
        ),
        (
            "Row {row}, column “{column}”: the sheet has rounded a long number. The row was not read.",
            "Format the column as text, write the number whole, and read the file again.",
        ),
    ),
    explained(
        "intake.list.repeated",
        Who.SENDER,
        ("Rivit {rows} ovat samat. Ne luettiin kerran.", "Mitään ei tarvitse tehdä."),
        ("Raderna {rows} är likadana. De lästes en gång.", "Ingenting behöver göras."),
        ("Rows {rows} are the same. They were read once.", "Nothing needs doing."),
    ),
    explained(
        "intake.list.two_versions",
        Who.PSA,
        (
            "Riveillä {rows} on sama ”{column}” mutta muuten eri tiedot. Niitä ei luettu.",
            "Jätä oikea rivi ja lue tiedosto uudelleen.",
        ),
        (
            "Raderna {rows} har samma ”{column}” men i övrigt olika uppgifter. De lästes inte.",
            "Behåll den rätta raden och läs in filen på nytt.",
        ),
        (
            "Rows {rows} have the same “{column}” but differ otherwise. They were not read.",
            "Keep the right row and read the file again.",
        ),
    ),
    explained(
        "intake.list.same_id",
        Who.PSA,
        (
            "Riveillä {rows} on eri henkilöitä, joilla on sama ”{column}”. Niitä ei luettu, jottei kulu mene väärälle.",
            "Korjaa tunnus projektijärjestelmässä ja lue tiedosto uudelleen.",
        ),
        (
            "Raderna {rows} är olika personer med samma ”{column}”. De lästes inte, så att ingen kostnad går fel.",
            "Rätta koden i projektsystemet och läs in filen på nytt.",
        ),
        (
            "Rows {rows} are different people with the same “{column}”. They were not read, lest a claim go astray.",
            "Correct the id in the project system and read the file again.",
        ),
    ),
    explained(
        "intake.list.product",
        Who.PSA,
        (
            "Työlajille ”{name}” annettua tuotetta ”{found}” ei ole käytössä Procountorissa. Lähimmät: {expected}.",
            "Korjaa tuotekoodi, tai lisää tuote Procountoriin, ja lue tiedosto uudelleen.",
        ),
        (
            "Produkten ”{found}” för arbetsarten ”{name}” är inte i bruk i Procountor. De närmaste: {expected}.",
            "Rätta produktkoden, eller lägg till produkten i Procountor, och läs in filen på nytt.",
        ),
        (
            "The product “{found}” given for the work type “{name}” is not in use in Procountor. "
            "The nearest: {expected}.",
            "Correct the product's code, or add the product in Procountor, and read the file again.",
        ),
    ),
)
