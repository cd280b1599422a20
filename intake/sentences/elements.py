"""Faults of an XML file and of one element in it: each names the element, its line and what was found there."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

_AT_FI = "Laskun {number} kohdassa {element} (tiedoston rivi {line})"
_AT_SV = "Faktura {number}, {element} (filens rad {line})"
_AT_EN = "Invoice {number}, {element} (line {line} of the file)"
_FIX_FI = "Korjaa se laskut tekevässä järjestelmässä ja tee tiedosto uudelleen."
_FIX_SV = "Rätta det i systemet som gör fakturorna och skapa filen på nytt."
_FIX_EN = "Correct it in the system that makes the invoices and export the file again."

EXPLANATIONS = (
    explained(
        "intake.xml_broken",
        Who.PSA,
        (
            "XML-tiedosto on rikki rivin {line} merkin {detail} kohdalla.",
            "Tee tiedosto uudelleen laskut tekevässä järjestelmässä.",
        ),
        (
            "XML-filen är trasig på rad {line} vid tecken {detail}.",
            "Skapa filen på nytt i systemet som gör fakturorna.",
        ),
        (
            "The XML is broken at line {line}, character {detail}.",
            "Export the file again from the system that makes invoices.",
        ),
    ),
    explained(
        "intake.xml_entity",
        Who.PSA,
        (
            "XML-tiedostossa on entiteettejä (rivi {line}: {detail}), joita ei turvallisuussyistä avata.",
            "Tee tiedosto ilman entiteettejä: kirjoita merkit sellaisinaan.",
        ),
        (
            "XML-filen innehåller entiteter (rad {line}: {detail}), som av säkerhetsskäl inte öppnas.",
            "Skapa filen utan entiteter: skriv tecknen som sådana.",
        ),
        (
            "The XML has entities (line {line}: {detail}), which for safety are not expanded.",
            "Export the file without entities: write the characters themselves.",
        ),
    ),
    explained(
        "intake.xml_deep",
        Who.PSA,
        ("XML-tiedostossa on yli {detail} sisäkkäistä tasoa; se ei ole Finvoice.", "Tarkista, että tiedosto on oikea."),
        ("XML-filen har över {detail} nivåer inom varandra; den är inte Finvoice.", "Kontrollera att filen är rätt."),
        ("The XML is nested more than {detail} levels deep; it is no Finvoice.", "Check that it is the right file."),
    ),
    explained(
        "intake.xml_other",
        Who.SENDER,
        (
            "XML-tiedosto ei ole Finvoice vaan ”{found}”.",
            "Vie laskut projektijärjestelmästä Finvoice-muodossa (1.2–3.0) tai CSV- tai XLSX-tiedostona.",
        ),
        (
            "XML-filen är inte Finvoice utan ”{found}”.",
            "Exportera fakturorna från projektsystemet som Finvoice (1.2–3.0) eller som CSV- eller XLSX-fil.",
        ),
        (
            "The XML is not Finvoice but “{found}”.",
            "Export the invoices from the project system as Finvoice (1.2 to 3.0), CSV or XLSX.",
        ),
    ),
    explained(
        "intake.element.number",
        Who.PSA,
        (_AT_FI + " on ”{found}”, joka ei ole luku.", _FIX_FI),
        (_AT_SV + ": ”{found}” är inte ett tal.", _FIX_SV),
        (_AT_EN + ": “{found}” is not a number.", _FIX_EN),
    ),
    explained(
        "intake.element.number_size",
        Who.PSA,
        (_AT_FI + " on ”{found}”: luku on liian suuri tai siinä on liikaa desimaaleja.", _FIX_FI),
        (_AT_SV + ": talet ”{found}” är för stort eller har för många decimaler.", _FIX_SV),
        (_AT_EN + ": “{found}” is too large or has too many decimals.", _FIX_EN),
    ),
    explained(
        "intake.element.date",
        Who.PSA,
        (_AT_FI + " on ”{found}”, joka ei ole päivämäärä ({expected}).", _FIX_FI),
        (_AT_SV + ": ”{found}” är inte ett datum ({expected}).", _FIX_SV),
        (_AT_EN + ": “{found}” is not a date ({expected}).", _FIX_EN),
    ),
    explained(
        "intake.element.fraction",
        Who.PSA,
        (_AT_FI + " on veroprosenttina ”{found}”, joka näyttää osuudelta (oikein esimerkiksi {expected}).", _FIX_FI),
        (_AT_SV + ": momsprocenten ”{found}” ser ut som en andel (rätt är till exempel {expected}).", _FIX_SV),
        (_AT_EN + ": the VAT percentage “{found}” looks like a share (it should be for example {expected}).", _FIX_EN),
    ),
    explained(
        "intake.element.country",
        Who.PSA,
        (
            _AT_FI + " on maa ”{found}”, jota ei tunneta; maa jätettiin tyhjäksi.",
            "Valitse maa ennen lähetystä, ja korjaa se kaksikirjaimiseksi koodiksi (esimerkiksi {expected}).",
        ),
        (
            _AT_SV + ": landet ”{found}” är okänt och lämnades tomt.",
            "Välj landet före sändningen och rätta det till en kod med två bokstäver (till exempel {expected}).",
        ),
        (
            _AT_EN + ": the country “{found}” is not known and was left empty.",
            "Choose the country before sending, and correct it to a two-letter code (for example {expected}).",
        ),
    ),
    explained(
        "intake.element.vat_code",
        Who.PSA,
        (
            _AT_FI + " on verokoodi ”{found}”, jota ei tunneta; se jätettiin lukematta.",
            "Tarkista verokäsittely ennen lähetystä. Tunnetut koodit: {expected}.",
        ),
        (
            _AT_SV + ": momskoden ”{found}” är okänd och lästes inte.",
            "Kontrollera momshanteringen före sändningen. Kända koder: {expected}.",
        ),
        (
            _AT_EN + ": the VAT code “{found}” is not known and was left out.",
            "Check the VAT treatment before sending. Known codes: {expected}.",
        ),
    ),
    explained(
        "intake.element.currency",
        Who.PSA,
        (_AT_FI + " on valuutta {found}, mutta laskun summa on valuutassa {expected}.", _FIX_FI),
        (_AT_SV + ": valutan är {found}, men fakturans summa är i {expected}.", _FIX_SV),
        (_AT_EN + ": the currency is {found}, but the invoice's total is in {expected}.", _FIX_EN),
    ),
    explained(
        "intake.element.charge",
        Who.PSA,
        (
            _AT_FI + " on lisämaksu ({found}), jolle Procountorin laskurivillä ei ole paikkaa.",
            "Tee lisämaksusta oma laskurivi ja vie lasku uudelleen.",
        ),
        (
            _AT_SV + ": en avgift ({found}) som inte har någon plats på Procountors fakturarad.",
            "Gör avgiften till en egen fakturarad och exportera fakturan på nytt.",
        ),
        (
            _AT_EN + ": a charge ({found}) for which an invoice row in Procountor has no place.",
            "Make the charge a row of its own and export the invoice again.",
        ),
    ),
    explained(
        "intake.element.no_price",
        Who.PSA,
        (_AT_FI + " ei ole yksikköhintaa, eikä rivisumma jakaudu tasan määrälle.", _FIX_FI),
        (_AT_SV + ": enhetspriset saknas och radsumman går inte jämnt upp med antalet.", _FIX_SV),
        (_AT_EN + ": there is no unit price, and the row's total does not divide evenly.", _FIX_EN),
    ),
    explained(
        "intake.element.base_quantity",
        Who.PSA,
        (_AT_FI + " hinta on annettu usealle yksikölle eikä jakaudu tasan ({found}).", _FIX_FI),
        (_AT_SV + ": priset gäller flera enheter och går inte jämnt upp ({found}).", _FIX_SV),
        (_AT_EN + ": the price is for several units and does not divide evenly ({found}).", _FIX_EN),
    ),
    explained(
        "intake.element.discount",
        Who.PSA,
        (
            _AT_FI + " on alennus euroina ({found}), joka ei vastaa tasan mitään prosenttia.",
            "Anna alennus prosentteina tai omana rivinään ja vie lasku uudelleen.",
        ),
        (
            _AT_SV + ": rabatten är ett belopp ({found}) som inte motsvarar någon exakt procent.",
            "Ange rabatten i procent eller som en egen rad och exportera fakturan på nytt.",
        ),
        (
            _AT_EN + ": the discount is an amount ({found}) that is no exact percentage.",
            "Give the discount as a percentage or as a row of its own and export the invoice again.",
        ),
    ),
)
