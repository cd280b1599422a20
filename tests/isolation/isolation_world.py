"""Four companies that differ in nothing but their names and their canaries: two workspaces of one, one of two.

Ids in Procountor, numbers of invoices, accounts, cost centres, bank accounts, customers and Slack users are the same in
all. A company's name holds one word and whatever else of it may be shown holds another, so that a single word of the
wrong company in the wrong place tells.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from stdnum.fi import ytunnus

from bot import compose, edge, hearing, listen, program
from bot.compose import House, build, now
from bot.install import Installer
from bot.perform import bury, perform
from finance.authority import Right
from finance.invoice import Invoice
from handlers import installing, papers
from procountor.limiter import Unpaced
from sandbox.month.choices import choices
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.procountor.world import Company
from sandbox.slack import house as roof
from sandbox.slack.server import PracticeSlack
from sandbox.slack.together import OneSlack
from sandbox.slack.workspace import Channel, Command, Person, Workspace
from storage import companies, rights
from storage.database import Tx
from tests.support.browsing import Browser
from tests.support.databases import fresh
from tests.support.invoices import invoice
from tests.support.many import Clock, oauth

ADMIN, FINANCE, BOTH, MEMBER, GUEST = "U1ADMIN", "U2FINANCE", "U3BOTH", "U4MEMBER", "U5GUEST"
USERS = (ADMIN, FINANCE, BOTH, MEMBER, GUEST)
ALONE_1, ALONE_2, SHARED = "T1ALONE", "T2ALONE", "T3SHARED"
ATTEMPTS = 3


@dataclass
class Firm:
    """A company: the word in its name, the word in everything else of it, who belongs to it."""

    word: str
    canary: str
    team: str
    number: int
    business_id: str
    people: dict[str, tuple[Right, ...]]
    id: str = ""

    @property
    def name(self) -> str:
        return f"Konsultti {self.word} Oy"

    @property
    def key(self) -> str:
        return f"api-key-of-{self.word}"

    @property
    def channel(self) -> str:
        return f"C0{self.word.upper()}"


def firms() -> tuple[Firm, ...]:
    both = (Right.FINANCE,)
    people = {ADMIN: (Right.ADMIN, Right.FINANCE), FINANCE: (Right.FINANCE,), BOTH: both}
    return (
        Firm("Nimialfa", "Sisalfa", ALONE_1, 13001, code(2077474), people),
        Firm("Nimibeeta", "Sisbeeta", ALONE_2, 13002, code(2077475), people),
        Firm("Nimigamma", "Sisgamma", SHARED, 13003, code(2077477), {ADMIN: people[ADMIN], BOTH: both}),
        Firm("Nimidelta", "Sisdelta", SHARED, 13004, code(2077478), {FINANCE: people[ADMIN], BOTH: both}),
    )


def code(number: int) -> str:
    """A business id with its check digit."""
    digits = [int(c) for c in f"{number:07}"]
    left = sum(d * w for d, w in zip(digits, (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    made = f"{number:07}-{0 if left == 0 else 11 - left}"
    assert ytunnus.is_valid(made)
    return made


class Tasks:
    """The engine's port without its processes: what was asked for in a transaction is done when the driver says.

    Asking twice is asking once, a delay is passed by moving the clock, and what fails is tried again and then buried.
    """

    def __init__(self, house: House, clock: Clock) -> None:
        self._house = house
        self._clock = clock
        self.given_up = 0
        with house.store.write() as tx:
            tx.exec_driver_sql(
                "CREATE TABLE practice_task (id TEXT PRIMARY KEY, seq INTEGER, task TEXT, company TEXT, args TEXT,"
                " after REAL, place INTEGER, done INTEGER)"
            )

    def soon(
        self,
        tx: Tx,
        lane: str,
        task: str,
        key: str,
        company: str,
        args: list[str],
        after: float = 0.0,
        order: int = 0,
    ) -> None:
        tx.exec_driver_sql(
            "INSERT OR IGNORE INTO practice_task SELECT ?, (SELECT count(*) FROM practice_task), ?, ?, ?, ?, ?, 0",
            (f"{task}:{company}:{key}", task, company, "\x1f".join(args), after, order),
        )

    def each(self, around: Callable[[str, str], Any], most: int = 400) -> int:
        """Does everything that waits, each inside ``around(task, company)``; gives how much it was."""
        for count in range(most):
            with self._house.store.read() as tx:
                row = tx.exec_driver_sql(
                    "SELECT id, task, company, args, after FROM practice_task WHERE done = 0"
                    " ORDER BY after, place, seq LIMIT 1"
                ).one_or_none()
            if row is None:
                return count
            self._clock.ahead += timedelta(seconds=max(0.0, row.after))
            with around(row.task, row.company):
                self._do(row.task, row.args.split("\x1f"))
            with self._house.store.write() as tx:
                tx.exec_driver_sql("UPDATE practice_task SET done = 1 WHERE id = ?", (row.id,))
        raise AssertionError(f"more than {most} tasks follow from one act")

    def _do(self, task: str, args: list[str]) -> None:
        desk, table = self._house.desk, self._house.table
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return perform(desk, table, task, args)
            except Exception as failed:  # noqa: BLE001 - as the engine does
                if attempt == ATTEMPTS:
                    self.given_up += 1
                    bury(desk, table, task, args, failed)
        return None


@dataclass
class World:
    """Everything that runs, with what the driver and the judge need to know of it."""

    firms: tuple[Firm, ...]
    slacks: dict[str, PracticeSlack]
    procountor: PracticeProcountor
    house: House
    tasks: Tasks
    clock: Clock
    today: datetime
    members: dict[str, frozenset[str]] = field(default_factory=dict)  # company → who belongs to it
    admins: dict[str, frozenset[str]] = field(default_factory=dict)
    before: dict[str, frozenset[str]] = field(default_factory=dict)  # as it was when the act began

    def begin(self) -> None:
        """An act begins: from here on two states of belonging count, that of now and that of then."""
        self.before = self.members

    def look(self, act: str, actor: str, allowed: list[Firm]) -> None:
        """Who belongs to which company by now. Nobody but a company's own admin may have changed it, nor elsewhere."""
        with self.house.store.read() as tx:
            given = tx.exec_driver_sql('SELECT company, slack_user, "right" FROM given_right').all()
            known = tx.exec_driver_sql("SELECT company, slack_user FROM staff WHERE slack_user IS NOT NULL").all()
        for firm in self.firms:
            members = frozenset(row[1] for row in (*given, *known) if row[0] == firm.id)
            admins = frozenset(row[1] for row in given if row[0] == firm.id and row[2] == Right.ADMIN)
            changed = firm.id in self.members and (members, admins) != (self.members[firm.id], self.admins[firm.id])
            theirs = firm in allowed and (not actor or actor in self.admins[firm.id])
            assert not changed or theirs, f"{act}: who belongs to {firm.word} has changed"
            self.members, self.admins = self.members | {firm.id: members}, self.admins | {firm.id: admins}

    def of(self, id: str) -> Firm:
        return next(firm for firm in self.firms if firm.id == id)

    def mine(self, team: str, user: str) -> list[Firm]:
        """The companies a user belongs to, by name."""
        mine = (f for f in self.firms if f.team == team and user in self.members[f.id])
        return sorted(mine, key=lambda f: f.name)

    def was(self, team: str, user: str) -> list[Firm]:
        """The companies a user belonged to when the act began."""
        return [f for f in self.firms if f.team == team and user in self.before[f.id]]

    def reach(self, team: str, user: str) -> list[Firm]:
        """The companies that may be meant when the user speaks: the only one of the workspace, or his own."""
        there = [firm for firm in self.firms if firm.team == team]
        return there if len(there) == 1 else self.mine(team, user)

    def invoices(self, firm: Firm, first: int, count: int) -> list[Invoice]:
        """Invoices numbered alike in every company; some are faulty in ways that are mended in forms."""
        return [self._invoice(firm, first + place) for place in range(count)]

    def _invoice(self, firm: Firm, number: int) -> Invoice:
        made = invoice(str(number), self.today.date(), 1 + number % 2)
        shown = f"{firm.canary} Asiakas Oy" if number % 2 else made.buyer.name
        account = {0: "3000", 1: "3000", 2: "9999", 3: "", 4: "3999"}[number % 5]
        lines = tuple(replace(line, name=f"{firm.canary} {line.name}", account=account) for line in made.lines)
        address = replace(made.buyer.address, name=shown) if made.buyer.address else None
        return replace(
            made,
            seller=replace(made.seller, name=firm.name, business_id=firm.business_id),
            buyer=replace(made.buyer, name=shown, address=address),
            lines=lines,
        )


