"""Several workspaces behind one Slack and the bot that was installed into them by OAuth, in one process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot import practice, program
from bot.compose import House, build, now
from bot.engine import Worker
from bot.plain import lines
from bot.settings import Settings
from finance.authority import Right
from handlers import papers
from handlers.chat import Picture
from sandbox.month.choices import choices
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.server import PracticeSlack
from sandbox.slack.together import OneSlack
from sandbox.slack.workspace import Command, Person, Workspace
from storage import companies, rights
from tests.support.browsing import Browser

ANNA, BERTIL, GUEST = "U01ANNA", "U02BERTIL", "U04GUEST"


class Clock:
    """The real time, and ``ahead``."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return now() + self.ahead


@dataclass
class Many:
    """The bot and its workspaces; `slack` is the first one's."""

    slacks: tuple[PracticeSlack, ...]
    one: OneSlack
    procountor: PracticeProcountor
    house: House
    url: str
    clock: Clock
    worker: Worker | None = None

    @property
    def slack(self) -> PracticeSlack:
        return self.slacks[0]

    def install(self, slack: PracticeSlack, user: str = ANNA, browser: Browser | None = None, **more: str) -> Any:
        """Installs the app into a workspace; gives the last page."""
        return (browser or Browser()).install(self.url, user, slack.workspace.team_id, **more)

    def company(self, slack: PracticeSlack) -> str:
        """The one company of a workspace."""
        with self.house.store.read() as tx:
            (found,) = companies.of_team(tx, slack.workspace.team_id)
        return found

    def connect(self, slack: PracticeSlack, key: str = seed.API_KEY, *users: str) -> str:
        """Connects the workspace's new company to its books, and gives the users the right to send."""
        return self.connected(self.company(slack), slack, key, *users)

    def another(self, slack: PracticeSlack, key: str, *users: str) -> str:
        """One more company in the workspace, connected; gives its id."""
        with self.house.store.write() as tx:
            id = companies.found(tx, "Uusi", slack.workspace.team_id, self.clock())
        return self.connected(id, slack, key, *users)

    def connected(self, id: str, slack: PracticeSlack, key: str, *users: str) -> str:
        team = slack.workspace.team_id
        books = self.procountor.world.companies[seed.NORTH if key == seed.API_KEY else seed.SOUTH]
        name, business_id = str(books.info["name"]), str(books.info["businessIdentifier"]["code"])
        clock = self.house.desk.clock
        with self.house.store.write() as tx:
            companies.connect(tx, name, business_id, books.id, 501, key, clock(), id)
            companies.choose(tx, id, choices())
            for user in users or (ANNA,):
                rights.give(tx, id, team, user, (Right.FINANCE, Right.ADMIN), "test", clock())
        papers.fetch_reference(self.house.desk, papers.company_of(self.house.desk, id))
        return id

    def text(self, slack: PracticeSlack, user: str = ANNA) -> str:
        """The user's direct conversation with the bot."""
        return "\n".join(shown(m) for m in slack.messages(slack.dm(user)))

    def until(self, slack: PracticeSlack, words: str, user: str = ANNA, seconds: float = 30.0) -> str:
        """Waits until the direct conversation says it."""
        slack.wait_for(lambda: words in self.text(slack, user), seconds)
        return self.text(slack, user)

    def whispered(self, slack: PracticeSlack, command: str, words: str, user: str = ANNA) -> str:
        """Types a command and waits for the answer that only the user sees."""
        before = len(slack.whispers(user))
        assert slack.command(user, command).ok

        def told() -> str:
            return "\n".join(shown(m) for m in slack.whispers(user)[before:])

        slack.wait_for(lambda: words in told(), 20)
        return told()

    def trail(self, what: str) -> list[Any]:
        """The rows of the trail of one kind, of all companies."""
        with self.house.store.read() as tx:
            rows = tx.exec_driver_sql("SELECT company, who, subject, details, what FROM audit ORDER BY seq").all()
        return [row for row in rows if row.what == what]

    def start_worker(self) -> None:
        self.worker = program.worker_of(self.house)
        self.worker.start()

    def stop_worker(self) -> None:
        if self.worker is not None:
            self.worker.stop()
            self.worker = None


def shown(message: Any) -> str:
    """A message, a form or a Home tab as plain text."""
    return "\n".join(
        lines(Picture(getattr(message, "text", "") or getattr(message, "title", ""), tuple(message.blocks)))
    )


def place(team: str, name: str) -> Workspace:
    """A workspace with the same people, by the same ids, as every other."""
    people = [
        Person(ANNA, "anna", "Anna Virtanen", "anna@yhtio.example", "en-GB", is_admin=True),
        Person(BERTIL, "bertil", "Bertil Holm", "bertil@yhtio.example", "en-GB"),
        Person(GUEST, "guest", "Auditor", "audit@outside.example", "en-GB", is_restricted=True),
    ]
    made = Workspace(name, people, commands=[Command("/procountor", "Invoices", "help")], team_id=team)
    made.app = replace(made.app, bot_token=f"xoxb-by-hand-{team.lower()}")
    return made


def oauth(procountor: PracticeProcountor, one: OneSlack, slack: PracticeSlack, database: str, **more: Any) -> Settings:
    """Settings of a bot that is installed by OAuth; ``more`` replaces some."""
    known = practice.practice_settings(procountor, slack, database, 0, 2.0, 60.0)
    app = slack.workspace.app
    by_oauth = {"slack_client_id": app.client_id, "slack_client_secret": app.client_secret}
    none = {"slack_bot_token": "", "procountor_api_key": "", "slack_api_url": one.api_url}
    values = {name: getattr(known, name) for name in Settings.model_fields} | by_oauth | none | more
    return Settings(_env_file=None, **values)  # type: ignore[call-arg]


@contextmanager
def many(database: str, *teams: str, working: bool = True, **settings: Any) -> Iterator[Many]:
    """Starts the world and the bot; nothing is installed yet."""
    with ExitStack() as stack:
        procountor = stack.enter_context(PracticeProcountor(seed.month()))
        spaces = [place(team, f"Työtila {number}") for number, team in enumerate(teams or ("T0YKSI",), 1)]
        slacks = tuple(stack.enter_context(PracticeSlack(space)) for space in spaces)
        one = stack.enter_context(OneSlack(*slacks))
        house = build(oauth(procountor, one, slacks[0], database, **settings))
        clock = Clock()
        house = replace(house, desk=replace(house.desk, clock=clock, timing=replace(house.desk.timing, beat=0.1)))
        stack.callback(house.close)
        made = Many(slacks, one, procountor, house, "", clock)
        stack.callback(made.stop_worker)
        if working:
            made.start_worker()
        ears = program.Ears(house)
        made.url = f"http://127.0.0.1:{ears.start()}"
        stack.callback(ears.stop)
        for slack in slacks:
            slack.bot_url = made.url
        yield made
