"""The named points at which a trial may strike: before and after each request and each commit, and inside commits.

``STORED`` are commits, named by what they write; ``CALLED`` are requests. A crash before a request leaves no request,
one after it leaves its effect without its answer; a crash before a commit leaves nothing of it, one after it all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class When(StrEnum):
    BEFORE = "before"
    AFTER = "after"


CALLED = {
    "GET invoices?number": "look by number",
    "GET invoices?created": "look by the time of making",
    "GET invoices?list": "the sweep's list, and the control of an empty log",
    "GET invoices/{ids}": "read what was found",
    "GET invoices/{id}": "read the draft, or the bill",
    "POST invoices": "make the draft",
    "GET ledgerreceipts/{id}": "read the accounting page",
    "PUT ledgerreceipts/{id}": "write accounts and cost centres",
    "POST attachments": "attach a file",
    "PUT invoices/{id}/invalidate": "cancel a second draft of our own",
    "GET invoices/{id}/paymentevents": "read what was paid",
    "PUT invoices/{id}/verify": "take a purchase out of the drafts",
    "PUT invoices/{id}/markpaid": "mark a day of payment",
    "GET circulation": "read how bills circulate",
    "GET invoices/{id}/transactions": "read a bill's history",
    "PUT invoices/{id}/approve": "approve",
    "PUT invoices/{id}/unfinished": "take an approval back",
}

STORED = {
    "transfer queued": "the wish to send, and its first turn",
    "transfer taken up": "the fence rises",
    "transfer creating": "the intent, before the draft is made",
    "transfer looking": "no answer, or nothing left",
    "transfer created": "Procountor's id and number",
    "transfer finishing": "the intent, before a file is attached again",
    "transfer later": "the next turn and its time",
    "transfer done": "the end: transfer, document, what follows, trail, message",
    "transfer refused": "Procountor's no",
    "transfer parked": "left to a person",
    "trail": "a row about a draft cancelled",
    "mark taken up": "the fences of a document's days of payment rise",
    "mark marking": "the intent, before a day is marked",
    "mark later": "the next turn and its time",
    "mark done": "a day is marked",
    "mark todo": "left to a person",
    "decision noted": "what a person decided, and its first turn",
    "decision sent": "the intent, before the approval",
    "decision unsure": "no answer: looked for",
    "decision done": "the end of a decision",
    "decision refused": "it came to nothing, and the person hears it",
    "decision contested": "taken back, and everybody hears it",
    "bill": "a bill as it was read",
}

POINTS = tuple((name, when) for name in (*CALLED, *STORED) for when in When)


class Crash(BaseException):
    """The process is gone. No handler of the product's may see it as an error of its own."""


@dataclass(frozen=True, slots=True)
class Strike:
    """What happens at the ``nth`` time of a point, or at step ``step`` counted over all of them.

    ``what``: crash, pause (of ``seconds``), backup, restore (the process ends and the backup is put back).
    """

    what: str
    name: str = ""
    when: When = When.AFTER
    nth: int = 1
    step: int = 0
    seconds: float = 0.0


@dataclass
class Watch:
    """Counts the points of a trial as they are passed, and strikes where it was told to."""

    strikes: list[Strike]
    act: Callable[[Strike], None]
    passed: Counter[tuple[str, str]] = field(default_factory=Counter)
    step: int = 0
    struck: list[Strike] = field(default_factory=list)

    def hit(self, name: str, when: When, *, inside: bool = False) -> None:
        """``inside``: within a transaction, where nobody can be paused and nothing copied."""
        self.step += 1
        self.passed[name, when] += 1
        for strike in self.strikes:
            if strike.step:
                due = self.step >= strike.step and not (inside and strike.what != "crash")
            else:
                due = (strike.name, strike.when) == (name, when) and self.passed[name, when] >= strike.nth
                due = due and not (inside and strike.what != "crash")
            if due:
                self.strikes.remove(strike)
                self.struck.append(strike)
                self.act(strike)
                return
