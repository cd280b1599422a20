"""An admin changes the company's rules: only what is different, with old and new in the trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers import checklist
from handlers.desk import Here
from storage import audit, companies


def decide(here: Here, changes: Mapping[str, Any], steps: tuple[str, ...] = ()) -> bool:
    """Sets rules, named as in `finance.company.Choices`, and notes the setup's steps as looked at; True when any moved.

    Everybody who has the checklist before him sees it at once.
    """
    desk, company = here.desk, here.company.id
    with desk.store.write() as tx:
        before = companies.get(tx, company).choices
        moved = {
            name: [getattr(before, name), value] for name, value in changes.items() if getattr(before, name) != value
        }
        fresh = tuple(step for step in steps if step not in before.decided)
        if moved or fresh:
            after = replace(before, **dict(changes), decided=(*before.decided, *fresh))
            companies.choose(tx, company, after)
        if moved:
            audit.note(tx, company, here.who, "rules.changed", company, desk.clock(), **moved)
        if fresh:
            audit.note(tx, company, here.who, "setup.decided", company, desk.clock(), steps=fresh)
        checklist.changed(desk, tx, company)
    return bool(moved)
