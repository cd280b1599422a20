"""What a Slack user has chosen for himself, in all companies alike: language, notices, and the company he is at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from storage.database import Tx
from storage.putting import put
from storage.tables import member

_ONE = select(member).where(member.c.team == bindparam("of"), member.c.slack_user == bindparam("who"))


@dataclass(frozen=True, slots=True)
class Member:
    """Empty texts mean nothing was chosen.

    ``language``: fi, sv or en. ``notify``: digest, instant or off. ``quiet``: "18:00-07:30", local time. ``hour``: the
    digest's, "08:30", local time. ``zone``: where Slack last said he is. ``company``: of several, the one that is meant
    when none is named.
    """

    team: str
    user: str
    company: str | None = None
    language: str = ""
    notify: str = ""
    quiet: str = ""
    hour: str = ""
    zone: str = ""


def get(tx: Tx, team: str, user: str) -> Member:
    """What the user has chosen; nothing when he is not known."""
    row = tx.execute(_ONE, {"of": team, "who": user}).one_or_none()
    if row is None:
        return Member(team, user)
    return Member(team, user, row.company, row.language, row.notify, row.quiet, row.hour, row.zone)


def choose(tx: Tx, team: str, user: str, **chosen: Any) -> None:
    """Changes single choices, named as in ``Member``."""
    nothing = {"company": None, "language": "", "notify": "", "quiet": "", "hour": "", "zone": ""}
    put(tx, member, {"team": team, "slack_user": user}, chosen, {**nothing, **chosen})
