"""Texts: characters Procountor has, lengths of its fields, and a row's descriptions as one comment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from finance import text
from finance.case import Case, explained, of_row
from finance.faults import Fault, Repair, Who
from finance.invoice import Address, Invoice, Kind, Line

LONGEST_COMMENT = 512
MARKER_ROOM = 64  # characters of the internal note left for our own marker

_ADDRESS = (("name", 80), ("specifier", 80), ("street", 80), ("post_code", 20), ("city", 40), ("subdivision", 35))
_INVOICE = (
    ("number", 40),
    ("order_reference", 70),
    ("buyer_reference", 70),
    ("seller_reference", 70),
    ("note", 10_000),
    ("internal_note", 10_000 - MARKER_ROOM),
    ("agreement", 0),  # 0: no limit is known, the characters are still checked
)
_PARTY = (
    ("name", 80),
    ("contact_person", 70),
    ("email", 0),
    ("customer_number", 0),
    ("business_id", 0),
    ("vat_number", 0),
)
_LINE = (("name", 0), ("product_code", 0))


def comment(i: int, line: Line) -> tuple[str, Fault | None]:
    """The row's comment: the first description, further ones after line breaks, at most 512 characters (R35)."""
    joined = "\n".join(part.strip() for part in line.descriptions if part.strip())
    if len(joined) <= LONGEST_COMMENT:
        return joined, None
    shorter = text.shortened(joined, LONGEST_COMMENT)
    facts = of_row(i, line, length=len(joined), limit=LONGEST_COMMENT)
    found = text.shortened(joined, 200)
    where = f"lines[{i}].descriptions"
    return "", Fault("text.comment_too_long", where, found, "", facts, Repair.TEXT, proposal=shorter)


def lengths(case: Case) -> Iterator[Fault]:
    """Fields longer than Procountor takes (rule R34), each with a shortened text to accept or change."""
    for where, value, limit in _limited(case.invoice):
        if limit and len(value) > limit:
            facts = {"length": len(value), "limit": limit}
            shorter = text.shortened(value, limit)
            yield Fault("text.too_long", where, text.shortened(value, 200), "", facts, Repair.TEXT, proposal=shorter)


def characters(case: Case) -> Iterator[Fault]:
    """Characters outside Windows-1252 (rule R01), with the text as it could be sent instead."""
    parts = [(where, value) for where, value, _ in _limited(case.invoice) if value]
    parts += _row_texts(case.invoice)
    if text.acceptable("\n".join(value for _, value in parts)):
        return
    for where, value in parts:
        if not text.acceptable(value):
            facts = {"characters": ", ".join(map(text.shown, text.strangers(value)))}
            better = text.replaced(value)
            found = text.shortened(value, 200)
            yield Fault("text.characters", where, found, "", facts, Repair.TEXT, proposal=better)


def backslashes(case: Case) -> Iterator[Fault]:
    """A backslash in a row's comment is a line break in Procountor (Procountor API 26.04, invoice rows)."""
    for i, line in enumerate(case.invoice.lines):
        if any("\\" in part for part in line.descriptions):
            joined = "\n".join(line.descriptions)
            where, better = f"lines[{i}].descriptions", joined.replace("\\", "/")
            found = text.shortened(joined, 200)
            facts = of_row(i, line)
            yield Fault("text.backslash", where, found, "", facts, Repair.TEXT, proposal=better, warning=True)


def _limited(invoice: Invoice) -> Iterator[tuple[str, str, int]]:
    """Every text field with its path and longest length; 0 where none is known."""
    for name, limit in _INVOICE:
        yield name, getattr(invoice, name), limit
    side = "buyer" if invoice.kind is Kind.SALES_INVOICE else "seller"
    for name, limit in _PARTY:
        if name != "email" or side == "buyer":  # a supplier's is not sent
            yield f"{side}.{name}", getattr(invoice.counterparty, name), limit
    for path, address in addresses(invoice):
        for name, limit in _ADDRESS:
            yield f"{path}.{name}", getattr(address, name), limit


def addresses(invoice: Invoice) -> Iterator[tuple[str, Address]]:
    """The addresses that are sent, with their paths; an empty billing or delivery address is none."""
    side = "buyer" if invoice.kind is Kind.SALES_INVOICE else "seller"
    yield f"{side}.address", invoice.counterparty.address
    for path in ("billing_address", "delivery_address"):
        address: Address | None = getattr(invoice, path)
        if address is not None and any(getattr(address, f.name) for f in fields(address)):
            yield path, address


def _row_texts(invoice: Invoice) -> list[tuple[str, str]]:
    found = []
    for i, line in enumerate(invoice.lines):
        found += [(f"lines[{i}].{name}", getattr(line, name)) for name, _ in _LINE if getattr(line, name)]
        if line.descriptions:
            found.append((f"lines[{i}].descriptions", "\n".join(line.descriptions)))
    found += [(f"attachments[{a.name}]", a.name) for a in invoice.attachments]
    return found


RULES = (lengths, characters, backslashes)

EXPLANATIONS = (
    explained(
        "text.comment_too_long",
        Who.SENDER,
        (
            "Rivin {row} ”{name}” selitteessä on {length} merkkiä; Procountoriin mahtuu {limit}.",
            "Hyväksy lyhennetty teksti tai muokkaa sitä.",
        ),
        (
            "Förklaringen på rad {row} ”{name}” har {length} tecken; Procountor rymmer {limit}.",
            "Godkänn den förkortade texten eller ändra den.",
        ),
        (
            "The description of row {row} “{name}” has {length} characters; Procountor takes {limit}.",
            "Accept the shortened text or edit it.",
        ),
    ),
    explained(
        "text.too_long",
        Who.SENDER,
        (
            "Tekstissä ”{found}” on {length} merkkiä; Procountoriin mahtuu {limit}.",
            "Hyväksy lyhennetty teksti tai muokkaa sitä.",
        ),
        (
            "Texten ”{found}” har {length} tecken; Procountor rymmer {limit}.",
            "Godkänn den förkortade texten eller ändra den.",
        ),
        (
            "The text “{found}” has {length} characters; Procountor takes {limit}.",
            "Accept the shortened text or edit it.",
        ),
    ),
    explained(
        "text.characters",
        Who.SENDER,
        (
            "Tekstissä ”{found}” on merkkejä, joita Procountor ei ota vastaan: {characters}.",
            "Hyväksy ehdotettu teksti tai muokkaa sitä.",
        ),
        (
            "Texten ”{found}” har tecken som Procountor inte tar emot: {characters}.",
            "Godkänn den föreslagna texten eller ändra den.",
        ),
        (
            "The text “{found}” has characters that Procountor does not take: {characters}.",
            "Accept the proposed text or edit it.",
        ),
    ),
    explained(
        "text.backslash",
        Who.SENDER,
        (
            "Rivin {row} selitteessä on kenoviiva (\\). Procountor tulkitsee sen rivinvaihdoksi.",
            "Voit korvata sen kauttaviivalla. Laskun voi lähettää näinkin.",
        ),
        (
            "Förklaringen på rad {row} har ett omvänt snedstreck (\\). Procountor läser det som radbyte.",
            "Du kan byta det mot ett snedstreck. Fakturan kan skickas ändå.",
        ),
        (
            "The description of row {row} has a backslash (\\). Procountor reads it as a line break.",
            "You can replace it with a slash. The invoice can be sent as it is.",
        ),
    ),
)
