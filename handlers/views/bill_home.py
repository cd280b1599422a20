"""Bills on the Home tab: what waits for the reader, and for those who see all how much is open."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.chat import Block
from handlers.views import blocks as b
from handlers.views.bill_lines import Line, Sum, counted, money, text
from handlers.views.tongue import Tongue

FEW = 3  # so many have their buttons beside them


def section(
    say: Tongue,
    mine: Sum,
    lines: Sequence[Line],
    everything: tuple[Sum, Sum] | None,
    handles: tuple[str, str],
    *,
    signs: bool,
) -> list[Block]:
    """``mine`` is what waits for the reader (``signs``), else what lies on his desk; ``lines`` the first of it.

    ``everything`` is what is open and what of it is overdue, None for one who does not see it. ``handles`` open the
    reader's own list and that of all.
    """
    told: list[Block] = [b.header(say("Bills"))]
    if everything is not None:
        told.append(b.section(_everything(say, *everything)))
    if mine.n:
        sums = counted(say, mine)
        head = say("Waiting for you: {sum}", sum=sums) if signs else say("On your desk: {sum}", sum=sums)
        told.append(b.section(head))
        told += _each(say, lines) if len(lines) <= FEW else [_table(say, lines)]
        if mine.n > len(lines) and not mine.more:
            told.append(b.context(say.n("… and {n} more", "… and {n} more", mine.n - len(lines))))
    elif signs:
        told.append(b.section(say(":sparkles: No bills wait for your signature.")))
    elif everything is None:
        told.append(b.section(say(":sparkles: No bills lie on your desk.")))
    buttons = [b.button(say("My bills"), "bills.open", handles[0])]
    if len(lines) > FEW:
        named = [(line.handle, _named(say, line)) for line in lines]
        buttons.insert(0, b.select("bill.open", say("Open a bill"), named))
    if everything is not None:
        buttons.append(b.button(say("All open bills"), "bills.all", handles[1]))
    return [*told, b.actions(buttons), b.divider()]


def _each(say: Tongue, lines: Sequence[Line]) -> list[Block]:
    return [b.section(text(say, line), b.button(say("Open"), "bill.open", line.handle)) for line in lines]


def _table(say: Tongue, lines: Sequence[Line]) -> Block:
    """A row for each bill; a table takes no buttons, so that the menu below it opens one."""
    head = [say("Supplier"), say("Amount"), say("Due"), say("Working days left"), say("Number")]
    return b.table([head, *(_row(say, line) for line in lines)], left=(0, 4))


def _row(say: Tongue, line: Line) -> list[str]:
    warning = " ⚠" if line.doubtful else ""
    left = "" if line.days is None else say.shown(line.days) if line.days >= 0 else f"🔴 −{say.shown(-line.days)}"
    number = line.original_number or (str(line.number) if line.number is not None else "")
    due = say.shown(line.due) if line.due else say("No due date")
    name = b.cut(line.supplier, 40) or say("(no name)")
    return [name, say.money(line.gross, line.currency) + warning, due, left, b.cut(number, 20)]


def _named(say: Tongue, line: Line) -> str:
    parts = (b.cut(line.supplier, 30) or say("(no name)"), b.cut(line.original_number, 20))
    return " · ".join([*filter(None, parts), say.money(line.gross, line.currency)])


def _everything(say: Tongue, open_: Sum, late: Sum) -> str:
    """7 bills wait (18 240,00 €), 2 overdue."""
    if not open_.n:
        return say(":sparkles: No bills are open.")
    head = say.n("*{n}* bill waits ({sum})", "*{n}* bills wait ({sum})", open_.n, sum=money(say, open_))
    return f":inbox_tray: {head}" + (f", *{say.n('{n} overdue', '{n} overdue', late.n)}*" if late.n else "")
