"""The answer to the one who brought files, with the buttons for what only a person knows about them."""

from __future__ import annotations

from finance.invoice import Kind
from handlers.desk import Desk
from handlers.readers import reader
from handlers.views import imports
from handlers.views.imports import Imported
from storage import handles


def tell(desk: Desk, company_id: str, team: str, user: str, found: Imported) -> None:
    """Tells it in a direct message, in the person's language."""
    chat, say = reader(desk, team, user)

    def handle(purpose: str, subject: str) -> str:
        with desk.store.write() as tx:
            return handles.issue(tx, company_id, team, purpose, subject, desk.clock())

    def whose(kind: Kind) -> str:
        return handle("files.whose", ",".join((kind.value, *found.unowned)))

    def columns(file: str) -> str:
        return handle("columns.map", file)

    chat.post(chat.direct(user), imports.told(say, found, whose, columns))
