"""Lists and first pages: the batches so far, the help, the Home tab."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from handlers.chat import Block, Picture
from handlers.views import blocks as b
from handlers.views.batch import Batch, Stand
from handlers.views.notices import person
from handlers.views.tongue import Tongue
from handlers.views.wordlists import wordlist

Told = tuple[Batch, datetime, str]


def batches(say: Tongue, rows: Sequence[Told]) -> Picture:
    """The newest batches first."""
    if not rows:
        text = say("No batches yet. Begin with `/procountor send invoices`.")
        return Picture(text, (b.section(text),))
    title = say("The latest batches")
    return Picture(title, tuple(b.paragraphs([f"*{title}*", *(_row(say, *row) for row in rows)])))


def _row(say: Tongue, batch: Batch, at: datetime, by: str) -> str:
    state = {
        "checking": say("being checked"),
        "preview": say("waits for your word"),
        "sending": say("being sent"),
        "done": say("done"),
        "cancelled": say("cancelled"),
        "failed": say("could not be checked"),
    }[batch.state]
    if batch.state == "preview" and not (batch.of(Stand.READY) and not batch.dry):
        state = say("checked") if batch.entries else say("nothing to send")
    say = say.about(batch.kind)
    parts = [f"*{batch.number}*", say.moment(at), person(say, by), state, ", ".join(_counts(say, batch))]
    return "• " + " · ".join(part for part in parts if part)


def _counts(say: Tongue, batch: Batch) -> list[str]:
    """What has become of the invoices; before sending, only how many there are."""
    if batch.state not in ("sending", "done"):
        many = len(batch.entries)
        return [say.n("{n} invoice", "{n} invoices", many)] if many else []
    left = len(batch.troubled)
    counts = [say.n("{n} sent", "{n} sent", len(batch.of(Stand.SENT)))]
    return counts + ([say.n("{n} needs attention", "{n} need attention", left)] if left else [])


def help_(say: Tongue, commands: Sequence[tuple[str, str, str]], intro: str = "") -> Picture:
    """Every command the reader may use: name, usage, what it does. Made from the table that reads them."""
    head = intro or say("Kierto carries invoices between your project system and Procountor.")
    lines = [f"`/procountor {f'{name} {_usage(say, usage)}'.strip()}`\n{text}" for name, usage, text in commands]
    foot = say("You can also drop an invoice file here, or type a command to me without the slash.")
    return Picture(head, (b.section(head), *b.paragraphs(lines), b.context(foot)))


def _usage(say: Tongue, usage: str) -> str:
    """What follows a command's name: words that stand for something in the reader's language, the others as typed."""

    def told(word: re.Match[str]) -> str:
        found = wordlist("fields").get(f"usage={word[0]}")
        return say.words(found, {}) if found else word[0]

    return re.sub(r"[A-Za-z]+", told, usage)


def top(say: Tongue, company: str, state: str) -> list[Block]:
    """The head of the Home tab: whose it is, and how the connection stands."""
    return [b.header(b.clean(company) or "Kierto"), b.context(_connection(say, state))]


def nothing(say: Tongue) -> list[Block]:
    """In the place of the sections for one who has none."""
    return [b.section(say("You have no rights in Kierto yet. Ask your admin."))]


def ruled(blocks: Sequence[Block]) -> list[Block]:
    """With one line between two sections, whoever of them drew it, and none at the end."""
    told: list[Block] = []
    for block in blocks:
        if block["type"] != "divider" or (told and told[-1]["type"] != "divider"):
            told.append(block)
    return told[:-1] if told and told[-1]["type"] == "divider" else told


def safe(company: str) -> str:
    """The company's name for the Home tab's own text."""
    return b.safe(b.clean(company) or "Kierto")


def invoices(say: Tongue, waiting: int, rows: Sequence[Told]) -> list[Block]:
    """What waits, the buttons, the latest batches."""
    text = say.n("*{n}* invoice waits to be sent", "*{n}* invoices wait to be sent", waiting)
    told = f":inbox_tray: {text}" if waiting else say(":sparkles: No invoices wait.")
    blocks: list[Block] = [b.header(say("Sales invoices")), b.section(told)]
    buttons = [b.button(say("Bring invoices in"), "home.import", "import")]
    if waiting:
        buttons.insert(0, b.button(say("Check and send"), "home.send", "all", style="primary"))
    batches = [_row(say, *row) for row in rows] or [say("No batches yet.")]
    return [*blocks, b.actions(buttons), *b.paragraphs([f"*{say('The latest batches')}*", *batches])]


def bills_to_send(say: Tongue, waiting: int) -> list[Block]:
    """The bills of the project system that wait, and the button that checks them."""
    text = say.n(
        "*{n}* bill from the project system waits to be sent to Procountor",
        "*{n}* bills from the project system wait to be sent to Procountor",
        waiting,
    )
    press = b.button(say("Check and send the bills"), "home.send_bills", "all")
    return [b.section(f":inbox_tray: {text}"), b.actions([press])]


def _connection(say: Tongue, state: str) -> str:
    if state == "new":
        return ":white_circle: " + say("Not connected to Procountor yet: an admin types `/procountor setup`.")
    if state == "paused":
        return ":red_circle: " + say("Procountor does not accept our key: sending waits.")
    return ":large_green_circle: " + say("Connected to Procountor")
