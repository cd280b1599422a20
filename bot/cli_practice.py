"""Commands of the practice world: try, and the practice Procountor alone."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.console import out
from bot.program import NotReady, stopping

STEPS = (
    "1. Press [bold]Drop the month’s files[/], at the top of the page.",
    "2. Type [bold]/procountor send invoices[/], and press what you see.",
)
FIRST_STEPS = (
    "Nothing is connected yet, and you look after the Slack workspace.",
    "1. Type [bold]/procountor setup[/], and press what you see.",
    "2. Where the form asks for the API key, paste [bold]practice-key-north[/].",
)


class Spoken(StrEnum):
    """The languages Kierto speaks."""

    EN = "en"
    FI = "fi"
    SV = "sv"


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("try")(try_)
    box = typer.Typer(help="Parts of the practice world alone, for those who build on the same interfaces.")
    box.command("procountor")(procountor)
    app.add_typer(box, name="sandbox")


def try_(
    headless: Annotated[bool, typer.Option("--headless", help="Play the month-end story and print it")] = False,
    port: Annotated[int, typer.Option(help="Where the page is; 0 for any free port")] = 8765,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser")] = False,
    language: Annotated[Spoken, typer.Option(help="The language Anna of finance has in her Slack")] = Spoken.EN,
    setup: Annotated[bool, typer.Option("--setup", help="Begin before the company is connected")] = False,
) -> None:
    """A whole practice month in one browser page: no account, no token, no network.

    Example: [bold]kierto try[/]; [bold]kierto try --headless[/] to read the story in the terminal;
    [bold]kierto try --setup[/] to connect the company first, as its admin does.
    """
    from bot import practice, story

    try:
        if headless:
            raise typer.Exit(story.tell(language.value))
        _free(port)
        stop = stopping()
        started = practice.world(page_port=port, language=language, setup=setup)
        with out.status("Starting the practice world…"), started as world:
            _begin(world.slack.url, world.procountor.url.removesuffix("/api"), FIRST_STEPS if setup else STEPS)
            if open_page:
                webbrowser.open(world.slack.url)
            stop.wait()
    except practice.DidNotStart as told:
        raise NotReady(str(told)) from told


def _begin(url: str, levers: str, steps: Sequence[str]) -> None:
    """Where the page is, who you are there, and what to do first."""
    out.print(f"\n  [bold green]Kierto is ready:[/]  [bold underline]{url}[/]\n", highlight=False)
    out.print("  You are Anna, who does the finances of a consultancy of sixty people.")
    for line in steps:
        out.print(f"  {line}")
    out.print(f"  Levers of the practice Procountor: {levers}/practice (docs/sandbox.md).", highlight=False)
    out.print("  Mikael leads projects and reads Swedish; Emma has no rights. Ctrl-C ends it.\n")


def _free(port: int) -> None:
    """Raises NotReady for a port that something listens on."""
    with socket.socket() as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as taken:
            told = f"Port {port} cannot be had: does another practice world run? Choose another with --port."
            raise NotReady(told) from taken


def procountor(
    port: Annotated[int, typer.Option(help="Where it listens on 127.0.0.1")] = 8766,
    keep: Annotated[Path | None, typer.Option(help="A file that keeps its state between starts")] = None,
    rate: Annotated[int, typer.Option(help="Requests a second it takes from one API client")] = 60,
) -> None:
    """A Procountor that behaves as documented, seeded with a month of a consultancy.

    Example: [bold]kierto sandbox procountor --port 8766[/]
    """
    from sandbox.procountor import seed
    from sandbox.procountor.server import serve

    _free(port)
    out.print(f"Practice Procountor at [bold]http://127.0.0.1:{port}/api[/]", highlight=False)
    out.print(f"client id {seed.CLIENT_ID}, secret {seed.CLIENT_SECRET}, API key {seed.API_KEY}", highlight=False)
    serve(port, seed.month(path=keep), rate=rate)
