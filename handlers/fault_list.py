"""The list of a batch's faults as its forms share it: what a line of it is known by, and the list drawn anew."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import gather
from handlers.buttons import handle_for
from handlers.chat import Modal
from handlers.desk import Here
from handlers.views import mending
from handlers.views.batch import Entry
from handlers.views.causes import Cause


@dataclass(frozen=True, slots=True)
class Spot:
    """One fault of one invoice of one batch."""

    run: int
    document: int
    code: str
    where: str
    page: int = 0  # of the list it was chosen from

    @property
    def subject(self) -> str:
        return f"{self.run}:{self.page}|{self.document}|{self.code}|{self.where}"

    @classmethod
    def of(cls, subject: str) -> Spot:
        place, document, code, where = subject.split("|", 3)
        run, page = listed(place)
        return cls(run, int(document), code, where, page)


def listed(place: str) -> tuple[int, int]:
    """A batch and the page of its list: "12:3"; the first page when none is named."""
    run, _, page = place.partition(":")
    return int(run), int(page or 0)


def drawn(here: Here, run_id: int, done: str = "", page: int = 0) -> Modal:
    """The faults as they now are; ``done`` tells what has just been mended."""
    _, batch = gather.batch(here.desk, here.company.id, run_id)

    def fix(entry: Entry, cause: Cause) -> str:
        where = cause.fault.where if cause.fault else ""
        return handle_for(here, "fault.open", Spot(run_id, entry.document, cause.code, where, page).subject)

    def wake(entry: Entry, purpose: str) -> str:
        return handle_for(here, purpose, f"{run_id}|{entry.document}")

    def turn(other: int) -> str:
        return handle_for(here, "fault.page", f"{run_id}:{other}")

    return mending.faults(here.say.about(batch.kind), batch, mending.Handles(fix, wake, turn), done, page)
