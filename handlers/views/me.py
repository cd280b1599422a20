"""A person's own settings: as a part of the Home tab, as a form, and what a change came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.chat import Block, Modal, Picture
from handlers.views import blocks as b
from handlers.views import choosers, notices
from handlers.views.tongue import Tongue

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person has chosen; empty texts stand for nothing chosen. ``hour`` is never empty: the company's else."""

    language: str
    notify: str
    quiet: str
    hour: str


@dataclass(frozen=True, slots=True)
class Known:
    """Who the person is in Procountor: ``id`` masked, ``by`` "key", "said" or "" for nobody has said it.

    ``name`` and ``since`` are of an own key.
    """

    id: str = ""
    by: str = ""
    name: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Buttons:
    """What the buttons carry; empty for those that are not offered."""

    open: str
    connect: str = ""
    disconnect: str = ""
    rights: str = ""


def section(say: Tongue, chosen: Choices, known: Known, rights: str, fresh: list[str], buttons: Buttons) -> list[Block]:
    """``rights`` in words, empty for none; ``fresh`` says from when some can be used."""
    lines = [
        f"*{say('You')}*",
        say("Language: {language}", language=language(say, chosen.language)),
        say("Notices: {how}", how=_notices(say, chosen)),
        say("Quiet hours: {hours}", hours=_span(chosen.quiet) or say("none")),
        say("Your rights: {rights}", rights=rights)
        if rights
        else say("You have no rights in Kierto yet. Ask your admin."),
        *fresh,
        _who(say, known),
    ]
    pressed = [b.button(say("My settings"), "me.open", buttons.open)]
    if buttons.connect:
        pressed.append(b.button(say("Connect my own key"), "own.connect", buttons.connect))
    if buttons.disconnect:
        sure = b.confirm(
            say("Forget your own key?"),
            say("What you approve then goes with the company’s key and your name."),
            say("Forget it"),
            say("Not yet"),
        )
        pressed.append(b.button(say("Forget my own key"), "own.disconnect", buttons.disconnect, confirm=sure))
    if buttons.rights:
        pressed.append(b.button(say("Rights of everybody"), "rights.open", buttons.rights))
    return [b.divider(), *b.paragraphs(lines), b.actions(pressed)]


def _who(say: Tongue, known: Known) -> str:
    if known.by == "key":
        return say(
            "In Procountor: {name} ({id}), with your own key since {moment}",
            name=b.safe(known.name),
            id=known.id,
            moment=known.since or "",
        )
    if known.by:
        return say("In Procountor: user {id}. You have not connected an own key.", id=known.id)
    return say("In Procountor: not known yet. Connect your own key, or ask your admin.")


def language(say: Tongue, chosen: str) -> str:
    """A chosen language by its name; without one Slack's."""
    names = {"fi": "suomi", "sv": "svenska", "en": "English"}
    return names.get(chosen) or say("as in Slack ({language})", language=names[say.language])


def _span(quiet: str) -> str:
    """Quiet hours as they are printed; with a hyphen Slack would look for an emoji between the colons."""
    return quiet.replace("-", "–")


def _notices(say: Tongue, chosen: Choices) -> str:
    return {
        "off": say("only what I ask for"),
        "digest": say("together, at {hour}", hour=chosen.hour),
    }.get(chosen.notify, say("bills at once, reminders at {hour}", hour=chosen.hour))


def form(say: Tongue, chosen: Choices, meta: str) -> Modal:
    """All of it in one form."""
    languages = [(AUTO, say("As in Slack")), ("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
    ways = [
        ("digest", say("Everything together once a day")),
        ("instant", say("Bills at once, reminders once a day")),
        ("off", say("Only what I ask for")),
    ]
    start, _, end = chosen.quiet.partition("-")
    pick = say("Choose")
    told = [
        b.field("language", say("Language"), b.select("language", pick, languages, chosen.language or AUTO)),
        b.field("notify", say("Notices"), b.select("notify", pick, ways, chosen.notify or "instant")),
        b.field("hour", say("The day’s notices come at"), choosers.clock("hour", chosen.hour)),
        b.field("quiet_from", say("Quiet from"), choosers.clock("quiet_from", start), optional=True),
        b.field(
            "quiet_to",
            say("Quiet until"),
            choosers.clock("quiet_to", end),
            say("To have no quiet hours, empty both, or type `/procountor quiet off`."),
            optional=True,
        ),
    ]
    return Modal(say("My settings"), tuple(told), "me.save", say("Close"), say("Save"), meta)


def saved(say: Tongue, chosen: Choices, meta: str) -> Modal:
    """The form once more, with what was saved on top."""
    made = form(say, chosen, meta)
    done = b.section(f":white_check_mark: {say('Saved.')}")
    return Modal(made.title, (done, *made.blocks), made.callback, made.close, made.submit, made.meta)


def now(say: Tongue, chosen: Choices, name: str, handle: str) -> Picture:
    """One setting as it is, with how to change it."""
    text = _one(say, chosen, name)
    usage = {
        "language": "`/procountor language fi|sv|en|auto`",
        "notify": "`/procountor notify digest|instant|off`",
        "quiet": "`/procountor quiet 18:00-07:30|off`",
        "hour": "`/procountor hour 08:30`",
    }[name]
    button = b.button(say("My settings"), "me.open", handle)
    return Picture(
        text, (b.section(text), b.context(say("Change it with {command}", command=usage)), b.actions([button]))
    )


def changed(say: Tongue, chosen: Choices, name: str, clash: str = "") -> Picture:
    """One setting as it is from now on; ``clash`` is what does not go well with another."""
    text = ":white_check_mark: " + _one(say, chosen, name)
    return notices.plain(f"{text}\n{clash}" if clash else text)


def _one(say: Tongue, chosen: Choices, name: str) -> str:
    return {
        "language": say("Your language: {language}", language=language(say, chosen.language)),
        "notify": say("Your notices: {how}", how=_notices(say, chosen)),
        "quiet": say("Your quiet hours: {hours}", hours=_span(chosen.quiet) or say("none")),
        "hour": say("Your notices of the day come at {hour}.", hour=chosen.hour),
    }[name]


def unfit(say: Tongue, name: str, typed: str) -> str:
    """Why what was filled in is none; plain text."""
    return _unfit(say, name, b.cut(b.clean(typed), 40))


def misread(say: Tongue, name: str, typed: str) -> Picture:
    """The same of what was typed as a command."""
    return notices.plain(_unfit(say, name, b.safe(typed, 40)))


def _unfit(say: Tongue, name: str, found: str) -> str:
    return {
        "language": say("“{found}” is none of: fi, sv, en, auto.", found=found),
        "notify": say("“{found}” is none of: digest, instant, off.", found=found),
        "quiet": say("“{found}” are no hours. Write them like this: 18:00-07:30, or off", found=found),
        "hour": say("“{found}” is no time of day. Write it like this: 08:30", found=found),
        "changing": say("Between 03:00 and 04:00 the clocks change: choose another time."),
        "half": say("Give both the beginning and the end, or neither."),
        "same": say("The end is the same as the beginning."),
    }[name]


def within_quiet(say: Tongue, quiet: str) -> str:
    """The hour of the day's notices lies in the quiet hours."""
    return say("That is within your quiet hours ({hours}): the notices come when they end.", hours=_span(quiet))
