"""Commands for the key that seals what is secret: making one, and changing it."""

from __future__ import annotations

import typer
from rich.table import Table as Grid

from bot.console import complain, out, settings
from storage import resealing
from storage.database import Store
from storage.resealing import Count
from storage.sealing import KeyMissing, new_key


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(key)
    app.command()(rotate)


def key() -> None:
    """Make a key for KIERTO_SECRET_KEY. To change keys put it before the old one, with a comma: see `kierto rotate`.

    Example: [bold]kierto key[/]
    """
    print(new_key())  # noqa: T201 - alone on its line, so that it can be piped


def rotate() -> None:
    """Seal everything secret anew with the newest key of KIERTO_SECRET_KEY; afterwards the older ones can go.

    First set KIERTO_SECRET_KEY to NEW,OLD and restart every process: all of them must open what the new key seals.
    May be interrupted and repeated, also while the bot is at work.

    Example: [bold]kierto rotate[/]. Exit code 0 when no older key is needed any more, 1 when something stays closed.
    """
    found = settings()
    if not found.keys:
        raise KeyMissing("KIERTO_SECRET_KEY is not set: there is nothing to seal with.")
    store = Store(found.database_url, found.keys)
    store.upgrade()
    counts: dict[str, Count] = {}
    with out.status("Sealing anew…") as status:
        for place in resealing.PLACES:
            for count in resealing.reseal(store, place):
                counts[place.what] = counts.get(place.what, Count()) + count
                status.update(f"Sealing anew: {place.what}, {counts[place.what].renewed}")
    store.close()
    _tell(counts)


def _tell(counts: dict[str, Count]) -> None:
    grid = Grid("", "sealed anew", "under the newest key already", "opened by no key", box=None)
    for what, count in counts.items():
        grid.add_row(what, *(str(n) for n in (count.renewed, count.already, count.closed)))
    out.print(grid)
    closed = sum(count.closed for count in counts.values())
    if closed:
        complain(f"{closed} of them are sealed with a key that is not in KIERTO_SECRET_KEY. Put it behind the others.")
        raise typer.Exit(1)
    out.print("[green]✓[/] Everything is under the newest key: the older ones can be taken out of KIERTO_SECRET_KEY.")
