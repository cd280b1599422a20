"""A person's own API key: how it is made, the form it is typed into once, whose it is, and what became of it."""

from __future__ import annotations

from enum import StrEnum

from handlers.chat import Modal, Picture
from handlers.views import blocks as b
from handlers.views import notices
from handlers.views.tongue import Tongue

FIELD = "own_key"


class Trouble(StrEnum):
    """Why a key is not taken."""

    REFUSED = "refused"  # Procountor does not accept it
    INTERFACES = "interfaces"  # the company allows no chargeable interfaces
    SILENT = "silent"  # Procountor did not answer
    OTHER = "other"  # it opens another company's books
    MACHINE = "machine"  # it belongs to Kierto's own user
    TAKEN = "taken"  # somebody else has connected the same user


def form(say: Tongue, client_id: str, meta: str) -> Modal:
    """The menu path and the field."""
    lines = [
        say("With your own key Procountor itself knows that it is you who approves, and checks your rights there."),
        say("In Procountor, you or a company administrator for you:"),
        f"1. {say('Basics → API client keys → New API key')}",
        f"2. {say('Choose yourself as the user, and `{client}` as the client id.', client=b.safe(client_id, 80))}",
        f"3. {say('Create it and copy the key: it is shown once.')}",
    ]
    hint = say("Typed once. It is sealed at once, never shown again, and forgotten when you say so.")
    field = b.field(FIELD, say("Your API key"), b.text_input(FIELD, most=500), hint)
    return Modal(
        say("Own API key"), (b.section("\n".join(lines)), field), "own.offer", say("Close"), say("Check"), meta
    )


def asking(say: Tongue) -> Modal:
    """In the form's place while Procountor is asked."""
    text = say("We are asking Procountor whose key it is. The answer comes as a direct message in a moment.")
    return notices.closing(say, f":hourglass_flowing_sand: {text}", "own.asking")


def whose(say: Tongue, name: str, before: str, yes: str, no: str) -> Picture:
    """Whose key it is, for his yes. ``before`` is whom he was taken for until now, when that is somebody else."""
    head = say("Is this you?")
    lines = [f"*{head}*", say("The key belongs to *{name}* in Procountor.", name=b.safe(name))]
    if before:
        lines.append(":warning: " + say("Until now you were taken for another user there: {user}", user=b.safe(before)))
    buttons = [
        b.button(say("Yes, that is me"), "own.yes", yes, style="primary"),
        b.button(say("No, forget the key"), "own.no", no),
    ]
    return Picture(head, (b.section("\n".join(lines)), b.actions(buttons)))


def troubled(say: Tongue, trouble: Trouble, name: str = "", ours: str = "") -> str:
    """Why the key is not taken and what to do; ``name`` is the company or user the key names."""
    return {
        Trouble.REFUSED: say("Procountor does not accept this key. Copy it whole, or make a new one, and try again."),
        Trouble.INTERFACES: say(
            "The company does not allow chargeable interfaces in Procountor, so no key works. Ask your admin."
        ),
        Trouble.SILENT: say("Procountor did not answer, and the key was forgotten. Try again in a moment."),
        Trouble.OTHER: say(
            "This key opens the books of {theirs}, but here it is about {ours}. Make the key in that company.",
            theirs=b.safe(name),
            ours=b.safe(ours),
        ),
        Trouble.MACHINE: say(
            "This key belongs to Kierto’s own user in Procountor. Choose yourself as the user when you make the key."
        ),
        Trouble.TAKEN: say(
            "{name} is connected to another Slack user already. That one must first type `/procountor disconnect me`.",
            name=b.safe(name),
        ),
    }[trouble]


def connected(say: Tongue, name: str) -> str:
    return say("Connected: from now on you approve in Procountor as {name}, with your own key.", name=b.safe(name))


def thrown_away(say: Tongue) -> str:
    return say("The key was forgotten. Nothing was connected.")


def forgotten(say: Tongue, had: bool) -> str:
    """After `disconnect me`."""
    if not had:
        return say("You have not connected an own key.")
    return say("Your own key is forgotten. If nothing else uses it, revoke it in Procountor too.")


def lost(say: Tongue, company: str) -> Picture:
    """To the person, once, when his key is not accepted any more."""
    text = say(
        "Procountor no longer accepts your own API key in {company}, so it was removed. What you approve goes with the "
        "company’s key and your name from now on. To use your own again, make a new one: `/procountor connect me`",
        company=b.safe(company),
    )
    return notices.plain(f":warning: {text}")


def clash(say: Tongue, person: str, other: str, name: str) -> Picture:
    """To the admins: two Slack users are the same human, as one of them has shown by a key."""
    text = say(
        "{person} has shown with a key to be {name} in Procountor. {other} was taken for the same user: "
        "until that is put right the two count as one human. Look at who is who.",
        person=notices.person(say, person),
        other=notices.person(say, other),
        name=b.safe(name),
    )
    return notices.plain(f":warning: {text}")
