"""Words of tests about bills: one arrives, lies on a desk as a card, is pressed, stands in Procountor."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from typing import Any

from finance.authority import Right
from finance.canonical import dump
from finance.people import Person
from finance.projects import Project
from handlers import arriving
from sandbox.procountor import inbox, outside, seed
from sandbox.slack.records import Message
from storage import bills, companies, members, messages, registers, rights, staff
from tests.support.practice import Bot

KARI, MARIA = seed.seed_people.PARTNER, 504


class Desk:
    """The bills of the practice company and the people they are for."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    # who is who

    def give(self, user: str, *given: Right, most: str | None = None, currency: str = "EUR") -> None:
        """Gives rights, approving up to ``most`` (None: without limit)."""
        limits = {currency: Decimal(most) if most is not None else None}
        wanted = {right: limits if right is Right.APPROVE else {} for right in given}
        with self.bot.house.store.write() as tx:
            rights.give(tx, self.bot.company, self._team(tx), user, wanted, "test", self.bot.house.desk.clock())
            members.choose(tx, self._team(tx), user, language="en")

    def known(self, user: str, name: str, *, procountor: int | None = None, psa: str = "", manages: str = "") -> None:
        """Says who a Slack user is, and which project he manages."""
        now = self.bot.house.desk.clock()
        with self.bot.house.store.write() as tx:
            known = {"team": self._team(tx), "user": user, "user_id": procountor, "psa": psa or None}
            known |= {"matched": staff.HAND, "matched_by": "test", "matched_at": now}
            before = staff.by_slack(tx, self.bot.company, self._team(tx), user)
            if before is None:
                staff.add(tx, self.bot.company, name, **known)
            else:
                staff.change(tx, self.bot.company, before.id, **known)
            if psa:
                person = Person(name, psa, "", "", f"90{psa}")
                registers.keep(tx, self.bot.company, "person", {person.key: person}, now)
            if manages:
                project = Project(manages, "Hanke", psa)
                registers.keep(tx, self.bot.company, "project", {project.key: project}, now)

    def _team(self, tx: Any) -> str:
        return companies.team_of(tx, self.bot.company) or ""

    # bills

    def receive(self, **said: Any) -> int:
        """A bill arrives in Procountor; nobody is named to circulate it unless the test says so. Gives its id."""
        said = {"verifiers": [], "acceptors": [], **said}
        with self.bot.procountor.world.lock:
            doc = inbox.receive(self.bot.procountor.world, self.bot.books, inbox.Bill(**said))
        return int(doc["id"])

    def paid_before(self, bill: int) -> None:
        """The supplier's account is an old one: five bills have been paid to it."""
        doc = self.doc(bill)
        world = self.bot.procountor.world
        with world.lock:
            for month in range(1, 6):
                day = world.clock().date() - timedelta(days=30 * month)
                old = inbox.receive(world, self.bot.books, inbox.Bill(supplier=doc["partnerId"], day=day))
                old["status"] = "PAID"

    def new_supplier(self) -> int:
        """A supplier nothing has ever been bought from."""
        register = self.bot.books.registers["businesspartners"]
        old = next(doc for doc in register.values() if doc["type"] == "SUPPLIER")
        with self.bot.procountor.world.lock:
            new = deepcopy(old) | {"id": self.bot.books.next_id("businesspartners"), "name": "Uusi Toimittaja Oy"}
            register[new["id"]] = new
        return int(new["id"])

    def edit(self, bill: int, *, bump: bool = True, **changes: Any) -> None:
        """A person edits the bill in Procountor's own pages."""
        with self.bot.procountor.world.lock:
            outside.edit(self.bot.procountor.world, self.bot.books, bill, changes, bump_version=bump)

    def doc(self, bill: int) -> Any:
        """The bill as it stands in Procountor."""
        return self.bot.books.registers["invoices"][bill]

    def acts(self, bill: int, action: str = "APPROVAL") -> int:
        """How often something was done to it there."""
        return sum(1 for entry in self.doc(bill).get("_history", []) if entry["action"] == action)

    # cards

    def fetch(self, user: str) -> str:
        """Somebody has the bot look into Procountor; gives its answer."""
        return self.bot.answer(
            r"bill|Nothing new|did not answer", lambda: self.bot.slack.command(user, "fetch bills"), user
        )

    def deal(self, user: str, bill: int) -> None:
        """Puts the bill on somebody else's desk, too."""
        house = self.bot.house
        with house.store.write() as tx:
            kept = bills.get(tx, self.bot.company, bill)
            assert kept is not None
            company = companies.get(tx, self.bot.company)
            arriving.deal(house.desk, tx, company, bill, user, dump(kept.aim))

    def card(self, user: str, bill: int) -> Message:
        """The person's card of the bill; waits until it is there."""

        def found() -> Message | None:
            with self.bot.house.store.read() as tx:
                place = messages.find(tx, self.bot.company, f"bill:{bill}:{user}")
            room = self.bot.slack.messages(self.bot.slack.dm(user))
            return next((m for m in room if place is not None and m.ts == place.ts), None)

        made = self.bot.wait(found)
        assert made is not None
        return made

    def says(self, user: str, bill: int) -> str:
        """The card as plain text."""
        return self.bot.shown(self.card(user, bill))

    def until(self, user: str, bill: int, pattern: str) -> str:
        """Waits until the card says it."""

        def seen() -> str | None:
            text = self.says(user, bill)
            return text if re.search(pattern, text) else None

        try:
            return str(self.bot.wait(seen))
        except TimeoutError as missing:
            raise AssertionError(f"{pattern!r} never came. The card says:\n{self.says(user, bill)}") from missing

    def buttons(self, user: str, bill: int) -> list[str]:
        """The actions the card offers."""
        blocks = self.card(user, bill).blocks
        return [e["action_id"] for block in blocks if block["type"] == "actions" for e in block["elements"]]

    def press(self, user: str, bill: int, action: str) -> Any:
        """Presses a button of the card."""
        return self.bot.slack.click(user, self.card(user, bill), action)
