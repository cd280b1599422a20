"""Commands for the day something breaks: a backup, putting it back, and letting sending go on after it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from bot import backup as copies
from bot import tidying
from bot.cli_company import Name, company_named
from bot.compose import build, now
from bot.console import out, settings
from bot.heads import heads_of
from handlers import safe_mode
from storage import audit, holding, retention
from storage.database import Store


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(backup)
    app.command()(restore)
    app.command("go-on")(go_on)
    app.command()(tidy)
    app.command("keep-all")(keep_all)


def backup(file: Annotated[Path, typer.Argument(help="The copy; FILE.json beside it holds its checksum")]) -> None:
    """Copy the database while Kierto is at work, and prove the copy. PostgreSQL: with pg_dump.

    Example: [bold]kierto backup /backup/kierto-2026-11-26.db[/]. Keep KIERTO_SECRET_KEY elsewhere.
    """
    made = copies.take(settings(), file, now())
    name = escape(str(file))
    out.print(f"[green]✓[/] {name}: {made.size:,} bytes, sha256 {made.sha256}, trail {made.head}", soft_wrap=True)


def restore(file: Annotated[Path, typer.Argument(help="A backup, with its FILE.json beside it")]) -> None:
    """Put a backup in the place of the database. Stop Kierto first; what stands there is kept under another name.

    Afterwards nothing is sent to Procountor until an admin presses the button in Slack, or you type `kierto go-on`.

    Example: [bold]kierto restore /backup/kierto-2026-11-26.db[/]
    """
    found, at = settings(), now()
    aside = copies.restore(found, file, at)
    store = Store(found.database_url)
    copies.renew_heads(heads_of(found, store), at)
    store.close()
    stood = f" What stood there is {aside}." if aside else ""
    out.print(f"[green]✓[/] {escape(f'{file} is in place.{stood}')}", soft_wrap=True)
    out.print(
        "Start Kierto: it looks in Procountor for what is missing, and asks your admins before it sends anything."
    )


def go_on(company: Name = "") -> None:
    """Let sending go on after a backup was put back, when no admin can do it in Slack.

    Example: [bold]kierto go-on --company "Pohjola Consulting Oy"[/]
    """
    house = build(settings())
    chosen = company_named(house, company)
    with house.store.write() as tx:
        ended = safe_mode.release(house.desk, tx, chosen.id, "command line", house.desk.clock())
        still = holding.held(tx, chosen.id)
    house.close()
    assert still is None
    out.print("[green]✓[/] Sending goes on." if ended else "Nothing was held back.")


def tidy() -> None:
    """Forget now what is due; Kierto does it each night. On PostgreSQL also as the owner, for the oldest of the trail.

    Example: [bold]kierto tidy[/]
    """
    house = build(settings())
    gone = tidying.night(house.store, house.desk.clock())
    house.close()
    for what, count in sorted(gone.items()):
        out.print(f"{count:>8} {what}")


def keep_all(
    why: Annotated[str, typer.Argument(help="What it is about, for whoever asks later; left out: shows it")] = "",
    end: Annotated[bool, typer.Option("--end", help="Forget again what is due")] = False,
    company: Name = "",
) -> None:
    """A legal hold: until it is ended nothing of the company is forgotten, however old.

    Example: [bold]kierto keep-all "case 26/1187"[/], [bold]kierto keep-all --end[/]
    """
    house = build(settings())
    chosen = company_named(house, company)
    with house.store.write() as tx:
        if why or end:
            retention.hold(tx, chosen.id, "" if end else why)
            what = "hold.ended" if end else "hold.begun"
            audit.note(tx, chosen.id, "command line", what, chosen.id, house.desk.clock(), why=why)
        held = retention.held(tx, chosen.id)
    house.close()
    told = f"Nothing of {chosen.name} is forgotten: {held}" if held else f"{chosen.name}: no legal hold."
    out.print(escape(told))
