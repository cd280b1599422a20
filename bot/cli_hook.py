"""`kierto webhook`: to which other system it is posted that an invoice has been paid."""

from __future__ import annotations

import json
import secrets
import uuid
from typing import Annotated

import typer
from rich.markup import escape

from bot.cli_company import Name, company_named
from bot.compose import build, check_keys
from bot.console import complain, out, settings
from finance import webhook
from finance.webhook import Slip
from storage import audit, webhooks

_UNFIT = {
    Slip.SCHEME: "The address begins with https://",
    Slip.SHAPE: "This is not a whole address. Write it like this: https://psa.example.fi/kierto",
    Slip.PRIVATE: "This address is not reached from the internet: give a public one.",
}


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="Post to another system that an invoice has been paid, signed.", no_args_is_help=True)
    group.command("set")(set_)
    group.command()(show)
    group.command("test")(try_)
    group.command()(off)
    app.add_typer(group, name="webhook")


def set_(url: Annotated[str, typer.Argument(help="https://… , reached from the internet")], company: Name = "") -> None:
    """Post payments to this address; prints the secret they are signed with, this once.

    Example: [bold]kierto webhook set https://psa.example.fi/kierto[/]
    """
    slip = webhook.slip(url)
    if slip is not None:
        complain(_UNFIT[slip])
        raise typer.Exit(2)
    house = build(settings())
    check_keys(house)
    chosen = company_named(house, company)
    secret, now = webhook.secret_of(secrets.token_bytes(32)), house.desk.clock()
    with house.store.write() as tx:
        webhooks.keep(tx, chosen.id, url, secret, "command line", now)
        audit.note(tx, chosen.id, "command line", "webhook.set", chosen.id, now, url=url)
    house.close()
    out.print("The secret, shown this once; keep it where the other system reads it:")
    out.print(secret, highlight=False, soft_wrap=True)


def show(company: Name = "") -> None:
    """Print where payments are posted to. Exit code 1 when nowhere.

    Example: [bold]kierto webhook show[/]
    """
    house = build(settings())
    with house.store.read() as tx:
        url = webhooks.url(tx, company_named(house, company).id)
    house.close()
    out.print(escape(url) or "Payments are posted to no other system.", highlight=False, soft_wrap=True)
    raise typer.Exit(0 if url else 1)


def try_(company: Name = "") -> None:
    """Post an event of the type kierto.test, signed like all, and say what the other system answers.

    Example: [bold]kierto webhook test[/]. Exit code 1 when it is not taken.
    """
    house = build(settings())
    check_keys(house)
    with house.store.read() as tx:
        hook = webhooks.get(tx, company_named(house, company).id)
    if hook is None:
        complain("Payments are posted to no other system: `kierto webhook set URL` first.")
        raise typer.Exit(2)
    now, id = house.desk.clock(), f"evt_test_{uuid.uuid4().hex}"
    event = {"id": id, "type": "kierto.test", "timestamp": now.isoformat(timespec="seconds"), "data": {}}
    content = json.dumps(event, separators=(",", ":")).encode()
    reply = house.desk.hook(hook.url, webhook.headers(hook.secret, id, int(now.timestamp()), content), content)
    house.close()
    if not reply.taken:
        complain(f"Not taken: {reply.problem or f'it answers {reply.status}'}")
        raise typer.Exit(1)
    out.print(f"[green]✓[/] Taken: it answers {reply.status}")


def off(company: Name = "") -> None:
    """Post nowhere any more; the secret is forgotten.

    Example: [bold]kierto webhook off[/]
    """
    house = build(settings())
    chosen = company_named(house, company)
    with house.store.write() as tx:
        before = webhooks.url(tx, chosen.id)
        if webhooks.remove(tx, chosen.id):
            audit.note(tx, chosen.id, "command line", "webhook.removed", chosen.id, house.desk.clock(), url=before)
    house.close()
    out.print("[green]✓[/] Payments are posted to no other system.")
