"""The practice world put together: a Procountor and a Slack on loopback, and the real bot between them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import SecretStr

from bot.compose import build, now
from bot.connect import connect_company
from bot.practice_bills import led
from bot.settings import Settings
from finance.authority import Right
from handlers import papers
from handlers.routing import routes
from sandbox.month.arrivals import arrive
from sandbox.month.choices import choices
from sandbox.month.claims_file import claim_files
from sandbox.month.files import MonthFile, files
from sandbox.month.staff import employees
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.server import PracticeSlack
from sandbox.slack.workspace import Channel, Command, Hint, Person, Sample, Workspace
from storage import companies, rights
from storage.sealing import new_key

FINANCE, LEAD, CONSULTANT, GUEST = "U01ANNA", "U02MIKAEL", "U03EMMA", "U04GUEST"
RIGHTS = {FINANCE: frozenset({Right.FINANCE, Right.ADMIN, Right.RECEIVE})}
FINANCE_CHANNEL = "C01TALOUS"
INHERITED = ("PATH", "HOME", "LANG", "VIRTUAL_ENV", "COVERAGE_PROCESS_CONFIG")
"""Of our own environment, what a program of the practice world gets; the last measures what tests take of it."""
LOCALES = {"fi": "fi-FI", "sv": "sv-SE", "en": "en-GB"}
ORDER = (
    *("send invoices", "check invoices", "import", "send bills", "check bills", "runs", "run", "find", "retry", "sync"),
    *("status", "help", "setup"),
)


@dataclass(frozen=True, slots=True)
class Practice:
    """The world while it runs. ``restart`` stops the bot's process and starts it again."""

    slack: PracticeSlack
    procountor: PracticeProcountor
    files: tuple[MonthFile, ...]
    settings: Settings
    restart: Callable[[], None]


class DidNotStart(RuntimeError):
    """The bot did not come up in time; the message holds its last words."""


def workspace(today: date, language: str = "fi", *, setup: bool = False) -> Workspace:
    """The people, channels and files of the practice company; ``language`` (fi, sv, en) is its finance person's.

    ``setup``: nothing is connected yet, and she looks after the workspace.
    """
    anna = Person(FINANCE, "anna", "Anna Virtanen", "anna@pohjantuuli.example", LOCALES[language], title="Finance")
    found = Workspace(
        name="Pohjantuuli",
        people=[
            replace(anna, is_admin=setup),
            Person(LEAD, "mikael", "Mikael Lindqvist", "mikael@pohjantuuli.example", "sv-SE", title="Project manager"),
            Person(CONSULTANT, "emma", "Emma Clarke", "emma@pohjantuuli.example", "en-GB", title="Consultant"),
            Person(GUEST, "guest", "Auditor", "audit@outside.example", "en-GB", title="Guest", is_restricted=True),
            *_colleagues(),
        ],
        channels=[
            Channel(FINANCE_CHANNEL, "talous", topic="Finance: results of each batch come here"),
            Channel("C02YLEINEN", "yleinen", topic="Everybody"),
        ],
        commands=[_command()],
        shortcuts={route.name: route.usage for route in routes().of("shortcut")},
        samples=[Sample(f.name, f.content, f.note) for f in (*files(today), *claim_files(today))],
    )
    names = tuple(file.name for file in files(today))
    claims = tuple(file.name for file in claim_files(today))
    found.hints += _first_hints(names) if setup else _hints(names, claims)
    return found


def _colleagues() -> list[Person]:
    """The rest of the company, who only stand in the list of members."""
    played = {"Anna Virtanen", "Mikael Lindqvist", "Emma Clarke"}
    return [
        Person(f"U1{place:03}", one.slack.partition("@")[0], one.shown, one.slack, "fi-FI", played=False)
        for place, one in enumerate(employees())
        if one.slack and one.name not in played
    ]


def _command() -> Command:
    """``/procountor`` with everything the bot answers to, the commonest first."""
    rank = {name: place for place, name in enumerate(ORDER)}
    known = sorted(routes().of("command"), key=lambda route: rank.get(route.name, len(rank)))
    offered = tuple((route.name, route.help, route.usage) for route in known)
    about = "Invoices between your project system and Procountor"
    return Command("/procountor", about, "send invoices · import · runs · find · help", completions=offered)


def _hints(names: tuple[str, ...], claims: tuple[str, ...]) -> list[Hint]:
    return [
        Hint(FINANCE, "Drop the month’s files", "What the project system exports: Finvoice, CSV, Excel", files=names),
        Hint(FINANCE, "/procountor send invoices", "All are checked first; what is wrong is explained and mended here"),
        Hint(FINANCE, "/procountor fetch bills", "Bills that have arrived go to the people whose numbers are on them"),
        Hint(LEAD, "/procountor bills", "What waits for him: one press approves, several can be signed together"),
        Hint(FINANCE, "/procountor send bills", "Bills made in the project system: drafts without accounting data"),
        Hint(FINANCE, "Drop the month’s claims", "Who is who first: drop henkilot.csv with the others", files=claims),
        Hint(
            FINANCE, "/procountor send expenses", "Own money and company money apart; each voucher once, paid days told"
        ),
        Hint(
            CONSULTANT,
            "/procountor expense",
            "A receipt, the day it was paid, the amount: then the project lead approves",
        ),
        Hint(CONSULTANT, "/procountor travel", "Per diems and kilometres of the year, shown before anything is sent"),
        Hint(FINANCE, "/procountor unmatched", "Who is not matched between Slack, the project system and Procountor"),
        Hint(FINANCE, "/procountor find 1042", "Your number or Procountor’s: either leads to the invoice"),
        Hint(FINANCE, "/procountor paid", "Where it is told that sent invoices have been paid"),
        Hint(CONSULTANT, "/procountor send invoices", "She has no right to; only she is told, and whom to ask"),
        Hint(LEAD, "/procountor help", "The same words in Swedish, as his Slack is"),
    ]