def books(firm: Firm) -> Company:
    """The company's books: everybody's, with its own word in every name that a register shows."""
    made = copy.deepcopy(seed.month().companies[seed.NORTH])
    made.id = firm.number
    made.info |= {"name": firm.name, "businessIdentifier": {"brnType": "YHD", "code": firm.business_id}}
    made.keys = {firm.key: {"user": 501, "name": firm.word}}
    for account in made.settings["coa"]:
        account["name"] = f"{firm.canary} {account['name']}"
    for dimension in made.registers["dimensions"].values():
        for item in dimension["items"]:
            item["description"] = f"{firm.canary} {item['description']}"
    for register, member in (("products", "name"), ("businesspartners", "name")):
        for place, doc in enumerate(made.registers[register].values()):
            if place % 2:
                doc[member] = f"{firm.canary} {doc[member]}"
    for place, doc in enumerate(made.registers["invoices"].values()):
        for row in doc["invoiceRows"]:
            row["product"] = f"{firm.canary} {row['product']}"
        if place % 2:
            address = doc["counterParty"]["counterPartyAddress"]
            address["name"] = f"{firm.canary} {address['name']}"
    return made


def space(team: str, all_firms: tuple[Firm, ...]) -> Workspace:
    names = ("admin", "finance", "both", "member", "guest")
    people = [
        Person(user, name, name.title(), f"{name}@yhtio.example", "en-GB", is_admin=user == ADMIN)
        for user, name in zip(USERS, names, strict=True)
    ]
    people[-1] = replace(people[-1], is_restricted=True)
    rooms = [
        Channel(firm.channel, firm.word.lower(), "private", (*firm.people, "U0PRACTICEBOT"))
        for firm in all_firms
        if firm.team == team
    ]
    return Workspace(f"Tila {team}", people, rooms, commands=[Command("/procountor", "Invoices", "help")], team_id=team)


