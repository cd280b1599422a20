"""Connecting a company's books with an API key, alike in Slack and at the start of the program."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers import pausing
from handlers.desk import Desk
from procountor import company as resource
from procountor import rights, session
from procountor.api import Api
from storage import audit, companies
from storage.companies import Company
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Found:
    """Whose books a key opens, and as whom. ``lacking`` are the rights sending invoices needs, by Procountor's path."""

    procountor_id: int
    name: str
    business_id: str
    user_id: int
    user: str
    lacking: tuple[str, ...] = ()


class Clash(StrEnum):
    """Why a key cannot be taken for a company."""

    OTHER = "other"  # the company is connected, and the key opens other books
    TAKEN = "taken"  # the books belong to another company already


def asked(api: Api) -> Found:
    """What Procountor says of a key. Raises NotAllowed, Unauthorized, Forbidden and the others of their family."""
    info, details = session.info(api), resource.get(api)
    held = rights.probe(api)
    lacking = tuple(dict.fromkeys((*held.missing("reference"), *held.missing("sales"))))
    name = info.company_name or details.name
    return Found(info.company_id, name, details.business_id, info.user_id, info.user_name, lacking)


def clash(tx: Tx, company: Company, found: Found) -> Clash | None:
    """Books are not exchanged by a key, and belong to one company only."""
    if company.procountor_id not in (None, found.procountor_id):
        return Clash.OTHER
    there = companies.by_procountor_id(tx, found.procountor_id)
    return Clash.TAKEN if there is not None and there.id != company.id else None


def connect(desk: Desk, tx: Tx, id: str | None, found: Found, api_key: str, who: str) -> str:
    """Keeps the key, sealed, for the company ``id`` (None: the one with these books, or a new one); gives its id.

    A paused company takes its work up again. The caller has seen that nothing clashes.
    """
    now = desk.clock()
    before = companies.get(tx, id) if id else companies.by_procountor_id(tx, found.procountor_id)
    known = before.id if before else None
    books = (found.name, found.business_id, found.procountor_id, found.user_id)
    made = companies.connect(tx, *books, api_key, now, known)
    first = before is None or before.state == companies.NEW
    what = "company.connected" if first else "key.renewed"
    audit.note(tx, made, who, what, made, now, name=found.name, user=found.user)
    if before is not None and before.state == companies.PAUSED:
        pausing.take_up(desk, tx, made)
    return made
