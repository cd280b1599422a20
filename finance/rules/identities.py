"""The other party's business id and VAT number: well-formed, with right check digits."""

from __future__ import annotations

from collections.abc import Iterator

from finance import identifiers
from finance.case import Case, explained
from finance.faults import Fault, Repair, Who
from finance.invoice import Channel, Party
from finance.registers import key


def business_id(case: Case) -> Iterator[Fault]:
    """The business id is well-formed with a right check digit (rule R21)."""
    text, country, side = case.party.business_id, case.country, case.side
    where = f"{side}.business_id"
    if not text:
        if case.channel is Channel.E_INVOICE and country == "FI" and not case.party.vat_number:
            known = elsewhere(case)
            yield Fault("buyer.business_id_missing", where, repair=Repair.TEXT, proposal=known, warning=True)
        return
    if identifiers.right_business_id(text, country):
        return
    finnish = country in ("FI", "AX", "")
    better = identifiers.business_id(text) if finnish else ""
    shown = f"{text[:6]}…" if identifiers.personal(text) else text[:60]
    if finnish:
        code = f"{side}.business_id_form" if better else f"{side}.business_id"
        known = "" if identifiers.personal(text) else elsewhere(case)
        yield Fault(code, where, shown, better, {}, Repair.TEXT, proposal=better or known)
    else:
        facts = {"country": country}
        yield Fault(f"{side}.foreign_id", where, shown, "", facts, Repair.TEXT, warning=True)


def vat_number(case: Case) -> Iterator[Fault]:
    """The VAT number has its country prefix, no hyphen and right check digits; in Finland it fits the business id."""
    party, side = case.party, case.side
    text, where = party.vat_number, f"{side}.vat_number"
    if not text:
        return
    if not identifiers.right_vat_number(text):
        better = identifiers.vat_number(text, case.country)
        code = f"{side}.vat_number_form" if better else f"{side}.vat_number"
        yield Fault(code, where, text[:60], better, {}, Repair.TEXT, proposal=better)
    elif text.startswith("FI") and (digits := identifiers.digits_of(party.business_id)) and digits != text[2:]:
        facts = {"business_id": party.business_id}
        expected = f"FI{digits}"
        code = f"{side}.vat_number_other"
        yield Fault(code, where, text, expected, facts, Repair.TEXT, proposal=expected, warning=True)


def readable(buyer: Party, country: str) -> bool:
    """Whether it can be known who the buyer is: its business id (else its VAT number) is without slips of the pen."""
    if buyer.business_id:
        text = buyer.business_id
        return identifiers.right_business_id(text, country) or bool(identifiers.business_id(text))
    text = buyer.vat_number
    return identifiers.right_vat_number(text) or bool(identifiers.vat_number(text, country))


def elsewhere(case: Case) -> str:
    """The Finnish business id that the party's other data tells: its VAT number, its OVT, its e-invoice address, or
    Procountor's register by its number or its name. The first that is right; "" when none is."""
    party = case.party
    texts = (party.vat_number, party.e_invoice.ovt[:12], _ovt_of(party.e_invoice.address), *_registered(case))
    return next((found for text in texts if (found := identifiers.business_id(text))), "")


def _ovt_of(address: str) -> str:
    bare = address.strip().removeprefix("TE")[:12]
    return bare if bare.startswith("0037") else ""


def _registered(case: Case) -> tuple[str, ...]:
    """Business ids that the register has under the party's number, and under its name if all agree."""
    registers, party = case.registers, case.party
    by_number = registers.partners_by_number.get(key(party.customer_number), ()) if party.customer_number else ()
    same_name = registers.partners_by_name.get(key(party.name), ()) if party.name else ()
    named = {c.business_id for c in same_name if c.business_id}
    return (*(c.business_id for c in by_number if len(by_number) == 1), *(named if len(named) == 1 else ()))


RULES = (business_id, vat_number)

