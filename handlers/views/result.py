"""How a batch ended: what is in Procountor under which number, what is not and why, what is left to do by hand."""

from __future__ import annotations

from collections.abc import Sequence

from finance.invoice import Kind
from handlers.chat import Block
from handlers.views import blocks as b
from handlers.views import causes, claims
from handlers.views.batch import Batch, Entry, Handle, Stand
from handlers.views.entries import by_cause, number, numbers
from handlers.views.preview import show_button, sums
from handlers.views.tongue import Tongue


def headline(say: Tongue, sent: int, kind: Kind = Kind.SALES_INVOICE) -> str:
    """The outcome in one line. What the company has paid is no draft any more as soon as its day can be marked."""
    if not sent:
        return say("No invoice was sent")
    if kind is Kind.COMPANY_COST:
        return say.n(
            "{n} voucher of company money is in Procountor", "{n} vouchers of company money are in Procountor", sent
        )
    return say.n("{n} invoice is a draft in Procountor", "{n} invoices are drafts in Procountor", sent)


def draw(say: Tongue, batch: Batch, handle: Handle) -> tuple[str, list[Block]]:
    """The result; also while some are still being looked for."""
    sent = batch.of(Stand.SENT)
    text = headline(say, len(sent), batch.kind)
    told = [b.header(text), *claims.section_of(say, batch, sent)]
    told += sums(say, batch.sums(Stand.SENT))
    told += [b.section(_pairs(say, sent))] if sent else []
    stuck = counts(say, batch)
    told += [b.section(f"*{stuck}*")] if stuck else []
    told += b.paragraphs(by_cause(say, batch.troubled, causes.of_entry))
    told += _afterwards(say, batch)
    buttons = _buttons(say, batch, handle)
    return text, told + ([b.actions(buttons)] if buttons else [])


def counts(say: Tongue, batch: Batch) -> str:
    """How many did not go through, by what became of them."""
    found = {stand: len(batch.of(stand)) for stand in Stand}
    told = (
        (Stand.REFUSED, say.n("{n} refused", "{n} refused", found[Stand.REFUSED])),
        (Stand.CHECKING, say.n("{n} being checked", "{n} being checked", found[Stand.CHECKING])),
        (Stand.PARKED, say.n("{n} waiting for a person", "{n} waiting for a person", found[Stand.PARKED])),
        (Stand.FAULTY, say.n("{n} invoice to mend", "{n} invoices to mend", found[Stand.FAULTY])),
    )
    return " · ".join(text for stand, text in told if found[stand])


def _pairs(say: Tongue, sent: Sequence[Entry]) -> str:
    """Both numbers, the first and the last: the whole list is in the thread."""
    shown = [f"{number(say, e)} → {e.theirs}" for e in sent]
    if len(shown) > 8:
        shown = [*shown[:4], "…", *shown[-2:]]
    return say("Your number → Procountor’s: {pairs}", pairs=" · ".join(shown))


def _afterwards(say: Tongue, batch: Batch) -> list[Block]:
    lines = []
    checking = batch.of(Stand.CHECKING)
    if checking:
        text = say(
            ":mag: No clear answer came for {which}. "
            "We check what is already in Procountor before anything is sent again.",
            which=numbers(say, checking),
        )
        lines.append(text)
    half = [e for e in batch.of(Stand.REFUSED, Stand.FAULTY) if e.theirs]
    if half:
        text = say.n(
            ":construction: {which} is in Procountor as an unfinished draft. Trying again completes that draft.",
            ":construction: {which} are in Procountor as unfinished drafts. Trying again completes them.",
            len(half),
            which=", ".join(f"{number(say, e)} → {e.theirs}" for e in half[:8]) + (" …" if len(half) > 8 else ""),
        )
        lines.append(text)
    by_hand = [e for e in batch.of(Stand.SENT) if e.by_hand]
    if by_hand:
        which = ", ".join(f"{number(say, e)} ({b.safe(', '.join(e.by_hand), 60)})" for e in by_hand[:6])
        which += " …" if len(by_hand) > 6 else ""
        lines.append(
            say(":paperclip: Add these attachments in Procountor when you send the invoices: {which}", which=which)
        )
    differ = [e for e in batch.of(Stand.SENT) if e.note == "sum_differs"]
    if differ:
        text = ":heavy_exclamation_mark: Procountor’s total differs from the file’s by rounding: {which}"
        lines.append(say(text, which=numbers(say, differ)))
    return b.paragraphs(lines)


def _buttons(say: Tongue, batch: Batch, handle: Handle) -> list[Block]:
    buttons = []
    again = len(batch.of(Stand.REFUSED, Stand.READY))
    if batch.troubled:
        buttons.append(show_button(say, len(batch.troubled), handle))
    if again:
        label = say.n("Try again", "Try the {n} again", again)
        buttons.append(b.button(label, "run.retry", handle("run.retry"), style="primary"))
    return buttons
