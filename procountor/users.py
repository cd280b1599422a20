"""Procountor's users, as far as they can be known: nothing lists them, some places name some (api.md 12.8)."""

from __future__ import annotations

from dataclasses import dataclass

from procountor import circulation
from procountor.api import Api
from procountor.circulation import Named
from procountor.errors import Forbidden, NotFound
from procountor.wire import base
from procountor.wire import circulation as wire


@dataclass(frozen=True, slots=True)
class User:
    """``email`` and ``person_id`` (an entry of the register of persons) are told of the key's own user only."""

    id: int
    first_name: str
    last_name: str
    email: str = ""
    person_id: int | None = None


def me(api: Api) -> User:
    """The key's user. Raises as any read."""
    told = base.read(wire.User, api.get("users"))
    return User(told.id, told.first_name, told.last_name, told.email, told.partner_id)


def profile(api: Api, id: int) -> User | None:
    """A user of the company by id; None for an unknown one. Raises as any other read."""
    try:
        told = base.read(wire.UserProfile, api.get(f"users/profiles/{id}"))
    except NotFound:
        return None
    return User(id, told.firstname, told.surname)


def known(api: Api) -> tuple[User, ...]:
    """The key's user and everybody who circulates bills, by id; raises as any read.

    Where the key may not see the circulation, its user is all there is.
    """
    own = me(api)
    found = {own.id: own}
    for id, name in _circulating(api).items():
        if id not in found:
            user = User(id, name.first_name, name.last_name) if name else profile(api, id)
            found |= {id: user} if user else {}
    return tuple(found[id] for id in sorted(found))


def _circulating(api: Api) -> dict[int, Named | None]:
    """Everybody who is named anywhere in the circulation; None where only the id stands."""
    try:
        settings, lists = circulation.settings(api), circulation.lists(api)
    except Forbidden:
        return {}
    found: dict[int, Named | None] = {id: None for one in lists for id in (*one.verifiers, *one.approvers)}
    for away in settings.substitutions:
        found |= {id: None for id in (away.user_id, away.verifier, away.approver) if id is not None}
    return found | {one.user_id: one for one in (*settings.verifiers, *settings.approvers)}
