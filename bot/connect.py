"""Learns which workspace and which company the keys belong to, and keeps both."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.compose import House
from handlers import papers
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
    told = _workspace(house) if house.settings.slack_bot_token.get_secret_value() else None
    if told:
        _join(house, told)
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
        there = [companies.get(tx, id) for id in companies.of_team(tx, told["team_id"])] if told else []
        _same(there, info.company_id, info.company_name)
        new = next((company.id for company in there if company.procountor_id is None), None)
        name, business_id = info.company_name, details.business_id
        id = companies.connect(tx, name, business_id, info.company_id, info.user_id, key, now, new)
        if told:
            companies.place(tx, id, told["team_id"])
        audit.note(tx, id, "kierto", "company.connected", id, now, name=info.company_name)
    papers.fetch_reference(house.desk, papers.company_of(house.desk, id))
    return id


def _join(house: House, told: dict[str, str]) -> None:
    """Keeps the workspace; one without a company gets one whose books are to be connected by `/procountor setup`."""
    team = told["team_id"]
    with house.store.write() as tx:
        workspaces.join(tx, team, told["team"], told["user_id"])
        if not companies.of_team(tx, team):
            companies.found(tx, told["team"], team, house.desk.clock())


def _same(there: Sequence[companies.Company], procountor_id: int, name: str) -> None:
    """A key of another company is refused: a workspace's books are not exchanged by a setting."""
    known = {company.procountor_id: company.name for company in there if company.procountor_id is not None}
    if known and procountor_id not in known:
        names = ", ".join(known.values())
        raise NotConnected(f"The API key is {name}'s, but this workspace belongs to {names}. Nothing was changed.")


def _workspace(house: House) -> dict[str, str]:
    settings = house.settings
    client = WebClient(settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url, timeout=10)
    try:
        told = client.auth_test()
    except SlackApiError as refused:
        code = refused.response.get("error", "")
        raise NotConnected(
            f"Slack does not accept SLACK_BOT_TOKEN ({code}): copy it again from the app's page."
        ) from refused
    except OSError as failed:
        raise NotConnected("Slack does not answer just now; nothing was changed.") from failed
    return {name: str(told[name]) for name in ("team_id", "team", "user_id")}
