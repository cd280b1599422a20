"""The acts of the person who looks at the page: the same doing as the driver's, asked for in JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.slack import commanding, dropping, events, pressing, shortcuts, submitting
from sandbox.slack.desk import Desk
from sandbox.slack.inputs import entry, slot
from sandbox.slack.records import Delivery, Gone
from sandbox.slack.walk import pairs

Asked = dict[str, Any]


def _where(asked: Asked) -> Any:
    return asked["view"] if asked.get("view") else (asked["channel"], asked["ts"])


def _click(desk: Desk, asked: Asked) -> Delivery:
    _keep(desk, asked)
    block = asked.get("block_id", "")
    return pressing.click(desk, asked["user"], _where(asked), asked["action_id"], asked.get("value"), 0, block)


def _choose(desk: Desk, asked: Asked) -> Delivery:
    _keep(desk, asked)
    block = asked.get("block_id", "")
    return pressing.choose(desk, asked["user"], _where(asked), asked["action_id"], asked.get("value"), block)


def _suggest(desk: Desk, asked: Asked) -> Delivery:
    place = desk.container(asked["user"], _where(asked))
    chosen = desk.pressed(place, asked["action_id"], None, 0, asked.get("block_id", ""))
    return pressing.suggest(desk, asked["user"], place, chosen, asked.get("value", ""))


def _keep(desk: Desk, asked: Asked) -> None:
    """Puts what stands in the page's fields into the view or message before acting."""
    place = desk.container(asked["user"], _where(asked))
    for block, element in pairs(place.blocks):
        given = (asked.get("values") or {}).get(block["block_id"], {})
        if element["action_id"] in given and slot(element["type"])[0]:
            value = given[element["action_id"]]
            offered = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
            state = entry(element, value, offered)
            pressing.remember(desk, asked["user"], place, block, element, state)


def _submit(desk: Desk, asked: Asked) -> Delivery:
    _keep(desk, asked)
    return submitting.submit(desk, asked["user"], asked["view"])


def _samples(desk: Desk, asked: Asked) -> Delivery:
    """Drops the named samples in one message, in the drawer's order."""
    wanted = set(asked["names"])
    files = [(item.name, item.content) for item in desk.space.samples if item.name in wanted]
    if len(files) != len(wanted):
        raise LookupError("no such sample")
    return dropping.drop_files(desk, asked["user"], files, asked.get("channel"))


ACTS: dict[str, Callable[[Desk, Asked], Delivery]] = {
    "command": lambda desk, asked: commanding.run_command(desk, asked["user"], asked["text"], asked.get("channel")),
    "say": lambda desk, asked: commanding.say(
        desk, asked["user"], asked["text"], asked.get("channel"), asked.get("thread_ts", "")
    ),
    "click": _click,
    "choose": _choose,
    "suggest": _suggest,
    "submit": _submit,
    "close": lambda desk, asked: submitting.close(desk, asked["user"], asked["view"]),
    "shortcut": lambda desk, asked: shortcuts.shortcut(desk, asked["user"], _where(asked), asked["callback_id"]),
    "home": lambda desk, asked: events.open_home(desk, asked["user"]),
    "samples": _samples,
}


def shown(delivery: Delivery) -> dict[str, Any]:
    """A delivery as the page is told of it."""
    return {
        "ok": delivery.ok,
        "error": delivery.error,
        "status": delivery.status,
        "seconds": round(delivery.seconds, 4),
        "answer": delivery.answer,
    }


def act(desk: Desk, asked: Asked) -> tuple[int, dict[str, Any]]:
    """One act of the person who looks; what is not possible (any more) is said in words."""
    doing = ACTS.get(str(asked.get("do")))
    if doing is None:
        return 400, {"ok": False, "error": f"the page cannot do {asked.get('do')!r}"}
    try:
        return 200, shown(doing(desk, asked))
    except Gone as gone:  # taken away between seeing and pressing: nobody's fault
        return 200, {"ok": False, "error": f"That is not here any more ({gone})"}
    except (LookupError, ValueError, StopIteration) as wrong:
        return 409, {"ok": False, "error": f"That cannot be done here ({wrong})"}
