"""Faults of one cell of a table: each names the row, the column and what was found there."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "intake.cell.number",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”, joka ei ole luku.",
            "Korjaa luku muotoon {expected} ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”, som inte är ett tal.",
            "Rätta talet till formen {expected} och läs in filen på nytt.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” is not a number.",
            "Correct it to the form {expected} and read the file again.",
        ),
    ),
    explained(
        "intake.cell.ambiguous_number",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”: se voi olla {one} tai {other}, "
            "eikä mikään muu luku tiedostossa kerro kumpi.",
            "Kirjoita luku kahdella desimaalilla (esimerkiksi {expected}) ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”: det kan vara {one} eller {other}, "
            "och inget annat tal i filen visar vilket.",
            "Skriv talet med två decimaler (till exempel {expected}) och läs in filen på nytt.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” could be {one} or {other}, "
            "and no other number in the file tells which.",
            "Write the number with two decimals (for example {expected}) and read the file again.",
        ),
    ),
    explained(
        "intake.cell.number_size",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”: luku on liian suuri tai siinä on liikaa desimaaleja.",
            "Tarkista luku (suurin {expected}, enintään kymmenen desimaalia).",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”: talet är för stort eller har för många decimaler.",
            "Kontrollera talet (högst {expected}, högst tio decimaler).",
        ),
        (
            "Row {row}, column “{column}”: “{found}” is too large or has too many decimals.",
            "Check the number ({expected}, at most ten decimals).",
        ),
    ),
    explained(
        "intake.cell.fraction",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”, joka näyttää osuudelta eikä prosentilta.",
            "Kirjoita prosentti, esimerkiksi {expected}.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”, som ser ut som en andel och inte en procent.",
            "Skriv procenten, till exempel {expected}.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” looks like a share, not a percentage.",
            "Write the percentage, for example {expected}.",
        ),
    ),
    explained(
        "intake.cell.date",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”, joka ei ole päivämäärä.",
            "Korjaa päivä muotoon {expected} ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”, som inte är ett datum.",
            "Rätta datumet till formen {expected} och läs in filen på nytt.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” is not a date.",
            "Correct it to the form {expected} and read the file again.",
        ),
    ),
    explained(
        "intake.cell.ambiguous_date",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”: se voi olla {one} tai {other}.",
            "Kirjoita päivä yksiselitteisesti, esimerkiksi {expected}.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”: det kan vara {one} eller {other}.",
            "Skriv datumet entydigt, till exempel {expected}.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” could be {one} or {other}.",
            "Write the date so that it can be read one way only, for example {expected}.",
        ),
    ),
    explained(
        "intake.cell.empty",
        Who.PSA,
        (
            "Laskulta {number} (rivi {row}) puuttuu tieto: {column}.",
            "Täydennä tieto projektijärjestelmässä ja lue tiedosto uudelleen.",
        ),
        (
            "Faktura {number} (rad {row}) saknar en uppgift: {column}.",
            "Komplettera uppgiften i projektsystemet och läs in filen på nytt.",
        ),
        (
            "Invoice {number} (row {row}) lacks a value: {column}.",
            "Fill it in in the project system and read the file again.",
        ),
    ),
    explained(
        "intake.cell.two_values",
        Who.SENDER,
        (
            "Rivillä {row} kahdessa samaa tarkoittavassa sarakkeessa (”{column}”) on eri arvot: {found}.",
            "Jätä toinen sarake pois viennistä tai kerro asetuksissa, kumpaa luetaan.",
        ),
        (
            "På rad {row} har två kolumner med samma betydelse (”{column}”) olika värden: {found}.",
            "Lämna bort den ena kolumnen i exporten, eller ange i inställningarna vilken som läses.",
        ),
        (
            "Row {row}: two columns that mean the same (“{column}”) have different values: {found}.",
            "Leave one column out of the export, or say in the settings which one is read.",
        ),
    ),
    explained(
        "intake.cell.contradiction",
        Who.PSA,
        (
            "Laskun {number} rivillä {row} sarakkeessa ”{column}” on ”{found}”, mutta aiemmalla rivillä ”{first}”.",
            "Laskun tietojen on oltava samat kaikilla sen riveillä: korjaa ja lue tiedosto uudelleen.",
        ),
        (
            "På faktura {number} rad {row} står ”{found}” i kolumnen ”{column}”, men på en tidigare rad ”{first}”.",
            "Fakturans uppgifter ska vara desamma på alla dess rader: rätta och läs in filen på nytt.",
        ),
        (
            "Invoice {number}, row {row}: column “{column}” has “{found}”, but an earlier row has “{first}”.",
            "The invoice's own data must be the same on all its rows: correct it and read the file again.",
        ),
    ),
    explained(
        "intake.cell.precision",
        Who.PSA,
        (
            "Rivillä {row} sarakkeessa ”{column}” on ”{found}”: taulukko-ohjelma on muuttanut tunnuksen luvuksi "
            "ja pyöristänyt sen.",
            "Muotoile sarake tekstiksi, syötä tunnus uudelleen ja lue tiedosto uudelleen.",
        ),
        (
            "På rad {row} i kolumnen ”{column}” står ”{found}”: kalkylprogrammet har gjort koden till ett tal "
            "och avrundat det.",
            "Formatera kolumnen som text, mata in koden på nytt och läs in filen igen.",
        ),
        (
            "Row {row}, column “{column}”: “{found}” is a code that the spreadsheet turned into a number and rounded.",
            "Format the column as text, enter the code again and read the file again.",
        ),
    ),
    explained(
        "intake.cell.currency",
        Who.PSA,
        (
            "Laskun {number} rivillä {row} sarakkeessa ”{column}” on valuutta ”{found}”, mutta laskun on {expected}.",
            "Korjaa valuutta: yhdellä laskulla on yksi valuutta, kolmikirjaimisena koodina.",
        ),
        (
            "Faktura {number}, rad {row}: kolumnen ”{column}” har valutan ”{found}”, men fakturan är i {expected}.",
            "Rätta valutan: en faktura har en valuta, angiven med tre bokstäver.",
        ),
        (
            "Invoice {number}, row {row}: column “{column}” is in “{found}”, but the invoice is in {expected}.",
            "Correct the currency: an invoice has one, given as a three-letter code.",
        ),
    ),
    explained(
        "intake.cell.unknown_word",
        Who.PSA,
        (
            "Rivillä {row} sarakkeen ”{column}” arvoa ”{found}” ei tunneta; se jätettiin lukematta.",
            "Täydennä tieto ennen lähetystä, tai käytä koodia.",
        ),
        (
            "På rad {row} är värdet ”{found}” i kolumnen ”{column}” okänt; det lästes inte.",
            "Komplettera uppgiften före sändningen, eller använd en kod.",
        ),
        (
            "Row {row}: the value “{found}” of column “{column}” is not known and was left out.",
            "Fill it in before sending, or use a code.",
        ),
    ),
    explained(
        "intake.cell.row_type",
        Who.PSA,
        (
            "Rivin {row} tyyppiä ”{found}” ei tunneta sarakkeessa ”{column}”.",
            "Käytä tyyppiä {expected}.",
        ),
        ("Typen ”{found}” på rad {row} i kolumnen ”{column}” är okänd.", "Använd typen produkt, rubrik eller text."),
        ("Row {row}: the row type “{found}” in column “{column}” is not known.", "Use product, header or text."),
    ),
    explained(
        "intake.cell.heading_amount",
        Who.PSA,
        (
            "Rivi {row} on väliotsikko, mutta sarakkeessa ”{column}” on summa {found}.",
            "Poista summa, tai vaihda rivi tuoteriviksi.",
        ),
        (
            "Rad {row} är en mellanrubrik, men kolumnen ”{column}” har beloppet {found}.",
            "Ta bort beloppet, eller gör raden till en produktrad.",
        ),
        (
            "Row {row} is a heading, but column “{column}” has the amount {found}.",
            "Remove the amount, or make the row a product row.",
        ),
    ),
    explained(
        "intake.cell.no_price",
        Who.PSA,
        (
            "Laskun {number} rivillä {row} ei ole yksikköhintaa, eikä rivisumma jakaudu tasan määrälle.",
            "Lisää sarakkeeseen ”{column}” hinta ja lue tiedosto uudelleen.",
        ),
        (
            "Faktura {number}, rad {row}: enhetspriset saknas och radsumman går inte jämnt upp med antalet.",
            "Lägg till priset i kolumnen ”{column}” och läs in filen på nytt.",
        ),
        (
            "Invoice {number}, row {row}: there is no unit price, and the row's total does not divide evenly.",
            "Add the price to column “{column}” and read the file again.",
        ),
    ),
    explained(
        "intake.cell.mixed_prices",
        Who.PSA,
        (
            "Laskulla {number} (rivistä {row} alkaen) osa hinnoista on verollisia ja osa verottomia.",
            "Anna laskun kaikki hinnat joko verottomina tai verollisina.",
        ),
        (
            "På faktura {number} (från rad {row}) är en del av priserna med moms och en del utan.",
            "Ange alla priser på fakturan antingen utan eller med moms.",
        ),
        (
            "Invoice {number} (from row {row}) has some prices with VAT and some without.",
            "Give all prices of the invoice either without or with VAT.",
        ),
    ),
    explained(
        "intake.cell.vat_code",
        Who.PSA,
        (
            "Rivin {row} ALV-koodia ”{found}” ei tunneta; se jätettiin lukematta.",
            "Tarkista verokäsittely ennen lähetystä. Tunnetut koodit: {expected}.",
        ),
        (
            "Momskoden ”{found}” på rad {row} är okänd; den lästes inte.",
            "Kontrollera momshanteringen före sändningen. Kända koder: {expected}.",
        ),
        (
            "Row {row}: the VAT code “{found}” is not known and was left out.",
            "Check the VAT treatment before sending. Known codes: {expected}.",
        ),
    ),
)
