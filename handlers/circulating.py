"""Rights as Procountor's circulation of bills has them: who verifies may pre-approve here, who accepts may approve."""

from __future__ import annotations

from collections.abc import Iterable

from finance.authority import Limits, Right
from handlers import rights_plan
from handlers.desk import Desk
from handlers.rights_plan import Plan
from handlers.views.rights_plans import Left, Remark
from handlers.views.rights_words import LIMITED
from procountor import circulation, users
from procountor.api import Api
from storage import own_keys, rights, staff
from storage.companies import Company
from storage.database import Tx

READS = (Right.RECEIVE, Right.SEE_OWN)


def plan(desk: Desk, company: Company, team: str) -> Plan:
    """What the circulation would add here; nothing is taken away. Raises ProcountorError."""
    api = desk.books(company.id)
    settings, lists = circulation.settings(api), circulation.lists(api)
    verify = {n.user_id for n in settings.verifiers} | {id for one in lists for id in one.verifiers}
    accept = {n.user_id for n in settings.approvers} | {id for one in lists for id in one.approvers}
    names = {n.user_id: n.name for n in (*settings.verifiers, *settings.approvers)}
    claims = (Right.APPROVE_CLAIMS,) if settings.claims else ()
    circulating = sorted((verify | accept) - {company.user_id})
    with desk.store.read() as tx:
        known = {id: _slack(tx, company.id, team, id) for id in circulating}
        wishes: dict[str, dict[Right, Limits]] = {}
        for id, user in known.items():
            if user:
                more = (
                    *((Right.PRE_APPROVE,) if id in verify else ()),
                    *((Right.APPROVE, *claims) if id in accept else ()),
                )
                wishes[user] = _with(tx, company.id, team, user, wishes.get(user), (*READS, *more))
        approvers = {user for right in LIMITED for user in rights.with_right(tx, company.id, right)}
        nobody = [id for id, user in known.items() if not user]
    remarks = [Remark(Left.UNMAPPED, names.get(id) or _name(api, id)) for id in nobody]
    with desk.store.read() as tx:
        made = rights_plan.made(tx, company.id, team, "", wishes, remarks)
    return rights_plan.asking(made, beside=tuple(sorted(approvers - {user for user in known.values() if user})))


def _slack(tx: Tx, company: str, team: str, id: int) -> str:
    """The Slack user of a user of Procountor's; "" when nobody has said it."""
    key = own_keys.of_user(tx, company, id)
    if key is not None:
        return key[1] if key[0] == team else ""
    human = staff.by_user(tx, company, id)
    return human.user or "" if human is not None and human.team == team else ""


def _with(
    tx: Tx, company: str, team: str, user: str, before: dict[Right, Limits] | None, more: Iterable[Right]
) -> dict[Right, Limits]:
    """His rights as they are, and more; limits he has stay."""
    has = before or {g.right: g.limits for g in rights.holder(tx, company, team, user).grants}
    return {right: {} for right in more} | has


def _name(api: Api, id: int) -> str:
    user = users.profile(api, id)
    return f"{user.first_name} {user.last_name}".strip() if user else str(id)
