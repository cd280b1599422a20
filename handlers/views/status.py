"""How things stand, in a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from finance.authority import Right
from handlers.chat import Block, Picture
from handlers.views import blocks as b
from handlers.views import keys
from handlers.views.checklist import SIGNS, progress
from handlers.views.notices import right_name
from handlers.views.steps import Step, left
from handlers.views.tongue import Tongue

MOST = 4  # steps named


@dataclass(frozen=True, slots=True)
class Connection:
    """The company's ``state``, since when its key is kept, and when its registers were fetched."""

    state: str
    since: datetime | None
    fetched: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Invoices that wait to be sent, and those under way."""

    invoices: int
    under_way: int


@dataclass(frozen=True, slots=True)
class People:
    """How many people the company has, and how many of them are known where."""

    all: int
    slack: int
    psa: int
    procountor: int


def picture(say: Tongue, company: str, told: Sequence[str], handle: str) -> Picture:
    """The paragraphs one below the other; ``handle`` is the setup's button's, "" for those who have none."""
    head = b.safe(b.clean(company) or "Kierto")
    blocks: list[Block] = [b.section(f"*{head}*"), *(b.section(text) for text in told)]
    if handle:
        blocks.append(b.actions([keys.open_setup(say, handle, style="")]))
    return Picture(head, tuple(blocks))


def setup(say: Tongue, steps: Sequence[Step]) -> str:
    """The checklist in short: how far it is and what is next."""
    lines = [progress(say, steps)]
    lines += [f"{SIGNS[step.mark]} {step.title}" for step in left(steps)[:MOST]]
    return "\n".join(lines)


def connection(say: Tongue, found: Connection) -> str:
    """The connection to Procountor and the age of what was fetched."""
    if found.state == "new":
        return f":white_circle: {say('Not connected to Procountor yet.')}"
    if found.state == "paused":
        line = f":red_circle: {say('Procountor does not accept our key: sending waits.')}"
    else:
        line = f":large_green_circle: {say('Connected to Procountor')}"
    if found.since is not None:
        line += f" · {say('the key is kept since {moment}', moment=say.shown(found.since.date()))}"
    if found.fetched is not None:
        line += f"\n{say('Registers fetched {moment}', moment=say.moment(found.fetched))}"
    return line


def waiting(say: Tongue, found: Waiting) -> str:
    """What has not been sent yet."""
    text = say.n("*{n}* invoice waits to be sent", "*{n}* invoices wait to be sent", found.invoices)
    lines = [text if found.invoices else say("No invoices wait to be sent.")]
    if found.under_way:
        lines.append(say.n("{n} is on its way to Procountor", "{n} are on their way to Procountor", found.under_way))
    return "\n".join(lines)


def people(say: Tongue, found: People) -> str:
    """Who is known where."""
    if not found.all:
        return say("No people have been brought in yet.")
    return say(
        "People: {all} · known in Slack {slack}, in the project system {psa}, in Procountor {procountor}",
        all=found.all,
        slack=found.slack,
        psa=found.psa,
        procountor=found.procountor,
    )


def rights(say: Tongue, held: Sequence[Right]) -> str:
    """What the reader may do."""
    if not held:
        return say("You have no rights in Kierto yet. Ask your admin.")
    return say("Your rights: {rights}", rights=", ".join(right_name(say, right) for right in held))
