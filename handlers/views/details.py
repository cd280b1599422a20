"""The thread under a batch's result, and the word to the company's channel."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views.batch import Batch, Entry, Stand
from handlers.views.batches import foot
from handlers.views.causes import of_entry
from handlers.views.entries import head, number, paged
from handlers.views.notices import person
from handlers.views.result import headline
from handlers.views.tongue import Tongue

PAGE = 40
_FORMULA = re.compile(r"^(?:[\t\r\n]|[\s\ufeff]*[=+\-@＝＋－＠])")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")


def pages(say: Tongue, batch: Batch) -> Iterator[Picture]:
    """The sent ones forty at a time, then everything that did not go, each with its reasons."""
    sent = batch.of(Stand.SENT)[: 3 * PAGE]
    for entries in paged(sent, PAGE):
        yield Picture(say("Sent"), tuple(b.paragraphs([_pair(say, entry) for entry in entries])))
    for entries in paged(batch.troubled, 10):
        blocks = [block for entry in entries for block in b.paragraphs(_trouble(say, entry))]
        yield Picture(say("Not sent"), tuple(blocks))


def _pair(say: Tongue, entry: Entry) -> str:
    money = say.money(entry.gross, entry.currency)
    parts = (f"{number(say, entry)} → *{entry.theirs}*", b.safe(entry.buyer, 40), money)
    return " · ".join(part for part in parts if part)


def _trouble(say: Tongue, entry: Entry) -> list[str]:
    lines = [head(say, entry)]
    for cause in of_entry(say, entry)[:6]:
        code = f"  `{b.safe(cause.tag, 80)}`" if cause.tag else ""
        lines.append(f"• {cause.says} {cause.do}".rstrip() + code)
    return lines


def announcement(say: Tongue, batch: Batch, by: str) -> Picture:
    """What the company's channel hears of a finished batch; the amounts of claims never come here."""
    sent = len(batch.of(Stand.SENT))
    text = headline(say, sent)
    money = ", ".join(say.money(total.gross, total.currency) for total in batch.sums(Stand.SENT))
    left = len(batch.troubled)
    rest = say.n("{n} needs attention", "{n} need attention", left) if left else ""
    body = " · ".join(part for part in (f":outbox_tray: *{text}*", money, rest, person(say, by)) if part)
    return Picture(text, (b.section(body), foot(say, batch)))


def not_posted(say: Tongue, channel: str) -> Picture:
    """To the sender, when the company's channel does not take our messages."""
    text = say("I could not write to <#{channel}>. Invite me there with `/invite @Kierto`.", channel=channel)
    return Picture(text, (b.section(text),))


def formula_safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return "'" + cell if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell
