"""The form in which bills chosen from a list are looked through before they are signed together."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views.bill_page import GROUP
from handlers.views.notices import closing
from handlers.views.pile import Facts, Piled, Stand, asked, reasons, summaries, title, verb
from handlers.views.tongue import Tongue


def form(say: Tongue, facts: Facts, meta: str, back: str) -> Modal:
    """The form of a choice in a list: every bill as it will be signed, and what is left out, with the reason."""
    ready, large, out = facts.of(Stand.IN), facts.of(Stand.LARGE), facts.of(Stand.OUT)
    told: list[Block] = [b.actions([b.button(say("Back to the list"), "pile.back", back)])]
    if ready:
        told += [b.section(asked(say, facts.act, ready)), *summaries(say, ready)]
    if large:
        told += _large(say, large)
    if out:
        told += [b.divider(), b.section(f"*{_left_out(say, len(out))}*"), *reasons(say, out)]
    if not ready and not large:
        return Modal(say("Nothing to sign"), tuple(told), "pile.sign", say("Close"), meta=meta)
    return Modal(title(say, facts.act), tuple(told), "pile.sign", say("Close"), verb(say, facts.act), meta)


def _large(say: Tongue, large: Sequence[Piled]) -> list[Block]:
    """Each with a box of its own: nothing large goes along unnoticed."""
    told: list[Block] = [
        b.divider(),
        b.section(f"*{say('Above your company’s limit: tick each that you want to sign, too')}*"),
        *summaries(say, large),
    ]
    for start in range(0, len(large), GROUP):
        boxes = [
            (one.tick, f"{b.clean(one.bill.supplier)[:40]} · {say.money(one.bill.gross, one.bill.currency)}",
             b.clean(one.bill.original_number))
            for one in large[start : start + GROUP]
        ]  # fmt: skip
        told.append(b.field(f"large{start}", say("Large bills"), b.checkboxes("pile.large", boxes), optional=True))
    return told


def _left_out(say: Tongue, n: int) -> str:
    return say.n("{n} bill is left out", "{n} bills are left out", n)


def too_late(say: Tongue) -> Modal:
    """In the place of a form whose bills have been signed or dropped meanwhile."""
    return closing(say, say("This has been dealt with already: its message tells what has become of it."), "pile.sign")
