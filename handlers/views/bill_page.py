"""A page of a list of bills: to look through and open, or to tick the ones that are to be signed together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from finance.circulation import Act
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views import dues
from handlers.views.bill_lines import Line, Sum, counted, money, text
from handlers.views.tongue import Tongue

GROUP = 10  # boxes Slack puts into one group


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is ticked on all pages: how many and what they come to, by what the reader can do to them."""

    approve: Sum = field(default_factory=Sum)
    verify: Sum = field(default_factory=Sum)
    n: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """``word`` is the filter; ``all`` whether the reader sees every bill; ``waiting`` what of the list waits for him.

    ``number`` counts from 0, ``of`` is 0 when nobody knows how many pages there are. ``signs``: whether he may sign
    anything at all. ``meta`` is the list's own handle. ``series``: boxes of another series are new ones to Slack, which
    keeps the ticks of those it knows.
    """

    word: str
    lines: tuple[Line, ...]
    total: Sum
    waiting: Sum | None
    number: int
    of: int
    last: bool
    all: bool
    signs: bool
    meta: str
    choosing: bool = False
    series: str = ""
    chosen: Chosen = field(default_factory=Chosen)
    note: str = ""


def draw(say: Tongue, page: Page) -> Modal:
    """The page as it now is."""
    told: list[Block] = [b.section(page.note)] if page.note else []
    told.append(b.actions(_top(say, page)))
    if intro := _intro(say, page):
        told.append(b.context(intro))
    if not page.lines:
        told.append(b.section(nothing(say, page.word)))
    told += _boxes(say, page) if page.choosing else _lines(say, page)
    if turns := _turns(say, page):
        told.append(b.actions(turns))
    if page.choosing:
        told += _chosen(say, page.chosen)
    return Modal(title(say, page.word), tuple(told), "bills.list", say("Close"), meta=page.meta)


def title(say: Tongue, word: str) -> str:
    """What the list is called."""
    return {
        "mine": say("My bills"),
        "waiting": say("Waiting for me"),
        "overdue": say("Overdue bills"),
        "all": say("All open bills"),
    }.get(word, say("Bills"))


def nothing(say: Tongue, word: str) -> str:
    """In the place of the lines."""
    return {
        "mine": say(":sparkles: No bills lie on your desk."),
        "waiting": say(":sparkles: No bills wait for your signature."),
        "overdue": say(":sparkles: No bills are overdue."),
        "all": say(":sparkles: No bills are open."),
    }.get(word, say("No open bills here."))


def _top(say: Tongue, page: Page) -> list[Block]:
    """The filter, and the way into and out of choosing."""
    offered = [(word, title(say, word)) for word in ("mine", "waiting", "overdue")]
    if page.all:
        offered.append(("all", title(say, "all")))
    chosen = page.word
    if page.word not in dict(offered):
        chosen = "this"
        offered.append((chosen, named(say, page.word)))
    made = [b.select("bills.filter", say("Which bills"), offered, chosen)]
    if page.choosing:
        made.append(b.button(say("Back to the list"), "bills.read", "read"))
    elif page.signs and page.lines:
        made.append(b.button(say("Choose several…"), "bills.choose", "choose", style="primary"))
    return made


def named(say: Tongue, word: str) -> str:
    """A filter that was typed, in a select."""
    kind, _, what = word.partition(":")
    return say("Project {number}", number=b.clean(what)) if kind == "project" else say("One person’s bills")


def _intro(say: Tongue, page: Page) -> str:
    kind, _, what = page.word.partition(":")
    parts = {"for": [f"<@{what}>"], "project": [say("Project {number}", number=b.safe(what, 40))]}.get(kind, [])
    if page.waiting is not None and page.word != "waiting":
        parts.append(say("Waiting for you: {sum}", sum=counted(say, page.waiting)))
    if page.total.n:
        parts.append(say("In all: {sum}", sum=counted(say, page.total)))
    if page.of > 1:
        parts.append(say("Page {page} of {pages}", page=page.number + 1, pages=page.of))
    elif not page.of:
        parts.append(say("Page {page}", page=page.number + 1))
    return " · ".join(parts)


