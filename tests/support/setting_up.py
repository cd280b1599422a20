"""An admin in front of the setup's checklist: reads its steps, presses their buttons, types keys, fills in rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update

from bot.compose import now
from finance.invoice import Invoice
from handlers import probing
from handlers.routing import routes
from sandbox.procountor import seed
from sandbox.slack.records import Delivery, Message, View
from storage import companies, documents, tables
from storage.companies import Company
from tests.support.practice import ANNA, Bot

OK, WRONG, TODO, OPEN = ":white_check_mark:", ":red_circle:", ":white_circle:", ":information_source:"
LINE = re.compile(r"(:[a-z_]+:) \*([^*]+)\*(?: · (.*))?")
KEY, SOUTH_KEY = seed.API_KEY, seed.API_KEY_SECOND


@dataclass(frozen=True)
class Admin:
    """One person with the checklist in his direct conversation."""

    bot: Bot
    user: str = ANNA

    # the checklist

    def begins(self) -> str:
        """Types the command and waits for the newest list, with whatever Procountor is asked meanwhile."""
        before = self.ts()
        assert self.bot.slack.command(self.user, "setup").ok
        self.bot.wait(lambda: self.ts() not in ("", before))
        self.settled()
        return self.text()

    def message(self) -> Message | None:
        """The newest list; None before the first."""
        room = self.bot.slack.messages(self.bot.slack.dm(self.user))
        return next((m for m in reversed(room) if m.bot_id and "Setting up" in m.text), None)

    def ts(self) -> str:
        found = self.message()
        return found.ts if found else ""

    def text(self) -> str:
        found = self.message()
        return self.bot.shown(found) if found else ""

    def settled(self) -> None:
        """Nothing is being looked at any more."""
        self.bot.wait(lambda: "Looking at Procountor" not in self.text())

    def steps(self) -> dict[str, tuple[str, str, dict[str, Any]]]:
        """Every step by its title: its sign, what is told, its button. Every button leads somewhere."""
        found: dict[str, tuple[str, str, dict[str, Any]]] = {}
        message = self.message()
        for block in message.blocks if message else ():
            if block["type"] != "section":
                continue
            first, *rest = block["text"]["text"].split("\n")
            button = block.get("accessory", {})
            assert not button or routes().get("click", button["action_id"]), button
            for line in (first, *rest) if " · " in first and not rest else (first,):
                if m := LINE.fullmatch(line):
                    found[m[2]] = (m[1], m[3] or "\n".join(rest), button)
            for line in rest:
                if (m := LINE.fullmatch(line)) and m[1] == OK:
                    found[m[2]] = (m[1], m[3] or "", {})
        return found

    def step(self, title: str) -> tuple[str, str]:
        """The step's sign and its words."""
        sign, told, _ = self.steps()[title]
        return sign, told

    def until(self, title: str, sign: str, told: str = "") -> str:
        """Waits until the step stands like that; gives its words."""

        def stands() -> bool:
            there = self.steps().get(title)
            return there is not None and there[0] == sign and re.search(told, there[1]) is not None

        try:
            self.bot.wait(stands, 20)
        except TimeoutError as missing:
            raise AssertionError(f"{title} never became {sign} {told!r}. There is:\n{self.text()}") from missing
        return self.step(title)[1]

    def presses(self, title: str) -> Delivery:
        """Presses the step's button."""
        _, _, button = self.steps()[title]
        return self.bot.slack.click(self.user, self.message(), button["action_id"], value=button["value"])

    def looks(self) -> None:
        """Presses "Look again" and waits until Procountor has been asked."""
        before = self._probed()
        assert self.bot.slack.click(self.user, self.message(), "setup.look").ok
        self.bot.wait(lambda: self._probed() != before, 40)
        self.settled()

    def _probed(self) -> object:
        with self.bot.house.store.read() as tx:
            found = probing.kept(tx, self.bot.company)
        return found and found.at

    # forms

    def view(self, callback: str = "") -> View:
        """The form in front, once it is the one named."""

        def there() -> View | None:
            views = self.bot.slack.views(self.user)
            return views[-1] if views and callback in ("", views[-1].callback_id) else None

        try:
            found = self.bot.slack.wait_for(there, 20)
        except TimeoutError as missing:
            shown = [f"{v.callback_id}: {self.bot.shown(v)} {v.errors}" for v in self.bot.slack.views(self.user)]
            raise AssertionError(f"the form {callback} never came. There is:\n{shown}") from missing
        assert found is not None
        return found

    def reads(self) -> str:
        """The words of the form in front."""
        return self.bot.shown(self.view())

    def types(self, key: str) -> Delivery:
        """Opens the key's form (unless it is in front), types a key and sends it."""
        if not self.bot.slack.views(self.user):
            assert self.presses("API key").ok
        self.bot.slack.fill(self.user, self.view("key.typed"), {"api_key": key})
        return self.bot.slack.submit(self.user, self.view())

    def until_form(self, callback: str, told: str = "") -> str:
        """Waits until the form in front is another one that says ``told``."""
        self.view(callback)
        self.bot.wait(lambda: re.search(told, self.reads()) is not None)
        return self.reads()

    def confirms(self) -> str:
        """Says yes to the company shown; gives what the form says then."""
        self.view("key.confirm")
        assert self.bot.slack.submit(self.user, self.view()).ok
        return self.reads()

    def closes(self) -> None:
        for view in reversed(self.bot.slack.views(self.user)):
            self.bot.slack.close(self.user, view)

    def connects(self, key: str = KEY) -> None:
        """The whole way from the first word to a connected company."""
        if not self.ts():
            self.begins()
        assert self.types(key).ok
        assert "is connected" in self.confirms()
        self.closes()
        self.until("API key", OK)
        self.settled()

    def saves(self, **values: Any) -> Delivery:
        """Fills the form in front and saves it."""
        self.bot.slack.fill(self.user, self.view(), values)
        return self.bot.slack.submit(self.user, self.view())

    def company(self) -> Company:
        with self.bot.house.store.read() as tx:
            return companies.get(tx, self.bot.company)


