"""Where an e-invoice goes: an operator that exists and an address of the form the country uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finance import identifiers, operators
from finance.case import Case, explained
from finance.faults import Fault, Repair, Who
from finance.invoice import Channel

_OPERATOR_GIVEN = re.compile(r"[0-9A-Za-zÅÄÖåäö:._\-/]{3,50}")
_NEAREST = 10


def operator(case: Case) -> Iterator[Fault]:
    """A Finnish e-invoice names an operator by its identifier (rule R18)."""
    text = case.invoice.buyer.e_invoice.operator
    added = case.registers.operators
    if case.channel is not Channel.E_INVOICE or case.country not in ("FI", "AX") or operators.known(text, added):
        return
    choices = operators.nearest(text, added, _NEAREST, case.registers.operators_often)
    if not text.strip():
        code, proposal = "operator.missing", ""
    else:
        meant = operators.meant(text, added)
        code, proposal = ("operator.form", meant.id) if meant else ("operator.unknown", choices[0].value)
    nearest = ", ".join(choice.label for choice in choices[:3])
    where = "buyer.e_invoice.operator"
    facts = {"nearest": nearest}
    yield Fault(code, where, text[:60], proposal, facts, Repair.CHOOSE, "operator", choices, proposal)


def address(case: Case) -> Iterator[Fault]:
    """The receiver's address: an OVT, an IBAN or one given by the operator (rule R19)."""
    if case.channel is not Channel.E_INVOICE:
        return
    text = case.invoice.buyer.e_invoice.address
    where = "buyer.e_invoice.address"
    digits = identifiers.digits_of(case.invoice.buyer.business_id)
    usual = f"0037{digits}" if digits and case.country in ("FI", "AX") else ""
    if not text.strip():
        yield Fault("e_address.missing", where, repair=Repair.TEXT, proposal=usual)
    elif not right(text, case.country):
        bare = re.sub(r"\s", "", text)
        proposal = bare if right(bare, case.country) else usual
        yield Fault("e_address.form", where, text[:60], "", {}, Repair.TEXT, proposal=proposal)


def routing(case: Case) -> Iterator[Fault]:
    """Apix's own address with Danske's code is meant for senders at some banks only, not for Procountor."""
    target = case.invoice.buyer.e_invoice
    if case.channel is not Channel.E_INVOICE or target.address != operators.APIX:
        return
    facts = {"operator": target.operator, "apix": operators.APIX}
    where = "buyer.e_invoice.address"
    yield Fault("e_address.bank_routing", where, target.address, "", facts, Repair.TEXT, warning=True)


def ovt(case: Case) -> Iterator[Fault]:
    """An OVT identifier is well-formed and only used by Finnish companies (rule R20)."""
    text = case.invoice.buyer.e_invoice.ovt
    if not text:
        return
    where = "buyer.e_invoice.ovt"
    if case.registers.reference.country != "FI":
        yield Fault("ovt.not_allowed", where, text[:60], repair=Repair.TEXT)
    elif not identifiers.ovt(text):
        bare = re.sub(r"\W", "", text).upper()
        digits = identifiers.digits_of(case.invoice.buyer.business_id)
        proposal = bare if identifiers.ovt(bare) else f"0037{digits}" if digits else ""
        yield Fault("ovt.form", where, text[:60], "", {}, Repair.TEXT, proposal=proposal)


def right(text: str, country: str) -> bool:
    """Whether ``text`` is an address: what begins as an OVT or a Finnish IBAN must be one, others an operator gave."""
    if country in ("FI", "AX"):
        if text.startswith("0037") and text[4:5].isdigit():
            return identifiers.ovt(text)
        if re.fullmatch(r"FI\d{10,}", text):
            return identifiers.right_iban(text) and text == identifiers.iban(text)
    return bool(_OPERATOR_GIVEN.fullmatch(text))


RULES = (operator, address, routing, ovt)