EXPLANATIONS = (
    explained(
        "buyer.business_id_missing",
        Who.SENDER,
        (
            "Verkkolaskulta puuttuu ostajan Y-tunnus.",
            "Lisää Y-tunnus, jos ostaja on yritys tai yhteisö. Laskun voi lähettää ilmankin.",
        ),
        (
            "Nätfakturan saknar köparens FO-nummer.",
            "Ange FO-numret om köparen är ett företag eller en organisation. Fakturan kan skickas även utan.",
        ),
        (
            "The e-invoice has no business id of the buyer.",
            "Add it if the buyer is a company or an organisation. The invoice can be sent without.",
        ),
    ),
    explained(
        "buyer.business_id_form",
        Who.SENDER,
        (
            "Ostajan Y-tunnus on kirjoitettu muodossa {found}; oikea muoto on {expected}.",
            "Hyväksy ehdotettu muoto.",
        ),
        (
            "Köparens FO-nummer är skrivet som {found}; rätt form är {expected}.",
            "Godkänn den föreslagna formen.",
        ),
        ("The buyer's business id is written {found}; the right form is {expected}.", "Accept the proposed form."),
    ),
    explained(
        "buyer.business_id",
        Who.SENDER,
        (
            "Ostajan Y-tunnus {found} ei ole oikea: tarkistusnumero tai pituus on väärin.",
            "Tarkista tunnus ostajalta tai YTJ:stä ja kirjoita se tähän.",
        ),
        (
            "Köparens FO-nummer {found} är inte rätt: kontrollsiffran eller längden är fel.",
            "Kontrollera numret hos köparen eller i FODS och skriv det här.",
        ),
        (
            "The buyer's business id {found} is not right: its check digit or length is wrong.",
            "Check it with the buyer or in the Business Information System and write it here.",
        ),
    ),
    explained(
        "buyer.foreign_id",
        Who.SENDER,
        (
            "Ostajan yritystunnus {found} ei vastaa maan {country} muotoa.",
            "Tarkista tunnus. Laskun voi lähettää näinkin.",
        ),
        (
            "Köparens företagsnummer {found} har inte den form som används i {country}.",
            "Kontrollera numret. Fakturan kan skickas ändå.",
        ),
        (
            "The buyer's company number {found} does not have the form used in {country}.",
            "Check the number. The invoice can be sent as it is.",
        ),
    ),
    explained(
        "buyer.vat_number_form",
        Who.SENDER,
        (
            "Ostajan ALV-numero on kirjoitettu muodossa {found}; oikea muoto on {expected}.",
            "Hyväksy ehdotettu muoto.",
        ),
        ("Köparens momsnummer är skrivet som {found}; rätt form är {expected}.", "Godkänn den föreslagna formen."),
        ("The buyer's VAT number is written {found}; the right form is {expected}.", "Accept the proposed form."),
    ),
    explained(
        "buyer.vat_number",
        Who.SENDER,
        ("Ostajan ALV-numero {found} ei ole oikea.", "Tarkista numero ja kirjoita se maatunnuksineen."),
        ("Köparens momsnummer {found} är inte rätt.", "Kontrollera numret och skriv det med landskod."),
        ("The buyer's VAT number {found} is not right.", "Check the number and write it with its country code."),
    ),
    explained(
        "buyer.vat_number_other",
        Who.SENDER,
        (
            "Ostajan ALV-numero {found} ja Y-tunnus {business_id} kuuluvat eri yrityksille.",
            "Tarkista, kumpi on oikein. Laskun voi lähettää näinkin.",
        ),
        (
            "Köparens momsnummer {found} och FO-nummer {business_id} hör till olika företag.",
            "Kontrollera vilket som är rätt. Fakturan kan skickas ändå.",
        ),
        (
            "The buyer's VAT number {found} and business id {business_id} belong to different companies.",
            "Check which one is right. The invoice can be sent as it is.",
        ),
    ),
)
