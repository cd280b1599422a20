"""A workspace gets the bot, or removes it: what follows for its companies, and the first word to who installed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from finance.authority import Right
from handlers import asking
from handlers.desk import Desk
from handlers.readers import belonging, tell_one
from handlers.routing import Router
from handlers.views import installing as views
from storage import audit, companies, installations, rights, runs, workspaces
from storage.companies import Company
from storage.database import Tx

on = Router()

INSTALLER = "slack installation"  # the giver of an installer's right, as the trail names it
REMOVED = "slack.removed"
RECENT = 20  # batches whose messages are looked after when the bot comes back


@dataclass(frozen=True, slots=True)
class Joined:
    """One installation: the workspace, and the Slack user who made it; ``boss`` when he is its admin or owner."""

    team: str
    name: str
    bot_user: str
    enterprise: str
    user: str
    boss: bool

    @property
    def who(self) -> str:
        return f"{self.team}/{self.user}"


def joined(desk: Desk, made: Joined) -> None:
    """Keeps the workspace, founds its first company, and gives it an admin when it has none."""
    now = desk.clock()
    with desk.store.write() as tx:
        before = workspaces.get(tx, made.team)
        workspaces.join(tx, made.team, made.name, made.bot_user, made.enterprise)
        there = companies.of_team(tx, made.team)
        if not there:
            there = (companies.found(tx, made.name, made.team, now),)
            audit.note(tx, there[0], made.who, "company.founded", there[0], now, name=made.name)
        if len(there) == 1:
            _first_admin(tx, companies.get(tx, there[0]), made, now)
        for id in there:
            if before is not None and before.state == workspaces.GONE:
                _ask_to_catch_up(desk, tx, id, made.team)
            audit.note(tx, id, made.who, "slack.installed", f"workspace:{made.team}", now, name=made.name)
        about = next(iter(belonging(tx, made.team, made.user)), there[0])  # never one that is not his, by name
        key = f"{made.team}:{made.user}:{now:%Y%m%d%H%M%S%f}"
        desk.work.soon(tx, "tell", "slack.welcome", key, about, [about, made.team, made.user])


def _ask_to_catch_up(desk: Desk, tx: Tx, company: str, team: str) -> None:
    away = [row.at for row in audit.trail(tx, company, f"workspace:{team}") if row.what == REMOVED]
    if away:
        since = away[-1].isoformat()
        desk.work.soon(tx, "hear", "slack.returned", since, company, [company, since])


def _first_admin(tx: Tx, company: Company, made: Joined, now: datetime) -> None:
    """A company without an admin gets the installer.

    One whose books are connected gets him only if he is an admin of the workspace too: in many workspaces everybody
    may install apps.
    """
    rights.hold(tx, company.id)
    if rights.with_right(tx, company.id, Right.ADMIN) or not (company.state == companies.NEW or made.boss):
        return
    have = {grant.right: grant.limits for grant in rights.holder(tx, company.id, made.team, made.user).grants}
    rights.give(tx, company.id, made.team, made.user, {**have, Right.ADMIN: {}}, INSTALLER, now)
    audit.note(tx, company.id, INSTALLER, "rights.given", made.who, now, rights=Right.ADMIN.value)


def removed(desk: Desk, team: str, at: datetime | None) -> None:
    """Takes the tokens away and notes that nobody can be spoken to there any more; the company's books go on.

    Slack may tell late: a removal from before the newest installation (``at``, to the second) changes nothing.
    """
    now = desk.clock()
    with desk.store.write() as tx:
        since = installations.installed_at(tx, team)
        if since is not None and at is not None and at < since.replace(microsecond=0):
            return
        tokens = installations.purge(tx, team)
        if workspaces.leave(tx, team):
            for id in companies.of_team(tx, team):
                audit.note(tx, id, "slack", REMOVED, f"workspace:{team}", now, installations=tokens)


@on.task("slack.welcome", lane="tell")
def welcome(desk: Desk, company_id: str, team: str, user: str) -> None:
    """Tells the one who installed the bot what comes next, in a direct message."""
    with desk.store.read() as tx:
        company = companies.get(tx, company_id)
        admin = user in rights.with_right(tx, company_id, Right.ADMIN)
    new = company.state == companies.NEW
    tell_one(desk, company_id, team, user, lambda say: views.welcome(say, admin=admin, new=new))


@on.task("slack.returned", lane="hear")
def returned(desk: Desk, company_id: str, since: str) -> None:
    """What could not be told since the bot was removed is told: the batches' messages are drawn as things now are."""
    away, why = datetime.fromisoformat(since), f"returned:{since}"
    after = 2 * desk.timing.beat  # the message itself comes before its thread
    with desk.store.write() as tx:
        for run in runs.recent(tx, company_id, RECENT):
            asking.tell_now(desk, tx, company_id, run.id, why)
            if run.state == "done" and run.finished_at is not None and run.finished_at >= away:
                args = [company_id, str(run.id)]
                desk.work.soon(tx, "tell", "run.details", f"{run.id}:{why}", company_id, args, after)
