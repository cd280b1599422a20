"""What the buttons of a bill stand for: the bill, and the print of what was shown when it was drawn."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.buttons import handle_for, in_use, issued, subject_of
from handlers.desk import Desk, Here
from storage import bills, handles
from storage.bills import Kept
from storage.companies import Company


@dataclass(frozen=True, slots=True)
class Shown:
    """``bill`` as it was shown: ``print`` is of its content then."""

    bill: int
    print: str

    @property
    def subject(self) -> str:
        return f"{self.bill}|{self.print}"

    @classmethod
    def of(cls, subject: str) -> Shown:
        bill, _, print = subject.partition("|")
        return cls(int(bill), print)


def handle(desk: Desk, company: Company, team: str, kept: Kept, purpose: str) -> str:
    """The handle of a button on a card."""
    return issued(desk, company.id, team, purpose, Shown(kept.bill.id, kept.print).subject)


def shown(here: Here, purpose: str, token: str = "") -> Shown | None:
    """What a pressed button (or the form it opened) stands for; None for one that is out of use."""
    return _shown(subject_of(here, token or here.said.value, purpose))


def pressed(here: Here, purpose: str) -> tuple[Shown, Kept]:
    """What a pressed button stands for, and the bill as it was last read. Raises `OutOfUse`."""
    what = in_use(shown(here, purpose))
    return what, in_use(kept(here, what))


def chosen(here: Here) -> tuple[str, Shown] | None:
    """What was chosen in the menu of a card: its purpose, and the bill."""
    with here.desk.store.read() as tx:
        found = handles.look(tx, here.said.value, here.said.team, here.desk.clock())
    if found is None or found.company != here.company.id:
        return None
    bill = _shown(found.subject)
    return (found.purpose, bill) if bill else None


def form(here: Here, purpose: str, what: Shown) -> str:
    """What a form about a bill carries."""
    return handle_for(here, purpose, what.subject)


def kept(here: Here, what: Shown) -> Kept | None:
    """The bill as it was last read."""
    with here.desk.store.read() as tx:
        return bills.get(tx, here.company.id, what.bill)


def _shown(subject: str | None) -> Shown | None:
    """None also for what a handle of another purpose stands for: a menu takes handles of several."""
    bill, bar, _ = (subject or "").partition("|")
    return Shown.of(subject) if subject and bar and bill.isdecimal() else None
