"""Sentences for Procountor's refusals (Procountor API 26.04, validation error codes); the codes are in ``problems``."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who
from finance.problem_words_own import EXPLANATIONS as OWN

EXPLANATIONS = (
    explained(
        "problem.DUE_DATE_BEFORE_BILL_DATE",
        Who.SENDER,
        ("Eräpäivä on ennen laskun päivää.", "Anna eräpäivä, joka on laskun päivä tai myöhempi."),
        ("Förfallodagen är före fakturadatumet.", "Ange en förfallodag på eller efter fakturadatumet."),
        ("The due date is before the invoice date.", "Give a due date on or after the invoice date."),
    ),
    explained(
        "problem.INVALID_OVT",
        Who.SENDER,
        ("Ostajan OVT-tunnus ei ole oikea.", "Korjaa tunnus tai jätä se tyhjäksi."),
        ("Köparens OVT-kod är inte rätt.", "Rätta koden eller lämna den tom."),
        ("The buyer's OVT identifier is not right.", "Correct it or leave it empty."),
    ),
    explained(
        "problem.OVT_NOT_ALLOWED",
        Who.SENDER,
        ("OVT-tunnusta voi käyttää vain suomalaisessa Procountor-ympäristössä.", "Jätä OVT-tunnus tyhjäksi."),
        ("OVT-kod kan användas bara i en finländsk Procountor-miljö.", "Lämna OVT-koden tom."),
        ("An OVT identifier can be used only in a Finnish Procountor environment.", "Leave it empty."),
    ),
    explained(
        "problem.UNABLE_TO_GET_CONNECTION",
        Who.SENDER,
        ("Procountor on hetkellisesti ruuhkainen.", "Yritämme itse uudelleen. Sinun ei tarvitse tehdä mitään."),
        ("Procountor är tillfälligt överbelastat.", "Vi försöker på nytt. Du behöver inte göra något."),
        ("Procountor is busy for the moment.", "We try again ourselves. There is nothing you need to do."),
    ),
    explained(
        "problem.ERROR_VATSTATUS_VATPERC",
        Who.SENDER,
        (
            "ALV-käsittely ja ALV-prosentti eivät sovi yhteen.",
            "Valitse ALV-käsittely, joka sopii rivin prosenttiin, tai korjaa prosentti.",
        ),
        (
            "Momshanteringen och momsprocenten passar inte ihop.",
            "Välj en momshantering som passar radens procent, eller rätta procenten.",
        ),
        (
            "The VAT handling and the VAT percentage do not go together.",
            "Choose a VAT handling that fits the row's percentage, or correct the percentage.",
        ),
    ),
    explained(
        "problem.ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION",
        Who.SENDER,
        (
            "Tiliä ei ole tilikartassa, tai sille ei voi kirjata rivin ALV-prosenttia.",
            "Valitse toinen tili. Muistamme tämän, joten samaa paria ei enää ehdoteta.",
        ),
        (
            "Kontot finns inte i kontoplanen, eller så går radens momsprocent inte att bokföra på det.",
            "Välj ett annat konto. Vi minns detta, så samma par föreslås inte igen.",
        ),
        (
            "The account is not in the chart of accounts, or it does not take the row's VAT percentage.",
            "Choose another account. We remember this pair and will not offer it again.",
        ),
    ),
    explained(
        "problem.DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_DATABASE",
        Who.SENDER,
        (
            "Kustannuspaikka tai muu laskentakohde on suljettu tai poistettu Procountorista.",
            "Valitse avoin kustannuspaikka. Tiedot haetaan samalla uudelleen.",
        ),
        (
            "Kostnadsstället eller en annan dimension är stängd eller borttagen i Procountor.",
            "Välj ett öppet kostnadsställe. Uppgifterna hämtas samtidigt på nytt.",
        ),
        (
            "The cost centre or another dimension item is closed or removed in Procountor.",
            "Choose an open cost centre. The data is fetched again at the same time.",
        ),
    ),
    explained(
        "problem.ERROR_BRN_CODE",
        Who.SENDER,
        ("Ostajan Y-tunnus tai ALV-numero puuttuu tai on väärin.", "Tarkista tunnus ja kirjoita se uudelleen."),
        ("Köparens FO-nummer eller momsnummer saknas eller är fel.", "Kontrollera numret och skriv det på nytt."),
        ("The buyer's business id or VAT number is missing or wrong.", "Check it and write it again."),
    ),
    explained(
        "problem.CLOSED_FISCAL_PERIOD",
        Who.ACCOUNTANT,
        (
            "Laskun päivä on suljetulla kirjanpitokaudella.",
            "Siirrä päivä avoimelle kaudelle tai pyydä kirjanpitäjää avaamaan kausi.",
        ),
        (
            "Fakturadatumet ligger i en stängd bokföringsperiod.",
            "Flytta datumet till en öppen period eller be bokföraren öppna perioden.",
        ),
        (
            "The invoice date is in a closed accounting period.",
            "Move the date to an open period or ask the accountant to open it.",
        ),
    ),
    explained(
        "problem.ERROR_OPERATOR",
        Who.SENDER,
        ("Procountor ei tunne verkkolaskuvälittäjän tunnusta.", "Valitse oikea välittäjä luettelosta."),
        ("Procountor känner inte till nätfakturaförmedlarens kod.", "Välj rätt förmedlare i listan."),
        ("Procountor does not know the e-invoice operator.", "Choose the right operator from the list."),
    ),
    explained(
        "problem.PARTNER_CLASH",
        Who.SENDER,
        (
            "Procountorissa on jo asiakas samalla asiakasnumerolla mutta toisella tunnuksella.",
            "Tarkista, kumpi asiakas on oikea, ja korjaa asiakasnumero.",
        ),
        (
            "Procountor har redan en kund med samma kundnummer men ett annat nummer för företaget.",
            "Kontrollera vilken kund som är rätt och rätta kundnumret.",
        ),
        (
            "Procountor already has a customer with this number but another business id.",
            "Check which customer is right and correct the customer number.",
        ),
    ),
    explained(
        "problem.BLANK",
        Who.SENDER,
        ("Procountor vaatii tiedon, joka puuttuu: {field}.", "Täydennä tieto ja lähetä lasku uudelleen."),
        ("Procountor kräver en uppgift som saknas: {field}.", "Fyll i uppgiften och skicka fakturan på nytt."),
        ("Procountor requires something that is missing: {field}.", "Fill it in and send the invoice again."),
    ),
    explained(
        "problem.INVALID",
        Who.SENDER,
        ("Procountor ei hyväksynyt tätä tietoa: {field}.", "Korjaa se ja lähetä lasku uudelleen."),
        ("Procountor godtog inte den här uppgiften: {field}.", "Rätta den och skicka fakturan på nytt."),
        ("Procountor did not accept this: {field}.", "Correct it and send the invoice again."),
    ),
    explained(
        "problem.VERSION",
        Who.SENDER,
        (
            "Joku muutti samaa tietoa Procountorissa samaan aikaan.",
            "Haemme uusimman version ja yritämme uudelleen.",
        ),
        ("Någon ändrade samma uppgift i Procountor samtidigt.", "Vi hämtar den senaste versionen och försöker igen."),
        ("Somebody changed the same record in Procountor meanwhile.", "We fetch the newest version and try again."),
    ),
    explained(
        "problem.INTERFACES",
        Who.ADMIN,
        (
            "Laskutettavia rajapintoja ei ole sallittu yrityksen asetuksissa.",
            "Pääkäyttäjä sallii ne: Asetukset > Yrityksen tiedot > Käyttöasetukset > Integraatioasetukset.",
        ),
        (
            "Avgiftsbelagda gränssnitt är inte tillåtna i företagets inställningar.",
            "Huvudanvändaren tillåter dem: Inställningar > Företagets uppgifter > Användning > Integrationer.",
        ),
        (
            "Chargeable interfaces are not allowed in the company's settings.",
            "The main user allows them: Settings > Company details > Usage settings > Integration settings.",
        ),
    ),
    explained(
        "problem.401",
        Who.ADMIN,
        (
            "Procountor ei hyväksy avainta: se on voitu poistaa tai se on vanhentunut.",
            "Ylläpitäjä vaihtaa avaimen ja kokeilee sitä komennolla `kierto check`. Odottavat lähtevät sen jälkeen.",
        ),
        (
            "Procountor godtar inte nyckeln: den kan ha tagits bort eller gått ut.",
            "Administratören byter nyckeln och prövar den med `kierto check`. De som väntar går iväg efter det.",
        ),
        (
            "Procountor does not accept the key: it may have been removed or have expired.",
            "An admin changes the key and tries it with `kierto check`. What waits is sent after that.",
        ),
    ),
    explained(
        "problem.403",
        Who.ADMIN,
        (
            "Procountor ei salli tätä: oikeudet eivät riitä, kausi on suljettu tai lasku on jo käsitelty.",
            "Tarkista laskun tila Procountorissa ja avaimen käyttäjän oikeudet.",
        ),
        (
            "Procountor tillåter inte detta: rättigheter saknas, perioden är stängd eller fakturan är behandlad.",
            "Kontrollera fakturans status i Procountor och rättigheterna för nyckelns användare.",
        ),
        (
            "Procountor does not allow this: rights are missing, the period is closed or the invoice is handled.",
            "Check the invoice's status in Procountor and the rights of the key's user.",
        ),
    ),
    explained(
        "problem.404",
        Who.SENDER,
        (
            "Procountor ei löydä tietoa, tai avaimen käyttäjä ei näe sitä.",
            "Tarkista, onko se poistettu Procountorista.",
        ),
        (
            "Procountor hittar inte uppgiften, eller så syns den inte för nyckelns användare.",
            "Kontrollera om den har tagits bort i Procountor.",
        ),
        (
            "Procountor does not find the record, or the key's user cannot see it.",
            "Check whether it has been removed in Procountor.",
        ),
    ),
    explained(
        "problem.429",
        Who.SENDER,
        ("Procountoriin lähetettiin liian nopeasti.", "Jatkamme itse hitaammin. Sinun ei tarvitse tehdä mitään."),
        ("Det skickades för snabbt till Procountor.", "Vi fortsätter långsammare. Du behöver inte göra något."),
        ("Procountor was sent too much too fast.", "We go on more slowly. There is nothing you need to do."),
    ),
    explained(
        "problem.5xx",
        Who.SENDER,
        (
            "Procountor ei vastannut kunnolla, joten ei vielä tiedetä, menikö tieto perille.",
            "Tarkistamme sen Procountorista, ennen kuin mitään lähetetään uudelleen.",
        ),
        (
            "Procountor svarade inte ordentligt, så det är ännu oklart om uppgiften kom fram.",
            "Vi kontrollerar det i Procountor innan något skickas på nytt.",
        ),
        (
            "Procountor did not answer properly, so it is not known yet whether it arrived.",
            "We check what is in Procountor before anything is sent again.",
        ),
    ),
    explained(
        "problem.unknown",
        Who.SENDER,
        (
            "Procountor vastasi: ”{message}”.",
            "Emme tunne tätä vastausta. Tarkista lasku tai kysy kirjanpitäjältä.",
        ),
        (
            "Procountor svarade: ”{message}”.",
            "Vi känner inte till detta svar. Kontrollera fakturan eller fråga bokföraren.",
        ),
        (
            "Procountor answered: “{message}”.",
            "We do not know this answer. Check the invoice or ask the accountant.",
        ),
    ),
    *OWN,
)
