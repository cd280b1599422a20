"""What a business partner's own entry tells of where its e-invoices go."""

from __future__ import annotations

from procountor.wire.base import Text, Wire


class Where(Wire):
    einvoice_operator: Text = ""


class Partner(Wire):
    id: int
    invoicing_info: Where | None = None