EXPLANATIONS = (
    explained(
        "operator.missing",
        Who.SENDER,
        (
            "Verkkolaskulta puuttuu ostajan välittäjä.",
            "Valitse välittäjä. Oikean löydät ostajan laskutustiedoista tai verkkolaskuosoite.fi-palvelusta.",
        ),
        (
            "Nätfakturan saknar köparens förmedlare.",
            "Välj förmedlare. Den rätta finns i köparens faktureringsuppgifter eller på verkkolaskuosoite.fi.",
        ),
        (
            "The e-invoice has no operator of the buyer.",
            "Choose the operator. It is in the buyer's billing details or at verkkolaskuosoite.fi.",
        ),
    ),
    explained(
        "operator.form",
        Who.SENDER,
        ("Välittäjän tunnus on kirjoitettu ”{found}”; oikea tunnus on {expected}.", "Hyväksy oikea tunnus."),
        ("Förmedlarens kod är skriven ”{found}”; rätt kod är {expected}.", "Godkänn den rätta koden."),
        ("The operator is written “{found}”; its right code is {expected}.", "Accept the right code."),
    ),
    explained(
        "operator.unknown",
        Who.SENDER,
        (
            "Välittäjän tunnusta ”{found}” ei ole. Lähimmät ovat: {nearest}.",
            "Valitse oikea välittäjä. Tarkista se tarvittaessa ostajan laskutustiedoista.",
        ),
        (
            "Förmedlarkoden ”{found}” finns inte. De närmaste är: {nearest}.",
            "Välj rätt förmedlare. Kontrollera vid behov köparens faktureringsuppgifter.",
        ),
        (
            "There is no operator “{found}”. The nearest are: {nearest}.",
            "Choose the right operator. Check the buyer's billing details if needed.",
        ),
    ),
    explained(
        "e_address.missing",
        Who.SENDER,
        ("Verkkolaskulta puuttuu ostajan verkkolaskuosoite.", "Kirjoita osoite tai vaihda laskun lähetystapa."),
        ("Nätfakturan saknar köparens nätfakturaadress.", "Skriv adressen eller byt fakturans sändningssätt."),
        ("The e-invoice has no e-invoice address.", "Write the address or change how the invoice is sent."),
    ),
    explained(
        "e_address.form",
        Who.SENDER,
        (
            "Verkkolaskuosoite {found} ei ole oikean muotoinen.",
            "Anna OVT-tunnus (0037 ja Y-tunnuksen numerot), IBAN tai välittäjän antama osoite.",
        ),
        (
            "Nätfakturaadressen {found} har inte rätt form.",
            "Ange OVT-koden (0037 och FO-numrets siffror), IBAN eller adressen som förmedlaren har gett.",
        ),
        (
            "The e-invoice address {found} is not of the right form.",
            "Give the OVT (0037 and the digits of the business id), an IBAN, or the operator's own address.",
        ),
    ),
    explained(
        "e_address.bank_routing",
        Who.SENDER,
        (
            "Osoite {found} (välittäjä {operator}) on tarkoitettu vain tiettyjen pankkien lähettäjille.",
            "Käytä Procountorista lähetettäessä ostajan omaa verkkolaskuosoitetta ja välittäjää {apix} (Apix).",
        ),
        (
            "Adressen {found} (förmedlare {operator}) är avsedd bara för avsändare i vissa banker.",
            "Använd från Procountor köparens egen nätfakturaadress och förmedlaren {apix} (Apix).",
        ),
        (
            "The address {found} (operator {operator}) is only for senders at certain banks.",
            "From Procountor use the buyer's own e-invoice address and the operator {apix} (Apix).",
        ),
    ),
    explained(
        "e_address.from_register",
        Who.SENDER,
        (
            "Verkkolaskuosoite {found} (välittäjä {operator}) otettiin asiakasluettelosta: laskulla sitä ei ollut.",
            "Jos se on väärä, korjaa se projektijärjestelmän asiakastietoihin ja tuo asiakasluettelo uudelleen.",
        ),
        (
            "Nätfakturaadressen {found} (förmedlare {operator}) togs ur kundlistan: fakturan saknade den.",
            "Om den är fel, rätta den i projektsystemets kunduppgifter och läs in kundlistan på nytt.",
        ),
        (
            "The e-invoice address {found} (operator {operator}) was taken from the list of customers: the invoice had "
            "none.",
            "If it is wrong, correct it with the customer in the project system and bring the list again.",
        ),
    ),
    explained(
        "ovt.form",
        Who.SENDER,
        (
            "OVT-tunnus {found} ei ole oikea.",
            "OVT-tunnus on 0037, Y-tunnuksen kahdeksan numeroa ja enintään viisi merkkiä. Voit jättää sen tyhjäksi.",
        ),
        (
            "OVT-koden {found} är inte rätt.",
            "OVT-koden är 0037, FO-numrets åtta siffror och högst fem tecken till. Den kan lämnas tom.",
        ),
        (
            "The OVT {found} is not right.",
            "It is 0037, the eight digits of the business id and at most five characters. It may be left empty.",
        ),
    ),
    explained(
        "ovt.not_allowed",
        Who.SENDER,
        ("OVT-tunnusta voi käyttää vain suomalainen yritys.", "Jätä OVT-tunnus tyhjäksi."),
        ("OVT-kod kan bara användas av finländska företag.", "Lämna OVT-koden tom."),
        ("Only Finnish companies can use an OVT identifier.", "Leave the OVT empty."),
    ),
)
