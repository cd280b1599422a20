"""What is given back within Slack's three seconds: our answers in the shapes that Slack takes."""

from __future__ import annotations

import textwrap
from typing import Any

from slack_bolt import BoltResponse

from handlers.chat import Answer, Modal, Picture
from handlers.views.blocks import OPTION, TITLE, cut, plain, section
from handlers.views.tongue import Tongue

UNHEARD = "x-kierto-unheard"  # taken off at the door: nothing was kept, so the same delivery may come again

Shape = dict[str, Any]


def nothing() -> BoltResponse:
    """Heard; there is nothing to show."""
    return BoltResponse(status=200)


def unheard(answer: BoltResponse) -> BoltResponse:
    """Marks an answer to something of which nothing was kept."""
    answer.headers[UNHEARD] = ["1"]
    return answer


def again() -> BoltResponse:
    """Asks Slack to deliver an event again."""
    return unheard(BoltResponse(status=503))


def unfit() -> BoltResponse:
    """What no delivery will make readable; Slack need not send it again."""
    return BoltResponse(status=400, headers={"x-slack-no-retry": ["1"]})


def answered(kind: str, answer: object) -> BoltResponse:
    """What a route gave back, for a form or a select; other kinds answer by speaking."""
    given = answer if isinstance(answer, Answer) else Answer()
    if kind == "options":
        return choices(*given.options)
    if kind != "form":
        return nothing()
    if given.errors:
        return _action("errors", errors=dict(given.errors))
    if given.update:
        return _action("update", view=view(given.update))
    if given.push:
        return _action("push", view=view(given.push))
    return _action("clear") if given.clear else nothing()


def stays(answer: object) -> bool:
    """True when the form stays open after this answer and may be sent again just as it is."""
    return isinstance(answer, Answer) and bool(answer.errors or answer.update or answer.push)


def choices(*options: tuple[str, str]) -> BoltResponse:
    """Up to a hundred choices (value, label) for a select."""
    shown = [{"text": plain(label or value, OPTION), "value": cut(value, 150)} for value, label in options[:100]]
    return BoltResponse(status=200, body={"options": shown})


def sentence(text: str) -> BoltResponse:
    """Words in the place of a select's choices: a line of it is short, so they take as many as they need."""
    lines = textwrap.wrap(" ".join(text.split()), OPTION)
    return choices(*((f"-{place}", line) for place, line in enumerate(lines)))


def at_field(block_id: str, sentence: str) -> BoltResponse:
    """A sentence at a field of a form, which stays open with all that was filled in."""
    return _action("errors", errors={block_id: sentence})


def aside(picture: Picture) -> BoltResponse:
    """An answer to a command, seen by the one who typed it."""
    body: Shape = {"response_type": "ephemeral", "text": picture.text}
    if picture.blocks:
        body["blocks"] = list(picture.blocks)
    return BoltResponse(status=200, body=body)


def instead(say: Tongue, picture: Picture) -> BoltResponse:
    """Words in the place of a form."""
    return _action("update", view=view(notice(say, picture)))


def notice(say: Tongue, picture: Picture) -> Modal:
    """Words as a form that is only read."""
    return Modal(title="Kierto", blocks=picture.blocks or (section(picture.text),), callback="", close=say("Close"))


def view(modal: Modal) -> Shape:
    """A modal as Slack takes it."""
    made: Shape = {
        "type": "modal",
        "title": plain(modal.title, TITLE),
        "close": plain(modal.close, TITLE),
        "blocks": list(modal.blocks),
        "callback_id": modal.callback,
        "private_metadata": modal.meta,
    }
    if modal.submit:
        made["submit"] = plain(modal.submit, TITLE)
    return made


def home(picture: Picture) -> Shape:
    """A Home tab as Slack takes it."""
    return {"type": "home", "blocks": list(picture.blocks or (section(picture.text),))[:100]}


def _action(name: str, **more: object) -> BoltResponse:
    return BoltResponse(status=200, body={"response_action": name, **more})
