"""What is sent as a receipt, judged by its name and its content, and made harmless by a process that may die of it."""

from __future__ import annotations

import contextlib
import json
import unicodedata
from datetime import date
from pathlib import Path

from finance.receipts import Flaw, Seen
from intake import apart
from intake.attachments import kind_of

LARGEST = 20_000_000  # bytes that come in
KEPT = 10_000_000  # bytes that may go on: Procountor takes no more
ENDINGS = {"pdf": "pdf", "jpg": "picture", "jpeg": "picture", "png": "picture", "heic": "picture", "heif": "picture"}
_KINDS = {"pdf": "pdf", "jpg": "picture", "png": "picture", "heic": "picture"}
_ARCHIVES = frozenset({"zip", "gz", "7z", "rar"})
_PROGRAM = Path(__file__).with_name("receipt_file.py")
_FLAWS = {
    3: Flaw.BROKEN, 4: Flaw.PIXELS, 5: Flaw.LOCKED, 6: Flaw.ACTIVE, 7: Flaw.PAGES, 8: Flaw.TWOFOLD, 9: Flaw.HEAVY,
}  # fmt: skip
"""What the program's exit codes say."""


class Unfit(ValueError):
    """It cannot be taken as a receipt; ``flaw`` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def receipt(name: str, content: bytes) -> tuple[Seen, bytes]:
    """What the receipt shows, and what may be kept and sent on: a JPEG without metadata, or the PDF. Raises Unfit.

    Raises ``apart.Ended`` when the machine is too busy to tell: what a file may use is counted in the processor's time,
    and one that has not used it up is not to blame. It is worth another try.
    """
    _judge(name, content)
    code, out = apart.run(_PROGRAM, content)
    if code != 0:
        raise Unfit(_FLAWS.get(code, Flaw.HEAVY))
    head, _, kept = out.partition(b"\n")
    if len(kept) > KEPT:
        raise Unfit(Flaw.LARGE)
    return _seen(head), kept


def _judge(name: str, content: bytes) -> None:
    """What needs no opening: the name, the size, and what kind of file the first bytes tell."""
    if any(unicodedata.category(sign) in {"Cf", "Cc", "Co", "Cs"} for sign in name):
        raise Unfit(Flaw.NAME)
    if len(content) > LARGEST:
        raise Unfit(Flaw.LARGE)
    kind = kind_of(content)
    if kind == "empty":
        raise Unfit(Flaw.EMPTY)
    if kind in _ARCHIVES:
        raise Unfit(Flaw.ARCHIVE)
    ending = name.rpartition(".")[2].strip().casefold() if "." in name else ""
    if kind not in _KINDS or (ending and ending not in ENDINGS):
        raise Unfit(Flaw.KIND)
    if ending and ENDINGS[ending] != _KINDS[kind]:
        raise Unfit(Flaw.ENDING)
    if kind == "pdf" and not content.startswith(b"%PDF-"):
        raise Unfit(Flaw.TWOFOLD)


def _seen(head: bytes) -> Seen:
    found = json.loads(head)
    taken = None
    with contextlib.suppress(ValueError):
        taken = date.fromisoformat(found["taken"])
    return Seen(found["kind"], found["print"], taken, tuple(date.fromisoformat(day) for day in found["dates"]))
