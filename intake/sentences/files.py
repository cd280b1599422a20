"""Faults of a whole file: what it is, whether it opens, whose it is."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "intake.attachment",
        Who.SENDER,
        (
            "Tiedosto on liite ({kind}), ei laskuaineisto.",
            "Lähetä ensin laskut Finvoice-, CSV- tai XLSX-tiedostona; liite yhdistetään laskuun nimen perusteella.",
        ),
        (
            "Filen är en bilaga ({kind}), inte fakturamaterial.",
            "Skicka först fakturorna som Finvoice-, CSV- eller XLSX-fil; bilagan kopplas till fakturan enligt namnet.",
        ),
        (
            "The file is an attachment ({kind}), not invoice data.",
            "Send the invoices first as a Finvoice, CSV or XLSX file; the attachment joins its invoice by its name.",
        ),
    ),
    explained(
        "intake.empty",
        Who.SENDER,
        ("Tiedosto on tyhjä.", "Tee tiedosto projektijärjestelmässä uudelleen ja lähetä se."),
        ("Filen är tom.", "Skapa filen på nytt i projektsystemet och skicka den."),
        ("The file is empty.", "Export the file again from the project system and send it."),
    ),
    explained(
        "intake.too_large",
        Who.SENDER,
        ("Tiedoston koko on {found}; suurin sallittu on {expected}.", "Jaa aineisto useampaan tiedostoon."),
        ("Filens storlek är {found}; högst {expected} är tillåtet.", "Dela upp materialet på flera filer."),
        ("The file is {found}; the most that is read is {expected}.", "Divide the invoices into several files."),
    ),
    explained(
        "intake.too_many_rows",
        Who.SENDER,
        ("Tiedostossa on {found} riviä; enintään {expected} luetaan.", "Jaa aineisto useampaan tiedostoon."),
        ("Filen har {found} rader; högst {expected} läses.", "Dela upp materialet på flera filer."),
        ("The file has {found} rows; at most {expected} are read.", "Divide the invoices into several files."),
    ),
    explained(
        "intake.too_many_documents",
        Who.SENDER,
        ("Tiedostossa on yli {expected} laskua; sitä ei luettu.", "Jaa aineisto useampaan tiedostoon."),
        ("Filen har över {expected} fakturor; den lästes inte.", "Dela upp materialet på flera filer."),
        ("The file has more than {expected} invoices; it was not read.", "Divide the invoices into several files."),
    ),
    explained(
        "intake.archive",
        Who.SENDER,
        ("Tiedosto on pakattu arkisto ({kind}).", "Pura paketti ja lähetä sen tiedostot sellaisinaan."),
        ("Filen är ett packat arkiv ({kind}).", "Packa upp den och skicka filerna som sådana."),
        ("The file is a packed archive ({kind}).", "Unpack it and send the files themselves."),
    ),
    explained(
        "intake.html",
        Who.SENDER,
        (
            "Tiedosto on verkkosivu, ei laskuaineisto.",
            "Usein lataus on tallentanut kirjautumissivun: kirjaudu projektijärjestelmään ja lataa tiedosto uudelleen.",
        ),
        (
            "Filen är en webbsida, inte fakturamaterial.",
            "Ofta har inloggningssidan sparats: logga in i projektsystemet och ladda ner filen på nytt.",
        ),
        (
            "The file is a web page, not invoice data.",
            "Often a sign-in page was saved instead: sign in to the project system and download the file again.",
        ),
    ),
    explained(
        "intake.old_office",
        Who.SENDER,
        (
            "Tiedosto on vanhaa Office-muotoa (.xls) tai salattu.",
            "Avaa se Excelissä, tallenna muotoon XLSX ilman salasanaa ja lähetä uudelleen.",
        ),
        (
            "Filen är i gammalt Office-format (.xls) eller krypterad.",
            "Öppna den i Excel, spara som XLSX utan lösenord och skicka på nytt.",
        ),
        (
            "The file is in the old Office format (.xls), or encrypted.",
            "Open it in Excel, save it as XLSX without a password and send it again.",
        ),
    ),
    explained(
        "intake.word",
        Who.SENDER,
        ("Tiedosto on tekstiasiakirja ({kind}).", "Lähetä laskut Finvoice-, CSV- tai XLSX-tiedostona."),
        ("Filen är ett textdokument ({kind}).", "Skicka fakturorna som Finvoice-, CSV- eller XLSX-fil."),
        ("The file is a text document ({kind}).", "Send the invoices as a Finvoice, CSV or XLSX file."),
    ),
    explained(
        "intake.unknown",
        Who.SENDER,
        ("Tiedoston sisältöä ei tunnistettu.", "Lähetä laskut Finvoice-, CSV- tai XLSX-tiedostona."),
        ("Filens innehåll kändes inte igen.", "Skicka fakturorna som Finvoice-, CSV- eller XLSX-fil."),
        ("The content of the file was not recognised.", "Send the invoices as a Finvoice, CSV or XLSX file."),
    ),
    explained(
        "intake.unforeseen",
        Who.ADMIN,
        (
            "Tiedostoa ei voitu lukea odottamattoman virheen vuoksi ({error}). Siitä ei luettu mitään.",
            "Tee tiedosto uudelleen; jos virhe toistuu, välitä tiedosto botin ylläpitäjälle.",
        ),
        (
            "Filen kunde inte läsas på grund av ett oväntat fel ({error}). Ingenting i den har lästs in.",
            "Skapa filen på nytt; om felet upprepas, ge filen till botens administratör.",
        ),
        (
            "The file could not be read because of an unexpected error ({error}). Nothing was taken from it.",
            "Export the file again; if it happens again, pass the file to the bot's admin.",
        ),
    ),
    explained(
        "intake.encoding",
        Who.PSA,
        (
            "Tiedosto ilmoittaa merkistökseen {found}, mutta teksti on merkistöä {expected}; se luettiin niin.",
            "Tarkista, että nimissä ä, ö ja å ovat oikein. Korjaa merkistö laskut tekevässä järjestelmässä.",
        ),
        (
            "Filen uppger teckenuppsättningen {found}, men texten är {expected} och lästes så.",
            "Kontrollera att å, ä och ö är rätt i namnen. Rätta teckenuppsättningen i systemet som gör fakturorna.",
        ),
        (
            "The file says its encoding is {found}, but the text is {expected} and was read as such.",
            "Check that å, ä and ö are right in names. Correct the encoding in the system that makes the invoices.",
        ),
    ),
    explained(
        "intake.encoding_unknown",
        Who.SENDER,
        ("Tiedoston merkistöä ei tunnistettu.", "Tallenna tiedosto merkistöllä UTF-8 ja lähetä uudelleen."),
        ("Filens teckenuppsättning kändes inte igen.", "Spara filen som UTF-8 och skicka den på nytt."),
        ("The encoding of the file was not recognised.", "Save the file as UTF-8 and send it again."),
    ),
    explained(
        "intake.no_invoice",
        Who.SENDER,
        ("Tiedostossa ei ole yhtään laskua.", "Tarkista, että valitsit oikean tiedoston ja aikavälin."),
        ("Filen innehåller inga fakturor.", "Kontrollera att du valde rätt fil och rätt period."),
        ("There is no invoice in the file.", "Check that you chose the right file and period."),
    ),
    explained(
        "intake.xlsx_broken",
        Who.SENDER,
        ("Taulukkotiedosto on vioittunut: sitä ei saada auki.", "Avaa ja tallenna se Excelissä uudelleen."),
        ("Kalkylfilen är skadad och kan inte öppnas.", "Öppna och spara den på nytt i Excel."),
        ("The workbook is damaged and cannot be opened.", "Open it in Excel and save it again."),
    ),
    explained(
        "intake.xlsx_locked",
        Who.SENDER,
        ("Taulukkotiedosto on suojattu salasanalla.", "Tallenna se ilman salasanaa ja lähetä uudelleen."),
        ("Kalkylfilen är skyddad med lösenord.", "Spara den utan lösenord och skicka på nytt."),
        ("The workbook is protected with a password.", "Save it without the password and send it again."),
    ),
    explained(
        "intake.xlsx_size",
        Who.SENDER,
        (
            "Taulukkotiedosto purkautuu liian suureksi ({found}; enintään {expected}).",
            "Poista taulukosta ylimääräiset rivit, sarakkeet ja muotoilut, tai jaa se useampaan tiedostoon.",
        ),
        (
            "Kalkylfilen blir för stor när den packas upp ({found}; högst {expected}).",
            "Ta bort överflödiga rader, kolumner och formateringar, eller dela upp den på flera filer.",
        ),
        (
            "The workbook unpacks into too much ({found}; at most {expected}).",
            "Remove surplus rows, columns and formatting, or divide it into several files.",
        ),
    ),
    explained(
        "intake.neither_party",
        Who.SENDER,
        (
            "{company} ei ole laskun {number} myyjä eikä ostaja: myyjä on {seller}, ostaja {buyer}.",
            "Valitse, kumpi niistä on yrityksesi, tai jätä lasku pois, jos se on toisen yrityksen.",
        ),
        (
            "{company} är varken säljare eller köpare på faktura {number}: säljaren är {seller}, köparen {buyer}.",
            "Välj vilkendera som är ditt företag, eller lämna bort fakturan om den hör till någon annan.",
        ),
        (
            "{company} is neither the seller nor the buyer of invoice {number}: {seller} sells to {buyer}.",
            "Say which of the two is your company, or leave the invoice out if it is somebody else's.",
        ),
    ),
    explained(
        "intake.party_id",
        Who.PSA,
        (
            "Laskulla {number} on {name} tunnuksella {found}, vaikka yrityksesi tunnus on {expected}. "
            "Lasku tunnistettiin nimestä.",
            "Korjaa tunnus laskut tekevään järjestelmään.",
        ),
        (
            "På faktura {number} finns {name} med numret {found}, men ditt företags nummer är {expected}. "
            "Fakturan kändes igen på namnet.",
            "Rätta numret i systemet som gör fakturorna.",
        ),
        (
            "Invoice {number} has {name} with the id {found}, but your company's is {expected}. "
            "It was recognised by the name.",
            "Correct the id in the system that makes the invoices.",
        ),
    ),
)
