"""One row of a list into an entry, or into faults that name the row and the column."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finance import identifiers, operators
from finance.customers import Client
from finance.invoice import Address, EInvoiceAddress
from finance.lists import Entry, ListKind, PaymentType, WorkType, paid_by
from finance.people import Person
from finance.projects import Project
from finance.reference import Operator
from intake import codes
from intake.tables.cells import Cells
from intake.tables.list_words import ANSWERS, EMAIL, EXPECTED
from intake.text import bare

LONGEST = 200  # characters of a cell: names and addresses are not longer


def entry_of(kind: ListKind, cells: Cells, added: tuple[Operator, ...] = ()) -> Entry | None:
    """The row's entry; None when something in it is a fault that stops it. ``added`` are operators of the company's."""
    made = _MADE[kind](cells) if kind is not ListKind.CUSTOMERS else _client(cells, added)
    return None if any(not fault.warning for fault in cells.faults) else made


def _person(cells: Cells) -> Entry:
    name = _text(cells, "name") or " ".join(filter(None, (_text(cells, "first_name"), _text(cells, "last_name"))))
    number, email = _text(cells, "number"), _email(cells)
    if not name:
        _empty(cells, "name", "last_name")
    if not (number or cells.has("email")):
        _empty(cells, "number", "email")
    active, left = _answer(cells, "active"), _answer(cells, "left")
    return Person(
        name=name,
        number=number,
        email=email,
        supervisor=_text(cells, "supervisor"),
        personal_id=_text(cells, "personal_id"),
        active=active is not False and left is not True,
    )


def _project(cells: Cells) -> Entry:
    state, closed = _answer(cells, "state"), _answer(cells, "closed")
    return Project(
        number=_needed(cells, "number"),
        name=_text(cells, "name"),
        manager=_text(cells, "manager"),
        customer=_text(cells, "customer"),
        open=state is not False and closed is not True,
    )


def _client(cells: Cells, added: tuple[Operator, ...]) -> Entry:
    name, number = _needed(cells, "name"), _text(cells, "number")
    ident, vat = _text(cells, "business_id"), _text(cells, "vat_number")
    if not (number or ident or vat):
        _empty(cells, "number", "business_id")
    country = _coded(cells, "country", codes.country_code(_text(cells, "country")), "FI")
    if ident and country in ("", "FI", "AX") and any(c.isdigit() for c in ident):
        right = identifiers.business_id(ident)
        if country and not right:
            cells.fault("intake.list.business_id", "business_id", ident, EXPECTED["business_id"])
        ident = right or ident
    return Client(
        name=name,
        number=number,
        business_id=ident,
        vat_number=vat,
        email=_email(cells),
        contact_person=_text(cells, "contact_person"),
        phone=_text(cells, "phone"),
        language=_coded(cells, "language", codes.language_code(_text(cells, "language")), "fi"),
        channel=codes.channel(_text(cells, "channel")) if cells.has("channel") else None,
        address=_postal(cells, name, country),
        e_invoice=_target(cells, added),
    )


def _postal(cells: Cells, name: str, country: str) -> Address:
    parts = {part: _text(cells, part) for part in ("specifier", "street", "post_code", "city")}
    return Address(name=name, country=country, **parts)


def _target(cells: Cells, added: tuple[Operator, ...]) -> EInvoiceAddress:
    """The operator by its identifier where its word can mean one only; one nobody knows is kept and told."""
    operator = _text(cells, "e_invoice_operator")
    if operator and not operators.known(operator, added):
        meant = operators.meant(operator, added)
        if meant is None:
            nearest = ", ".join(choice.label for choice in operators.nearest(operator, added, 3))
            cells.fault("intake.list.operator", "e_invoice_operator", operator, nearest, warning=True)
        operator = meant.id if meant else operator
    return EInvoiceAddress(operator, _text(cells, "e_invoice_address"), _text(cells, "ovt"))


def _work_type(cells: Cells) -> Entry:
    return WorkType(_needed(cells, "name"), _needed(cells, "product"))


def _payment_type(cells: Cells) -> Entry:
    name, told = _needed(cells, "name"), _needed(cells, "paid_by")
    whose = paid_by(told)
    if told and not whose:
        cells.fault("intake.list.word", "paid_by", told, EXPECTED["paid_by"])
    return PaymentType(name, whose)


def _text(cells: Cells, field: str) -> str:
    found = cells.text(field)
    if len(found) > LONGEST:
        cells.fault("intake.list.long", field, found, str(LONGEST))
    return found


def _needed(cells: Cells, field: str) -> str:
    found = _text(cells, field)
    if not found:
        _empty(cells, field)
    return found


def _empty(cells: Cells, *fields: str) -> None:
    """Names the column that the file has of those that would do."""
    there = next((field for field in fields if field in cells.headers.places), fields[0])
    cells.fault("intake.list.empty", there)


def _email(cells: Cells) -> str:
    found = _text(cells, "email")
    if found and not EMAIL.fullmatch(found):
        cells.fault("intake.list.email", "email", found, EXPECTED["email"])
    return found


def _answer(cells: Cells, field: str) -> bool | None:
    """Yes, no, or None for an empty cell and for a word that is neither, which is a fault."""
    found = cells.text(field)
    yes, no = ANSWERS[field]
    if found and bare(found) not in yes | no:
        cells.fault("intake.list.word", field, found, EXPECTED[field])
        return None
    return bare(found) in yes if found else None


def _coded(cells: Cells, field: str, code: str | None, expected: str) -> str:
    if code is None:
        cells.fault("intake.list.unknown_word", field, cells.text(field), expected, warning=True)
    return code or ""


_MADE: Mapping[ListKind, Callable[[Cells], Entry]] = {
    ListKind.PEOPLE: _person,
    ListKind.PROJECTS: _project,
    ListKind.WORK_TYPES: _work_type,
    ListKind.PAYMENT_TYPES: _payment_type,
}
