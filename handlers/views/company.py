"""The company a person is at, and the list to choose another from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.chat import Block, Picture
from handlers.views import blocks as b
from handlers.views.tongue import Tongue

MOST = 100  # that a list of Slack's holds


@dataclass(frozen=True, slots=True)
class Choice:
    """A company to choose; ``here`` when the person is at it."""

    handle: str
    name: str
    here: bool


def where(say: Tongue, name: str, choices: Sequence[Choice]) -> Picture:
    """Where the person is; with several, the list."""
    if not choices:
        text = say("You are at {company}, your only company here.", company=b.safe(name))
        return Picture(text, (b.section(text),))
    text = say("You are at {company}.", company=b.safe(name))
    return Picture(text, (*section(say, name, choices), *_more(say, choices)))


def section(say: Tongue, name: str, choices: Sequence[Choice]) -> list[Block]:
    """One line with the list beside it."""
    told = say("You are at *{company}*. What you type and drop is about it.", company=b.safe(name))
    return [b.section(told, _list(say, choices))]


def which(say: Tongue, typed: str, choices: Sequence[Choice]) -> Picture:
    """None or several of the person's companies have the name that was typed."""
    text = say("Which company do you mean by “{typed}”? Choose it from the list.", typed=b.safe(typed, 60))
    return Picture(text, (b.section(text, _list(say, choices)), *_more(say, choices)))


def gone_to(say: Tongue, name: str) -> Picture:
    """The choice has been made."""
    text = say("You are at {company} now. What you type and drop is about it.", company=b.safe(name))
    return Picture(text, (b.section(text),))


def _list(say: Tongue, choices: Sequence[Choice]) -> Block:
    chosen = next((choice.handle for choice in choices if choice.here), "")
    offered = [(choice.handle, choice.name) for choice in choices[:MOST]]
    return b.select("company.be", say("Go to another"), offered, chosen)


def _more(say: Tongue, choices: Sequence[Choice]) -> tuple[Block, ...]:
    if len(choices) <= MOST:
        return ()
    return (b.context(say("More than the list holds: type `/procountor company` and the name.")),)
