"""One trial: the time that passes, the processes that live and die in it, and the people at both ends."""

from __future__ import annotations

import heapq
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from finance.circulation import Act
from finance.outcomes import Noted
from finance.transfer import FINAL, State, Timing
from handlers import decide, deciding, mark_paid, papers, pausing, queueing, sweep, transfer
from handlers.deciding import Press
from procountor.errors import ProcountorError
from storage import bills, claim_money, companies, decisions, documents, rights, runs, transfers
from tests.simulator import scene as scenes
from tests.simulator import steady
from tests.simulator.books import START, Books
from tests.simulator.house import Engine, Memory, desk
from tests.simulator.line import Line
from tests.simulator.played import Played, Tables
from tests.simulator.points import Crash, Strike, Watch
from tests.simulator.weather import CLIMATES, Weather

DAY = 86_400.0
HORIZON = 4 * DAY
ATTEMPTS = 5  # bot.engine
REST = 4.0  # seconds until a dead process is back
OPEN = tuple(state.value for state in State if state not in FINAL)
PRESSES = 4  # times a person presses before he asks somebody


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole trial. ``people``: what people do in Procountor, and how many seconds after the draft or bill is there.

    ``sight``: (what our key sees: blind, forbidden, revoked; from, to). ``forced``: faults certain to come, by route.
    """

    kind: str = "sales"
    seed: int = 0
    climate: str = "calm"
    strikes: tuple[Strike, ...] = ()
    people: tuple[tuple[str, float], ...] = ()
    sight: tuple[str, float, float] | None = None
    forced: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sweep: bool = False
    twice: bool = False  # what is wanted is asked for a second time
    settle: float = 600.0
    real: bool = False  # on the real database instead of the played one


@cache
def memory(kind: str) -> Memory:
    """One database of each scene for all trials of a process; it is loaded anew when a trial has written to it."""
    steady.put_up()
    return Memory()


def forget() -> None:
    """Scenes are made anew: something they are made with has changed."""
    scenes.scene.cache_clear()
    scenes.forget()
    steady.SHELF.forget()
    memory.cache_clear()


class World:
    """Everything of one trial. ``now`` is in seconds since its beginning."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.scene = scenes.scene(plan.kind)
        self.now = 0.0
        self.alarms: list[str] = []  # what admins were told to look at
        self.sight = ""
        self.dice = random.Random(plan.seed)
        self.weather = Weather(
            CLIMATES[plan.climate], random.Random(plan.seed + 1), {r: list(f) for r, f in plan.forced}
        )
        self.books = Books(lambda: self.now, self.weather.lag)
        self.line = Line(self)
        self.watch = Watch(list(plan.strikes), self._strike)
        self.store: Any = self._opened()
        self.backup = self.store.image()
        scenes.begin(plan.kind, self.books)
        self.store.hit = self.watch.hit
        self.engine = Engine(self)
        self.timing = Timing(settle=plan.settle)
        self.desk = desk(self, self.timing)
        self.crashes = self.presses = 0
        self.told_no = 0
        self.withdrawn: float | None = None  # when Anna lost her right
        self.seen = ""  # the account she saw when she pressed last
        self.forgot = False  # a backup was put back: what was decided since is known to Procountor only
        self.prints: dict[tuple[float, str], tuple[str, bool]] = {}  # what a bill said when an approval took effect
        self.broken: list[str] = []  # promises seen broken on the way
        self._restore = False
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._order = 0
        self._met: set[str] = set()
        self._unheard: list[Callable[[], None]] = []
        self._swept = 0
        self._begin()

    # the trial

    def _opened(self) -> Memory | Played:
        """The real database in memory, or the played one beside it."""
        real = memory(self.plan.kind)
        real.hit = None
        steady.SHELF.begin(self.plan.kind)
        if self.plan.real or real.scene != self.plan.kind:
            real.load(self.scene.image)
            real.scene = "" if self.plan.real else self.plan.kind
        if self.plan.real:
            return real
        store = Played(real)
        store.load(scenes.rows(self.scene, real))
        store.alarms = self.alarms
        return store

    def _begin(self) -> None:
        self.later(1.0, self.wish)
        if self.plan.twice:
            self.later(self.dice.uniform(1.0, 900.0), self.wish)
        if self.plan.sight:
            what, start, end = self.plan.sight
            self.later(start, lambda: self._see(what))
            self.later(end, lambda: self._see(""))

    def run(self) -> World:
        """To the end: until nothing is left to be done, or the horizon."""
        while self.now < HORIZON and self.turn():
            pass
        return self

    def hear(self, said: Callable[[], None]) -> None:
        """What a person says is kept before it is acted on: after a death it is acted on again."""
        self._unheard.append(said)
        said()
        if said in self._unheard:  # else another has taken it up while this one slept
            self._unheard.remove(said)

    def turn(self, until: float = HORIZON) -> bool:
        """One thing, whatever comes first; False when nothing comes before ``until``, which it is then."""
        try:
            return self._turn(until)
        except Crash:
            self.rise()
            return True

    def rise(self) -> None:
        """A new process, or the one after that."""
        while True:
            try:
                return self.restart()
            except Crash:
                continue  # dead again before it was up

    def _turn(self, until: float) -> bool:
        self.elapse(0.0)
        task, happening = self.store.due(), self._later[0][0] if self._later else None
        open_ = self.unfinished() if task is None or task[3] > self.now + 30 else True
        tick = (self.now // 30 + 1) * 30 if open_ else None
        moments = [at for at in (task[3] if task else None, happening, tick) if at is not None]
        if not moments:
            return self._sweep()
        at = min(moments)
        if at > until:
            self.now = max(self.now, until)
            return False
        self.now = max(self.now, at)
        if happening is not None and happening <= at:
            heapq.heappop(self._later)[2]()
        elif task is not None and task[3] <= at:
            self._perform(task)
        else:
            self.tick()
        return True

    def later(self, seconds: float, happen: Callable[[], None]) -> None:
        """Something that the bot does not do itself."""
        self._order += 1
        heapq.heappush(self._later, (self.now + seconds, self._order, happen))

    def elapse(self, seconds: float) -> None:
        """Time passes while something waits for an answer: the world does not stand still meanwhile."""
        self.now += seconds
        while self._later and self._later[0][0] <= self.now:
            heapq.heappop(self._later)[2]()

    def tick(self) -> None:
        """The clock of every process."""
        if self.now % 60 < 30 and self.plan.kind in ("sales", "cost"):
            transfer.rouse(self.desk)
            if self.plan.kind == "cost":
                mark_paid.rouse(self.desk)
        if self.plan.kind.startswith("bill"):
            decide.rouse(self.desk)

    # tasks

    def _perform(self, row: Any) -> None:
        id, task, args, _, tries = row
        self.store.put(id, "runs")
        known = HANDS.get(task)
        try:
            if known is None:
                self.store.put(id, "told")
                return
            known(self, *json.loads(args))
        except Exception as failed:  # noqa: BLE001 (as the engine: any error is tried again)
            self._failed(id, tries + 1, failed)
            return
        self.store.put(id, "done")

    def _failed(self, id: str, tries: int, failed: Exception) -> None:
        if not isinstance(failed, ProcountorError):
            self.broken.append(f"{type(failed).__name__}: {failed}")
        state = "waits" if tries < ATTEMPTS else "error"
        self.store.put(id, state, tries, self.now + 2.0**tries)

    # death, sleep and what was saved

    def _strike(self, strike: Strike) -> None:
        if strike.what == "crash":
            raise Crash
        if strike.what == "backup":
            self.backup = self.store.image()
        elif strike.what == "restore":
            self._restore = True
            raise Crash
        else:
            self.sleep(strike.seconds)

    def restart(self) -> None:
        """A new process; what the dead one had under way is taken up again."""
        self.crashes += 1
        self.store.lives = self.crashes
        if self._restore:
            self._restore, self.forgot = False, True
            self.store.load(self.backup)
            self.elapse(self.dice.uniform(120.0, 3600.0))  # whoever restores takes longer than a lost request lives
            self.later(60.0, self.wish)
        self.elapse(REST)
        self.store.take_over(self.now)
        self.desk = desk(self, self.timing)
        unheard, self._unheard = self._unheard, []
        for said in unheard:
            self.later(0.0, lambda said=said: self.hear(said))  # type: ignore[misc]

    def sleep(self, seconds: float) -> None:
        """The process is frozen where it stands; another takes over its work, and it wakes knowing nothing of that."""
        asleep, wakes = self.desk, self.now + seconds
        self.desk = desk(self, self.timing)
        self.store.take_over(self.now)
        while self.turn(wakes) and self.now < wakes:
            pass
        self.now, self.desk = max(self.now, wakes), asleep

    # people

    def wish(self) -> None:
        """Somebody presses send, or approve."""
        if self.plan.kind.startswith("bill"):
            self.hear(lambda: self._press(scenes.ANNA))
        else:
            self.hear(self._send)

    def _send(self) -> None:
        d, s = self.desk, self.scene
        with d.store.write() as tx:
            company = companies.get(tx, s.company)
            run, doc = runs.get(tx, s.company, s.run), documents.get(tx, s.company, s.document)
            queueing._queue_one(d, tx, company, run, doc, 0)  # what the press does with each of a batch
        self._meddle_soon()

    def _press(self, user: str) -> None:
        """On what he last saw. Who is told that nothing has happened presses again, a few times."""
        s, self.presses = self.scene, self.presses + 1
        if self.presses > PRESSES * 2:
            return
        with self.store.read() as tx:
            kept = bills.get(tx, s.company, s.bill)
        assert kept is not None
        self.seen = kept.bill.iban
        press = Press(s.bill, kept.print, Act.APPROVE, digits=kept.bill.iban[-4:])
        self._meddle_soon()
        try:
            outcome = deciding.begin(self.desk, papers.company_of(self.desk, s.company), scenes.TEAM, user, press)
        except ProcountorError:
            self.later(60.0, lambda: self.hear(lambda: self._press(user)))
            return
        if isinstance(outcome, Noted) and user == scenes.ANNA and self.plan.kind == "bill two":
            self.later(self.dice.uniform(1.0, 900.0), lambda: self.hear(lambda: self._press(scenes.MIKA)))

    def sorry(self, company: str, decision: str) -> None:
        """A person hears that it came to nothing."""
        self.told_no += 1
        with self.store.read() as tx:
            d = decisions.get(tx, company, int(decision))
        if self.books.docs[d.bill]["status"] in ("RECEIVED", "UNFINISHED"):
            self.later(30.0, lambda: self.hear(lambda: self._press(d.user)))

    def _meddle_soon(self) -> None:
        for what, after in self.plan.people:
            if what not in self._met:
                self._met.add(what)
                self.later(after, lambda what=what: self.meddle(what))  # type: ignore[misc]

    def meddle(self, what: str) -> None:
        """Somebody does something to what is there, at Procountor's own screen; or takes a right away in ours."""
        if what == "withdraw":
            self.withdrawn = self.now
            with self.store.write() as tx:
                withdraw(tx, self.scene.company, scenes.TEAM, scenes.ANNA)
            return
        open_ = [id for id, doc in self.books.docs.items() if id != scenes.KNOWN and doc["status"] in
                 ("UNFINISHED", "RECEIVED")]  # fmt: skip
        if not open_:
            return
        id = self.dice.choice(open_)
        act: Callable[[int], Any] = getattr(self.books, what)
        act(id) if what != "invalidate" else self._cancel(id)

    def _cancel(self, id: int) -> None:
        if self.books.docs[id]["status"] == "UNFINISHED":
            self.books.invalidate(id, 777)

    def _see(self, what: str) -> None:
        self.sight = what

    # what the end looks like

    def unfinished(self) -> bool:
        """Whether something of ours is on its way."""
        if self.plan.kind.startswith("bill"):
            return self.store.open("decision", (decisions.NOTED, decisions.SENT, decisions.UNSURE))
        if self.store.open("transfer", OPEN):
            return True
        return self.plan.kind == "cost" and self.store.open("claim_mark", (claim_money.NEW, claim_money.MARKING))

    def intended(self, name: str) -> bool:
        """Whether what is about to leave has been noted, and the note committed (or needs none)."""
        s = self.scene
        with self.store.read() as tx:
            if name in ("POST invoices", "POST attachments"):
                t = transfers.of(tx, s.company, s.document)
                return t is not None and t.create_at is not None
            if name.endswith("/markpaid"):
                return any(m.noted_at is not None for m in claim_money.marks(tx, s.company))
            if name.endswith("/approve"):
                return any(d.sent_at is not None for d in decisions.of_bill(tx, s.company, s.bill))
        return True

    def _sweep(self) -> bool:
        """The sweep looks an hour and a day after the end; False when there is nothing more to be done."""
        wanted = self.plan.sweep or len(self.books.made(self.marker())) > 1
        if self.plan.kind.startswith("bill") or self._swept == 2 or not wanted:
            return False
        self._swept += 1
        self.elapse(3600.0 if self._swept == 1 else DAY)
        with self.store.write() as tx:
            args = [self.scene.company]
            self.engine.soon(tx, "hear", "drafts.sweep", f"{self._swept}", self.scene.company, args)
        return True

    def marker(self) -> str:
        """The mark of the document the trial is about; "" before it was asked for."""
        with self.store.read() as tx:
            t = transfers.of(tx, self.scene.company, self.scene.document)
        return t.marker if t else ""


def withdraw(tx: Any, company: str, team: str, user: str) -> None:
    """Somebody's right to approve is taken away."""
    if isinstance(tx, Tables):
        tx.change("given_right", "")[user] = ()
    else:
        rights.give(tx, company, team, user, (), "T1/UADMIN", START)


def _try_key(world: World, company: str) -> None:
    """The trial of a refused key: `handlers.probing`, without what it shows to people."""
    with world.store.write() as tx:
        if world.sight == "revoked":
            pausing.try_later(world.desk, tx, company)
        elif companies.set_state(tx, company, companies.READY):
            pausing.take_up(world.desk, tx, company)


HANDS: dict[str, Callable[..., None]] = {
    "transfer.carry": lambda w, *args: transfer.carry(w.desk, *args),
    "claims.mark": lambda w, *args: mark_paid.carry(w.desk, *args),
    "bill.decide": lambda w, *args: decide.carry(w.desk, *args),
    "drafts.sweep": lambda w, *args: sweep.sweep(w.desk, *args),
    "connection.try": _try_key,
    "bill.sorry": lambda w, *args: w.sorry(*args),
}
"""What the simulator does of what is asked for; messages are only noted to have been asked for."""


def run(plan: Plan, **changed: Any) -> World:
    """The trial, carried out."""
    return World(replace(plan, **changed) if changed else plan).run()
