"""Steps of the setup about how the company wants things: who gets bills, channel, languages, hours, attachments."""

from __future__ import annotations

from finance.authority import Right
from handlers import greeting
from handlers.checks import facts
from handlers.routing import Router
from handlers.steps import Look
from handlers.views.notices import person
from handlers.views.settings import hour, language_name
from handlers.views.steps import Mark, Step
from storage import references, rights

on = Router()


@on.step("default recipient", place=85)
def default_recipient(look: Look) -> Step:
    """Who gets the bills that name nobody; he needs the right to receive bills (R43, R45)."""
    say, company, title = look.say, look.company, look.say("Bills that name nobody")
    who, button = company.choices.default_recipient, (say("Choose a person"), "settings.part")
    if not who:
        told = say("Nobody has been chosen to get the bills in which no project or person is found.")
        return Step("default recipient", title, Mark.TODO, told, "", *button)
    with look.desk.store.read() as tx:
        given = rights.holder(tx, company.id, company.team, who).rights
    if Right.RECEIVE not in given:
        told = say("{who} gets them, but does not have the right to receive bills.", who=person(say, who))
        todo = say("Give the right to receive bills, or choose somebody who has it.")
        return Step("default recipient", title, Mark.WRONG, told, todo, *button)
    return Step("default recipient", title, Mark.OK, say("{who} gets them", who=person(say, who)))


@on.step("channel", place=90)
def channel(look: Look) -> Step:
    """Where the results of batches are told."""
    say, company, title = look.say, look.company, look.say("Channel for results")
    where, button = company.choices.result_channel, (say("Choose a channel"), "settings.part")
    if not where:
        told = say("Results go to the sender only.")
        if facts.decided(look, "channel"):
            return Step("channel", title, Mark.OK, told)
        return Step("channel", title, Mark.OPEN, told, say("A channel lets the whole of finance see them."), *button)
    with look.desk.store.read() as tx:
        closed = references.marked(tx, company.id, greeting.MARK) == greeting.closed(where)
    if closed:
        told = say("Kierto cannot write to {channel}.", channel=f"<#{where}>")
        todo = f"{say('Type `/invite @Kierto` in that channel.')} {facts.again(look)}"
        return Step("channel", title, Mark.WRONG, told, todo, say("Look again"), "setup.look")
    return Step("channel", title, Mark.OK, say("Results go to {channel}", channel=f"<#{where}>"))


@on.step("languages", place=92)
def languages(look: Look) -> Step:
    """What channels are spoken to in, and what an invoice without a language is printed in."""
    say, choices, title = look.say, look.company.choices, look.say("Languages")
    told = say(
        "Channels: {channel} · invoices that name no language: {invoice}",
        channel=language_name(say, choices.channel_language),
        invoice=language_name(say, choices.default_language),
    )
    return _habit(look, "languages", title, told)


@on.step("reminder hour", place=94)
def reminder_hour(look: Look) -> Step:
    """When a digest comes to those who have chosen no hour of their own."""
    told = look.say("Reminders come at {hour}, unless a person chooses otherwise", hour=hour(look.company.choices))
    return _habit(look, "reminder hour", look.say("Reminder hour"), told)


@on.step("attachments", place=96)
def attachments(look: Look) -> Step:
    """Whether attachments go along, or are added by hand because they are kept in Google Drive (R32)."""
    say, drive = look.say, look.company.choices.google_drive
    told = say("Added by hand in Procountor (Google Drive)") if drive else say("Sent with the invoices")
    return _habit(look, "attachments", say("Attachments"), told)


def _habit(look: Look, name: str, title: str, told: str) -> Step:
    """Something that works as it is: an admin looks at its form once, and saves it changed or unchanged."""
    if facts.decided(look, name):
        return Step(name, title, Mark.OK, told)
    return Step(name, title, Mark.OPEN, told, "", look.say("Look at it"), "settings.part")
