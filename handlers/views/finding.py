"""What was found under a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from finance.invoice import Invoice, Kind, Party
from finance.totals import totals
from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views.bill_lines import Line
from handlers.views.bill_lines import text as line
from handlers.views.tongue import Tongue
from handlers.views.wordlists import wordlist


@dataclass(frozen=True, slots=True)
class Hit:
    """``state`` is ours (open, sent, done …) or Procountor's status; ``batch`` the newest it stood in.

    An invoice found ``elsewhere`` and without a date has the first day of all. ``stands`` is Procountor's status of
    one that was sent, as last read; ``paid_on`` the day it was paid in full.
    """

    invoice: Invoice
    state: str
    theirs: int | None = None
    batch: int | None = None
    elsewhere: bool = False
    stands: str = ""
    paid_on: date | None = None


def in_procountor(original: str, number: int | None, partner: str, status: str, issued: date | None) -> Hit:
    """A document that others made in Procountor."""
    return Hit(Invoice(original, issued or date.min, buyer=Party(name=partner)), status, number, None, elsewhere=True)


def picture(
    say: Tongue, number: str, hits: Sequence[Hit], bills: Sequence[Line] | None = None, *, invoices: bool = True
) -> Picture:
    """All hits, or where to look next.

    ``bills`` are those of them the reader may see, None when nobody looked; ``invoices``: he sees these, too.
    """
    if not hits and not bills:
        text = _nothing(say, b.safe(number, 60), invoices=invoices, bills=bills is not None)
        return Picture(text, (b.section(text),))
    told = [b.section(_hit(say, hit)) for hit in hits[:10]]
    heads = [say.n("{n} invoice found", "{n} invoices found", len(hits))] if hits else []
    if bills:
        heads.append(say.n("{n} bill found", "{n} bills found", len(bills)))
        told += [b.section(line(say, bill), b.button(say("Open"), "bill.open", bill.handle)) for bill in bills[:10]]
    return Picture(", ".join(heads), tuple(told))


def _nothing(say: Tongue, number: str, *, invoices: bool, bills: bool) -> str:
    told = []
    if invoices:
        told.append(say("No invoice carries the number {number}, here or in Procountor.", number=number))
    if bills:
        told.append(say("No bill you may see has {number} as its number, reference or supplier.", number=number))
    return " ".join(told)


def _hit(say: Tongue, hit: Hit) -> str:
    invoice = hit.invoice
    numbers = " → ".join(f"*{n}*" for n in (b.safe(invoice.number, 40), str(hit.theirs or "")) if n)
    kind = wordlist("fields")[f"kind={invoice.kind}"] if invoice.kind is not Kind.SALES_INVOICE else None
    what = say.words(kind, {}) if kind else ""
    lines = [_joined(numbers or say("(no number)"), what, b.safe(invoice.counterparty.name, 80))]
    day = "" if invoice.issued == date.min else say.shown(invoice.issued)
    if hit.elsewhere:
        where = say("In Procountor, not sent by us")
        return "\n".join([*lines, _joined(where, status(say, hit.state), day)])
    money = say.money(totals(invoice).gross, invoice.payment.currency)
    lines.append(_joined(money, day, _stands(say, hit) or _state(say, hit.state)))
    if hit.batch:
        lines.append(say("Batch {number}", number=str(hit.batch)))
    return "\n".join(lines)


def _stands(say: Tongue, hit: Hit) -> str:
    """Where a sent one stands in Procountor; "" while it is the draft we made."""
    if hit.paid_on:
        return say("paid {date}", date=hit.paid_on)
    return status(say, hit.stands) if hit.stands not in ("", "UNFINISHED") else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def status(say: Tongue, theirs: str) -> str:
    """Procountor's status in words; one we do not know is shown as it is."""
    found = wordlist("statuses").get(theirs)
    return say.words(found, {}) if found else theirs and f"`{b.safe(theirs, 60)}`"


def _state(say: Tongue, state: str) -> str:
    return {
        "open": say("waits here"),
        "changed": say("has changed since it was sent"),
        "elsewhere": say("came to Procountor by itself and is not sent"),
        "replaced": say("replaced by a newer one"),
        "done": say("a draft made in Procountor"),
        "sent": say("a draft made in Procountor"),
        "refused": say("refused by Procountor"),
        "parked": say("waits for a person"),
    }.get(state, say("on its way"))