def _lines(say: Tongue, page: Page) -> list[Block]:
    """Each bill with its button; what waits for the reader stands under its own head where both kinds are shown."""
    told: list[Block] = []
    heads = {line.waits for line in page.lines} == {True, False} and page.word == "mine"
    before: bool | None = None
    for line in page.lines:
        if heads and line.waits is not before:
            told.append(b.context(_head(say, waits=line.waits)))
            before = line.waits
        told.append(b.section(text(say, line), b.button(say("Open"), "bill.open", line.handle)))
    return told


def _head(say: Tongue, *, waits: bool) -> str:
    return f"*{say('Waiting for your signature')}*" if waits else f"*{say('On your desk')}*"


def _boxes(say: Tongue, page: Page) -> list[Block]:
    """The bills of the page that the reader can sign, each with its box."""
    open_ones = [line for line in page.lines if line.tick]
    told: list[Block] = []
    for start in range(0, len(open_ones), GROUP):
        group = open_ones[start : start + GROUP]
        boxes = b.checkboxes("bills.tick", [_box(say, line) for line in group], [g.tick for g in group if g.ticked])
        told.append(b.actions([boxes], f"tick:{page.series}:{group[0].tick}"))
    left = len(page.lines) - len(open_ones)
    if left:
        told.append(b.context(say.n(
            "{n} bill of this page does not wait for you.", "{n} bills of this page do not wait for you.", left
        )))  # fmt: skip
    return told


def _box(say: Tongue, line: Line) -> tuple[str, str, str]:
    amount = say.money(line.gross, line.currency)
    warning = "⚠ " if line.doubtful else ""
    name = b.cut(b.clean(line.supplier) or say("(no name)"), b.OPTION - len(amount) - len(warning) - 3)
    parts = [dues.plain(say, line.due, line.days), b.clean(line.original_number)[:25], b.clean(line.project)[:15]]
    return line.tick, f"{warning}{name} · {amount}", " · ".join(part for part in parts if part)


def _turns(say: Tongue, page: Page) -> list[Block]:
    made = []
    if page.number > 0:
        made.append(b.button(say("Previous page"), "bills.previous", "previous"))
    if not page.last:
        made.append(b.button(say("Next page"), "bills.next", "next"))
    return made


def _chosen(say: Tongue, chosen: Chosen) -> list[Block]:
    """What is ticked so far on all pages, and what can be done to it."""
    if not chosen.n:
        return [
            b.divider(),
            b.context(say("Tick the bills that you want to sign together. The ticks stay on every page.")),
        ]
    made = []
    for act, total in ((Act.APPROVE, chosen.approve), (Act.VERIFY, chosen.verify)):
        if total.n:
            made.append(_sign(say, act, total))
    made.append(b.button(say("Clear"), "bills.clear", "clear"))
    told = say.n("*{n}* bill chosen", "*{n}* bills chosen", chosen.n)
    return [b.divider(), b.section(told), b.actions(made)]


def _sign(say: Tongue, act: Act, total: Sum) -> Block:
    sums = money(say, total)
    if act is Act.VERIFY:
        label = say.n("Pre-approve {n} selected, {sum}", "Pre-approve {n} selected, {sum}", total.n, sum=sums)
        return b.button(label, "bills.presign", "verify")
    label = say.n("Approve {n} selected, {sum}", "Approve {n} selected, {sum}", total.n, sum=sums)
    return b.button(label, "bills.sign", "approve", style="primary")


def unlisted(say: Tongue, people: Sequence[str]) -> str:
    """The list of somebody else's bills, or of all, is not for the reader."""
    told = say("Only those who may see all bills can look at others’ bills.")
    return told + (" " + say("Ask {people}.", people=", ".join(f"<@{user}>" for user in people[:5])) if people else "")
