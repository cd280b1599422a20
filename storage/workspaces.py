"""The Slack workspaces the bot has been installed to. A company is talked to in one; one may have several companies."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from storage.database import Tx
from storage.putting import put
from storage.tables import workspace

INSTALLED, GONE = "installed", "gone"


@dataclass(frozen=True, slots=True)
class Workspace:
    """``state`` is "installed", or "gone" after the bot was removed.

    ``enterprise`` is empty for a workspace outside an organisation.
    """

    team: str
    name: str
    bot_user: str
    enterprise: str
    state: str


def join(tx: Tx, team: str, name: str, bot_user: str, enterprise: str = "") -> None:
    """Keeps a workspace as the bot was installed to it; one that is known is brought up to date."""
    values = {"name": name, "bot_user": bot_user, "enterprise": enterprise, "state": INSTALLED}
    put(tx, workspace, {"team": team}, values)


def leave(tx: Tx, team: str) -> bool:
    """The bot was removed; False when it was gone already or never there."""
    here = (workspace.c.team == team, workspace.c.state == INSTALLED)
    return bool(tx.execute(update(workspace).where(*here).values(state=GONE)).rowcount)


def get(tx: Tx, team: str) -> Workspace | None:
    """None for a workspace that never had the bot."""
    row = tx.execute(select(workspace).where(workspace.c.team == team)).one_or_none()
    return None if row is None else Workspace(row.team, row.name, row.bot_user, row.enterprise, row.state)
