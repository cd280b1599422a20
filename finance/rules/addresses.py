"""Postal addresses and e-mail: a country, the parts that the channel needs, and addresses mail can reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from finance import countries
from finance.case import Case, explained
from finance.faults import Choice, Fault, Repair, Who
from finance.invoice import Address, Channel
from finance.menus import NEAREST, best
from finance.rules.texts import addresses

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?!-)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_PARTS = ("street", "post_code", "city")
MOST_COPIES, LONGEST_COPY = 4, 256


def country(case: Case) -> Iterator[Fault]:
    """Every address has a country, by its two-letter code; those of a bill may have none."""
    for path, address in addresses(case.invoice):
        code = address.country
        if countries.known(code) or (case.side == "seller" and not code.strip()):
            continue
        where, listed = f"{path}.country", _nearest(code)
        if not code.strip():
            yield Fault("country.missing", where, "", "", {"city": address.city}, Repair.CHOOSE, "country", listed)
            continue
        meant = countries.find(code)
        wrong = "country.form" if meant else "country.unknown"
        yield Fault(wrong, where, code[:60], meant, {}, Repair.CHOOSE, "country", listed, meant)


def parts(case: Case) -> Iterator[Fault]:
    """Street, post code and city for paper and e-invoices (rules R16, R17)."""
    found = dict(addresses(case.invoice))
    buyer, billing = case.invoice.buyer.address, found.get("billing_address")
    if case.channel is Channel.MAIL and not any(_whole(a) for a in (billing, buyer)):
        yield from _missing("billing_address" if billing else "buyer.address", billing or buyer)
    if case.channel is Channel.E_INVOICE:
        yield from _missing("buyer.address", buyer)
        yield from _missing("billing_address", billing) if billing else ()


def email(case: Case) -> Iterator[Fault]:
    """A well-formed e-mail address, needed when the invoice goes by e-mail (rule R14)."""
    text = case.invoice.buyer.email
    if not text:
        if case.channel is Channel.EMAIL:
            yield Fault("email.missing", "buyer.email", repair=Repair.TEXT)
    elif not right_email(text):
        yield Fault("email.form", "buyer.email", text[:100], "", {}, Repair.TEXT, proposal=written(text))


def copies(case: Case) -> Iterator[Fault]:
    """Blind copies: at most four, well-formed, none of them the receiver (rule R15)."""
    buyer = case.invoice.buyer
    if len(buyer.bcc) > MOST_COPIES:
        facts = {"count": len(buyer.bcc), "limit": MOST_COPIES}
        proposal = " ".join(buyer.bcc[:MOST_COPIES])
        yield Fault("email.too_many_copies", "buyer.bcc", "", "", facts, Repair.TEXT, proposal=proposal)
    for copy in buyer.bcc:
        if not right_email(copy) or len(copy) > LONGEST_COPY or copy.casefold() == buyer.email.casefold():
            better = "" if right_email(copy) else written(copy)
            better = "" if better.casefold() == buyer.email.casefold() else better
            kept = " ".join(filter(None, (better if c == copy else c for c in buyer.bcc)))
            yield Fault("email.copy", "buyer.bcc", copy[:100], "", {}, Repair.TEXT, proposal=kept)


def right_email(text: str) -> bool:
    """Whether ``text`` is one e-mail address in ASCII, as Procountor takes it (rule R14)."""
    return len(text) <= 254 and bool(_EMAIL.fullmatch(text)) and ".." not in text


def written(text: str) -> str:
    """The address that ``text`` certainly means: bare, its domain in the form the net uses (xn--…); "" if none."""
    bare = re.sub(r"^mailto:|\s", "", text, flags=re.IGNORECASE).strip("<>.,;")
    name, at, domain = bare.rpartition("@")
    try:
        found = f"{name}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return ""
    return found if right_email(found) else ""


@lru_cache(maxsize=1024)
def _nearest(text: str) -> tuple[Choice, ...]:
    return best(countries.choices(), text, NEAREST)


def _whole(address: Address | None) -> bool:
    return address is not None and all(getattr(address, part).strip() for part in _PARTS)


def _missing(path: str, address: Address) -> Iterator[Fault]:
    for part in _PARTS:
        if not getattr(address, part).strip():
            code = f"address.{part}_billing" if path == "billing_address" else f"address.{part}"
            yield Fault(code, f"{path}.{part}", repair=Repair.TEXT)


RULES = (country, parts, email, copies)

_DO = (
    "Kirjoita puuttuva tieto. Procountor vaatii sen tälle lähetystavalle.",
    "Fyll i uppgiften. Procountor kräver den för detta sändningssätt.",
    "Fill it in. Procountor requires it for this way of sending.",
)
_MISSING = (
    ("street", "katuosoite", "gatuadress", "street"),
    ("post_code", "postinumero", "postnummer", "post code"),
    ("city", "postitoimipaikka", "postort", "city"),
)

EXPLANATIONS = (
    explained(
        "email.from_register",
        Who.SENDER,
        (
            "Sähköpostiosoite {found} otettiin asiakasluettelosta: laskulla sitä ei ollut.",
            "Jos se on väärä, korjaa se projektijärjestelmän asiakastietoihin ja tuo asiakasluettelo uudelleen.",
        ),
        (
            "E-postadressen {found} togs ur kundlistan: fakturan saknade den.",
            "Om den är fel, rätta den i projektsystemets kunduppgifter och läs in kundlistan på nytt.",
        ),
        (
            "The e-mail address {found} was taken from the list of customers: the invoice had none.",
            "If it is wrong, correct it with the customer in the project system and bring the list again.",
        ),
    ),
    *(
        explained(
            f"address.{part}",
            Who.SENDER,
            (f"Ostajan osoitteesta puuttuu {fi}.", _DO[0]),
            (f"Köparens adress saknar {sv}.", _DO[1]),
            (f"The buyer's address has no {en}.", _DO[2]),
        )
        for part, fi, sv, en in _MISSING
    ),
    *(
        explained(
            f"address.{part}_billing",
            Who.SENDER,
            (f"Laskutusosoitteesta puuttuu {fi}.", _DO[0]),
            (f"Faktureringsadressen saknar {sv}.", _DO[1]),
            (f"The billing address has no {en}.", _DO[2]),
        )
        for part, fi, sv, en in _MISSING
    ),
    explained(
        "country.missing",
        Who.SENDER,
        ("Osoitteesta puuttuu maa.", "Valitse maa. Ylläpitäjä voi asettaa oletusmaan."),
        ("Adressen saknar land.", "Välj land. Administratören kan ange ett standardland."),
        ("The address has no country.", "Choose the country. An admin can set a default one."),
    ),
    explained(
        "country.form",
        Who.SENDER,
        ("Maa on kirjoitettu ”{found}”; kaksikirjaiminen tunnus on {expected}.", "Hyväksy ehdotettu maa."),
        ("Landet är skrivet ”{found}”; den tvåställiga koden är {expected}.", "Godkänn det föreslagna landet."),
        ("The country is written “{found}”; its two-letter code is {expected}.", "Accept the proposed country."),
    ),
    explained(
        "country.unknown",
        Who.SENDER,
        ("Maata ”{found}” ei tunneta.", "Valitse maa luettelosta."),
        ("Landet ”{found}” är okänt.", "Välj landet i listan."),
        ("The country “{found}” is not known.", "Choose the country from the list."),
    ),
    explained(
        "email.missing",
        Who.SENDER,
        ("Lasku lähetetään sähköpostilla, mutta ostajan sähköpostiosoite puuttuu.", "Kirjoita sähköpostiosoite."),
        ("Fakturan skickas per e-post, men köparens e-postadress saknas.", "Skriv e-postadressen."),
        ("The invoice goes by e-mail, but the buyer's e-mail address is missing.", "Write the e-mail address."),
    ),
    explained(
        "email.form",
        Who.SENDER,
        ("Sähköpostiosoite ”{found}” ei ole oikean muotoinen.", "Korjaa osoite. Anna vain yksi."),
        ("E-postadressen ”{found}” har inte rätt form.", "Rätta adressen. Ange bara en."),
        ("The e-mail address “{found}” is not well-formed.", "Correct it. Give one address only."),
    ),
    explained(
        "email.too_many_copies",
        Who.SENDER,
        ("Piilokopioita on {count}; enintään {limit} sallitaan.", "Poista ylimääräiset osoitteet."),
        ("Det finns {count} dolda kopior; högst {limit} tillåts.", "Ta bort de överflödiga adresserna."),
        ("There are {count} blind copies; at most {limit} are allowed.", "Remove the extra addresses."),
    ),
    explained(
        "email.copy",
        Who.SENDER,
        (
            "Piilokopion osoite ”{found}” ei käy.",
            "Korjaa tai poista osoite. Se ei saa olla sama kuin vastaanottajan.",
        ),
        (
            "Adressen för dold kopia ”{found}” duger inte.",
            "Rätta eller ta bort adressen. Den får inte vara samma som mottagarens.",
        ),
        (
            "The blind copy address “{found}” will not do.",
            "Correct or remove it. It must not be the receiver's own address.",
        ),
    ),
)
