"""Separation of duties as a table an auditor can read: what one human may not do both of to the same thing.

Source: reliability.md 7. A human is one whatever accounts he has: people are compared by ``Holder.names``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from finance.authority import FRESH, SIGNING, Grant, Holder, Right
from finance.company import Choices


class Act(StrEnum):
    """What is done to a bill, a claim, a transfer or the rights over them."""

    CLAIM = "claim"  # claims an expense for himself
    ENTER = "enter"  # brings the bill in, or writes its rows
    VERIFY = "verify"  # pre-approves: no accounting effect
    APPROVE = "approve 1"  # the first approval
    SECOND = "approve 2"  # every approval after it
    BANK = "bank data"  # changes where the supplier's money goes
    SEND = "send"  # starts the transfer, or marks as paid
    MAP = "map"  # says who somebody is in Procountor, gives rights and limits
    AUDIT = "audit"  # reads the trail


class Rule(StrEnum):
    """Whether the same human may do both."""

    OK = "yes"
    NO = "no"
    DAY = "no, for 24 hours"  # after the change; the other way round it takes effect on nothing
    POLICY = "as the company has chosen"
    TWO = "only once another admin has confirmed it, or after 24 hours"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two acts on the same thing. ``policy`` names the company's choice that decides; ``why`` is for the auditor."""

    first: Act
    second: Act
    rule: Rule
    why: str
    policy: str = ""


OWN = "nobody checks his own claim"
EYES = "four eyes: another human looks at what one has entered or approved"
MONEY = "who says where money goes does not say that it goes"
GIVEN = "who gives rights does not use them on what they were given for"
READS = "reading changes nothing"

TABLE = (
    Pair(Act.CLAIM, Act.ENTER, Rule.NO, OWN),
    Pair(Act.CLAIM, Act.VERIFY, Rule.NO, OWN),
    Pair(Act.CLAIM, Act.APPROVE, Rule.NO, OWN),
    Pair(Act.CLAIM, Act.SECOND, Rule.NO, OWN),
    Pair(Act.CLAIM, Act.BANK, Rule.OK, "one's own account is one's own to say"),
    Pair(Act.CLAIM, Act.SEND, Rule.OK, "a transfer ends at a draft, which commits nothing"),
    Pair(Act.CLAIM, Act.MAP, Rule.OK, "the approval is another human's in any case"),
    Pair(Act.ENTER, Act.VERIFY, Rule.OK, "verifying has no accounting effect"),
    Pair(Act.ENTER, Act.APPROVE, Rule.POLICY, EYES, "verify_and_approve"),
    Pair(Act.ENTER, Act.SECOND, Rule.NO, EYES),
    Pair(Act.ENTER, Act.BANK, Rule.NO, MONEY),
    Pair(Act.ENTER, Act.SEND, Rule.OK, "a transfer ends at a draft, which commits nothing"),
    Pair(Act.ENTER, Act.MAP, Rule.NO, GIVEN),
    Pair(Act.VERIFY, Act.APPROVE, Rule.POLICY, EYES, "verify_and_approve"),
    Pair(Act.VERIFY, Act.SECOND, Rule.NO, EYES),
    Pair(Act.VERIFY, Act.BANK, Rule.NO, MONEY),
    Pair(Act.VERIFY, Act.SEND, Rule.OK, "a transfer ends at a draft, which commits nothing"),
    Pair(Act.VERIFY, Act.MAP, Rule.NO, GIVEN),
    Pair(Act.APPROVE, Act.APPROVE, Rule.NO, "one human is one approval"),
    Pair(Act.APPROVE, Act.SECOND, Rule.NO, "one human is one approval"),
    Pair(Act.APPROVE, Act.BANK, Rule.NO, MONEY),
    Pair(Act.APPROVE, Act.SEND, Rule.POLICY, EYES, "approve_and_send"),
    Pair(Act.APPROVE, Act.MAP, Rule.DAY, GIVEN),
    Pair(Act.SECOND, Act.SECOND, Rule.NO, "one human is one approval"),
    Pair(Act.SECOND, Act.BANK, Rule.NO, MONEY),
    Pair(Act.SECOND, Act.SEND, Rule.POLICY, EYES, "approve_and_send"),
    Pair(Act.SECOND, Act.MAP, Rule.DAY, GIVEN),
    Pair(Act.BANK, Act.SEND, Rule.NO, MONEY),
    Pair(Act.BANK, Act.MAP, Rule.NO, GIVEN),
    Pair(Act.SEND, Act.MAP, Rule.NO, GIVEN),
    Pair(Act.MAP, Act.MAP, Rule.TWO, "what one gives oneself waits for a second human or a day"),
    *(Pair(act, Act.AUDIT, Rule.OK, READS) for act in Act if act is not Act.AUDIT),
)
"""Every pair once. A pair of the same act that is not named is nobody's business: correcting twice is correcting."""

_BY_PAIR = {frozenset((pair.first, pair.second)): pair for pair in TABLE}


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that was done to the thing: ``who`` are all names of the human, ``at`` aware UTC."""

    act: Act
    who: frozenset[str]
    at: datetime


def pair_of(first: Act, second: Act) -> Pair | None:
    """The row of the table, whichever act comes first; None for an act twice that the table leaves free."""
    return _BY_PAIR.get(frozenset((first, second)))


def barred(act: Act, holder: Holder, history: Iterable[Deed], now: datetime, choices: Choices) -> Deed | None:
    """The deed of the same human on the same thing that keeps him from ``act`` now; None when nothing does.

    ``history`` holds what was done to this bill or claim, changes of rights and of mapping that concern it among it.
    """
    if choices.one_person:
        return None
    mine = (deed for deed in history if deed.who & holder.names)
    return next((deed for deed in mine if _bars(act, deed, now, choices)), None)


def _bars(act: Act, deed: Deed, now: datetime, choices: Choices) -> bool:
    pair = pair_of(act, deed.act)
    if pair is None or pair.rule in (Rule.OK, Rule.TWO):
        return False
    if pair.rule is Rule.POLICY:
        return not getattr(choices, pair.policy)
    return pair.rule is Rule.NO or (deed.act is Act.MAP and now < deed.at + FRESH)


def may_confirm(giver: Holder, to: Holder, grant: Grant) -> bool:
    """Whether ``giver`` may make usable at once what ``to`` gave himself: only another human may."""
    return grant.by in to.names and not giver.names & to.names


def excepted(right: Right, choices: Choices) -> bool:
    """Whether a use of ``right`` must be told, because only the exception of a one-person company allows it alone."""
    return choices.one_person and right in SIGNING


def rows(choices: Choices) -> Iterator[tuple[str, str, str, str, str]]:
    """The table as it holds in one company, for an export: two acts, the rule, what holds now, why."""
    for pair in TABLE:
        yield pair.first.value, pair.second.value, _told(pair), _in_force(pair, choices), pair.why


def _told(pair: Pair) -> str:
    return f"{pair.rule.value} ({pair.policy})" if pair.policy else pair.rule.value


def _in_force(pair: Pair, choices: Choices) -> str:
    if choices.one_person and pair.rule is not Rule.OK:
        return "yes: exception of a one-person company (one_person), each use is told"
    if pair.rule is Rule.POLICY:
        return Rule.OK.value if getattr(choices, pair.policy) else Rule.NO.value
    return pair.rule.value
