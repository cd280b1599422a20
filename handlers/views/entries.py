"""One invoice in a list, and many invoices under what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from finance.faults import Repair
from handlers.views import blocks as b
from handlers.views.batch import Entry
from handlers.views.causes import Cause
from handlers.views.tongue import Tongue

Reasons = Callable[[Tongue, Entry], tuple[Cause, ...]]

NUMBERS, ROOM = 6, 2700  # invoices named on a line, characters of all lines


def number(say: Tongue, entry: Entry) -> str:
    """The invoice's number, harmless; words in its place when it has none."""
    return b.safe(entry.number, 40) or say("(no number)")


def head(say: Tongue, entry: Entry) -> str:
    """An invoice's line in a list: number, buyer, total."""
    parts = (f"*{number(say, entry)}*", b.safe(entry.buyer, 60), say.money(entry.gross, entry.currency))
    return " · ".join(part for part in parts if part)


def numbers(say: Tongue, entries: Sequence[Entry], most: int = 8) -> str:
    """The first of many numbers."""
    return ", ".join(number(say, entry) for entry in entries[:most]) + (" …" if len(entries) > most else "")


@dataclass(slots=True)
class _Group:
    """Invoices that do not go for the same reason."""

    causes: list[tuple[Entry, Cause]] = field(default_factory=list)

    @property
    def by_invoice(self) -> dict[int, tuple[Entry, Cause]]:
        return {entry.document: (entry, cause) for entry, cause in reversed(self.causes)}


def by_cause(say: Tongue, entries: Sequence[Entry], reasons: Reasons, most: int = 8) -> list[str]:
    """A line for each reason, the commonest first, each with the numbers it concerns."""
    groups: dict[str, _Group] = {}
    for entry in entries:
        for cause in reasons(say, entry):
            key = cause.group if cause.head else cause.says
            groups.setdefault(key, _Group()).causes.append((entry, cause))
    ordered = sorted(groups.values(), key=lambda group: -len(group.by_invoice))
    lines: list[str] = []
    for group in ordered[:most]:
        line = _line(say, group)
        if sum(map(len, lines)) + len(line) > ROOM:
            break
        lines.append(line)
    left = len(ordered) - len(lines)
    if left:
        lines.append(say.n("… and {n} other cause", "… and {n} other causes", left))
    return lines


def _line(say: Tongue, group: _Group) -> str:
    """One sentence for all when it is the same for all; else what they have in common, and each one's own value."""
    told = list(reversed(group.by_invoice.values()))
    first = group.causes[0][1]
    same = len({cause.says for _, cause in group.causes}) == 1
    apart = not same and len(told) > 1
    which = ", ".join(_named(say, entry, cause if apart else None) for entry, cause in told[:NUMBERS])
    which += " …" if len(told) > NUMBERS else ""
    text = f"{b.cut(first.says, 400)} ({which})" if same else f"{first.head}: {which}"
    return f"• *{len(told)}* · {text}"


def _named(say: Tongue, entry: Entry, cause: Cause | None) -> str:
    found = _found(say, entry, cause) if cause else ""
    shown = b.cut(b.safe(entry.number, 30), 60) or say("(no number)")
    return f"{shown} ({found})" if found else shown


def _found(say: Tongue, entry: Entry, cause: Cause) -> str:
    """What was found there, when that tells the invoices apart."""
    if not cause.found or cause.group == "sum" or cause.found == entry.number:
        return ""
    if cause.fault is not None and cause.fault.repair is Repair.DATE:
        try:
            return say.shown(date.fromisoformat(cause.found))
        except ValueError:
            return ""
    return say("“{found}”", found=b.safe(cause.found, 30))


def paged(entries: Sequence[Entry], size: int) -> Iterator[Sequence[Entry]]:
    """The invoices, so many at a time."""
    for start in range(0, len(entries), size):
        yield entries[start : start + size]
