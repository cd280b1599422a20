"""Looking into Procountor in every company: asked for by the clock, done quietly by a worker, or at somebody's word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from handlers import papers, pausing
from handlers.desk import Desk, Here
from procountor.errors import ProcountorError, Unauthorized
from storage import companies
from storage.companies import Company

T = TypeVar("T")

OVERLAP = timedelta(minutes=5)  # of two windows of versions
SWEEP = timedelta(hours=1)  # between two looks at everything that is open
PAGE = 200  # documents read at once


def ask(desk: Desk, task: str) -> None:
    """Asks for a look in every company whose books are open to us."""
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state == companies.READY:
                key = f"{desk.clock():%Y%m%d%H%M}"
                desk.work.soon(tx, "hear", task, key, company.id, [company.id])


def quietly(desk: Desk, company_id: str, look: Callable[[Desk, Company], object]) -> None:
    """One look. After trouble the next one begins where the last one that succeeded ended."""
    company = papers.company_of(desk, company_id)
    if company.state != companies.READY:
        return
    try:
        look(desk, company)
    except Unauthorized:
        pausing.pause(desk, company_id)
    except ProcountorError:
        return


def at_a_word(here: Here, look: Callable[..., T]) -> T | None:
    """A look at everything, with what it brought; None when there was trouble, which is told."""
    return pausing.asked(here, lambda: look(here.desk, here.company, whole=True))
