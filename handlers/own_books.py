"""In whose name something is done in Procountor: with the person's own API key, else with the company's and a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.desk import Desk
from procountor import session
from procountor.api import Api
from procountor.errors import NotAllowed, Unauthorized
from storage import audit, companies, own_keys, staff
from storage.own_keys import OwnKey

FRESH = 30.0  # seconds for which a key that worked is taken to work


@dataclass(frozen=True, slots=True)
class Voice:
    """``own``: Procountor hears it from the person himself, and names him. Else ``name`` belongs in the comment.

    ``lost``: he had an own key until just now, and Procountor did not accept it: it may not be by chance, so an
    approval is not to go through on the company's key before he has seen that.
    """

    api: Api
    own: bool
    name: str
    lost: bool = False


def voice(desk: Desk, company: str, team: str, user: str) -> Voice:
    """The conversation for this person. Raises ProcountorError when Procountor cannot be asked.

    An own key that is not accepted any more is removed, and the person is told once.
    """
    with desk.store.read() as tx:
        own = own_keys.get(tx, company, team, user)
        human = staff.by_slack(tx, company, team, user)
    name = human.name if human else desk.chats(team).profile(user).name
    if own is None:
        return Voice(desk.books(company), False, name)
    api = desk.own_books(company, team, user)
    try:
        works = api is not None and desk.memo.get(
            ("own key", company, team, user, own.kept_at), FRESH, lambda: _is_his(desk, api, company, own)
        )
    except NotAllowed:  # nobody's key works then
        raise
    except Unauthorized:
        works = False
    if works and api is not None:
        return Voice(api, True, own.user_name)
    refused(desk, company, team, user, own.kept_at)
    return Voice(desk.books(company), False, name, lost=True)


def _is_his(desk: Desk, api: Api, company: str, own: OwnKey) -> bool:
    """Whether the key still opens the same company's books as the same user."""
    told = session.info(api)
    with desk.store.read() as tx:
        books = companies.get(tx, company).procountor_id
    return (told.company_id, told.user_id) == (books, own.user_id)


def refused(desk: Desk, company: str, team: str, user: str, kept_at: datetime) -> None:
    """Removes an own key that Procountor does not accept, and asks for the person to be told.

    ``kept_at`` is when the refused key was kept: one that has been connected since stays.
    """
    now = desk.clock()
    with desk.store.write() as tx:
        own = own_keys.get(tx, company, team, user)
        if own is None or own.kept_at != kept_at:
            return
        own_keys.forget(tx, company, team, user)
        audit.note(tx, company, "kierto", "own_key.refused", f"{team}/{user}", now, user=own.user_name)
        key = f"{team}/{user}:{kept_at:%Y%m%d%H%M%S%f}"
        desk.work.soon(tx, "tell", "own.lost", key, company, [company, team, user])
