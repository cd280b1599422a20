"""Sentences about sums: what the file claims and what its rows come to, credit notes and zero invoices."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Explanation, Who

_DO = (
    "Korjaa lasku projektijärjestelmässä ja tuo se uudelleen. Summia ei muuteta puolestasi.",
    "Rätta fakturan i projektsystemet och hämta den på nytt. Summorna ändras inte åt dig.",
    "Correct the invoice in the project system and import it again. Sums are not changed for you.",
)


def _claimed(code: str, fi: str, sv: str, en: str) -> Explanation:
    return explained(
        code,
        Who.PSA,
        (
            f"Tiedoston mukaan {fi} on {{claimed}} {{currency}}, mutta laskettuna se on {{computed}} {{currency}}.",
            _DO[0],
        ),
        (f"Enligt filen är {sv} {{claimed}} {{currency}}, men uträknat blir det {{computed}} {{currency}}.", _DO[1]),
        (f"The file says {en} is {{claimed}} {{currency}}, but it comes to {{computed}} {{currency}}.", _DO[2]),
    )


EXPLANATIONS = (
    _claimed(
        "sum.line_net",
        "rivin {row} ”{name}” veroton summa",
        "den momsfria summan på rad {row} ”{name}”",
        "the amount of row {row} “{name}” without VAT",
    ),
    _claimed(
        "sum.line_vat", "rivin {row} ”{name}” vero", "momsen på rad {row} ”{name}”", "the VAT of row {row} “{name}”"
    ),
    _claimed(
        "sum.line_gross",
        "rivin {row} ”{name}” verollinen summa",
        "summan inklusive moms på rad {row} ”{name}”",
        "the amount of row {row} “{name}” with VAT",
    ),
    _claimed(
        "sum.rate_base",
        "ALV {percent} %:n veron peruste",
        "momsunderlaget för {percent} %",
        "the amount taxed at {percent} %",
    ),
    _claimed("sum.rate_vat", "ALV {percent} %:n vero", "momsen för {percent} %", "the VAT at {percent} %"),
    _claimed("sum.net", "laskun veroton summa", "fakturans summa utan moms", "the invoice's total without VAT"),
    _claimed("sum.vat", "laskun arvonlisävero", "fakturans moms", "the invoice's VAT"),
    _claimed("sum.gross", "laskun loppusumma", "fakturans slutsumma", "the invoice's total"),
    explained(
        "sum.zero",
        Who.SENDER,
        ("Laskun loppusumma on nolla.", "Tarkista, että lasku on tarkoitus lähettää."),
        ("Fakturans slutsumma är noll.", "Kontrollera att fakturan ska skickas."),
        ("The invoice comes to zero.", "Check that it is meant to be sent."),
    ),
    explained(
        "credit.note",
        Who.SENDER,
        (
            "Hyvityslasku laskulle {number}: {gross} {currency}.",
            "Se viedään negatiivisena myyntilaskuna. Kohdista se alkuperäiseen laskuun Procountorissa.",
        ),
        (
            "Kreditfaktura för faktura {number}: {gross} {currency}.",
            "Den förs in som en negativ försäljningsfaktura. Rikta den mot den ursprungliga fakturan i Procountor.",
        ),
        (
            "Credit note for invoice {number}: {gross} {currency}.",
            "It goes in as a negative sales invoice. Allocate it to the original invoice in Procountor.",
        ),
    ),
    explained(
        "credit.number_missing",
        Who.SENDER,
        (
            "Laskun loppusumma on negatiivinen ({gross} {currency}), mutta hyvitettävän laskun numero puuttuu.",
            "Anna hyvitettävän laskun numero. Laskun voi lähettää ilmankin.",
        ),
        (
            "Fakturans slutsumma är negativ ({gross} {currency}), men numret på fakturan som krediteras saknas.",
            "Ange numret på fakturan som krediteras. Fakturan kan skickas även utan.",
        ),
        (
            "The invoice is negative ({gross} {currency}), but the number of the invoice it credits is missing.",
            "Give the number of the credited invoice. The invoice can be sent without.",
        ),
    ),
    explained(
        "credit.positive",
        Who.PSA,
        (
            "Lasku hyvittää laskua {number}, mutta sen summa on positiivinen: {gross} {currency}.",
            "Korjaa määrät negatiivisiksi projektijärjestelmässä; muuten asiakasta laskutettaisiin uudelleen.",
        ),
        (
            "Fakturan krediterar faktura {number} men har en positiv summa: {gross} {currency}.",
            "Gör antalen negativa i projektsystemet; annars skulle kunden faktureras på nytt.",
        ),
        (
            "The invoice credits invoice {number} but its sum is positive: {gross} {currency}.",
            "Make the quantities negative in the project system; otherwise the customer would be billed again.",
        ),
    ),
)
