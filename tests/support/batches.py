"""A batch as the person in front of it sees and handles it: its message, its list of faults, its forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from finance.invoice import Invoice
from sandbox.slack.records import Delivery, Message, View
from tests.support.practice import ANNA, Bot

FOOT = re.compile(r"(?:Batch|Erä|Parti) (\d+) · ")
UNSETTLED = ("█", "░", ":hourglass_flowing_sand:", ":mag:")


@dataclass(frozen=True)
class Batch:
    """One batch's message in ``user``'s direct conversation."""

    bot: Bot
    ts: str
    user: str = ANNA

    @property
    def message(self) -> Message:
        room = self.bot.slack.messages(self.bot.slack.dm(self.user))
        return next(m for m in room if m.ts == self.ts)

    @property
    def text(self) -> str:
        return self.bot.shown(self.message)

    @property
    def number(self) -> int:
        found = FOOT.search(self.text)
        assert found, self.text
        return int(found.group(1))

    @property
    def thread(self) -> str:
        """Everything said in the thread under the message."""
        room = self.bot.slack.messages(self.bot.slack.dm(self.user))
        return "\n".join(self.bot.shown(m) for m in room if m.thread_ts == self.ts and m.ts != self.ts)

    def buttons(self) -> list[str]:
        return [e["action_id"] for b in self.message.blocks if b["type"] == "actions" for e in b["elements"]]

    def handle(self, action: str) -> str:
        """What the button carries."""
        elements = [e for b in self.message.blocks if b["type"] == "actions" for e in b["elements"]]
        return str(next(e["value"] for e in elements if e["action_id"] == action))

    def until(self, pattern: str, seconds: float = 30.0) -> str:
        """Waits until the message shows ``pattern``."""
        return self.wait(lambda text: re.search(pattern, text), f"{pattern!r} never came", seconds)

    def settled(self, seconds: float = 40.0) -> str:
        """Waits until nothing of it moves any more; gives the text."""

        def still(_: str) -> bool:
            blocks = str(self.message.blocks)
            return not any(mark in blocks for mark in UNSETTLED) and "run.cancel" not in self.buttons()

        return self.wait(still, "the batch never settled", seconds)

    def wait(self, seen: Callable[[str], object], otherwise: str, seconds: float = 30.0) -> str:
        try:
            self.bot.slack.wait_for(lambda: bool(seen(self.text)), seconds)
        except TimeoutError as late:
            raise AssertionError(f"{otherwise}. The message says:\n{self.text}") from late
        return self.text

    def press(self, action: str, user: str = "") -> Delivery:
        """Presses a button, once it is there."""
        self.wait(lambda _: action in self.buttons(), f"{action} is not offered", 5)
        return self.bot.slack.click(user or self.user, self.message, action)

    def press_old(self, action: str, value: str, user: str = "") -> str:
        """Presses a button with ``value``, as a page does that was not redrawn or a forger; gives what is whispered."""
        user, desk = user or self.user, self.bot.slack.desk
        room = self.bot.slack.dm(user)
        payload = {
            "type": "block_actions",
            **desk.common(user),
            "container": {"type": "message", "message_ts": self.ts, "channel_id": room},
            "channel": {"id": room, "name": "directmessage"},
            "message": {"ts": self.ts, "text": ""},
            "trigger_id": desk.world.issue_trigger(user),
            "response_url": "",
            "actions": [
                {"type": "button", "action_id": action, "value": value, "block_id": "b", "action_ts": "1.1"},
            ],
        }
        before = len(self.bot.slack.whispers(user))
        assert desk.deliver("block_actions", payload, "trouble").ok
        self.bot.slack.wait_for(lambda: len(self.bot.slack.whispers(user)) > before, 10)
        return self.bot.shown(self.bot.slack.whispers(user)[-1])

    def send(self) -> str:
        """Sends the clean ones and waits for the end."""
        assert self.press("run.send").ok
        return self.settled()

    # the list of faults and its forms

    def faults(self) -> View:
        """Opens the list of faults."""
        self.close()
        delivery = self.press("run.faults")
        assert delivery.ok, delivery
        return self.view("fault.list")

    def view(self, callback: str) -> View:
        """The open form, once it is the one named."""

        def there() -> View | None:
            views = self.bot.slack.views(self.user)
            return views[-1] if views and views[-1].callback_id == callback else None

        found = self.bot.slack.wait_for(there, 5)
        assert found is not None
        return found

    def close(self) -> None:
        for view in reversed(self.bot.slack.views(self.user)):
            self.bot.slack.close(self.user, view)

    def mend(self, number: str, value: Any = None, *, nth: int = 0, twins: bool = False) -> View:
        """Opens the nth mendable fault of an invoice, takes the proposal or ``value``, saves; gives the list after."""
        view = self.form(number, nth)
        if value is not None:
            self.fill(view, value)
        if twins:
            self.bot.slack.choose(self.user, view, "all", ["all"])
        saved = self.bot.slack.submit(self.user, view)
        assert saved.ok, saved
        return self.bot.slack.views(self.user)[-1]

    def form(self, number: str, nth: int = 0) -> View:
        """The form of an invoice's nth mendable fault."""
        views = self.bot.slack.views(self.user)
        view = views[-1] if views and views[-1].callback_id == "fault.list" else self.faults()
        opener = fixes(view, number)[nth]
        assert self.bot.slack.click(self.user, view, "fault.open", value=opener).ok
        return self.view("fault.fix")

    def fill(self, view: View, value: Any) -> None:
        block = next(b for b in view.blocks if b["type"] == "input" and b["block_id"].startswith("value."))
        action = block["element"]["action_id"]
        if block["element"]["type"] == "external_select":
            offered = self.bot.slack.options(self.user, view, action, str(value))
            assert str(value) in [o["value"] for o in offered], offered
            self.bot.slack.choose(self.user, view, action, value)
        elif block["element"]["type"] == "plain_text_input":
            self.bot.slack.fill(self.user, view, {action: value})
        else:
            self.bot.slack.choose(self.user, view, action, value)


