"""Procountor's codes that we have no words for are counted in the trail, so that words can be written (rule R73)."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from finance.problems import ProblemKind, codes, explain
from finance.transfer import Problem
from handlers import papers
from handlers.desk import Desk
from handlers.views.blocks import clean
from storage import audit

HOME = ZoneInfo("Europe/Helsinki")
LONGEST = 80  # characters of foreign text that go into the trail


def count(desk: Desk, company: str, problems: Iterable[Problem]) -> None:
    """A row "code.unknown" for each such code, once a day in Finland."""
    unknown = dict.fromkeys(code for problem in problems if (code := _unknown(problem)))
    if not unknown:
        return
    today = papers.today(desk)
    with desk.store.write() as tx:
        for code in unknown:
            subject = f"code:{code}"
            days = {row.at.astimezone(HOME).date() for row in audit.trail(tx, company, subject)}
            if today not in days:
                audit.note(tx, company, "kierto", "code.unknown", subject, desk.clock(), code=code)


def _unknown(problem: Problem) -> str:
    """The code (or, where there is none, the beginning of the message); "" for one that has words."""
    found = explain(problem.code, problem.field, problem.message)
    if found.kind is not ProblemKind.ASK or found.code in codes():
        return ""
    return clean(found.code or problem.code)[:LONGEST]
