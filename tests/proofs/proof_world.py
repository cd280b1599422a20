"""The world of the proofs about bills: many bills and people at once, real processes, presses at the front door.

Bills are put into Procountor and into the bot's store in bulk, and a press carries the very handle that the card of
the bill would carry; everything from the press on is the bot's own. What happened is judged by Procountor's journal.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot import practice, program
from bot.compose import House, build
from bot.plain import lines
from bot.settings import Settings
from finance.authority import Right
from finance.bill import Bill
from finance.bill_doubts import Doubtful
from finance.canonical import dump
from finance.targeting import Aim, Reason
from handlers import arriving, bill_press
from handlers.chat import Picture
from procountor import bills as resource
from sandbox.procountor import inbox, outside, seed
from sandbox.procountor.journal import Change, Journal
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.courier import Courier
from sandbox.slack.desk import Desk
from sandbox.slack.records import Message
from sandbox.slack.server import PracticeSlack
from sandbox.slack.workspace import Person
from storage import bills, companies, decisions, handles, members, messages, own_keys, rights, staff
from storage.database import Tx
from tests.proofs.processes import RATE, quick
from tests.support.databases import fresh

ROOT = Path(__file__).parents[2]
APPROVE = "PUT /invoices/{invoiceId}/approve"
UNDO = "PUT /invoices/{invoiceId}/unfinished"
HANDS = 12  # people who press at the same time
PATIENCE = 30.0  # seconds for an acknowledgement and for a form: it is not the speed that is proved here
LOOK = 0.5  # seconds between two looks at how much is left: counting it is work, too


@dataclass
class Pressed:
    """A press on its way: ``reply`` is the secret of the response_url for an answer, which then carries ``mark``."""

    user: str
    bill: int
    reply: str
    mark: str


class Stamped(Journal):
    """The ledger, with the moment of each change more exact than its seconds."""

    def __init__(self, stamps: dict[tuple[str, object], float]) -> None:
        super().__init__()
        self.stamps = stamps

    def add(self, **values: Any) -> Change:
        if values["key"] != "web":
            self.stamps[values["route"], values["id"]] = time.time()
        return super().add(**values)


@dataclass
class World:
    """The two practice servers and the house between them. ``doors`` are the edges a press may come in by.

    ``stamps`` tells when Procountor last accepted a change: (route, id) → seconds since the epoch. ``pids`` are the
    processes in the order they were started.
    """

    procountor: PracticeProcountor
    slack: PracticeSlack
    house: House
    settings: Settings
    company: str
    team: str
    folder: Path
    began: datetime
    procountor_id: int = seed.NORTH
    marks: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)
    doors: list[Desk] = field(default_factory=list)
    logs: list[Path] = field(default_factory=list)
    pids: list[int] = field(default_factory=list)
    stamps: dict[tuple[str, object], float] = field(default_factory=dict)

    @property
    def port(self) -> int:
        """Where the last edge hears."""
        return int(self.slack.bot_url.rsplit(":", 1)[1])

    def second_company(self) -> World:
        """Another company in the same workspace, in the same world; its ids in Procountor are alike."""
        now = self.house.desk.clock()
        with self.house.store.write() as tx:
            name, number, key = "Etelätuuli Oy", "0201256-6", seed.API_KEY_SECOND
            id = companies.connect(tx, name, number, seed.SOUTH, seed.seed_people.BOT, key, now)
            companies.place(tx, id, self.team)
        return replace(self, company=id, procountor_id=seed.SOUTH)

    # people

    def person(
        self, user: str, given: Mapping[str, Mapping[str, str | None]], *, procountor: int | None = None, key: str = ""
    ) -> None:
        """Gives a Slack user exactly these rights (name → most by currency) and says who he is in Procountor."""
        with self.house.store.write() as tx:
            self.give(tx, user, given)
            members.choose(tx, self.team, user, language="en")
            known = {"team": self.team, "user": user, "user_id": procountor, "matched": staff.HAND}
            staff.add(tx, self.company, user, **known, matched_by="test", matched_at=self.house.desk.clock())
            if key:
                assert procountor is not None
                own_keys.keep(tx, self.company, self.team, user, key, procountor, user, self.house.desk.clock())

    def give(self, tx: Tx, user: str, given: Mapping[str, Mapping[str, str | None]]) -> None:
        limits = {
            Right(name): {currency: None if most is None else Decimal(most) for currency, most in most_by.items()}
            for name, most_by in given.items()
        }
        rights.give(tx, self.company, self.team, user, limits, "T0/UADMIN", self.house.desk.clock())

    def revoke(self, users: Sequence[str]) -> None:
        with self.house.store.write() as tx:
            for user in users:
                self.give(tx, user, {})

    # bills

    @property
    def books(self) -> Any:
        """The practice company in Procountor."""
        return self.procountor.world.companies[self.procountor_id]

    def receive(self, wanted: Sequence[inbox.Bill]) -> list[int]:
        """Bills arrive in Procountor; gives their ids."""
        world = self.procountor.world
        with world.lock:
            return [int(inbox.receive(world, self.books, bill)["id"]) for bill in wanted]

    def paid_before(self) -> None:
        """The account of the supplier whom `receive` takes is an old one: a bill of his has been paid to it."""
        (id,) = self.receive([inbox.Bill(verifiers=[], acceptors=[])])
        self.edit(id, {"status": "PAID"})

    def known(self, ids: Sequence[int], doubts: Sequence[Doubtful] = ()) -> dict[int, Bill]:
        """The bot has read the bills; they lie on nobody's desk, so that no drawing of cards slows the proof down."""
        found = resource.get_many(self.house.desk.books(self.company), ids)
        with self.house.store.write() as tx:
            for bill in found:
                bills.keep(tx, self.company, bill, Aim(Reason.NOTHING), doubts, self.house.desk.clock())
        return {bill.id: bill for bill in found}

    def handles(self, ids: Sequence[int], purpose: str = "bill.approve", team: str = "") -> dict[int, str]:
        """What the button of each bill's card carries."""
        with self.house.store.write() as tx:
            return {id: self._handle(tx, id, purpose, team or self.team) for id in ids}

    def _handle(self, tx: Tx, id: int, purpose: str, team: str) -> str:
        kept = bills.get(tx, self.company, id)
        assert kept is not None
        subject = bill_press.Shown(id, kept.print).subject
        return handles.issue(tx, self.company, team, purpose, subject, self.house.desk.clock())

    def deal(self, ids: Sequence[int], users: Sequence[str]) -> None:
        """Puts the bills on these people's desks: each gets a card."""
        for id, user in itertools.product(ids, users):
            with self.house.store.write() as tx:
                company = companies.get(tx, self.company)
                arriving.deal(self.house.desk, tx, company, id, user, dump(Aim(Reason.NOTHING)))

    def edit(self, bill: int, changes: Mapping[str, Any], *, bump: bool = True) -> None:
        """A person edits the bill in Procountor's own pages."""
        with self.procountor.world.lock:
            outside.edit(self.procountor.world, self.books, bill, dict(changes), bump_version=bump)

    def doc(self, bill: int) -> Any:
        """The bill as it stands in Procountor."""
        return self.books.registers["invoices"][bill]

    # presses

    def press(self, user: str, bill: int, handle: str, action: str = "bill.approve", door: int = 0) -> Pressed:
        """A signed press of a button, as it comes from Slack."""
        desk, room, mark = self.doors[door % len(self.doors)], self.slack.dm(user), f"17.{next(self.marks)}"
        reply = desk.world.issue_hook(room, user, thread_ts=mark)
        payload = {
            "type": "block_actions",
            **desk.common(user),
            "container": {"type": "message", "message_ts": "1700000000.000100", "channel_id": room},
            "channel": {"id": room, "name": "directmessage"},
            "message": {"ts": "1700000000.000100", "text": ""},
            "trigger_id": desk.world.issue_trigger(user),
            "response_url": f"{self.slack.url}/hooks/{reply}",
            "actions": [
                {"type": "button", "action_id": action, "value": handle, "block_id": "b", "action_ts": "1.1"},
            ],
        }
        delivery = desk.deliver("block_actions", payload, "trouble: {error}")
        assert delivery.ok, delivery.error
        return Pressed(user, bill, reply, mark)

    def submit(self, user: str, form: str, handle: str, values: Mapping[str, str]) -> str:
        """A signed submission of a form, as it comes from Slack; gives the answer's body."""
        desk, view = self.doors[0], f"V{next(self.marks)}"
        state = {name: {name: {"type": "plain_text_input", "value": value}} for name, value in values.items()}
        payload = {
            "type": "view_submission",
            **desk.common(user),
            "trigger_id": desk.world.issue_trigger(user),
            "response_urls": [],
            "view": {
                "id": view,
                "root_view_id": view,
                "hash": f"1.{view}",
                "type": "modal",
                "callback_id": form,
                "private_metadata": handle,
                "blocks": [],
                "state": {"values": state},
            },
        }
        delivery = desk.deliver("view_submission", payload, "trouble: {error}")
        assert delivery.ok, delivery.error
        return delivery.ack.body.decode()

    def press_all(self, wanted: Sequence[tuple[str, int]], handle: Mapping[int, str]) -> list[Pressed]:
        """Many people press at once, each press by the next door."""
        with ThreadPoolExecutor(HANDS) as hands:
            done = [
                hands.submit(self.press, user, bill, handle[bill], door=place)
                for place, (user, bill) in enumerate(wanted)
            ]
        return [one.result() for one in done]

    def answered(self, pressed: Pressed) -> bool:
        """Whether the presser got an answer beside his button."""
        return self.slack.world.hooks[pressed.reply].uses > 0

    def answers(self) -> dict[str, list[str]]:
        """What was answered to each press, by its mark."""
        found: dict[str, list[str]] = {}
        for message in list(self.slack.world.whispers):
            found.setdefault(message.thread_ts, []).append(shown(message))
        return found

    def whispered(self, user: str) -> list[str]:
        """Every answer that only this person saw, as plain text."""
        return [shown(message) for message in self.slack.whispers(user)]

    def written(self, user: str) -> list[str]:
        """Every message of the bot in the person's direct conversation, as plain text."""
        return [shown(message) for message in self.slack.messages(self.slack.dm(user)) if message.bot_id]

    def buttons(self, user: str, bill: int) -> list[str]:
        """The actions that the person's card of the bill offers."""
        blocks = self.card(user, bill).blocks
        return [e["action_id"] for block in blocks if block["type"] == "actions" for e in block["elements"]]

    def card(self, user: str, bill: int) -> Message:
        """The person's card of the bill."""
        with self.house.store.read() as tx:
            place = messages.find(tx, self.company, f"bill:{bill}:{user}")
        assert place is not None, f"{user} has no card of {bill}"
        return next(m for m in self.slack.messages(self.slack.dm(user)) if m.ts == place.ts)

    # what stands in Procountor

    def approvals(self) -> dict[int, list[Change]]:
        """Every approval that Procountor has accepted, by bill."""
        found: dict[int, list[Change]] = {}
        for change in self.procountor.world.journal.of(APPROVE, self.procountor_id):
            assert isinstance(change.id, int)
            found.setdefault(change.id, []).append(change)
        return found

    def writes(self) -> Counter[str]:
        """How many changes of each kind Procountor has accepted from us."""
        return Counter(change.route for change in self.procountor.world.journal.changes if change.key != "web")

    # waiting

    def idle(self, seconds: float = 900.0) -> None:
        """Waits until nothing is left to do; a busy machine takes its time."""
        self.until(lambda: not any(self.house.engine.backlog().values()), seconds, "work is left")
        self.until(lambda: not self.unfinished(), seconds, "decisions are left")
        self.until(lambda: not any(self.house.engine.backlog().values()), seconds, "work is left")

    def unfinished(self) -> int:
        """Decisions on their way."""
        with self.house.store.read() as tx:
            return len(decisions.unfinished(tx))

    def until(self, seen: Callable[[], object], seconds: float, otherwise: str) -> None:
        end = time.monotonic() + seconds
        while not seen():
            assert time.monotonic() < end, f"{otherwise} after {seconds} s: {self.house.engine.backlog()}"
            time.sleep(LOOK)

    # processes

    @contextmanager
    def hearing(self) -> Iterator[None]:
        """An edge in this process."""
        ears = program.Ears(self.house)
        self._door(ears.start())
        try:
            yield
        finally:
            ears.stop()

    @contextmanager
    def edge(self, wait: float = program.EARS_WAIT, *, logs: bool = False) -> Iterator[None]:
        """An edge in a process of its own; ``wait`` are the seconds it waits for a database that others write to.

        ``logs``: it logs as in life, otherwise errors only.
        """
        with self._process("edge", PROOF_WAIT=str(wait), PROOF_LOG="1" if logs else "") as said:
            self._door(int(said))
            yield

    @contextmanager
    def working(self, hold: str = "", *, deadly: bool = False) -> Iterator[None]:
        """A worker in a process of its own; ``hold`` as in `tests.proofs.processes`. ``deadly``: it is killed."""
        with self._process("worker", deadly=deadly, PROOF_HOLD=hold):
            yield

    def _door(self, port: int) -> None:
        sent = self.slack.courier
        courier = Courier(self.slack.world, sent.secret, f"http://127.0.0.1:{port}", sent.sockets, PATIENCE)
        self.doors.append(Desk(self.slack.world, courier, lambda: self.slack.url))
        self.slack.bot_url = f"http://127.0.0.1:{port}"

    @contextmanager
    def _process(self, role: str, *, deadly: bool = False, **more: str) -> Iterator[str]:
        log = self.folder / f"{role}-{len(self.logs)}.log"
        self.logs.append(log)
        command = [sys.executable, "-m", "tests.proofs.processes", role]
        with log.open("wb") as words:
            environment = {**practice.environment(self.settings), **more}
            child = subprocess.Popen(
                command, env=environment, stdout=subprocess.PIPE, stderr=words, text=True, cwd=ROOT
            )
        self.pids.append(child.pid)
        try:
            assert child.stdout
            said = child.stdout.readline().strip()
            assert said, f"the {role} did not start:\n{log.read_text()[-2000:]}"
            yield said
        finally:
            child.kill() if deadly else child.terminate()
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def complaints(self) -> str:
        """What the processes logged as errors."""
        return "".join(log.read_text() for log in self.logs)


