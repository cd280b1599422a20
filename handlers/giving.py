"""Giving and taking away rights: decided and written in one transaction, told by tasks it asks for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from finance import authority, duties
from finance.authority import SIGNING, Grant, Holder, Right
from finance.canonical import content_hash
from handlers.chat import Chat, ChatTrouble
from handlers.desk import Desk
from handlers.views.granted import Changed
from handlers.views.rights_words import Given
from storage import audit, rights
from storage.companies import Company
from storage.database import Tx

GRAVE = SIGNING | {Right.ADMIN}
"""Rights whose coming and going the other admins hear of: to sign, and to say who signs."""

TRAIL = "rights.given"


class Bar(StrEnum):
    """Why nothing was given or taken."""

    RIGHT = "right"  # the giver may not any more
    STALE = "stale"  # somebody else has changed these rights since the giver looked
    LAST = "last"  # nobody would be left who can give rights
    STRANGER = "stranger"  # a guest, a bot, somebody who has left


@dataclass(frozen=True, slots=True)
class Wish:
    """Exactly these rights for a Slack user. ``seen`` is the mark of the rights the giver looked at.

    ``trusted`` is what Slack says of the user now. ``confirm``: what he gave himself is to be usable at once.
    ``source`` is the file it came from, or "circulation"; empty when somebody has filled in the form.
    """

    user: str
    given: Given
    seen: str
    trusted: bool = True
    confirm: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``row`` is the change's number in the trail, 0 when nothing was to be changed."""

    bar: Bar | None = None
    row: int = 0


def vouched(chat: Chat, user: str) -> bool:
    """Whether Slack vouches for the user: it knows him, and he is no guest, no bot and has not left.

    Raises ChatTrouble when it does not answer.
    """
    try:
        return chat.profile(user).trusted
    except ChatTrouble as trouble:
        if trouble.code != "user_not_found":
            raise
        return False


def mark(grants: Iterable[Grant]) -> str:
    """The same for the same rights, limits, givers and moments."""
    return content_hash(tuple(grants))[:24]


def give(
    desk: Desk, tx: Tx, company: Company, giver: tuple[str, str], wish: Wish, keepers: Collection[str] = ()
) -> Outcome:
    """Gives what is wished, or says why not. ``giver`` is (team, user) of an admin whom Slack vouches for.

    ``keepers`` are other admins whom Slack vouches for: of them one must be left when an admin's right is taken away.
    """
    rights.hold(tx, company.id)
    team, now = giver[0], desk.clock()
    by, to = (rights.holder(tx, company.id, team, user) for user in (giver[1], wish.user))
    old = {grant.right: grant.limits for grant in to.grants}
    bar = _bar(tx, company, by, to, wish, keepers, now)
    if bar is not None:
        return Outcome(bar)
    who = f"{team}/{giver[1]}"
    change = rights.give(tx, company.id, team, wish.user, wish.given, who, now)
    confirmed = [
        g.right for g in confirmable(by, to, now) if wish.confirm and g.right in wish.given.keys() - change.limited
    ]
    if not change and not confirmed:
        return Outcome()
    rights.confirm(tx, company.id, team, wish.user, confirmed, who, now)
    row = audit.note(
        tx, company.id, who, TRAIL, f"{team}/{wish.user}", now, old=_plain(old), new=_plain(wish.given),
        confirmed=[right.value for right in confirmed], **({"source": wish.source} if wish.source else {}),
    )  # fmt: skip
    return Outcome(row=row)


def _bar(
    tx: Tx, company: Company, by: Holder, to: Holder, wish: Wish, keepers: Collection[str], now: datetime
) -> Bar | None:
    old = {grant.right: grant.limits for grant in to.grants}
    if not authority.may(by, Right.ADMIN, now, alone=company.choices.one_person).allowed:
        return Bar.RIGHT
    if mark(to.grants) != wish.seen:
        return Bar.STALE
    more = any(right not in old or dict(old[right]) != dict(most) for right, most in wish.given.items())
    if more and not wish.trusted:
        return Bar.STRANGER
    left = set(rights.with_right(tx, company.id, Right.ADMIN)) & set(keepers) - {wish.user}
    return Bar.LAST if Right.ADMIN in old and Right.ADMIN not in wish.given and not left else None


def confirmable(by: Holder, to: Holder, now: datetime) -> tuple[Grant, ...]:
    """What ``to`` gave himself, cannot use yet, and ``by``, another human, may make usable at once."""
    waiting = (g for g in to.grants if authority.may(to, g.right, now).why is authority.Why.FRESH)
    return tuple(g for g in waiting if duties.may_confirm(by, to, g))


def waits(holder: Holder, now: datetime, *, alone: bool) -> dict[Right, datetime]:
    """The rights that cannot be used yet, each with the moment from which it can."""
    verdicts = {g.right: authority.may(holder, g.right, now, alone=alone) for g in holder.grants}
    return {right: verdict.until for right, verdict in verdicts.items() if verdict.until is not None}


def tell(desk: Desk, tx: Tx, company: Company, giver: tuple[str, str], rows: Collection[int]) -> None:
    """Asks, inside ``tx``, for the people to be told, and the other admins when it is about signing."""
    team, by = giver
    changes = [(row, changed(audit.row(tx, company.id, row))) for row in rows]
    for row, change in changes:
        if change.user != by:
            args = [company.id, team, change.user, str(row)]
            desk.work.soon(tx, "tell", "rights.tell", f"{row}", company.id, args)
    grave = [str(row) for row, change in changes if change.touched & GRAVE]
    about = {change.user for row, change in changes} if len(changes) == 1 else set()
    for admin in set(rights.with_right(tx, company.id, Right.ADMIN)) - {by} - about if grave else ():
        args = [company.id, team, admin, ",".join(grave)]
        desk.work.soon(tx, "tell", "rights.alarm", f"{grave[0]}:{admin}", company.id, args)


def changed(entry: audit.Entry) -> Changed:
    """A row of the trail as what it changed."""
    told = json.loads(entry.details)
    user, by = entry.subject.rpartition("/")[2], entry.who.rpartition("/")[2]
    return Changed(user, by, _read(told["old"]), _read(told["new"]), tuple(map(Right, told["confirmed"])))


def _plain(given: Given) -> dict[str, dict[str, str | None]]:
    return {
        right.value: {code: None if most is None else f"{most:f}" for code, most in limits.items()}
        for right, limits in sorted(given.items())
    }


def _read(told: Mapping[str, Mapping[str, str | None]]) -> Given:
    return {
        Right(right): {code: None if most is None else Decimal(most) for code, most in limits.items()}
        for right, limits in told.items()
    }
