"""Which token opens a workspace's Slack: read anew whenever it is needed, so that a changed one is seen everywhere.

Rows are written by Slack's own library (`bot.installations`); here they are read, thinned out and taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select

from storage.database import Tx
from storage.sealing import unseal
from storage.slack_tables import slack_bots, slack_installations
from storage.tables import workspace


@dataclass(frozen=True, slots=True)
class Standing:
    """A workspace as an app has it.

    ``state`` is its own ("installed", "gone"), empty for one we never met. ``mark`` is another one for each
    installation, empty when the app was not installed to it by OAuth.
    """

    state: str = ""
    mark: str = ""


def standing(tx: Tx, client_id: str, team: str) -> Standing:
    """How the workspace stands with the app of this client id."""
    state = tx.execute(select(workspace.c.state).where(workspace.c.team == team)).scalar() or ""
    newest = select(slack_bots.c.id, slack_bots.c.installed_at).where(*_mine(client_id, team))
    row = tx.execute(newest.order_by(*_newest()).limit(1)).one_or_none() if client_id else None
    return Standing(state, f"{row.id}:{row.installed_at.isoformat()}" if row else "")


def bot_token(tx: Tx, client_id: str, team: str) -> str | None:
    """The newest installation's bot token, opened; None when the app was not installed by OAuth."""
    sealed = select(slack_bots.c.bot_token).where(*_mine(client_id, team)).order_by(*_newest()).limit(1)
    found = tx.execute(sealed).scalar()
    return None if found is None else unseal(tx, found.encode())


def installed_at(tx: Tx, team: str) -> datetime | None:
    """When the app was last installed to the workspace by OAuth; None when it was not."""
    newest = select(slack_bots.c.installed_at).where(slack_bots.c.team_id == team).order_by(*_newest()).limit(1)
    found: datetime | None = tx.execute(newest).scalar()
    return None if found is None else found.replace(tzinfo=UTC)


def keep_newest(tx: Tx, client_id: str, team: str) -> None:
    """Takes the tokens of earlier installations away."""
    for table in (slack_bots, slack_installations):
        mine = (table.c.client_id == client_id, table.c.team_id == team)
        newest = select(table.c.id).where(*mine).order_by(table.c.installed_at.desc(), table.c.id.desc()).limit(1)
        kept = tx.execute(newest).scalar()
        tx.execute(delete(table).where(*mine, table.c.id != kept))


def purge(tx: Tx, team: str) -> int:
    """Takes every token of the workspace away; gives how many installations there were."""
    tx.execute(delete(slack_installations).where(slack_installations.c.team_id == team))
    return int(tx.execute(delete(slack_bots).where(slack_bots.c.team_id == team)).rowcount)


def _mine(client_id: str, team: str) -> tuple[ColumnElement[bool], ...]:
    mine = (slack_bots.c.client_id == client_id, slack_bots.c.team_id == team)
    return (*mine, slack_bots.c.bot_token.is_not(None))


def _newest() -> tuple[Any, ...]:
    return slack_bots.c.installed_at.desc(), slack_bots.c.id.desc()
