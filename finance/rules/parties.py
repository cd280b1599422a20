"""The other party: named, not ourselves; a buyer also the right customer, written to in a language Procountor has."""

from __future__ import annotations

from collections.abc import Iterator

from finance import languages
from finance.case import Case, explained
from finance.faults import Choice, Fault, Repair, Who
from finance.registers import identity, key
from finance.rules.identities import readable


def named(case: Case) -> Iterator[Fault]:
    """The other party has a name."""
    party = case.party
    if not (party.name.strip() or party.address.name.strip()):
        yield Fault(f"{case.side}.name_missing", f"{case.side}.name", repair=Repair.TEXT)


def ourselves(case: Case) -> Iterator[Fault]:
    """An invoice from the company to itself is a mistake."""
    reference, party = case.registers.reference, case.party
    own = identity(reference.business_id)
    if own and own in (identity(party.business_id), identity(party.vat_number)):
        facts = {"company": reference.name, "id": reference.business_id}
        found = party.business_id or party.vat_number
        yield Fault(f"{case.side}.is_us", f"{case.side}.business_id", found, facts=facts)


def language(case: Case) -> Iterator[Fault]:
    """The language is one of Procountor's six (rule R12)."""
    text = case.invoice.language
    if text not in languages.LANGUAGES:
        meant, listed = languages.find(text), languages.choices()
        facts = {"languages": ", ".join(languages.LANGUAGES)}
        code = "buyer.language" if text else "buyer.language_missing"
        yield Fault(code, "language", text[:40], "", facts, Repair.CHOOSE, "language", listed, meant)


def number_clash(case: Case) -> Iterator[Fault]:
    """The customer number belongs to another business id in Procountor (rule R48).

    A business id with a slip in it is told of by itself: it says nothing of whose the number is.
    """
    buyer, registers = case.invoice.buyer, case.registers
    wanted = identity(buyer.business_id or buyer.vat_number) if readable(buyer, case.country) else ""
    holders = registers.partners_by_number.get(key(buyer.customer_number), ()) if buyer.customer_number else ()
    if not wanted or not holders or any(not c.business_id or identity(c.business_id) == wanted for c in holders):
        return
    right = [c for c in registers.partners_by_id.get(wanted, ()) if c.active and c.number]
    facts = {"customer": holders[0].name, "other": holders[0].business_id, "id": buyer.business_id or buyer.vat_number}
    choices = tuple(Choice(c.number, f"{c.number} {c.name}"[:75]) for c in right)
    proposal = right[0].number if len(right) == 1 else ""
    where, found = "buyer.customer_number", buyer.customer_number
    yield Fault("buyer.number_clash", where, found, proposal, facts, Repair.TEXT, "", choices, proposal)


RULES = (named, ourselves, language, number_clash)

EXPLANATIONS = (
    explained(
        "buyer.name_missing",
        Who.SENDER,
        ("Laskulta puuttuu ostajan nimi.", "Kirjoita ostajan nimi."),
        ("Fakturan saknar köparens namn.", "Skriv köparens namn."),
        ("The invoice has no buyer's name.", "Write the buyer's name."),
    ),
    explained(
        "buyer.is_us",
        Who.PSA,
        (
            "Ostaja on oma yritys: {company} ({id}).",
            "Korjaa asiakas projektijärjestelmässä ja tuo lasku uudelleen.",
        ),
        (
            "Köparen är det egna företaget: {company} ({id}).",
            "Rätta kunden i projektsystemet och hämta fakturan på nytt.",
        ),
        (
            "The buyer is the company itself: {company} ({id}).",
            "Correct the customer in the project system and import the invoice again.",
        ),
    ),
    explained(
        "buyer.language",
        Who.SENDER,
        ("Procountor ei tunne laskun kieltä ”{found}”.", "Valitse kieli: {languages}."),
        ("Procountor känner inte till fakturans språk ”{found}”.", "Välj språk: {languages}."),
        ("Procountor does not know the invoice's language “{found}”.", "Choose a language: {languages}."),
    ),
    explained(
        "buyer.language_missing",
        Who.SENDER,
        ("Laskulta puuttuu kieli.", "Valitse kieli: {languages}."),
        ("Fakturan saknar språk.", "Välj språk: {languages}."),
        ("The invoice has no language.", "Choose a language: {languages}."),
    ),
    explained(
        "buyer.number_clash",
        Who.SENDER,
        (
            "Asiakasnumero {found} kuuluu Procountorissa asiakkaalle {customer} ({other}), mutta laskulla on {id}.",
            "Tarkista, kumpi on oikea asiakas, ja anna sen asiakasnumero.",
        ),
        (
            "Kundnummer {found} hör i Procountor till {customer} ({other}), men fakturan har {id}.",
            "Kontrollera vilken kund som är rätt och ange dess kundnummer.",
        ),
        (
            "Customer number {found} belongs to {customer} ({other}) in Procountor, but the invoice has {id}.",
            "Check which customer is right and give its number.",
        ),
    ),
)
