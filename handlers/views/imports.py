"""What came of a file: what is new, what was known, what changed, what could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from finance.changes import Change
from finance.claim import Claim
from finance.faults import Explanation, Fault
from finance.invoice import CLAIMS, Invoice, Kind
from handlers.chat import Block, Modal, Picture
from handlers.views import blocks as b
from handlers.views import fields, lists
from handlers.views.causes import of_fault
from handlers.views.lists import Brought, Matched, Refused
from handlers.views.tongue import Tongue

SHOWN, EACH = 12, 8  # files, invoices or faults; changes of one invoice
_FIRST = ("buyer.name", "buyer.business_id", "stated.gross", "stated.net", "issued", "payment", "lines", "buyer")
_LINE = re.compile(r"(row|line) \d+")  # a place that the sentence itself names in the reader's language


@dataclass(frozen=True, slots=True)
class Changed:
    """An invoice that came again with other content. ``sent`` when the earlier one is in Procountor already."""

    number: str
    changes: tuple[Change, ...]
    sent: bool
    kind: Kind = Kind.SALES_INVOICE


@dataclass(frozen=True, slots=True)
class Imported:
    """What a number of files came to; ``new`` are sales invoices and ``bills`` the new bills of the project system.

    ``words`` explain the faults whose codes are not finance's own.
    """

    files: tuple[str, ...]
    new: tuple[Invoice, ...] = ()
    same: tuple[Invoice, ...] = ()
    changed: tuple[Changed, ...] = ()
    faults: tuple[Fault, ...] = ()
    attached: tuple[tuple[str, str], ...] = ()  # file name, invoice number
    loose: tuple[str, ...] = ()
    bills: tuple[Invoice, ...] = ()
    words: tuple[Explanation, ...] = ()
    unowned: tuple[str, ...] = ()  # ids of files that name another company on both sides
    unmapped: tuple[str, ...] = ()  # ids of files that lack columns a person may point out
    lists: tuple[Brought, ...] = ()
    refused: tuple[Refused, ...] = ()
    matched: Matched | None = None  # how the people stand after a list of them
    claims: tuple[Claim, ...] = ()
    known_claims: int = 0

    def ready(self, kind: Kind) -> int:
        """How many wait to be checked that did not before, or not as they are now."""
        again = sum(not changed.sent for changed in self.changed if changed.kind is kind)
        if kind is Kind.CLAIM:
            touched = any(not changed.sent for changed in self.changed if changed.kind in CLAIMS)
            return len(self.claims) or int(touched)
        return len(self.bills if kind is Kind.BILL else self.new) + again


def told(
    say: Tongue,
    found: Imported,
    whose: Callable[[Kind], str] | None = None,
    columns: Callable[[str], str] | None = None,
    people: str = "",
) -> Picture:
    """The answer to the one who brought the files.

    ``whose`` gives handles to say which side of an invoice is ours, ``columns`` one to say which column of a file is
    which; ``people`` is the handle of the list of who is not matched.
    """
    head = _head(say, found)
    blocks: list[Block] = [b.section(f":inbox_tray: *{head}*\n{_files(found)}")]
    blocks += b.paragraphs(_lines(say, found))
    blocks += lists.told(say, found.lists, found.matched, people)
    blocks += lists.refused(say, found.refused)
    blocks += _changes(say, found)
    blocks += _faults(say, found)
    if found.unowned and whose:
        blocks.append(b.actions(_whose(say, whose)))
    if found.unmapped and columns:
        # One after the other: what is said of the first may serve the others as well.
        press = b.button(say("Map the columns"), "columns.map", columns(found.unmapped[0]), style="primary")
        blocks.append(b.actions([press]))
    if sends := _sends(say, found):
        blocks.append(b.actions(sends))
    return Picture(head, tuple(blocks))


def _sends(say: Tongue, found: Imported) -> list[Block]:
    """Invoices and bills are checked apart: each goes by its own command."""
    touched = {changed.kind for changed in found.changed}
    buttons = []
    if found.new or Kind.SALES_INVOICE in touched:
        buttons.append(b.button(say("Check and send"), "home.send", "all", style="primary"))
    if found.bills or Kind.BILL in touched:
        style = "" if buttons else "primary"
        buttons.append(b.button(say("Check and send the bills"), "home.send_bills", "all", style=style))
    if found.claims or touched & set(CLAIMS):
        style = "" if buttons else "primary"
        buttons.append(b.button(say("Check and send the claims"), "home.send_claims", "all", style=style))
    return buttons


def _whose(say: Tongue, whose: Callable[[Kind], str]) -> list[Block]:
    sure = b.confirm(
        say("Whose are they?"),
        say("The files name other companies. They are read as if your company stood in their place."),
        say("Read them"),
        say("Not yet"),
    )
    return [
        b.button(say("We are the seller"), "files.sales", whose(Kind.SALES_INVOICE), confirm=sure),
        b.button(say("We are the buyer"), "files.bills", whose(Kind.BILL), confirm=sure),
    ]


def _head(say: Tongue, found: Imported) -> str:
    if count := found.ready(Kind.SALES_INVOICE):
        return say.n("{n} invoice is ready to be checked", "{n} invoices are ready to be checked", count)
    if count := found.ready(Kind.BILL):
        return say.n("{n} bill is ready to be checked", "{n} bills are ready to be checked", count)
    if count := found.ready(Kind.CLAIM):
        return say.n("{n} claim is ready to be checked", "{n} claims are ready to be checked", count)
    if found.attached:
        return say.n("{n} attachment found its invoice", "{n} attachments found their invoices", len(found.attached))
    if found.lists:
        count = sum(one.new + one.changed for one in found.lists)
        if not count:
            return say("Nothing has changed in the lists")
        return say.n("{n} entry of the lists is new or changed", "{n} entries of the lists are new or changed", count)
    if found.refused and len(found.refused) == len(found.files):
        return say("Not read")
    return say("No new invoices")


def _files(found: Imported) -> str:
    names = ", ".join(b.safe(name, 60) for name in found.files[:6])
    return names + (" …" if len(found.files) > 6 else "")


def _lines(say: Tongue, found: Imported) -> list[str]:
    lines = []
    if same := len(found.same) + found.known_claims:
        lines.append(say.n("{n} was here already and is as before.", "{n} were here already and are as before.", same))
    bills = found.ready(Kind.BILL)
    if bills and found.ready(Kind.SALES_INVOICE):
        lines.append(say.n("{n} bill is ready to be checked, too.", "{n} bills are ready to be checked, too.", bills))
    claims = found.ready(Kind.CLAIM)
    if claims and (bills or found.ready(Kind.SALES_INVOICE)):
        lines.append(
            say.n("{n} claim is ready to be checked, too.", "{n} claims are ready to be checked, too.", claims)
        )
    return lines + _papers(say, found)


def _papers(say: Tongue, found: Imported) -> list[str]:
    """Attachments, with the invoices they went to."""
    lines = []
    for name, number in found.attached[:SHOWN]:
        lines.append(say(":paperclip: {name} goes with {number}.", name=b.safe(name, 60), number=b.safe(number, 40)))
    if len(found.attached) > SHOWN:
        lines.append(say("{n} more after these.", n=len(found.attached) - SHOWN))
    for name in found.loose[:SHOWN]:
        text = ":grey_question: {name} fits nothing that waits. Put the number in its name and drop it again."
        lines.append(say(text, name=b.safe(name, 60)))
    if len(found.loose) > SHOWN:
        lines.append(say("{n} more after these.", n=len(found.loose) - SHOWN))
    return lines


def _changes(say: Tongue, found: Imported) -> list[Block]:
    blocks = []
    for changed in found.changed[:SHOWN]:
        say = say.about(changed.kind)
        what = say("has changed since it was sent:") if changed.sent else say("has changed:")
        lines = [f"*{b.safe(changed.number, 40) or say('(no number)')}* {what}"]
        telling = sorted(changed.changes, key=_weight)
        lines += [f"• {fields.change(say, change)}" for change in telling[:EACH]]
        if len(telling) > EACH:
            lines.append(say("{n} more after these.", n=len(telling) - EACH))
        if changed.sent:
            lines.append(say("The one in Procountor stays as it is. Correct it there, or give this one a new number."))
        blocks.append(b.section("\n".join(lines)))
    if len(found.changed) > SHOWN:
        blocks.append(b.context(say("{n} more after these.", n=len(found.changed) - SHOWN)))
    return blocks


def _weight(change: Change) -> int:
    """Who is billed, how much and when comes first; what the file says of ourselves last."""
    first = next((place for place, path in enumerate(_FIRST) if change.path.startswith(path)), len(_FIRST))
    return len(_FIRST) + 1 if change.path.startswith("seller.") else first


def _faults(say: Tongue, found: Imported) -> list[Block]:
    blocks: list[Block] = []
    stopping = [fault for fault in found.faults if not fault.warning]
    if stopping:
        text = say.n("{n} fault found in reading", "{n} faults found in reading", len(stopping))
        blocks.append(b.section(f":warning: *{text}*"))
    for fault in [*stopping, *(f for f in found.faults if f.warning)][:SHOWN]:
        blocks.append(b.section(_fault(say, fault, found)))
    if len(found.faults) > SHOWN:
        blocks.append(b.context(say("{n} more after these.", n=len(found.faults) - SHOWN)))
    return blocks


def _fault(say: Tongue, fault: Fault, found: Imported) -> str:
    cause = of_fault(say, fault, found.words)
    place = "" if _LINE.fullmatch(fault.place) else fault.place
    where = " · ".join(b.safe(part, 80) for part in (fault.file, place) if part)
    mark = ":information_source: " if fault.warning else ""
    return f"{mark}{cause.says} {cause.do}".rstrip() + (f"\n{where}" if where else "")


def form(say: Tongue) -> Modal:
    """The form with a file input."""
    hint = say(
        "Invoices: Finvoice (XML), CSV or Excel; PDF attachments with the invoice number in their name. "
        "Lists of people, projects, customers, work types or payment types: CSV or Excel."
    )
    files = b.field("files", say("Files"), b.file_input("files"), hint)
    return Modal(b.cut(say("Bring invoices in"), b.TITLE), (files,), "import.files", say("Close"), say("Read"))


def not_fetched(say: Tongue, code: str) -> Picture:
    """A file could not be fetched from Slack."""
    reasons = {
        "file_too_large": say("The file is larger than 20 megabytes. Split it and drop the parts."),
        "file_not_in_slack": say(
            "The file is outside Slack, so it was not fetched. Download it and drop it here yourself."
        ),
    }
    text = reasons.get(code, say("The file could not be fetched from Slack. Drop it again."))
    return Picture(text, (b.section(text),))
