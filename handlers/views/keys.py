"""The company's API key: how it is made, the form it is typed into once, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.chat import Block, Modal, Picture
from handlers.views import blocks as b
from handlers.views import menu_paths, notices
from handlers.views.tongue import Tongue
from handlers.views.wordlists import wordlist

FIELD = "api_key"


@dataclass(frozen=True, slots=True)
class Whose:
    """What Procountor told of a key: the company, the user, and the rights missing as (path, level)."""

    company: str
    business_id: str
    user: str
    lacking: Sequence[tuple[str, str]] = ()
    renewal: bool = False


def how_short(say: Tongue) -> str:
    """In one sentence, for the checklist."""
    return say(
        "A company administrator makes one in Procountor: {menu}. It is shown there once.",
        menu=menu_paths.api_keys(say),
    )


def form(say: Tongue, client_id: str, meta: str, trouble: str = "") -> Modal:
    """The form for the key; ``trouble`` is what was wrong with the one before (mrkdwn)."""
    told: list[Block] = [b.section(f":warning: {trouble}")] if trouble else []
    client = say("Choose the user made for Kierto and give `{client}` as the client id.", client=b.safe(client_id, 80))
    steps = [
        say("A company administrator does this in Procountor:"),
        f"1. {menu_paths.api_keys(say)}",
        f"2. {client}",
        f"3. {say('Create, copy the key, OK. It is shown only once.')}",
    ]
    told.append(b.section("\n".join(steps)))
    hint = say("Typed once: it is sealed at once and never shown again. Nothing is connected before you confirm.")
    told.append(b.field(FIELD, say("API key"), b.text_input(FIELD, most=1000), hint))
    return Modal(say("API key"), tuple(told), "key.typed", say("Close"), say("Try it"), meta)


def checking(say: Tongue) -> Modal:
    """In the form's place while Procountor is asked."""
    text = say("Asking Procountor whose key this is. This takes a moment.")
    return notices.closing(say, f":hourglass_flowing_sand: {text}", "key.checking")


def confirm(say: Tongue, whose: Whose, meta: str) -> Modal:
    """Whose books the key opens, for the admin's yes."""
    return Modal(
        say("Is it this company?"), tuple(_whose(say, whose)), "key.confirm", say("Cancel"), say("Connect it"), meta
    )


def confirm_here(say: Tongue, whose: Whose, handle: str) -> Picture:
    """The same as a message, when the form was closed meanwhile."""
    press = b.button(say("Connect it"), "key.confirm", handle, style="primary")
    return Picture(say("Is it this company?"), (*_whose(say, whose), b.actions([press])))


def _whose(say: Tongue, whose: Whose) -> list[Block]:
    lines = [
        say("The key opens the books of:"),
        f"*{b.safe(whose.company)}*",
        say("Business id: {id}", id=b.safe(whose.business_id) or say("not told")),
        say("The key’s user: {user}", user=b.safe(whose.user) or say("not told")),
    ]
    if whose.renewal:
        lines.append(say("It takes the place of the key kept now, and what waits goes on."))
    told = [b.section("\n".join(lines))]
    if whose.lacking:
        head = say("The user still lacks rights; you can connect now and have them given afterwards:")
        listed = [f"• {right_of_key(say, path, level)}" for path, level in whose.lacking]
        told.append(b.section("\n".join((f":warning: {head}", *listed))))
    return told


def right_of_key(say: Tongue, path: str, level: str) -> str:
    """A right as Procountor's page of user rights calls it, with its level; a limitation is to be taken off."""
    found = wordlist("key_rights").get(path)
    name = say.words(found, {}) if found else b.safe(path)
    if level == "ALL_RIGHTS":
        return say("{right}: all rights", right=name)
    if level == "VIEWING_RIGHTS":
        return say("{right}: viewing rights", right=name)
    return say("take off the limitation {right}", right=name)


def failed(say: Tongue, text: str, retry: str = "") -> Modal:
    """Why a key could not be taken; ``retry`` is the handle for trying the same key again."""
    told: list[Block] = [b.section(f":warning: {text}")]
    if retry:
        told.append(b.actions([b.button(say("Try it again"), "key.again", retry)]))
    return Modal(say("API key"), tuple(told), "key.failed", say("Close"))


def connected(say: Tongue, company: str, *, renewal: bool) -> str:
    """What the form says at the end."""
    if renewal:
        text = say("The new key of {company} is in use, and what waited goes on.", company=b.safe(company))
    else:
        text = say("{company} is connected. The registers are being fetched.", company=b.safe(company))
    return f":white_check_mark: {text} {say('The checklist shows what is left.')}"


def not_accepted(say: Tongue, company: str, handle: str) -> Picture:
    """To each admin, once, when Procountor no longer accepts the key."""
    text = say(
        "Procountor no longer accepts the API key of {company}. Sending waits and nothing is lost. "
        "Open the setup: it says why and takes a new key.",
        company=b.safe(company),
    )
    return Picture(text, (b.section(f":red_circle: {text}"), b.actions([open_setup(say, handle)])))


def open_setup(say: Tongue, handle: str, *, style: str = "primary") -> Block:
    """The button that shows the checklist."""
    return b.button(say("Open the setup"), "setup.open", handle, style=style)
