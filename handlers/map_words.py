"""`/procountor map worktype`, `paymenttype` and `operator`: the company's own words told by typing; and their step."""

from __future__ import annotations

import re
from dataclasses import replace

from finance import operators
from finance.authority import Right
from finance.lists import OWN, ListKind, paid_by
from finance.menus import product_choices
from finance.reference import Operator, Product
from finance.registers import index, key
from handlers import registering
from handlers.chat import Picture
from handlers.desk import Here
from handlers.routing import Router
from handlers.steps import Look
from handlers.views import mapping, people_setup
from handlers.views.steps import Step
from storage import audit, companies, references

on = Router()

_IDENTIFIER = re.compile(r"[0-9A-Z]{4,35}")
_NO_SPACE = re.compile(r"\s+")


@on.command("map worktype", right=Right.ADMIN, usage="NAME PRODUCT", help="Which product a work type is invoiced as")
def work_type(here: Here) -> None:
    """The last word is the product's code, all before it the work type."""
    name, code = _cut(here.said.text)
    if not name:
        known = here.company.choices.work_types
        return here.whisper(mapping.usage(here.say, "/procountor map worktype Konsultointi KONS-K", known))
    return here.whisper(_work_type(here, name, code))


def _work_type(here: Here, name: str, code: str) -> Picture:
    with here.desk.store.read() as tx:
        reference = references.get(tx, here.company.id)
    product: Product | None = None
    if reference is not None:
        known = index(reference, here.company.choices)
        product = known.products.get(key(code))
        if product is None or not product.active:
            nearest = ", ".join(choice.label for choice in product_choices(known, code, 3))
            return mapping.no_product(here.say, code, nearest)
    told = product.code if product else code
    if not _chosen(here, ListKind.WORK_TYPES, name, told):
        return mapping.unchanged(here.say)
    return mapping.work_type(here.say, name, told, product.name if product else told)


@on.command(
    "map paymenttype", right=Right.ADMIN, usage="NAME own | company", help="Whose money a payment type of claims is"
)
def payment_type(here: Here) -> None:
    """The last word (or two) says whose money it is, in any of the three languages."""
    name, whose = _cut(here.said.text)
    longer, word = _cut(name)
    if longer and paid_by(f"{word} {whose}"):
        name, whose = longer, f"{word} {whose}"
    if not name:
        known = here.company.choices.payment_types
        return here.whisper(mapping.usage(here.say, "/procountor map paymenttype Firmakortti company", known))
    money = paid_by(whose)
    if not money:
        return here.whisper(mapping.neither(here.say, whose))
    if not _chosen(here, ListKind.PAYMENT_TYPES, name, money):
        return here.whisper(mapping.unchanged(here.say))
    return here.whisper(mapping.payment_type(here.say, name, money == OWN))


@on.command("map operator", right=Right.ADMIN, usage="NAME IDENTIFIER", help="An e-invoice operator Kierto lacks")
def operator(here: Here) -> None:
    """Also another spelling of one that is known."""
    name, typed = _cut(here.said.text)
    id = typed.upper()
    if not name:
        known = {one.name: one.id for one in here.company.choices.operators}
        return here.whisper(mapping.usage(here.say, "/procountor map operator Välittäjä Oy 003721291126", known))
    if not _IDENTIFIER.fullmatch(id):
        return here.whisper(mapping.odd_operator(here.say, typed))
    meant = operators.meant(name, here.company.choices.operators)
    if meant is not None and meant.id == id:
        return here.whisper(mapping.known_operator(here.say, name, id))
    desk, company = here.desk, here.company.id
    with desk.store.write() as tx:
        choices = companies.get(tx, company).choices
        others = tuple(one for one in choices.operators if key(one.name) != key(name))
        companies.choose(tx, company, replace(choices, operators=(*others, Operator(id, name))))
        audit.note(tx, company, here.who, "rules.changed", company, desk.clock(), operator=name, id=id)
    return here.whisper(mapping.operator(here.say, name, id))


def _cut(text: str) -> tuple[str, str]:
    """All but the last word, without the quotation marks around it, and the last word."""
    name, _, last = _NO_SPACE.sub(" ", text.strip()).rpartition(" ")
    return name.strip('"').strip(), last.strip('"')


def _chosen(here: Here, kind: ListKind, name: str, told: str) -> bool:
    with here.desk.store.write() as tx:
        return any(registering.choose(here.desk, tx, here.company.id, kind, {name: told}, here.who))


@on.step("payment types", place=74)
def payment_types(look: Look) -> Step:
    """Whether it is known whose money each payment type is (R62)."""
    return people_setup.payment_types(look.say, len(look.company.choices.payment_types))
