"""The whole bot in one process between the two practice servers: real Bolt, real client, real HTTP, real database."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar

from pydantic import SecretStr

from bot import practice, program
from bot.compose import House, build, now
from bot.engine import Worker
from bot.plain import lines
from finance.authority import Right
from finance.company import Choices
from finance.invoice import Invoice
from handlers.chat import Picture
from sandbox.month.finvoice_file import finvoices
from sandbox.procountor import seed
from sandbox.procountor.journal import Change
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.records import Message
from sandbox.slack.server import PracticeSlack
from storage import companies, members, rights
from tests.support.invoices import invoice

ANNA, MIKAEL, EMMA, GUEST = practice.FINANCE, practice.LEAD, practice.CONSULTANT, practice.GUEST
FINANCE_CHANNEL = "C01TALOUS"
Doc = dict[str, Any]
Found = TypeVar("Found")


@dataclass
class Bot:
    """The running bot and its world, with the words a test speaks."""

    slack: PracticeSlack
    procountor: PracticeProcountor
    house: House
    company: str
    worker: Worker | None = field(default=None, repr=False)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(5001), repr=False)
    ahead: list[timedelta] = field(default_factory=lambda: [timedelta()], repr=False)

    # what people see

    def text(self, user: str = ANNA) -> str:
        """Everything in the user's direct conversation with the bot, as plain text."""
        return "\n".join(self.shown(m) for m in self.slack.messages(self.slack.dm(user)))

    def shown(self, message: Any) -> str:
        """A message, a modal or a Home tab as plain text."""
        text = getattr(message, "text", "") or getattr(message, "title", "")
        return "\n".join(lines(Picture(text, tuple(message.blocks))))

    def home(self, user: str = ANNA) -> str:
        """The user's Home tab; empty before it was drawn."""
        view = self.slack.home(user)
        return self.shown(view) if view else ""

    def latest(self, user: str = ANNA) -> Message:
        """The newest message of the bot outside threads."""
        mine = [m for m in self.slack.messages(self.slack.dm(user)) if m.bot_id and m.thread_ts in ("", m.ts)]
        return mine[-1]

    def until(self, pattern: str, user: str = ANNA, seconds: float = 30.0) -> str:
        """Waits until the direct conversation shows ``pattern``; gives its whole text."""
        return self._wait(pattern, lambda: self.text(user), seconds)

    def whispered(self, pattern: str, user: str = ANNA, seconds: float = 15.0, since: int = 0) -> str:
        """Waits for an answer only the user sees, after the first ``since`` of them."""
        return self._wait(pattern, lambda: "\n".join(map(self.shown, self.slack.whispers(user)[since:])), seconds)

    def answer(self, pattern: str, act: Callable[[], object], user: str = ANNA) -> str:
        """Does ``act`` and waits for what is whispered to the user after it."""
        before = len(self.slack.whispers(user))
        act()
        return self.whispered(pattern, user, since=before)

    def _wait(self, pattern: str, look: Callable[[], str], seconds: float) -> str:
        def seen() -> str | None:
            text = look()
            return text if re.search(pattern, text) else None

        try:
            return str(self.slack.wait_for(seen, seconds))
        except TimeoutError as missing:
            raise AssertionError(f"{pattern!r} never came. There is:\n{look()}") from missing

    def press(self, action: str, user: str = ANNA, message: Any = None) -> Any:
        """Presses a button of the newest message."""
        return self.slack.click(user, message or self.latest(user), action)

    def fresh(self, **changes: Any) -> Invoice:
        """A clean invoice with a number nobody has used yet."""
        return replace(invoice(str(next(self.numbers)), practice.today()), **changes)

    # what people do

    def drop(self, *files: Invoice | tuple[str, bytes], user: str = ANNA) -> str:
        """Drops invoices (as one Finvoice) and other files to the bot; gives its answer."""
        invoices = [one for one in files if isinstance(one, Invoice)]
        named = [one for one in files if not isinstance(one, Invoice)]
        if invoices:
            named.insert(0, (f"laskut-{invoices[0].number}.xml", finvoices(invoices)))
        self.slack.limits = "off"
        before = self._answers(user)
        assert self.slack.drop_files(user, named).ok
        self.slack.wait_for(lambda: len(self._answers(user)) > len(before), 30)
        return self.shown(self._answers(user)[-1])

    def _answers(self, user: str) -> list[Message]:
        room = self.slack.messages(self.slack.dm(user))
        return [m for m in room if m.bot_id and m.thread_ts in ("", m.ts) and ":inbox_tray:" in str(m.blocks)]

    # what stands in Procountor

    @property
    def books(self) -> Any:
        """The practice company in Procountor."""
        return self.procountor.world.companies[seed.NORTH]

    def drafts(self) -> list[Doc]:
        """The invoices and bills the bot has made in Procountor and that live, by original number."""
        made = [d for d in self.books.registers["invoices"].values() if "[kierto:" in (d.get("notes") or "")]
        live = [d for d in made if d["status"] != "INVALIDATED"]
        return sorted(live, key=lambda d: str(d["originalInvoiceNumber"]))

    def draft(self, number: str) -> Doc:
        """The one draft with this number of the PSA's; fails when there is none or there are two."""
        found = [d for d in self.drafts() if d["originalInvoiceNumber"] == number]
        assert len(found) == 1, f"{len(found)} drafts of {number} stand in Procountor"
        return found[0]

    def entries(self, draft: Doc) -> list[Doc]:
        """The accounting entries of the draft's rows."""
        receipt = self.books.registers["ledgerreceipts"][draft["ledgerReceiptId"]]
        return [t for t in receipt["transactions"] if t.get("transactionType") == "ENTRY"]

    def created(self) -> list[Change]:
        """Every invoice Procountor has accepted from the bot, in order."""
        return [c for c in self.procountor.world.journal.of("POST /invoices", seed.NORTH) if c.key != "web"]

    def wait(self, look: Callable[[], Found], seconds: float = 30.0) -> Found:
        """Waits until ``look`` gives something true."""
        return self.slack.wait_for(look, seconds)

    def settled(self, seconds: float = 30.0) -> None:
        """Waits until nothing waits or runs; what has its time still to come (another look in a minute) may be left."""
        self.wait(lambda: not any(queue.waiting for queue in self.house.engine.queues().values()), seconds)

    @contextmanager
    def key_revoked(self) -> Iterator[None]:
        """The key's owner has revoked it in Procountor."""
        key = self.books.keys[seed.API_KEY]
        key["revoked"] = True
        try:
            yield
        finally:
            key["revoked"] = False

    @contextmanager
    def later(self, span: timedelta) -> Iterator[None]:
        """As much later, for the bot and for Slack alike."""
        self.ahead[0] += span
        try:
            yield
        finally:
            self.ahead[0] -= span

    # what the company has decided

    def decide(self, **changes: Any) -> Choices:
        """Changes the company's rules; gives those before."""
        with self.house.store.write() as tx:
            before = companies.get(tx, self.company).choices
            companies.choose(tx, self.company, replace(before, **changes))
        return before

    def allow(self, user: str, *given: str, language: str = "") -> None:
        """Gives the user exactly these rights."""
        with self.house.store.write() as tx:
            team = companies.team_of(tx, self.company) or ""
            rights.give(tx, self.company, team, user, map(Right, given), "test", self.house.desk.clock())
            if language:
                members.choose(tx, team, user, language=language)

    # the process

    def start_worker(self) -> None:
        """A new worker, as after a restart of its process."""
        self.worker = program.worker_of(self.house)
        self.worker.start()

    def stop_worker(self) -> None:
        """The worker ends; what waits goes on waiting."""
        if self.worker is not None:
            self.worker.stop()
            self.worker = None


