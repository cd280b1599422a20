"""Learns which workspace and which company the keys belong to, and keeps both."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chats import Owner
from bot.compose import House
from handlers import papers
from handlers.chat import ChatTrouble
from procountor import company as resource
from procountor import session
from procountor.errors import ProcountorError, Unauthorized
from storage import audit, companies, workspaces


class NotConnected(RuntimeError):
    """A key does not open what it should; the message says which and where to renew it."""


def connect_company(house: House) -> str | None:
    """Ties the workspace of SLACK_BOT_TOKEN to the company of PROCOUNTOR_API_KEY; gives the company's id.

    Without an API key nothing is asked of Procountor and the company stays as it was; without a bot token (on the
    command line) the company has no workspace. Raises NotConnected.
    """
    key = house.settings.procountor_api_key.get_secret_value()
    owner = _owner(house)
    if owner:
        _join(house, owner)
    if not key:
        return None
    api = house.procountor.company(key)
    try:
        info, details = session.info(api), resource.get(api)
    except Unauthorized as refused:
        raise NotConnected("Procountor does not accept PROCOUNTOR_API_KEY: make a new one and set it.") from refused
    except ProcountorError as failed:
        raise NotConnected("Procountor does not answer just now; nothing was changed.") from failed
    now = house.desk.clock()
    with house.store.write() as tx:
        there = [companies.get(tx, id) for id in companies.of_team(tx, owner.team)] if owner else []
        _same(there, info.company_id, info.company_name)
        new = next((company.id for company in there if company.procountor_id is None), None)
        name, business_id = info.company_name, details.business_id
        id = companies.connect(tx, name, business_id, info.company_id, info.user_id, key, now, new)
        if owner:
            companies.place(tx, id, owner.team)
        audit.note(tx, id, "kierto", "company.connected", id, now, name=info.company_name)
    papers.fetch_reference(house.desk, papers.company_of(house.desk, id))
    return id


def _join(house: House, owner: Owner) -> None:
    """Keeps the workspace; one without a company gets one whose books are to be connected by `/procountor setup`."""
    with house.store.write() as tx:
        workspaces.join(tx, owner.team, owner.name, owner.bot_user)
        if not companies.of_team(tx, owner.team):
            companies.found(tx, owner.name, owner.team, house.desk.clock())


def _same(there: Sequence[companies.Company], procountor_id: int, name: str) -> None:
    """A key of another company is refused: a workspace's books are not exchanged by a setting."""
    known = {company.procountor_id: company.name for company in there if company.procountor_id is not None}
    if known and procountor_id not in known:
        names = ", ".join(known.values())
        raise NotConnected(f"The API key is {name}'s, but this workspace belongs to {names}. Nothing was changed.")


def _owner(house: House) -> Owner | None:
    try:
        return house.slack.owner()
    except ChatTrouble as trouble:
        if trouble.certain and trouble.code not in ("no_answer", "ratelimited"):
            raise NotConnected(
                f"Slack does not accept SLACK_BOT_TOKEN ({trouble.code}): copy it again from the app's page."
            ) from trouble
        raise NotConnected("Slack does not answer just now; nothing was changed.") from trouble
