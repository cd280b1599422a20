"""Commands for whoever keeps the bot: rights, the company's rules, the trail, the manifest."""

from __future__ import annotations

import csv
import sys
from dataclasses import fields, replace
from decimal import Decimal
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table as Grid

from bot import cli_numbers, cli_trail
from bot.cli_company import Name, company_named
from bot.compose import build
from bot.console import complain, out, settings
from bot.manifest import PLACE
from bot.manifest import manifest as print_manifest
from finance import duties, hours, limits
from finance.authority import Limits, Right
from finance.company import Choices
from finance.invoice import Channel
from finance.reference import Operator
from handlers.routing import routes
from storage import audit, companies, rights

LIMITED = (Right.APPROVE, Right.APPROVE_CLAIMS)


class Unfit(ValueError):
    """A rule or a value that does not exist; the message says what does."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(manifest)
    app.command()(allow)
    app.command()(choose)
    trail = typer.Typer(help="The trail of who did what, each row sealed by the one before it.", no_args_is_help=True)
    trail.command()(cli_trail.verify)
    app.add_typer(trail, name="audit")
    exports = typer.Typer(help="Take data out.", no_args_is_help=True)
    exports.command("audit")(cli_trail.export_audit)
    exports.command("links")(cli_trail.export_links)
    exports.command("numbers")(cli_numbers.export_numbers)
    exports.command("duties")(export_duties)
    app.add_typer(exports, name="export")


def manifest(
    url: Annotated[str, typer.Option(help="The public address of the bot")] = PLACE,
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode, without a public address")] = False,
) -> None:
    """Print the Slack app manifest: paste it at api.slack.com/apps → Create New App → From a manifest.

    Example: [bold]kierto manifest --url https://bot.example.fi[/]
    """
    sys.stdout.write(print_manifest(routes(), url, socket))


def allow(
    user: Annotated[str, typer.Argument(help="The Slack member id, U…: profile → ⋮ → Copy member ID")],
    given: Annotated[list[Right], typer.Argument(help="The rights; none takes all away")] = [],  # noqa: B006 - typer
    most: Annotated[str, typer.Option("--limits", help='For approving: "EUR 5000, SEK no limit"')] = "",
    company: Name = "",
) -> None:
    """Give a Slack user exactly these rights.

    Example: [bold]kierto allow U024BE7LH finance admin[/], [bold]kierto allow U024BE7LI approve --limits "EUR 5000"[/]
    """
    up_to = _limits(given, most)
    house = build(settings())
    chosen = company_named(house, company)
    with house.store.write() as tx:
        team = companies.team_of(tx, chosen.id)
        if team is None:
            complain("No Slack workspace is connected yet: start `kierto run` once.")
            raise typer.Exit(2)
        words = ",".join(given) or "none"
        before = ",".join(grant.right for grant in rights.holder(tx, chosen.id, team, user).grants) or "none"
        wanted = {right: up_to if right in LIMITED else {} for right in given}
        rights.give(tx, chosen.id, team, user, wanted, "command line", house.desk.clock())
        details = {"rights": words, "before": before, "limits": most}
        audit.note(tx, chosen.id, "command line", "rights.given", f"{team}/{user}", house.desk.clock(), **details)
        admins = rights.with_right(tx, chosen.id, Right.ADMIN)
    house.close()
    out.print(f"[green]✓[/] {escape(user)} now has: {words}")
    if not admins:
        out.print("[yellow]Nobody is an admin now:[/] give somebody the right with `kierto allow U… admin`.")


def _limits(given: list[Right], text: str) -> Limits:
    """Limits as typed. Ends the program with a sentence for what is none, and for approving without any."""
    read = limits.read(text)
    if read.unfit:
        complain(
            f"{read.unfit[0].found!r} is no limit ({read.unfit[0].slip}). Write it like this: EUR 5000, SEK no limit"
        )
        raise typer.Exit(2)
    if set(given) & set(LIMITED) and not read.limits:
        complain('Approving needs a limit: --limits "EUR 5000", or --limits "EUR no limit"')
        raise typer.Exit(2)
    return read.limits


def choose(
    pairs: Annotated[list[str], typer.Argument(help="name=value, or name.key=value; no value takes it away")] = [],  # noqa: B006
    company: Name = "",
) -> None:
    """Show the company's rules, or change them.

    Example: [bold]kierto choose default_account.25.5=3000 work_types.Konsultointi=K100 result_channel=C0123[/]
    """
    house = build(settings())
    chosen = company_named(house, company)
    choices = chosen.choices
    for pair in pairs:
        try:
            choices = _chosen(choices, pair)
        except Unfit as unfit:
            complain(str(unfit))
            raise typer.Exit(2) from unfit
    with house.store.write() as tx:
        if pairs:
            companies.choose(tx, chosen.id, choices)
            audit.note(tx, chosen.id, "command line", "rules.changed", chosen.id, house.desk.clock(), words=pairs)
    house.close()
    grid = Grid(show_header=False, box=None)
    for field in fields(choices):
        grid.add_row(field.name, escape(str(getattr(choices, field.name))))
    out.print(grid)


def _chosen(choices: Choices, pair: str) -> Choices:
    name, given, value = (part.strip() for part in pair.partition("="))
    head, _, key = name.partition(".")
    known = {f.name for f in fields(Choices)}
    if head not in known:
        raise Unfit(f"There is no rule {head}. There are: {', '.join(sorted(known))}")
    if not given:
        raise Unfit(f"Write {name}=VALUE, or {name}= to take it away.")
    now = getattr(choices, head)
    if head == "operators":
        others = tuple(operator for operator in choices.operators if operator.id != key)
        return replace(choices, operators=(*others, Operator(_key(name, key), value)) if value else others)
    changed: object = ()
    if isinstance(now, dict):
        left = {one: kept for one, kept in now.items() if one != key}
        changed = {**left, _key(name, key): _entry(head, value)} if value else left
    elif not isinstance(now, tuple):
        changed = _value(head, now, value)
    elif value:
        raise Unfit(f"{head} is set in Slack, or learnt; here it can only be taken away: {head}=")
    return replace(choices, **{head: changed})  # type: ignore[arg-type]


def _key(name: str, key: str) -> str:
    """Only an account may stand for everything that is not named."""
    if not key and name != "default_account":
        raise Unfit(f"Say which: {name}.NAME=VALUE")
    return key


def _entry(name: str, value: str) -> object:
    try:
        if name == "vat_statuses":
            return int(value)
        if name == "confirm_above" and not Decimal(value).is_finite():
            raise ValueError(value)
    except (ArithmeticError, ValueError) as unfit:
        raise Unfit(f"{value!r} does not fit {name}.") from unfit
    return value


def _value(name: str, now: object, value: str) -> object:
    try:
        if isinstance(now, bool):
            return {"yes": True, "no": False, "true": True, "false": False}[value.casefold()]
        if isinstance(now, Channel):
            return Channel(value)
        if name == "reminder_hour" and value:
            return _hour(value)
        return int(value) if isinstance(now, int) else value
    except (KeyError, ValueError) as unfit:
        raise Unfit(f"{value!r} does not fit {name}.") from unfit


def _hour(value: str) -> str:
    at = hours.clock(value)
    if at is None or not hours.plannable(at):
        raise ValueError(value)
    return f"{at:%H:%M}"


def export_duties(company: Name = "") -> None:
    """Separation of duties as it holds in the company: which two acts one human may not both do to the same thing.

    Example: [bold]kierto export duties > duties.csv[/]
    """
    house = build(settings())
    chosen = company_named(house, company)
    house.close()
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(("first", "second", "may one human do both", "now", "why"))
    writer.writerows(duties.rows(chosen.choices))