def shown(message: Any) -> str:
    """A message as plain text."""
    return "\n".join(lines(Picture(message.text, tuple(message.blocks))))


@contextmanager
def opened(
    kind: str, folder: Path, users: Sequence[Person] = (), *, settle: float = 2.0, database: str = ""
) -> Iterator[World]:
    """The world on a fresh database (or on ``database``, an empty one); no edge hears yet and nobody works.

    ``users`` come beside the practice people.
    """
    with ExitStack() as stack:
        procountor = stack.enter_context(PracticeProcountor(seed.month(), rate=100_000))
        place = practice.workspace(practice.today())
        place.people += users
        slack = stack.enter_context(PracticeSlack(place))
        slack.limits = "off"
        slack.courier.seconds = slack.world.trigger_seconds = PATIENCE
        settings = practice.practice_settings(procountor, slack, database or fresh(kind, folder), 0, settle, 60.0)
        company = practice.prepare(settings)
        house = quick(build(settings.model_copy(update={"procountor_rate": RATE})))
        stack.callback(house.close)
        with house.store.read() as tx:
            team = companies.team_of(tx, company) or ""
        world = World(procountor, slack, house, settings, company, team, folder, practice.now())
        with house.store.write() as tx:
            world.give(tx, practice.FINANCE, {"admin": {}})  # nobody of finance gets a card of every bill that moves
        procountor.world.journal = Stamped(world.stamps)
        yield world
