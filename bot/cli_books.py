"""Commands that do a journey's work without Slack: import and send."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import Progress

from bot import program
from bot.cli_company import Name, company_named
from bot.compose import House, build, check_keys
from bot.console import complain, out, settings
from bot.plain import lines
from bot.program import NotReady
from bot.takeover import Occupied
from finance.faults import Fault
from finance.invoice import Kind
from handlers import bringing, claim_sections, gather, papers, queueing, registering, starting
from handlers.views import batches, details, imports
from handlers.views.batch import Batch, Stand
from handlers.views.causes import of_fault
from handlers.views.tongue import Tongue
from procountor.errors import ProcountorError
from storage import runs

PATIENCE = 300.0  # seconds for a check; a batch of two thousand takes some ten

Language = Annotated[str, typer.Option("--language", help="fi, sv or en")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("import")(import_)
    sends = typer.Typer(help="Check and send documents to Procountor as drafts.", no_args_is_help=True)
    sends.command("invoices")(send)
    sends.command("bills")(send_bills)
    sends.command("expenses")(send_expenses)
    app.add_typer(sends, name="send")


def import_(
    files: Annotated[list[Path], typer.Argument(help="Finvoice, CSV or Excel files, attachments, lists")],
    company: Name = "",
    language: Language = "en",
    sales: Annotated[bool, typer.Option("--sales", help="The invoices are ours though the file names another")] = False,
    bills: Annotated[bool, typer.Option("--bills", help="They are bills to us though the file names another")] = False,
) -> None:
    """Bring in invoices and bills, and lists of people, projects, customers, work types and payment types.

    Example: [bold]kierto import lokakuu.xml laskut.csv lasku-1042.pdf[/]. Exit code 1 when something could not be read.
    """
    house = build(settings())
    check_keys(house)
    chosen = company_named(house, company)
    read = []
    for path in files:
        try:
            read.append((path.name, path.read_bytes()))
        except OSError as failed:
            complain(f"{path}: {failed.strerror}")
            raise typer.Exit(2) from failed
    if sales and bills:
        complain("The files are either sales or bills: give one of --sales and --bills.")
        raise typer.Exit(2)
    direction = Kind.SALES_INVOICE if sales else Kind.BILL if bills else None
    found = bringing.bring(house.desk, chosen.id, read, registering.COMMAND_LINE, direction)
    for line in lines(imports.told(Tongue(language), found), buttons=False):
        out.print(escape(line), highlight=False)
    house.close()
    raise typer.Exit(1 if any(not fault.warning for fault in found.faults) else 0)


def send(
    words: Annotated[list[str], typer.Argument(help="[numbers | 1040-1052 | project:X | all] [dry]")] = [],  # noqa: B006
    company: Name = "",
    language: Language = "en",
) -> None:
    """Check invoices and send the clean ones; the same journey as in Slack.

    Example: [bold]kierto send invoices 1040-1052[/]. Exit code 1 when some were not sent.
    """
    _send_kind(Kind.SALES_INVOICE, words, company, language)


def send_bills(
    words: Annotated[list[str], typer.Argument(help="[numbers | 1040-1052 | all] [dry]")] = [],  # noqa: B006
    company: Name = "",
    language: Language = "en",
) -> None:
    """Check the project system's bills and send the clean ones, without accounting data; the same journey as in Slack.

    Example: [bold]kierto send bills all[/]. Exit code 1 when some were not sent.
    """
    _send_kind(Kind.BILL, words, company, language)


def send_expenses(
    words: Annotated[list[str], typer.Argument(help="[own | card | travel | all] [numbers] [dry]")] = [],  # noqa: B006
    company: Name = "",
    language: Language = "en",
) -> None:
    """Check expense and travel claims and send the clean ones: own money, then company money; as in Slack.

    Example: [bold]kierto send expenses own[/]. Exit code 1 when some were not sent.
    """
    wanted, rest = claim_sections.named(" ".join(words))
    codes = []
    for kind in wanted:
        try:
            _send_kind(kind, rest.split(), company, language)
        except typer.Exit as done:
            codes.append(done.exit_code)
    raise typer.Exit(max(codes, default=0))


def _send_kind(kind: Kind, words: list[str], company: str, language: str) -> None:
    house = build(settings())
    check_keys(house)
    chosen = company_named(house, company)
    say, who = Tongue(language, kind=kind), ("", "command line")
    with _working(house):
        run = starting.start_batch(house.desk, chosen.id, who, kind, " ".join(words), uuid.uuid4().hex)
        if isinstance(run, Fault):
            cause = of_fault(say, run)
            complain(f"{cause.says} {cause.do}".strip())
            raise typer.Exit(2)
        batch = _checked(house, chosen.id, run)
        if batch.state == "preview" and not batch.dry and batch.of(Stand.READY):
            _send(house, chosen.id, run)
            batch = _settled(house, chosen.id, run, say)
    _print(say, batch)
    house.close()
    raise typer.Exit(1 if batch.of(Stand.FAULTY, Stand.REFUSED, Stand.PARKED) or batch.state == "failed" else 0)


@contextmanager
def _working(house: House) -> Iterator[None]:
    """Works in this process, unless a worker is at work on this database already."""
    worker = program.worker_of(house)
    try:
        worker.start()
    except Occupied:
        yield
        return
    try:
        yield
    finally:
        worker.stop()


def _checked(house: House, company: str, run: int) -> Batch:
    end = time.monotonic() + PATIENCE
    while (batch := gather.batch(house.desk, company, run)[1]).state == "checking":
        if time.monotonic() > end:
            raise NotReady("The check is not getting on: is the worker of `kierto run` at work? Try again.")
        time.sleep(0.1)
    return batch


def _send(house: House, company: str, run: int) -> None:
    with house.store.read() as tx:
        found = runs.get(tx, company, run)
    try:
        queueing.queue(house.desk, papers.company_of(house.desk, company), found, ("preview",), "command line")
    except ProcountorError as failed:
        raise NotReady("Procountor did not answer just now; nothing was sent. Try again in a moment.") from failed


def _settled(house: House, company: str, run: int, say: Tongue) -> Batch:
    """Waits until every invoice is settled, showing how far it is."""
    moving = (Stand.WAITING, Stand.CHECKING)
    with Progress(console=out) as progress:
        task = progress.add_task(say("Sending"), total=None)
        while True:
            batch = gather.batch(house.desk, company, run)[1]
            settled = len(batch.of(Stand.SENT, Stand.REFUSED, Stand.PARKED))
            progress.update(task, completed=settled, total=settled + len(batch.of(*moving)))
            if papers.company_of(house.desk, company).state == "paused":
                raise NotReady("Procountor does not accept the API key any more: what is left waits. Renew the key.")
            if not batch.of(*moving):
                with house.store.write() as tx:
                    runs.move(tx, run, ("sending",), "done", house.desk.clock())
                return gather.batch(house.desk, company, run)[1]
            threading.Event().wait(0.2)


def _print(say: Tongue, batch: Batch) -> None:
    for picture in (batches.picture(say, batch, lambda _: "-"), *details.pages(say, batch)):
        for line in lines(picture, buttons=False):
            out.print(escape(line), highlight=False)
