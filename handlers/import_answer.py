"""The answer to the one who brought files, with the buttons for what only a person knows about them."""

from __future__ import annotations

from finance.invoice import Kind
from handlers.buttons import issued
from handlers.desk import Desk
from handlers.readers import reader
from handlers.views import imports
from handlers.views.imports import Imported


def tell(desk: Desk, company_id: str, team: str, user: str, found: Imported) -> None:
    """Tells it in a direct message, in the person's language."""
    chat, say = reader(desk, company_id, team, user)

    def whose(kind: Kind) -> str:
        return issued(desk, company_id, team, "files.whose", ",".join((kind.value, *found.unowned)))

    def columns(file: str) -> str:
        return issued(desk, company_id, team, "columns.map", file)

    people = issued(desk, company_id, team, "people.unmatched", "") if found.matched else ""
    chat.post(chat.direct(user), imports.told(say, found, whose, columns, people))
