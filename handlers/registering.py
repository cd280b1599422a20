"""Keeps what the PSA's lists hold, each entry once; the same file again changes nothing, and what it lacks stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from finance import authority
from finance.authority import Right
from finance.company import Choices
from finance.faults import Fault
from finance.lists import Entry, ListKind, PaymentType, WorkType
from finance.menus import product_choices
from finance.people import plain
from finance.projects import Project, manager
from finance.registers import index, key
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from handlers.faces import BROUGHT
from handlers.faces import Brought as Bringer
from handlers.roster import roster
from handlers.views.lists import Brought
from intake.reading import Listed
from storage import audit, companies, references, registers, rights
from storage.companies import Company
from storage.database import Tx

COMMAND_LINE = "command line"
_WORDS = {ListKind.WORK_TYPES: "work_types", ListKind.PAYMENT_TYPES: "payment_types"}


def able(desk: Desk, company: Company, sender: str) -> frozenset[Right]:
    """The rights the sender may use now: all on the command line, which belongs to whoever runs the bot."""
    if sender == COMMAND_LINE:
        return frozenset(Right)
    team, _, user = sender.partition("/")
    with desk.store.read() as tx:
        holder = rights.holder(tx, company.id, team, user)
    try:
        holder = replace(holder, trusted=desk.chats(team).profile(user, fresh=True).trusted)
    except ChatTrouble:
        return frozenset()
    now, alone = desk.clock(), company.choices.one_person
    return frozenset(right for right in Right if authority.may(holder, right, now, alone=alone).allowed)


def take(desk: Desk, tx: Tx, company: str, file: str, listed: Listed, sender: str) -> tuple[Brought, list[Fault]]:
    """Keeps a list's entries; gives what they came to and what is wrong with them that only the registers tell."""
    entries: tuple[Entry, ...] = listed.entries
    faults: list[Fault] = []
    if listed.kind is ListKind.WORK_TYPES:
        entries, faults = _sellable(tx, company, file, entries)
    if listed.kind in _WORDS:
        brought = _choose(desk, tx, company, file, listed.kind, entries, sender)
    else:
        brought = _keep(desk, tx, company, file, listed.kind, {entry.key: entry for entry in entries}, sender)
    details = {"file": file, "rows": listed.rows, "new": brought.new, "changed": brought.changed}
    audit.note(tx, company, sender, "list.read", f"list:{listed.kind}", desk.clock(), **details)
    return brought, faults


def _keep(
    desk: Desk, tx: Tx, company: str, file: str, kind: ListKind, entries: Mapping[str, Entry], sender: str
) -> Brought:
    before = registers.all(tx, company, kind, type(next(iter(entries.values())))) if entries else {}
    kept = registers.keep(tx, company, kind, entries, desk.clock())
    if kind is ListKind.PEOPLE:
        fresh = {key: Bringer(sender) for key, entry in entries.items() if before.get(key) != entry}
        registers.keep(tx, company, BROUGHT, fresh, desk.clock())
    absent = len(before.keys() - entries.keys())
    return Brought(kind, file, kept.new, kept.changed, kept.same, absent)


def _sellable(tx: Tx, company: str, file: str, entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], list[Fault]]:
    """Work types whose product is sold in Procountor, each under the product's own code."""
    reference = references.get(tx, company)
    if reference is None:
        return entries, []
    known = index(reference, companies.get(tx, company).choices)
    kept: list[Entry] = []
    faults = []
    for entry in entries:
        assert isinstance(entry, WorkType)
        product = known.products.get(key(entry.product))
        if product is not None and product.active:
            kept.append(replace(entry, product=product.code))
            continue
        nearest = ", ".join(choice.label for choice in product_choices(known, entry.product, 3))
        facts = {"name": entry.name}
        faults.append(Fault("intake.list.product", "product", entry.product[:60], nearest, facts, file=file))
    return tuple(kept), faults


def _choose(
    desk: Desk, tx: Tx, company: str, file: str, kind: ListKind, entries: tuple[Entry, ...], sender: str
) -> Brought:
    words = {e.name: e.product if isinstance(e, WorkType) else e.paid_by for e in entries if isinstance(e, _WordEntry)}
    new, changed = choose(desk, tx, company, kind, words, sender)
    return Brought(kind, file, new, changed, len(words) - new - changed)


_WordEntry = WorkType | PaymentType


def choose(desk: Desk, tx: Tx, company: str, kind: ListKind, words: Mapping[str, str], sender: str) -> tuple[int, int]:
    """Writes work types or payment types into the company's rules; gives how many are new and how many changed.

    A word stands once, however its letters are written.
    """
    choices = companies.get(tx, company).choices
    before: Mapping[str, str] = getattr(choices, _WORDS[kind])
    known = {plain(word): told for word, told in before.items()}
    new = {word: told for word, told in words.items() if plain(word) not in known}
    changed = {word: told for word, told in words.items() if known.get(plain(word), told) != told}
    if new or changed:
        gone = {plain(word) for word in changed}
        after = {word: told for word, told in before.items() if plain(word) not in gone} | new | changed
        made: Choices = replace(choices, **{_WORDS[kind]: after})  # type: ignore[arg-type]
        companies.choose(tx, company, made)
        details = {_WORDS[kind]: new | changed}
        audit.note(tx, company, sender, "rules.changed", company, desk.clock(), **details)
    return len(new), len(changed)


def with_orphans(desk: Desk, company: str, lists: Sequence[Brought]) -> tuple[Brought, ...]:
    """The lists as they came, those of projects with the open ones whose manager nobody knows after all of them."""
    if not any(one.kind is ListKind.PROJECTS for one in lists):
        return tuple(lists)
    with desk.store.read() as tx:
        people = roster(tx, company)
        projects = registers.all(tx, company, ListKind.PROJECTS, Project).values()
    lost = tuple((p.number, p.manager) for p in projects if p.open and manager(p, people) is None)
    return tuple(replace(one, orphans=lost) if one.kind is ListKind.PROJECTS else one for one in lists)
