"""Who we are to Procountor: the first call of a conversation, to see that it is the right company."""

from __future__ import annotations

from dataclasses import dataclass

from procountor import codes
from procountor.api import Api
from procountor.wire import base
from procountor.wire import registers as wire


@dataclass(frozen=True, slots=True)
class Session:
    """The company and the user an API key belongs to. ``country`` is an ISO code, "" when not known here.

    ``discussion`` tells whether invoices can be commented on.
    """

    company_id: int
    company_name: str
    country: str
    user_id: int
    user_name: str
    discussion: bool


def info(api: Api) -> Session:
    """The company and user of the key. Raises Unauthorized when the key yields no token."""
    told = base.read(wire.Session, api.get("sessioninfo"))
    return Session(
        company_id=told.company_id,
        company_name=told.name,
        country=codes.iso_country(told.country),
        user_id=told.user_id,
        user_name=told.user_name,
        discussion=bool(told.company_settings and told.company_settings.invoice_discussion_enabled),
    )
