"""The setup's checklist: what is done in a few lines, what is left with its next step and a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.chat import Block, Picture
from handlers.views import blocks as b
from handlers.views import keys
from handlers.views.blocks import button as press
from handlers.views.steps import Mark, Step, left, ready
from handlers.views.tongue import Tongue

SIGNS = {
    Mark.OK: ":white_check_mark:",
    Mark.WRONG: ":red_circle:",
    Mark.TODO: ":white_circle:",
    Mark.OPEN: ":information_source:",
}


@dataclass(frozen=True, slots=True)
class Buttons:
    """What the buttons carry: a step's own, "look again", "settings"."""

    step: Callable[[Step], str]
    look: str
    settings: str


def picture(
    say: Tongue, company: str, steps: Sequence[Step], buttons: Buttons, looked: datetime | None, *, looking: bool
) -> Picture:
    """The whole list, in the order of the steps. ``looked``: when Procountor was last asked."""
    head = say("Setting up {company}", company=b.safe(company))
    blocks: list[Block] = [b.section(f"*{head}*\n{progress(say, steps)}")]
    done: list[str] = []
    for step in steps:
        if step.mark is Mark.OK and not step.label:
            done.append(_line(step))
            continue
        blocks += b.paragraphs(done)
        done = []
        blocks.append(_section(step, buttons))
    blocks += b.paragraphs(done)
    if looking:
        blocks.append(b.context(f":hourglass_flowing_sand: {say('Looking at Procountor…')}"))
    elif looked is not None:
        blocks.append(b.context(say("Looked at Procountor {moment}", moment=say.moment(looked))))
    if looked is not None or looking:
        foot = [b.button(say("Look again"), "setup.look", buttons.look)]
        blocks.append(b.actions([*foot, b.button(say("Settings"), "settings.open", buttons.settings)]))
    return Picture(f"{head}: {_counted(say, steps)}", tuple(blocks[:49]))


def progress(say: Tongue, steps: Sequence[Step]) -> str:
    """How far it is; "ready" plainly at the end."""
    if ready(steps):
        begin = say("Drop the month’s invoice files here and type `/procountor send invoices`.")
        return f":white_check_mark: *{_counted(say, steps)}* {begin}"
    return _counted(say, steps)


def _counted(say: Tongue, steps: Sequence[Step]) -> str:
    if ready(steps):
        return say("Everything needed is in place: Kierto is ready.")
    done = sum(step.mark is Mark.OK for step in steps)
    return say.n(
        "{done} of {all} steps are done; {n} more is needed.",
        "{done} of {all} steps are done; {n} more are needed.",
        len(left(steps)),
        done=done,
        all=len(steps),
    )


def _line(step: Step) -> str:
    return f"{SIGNS[step.mark]} *{step.title}* · {step.told}" if step.told else f"{SIGNS[step.mark]} *{step.title}*"


def _section(step: Step, buttons: Buttons) -> Block:
    if step.mark is Mark.OK:
        text = _line(step)
    else:
        text = "\n".join(line for line in (f"{SIGNS[step.mark]} *{step.title}*", step.told, step.todo) if line)
    accessory = press(step.label, step.action, buttons.step(step)) if step.label else None
    return b.section(text, accessory)


def moved(say: Tongue) -> Picture:
    """In the place of an older list of the same reader."""
    text = say("The checklist goes on further down.")
    return Picture(text, (b.context(text),))


def sent(say: Tongue) -> Picture:
    """To somebody who asked for the list elsewhere."""
    text = say("The setup’s checklist is in your direct messages with Kierto.")
    return Picture(text, (b.section(text),))


def welcome(say: Tongue) -> Picture:
    """To the workspace's admin who has just become the company's first one."""
    text = say("You are the first admin of your company in Kierto, because you are an admin of this Slack workspace.")
    return Picture(text, (b.section(f":white_check_mark: {text}"),))


def nobody_yet(say: Tongue, bosses: Sequence[str]) -> Picture:
    """To somebody else while the company has no admin; ``bosses`` are Slack users."""
    people = ", ".join(f"<@{user}>" for user in bosses[:10])
    if people:
        text = say(
            "Your company has no admin in Kierto yet. One of these, who look after your Slack, begins by "
            "typing `/procountor setup`: {people}",
            people=people,
        )
    else:
        text = say(
            "Your company has no admin in Kierto yet. An admin of this Slack workspace types `/procountor setup`."
        )
    return Picture(text, (b.section(text),))


def home(say: Tongue, steps: Sequence[Step], handle: str) -> list[Block]:
    """The Home tab's lines: what is next while anything is left, a small line when nothing is."""
    waiting = left(steps)
    if not waiting:
        return [b.context(f":white_check_mark: {say('The setup is in order.')}")]
    first = waiting[0]
    text = f"{SIGNS[first.mark]} *{say('Setup')}* · {progress(say, steps)}\n{say('Next: {step}', step=first.title)}"
    return [b.section(text, keys.open_setup(say, handle)), b.divider()]


def begin(say: Tongue, handle: str) -> list[Block]:
    """The Home tab of a workspace's admin whose company has none yet."""
    text = say("Kierto is installed and waits to be set up. It takes about half an hour.")
    return [b.section(f":sparkles: {text}", keys.open_setup(say, handle)), b.divider()]
