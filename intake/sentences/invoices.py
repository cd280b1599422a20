"""Faults of a whole invoice in a file: what it is, what it lacks, what does not agree within it."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "intake.missing",
        Who.PSA,
        (
            "Laskulta {number} (tiedoston rivi {line}) puuttuu välttämätön tieto {field}.",
            "Täydennä tieto laskut tekevässä järjestelmässä ja tee tiedosto uudelleen.",
        ),
        (
            "Faktura {number} (filens rad {line}) saknar den nödvändiga uppgiften {field}.",
            "Komplettera uppgiften i systemet som gör fakturorna och skapa filen på nytt.",
        ),
        (
            "Invoice {number} (line {line} of the file) lacks {field}, which is necessary.",
            "Fill it in in the system that makes the invoices and export the file again.",
        ),
    ),
    explained(
        "intake.no_rows",
        Who.PSA,
        ("Laskulla {number} ei ole yhtään riviä.", "Lisää laskulle rivit ja tee tiedosto uudelleen."),
        ("Faktura {number} har inga rader.", "Lägg till rader på fakturan och skapa filen på nytt."),
        ("Invoice {number} has no rows.", "Add its rows and export the file again."),
    ),
    explained(
        "intake.not_invoice",
        Who.SENDER,
        (
            "Asiakirja {number} ei ole lasku eikä hyvityslasku vaan ”{type}” ({found}).",
            "Jätä se pois: vain laskut (INV01) ja hyvityslaskut (INV02) siirretään.",
        ),
        (
            "Dokument {number} är varken en faktura eller en kreditnota utan ”{type}” ({found}).",
            "Lämna bort det: endast fakturor (INV01) och kreditnotor (INV02) överförs.",
        ),
        (
            "Document {number} is neither an invoice nor a credit note but “{type}” ({found}).",
            "Leave it out: only invoices (INV01) and credit notes (INV02) are carried over.",
        ),
    ),
    explained(
        "intake.cancelled",
        Who.SENDER,
        (
            "Lasku {number} on merkitty peruutukseksi, joten sitä ei siirretä.",
            "Jos lasku on voimassa, tee tiedosto uudelleen alkuperäisenä; jos se perutaan, tee hyvityslasku.",
        ),
        (
            "Faktura {number} är märkt som en annullering och överförs därför inte.",
            "Om fakturan gäller, skapa filen på nytt som original; om den annulleras, gör en kreditnota.",
        ),
        (
            "Invoice {number} is marked as a cancellation, so it is not carried over.",
            "If the invoice stands, export it again as an original; if it does not, make a credit note.",
        ),
    ),
    explained(
        "intake.version",
        Who.PSA,
        (
            "Lasku {number} on Finvoicen versiota {found}, jota ei tunneta; se luettiin kuten 3.0.",
            "Tarkista esikatselusta, että kaikki tiedot tulivat mukaan.",
        ),
        (
            "Faktura {number} är Finvoice version {found}, som är okänd; den lästes som 3.0.",
            "Kontrollera i förhandsvisningen att alla uppgifter kom med.",
        ),
        (
            "Invoice {number} is Finvoice version {found}, which is not known; it was read as 3.0.",
            "Check in the preview that everything came along.",
        ),
    ),
    explained(
        "intake.mixed_prices",
        Who.PSA,
        (
            "Laskulla {number} osa hinnoista on verollisia ja osa verottomia.",
            "Anna laskun kaikki hinnat joko verottomina tai verollisina ja tee tiedosto uudelleen.",
        ),
        (
            "På faktura {number} är en del av priserna med moms och en del utan.",
            "Ange alla priser antingen utan eller med moms och skapa filen på nytt.",
        ),
        (
            "Invoice {number} has some prices with VAT and some without.",
            "Give all its prices either without or with VAT and export the file again.",
        ),
    ),
    explained(
        "intake.sub_rows",
        Who.PSA,
        (
            "Laskun {number} rivillä ({element}) on {count} erittelyriviä; ne tulivat rivin selitteiksi ilman summia.",
            "Tarkista esikatselusta, että rivin summa on oikea.",
        ),
        (
            "Raden {element} på faktura {number} har {count} specifikationsrader; de blev förklaringar utan belopp.",
            "Kontrollera i förhandsvisningen att radens summa är rätt.",
        ),
        (
            "Row {element} of invoice {number} has {count} sub-rows; they became descriptions without amounts.",
            "Check in the preview that the row's total is right.",
        ),
    ),
    explained(
        "intake.cash_discount",
        Who.PSA,
        (
            "Laskun {number} käteisalennusta ({found}) ei voi tulkita: siinä on oltava prosentti ja päivä, "
            "joka ei ole ennen laskun päivää.",
            "Korjaa käteisalennus laskut tekevässä järjestelmässä ja tee tiedosto uudelleen.",
        ),
        (
            "Kassarabatten ({found}) på faktura {number} kan inte tolkas: den ska ha en procent och ett datum "
            "som inte är före fakturans.",
            "Rätta kassarabatten i systemet som gör fakturorna och skapa filen på nytt.",
        ),
        (
            "The cash discount ({found}) of invoice {number} makes no sense: it needs a percentage and a date "
            "not before the invoice's.",
            "Correct it in the system that makes the invoices and export the file again.",
        ),
    ),
    explained(
        "intake.discount_rate",
        Who.PSA,
        (
            "Laskun {number} koko laskua koskevasta alennuksesta tai lisästä ({found}) ei selviä verokanta, "
            "ja riveillä on useita.",
            "Anna alennukselle verokanta tai tee siitä oma rivi, ja tee tiedosto uudelleen.",
        ),
        (
            "För rabatten eller tillägget ({found}) på hela faktura {number} anges ingen momssats, "
            "och raderna har flera.",
            "Ange momssatsen eller gör den till en egen rad, och skapa filen på nytt.",
        ),
        (
            "The discount or charge ({found}) on the whole of invoice {number} has no VAT rate; the rows have several.",
            "Give it a rate or make it a row of its own, and export the file again.",
        ),
    ),
    explained(
        "intake.many_due_dates",
        Who.SENDER,
        (
            "Laskulla {number} on useita eräpäiviä ({found}); käytetään ensimmäistä.",
            "Jos lasku maksetaan erissä, tee eristä omat laskunsa.",
        ),
        (
            "Faktura {number} har flera förfallodagar ({found}); den första används.",
            "Om fakturan betalas i poster, gör en egen faktura av varje post.",
        ),
        (
            "Invoice {number} has several due dates ({found}); the first is used.",
            "If it is paid in instalments, make an invoice of each.",
        ),
    ),
    explained(
        "intake.many_credited",
        Who.SENDER,
        (
            "Hyvityslasku {number} hyvittää useita laskuja ({found}); viitteeksi tulee {expected}.",
            "Tarkista, että hyvitys kohdistuu oikein, tai tee hyvitykset erikseen.",
        ),
        (
            "Kreditnota {number} krediterar flera fakturor ({found}); som referens används {expected}.",
            "Kontrollera att krediteringen hänförs rätt, eller gör kreditnotorna skilt.",
        ),
        (
            "Credit note {number} credits several invoices ({found}); {expected} is used as the reference.",
            "Check that the credit is allotted rightly, or make separate credit notes.",
        ),
    ),
    explained(
        "intake.credits_nothing",
        Who.SENDER,
        (
            "Hyvityslasku {number} ei kerro, minkä laskun se hyvittää.",
            "Lisää alkuperäisen laskun numero, jos se on tiedossa.",
        ),
        (
            "Kreditnota {number} anger inte vilken faktura den krediterar.",
            "Lägg till den ursprungliga fakturans nummer om det är känt.",
        ),
        (
            "Credit note {number} does not say which invoice it credits.",
            "Add the number of the original invoice if it is known.",
        ),
    ),
    explained(
        "intake.credit_sign",
        Who.SENDER,
        (
            "Hyvityslaskun {number} summat ovat tiedostossa ilman miinusta ({found}); ne luettiin negatiivisina.",
            "Tarkista esikatselusta, että hyvitys on oikean suuruinen.",
        ),
        (
            "Beloppen på kreditnota {number} saknar minustecken i filen ({found}); de lästes som negativa.",
            "Kontrollera i förhandsvisningen att krediteringen är rätt.",
        ),
        (
            "The amounts of credit note {number} have no minus sign in the file ({found}); they were read as negative.",
            "Check in the preview that the credit is right.",
        ),
    ),
    explained(
        "intake.payable",
        Who.PSA,
        (
            "Laskun {number} maksuosassa pyydetään maksamaan {asked}, mutta laskun loppusumma on {total}.",
            "Tarkista kumpi on oikein. Procountoriin menee laskun loppusumma.",
        ),
        (
            "Betalningsdelen på faktura {number} begär {asked}, men fakturans slutsumma är {total}.",
            "Kontrollera vilkendera som är rätt. Till Procountor går fakturans slutsumma.",
        ),
        (
            "The payment part of invoice {number} asks for {asked}, but the invoice comes to {total}.",
            "Check which is right. What goes to Procountor is the invoice's total.",
        ),
    ),
    explained(
        "intake.rounding",
        Who.SENDER,
        (
            "Laskun {number} maksettavaa summaa on pyöristetty ({amount}); pyöristys ei siirry Procountoriin.",
            "Lisää pyöristys tarvittaessa omaksi rivikseen.",
        ),
        (
            "Beloppet att betala på faktura {number} är avrundat ({amount}); avrundningen går inte till Procountor.",
            "Lägg vid behov till avrundningen som en egen rad.",
        ),
        (
            "The amount payable on invoice {number} is rounded ({amount}); the rounding does not go to Procountor.",
            "Add the rounding as a row of its own if it is needed.",
        ),
    ),
    explained(
        "intake.paid_already",
        Who.ACCOUNTANT,
        (
            "Laskusta {number} on jo maksettu {amount}; maksu ei siirry Procountoriin.",
            "Kirjaa maksu Procountorissa, kun lasku on siellä.",
        ),
        (
            "Av faktura {number} har redan {amount} betalats; betalningen följer inte med till Procountor.",
            "Registrera betalningen i Procountor när fakturan finns där.",
        ),
        (
            "Of invoice {number}, {amount} has been paid already; the payment does not go to Procountor.",
            "Record the payment in Procountor once the invoice is there.",
        ),
    ),
    explained(
        "intake.repeated",
        Who.SENDER,
        (
            "Lasku {number} on tiedostossa {count} kertaa samanlaisena; se luettiin kerran.",
            "Mitään ei tarvitse tehdä.",
        ),
        ("Faktura {number} finns {count} gånger likadan i filen; den lästes en gång.", "Inget behöver göras."),
        ("Invoice {number} is in the file {count} times, all alike; it was read once.", "Nothing needs doing."),
    ),
    explained(
        "intake.two_versions",
        Who.PSA,
        (
            "Lasku {number} on tiedostossa {count} kertaa eri sisällöllä, joten sitä ei luettu lainkaan.",
            "Poista väärä versio ja lue tiedosto uudelleen.",
        ),
        (
            "Faktura {number} finns {count} gånger i filen med olika innehåll och lästes därför inte alls.",
            "Ta bort den felaktiga versionen och läs in filen på nytt.",
        ),
        (
            "Invoice {number} is in the file {count} times with different contents, so it was not read at all.",
            "Remove the wrong version and read the file again.",
        ),
    ),
)
