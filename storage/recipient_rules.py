"""The company's rules of who gets the bills of a project or of a supplier: one person for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from storage.circle_tables import recipient_rule as rule
from storage.database import Tx
from storage.putting import put

PROJECT, SUPPLIER = "project", "supplier"


@dataclass(frozen=True, slots=True)
class Rule:
    """``key`` is a project's number as registers are keyed, or the id of a supplier's partner in Procountor.

    ``name`` is what it was called when the rule was made, ``user`` a Slack user, ``by`` as the trail names people.
    """

    kind: str
    key: str
    name: str
    user: str
    by: str
    at: datetime


def make(tx: Tx, company: str, wanted: Rule) -> bool:
    """Makes the rule, in the place of an earlier one for the same; False when it stands so already."""
    before = get(tx, company, wanted.kind, wanted.key)
    if before is not None and before.user == wanted.user:
        return False
    values = {"name": wanted.name, "slack_user": wanted.user, "set_by": wanted.by, "set_at": wanted.at}
    put(tx, rule, {"company": company, "kind": wanted.kind, "key": wanted.key}, values)
    return True


def end(tx: Tx, company: str, kind: str, key: str) -> bool:
    """Ends a rule; False when there was none."""
    return bool(tx.execute(delete(rule).where(*_of(company), rule.c.kind == kind, rule.c.key == key)).rowcount)


def get(tx: Tx, company: str, kind: str, key: str) -> Rule | None:
    row = tx.execute(select(rule).where(*_of(company), rule.c.kind == kind, rule.c.key == key)).one_or_none()
    return None if row is None else _rule(row)


def all(tx: Tx, company: str) -> tuple[Rule, ...]:
    """Every rule, projects first, by name."""
    rows = tx.execute(select(rule).where(*_of(company)).order_by(rule.c.kind, rule.c.name, rule.c.key))
    return tuple(_rule(row) for row in rows)


def _of(company: str) -> tuple[Any, ...]:
    return (rule.c.company == company,)


def _rule(row: Row[Any]) -> Rule:
    return Rule(row.kind, row.key, row.name, row.slack_user, row.set_by, row.set_at)
