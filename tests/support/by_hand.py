"""Bills decided step by step: the real store, client and practice servers, a clock set by hand, and no worker.

What is asked of the engine is only remembered, and done when the test says so: between any two steps of a decision the
world can be changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.compose import now
from bot.perform import perform
from finance.authority import Right
from finance.bill import Bill, print_of
from finance.circulation import Act
from finance.outcomes import Outcome
from handlers import arriving, deciding
from handlers import desk as port
from handlers.deciding import Press
from handlers.memo import Memo
from procountor import bills as resource
from storage import bills, cards, companies, decisions
from storage.bills import Kept
from storage.companies import Company
from storage.decisions import Decision
from tests.support.asked import Asked
from tests.support.bills import Desk
from tests.support.databases import fresh
from tests.support.practice import EMMA, MIKAEL, Bot, running


@dataclass
class Hand:
    """The desk in the test's hand. ``practice`` has the words of tests about bills, ``at`` is the clock."""

    bot: Bot
    practice: Desk
    desk: port.Desk
    asked: Asked
    at: list[datetime]

    @property
    def company(self) -> Company:
        with self.desk.store.read() as tx:
            return companies.get(tx, self.bot.company)

    @property
    def team(self) -> str:
        return self.company.team or ""

    def later(self, seconds: float) -> None:
        """So much time passes."""
        self.at[0] += timedelta(seconds=seconds)

    # bills

    def read(self, bill: int) -> Bill:
        """The bill as Procountor has it now."""
        return resource.get(self.desk.books(self.company.id), bill)

    def note(self, bill: int | Bill) -> str:
        """The bill is taken in as it is now, or as it was read."""
        found = bill if isinstance(bill, Bill) else self.read(bill)
        return arriving.note(self.desk, self.company, self.desk.books(self.company.id), found)

    def kept(self, bill: int) -> Kept:
        with self.desk.store.read() as tx:
            found = bills.get(tx, self.company.id, bill)
        assert found is not None
        return found

    def arrived(self, *, old_supplier: bool = True, **said: Any) -> int:
        """A bill that has arrived and is known."""
        bill = self.practice.receive(**said)
        if old_supplier:
            self.practice.paid_before(bill)
        self.note(bill)
        return bill

    def live(self, bill: int) -> list[str]:
        """On whose desks it lies."""
        with self.desk.store.read() as tx:
            return [card.user for card in cards.all(tx, self.company.id, bill) if card.state == cards.LIVE]

    # decisions

    def press(self, user: str, bill: int, act: Act = Act.APPROVE, *, digits: str = "", shown: str = "") -> Outcome:
        """Somebody presses: what he saw is the bill as it is kept, unless ``shown`` is another print."""
        seen = shown or self.kept(bill).print
        return deciding.begin(
            self.desk, self.company, self.team, user, Press(bill, seen, act, digits=digits, reason="Ei meidän")
        )

    def turn(self, turns: int = 20) -> None:
        """Does what is asked for of decisions, and what comes of it; time passes where it has to."""
        for _ in range(turns):
            found = self.asked.take("bill.decide")
            if not found:
                return
            for task, args, after in found:
                self.later(after)
                perform(self.desk, self.bot.house.table, task, args)
        raise AssertionError("a decision never came to an end")

    def approve(self, user: str, bill: int, *, digits: str = "") -> Outcome:
        """Presses approve and lets it be carried out."""
        outcome = self.press(user, bill, digits=digits)
        self.turn()
        return outcome

    def decisions(self, bill: int) -> list[Decision]:
        with self.desk.store.read() as tx:
            return list(decisions.of_bill(tx, self.company.id, bill))

    def states(self, bill: int) -> list[tuple[str, str, str]]:
        """Step, person and state of each decision."""
        return [(d.step, d.user, d.state) for d in self.decisions(bill)]

    def printed(self, bill: int) -> str:
        """The print of the bill as it is in Procountor."""
        return print_of(self.read(bill))


SIGNING = (Right.APPROVE, Right.PRE_APPROVE)


@contextmanager
def signers(folder: Path) -> Iterator[Hand]:
    """The world with two people who are known in Procountor, too; what they may do `signing` gives them."""
    with in_hand(folder) as hand:
        hand.practice.known(MIKAEL, "Mikael Lindqvist", procountor=901)
        hand.practice.known(EMMA, "Emma Clarke", procountor=902)
        yield hand


@contextmanager
def signing(house: Hand) -> Iterator[Hand]:
    """Both may sign; afterwards nothing that was planned or asked for is left."""
    for user in (MIKAEL, EMMA):
        house.practice.give(user, *SIGNING)
    yield house
    house.bot.procountor.world.faults.clear()
    house.asked.take()


@contextmanager
def in_hand(folder: Path, kind: str = "sqlite") -> Iterator[Hand]:
    """The world, and the desk that is worked by hand."""
    with running(fresh(kind, folder), working=False, locale="en-GB", beat=0.0) as bot:
        at, asked = [now()], Asked()
        real = bot.house.desk
        desk = replace(real, work=asked, clock=lambda: at[0], memo=Memo(lambda: 0.0))
        yield Hand(bot, Desk(bot), desk, asked, at)
