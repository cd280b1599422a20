"""Sentences about claims; the rules are in ``finance.rules.claims``."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "claim.nobody",
        Who.PSA,
        (
            "Matka- tai kululaskulta puuttuu tekijä.",
            "Lisää projektijärjestelmässä henkilön numero, sähköposti tai nimi ja tuo lasku uudelleen.",
        ),
        (
            "Kostnadsfakturan saknar person.",
            "Lägg till personens nummer, e-post eller namn i projektsystemet och hämta kostnadsfakturan på nytt.",
        ),
        (
            "The claim does not say whose it is.",
            "Add the person’s number, address or name in the project system and import the claim again.",
        ),
    ),
    explained(
        "claim.person",
        Who.ADMIN,
        (
            "Henkilöä {name} ei ole yhdistetty Procountorin henkilörekisteriin.",
            "Pyydä pääkäyttäjää yhdistämään henkilö: `/procountor people`.",
        ),
        (
            "{name} är inte kopplad till Procountors personregister.",
            "Be administratören koppla personen: `/procountor people`.",
        ),
        (
            "{name} is not connected to Procountor’s register of persons.",
            "Ask an admin to connect the person: `/procountor people`.",
        ),
    ),
    explained(
        "claim.account",
        Who.ACCOUNTANT,
        (
            "Henkilöllä {name} ei ole tilinumeroa Procountorin henkilörekisterissä.",
            "Lisää tilinumero Procountorissa henkilön tietoihin ja tarkista uudelleen.",
        ),
        (
            "{name} har inget kontonummer i Procountors personregister.",
            "Lägg till kontonumret i personens uppgifter i Procountor och kontrollera på nytt.",
        ),
        (
            "{name} has no account number in Procountor’s register of persons.",
            "Add the account number to the person in Procountor and check again.",
        ),
    ),
    explained(
        "claim.account_form",
        Who.ACCOUNTANT,
        (
            "Henkilön {name} tilinumero {found} Procountorissa ei ole oikea IBAN.",
            "Korjaa tilinumero Procountorissa henkilön tietoihin ja tarkista uudelleen.",
        ),
        (
            "Kontonumret {found} som {name} har i Procountor är inte ett riktigt IBAN.",
            "Rätta kontonumret i personens uppgifter i Procountor och kontrollera på nytt.",
        ),
        (
            "The account number {found} that {name} has in Procountor is not a right IBAN.",
            "Correct the account number of the person in Procountor and check again.",
        ),
    ),
    explained(
        "claim.payment_type",
        Who.SENDER,
        (
            "Laskulla {claim} on maksutapa ”{name}”, josta ei tiedetä, kenen rahaa se on.",
            "Valitse, kenen rahaa se on: valinta jää koko yrityksen käyttöön.",
        ),
        (
            "Kostnadsfakturan {claim} har betalningssättet ”{name}”, och det är inte känt vems pengar det gäller.",
            "Välj vems pengar det är: valet gäller sedan för hela företaget.",
        ),
        (
            "Claim {claim} has the payment type “{name}”, and nobody has said whose money that is.",
            "Choose whose money it is: it is kept for the whole company.",
        ),
    ),
    explained(
        "claim.payment_untold",
        Who.PSA,
        (
            "Laskulla {claim} on kulu, josta ei käy ilmi, miten se on maksettu.",
            "Merkitse kululle maksutapa projektijärjestelmässä ja tuo lasku uudelleen.",
        ),
        (
            "Kostnadsfakturan {claim} har en utgift vars betalningssätt inte framgår.",
            "Ange betalningssättet i projektsystemet och hämta kostnadsfakturan på nytt.",
        ),
        (
            "Claim {claim} has a cost that does not say how it was paid.",
            "Give the payment type in the project system and import the claim again.",
        ),
    ),
    explained(
        "claim.future",
        Who.PSA,
        (
            "Rivin {row} ”{name}” maksupäivä {date} on tulevaisuudessa.",
            "Korjaa päiväksi se, jona maksu tehtiin, ja tuo lasku uudelleen.",
        ),
        (
            "Betalningsdagen {date} på rad {row} ”{name}” ligger i framtiden.",
            "Ändra till den dag då betalningen gjordes och hämta kostnadsfakturan på nytt.",
        ),
        (
            "The day of payment {date} of row {row} “{name}” lies ahead.",
            "Correct it to the day the payment was made on and import the claim again.",
        ),
    ),
    explained(
        "claim.closed",
        Who.ACCOUNTANT,
        (
            "Rivin {row} ”{name}” maksupäivä {date} on suljetulla kirjanpitokaudella.",
            "Pyydä kirjanpitäjää avaamaan kausi; kulua ei voi merkitä maksetuksi suljetulle kaudelle.",
        ),
        (
            "Betalningsdagen {date} på rad {row} ”{name}” ligger i en stängd bokföringsperiod.",
            "Be bokföraren öppna perioden; en kostnad kan inte märkas som betald i en stängd period.",
        ),
        (
            "The day of payment {date} of row {row} “{name}” is in a closed accounting period.",
            "Ask the accountant to open the period: nothing can be marked paid in a closed one.",
        ),
    ),
    explained(
        "claim.dated",
        Who.PSA,
        (
            "Rivit {rows} on päivätty samalle päivälle {date}, jona lasku tehtiin.",
            "Tarkista, että päivä on maksutapahtuman päivä eikä laskun tekopäivä.",
        ),
        (
            "Raderna {rows} är daterade samma dag {date} som kostnadsfakturan gjordes.",
            "Kontrollera att dagen är betalningens dag och inte den dag då kostnadsfakturan gjordes.",
        ),
        (
            "Rows {rows} are dated {date}, the day the claim was made.",
            "Check that it is the day of the payment and not of writing it down.",
        ),
    ),
    explained(
        "claim.sum",
        Who.PSA,
        (
            "Laskun {claim} summa on tiedostossa {claimed} {currency}, mutta rivien summa on {computed} {currency}.",
            "Korjaa summa tai rivit projektijärjestelmässä ja tuo lasku uudelleen.",
        ),
        (
            "Kostnadsfakturan {claim} har summan {claimed} {currency} i filen, men raderna blir {computed} {currency}.",
            "Rätta summan eller raderna i projektsystemet och hämta kostnadsfakturan på nytt.",
        ),
        (
            "The file says that claim {claim} is {claimed} {currency}, but its rows come to {computed} {currency}.",
            "Correct the sum or the rows in the project system and import the claim again.",
        ),
    ),
    explained(
        "claim.no_receipt",
        Who.PSA,
        (
            "Laskulla ei ole yhtään kuittia.",
            "Lähetä kuitit tänne: tiedoston nimessä on oltava laskun numero.",
        ),
        (
            "Kostnadsfakturan har inga kvitton.",
            "Skicka kvittona hit: filens namn ska innehålla kostnadsfakturans nummer.",
        ),
        (
            "The claim has no receipts.",
            "Drop them here: the name of each file has to have the claim’s number.",
        ),
    ),
    explained(
        "claim.divided",
        Who.SENDER,
        (
            "Lasku {claim} ({gross} {currency}) jaetaan {documents} tositteeksi maksajan ja maksupäivän mukaan.",
            "Tositteilla on yhteinen tunnus {claim}, ja niiden summa on sama.",
        ),
        (
            "Kostnadsfaktura {claim} ({gross} {currency}) delas på {documents} verifikat efter betalare och dag.",
            "Verifikaten har den gemensamma beteckningen {claim} och samma summa.",
        ),
        (
            "Claim {claim} ({gross} {currency}) becomes {documents} vouchers, by whose money it was and the day.",
            "They have the common id {claim}, and their sums make the claim’s.",
        ),
    ),
    explained(
        "claim.together",
        Who.SENDER,
        (
            "Saman henkilön laskuista {claims} tulee yksi tosite.",
            "Laskun numero lukee jokaisella rivillä. Kuinka monta tositetta tulee, päätetään asetuksissa.",
        ),
        (
            "En persons kostnadsfakturor {claims} blir ett verifikat.",
            "Fakturans nummer står på varje rad. Antalet verifikat bestäms i inställningarna.",
        ),
        (
            "Claims {claims} of one person become one voucher.",
            "Each row says its claim’s number. How many vouchers are made is decided in the settings.",
        ),
    ),
    explained(
        "claim.accounting",
        Who.SENDER,
        (
            "Tiedoston tilejä ja kustannuspaikkoja ei viedä kulujen mukana.",
            "Kulut tiliöidään Procountorissa.",
        ),
        (
            "Konton och kostnadsställen i filen förs inte in med kostnaderna.",
            "Kostnaderna konteras i Procountor.",
        ),
        (
            "Accounts and cost centres of the file do not go along with the costs.",
            "They are accounted for in Procountor.",
        ),
    ),
)
