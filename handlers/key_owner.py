"""Whose an own API key is: asked of Procountor, judged, and kept as what its owner is known by."""

from __future__ import annotations

import json
from dataclasses import dataclass

from finance.authority import Right
from handlers.desk import Desk, Here
from handlers.views.own_key import Trouble
from procountor import session, users
from procountor.errors import Forbidden, NotAllowed, ProcountorError, Unauthorized
from storage import audit, own_keys, rights, staff
from storage.companies import Company
from storage.database import Tx
from storage.own_keys import Offered


@dataclass(frozen=True, slots=True)
class Owner:
    """A user of Procountor's. ``trouble`` is why a key of his is not taken; ``name`` the company's then, if OTHER."""

    user_id: int = 0
    name: str = ""
    trouble: Trouble | None = None


def asked(desk: Desk, company: Company, offered: Offered) -> Owner:
    """What Procountor says of a key that somebody typed."""
    api = desk.keyed(offered.api_key)
    try:
        told = session.info(api)
        if told.company_id != company.procountor_id:
            return Owner(name=told.company_name, trouble=Trouble.OTHER)
        try:
            me = users.me(api)
            name = f"{me.first_name} {me.last_name}".strip()
        except Forbidden:
            name = ""
    except NotAllowed:
        return Owner(trouble=Trouble.INTERFACES)
    except Unauthorized:
        return Owner(trouble=Trouble.REFUSED)
    except ProcountorError:
        return Owner(trouble=Trouble.SILENT)
    with desk.store.read() as tx:
        return _judged(tx, company, offered, Owner(told.user_id, name or told.user_name))


def _judged(tx: Tx, company: Company, offered: Offered, owner: Owner) -> Owner:
    holds = own_keys.of_user(tx, company.id, owner.user_id)
    if owner.user_id == company.user_id:
        return Owner(owner.user_id, owner.name, Trouble.MACHINE)
    if holds not in (None, (offered.team, offered.user)):
        return Owner(owner.user_id, owner.name, Trouble.TAKEN)
    return owner


def noted(owner: Owner) -> str:
    """The owner as he is kept beside an offered key."""
    return json.dumps({"user_id": owner.user_id, "name": owner.name})


def keep(here: Here, token: str) -> Owner | None:
    """Keeps an offered key that its owner has confirmed; None when it is gone, or was never his to confirm."""
    desk, company, said = here.desk, here.company, here.said
    now = desk.clock()
    with desk.store.write() as tx:
        rights.hold(tx, company.id)  # two people with the same user of Procountor's come one after the other
        offered = own_keys.offered(tx, token, now)
        mine = offered is not None and (offered.team, offered.user) == (said.team, said.user)
        if offered is None or not mine or not offered.found or not own_keys.taken(tx, token):
            return None
        owner = _judged(tx, company, offered, Owner(**json.loads(offered.found)))
        if owner.trouble is None:
            own_keys.keep(tx, company.id, said.team, said.user, offered.api_key, owner.user_id, owner.name, now)
            _known_now(tx, here, owner)
            details = {"user": owner.name, "user_id": owner.user_id}
            audit.note(tx, company.id, here.who, "own_key.connected", here.who, now, **details)
    return owner


def _known_now(tx: Tx, here: Here, owner: Owner) -> None:
    """Notes who the human is in Procountor, and has the admins told of others who were taken for the same one."""
    company, said = here.company.id, here.said
    known = {"user_id": owner.user_id, "matched": staff.KEY, "matched_by": "", "matched_at": here.desk.clock()}
    same = [human for human in staff.all(tx, company) if human.user_id == owner.user_id]
    human = staff.by_slack(tx, company, said.team, said.user)
    nobody = next((one for one in same if one.user is None), None)
    if human is not None:
        staff.change(tx, company, human.id, **known)
    elif nobody is not None:
        staff.change(tx, company, nobody.id, team=said.team, user=said.user, **known)
    else:
        staff.add(tx, company, owner.name, email=here.profile.email, team=said.team, user=said.user, **known)
    for other in {one.user for one in same if one.user not in (None, said.user)}:
        for admin in rights.with_right(tx, company, Right.ADMIN):
            key = f"{said.user}:{other}:{admin}:{here.desk.clock():%Y%m%d%H%M%S}"
            args = [company, said.team, admin, said.user, str(other)]
            here.desk.work.soon(tx, "tell", "own.clash", key, company, args)


def masked(id: int | None) -> str:
    """An id of Procountor's of which only the end is shown."""
    text = str(id or "")
    return f"•••{text[-2:]}" if text else ""
