"""The company's circulation as it was last read from Procountor: lists and forms have no time to ask."""

from __future__ import annotations

from finance.canonical import dump, load
from finance.circulation import Circulation
from handlers.desk import Desk
from storage import references

NAME = "circulation"  # the bookmark


def keep(desk: Desk, company_id: str, rules: Circulation) -> None:
    """Keeps what Procountor says now."""
    said = dump(rules)
    with desk.store.read() as tx:
        before = references.marked(tx, company_id, NAME)
    if before != said:
        with desk.store.write() as tx:
            references.mark(tx, company_id, NAME, said)


def kept(desk: Desk, company_id: str) -> Circulation:
    """What it said last; nobody circulates anything before the first time."""
    with desk.store.read() as tx:
        said = references.marked(tx, company_id, NAME)
    return load(Circulation, said) if said else Circulation()
