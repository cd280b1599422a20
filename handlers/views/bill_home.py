"""Bills on the Home tab: what waits for the reader, and for those who see all how much is open."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.chat import Block
from handlers.views import blocks as b
from handlers.views.bill_lines import Line, Sum, counted, money, text
from handlers.views.tongue import Tongue


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
        told += [b.section(text(say, line), b.button(say("Open"), "bill.open", line.handle)) for line in lines]
        if mine.n > len(lines) and not mine.more:
            told.append(b.context(say.n("… and {n} more", "… and {n} more", mine.n - len(lines))))
    elif signs:
        told.append(b.section(say(":sparkles: No bills wait for your signature.")))
    elif everything is None:
        told.append(b.section(say(":sparkles: No bills lie on your desk.")))
    buttons = [b.button(say("My bills"), "bills.open", handles[0])]
    if everything is not None:
        buttons.append(b.button(say("All open bills"), "bills.all", handles[1]))
    return [*told, b.actions(buttons), b.divider()]


def _everything(say: Tongue, open_: Sum, late: Sum) -> str:
    """7 bills wait (18 240,00 €), 2 overdue."""
    if not open_.n:
        return say(":sparkles: No bills are open.")
    head = say.n("*{n}* bill waits ({sum})", "*{n}* bills wait ({sum})", open_.n, sum=money(say, open_))
    return f":inbox_tray: {head}" + (f", *{say.n('{n} overdue', '{n} overdue', late.n)}*" if late.n else "")
