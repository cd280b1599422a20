"""Sentences about bills: their supplier, his account, and what is told of a bill as a whole."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "bill.arrived",
        Who.SENDER,
        (
            "Ostolasku {found} ({supplier}) on jo Procountorissa: {existing}. Se on saapunut sinne itsestään.",
            "Sitä ei lähetetä: se hyväksytään Slackissa tai Procountorissa.",
        ),
        (
            "Inköpsfaktura {found} ({supplier}) finns redan i Procountor: {existing}. Den har kommit dit av sig själv.",
            "Den skickas inte: den godkänns i Slack eller i Procountor.",
        ),
        (
            "Bill {found} ({supplier}) is in Procountor already: {existing}. It came there by itself.",
            "It is not sent: it is approved in Slack or in Procountor.",
        ),
    ),
    explained(
        "bill.twice",
        Who.PSA,
        (
            "Ostolasku {found} odottaa kahdesti: toimittaja {supplier} on kirjoitettu tiedostoihin eri tavoin.",
            "Kirjoita toimittajan Y-tunnus samoin molempiin projektijärjestelmässä ja tuo laskut uudelleen.",
        ),
        (
            "Inköpsfaktura {found} väntar två gånger: leverantören {supplier} är skriven på olika sätt i filerna.",
            "Skriv leverantörens FO-nummer likadant på båda i projektsystemet och hämta fakturorna på nytt.",
        ),
        (
            "Bill {found} waits twice: the files write its supplier {supplier} in different ways.",
            "Write the supplier's business id alike on both in the project system and import them again.",
        ),
    ),
    explained(
        "bill.accounting",
        Who.ACCOUNTANT,
        (
            "Ostolaskun tiliä, kustannuspaikkaa ja projektia ei viedä.",
            "Ostolasku tiliöidään Procountorissa.",
        ),
        (
            "Inköpsfakturans konto, kostnadsställe och projekt förs inte in.",
            "Inköpsfakturan konteras i Procountor.",
        ),
        ("A bill's account, cost centre and project are not sent.", "Bills are accounted for in Procountor."),
    ),
    explained(
        "seller.name_missing",
        Who.SENDER,
        ("Ostolaskulta puuttuu toimittajan nimi.", "Kirjoita toimittajan nimi."),
        ("Inköpsfakturan saknar leverantörens namn.", "Skriv leverantörens namn."),
        ("The bill has no supplier's name.", "Write the supplier's name."),
    ),
    explained(
        "seller.is_us",
        Who.PSA,
        (
            "Toimittaja on oma yritys: {company} ({id}).",
            "Korjaa toimittaja projektijärjestelmässä ja tuo ostolasku uudelleen.",
        ),
        (
            "Leverantören är det egna företaget: {company} ({id}).",
            "Rätta leverantören i projektsystemet och hämta inköpsfakturan på nytt.",
        ),
        (
            "The supplier is the company itself: {company} ({id}).",
            "Correct the supplier in the project system and import the bill again.",
        ),
    ),
    explained(
        "seller.business_id_form",
        Who.SENDER,
        (
            "Toimittajan Y-tunnus on kirjoitettu muodossa {found}; oikea muoto on {expected}.",
            "Hyväksy ehdotettu muoto.",
        ),
        (
            "Leverantörens FO-nummer är skrivet som {found}; rätt form är {expected}.",
            "Godkänn den föreslagna formen.",
        ),
        ("The supplier's business id is written {found}; the right form is {expected}.", "Accept the proposed form."),
    ),
    explained(
        "seller.business_id",
        Who.SENDER,
        (
            "Toimittajan Y-tunnus {found} ei ole oikea: tarkistusnumero tai pituus on väärin.",
            "Tarkista tunnus laskusta tai YTJ:stä ja kirjoita se tähän.",
        ),
        (
            "Leverantörens FO-nummer {found} är inte rätt: kontrollsiffran eller längden är fel.",
            "Kontrollera numret på fakturan eller i FODS och skriv det här.",
        ),
        (
            "The supplier's business id {found} is not right: its check digit or length is wrong.",
            "Check it on the bill or in the Business Information System and write it here.",
        ),
    ),
    explained(
        "seller.foreign_id",
        Who.SENDER,
        (
            "Toimittajan yritystunnus {found} ei vastaa maan {country} muotoa.",
            "Tarkista tunnus. Ostolaskun voi lähettää näinkin.",
        ),
        (
            "Leverantörens företagsnummer {found} har inte den form som används i {country}.",
            "Kontrollera numret. Inköpsfakturan kan skickas ändå.",
        ),
        (
            "The supplier's company number {found} does not have the form used in {country}.",
            "Check the number. The bill can be sent as it is.",
        ),
    ),
    explained(
        "seller.vat_number_form",
        Who.SENDER,
        (
            "Toimittajan ALV-numero on kirjoitettu muodossa {found}; oikea muoto on {expected}.",
            "Hyväksy ehdotettu muoto.",
        ),
        ("Leverantörens momsnummer är skrivet som {found}; rätt form är {expected}.", "Godkänn den föreslagna formen."),
        ("The supplier's VAT number is written {found}; the right form is {expected}.", "Accept the proposed form."),
    ),
    explained(
        "seller.vat_number",
        Who.SENDER,
        ("Toimittajan ALV-numero {found} ei ole oikea.", "Tarkista numero ja kirjoita se maatunnuksineen."),
        ("Leverantörens momsnummer {found} är inte rätt.", "Kontrollera numret och skriv det med landskod."),
        ("The supplier's VAT number {found} is not right.", "Check the number and write it with its country code."),
    ),
    explained(
        "seller.vat_number_other",
        Who.SENDER,
        (
            "Toimittajan ALV-numero {found} ja Y-tunnus {business_id} kuuluvat eri yrityksille.",
            "Tarkista, kumpi on oikein. Ostolaskun voi lähettää näinkin.",
        ),
        (
            "Leverantörens momsnummer {found} och FO-nummer {business_id} hör till olika företag.",
            "Kontrollera vilket som är rätt. Inköpsfakturan kan skickas ändå.",
        ),
        (
            "The supplier's VAT number {found} and business id {business_id} belong to different companies.",
            "Check which one is right. The bill can be sent as it is.",
        ),
    ),
    explained(
        "vat.import",
        Who.SENDER,
        (
            "Rivi {row} ”{name}” on ostettu EU:n ulkopuolelta ({country}) ilman arvonlisäveroa.",
            "Valitse, miten arvonlisävero käsitellään.",
        ),
        (
            "Rad {row} ”{name}” är köpt utanför EU ({country}) utan moms.",
            "Välj hur momsen ska hanteras.",
        ),
        (
            "Row {row} “{name}” was bought outside the EU ({country}) without VAT.",
            "Choose how its VAT is to be handled.",
        ),
    ),
    explained(
        "vat.eu_goods",
        Who.SENDER,
        (
            "Rivi {row} ”{name}” on tavaran osto toisesta EU-maasta ({country}), ja veron maksaa ostaja.",
            "Valitse oikea ALV-käsittely Procountorin vaihtoehdoista.",
        ),
        (
            "Rad {row} ”{name}” är ett varuköp från ett annat EU-land ({country}) där köparen betalar momsen.",
            "Välj rätt momshantering bland Procountors alternativ.",
        ),
        (
            "Row {row} “{name}” is a purchase of goods from another EU country ({country}); the VAT is yours to pay.",
            "Choose the right VAT handling among those Procountor offers.",
        ),
    ),
)