@contextmanager
def world(folder: Path, *, engine: bool = False) -> Iterator[World]:
    """Starts it all: installs the bot into each workspace by OAuth and connects the four companies.

    ``engine``: the work is done by the real one, as it comes, instead of by the driver.
    """
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(compose, "_pace", lambda settings, store: Unpaced())
        clock, all_firms = Clock(), firms()
        procountor = _procountor(stack, clock, all_firms)
        slacks = {
            team: stack.enter_context(PracticeSlack(space(team, all_firms), clock=lambda: clock().timestamp()))
            for team in (ALONE_1, ALONE_2, SHARED)
        }
        one = stack.enter_context(OneSlack(*slacks.values()))
        house = build(oauth(procountor, one, slacks[ALONE_1], fresh("sqlite", folder)))
        stack.callback(house.close)
        tasks = Tasks(house, clock)
        desk = replace(house.desk, clock=clock, timing=replace(house.desk.timing, beat=0.001))
        house = replace(house, desk=desk if engine else replace(desk, work=tasks))
        tasks._house = house
        if engine:
            worker = program.worker_of(house)
            worker.start()
            stack.callback(worker.stop)
        url = _ears(stack, house)
        for team, slack in slacks.items():
            slack.bot_url, slack.limits = url, "off"
            assert Browser().install(url, ADMIN, team).status_code == 200
        made = World(all_firms, slacks, procountor, house, tasks, clock, now())
        for firm in all_firms:
            _connect(made, firm)
        tasks.each(lambda task, company: nullcontext())  # the words to who has installed
        made.look("the beginning", "", list(all_firms))
        made.begin()
        yield made


def _procountor(stack: ExitStack, clock: Clock, all_firms: tuple[Firm, ...]) -> PracticeProcountor:
    found = seed.month()
    local = found.clock
    found.clock = lambda: local() + clock.ahead
    found.companies = {firm.number: books(firm) for firm in all_firms}
    return stack.enter_context(PracticeProcountor(found, rate=100_000))


def _ears(stack: ExitStack, house: House) -> str:
    """The front door as `kierto run` has it, without its clock: the driver ticks."""
    app = hearing.bolt(house.settings.slack_api_url)
    listen.wire(app, house.table, house.desk, lambda team, at: installing.removed(house.desk, team, at))
    config = edge.EdgeConfig(signing_secret=house.settings.slack_signing_secret.get_secret_value())
    ready: Callable[[], dict[str, object]] = lambda: {"database": "ok"}  # noqa: E731
    routes = Installer(house).routes()
    web = edge.build(config, hearing.hearing(app), house.store, house.desk.clock, ready, CollectorRegistry(), routes)
    building = roof.House()
    building.open(web)
    stack.callback(building.close)
    return f"http://{roof.HOST}:{building.port}"


def _connect(made: World, firm: Firm) -> None:
    """The company founded by the installation becomes the first firm of its workspace; a second one is founded."""
    clock = made.house.desk.clock
    with made.house.store.write() as tx:
        there = companies.of_team(tx, firm.team)
        free = next((id for id in there if companies.get(tx, id).state == companies.NEW), None)
        firm.id = free or companies.found(tx, "Uusi", firm.team, clock())
        companies.connect(tx, firm.name, firm.business_id, firm.number, 501, firm.key, clock(), firm.id)
        companies.choose(tx, firm.id, replace(choices(), result_channel=firm.channel))
        for user in USERS:
            rights.give(tx, firm.id, firm.team, user, firm.people.get(user, ()), "test", clock())
    papers.fetch_reference(made.house.desk, papers.company_of(made.house.desk, firm.id))
