"""Tells admins and finance of each signature that only the exception of a one-person company allowed."""

from __future__ import annotations

import json

from finance.authority import Right
from handlers.desk import Desk
from handlers.readers import reader
from handlers.routing import Router
from handlers.views import granted
from storage import audit, companies

on = Router()


@on.task("alone.tell", lane="tell")
def tell(desk: Desk, company_id: str, team: str, to: str, row: str) -> None:
    """Tells one of them, in his language."""
    with desk.store.read() as tx:
        company = companies.get(tx, company_id)
        entry = audit.row(tx, company_id, int(row))
    used = json.loads(entry.details)
    chat, say = reader(desk, company_id, team, to)
    if chat.profile(to).trusted:
        user = entry.who.rpartition("/")[2]
        chat.post(chat.direct(to), granted.alone(say, company.name, user, Right(used["right"]), used["about"]))
