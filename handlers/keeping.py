"""Keeps who was found to be one: rows of the staff joined, each Slack user with who said so and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from finance.faces import Key, Side, Somebody
from handlers.faces import columns_of, keys_of
from storage import staff
from storage.database import Tx
from storage.staff import Human


@dataclass(frozen=True, slots=True)
class Word:
    """Who says that some are one: ``how`` as `storage.staff` names it, ``by`` as the trail names him."""

    how: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """The human, and the sides that were not his before."""

    id: int
    new: frozenset[Side] = frozenset()


def keep(
    tx: Tx, company: str, team: str, one: Somebody, humans: dict[int, Human], owner: dict[Key, int], word: Word
) -> Kept:
    """Keeps one human being; several kept before become the latest of them, so that no id is given to another later.

    ``humans`` and ``owner`` are brought up to date. What is joined anew to a Slack user is by ``word``, which decides
    from when he may sign (24 hours).
    """
    rows = [humans[id] for id in sorted({owner[key] for key in one.keys if key in owner}, reverse=True)]
    before = {side: id for row in reversed(rows) for side, id in keys_of(row)}
    keys: dict[Side, str | None] = {**before, **dict(one.keys)}
    new = frozenset(side for side in keys if side not in (dict(keys_of(rows[0])) if rows else {}))
    told = _told(one, rows, keys, new, word)
    for row in rows[1:]:
        staff.remove(tx, company, row.id)
        humans.pop(row.id)
    values = {**columns_of(keys, team), **told}
    if rows:
        id = rows[0].id
        if new or any(getattr(rows[0], name) != value for name, value in told.items()):
            staff.change(tx, company, id, **values)
    else:
        id = staff.add(tx, company, str(values.pop("name")), **values)
    kept = staff.get(tx, company, id)
    assert kept is not None
    humans[id] = kept
    owner |= dict.fromkeys(keys_of(kept), id)
    return Kept(id, new)


def _told(
    one: Somebody, rows: list[Human], keys: dict[Side, str | None], new: frozenset[Side], word: Word
) -> dict[str, object]:
    """Name, address, and by whose word the Slack user is who he is."""
    told: dict[str, object] = {"name": one.name, "email": one.email}
    if Side.SLACK not in keys:
        return told
    said = next((row for row in rows if row.user is not None), None)
    if said is None or (new and word.how != staff.EMAIL) or (new and word.by == f"{said.team}/{said.user}"):
        return told | {"matched": word.how, "matched_by": word.by, "matched_at": word.at}
    return told | {"matched": said.matched, "matched_by": said.matched_by, "matched_at": said.matched_at}
