"""A person in the web pages who changes an invoice in the very moment of a call about it."""

from __future__ import annotations

from sandbox.procountor import outside
from sandbox.procountor.auth import bearer
from sandbox.procountor.faults import Fault
from sandbox.procountor.transport import Asked
from sandbox.procountor.world import World


def meddle(world: World, asked: Asked, fault: Fault | None, when: str) -> None:
    """Makes the edit of the fault script when its moment has come; the ledger has it as a person's."""
    if fault is None or fault.when != when:
        return
    token = bearer(world, asked.headers.get("authorization", ""))
    company = world.companies[token.company]
    for invoice in map(int, asked.invoices):
        outside.edit(world, company, invoice, fault.changes, bump_version=fault.bump_version)
        world.journal.add(
            when=world.now(),
            company=company.id,
            user=0,
            key="web",
            route="POST /practice/people-edit",
            id=invoice,
            summary=f"edited {', '.join(fault.changes)} {when} {asked.route}",
        )