@contextmanager
def running(
    database: str,
    *,
    settle: float = 2.0,
    rate: float = 48.0,
    working: bool = True,
    locale: str = "fi-FI",
    beat: float = 1.0,
    connected: bool = True,
) -> Iterator[Bot]:
    """Starts the world and the bot; everything is gone at the end. ``locale`` is Anna's, ``beat`` the messages'.

    Not ``connected``: the workspace is known, Anna looks after it in Slack, and nobody has given an API key.
    """
    with ExitStack() as stack:
        procountor = stack.enter_context(PracticeProcountor(seed.month()))
        place = practice.workspace(practice.today(), setup=not connected)
        place.people[:] = [replace(p, locale=locale) if p.id == ANNA else p for p in place.people]
        ahead = [timedelta()]
        slack = stack.enter_context(PracticeSlack(place, clock=lambda: time.time() + ahead[0].total_seconds()))
        settings = practice.practice_settings(procountor, slack, database, 0, settle, rate)
        if not connected:
            settings = settings.model_copy(update={"procountor_api_key": SecretStr("")})
        company = practice.prepare(settings) if connected else practice.unconnected(settings)
        house = build(settings)
        timing = replace(house.desk.timing, beat=beat)
        house = replace(house, desk=replace(house.desk, timing=timing, clock=lambda: now() + ahead[0]))
        stack.callback(house.close)
        bot = Bot(slack, procountor, house, company, ahead=ahead)
        stack.callback(bot.stop_worker)
        if working:
            bot.start_worker()
        ears = program.Ears(house)
        port = ears.start()
        stack.callback(ears.stop)
        slack.bot_url = f"http://127.0.0.1:{port}"
        yield bot
