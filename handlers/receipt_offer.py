"""Pictures and PDFs that somebody sent to the bot: judged at once, and an expense offered of the good ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finance.receipts import Flaw
from handlers.buttons import issued
from handlers.desk import Desk
from handlers.readers import tell_one
from handlers.views import claim_sheet as views
from intake import receipts
from intake.attachments import kind_of
from intake.receipts import Unfit

File = tuple[str, bytes]
RECEIPTS = frozenset({"pdf", "jpg", "png", "heic", "gif", "webp", "tif", "bmp", "zip", "empty"})
"""Kinds of content that somebody may have meant as a receipt; data is none."""


def offered(
    desk: Desk, company: str, team: str, user: str, files: Sequence[File], sent: Mapping[str, str]
) -> list[File]:
    """Answers what may be meant as receipts; gives the others back. ``sent`` are Slack's ids of the files by name."""
    meant = [(name, content) for name, content in files if kind_of(content) in RECEIPTS]
    if meant:
        papers = [_judged(place, name, content) for place, (name, content) in enumerate(meant, 1)]
        good = ",".join(sent[paper.name] for paper in papers if paper.flaw is None)
        handle = issued(desk, company, team, "receipt.expense", good) if good else ""
        tell_one(desk, company, team, user, lambda say: views.offered(say, papers, handle))
    return [file for file in files if file not in meant]


def _judged(place: int, name: str, content: bytes) -> views.Paper:
    flaw: Flaw | None = None
    try:
        receipts.receipt(name, content)
    except Unfit as unfit:
        flaw = unfit.flaw
    return views.Paper(place, name, "bad" if flaw else "good", flaw)
