"""What becomes of a press on a bill, before anything is asked of Procountor."""

from __future__ import annotations

from dataclasses import dataclass

from finance.bill import Bill
from finance.circulation import Act
from finance.signing import Signing


@dataclass(frozen=True, slots=True)
class Changed:
    """The bill says something else than was shown; ``before`` is what was shown, when it is still known."""

    now: Bill
    before: Bill | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The person may not. ``signing`` tells why."""

    bill: Bill
    signing: Signing


@dataclass(frozen=True, slots=True)
class Held:
    """Several have to approve: what has been noted is a signature by ``by``, and ``left`` more are needed.

    ``mine`` is False when it stood there already. ``new_account``: they are needed because the account is new.
    """

    bill: Bill
    by: str
    mine: bool
    left: int = 1
    new_account: bool = True


@dataclass(frozen=True, slots=True)
class Needs:
    """The second of two signatures: the end of the account has to be typed (``wrong``: it was, and is another)."""

    bill: Bill
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """On its way, by ``by``. ``mine`` is False when somebody was quicker with the same step; ``decision`` is its id.

    ``done``: Procountor has it already. Until then it may still come to nothing.
    """

    bill: Bill
    act: Act
    by: str
    mine: bool
    decision: int = 0
    done: bool = False


Outcome = Changed | Refusal | Held | Needs | Noted