def fixes(view: View, number: str) -> list[str]:
    """The handles of the buttons that mend this invoice's faults, in order."""
    found, here = [], False
    for block in view.blocks:
        text = block.get("text", {}).get("text", "") if block["type"] == "section" else ""
        head = re.match(r"\*([^*]+)\* · ", text)
        if head:
            here = head.group(1).replace("\u2060", "") == number
        if here and block.get("accessory", {}).get("action_id") == "fault.open":
            found.append(str(block["accessory"]["value"]))
    return found


def numbers(view: View) -> list[str]:
    """The invoices of a list of faults."""
    texts = (b["text"]["text"] for b in view.blocks if b["type"] == "section" and "text" in b)
    return [m.group(1).replace("\u2060", "") for m in (re.match(r"\*([^*]+)\* · ", t) for t in texts) if m]


def ask(bot: Bot, words: str, user: str = ANNA) -> Batch:
    """Types a command that begins a batch; gives its message once the check is over."""
    room = {m.ts for m in bot.slack.messages(bot.slack.dm(user))}
    assert bot.slack.command(user, words).ok

    def begun() -> Message | None:
        new = [m for m in bot.slack.messages(bot.slack.dm(user)) if m.ts not in room and m.bot_id and not m.thread_ts]
        return next((m for m in new if FOOT.search(bot.shown(m)) and "hourglass" not in str(m.blocks)), None)

    found = bot.slack.wait_for(begun, 30)
    assert found is not None
    return Batch(bot, found.ts, user)


def checked(bot: Bot, *given: Invoice) -> Batch:
    bot.drop(*given)
    return ask(bot, "send invoices " + " ".join(i.number for i in given))


def made(bot: Bot, number: str) -> int:
    """How often Procountor has accepted this invoice."""
    return sum(1 for change in bot.created() if change.summary.endswith(f" {number}"))


def theirs(bot: Bot, user: str, run: int) -> Any:
    """The batch as another of finance sees it."""
    before = len(bot.slack.whispers(user))
    bot.slack.command(user, f"run {run}")
    bot.slack.wait_for(lambda: len(bot.slack.whispers(user)) > before, 10)
    return bot.slack.whispers(user)[before]
