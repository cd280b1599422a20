"""Commands about the trail: proving it, taking it out, and leading what stands in Procountor back to who wanted it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated

import typer

from bot.cli_company import Name, company_named
from bot.compose import House, build
from bot.console import complain, out, settings
from bot.heads import heads_of
from handlers.views.details import formula_safe
from storage import audit, links
from storage.audit import Head, Kept
from storage.links import Link

Rows = Callable[[House, str], Iterator[Mapping[str, object]]]


class Form(StrEnum):
    """How rows are written."""

    JSONL = "jsonl"
    CSV = "csv"


Shape = Annotated[Form, typer.Option("--format", help="JSON lines, or CSV for a spreadsheet")]


def verify(
    head: Annotated[str, typer.Option(help="NUMBER:HASH as printed earlier: shows rows missing at the end, too")] = "",
) -> None:
    """Prove that the trail is unaltered; names the first row that is not, and prints the newest row to be kept.

    The heads noted daily in the head file are held against it as well.

    Example: [bold]kierto audit verify --head 812:9f2c…[/]. Exit code 0 whole, 1 altered.
    """
    number, _, digest = head.partition(":")
    if head and not (number.isascii() and number.isdigit() and digest):
        complain("A head is a row's number and its hash with a colon between, as this command prints it.")
        raise typer.Exit(2)
    house = build(settings())
    file = heads_of(house.settings, house.store)
    known = [one.head for one in file.read()] if file else []
    given = [Head(int(number), digest)] if head else []
    with house.store.read() as tx:
        bad = audit.verify(tx, *known, *given)
        newest = audit.head(tx)
    house.close()
    if bad is not None:
        complain(f"The trail has been altered: row {bad} is not as it was written, or is missing.")
        raise typer.Exit(1)
    held = f" {len(known)} heads noted outside the database fit." if known else ""
    out.print(
        f"[green]✓[/] The trail is whole: {newest.seq} rows.{held} Keep this elsewhere: {newest.seq}:{newest.hash}",
        soft_wrap=True,
    )


def export_audit(company: Name = "", form: Shape = Form.JSONL) -> None:
    """The trail to standard output, each row with its hash and the hash of the one before it.

    Example: [bold]kierto export audit > trail.jsonl[/], [bold]kierto export audit --format csv > trail.csv[/]
    """
    _export(company, form, lambda house, id: _trail(house, id, form))


def export_links(company: Name = "", form: Shape = Form.CSV) -> None:
    """What Kierto made and did in Procountor, each beside the batch or decision it comes from and its trail.

    From an invoice or bill in Procountor to who wanted it, and back: look for either id.

    Example: [bold]kierto export links > links.csv[/]
    """
    _export(company, form, _links)


def _export(company: str, form: Form, rows: Rows) -> None:
    house = build(settings())
    chosen = company_named(house, company)
    write(form, rows(house, chosen.id))
    house.close()


def write(form: Form, rows: Iterator[Mapping[str, object]]) -> None:
    """Rows to standard output. In CSV every cell is quoted, and none is taken for a formula."""
    if form is Form.JSONL:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    writer = csv.writer(sys.stdout, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
    for number, row in enumerate(rows):
        if number == 0:
            writer.writerow(row)
        writer.writerow([formula_safe(_told(cell)) for cell in row.values()])


def _told(cell: object) -> str:
    if cell is None:
        return ""
    text = cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
    return " ".join(text.split())  # a cell is one line, whatever its words were


def _trail(house: House, company: str, form: Form) -> Iterator[Mapping[str, object]]:
    with house.store.read() as tx:
        for kept in audit.sealed(tx, company):
            yield _row(kept, form)


def _row(kept: Kept, form: Form) -> Mapping[str, object]:
    e = kept.entry
    details = json.loads(e.details)
    told: dict[str, object] = {
        "seq": e.seq, "at": e.at.isoformat(), "who": e.who, "what": e.what, "subject": e.subject,
        "decision": details.get("decision"),
    }  # fmt: skip
    if form is Form.JSONL:
        del told["decision"]
    return told | {"details": details, "prev_hash": kept.before, "hash": kept.hash}


def _links(house: House, company: str) -> Iterator[Mapping[str, object]]:
    with house.store.read() as tx:
        for link in links.all(tx, company):
            yield _link(link)


def _link(link: Link) -> Mapping[str, object]:
    return {
        "procountor_id": link.procountor_id, "procountor_number": link.procountor_number, "number": link.number,
        "kind": link.kind, "act": link.act, "state": link.state, "mark": link.mark, "asked": link.asked,
        "who": link.who, "at": link.at.isoformat() if link.at else "", "shown": link.shown, "trail": list(link.rows),
    }  # fmt: skip
