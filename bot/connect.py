"""Learns which workspace and which company the keys belong to, and keeps both."""

from __future__ import annotations

import hashlib

from bot.chats import Owner
from bot.compose import House
from handlers import connecting, other_kierto, probing
from handlers.chat import ChatTrouble
from handlers.connecting import Clash, Found
from procountor.errors import Forbidden, NotAllowed, ProcountorError, Unauthorized
from storage import companies, references, workspaces
from storage.database import Tx

TAKEN = "key.environment"  # which PROCOUNTOR_API_KEY has been taken up: the beginning of its hash


class NotConnected(RuntimeError):
    """A key does not open what it should; the message says which and where to renew it."""


def connect_company(house: House) -> str | None:
    """Ties the workspace of SLACK_BOT_TOKEN to the company of PROCOUNTOR_API_KEY; gives the company's id.

    Without an API key nothing is asked of Procountor and the company stays as it was; without a bot token (on the
    command line) the company has no workspace. Raises NotConnected.
    """
    key = house.settings.procountor_api_key.get_secret_value()
    owner = _owner(house)
    team = owner.team if owner else ""
    if owner:
        with house.store.write() as tx:
            workspaces.join(tx, team, owner.name, owner.bot_user)
            if not key and not companies.of_team(tx, team):  # its books are to be connected by `/procountor setup`
                companies.found(tx, owner.name, team, house.desk.clock())
    if not key:
        return None
    mark = hashlib.sha256(key.encode()).hexdigest()[:16]
    known = _taken(house, mark, team)
    if known:  # a newer key may have been given in Slack since: it stands
        return known
    found = _asked(house, key)
    _alone(house, key, found)
    with house.store.write() as tx:
        id = connecting.connect(house.desk, tx, _whose(tx, team, found), found, key, "kierto")
        references.mark(tx, id, TAKEN, mark)
        if team:
            companies.place(tx, id, team)
    probing.look(house.desk, id)  # what is missing is told by the setup's checklist
    return id


def _taken(house: House, mark: str, team: str) -> str:
    """The company that this very key was taken up for before, now in the workspace; "" when it never was.

    What it keeps is sealed anew, so that a start after a change of KIERTO_SECRET_KEY leaves nothing under the old one.
    """
    with house.store.write() as tx:
        found = next((c for c in companies.everyone(tx) if references.marked(tx, c.id, TAKEN) == mark), None)
        if found is None:
            return ""
        companies.reseal(tx, found.id)
        if team and not found.team:
            companies.place(tx, found.id, team)
    return found.id


def _asked(house: House, key: str) -> Found:
    """Whose books the key opens."""
    try:
        return connecting.asked(house.procountor.company(key))
    except NotAllowed as refused:
        raise NotConnected(
            "The company does not allow chargeable interfaces: its main user allows them in Procountor, Management → "
            "Company info → Usage settings → Integration settings."
        ) from refused
    except Unauthorized as refused:
        raise NotConnected("Procountor does not accept PROCOUNTOR_API_KEY: make a new one and set it.") from refused
    except Forbidden as refused:
        raise NotConnected(
            "The user of PROCOUNTOR_API_KEY may not see the company's own data: give it the right “Basic company info” "
            "in Procountor, Management → Users and user rights."
        ) from refused
    except ProcountorError as failed:
        raise NotConnected("Procountor does not answer just now; nothing was changed.") from failed


def _alone(house: House, key: str, found: Found) -> None:
    """No other installation is at work in these books."""
    with house.store.read() as tx:
        if companies.by_procountor_id(tx, found.procountor_id):
            return  # its own drafts, known or made before a backup was put back
    try:
        stranger = other_kierto.at_work(house.desk, house.procountor.company(key))
    except ProcountorError as failed:
        raise NotConnected("Procountor does not answer just now; nothing was changed.") from failed
    if stranger:
        raise NotConnected(
            f"Another Kierto is at work in the books of {found.name}: within the last hour it made a draft there "
            f"({stranger.original_number or stranger.id}) that this database knows nothing of. Stop the other one; an "
            "hour after its last draft this one starts. Nothing was changed."
        )


def _whose(tx: Tx, team: str, found: Found) -> str | None:
    """The company the key is for: the one with these books, else one of the workspace's without any; None for a new.

    A key of another company is refused: a workspace's books are not exchanged by a setting.
    """
    there = [companies.get(tx, id) for id in companies.of_team(tx, team)] if team else []
    free = [company for company in there if connecting.clash(tx, company, found) is not Clash.OTHER]
    if there and not free:
        names = ", ".join(company.name for company in there)
        raise NotConnected(
            f"The API key is {found.name}'s, but this workspace belongs to {names}. Nothing was changed."
        )
    own = companies.by_procountor_id(tx, found.procountor_id) or next(iter(free), None)
    return own.id if own else None


def _owner(house: House) -> Owner | None:
    try:
        return house.slack.owner()
    except ChatTrouble as trouble:
        if trouble.certain and trouble.code not in ("no_answer", "ratelimited"):
            raise NotConnected(
                f"Slack does not accept SLACK_BOT_TOKEN ({trouble.code}): copy it again from the app's page."
            ) from trouble
        raise NotConnected("Slack does not answer just now; nothing was changed.") from trouble
