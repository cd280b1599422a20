"""Sentences for what our own client refuses to send, and for refusals that come without a reason."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Explanation, Who


def _unmapped(code: str, fi: str, sv: str, en: str) -> Explanation:
    return explained(
        f"problem.{code}_NOT_MAPPED",
        Who.SENDER,
        (f"Procountorissa ei ole {fi} ”{{message}}”.", "Valitse toinen, jonka Procountor tuntee."),
        (f"Procountor har inte {sv} ”{{message}}”.", "Välj något annat som Procountor känner till."),
        (f"Procountor does not have the {en} “{{message}}”.", "Choose another that Procountor knows."),
    )


EXPLANATIONS = (
    explained(
        "problem.NOT_WINDOWS_1252",
        Who.SENDER,
        (
            "Procountor ei ota vastaan näitä merkkejä: {message} ({field}).",
            "Korvaa merkit tavallisilla kirjaimilla ja lähetä lasku uudelleen.",
        ),
        (
            "Procountor tar inte emot de här tecknen: {message} ({field}).",
            "Byt ut tecknen mot vanliga bokstäver och skicka fakturan på nytt.",
        ),
        (
            "Procountor does not take these characters: {message} ({field}).",
            "Replace them with ordinary letters and send the invoice again.",
        ),
    ),
    explained(
        "problem.CHANNEL_MISSING",
        Who.SENDER,
        (
            "Laskulla ei ole lähetystapaa, eikä yritykselle ole valittu oletusta.",
            "Kirjoita lähetystapa: e_invoice, email, mail tai none. Ylläpitäjä voi asettaa oletuksen.",
        ),
        (
            "Fakturan har inget sändningssätt och företaget har inget förvalt.",
            "Skriv sändningssättet: e_invoice, email, mail eller none. Administratören kan ange ett förval.",
        ),
        (
            "The invoice has no way of sending, and the company has no default one.",
            "Write how it is sent: e_invoice, email, mail or none. An admin can set a default.",
        ),
    ),
    _unmapped("COUNTRY", "maata", "landet", "country"),
    _unmapped("UNIT", "yksikköä", "enheten", "unit"),
    _unmapped("LANGUAGE", "kieltä", "språket", "language"),
    _unmapped("CURRENCY", "valuuttaa", "valutan", "currency"),
    explained(
        "problem.NOT_A_NUMBER",
        Who.PSA,
        (
            "Laskulla on luku, jota ei voi lähettää: ”{message}”.",
            "Korjaa luku projektijärjestelmässä ja tuo lasku uudelleen.",
        ),
        (
            "Fakturan har ett tal som inte kan skickas: ”{message}”.",
            "Rätta talet i projektsystemet och läs in fakturan på nytt.",
        ),
        (
            "The invoice has a number that cannot be sent: “{message}”.",
            "Correct it in the project system and import the invoice again.",
        ),
    ),
    explained(
        "problem.LEDGER_ROWS_DIFFER",
        Who.ACCOUNTANT,
        (
            "Luonnos on Procountorissa, mutta tilejä ja kustannuspaikkoja ei voitu asettaa: "
            "sen kirjaukset eivät vastaa laskun rivejä.",
            "Aseta tilit ja kustannuspaikat luonnoksen kirjanpitonäkymässä Procountorissa.",
        ),
        (
            "Utkastet finns i Procountor, men konton och kostnadsställen kunde inte anges: "
            "dess bokföringsrader motsvarar inte fakturans rader.",
            "Ange konton och kostnadsställen i utkastets bokföringsvy i Procountor.",
        ),
        (
            "The draft is in Procountor, but its accounts and cost centres could not be set: "
            "its ledger entries do not go with the invoice's rows.",
            "Set the accounts and cost centres on the draft's accounting page in Procountor.",
        ),
    ),
    explained(
        "problem.ATTACHMENT_TOO_LARGE",
        Who.SENDER,
        (
            "Luonnos on Procountorissa, mutta yksi liite jäi pois: se on suurempi kuin 10 megatavua.",
            "Pienennä tiedostoa ja lisää se luonnokseen Procountorissa.",
        ),
        (
            "Utkastet finns i Procountor, men en bilaga blev borta: den är större än 10 megabyte.",
            "Gör filen mindre och lägg till den i utkastet i Procountor.",
        ),
        (
            "The draft is in Procountor, but an attachment was left out: it is larger than 10 megabytes.",
            "Make the file smaller and add it to the draft in Procountor.",
        ),
    ),
    explained(
        "problem.ATTACHMENT_WITHOUT_ENDING",
        Who.SENDER,
        (
            "Luonnos on Procountorissa, mutta liite ”{message}” jäi pois: sen nimessä ei ole tiedostopäätettä.",
            "Anna tiedostolle pääte, esimerkiksi .pdf, ja lisää se luonnokseen Procountorissa.",
        ),
        (
            "Utkastet finns i Procountor, men bilagan ”{message}” blev borta: dess namn saknar filändelse.",
            "Ge filen en ändelse, till exempel .pdf, och lägg till den i utkastet i Procountor.",
        ),
        (
            "The draft is in Procountor, but the attachment “{message}” was left out: its name has no ending.",
            "Give the file an ending, for example .pdf, and add it to the draft in Procountor.",
        ),
    ),
    explained(
        "problem.WITHOUT_REASON",
        Who.ACCOUNTANT,
        (
            "Procountor ei ottanut laskua vastaan syystä, jota emme tunne.",
            "Yritä uudelleen. Jos sama toistuu, kysy Procountorin tuesta ja kerro koodi.",
        ),
        (
            "Procountor tog inte emot fakturan av en orsak som vi inte känner till.",
            "Försök igen. Om det upprepas, fråga Procountors kundtjänst och ange koden.",
        ),
        (
            "Procountor did not take the invoice, for a reason we do not know.",
            "Try again. If it happens again, ask Procountor's support and tell them the code.",
        ),
    ),
)
