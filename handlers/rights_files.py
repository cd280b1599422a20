"""Files of rights among those that somebody has brought: told as a plan to an admin, refused to anybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from finance import authority
from finance.authority import Right
from handlers import rights_plan
from handlers.buttons import issued
from handlers.desk import Desk
from handlers.readers import reader
from handlers.rights_plan import Plan
from handlers.views import notices, rights_plans
from intake.rights_table import RightsFile, read_rights
from storage import companies, rights

File = tuple[str, bytes]


def parted(files: Sequence[File]) -> tuple[list[File], list[tuple[str, RightsFile]]]:
    """The files that are something else, and those that hold people's rights."""
    others, found = [], []
    for name, content in files:
        read = read_rights(name, content)
        if read is None:
            others.append((name, content))
        else:
            found.append((name, read))
    return others, found


def may(desk: Desk, company: str, team: str, user: str, right: Right) -> bool:
    """Whether the one who brings a file may use the right now; what he was when he dropped it does not count."""
    trusted = desk.chats(team).profile(user).trusted
    with desk.store.read() as tx:
        holder = replace(rights.holder(tx, company, team, user), trusted=trusted)
        alone = companies.get(tx, company).choices.one_person
    return authority.may(holder, right, desk.clock(), alone=alone).allowed


def refuse(desk: Desk, company: str, team: str, user: str, right: Right) -> None:
    """Tells him, and him alone, who may bring it."""
    chat, say = reader(desk, company, team, user)
    with desk.store.read() as tx:
        able = [other for other in rights.with_right(tx, company, right) if other != user]
    chat.post(chat.direct(user), notices.refused(say, right, able))


def tell(desk: Desk, company: str, team: str, user: str, name: str, file: RightsFile) -> None:
    """Tells an admin what a file would change; nothing is changed before his yes."""
    people = rights_plan.of_workspace(desk.chats(team))
    with desk.store.write() as tx:
        plan = rights_plan.of_file(tx, company, team, name, file, people)
        rights_plan.keep(tx, company, user, plan)
    offer(desk, company, team, user, plan)


def offer(desk: Desk, company: str, team: str, user: str, plan: Plan) -> None:
    """The plan as a direct message, with the button that leads on."""
    chat, say = reader(desk, company, team, user)
    handle = issued(desk, company, team, "rights.review", plan.id)
    chat.post(chat.direct(user), rights_plans.offer(say, plan.planned, handle))
