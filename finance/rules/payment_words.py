"""Sentences about payment; the rules are in ``finance.rules.payment``."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "payment.account_missing",
        Who.SENDER,
        (
            "Laskulla ei ole tilinumeroa, eikä Procountorissa ole laskujen oletustiliä.",
            "Valitse pankkitili, jolle asiakas maksaa.",
        ),
        (
            "Fakturan saknar kontonummer och Procountor har inget standardkonto för fakturor.",
            "Välj bankkontot som kunden betalar till.",
        ),
        (
            "The invoice has no account number and Procountor has no default account for invoices.",
            "Choose the bank account the customer pays to.",
        ),
    ),
    explained(
        "payment.account_form",
        Who.SENDER,
        ("Tilinumero {found} ei ole oikea IBAN.", "Valitse yrityksen oma tili: {expected}."),
        ("Kontonumret {found} är inte ett riktigt IBAN.", "Välj ett av företagets konton: {expected}."),
        ("The account number {found} is not a right IBAN.", "Choose one of the company's accounts: {expected}."),
    ),
    explained(
        "payment.account_not_ours",
        Who.SENDER,
        (
            "Tili {found} ei ole Procountorissa yrityksen oma pankkitili.",
            "Valitse oikea tili ({expected}) ja korjaa se myös projektijärjestelmään.",
        ),
        (
            "Kontot {found} är inte företagets eget bankkonto i Procountor.",
            "Välj rätt konto ({expected}) och rätta det också i projektsystemet.",
        ),
        (
            "Account {found} is not one of the company's own bank accounts in Procountor.",
            "Choose the right one ({expected}) and correct it in the project system too.",
        ),
    ),
    explained(
        "payment.account_closed",
        Who.SENDER,
        ("Pankkitili {found} ei ole enää käytössä Procountorissa.", "Valitse käytössä oleva tili: {expected}."),
        ("Bankkontot {found} används inte längre i Procountor.", "Välj ett konto som är i bruk: {expected}."),
        ("Bank account {found} is no longer in use in Procountor.", "Choose one that is in use: {expected}."),
    ),
    explained(
        "payment.bic",
        Who.ADMIN,
        (
            "Laskun pankkikoodi {found} ei ole sama kuin Procountorissa ({expected}).",
            "Korjaa pankkikoodi projektijärjestelmään. Laskun voi lähettää näinkin.",
        ),
        (
            "Fakturans bankkod {found} är inte densamma som i Procountor ({expected}).",
            "Rätta bankkoden i projektsystemet. Fakturan kan skickas ändå.",
        ),
        (
            "The invoice's bank code {found} is not the one in Procountor ({expected}).",
            "Correct it in the project system. The invoice can be sent as it is.",
        ),
    ),
    explained(
        "payment.reference",
        Who.SENDER,
        (
            "Viitenumeron {found} tarkiste on väärin; oikein laskettuna se olisi {expected}.",
            "Tarkista viitenumero. Jos jätät sen tyhjäksi, Procountor luo viitteen.",
        ),
        (
            "Referensnumret {found} har fel kontrollsiffra; rätt uträknat vore det {expected}.",
            "Kontrollera numret. Om du lämnar det tomt skapar Procountor en referens.",
        ),
        (
            "The check digit of reference number {found} is wrong; rightly computed it would be {expected}.",
            "Check the reference. If you leave it empty, Procountor makes one.",
        ),
    ),
    explained(
        "payment.reference_form",
        Who.SENDER,
        (
            "Viitenumero {found} ei kelpaa: siinä on 4–20 numeroa, tai se alkaa RF.",
            "Korjaa viitenumero. Jos jätät sen tyhjäksi, Procountor luo viitteen.",
        ),
        (
            "Referensnumret {found} duger inte: det har 4–20 siffror eller börjar med RF.",
            "Rätta numret. Om du lämnar det tomt skapar Procountor en referens.",
        ),
        (
            "Reference number {found} will not do: it has 4 to 20 digits or begins with RF.",
            "Correct it. If you leave it empty, Procountor makes one.",
        ),
    ),
    explained(
        "payment.currency",
        Who.SENDER,
        ("Valuuttaa ”{found}” ei tunneta.", "Kirjoita valuutan kolmikirjaiminen tunnus, esimerkiksi {own}."),
        ("Valutan ”{found}” är okänd.", "Skriv valutans trebokstaviga kod, till exempel {own}."),
        ("The currency “{found}” is not known.", "Write its three-letter code, for example {own}."),
    ),
    explained(
        "payment.rate",
        Who.SENDER,
        ("Valuuttakurssi {rate} ei ole mahdollinen.", "Anna, montako {currency} saa yhdellä {own}."),
        ("Valutakursen {rate} är inte möjlig.", "Ange hur många {currency} man får för en {own}."),
        ("The exchange rate {rate} is not possible.", "Give how many {currency} one {own} buys."),
    ),
    explained(
        "payment.rate_own",
        Who.SENDER,
        ("Lasku on omassa valuutassa ({own}), mutta sillä on kurssi {rate}.", "Hyväksy kurssiksi 1."),
        ("Fakturan är i egen valuta ({own}) men har kursen {rate}.", "Godkänn kursen 1."),
        ("The invoice is in the company's own currency ({own}) but has the rate {rate}.", "Accept the rate 1."),
    ),
    explained(
        "payment.rate_missing",
        Who.SENDER,
        ("Laskun valuutta on {currency}, mutta kurssi puuttuu.", "Anna, montako {currency} saa yhdellä {own}."),
        ("Fakturans valuta är {currency}, men kursen saknas.", "Ange hur många {currency} man får för en {own}."),
        ("The invoice is in {currency}, but it has no exchange rate.", "Give how many {currency} one {own} buys."),
    ),
    explained(
        "payment.penalty",
        Who.SENDER,
        ("Viivästyskorko {percent} % ei kelpaa.", "Anna korko väliltä 0–100 %, enintään kaksi desimaalia."),
        ("Dröjsmålsräntan {percent} % duger inte.", "Ange en ränta mellan 0 och 100 %, högst två decimaler."),
        ("Penal interest of {percent} % will not do.", "Give 0 to 100 %, with at most two decimals."),
    ),
    explained(
        "payment.discounts_off",
        Who.ACCOUNTANT,
        (
            "Laskulla on käteisalennus, mutta ne eivät ole yrityksellä käytössä Procountorissa.",
            "Poista alennus laskulta tai pyydä ottamaan käteisalennukset käyttöön.",
        ),
        (
            "Fakturan har kassarabatt, men företaget använder inte kassarabatter i Procountor.",
            "Ta bort rabatten från fakturan eller be att kassarabatter tas i bruk.",
        ),
        (
            "The invoice has a cash discount, but the company does not use them in Procountor.",
            "Remove the discount from the invoice or ask for cash discounts to be switched on.",
        ),
    ),
    explained(
        "payment.discounts_many",
        Who.SENDER,
        ("Käteisalennuksia on {count}; Procountor säilyttää {limit}.", "Tarkista alennukset luonnoksesta."),
        ("Det finns {count} kassarabatter; Procountor behåller {limit}.", "Kontrollera rabatterna i utkastet."),
        ("There are {count} cash discounts; Procountor keeps {limit}.", "Check the discounts of the draft."),
    ),
    explained(
        "payment.discount",
        Who.SENDER,
        ("Käteisalennus {percent} % / {days} pv ei kelpaa.", "Poista alennus tai korjaa se projektijärjestelmässä."),
        ("Kassarabatten {percent} % / {days} dagar duger inte.", "Ta bort rabatten eller rätta den i projektsystemet."),
        ("The cash discount {percent} % / {days} days will not do.", "Remove it or correct it in the project system."),
    ),
)
