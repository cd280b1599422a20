"""A transfer and all that is needed to take it further, read anew for each attempt."""

from __future__ import annotations

from dataclasses import dataclass

from finance.invoice import Invoice
from finance.posting import Posting
from handlers.desk import Desk
from procountor.api import Api
from storage.companies import Company


@dataclass(frozen=True, slots=True)
class Job:
    """``fingerprint`` is that of what we would send now; ``place`` the one in the batch's sending order."""

    desk: Desk
    company: Company
    api: Api
    invoice: Invoice
    posting: Posting
    fingerprint: str
    batch: int = 0
    place: int = 0