def _first_hints(names: tuple[str, ...]) -> list[Hint]:
    """What to do first in a workspace whose books are not connected."""
    key = "The API key that the practice Procountor shows once: it is copied, paste it where the form asks for it"
    return [
        Hint(FINANCE, "/procountor setup", "You look after this Slack workspace, so you become the first admin"),
        Hint(FINANCE, "Copy the API key", key, copy=seed.API_KEY),
        Hint(FINANCE, "/procountor settings", "The company’s rules: accounts, channel, languages, bills"),
        Hint(FINANCE, "Drop the month’s files", "What the project system exports: Finvoice, CSV, Excel", files=names),
        Hint(CONSULTANT, "/procountor setup", "She is no admin; only she is told, and who is"),
    ]


def today() -> date:
    """The day in Finland, by which the practice world's documents are dated."""
    return papers.day_of(now())


@contextmanager
def world(
    *, page_port: int = 0, settle: float = 5.0, rate: float = 48.0, language: str = "fi", setup: bool = False
) -> Iterator[Practice]:
    """Starts everything and stops it at the end; nothing is left behind but what is in memory of the reader.

    ``setup``: the company is not connected; that is what the page is for.
    """
    day = today()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kierto-")))
        books = seed.month()
        arrive(books, books.companies[seed.NORTH], day)
        procountor = stack.enter_context(PracticeProcountor(books))
        slack = stack.enter_context(PracticeSlack(workspace(day, language, setup=setup), port=page_port))
        port = free_port()
        slack.bot_url = f"http://127.0.0.1:{port}"
        settings = practice_settings(procountor, slack, f"sqlite:///{folder}/kierto.db", port, settle, rate)
        if setup:
            settings = settings.model_copy(update={"procountor_api_key": SecretStr("")})
            unconnected(settings)
        else:
            led(build(settings), prepare(settings, FINANCE_CHANNEL), FINANCE, LEAD)
        bots = stack.enter_context(ExitStack())

        def restart() -> None:
            bots.close()
            bots.enter_context(running_bot(settings, folder / "bot.log"))

        restart()
        yield Practice(slack, procountor, files(day), settings, restart)


def practice_settings(
    procountor: PracticeProcountor, slack: PracticeSlack, database: str, port: int, settle: float, rate: float
) -> Settings:
    """Settings for the practice world only; nothing is read from the environment."""
    values = {
        "database_url": database,
        "kierto_secret_key": new_key(),
        "port": port,
        "kierto_settle": settle,
        "slack_signing_secret": slack.signing_secret,
        "slack_bot_token": slack.bot_token,
        "slack_api_url": slack.api_url,
        "procountor_url": procountor.url,
        "procountor_client_id": seed.CLIENT_ID,
        "procountor_client_secret": seed.CLIENT_SECRET,
        "procountor_redirect_uri": seed.REDIRECT_URI,
        "procountor_api_key": seed.API_KEY,
        "procountor_rate": rate,
    }
    return Settings(_env_file=None, **values)  # type: ignore[call-arg, arg-type]


def prepare(settings: Settings, result_channel: str = "") -> str:
    """Connects the company and gives its people their rights; gives the company's id."""
    house = build(settings)
    id = connect_company(house)
    assert id is not None
    with house.store.write() as tx:
        habits = ("bank", "channel", "languages", "reminder hour", "attachments")
        rules = replace(choices(), result_channel=result_channel, default_recipient=FINANCE, decided=habits)
        companies.choose(tx, id, rules)
        team = companies.team_of(tx, id) or ""
        for user, given in RIGHTS.items():
            rights.give(tx, id, team, user, given, "practice", house.desk.clock())
    house.close()
    return id


def unconnected(settings: Settings) -> str:
    """The workspace is known and nothing else; gives the id of its company, which has no books yet."""
    house = build(settings)
    connect_company(house)
    with house.store.read() as tx:
        (company,) = companies.everyone(tx)
    house.close()
    return company.id


@contextmanager
def running_bot(settings: Settings, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The real program, `kierto run`, as its own process with these settings."""
    with log.open("wb") as words:
        command = [sys.executable, "-m", "bot", "run"]
        bot = subprocess.Popen(command, env=environment(settings), stdout=words, stderr=words)  # noqa: S603 - ourselves
        try:
            wait_ready(bot, settings.port, log)
            yield bot
        finally:
            bot.terminate()
            with suppress(subprocess.TimeoutExpired):
                bot.wait(timeout=15)
            bot.kill()


def environment(settings: Settings) -> dict[str, str]:
    """The settings as environment variables for another process."""
    kept = {name: value for name, value in os.environ.items() if name in INHERITED}
    for name, value in settings:
        plain = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        kept[name.upper()] = str(plain)
    return kept | {"PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUNBUFFERED": "1"}


def wait_ready(bot: subprocess.Popen[bytes], port: int, log: Path, seconds: float = 60.0, pause: float = 0.1) -> None:
    """Returns when the program says that it is ready, asked every ``pause`` seconds. Raises DidNotStart."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and bot.poll() is None:
        with suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(
                f"http://127.0.0.1:{port}/health/ready", timeout=1
            ).close()  # our own address, written above  # nosec B310
            return
        time.sleep(pause)
    raise DidNotStart(f"The bot did not start. Its last words:\n{log.read_text()[-2000:]}")


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
