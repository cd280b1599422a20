"""Faults of a table: its headers, and rows that cannot be placed."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "intake.no_headers",
        Who.SENDER,
        (
            "Tiedostosta ei löytynyt otsikkoriviä. Ensimmäisellä rivillä on ”{found}”.",
            "Lisää otsikkorivi (esimerkiksi Laskun numero; Laskupäivä; Asiakas; Tuote; Määrä; A-hinta; ALV %).",
        ),
        (
            "Ingen rubrikrad hittades i filen. På första raden står ”{found}”.",
            "Lägg till en rubrikrad (till exempel Fakturanummer; Fakturadatum; Kund; Produkt; Antal; À-pris; Moms %).",
        ),
        (
            "No row of headers was found in the file. Its first row holds “{found}”.",
            "Add a row of headers (such as Invoice number; Invoice date; Customer; Product; Quantity; Price; VAT %).",
        ),
    ),
    explained(
        "intake.columns_missing",
        Who.SENDER,
        (
            "Tiedostosta puuttuu välttämättömiä sarakkeita: {columns}. Tiedostossa on: {found}.",
            "Lisää sarakkeet vientiin, tai kerro mikä sarake on mikä, jos niillä on toinen nimi.",
        ),
        (
            "Nödvändiga kolumner saknas i filen: {columns}. I filen finns: {found}.",
            "Lägg till kolumnerna i exporten, eller ange vilken kolumn som är vilken om de har andra namn.",
        ),
        (
            "The file lacks necessary columns: {columns}. It has: {found}.",
            "Add the columns to the export, or say which column is which if they go by other names.",
        ),
    ),
    explained(
        "intake.columns_unknown",
        Who.SENDER,
        (
            "{count} saraketta jätettiin lukematta, koska niiden otsikkoa ei tunneta: {found}.",
            "Jos jokin niistä kuuluu laskulle, kerro mikä sarake se on; muuten mitään ei tarvitse tehdä.",
        ),
        (
            "{count} kolumner lästes inte, eftersom rubriken är okänd: {found}.",
            "Om någon av dem hör till fakturan, ange vilken kolumn den är; annars behöver inget göras.",
        ),
        (
            "{count} columns were not read because their headers are not known: {found}.",
            "If one of them belongs on the invoice, say which column it is; otherwise nothing needs doing.",
        ),
    ),
    explained(
        "intake.columns_mapping",
        Who.ADMIN,
        (
            "Yrityksen sarakeasetuksissa on kohde, jota ei ole: {found}. Nämä sarakkeet jätettiin lukematta.",
            "Korjaa sarakkeiden asetukset.",
        ),
        (
            "Företagets kolumninställningar pekar på fält som inte finns: {found}. Kolumnerna lästes inte.",
            "Rätta kolumninställningarna.",
        ),
        (
            "The company's column settings name fields that do not exist: {found}. Those columns were not read.",
            "Correct the column settings.",
        ),
    ),
    explained(
        "intake.row_quotes",
        Who.PSA,
        (
            "Rivin {row} lainausmerkit eivät pariudu: {found}. Riviä ei voitu jakaa sarakkeisiin.",
            "Korjaa lainausmerkit rivillä (tekstin sisällä merkki kirjoitetaan kahdesti) ja lue tiedosto uudelleen.",
        ),
        (
            "Citattecknen på rad {row} går inte ihop: {found}. Raden kunde inte delas i kolumner.",
            "Rätta citattecknen på raden (inne i en text skrivs tecknet två gånger) och läs in filen på nytt.",
        ),
        (
            "The quotation marks of row {row} do not pair up: {found}. The row could not be cut into columns.",
            "Correct the marks on the row (inside a text the mark is written twice) and read the file again.",
        ),
    ),
    explained(
        "intake.row_broken",
        Who.PSA,
        (
            "Rivi {row} on rikki, joten lasku {number}, johon se voi kuulua, pidätettiin.",
            "Korjaa rivi ja lue tiedosto uudelleen; muut laskut voi lähettää.",
        ),
        (
            "Rad {row} är trasig, och därför hölls faktura {number}, som den kan höra till, tillbaka.",
            "Rätta raden och läs in filen på nytt; de övriga fakturorna kan skickas.",
        ),
        (
            "Row {row} is broken, so invoice {number}, to which it may belong, is held back.",
            "Correct the row and read the file again; the other invoices can be sent.",
        ),
    ),
    explained(
        "intake.row_width",
        Who.PSA,
        (
            "Rivillä {row} on {cells} saraketta, otsikoita on {headers}; ylimääräistä on: {found}. "
            "Lasku {number} pidätettiin.",
            "Usein tekstissä on erotinmerkki: laita teksti lainausmerkkeihin ja lue tiedosto uudelleen.",
        ),
        (
            "Rad {row} har {cells} kolumner men rubrikerna är {headers}; överflödigt är: {found}. "
            "Faktura {number} hölls tillbaka.",
            "Ofta finns avgränsaren i en text: sätt texten inom citattecken och läs in filen på nytt.",
        ),
        (
            "Row {row} has {cells} columns but there are {headers} headers; what is over: {found}. "
            "Invoice {number} is held back.",
            "Often the delimiter stands in a text: put the text in quotation marks and read the file again.",
        ),
    ),
    explained(
        "intake.row_without_number",
        Who.PSA,
        (
            "Rivillä {row} ei ole laskun numeroa. Se voi kuulua edelliseen laskuun, joten lasku {number} pidätettiin.",
            "Lisää laskun numero jokaiselle riville ja lue tiedosto uudelleen.",
        ),
        (
            "Rad {row} saknar fakturanummer. Eftersom raden kan höra till föregående faktura hölls {number} tillbaka.",
            "Lägg till fakturanumret på varje rad och läs in filen på nytt.",
        ),
        (
            "Row {row} has no invoice number. As it may belong to the invoice before it, {number} is held back.",
            "Put the invoice number on every row and read the file again.",
        ),
    ),
    explained(
        "intake.formula_errors",
        Who.PSA,
        (
            "Taulukossa on soluja, joiden kaava antaa virheen: {found}. Ne luettiin tyhjinä.",
            "Korjaa kaavat, jos solut kuuluvat laskuihin, ja lue tiedosto uudelleen.",
        ),
        (
            "Kalkylbladet har celler vars formel ger fel: {found}. De lästes som tomma.",
            "Rätta formlerna om cellerna hör till fakturorna och läs in filen på nytt.",
        ),
        (
            "The sheet has cells whose formula gives an error: {found}. They were read as empty.",
            "If the cells belong to invoices, correct the formulas and read the file again.",
        ),
    ),
)
