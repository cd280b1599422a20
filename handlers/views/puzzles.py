"""What only a person can solve: why a transfer was parked, in three languages, and what to do about it."""

from __future__ import annotations

from finance.faults import Words

PARKED: dict[str, tuple[Words, Words]] = {
    "number_taken": (
        Words(
            fi="Procountorissa on jo lasku, jolla on sama alkuperäinen numero, mutta se ei ole meidän lähettämämme.",
            sv="I Procountor finns redan en faktura med samma ursprungliga nummer, men den är inte skickad av oss.",
            en="Procountor already has an invoice with this original number, and it is not one we sent.",
        ),
        Words(
            fi="Katso laskua Procountorissa. Jos se on eri lasku, paina Lähetä silti.",
            sv="Titta på fakturan i Procountor. Om det är en annan faktura, tryck på Skicka ändå.",
            en="Look at it in Procountor. If it is a different invoice, press Send anyway.",
        ),
    ),
    "written_over": (
        Words(
            fi="Procountorissa on lähetyksen aikaan rajapintakäyttäjällämme luotu samansummainen luonnos, jossa ei "
            "ole tätä numeroa eikä merkkiämme. Se voi olla tämä, jos joku on muuttanut sitä.",
            sv="I Procountor finns ett utkast med samma summa som skapades med vår gränssnittsanvändare när detta "
            "skickades, utan detta nummer och utan vårt märke. Det kan vara detta, om någon har ändrat det.",
            en="Procountor has a draft of the same sum, made with our interface user when this was sent, without this "
            "number and without our mark. It may be this one, if somebody has changed it.",
        ),
        Words(
            fi="Katso Procountorista sen ajan luonnokset. Jos mikään niistä ei ole tämä, paina Lähetä silti.",
            sv="Titta på utkasten från den tiden i Procountor. Om inget av dem är detta, tryck på Skicka ändå.",
            en="Look at the drafts of that time in Procountor. If none of them is this one, press Send anyway.",
        ),
    ),
    "earlier_revision": (
        Words(
            fi="Procountorissa on jo meidän luomamme luonnos tästä laskusta, aiemmalla sisällöllä.",
            sv="I Procountor finns redan ett utkast av den här fakturan som vi har skapat, med tidigare innehåll.",
            en="Procountor already has a draft of this invoice that we made, with its earlier content.",
        ),
        Words(
            fi="Mitätöi aiempi luonnos Procountorissa ja paina Tarkista uudelleen, tai korjaa se siellä.",
            sv="Makulera det tidigare utkastet i Procountor och tryck på Kontrollera igen, eller rätta det där.",
            en="Invalidate the earlier draft in Procountor and press Check again, or correct it there.",
        ),
    ),
    "content_differs": (
        Words(
            fi="Lasku on jo Procountorissa, mutta sen sisältö poikkeaa tästä.",
            sv="Fakturan finns redan i Procountor, men dess innehåll avviker från den här.",
            en="The invoice is in Procountor already, but its content differs from this one.",
        ),
        Words(
            fi="Vertaa laskuja Procountorissa ja mitätöi väärä, paina sitten Tarkista uudelleen.",
            sv="Jämför fakturorna i Procountor och makulera den felaktiga, tryck sedan på Kontrollera igen.",
            en="Compare them in Procountor and invalidate the wrong one, then press Check again.",
        ),
    ),
    "changed_by_person": (
        Words(
            fi="Joku on muuttanut laskua Procountorissa sen jälkeen, kun se luotiin.",
            sv="Någon har ändrat fakturan i Procountor efter att den skapades.",
            en="Somebody has changed the invoice in Procountor since it was created.",
        ),
        Words(
            fi="Viimeistele lasku Procountorissa. Emme muuta sitä enää.",
            sv="Slutför fakturan i Procountor. Vi ändrar den inte mer.",
            en="Finish it in Procountor. We do not touch it any more.",
        ),
    ),
    "twice_in_use": (
        Words(
            fi="Sama lasku on Procountorissa kahdesti, ja molempia on jo käsitelty.",
            sv="Samma faktura finns två gånger i Procountor, och båda har redan behandlats.",
            en="The same invoice is in Procountor twice, and both have been worked on.",
        ),
        Words(
            fi="Mitätöi Procountorissa toinen, paina sitten Tarkista uudelleen.",
            sv="Makulera den ena i Procountor, tryck sedan på Kontrollera igen.",
            en="Invalidate one of them in Procountor, then press Check again.",
        ),
    ),
    "invalidated": (
        Words(
            fi="Lasku on mitätöity Procountorissa.",
            sv="Fakturan har makulerats i Procountor.",
            en="The invoice was invalidated in Procountor.",
        ),
        Words(
            fi="Jos se pitää lähettää uudelleen, anna sille uusi numero järjestelmässä, jossa se tehtiin.",
            sv="Om den ska skickas på nytt, ge den ett nytt nummer i systemet där den skapades.",
            en="If it must be sent again, give it a new number in the system where it was made.",
        ),
    ),
    "reading_refused": (
        Words(
            fi="Procountor ei anna lukea laskuja, joten emme voi varmistaa, ettei lasku ole siellä jo.",
            sv="Procountor låter oss inte läsa fakturor, så vi kan inte säkerställa att fakturan inte redan finns där.",
            en="Procountor does not let us read invoices, so we cannot make sure that it is not there already.",
        ),
        Words(
            fi="Pyydä pääkäyttäjää tarkistamaan rajapintakäyttäjän oikeudet, paina sitten Tarkista uudelleen.",
            sv="Be huvudanvändaren kontrollera gränssnittsanvändarens rättigheter, tryck sedan på Kontrollera igen.",
            en="Ask the main user to check the rights of the interface user, then press Check again.",
        ),
    ),
    "given_up": (
        Words(
            fi="Laskun käsittely keskeytyi useita kertoja, ja vika on meidän.",
            sv="Behandlingen av fakturan avbröts flera gånger, och felet är vårt.",
            en="Our work on this invoice broke off several times, and the fault is ours.",
        ),
        Words(
            fi="Kerro asiasta botin ylläpitäjälle, joka on saanut tapausnumeron. Paina sitten Tarkista uudelleen.",
            sv="Berätta det för botens administratör, som har fått incidentnumret. Tryck sedan på Kontrollera igen.",
            en="Tell the bot's admin, who has been given an incident number. Then press Check again.",
        ),
    ),
}
