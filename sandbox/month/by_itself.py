"""The invoice that comes in a file of its own, behind a SOAP frame."""

from __future__ import annotations

from sandbox.month.days import Days
from sandbox.month.story import Told, heading, row, sale


def framed_invoice(days: Days) -> Told:
    """Invoice 1063, which a bank passed on behind a SOAP frame."""
    return sale(
        days,
        1063,
        "Fastighets",
        heading("Felanmälan för hyresgäster"),
        row("KEHI", "44", "Kostnadstak 5 000 €", "Godkänt av Åsa Öhman", name="Systemutveckling"),
        row("MUOT", "9.5", name="Tjänstedesign"),
        cost_centre="220",
        order_reference="GR-77",
    )
