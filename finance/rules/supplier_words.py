"""Sentences about suppliers and their accounts; the rules are in ``finance.rules.suppliers``."""

from __future__ import annotations

from finance.case import explained
from finance.faults import Who

EXPLANATIONS = (
    explained(
        "supplier.hidden",
        Who.ADMIN,
        (
            "Procountor ei anna lukea toimittajarekisteriä, joten ostolaskun toimittajaa ei voi tarkistaa.",
            "Pyydä pääkäyttäjää antamaan rajapintakäyttäjälle oikeus toimittajarekisteriin ja tarkista uudelleen.",
        ),
        (
            "Procountor låter oss inte läsa leverantörsregistret, så inköpsfakturans leverantör kan inte kontrolleras.",
            "Be huvudanvändaren ge gränssnittsanvändaren rätt till leverantörsregistret och kontrollera på nytt.",
        ),
        (
            "Procountor does not let us read the supplier register, so the bill's supplier cannot be checked.",
            "Ask the main user to give the interface user the right to the supplier register, and check again.",
        ),
    ),
    explained(
        "supplier.unknown",
        Who.ACCOUNTANT,
        (
            "Toimittajaa {supplier} ({id}) ei ole Procountorin toimittajarekisterissä.",
            "Luonnos tehdään ilman rekisteriä. Lisää toimittaja Procountoriin, jos laskuja tulee lisää.",
        ),
        (
            "Leverantören {supplier} ({id}) finns inte i Procountors leverantörsregister.",
            "Utkastet görs utan registret. Lägg till leverantören i Procountor om det kommer fler fakturor.",
        ),
        (
            "Supplier {supplier} ({id}) is not in Procountor's supplier register.",
            "The draft is made without it. Add the supplier in Procountor if more bills will come.",
        ),
    ),
    explained(
        "supplier.by_name",
        Who.SENDER,
        (
            "Toimittaja {supplier} löytyi Procountorin rekisteristä vain nimellä: {other}.",
            "Tarkista luonnoksesta, että toimittaja on oikea.",
        ),
        (
            "Leverantören {supplier} hittades i Procountors register bara med namnet: {other}.",
            "Kontrollera i utkastet att leverantören är rätt.",
        ),
        (
            "Supplier {supplier} was found in Procountor's register by name only: {other}.",
            "Check in the draft that it is the right one.",
        ),
    ),
    explained(
        "supplier.other_id",
        Who.SENDER,
        (
            "Procountorin toimittajalla {supplier} on toinen Y-tunnus: {other}, mutta laskulla on {id}.",
            "Luonnosta ei liitetä toimittajaan. Tarkista, kumpi tunnus on oikea.",
        ),
        (
            "Leverantören {supplier} har ett annat FO-nummer i Procountor: {other}, men fakturan har {id}.",
            "Utkastet kopplas inte till leverantören. Kontrollera vilket nummer som är rätt.",
        ),
        (
            "Supplier {supplier} has another business id in Procountor: {other}, but the bill has {id}.",
            "The draft is not tied to that supplier. Check which id is right.",
        ),
    ),
    explained(
        "supplier.several",
        Who.ACCOUNTANT,
        (
            "Toimittaja {supplier} ({id}) on Procountorin rekisterissä useaan kertaan.",
            "Luonnosta ei liitetä toimittajaan. Poista ylimääräiset toimittajat käytöstä Procountorissa.",
        ),
        (
            "Leverantören {supplier} ({id}) finns flera gånger i Procountors register.",
            "Utkastet kopplas inte till leverantören. Ta de överflödiga leverantörerna ur bruk i Procountor.",
        ),
        (
            "Supplier {supplier} ({id}) is in Procountor's register several times.",
            "The draft is not tied to any of them. Take the needless ones out of use in Procountor.",
        ),
    ),
    explained(
        "supplier.account_missing",
        Who.SENDER,
        ("Ostolaskulta puuttuu toimittajan tilinumero.", "Kirjoita tilinumero IBAN-muodossa laskulta."),
        ("Inköpsfakturan saknar leverantörens kontonummer.", "Skriv kontonumret i IBAN-form från fakturan."),
        ("The bill has no account of the supplier's.", "Write the account as an IBAN, as it stands on the bill."),
    ),
    explained(
        "supplier.account_form",
        Who.SENDER,
        (
            "Toimittajan tilinumero {found} ei ole oikea IBAN.",
            "Kirjoita se laskulta. Muun kuin IBAN-tilin lasku tehdään Procountorissa.",
        ),
        (
            "Leverantörens kontonummer {found} är inte ett riktigt IBAN.",
            "Skriv det från fakturan. En faktura med annat konto än IBAN görs i Procountor.",
        ),
        (
            "The supplier's account {found} is not a right IBAN.",
            "Write it from the bill. A bill to an account that is no IBAN is made in Procountor.",
        ),
    ),
    explained(
        "supplier.account_ours",
        Who.SENDER,
        (
            "Ostolaskun tili {found} on yrityksen oma pankkitili.",
            "Kirjoita toimittajan tili laskulta.",
        ),
        (
            "Inköpsfakturans konto {found} är företagets eget bankkonto.",
            "Skriv leverantörens konto från fakturan.",
        ),
        (
            "The bill's account {found} is the company's own bank account.",
            "Write the supplier's account from the bill.",
        ),
    ),
    explained(
        "supplier.account_other",
        Who.SENDER,
        (
            "Tili {found} ei ole sama kuin Procountorissa toimittajalla {supplier} ({expected}).",
            "Varmista uusi tili toimittajalta muuta kautta kuin laskulta ennen hyväksymistä.",
        ),
        (
            "Kontot {found} är inte detsamma som leverantören {supplier} har i Procountor ({expected}).",
            "Bekräfta det nya kontot med leverantören på annat sätt än via fakturan innan den godkänns.",
        ),
        (
            "Account {found} is not the one that {supplier} has in Procountor ({expected}).",
            "Confirm the new account with the supplier by another way than the bill before it is approved.",
        ),
    ),
    explained(
        "supplier.account_first",
        Who.SENDER,
        (
            "Procountorissa ei ole toimittajalle {supplier} tiliä, johon tiliä {found} voisi verrata.",
            "Varmista tili toimittajalta muuta kautta kuin laskulta ennen hyväksymistä.",
        ),
        (
            "Procountor har inget konto för leverantören {supplier} att jämföra kontot {found} med.",
            "Bekräfta kontot med leverantören på annat sätt än via fakturan innan den godkänns.",
        ),
        (
            "Procountor has no account of {supplier} to compare {found} with.",
            "Confirm the account with the supplier by another way than the bill before it is approved.",
        ),
    ),
)
