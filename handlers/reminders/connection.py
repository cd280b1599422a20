"""How the connection to Procountor stands: trouble calls, all well is a word beside the rest."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.mornings import Morning, Part
from handlers.routing import Router
from handlers.views import mornings as views
from storage import companies, references

on = Router()

SILENT = timedelta(hours=2)


@on.morning("connection", place=30)
def connection(morning: Morning) -> Part:
    """Paused, silent for hours, or as it should be."""
    with morning.desk.store.read() as tx:
        noted = references.marked(tx, morning.company.id, references.BILLS_SINCE)
    since = datetime.fromisoformat(noted) if noted else None
    paused = morning.company.state == companies.PAUSED
    silent = since if since is not None and morning.desk.clock() - since > SILENT else None
    return Part(lambda say: [views.connection(say, paused=paused, since=silent)], calls=paused or silent is not None)
