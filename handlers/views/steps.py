"""A step of a company's setup as it stands: one line with what to do next, drawn alike in Slack and in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a step stands."""

    OK = "ok"
    WRONG = "wrong"  # something does not fit and stops the work
    TODO = "todo"  # not done yet, and needed
    OPEN = "open"  # not done yet; the work goes on without it


@dataclass(frozen=True, slots=True)
class Step:
    """``told`` is what is so, ``todo`` what to do and who can do it (mrkdwn, foreign text already made safe).

    ``label`` and ``action`` are a button's; ``value`` goes with it, empty for the company's own handle.
    """

    name: str
    title: str
    mark: Mark
    told: str = ""
    todo: str = ""
    label: str = ""
    action: str = ""
    value: str = ""


def left(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps that are needed and not done, what is wrong before what is not done yet."""
    waiting = [step for step in steps if step.mark in (Mark.WRONG, Mark.TODO)]
    return tuple(sorted(waiting, key=lambda step: step.mark is not Mark.WRONG))


def ready(steps: Sequence[Step]) -> bool:
    """Whether the company can work: nothing needed is left."""
    return not left(steps)
