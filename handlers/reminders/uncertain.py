"""What nobody knows for sure: documents that may or may not be in Procountor, decisions that may have taken effect."""

from __future__ import annotations

from handlers.mornings import Morning, Part
from handlers.routing import Router
from handlers.views import mornings as views
from storage import board

on = Router()


@on.morning("uncertain", place=20)
def uncertain(morning: Morning) -> Part | None:
    """Said until somebody has looked."""
    with morning.desk.store.read() as tx:
        found = board.in_doubt(tx, morning.company.id)
    return Part(lambda say: views.uncertain(say, found.transfers, found.decisions)) if found.all else None