def waits(bot: Bot, *invoices: Invoice) -> None:
    """Invoices that somebody has brought and that wait to be sent."""
    with bot.house.store.write() as tx:
        for one in invoices:
            documents.keep(tx, bot.company, one, documents.PSA, None, now())


def anew(bot: Bot) -> None:
    """Takes everything back to the unconnected company, in a fresh world with nothing said yet."""
    bot.wait(
        lambda: (
            not any(count for lane, count in bot.house.engine.backlog().items() if lane in ("hear", "tell", "channels"))
        )
    )
    with bot.slack.world.changing():
        bot.slack.world.messages.clear()
        bot.slack.world.whispers.clear()
    bot.procountor.use(seed.month())
    with bot.house.store.write() as tx:
        for table in (tables.given_right, tables.bookmark, tables.reference, tables.offered_key, tables.own_key):
            tx.execute(delete(table))
        tx.execute(delete(tables.message))
        tx.execute(delete(tables.company).where(tables.company.c.id != bot.company))
        tx.execute(update(tables.document).values(state="sent"))
        fresh = {
            "state": companies.NEW,
            "procountor_id": None,
            "api_key": None,
            "business_id": "",
            "name": "Pohjantuuli",
        }
        tx.execute(update(tables.company).values(**fresh))
        companies.choose(tx, bot.company, companies.Choices())


def later(bot: Bot, minutes: float, act: Callable[[], None]) -> None:
    """Does something with the offers of keys so many minutes older."""
    with bot.house.store.write() as tx:
        for row in tx.execute(tables.offered_key.select()).all():
            older = row.expires_at - timedelta(minutes=minutes)
            where = tables.offered_key.c.token == row.token
            tx.execute(update(tables.offered_key).where(where).values(expires_at=older))
    act()
