"""The invoice's number: given, and not used before. A duplicate costs money: Procountor charges for each voucher."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case import Case, explained
from finance.faults import Fault, Repair, Who
from finance.invoice import Kind


def number(case: Case) -> Iterator[Fault]:
    """There is a number (it is how the invoice is found again, R26); its length is checked with the other texts."""
    if not case.invoice.number.strip():
        yield Fault("number.missing", "number", repair=Repair.TEXT)


def taken(case: Case) -> Iterator[Fault]:
    """The number (of a bill: the supplier's number) is not in our log nor in Procountor."""
    where = case.taken.numbers.get(case.invoice.source_id)
    if where is not None:
        yield Fault("number.taken", "number", case.invoice.number, facts={"existing": where})
        return
    theirs = case.taken.elsewhere.get(case.invoice.source_id)
    if theirs is not None and case.invoice.kind is not Kind.BILL:
        facts = {"existing": theirs}
        yield Fault("number.elsewhere", "number", case.invoice.number, facts=facts, warning=True)


def twice(number: str) -> Fault:
    """The fault of a number that several invoices of one batch have."""
    return Fault("number.twice", "number", number)


RULES = (number, taken)

EXPLANATIONS = (
    explained(
        "number.missing",
        Who.SENDER,
        ("Laskulta puuttuu numero.", "Anna projektijärjestelmän laskunumero."),
        ("Fakturan saknar nummer.", "Ange fakturanumret från projektsystemet."),
        ("The invoice has no number.", "Give the invoice number of the project system."),
    ),
    explained(
        "number.taken",
        Who.SENDER,
        (
            "Lasku {found} on jo viety: {existing}.",
            "Sitä ei lähetetä uudelleen. Jos lasku on muuttunut, korjaa se Procountorissa.",
        ),
        (
            "Faktura {found} har redan förts in: {existing}.",
            "Den skickas inte på nytt. Om fakturan har ändrats, rätta den i Procountor.",
        ),
        (
            "Invoice {found} is already there: {existing}.",
            "It is not sent again. If the invoice has changed, correct it in Procountor.",
        ),
    ),
    explained(
        "number.elsewhere",
        Who.SENDER,
        (
            "Procountorissa on jo lasku {existing}, jolla on sama numero {found}, mutta se ei ole meidän lähettämämme.",
            "Tämä jää odottamaan päätöstäsi, kun lähetät erän.",
        ),
        (
            "I Procountor finns redan faktura {existing} med samma nummer {found}, men den är inte skickad av oss.",
            "Den här väntar på ditt beslut när du skickar partiet.",
        ),
        (
            "Procountor already has invoice {existing} with the same number {found}, and it is not one we sent.",
            "This one will wait for your decision when you send the batch.",
        ),
    ),
    explained(
        "number.twice",
        Who.PSA,
        (
            "Erässä on kaksi eri laskua numerolla {found}.",
            "Anna toiselle oma numero projektijärjestelmässä ja tuo se uudelleen.",
        ),
        (
            "Partiet innehåller två olika fakturor med numret {found}.",
            "Ge den ena ett eget nummer i projektsystemet och hämta den på nytt.",
        ),
        (
            "The batch has two different invoices with the number {found}.",
            "Give one its own number in the project system and import it again.",
        ),
    ),
)
