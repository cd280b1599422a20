"""A message as plain text: each kind of block once, as a person would read it aloud."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from invoice_cards import button, mark, plain

from sandbox.slack import Person, Workspace, inputs
from sandbox.slack.limits import Limits
from sandbox.slack.reading import blocks_text, words
from sandbox.slack.workspace import App


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


CARD = {"type": "card", "title": mark("*Lasku 12*"), "body": mark("Meri Oy")}
READ: dict[str, tuple[dict[str, Any], str]] = {
    "divider": ({"type": "divider"}, "―――"),
    "input": (
        {"type": "input", "label": plain("Viite"), "element": {"type": "plain_text_input"}},
        "Viite\n<plain_text_input>",
    ),
    "image": ({"type": "image", "image_url": "https://e.fi/a.png", "alt_text": "Sivu 1"}, "(Sivu 1)"),
    "context": ({"type": "context", "elements": [mark("a"), {"type": "image", "alt_text": "b"}]}, "a · b"),
    "section": ({"type": "section", "text": mark("*a*"), "fields": [mark("b\nc")]}, "a\nb: c"),
    "bare words": ({"type": "task_card", "task_id": "1", "title": "Tarkista"}, "Tarkista"),
    "person": (rich({"type": "user", "user_id": "U1"}, {"type": "text", "text": " x"}), "@U1 x"),
    "channel": (rich({"type": "channel", "channel_id": "C1"}), "#C1"),
    "everybody": (rich({"type": "broadcast", "range": "here"}), "@here"),
    "emoji": (rich({"type": "emoji", "name": "tada"}), ":tada"),
    "link": (rich({"type": "link", "url": "https://e.fi"}), "https://e.fi"),
    "table": (
        {
            "type": "table",
            "rows": [
                [{"type": "raw_text", "text": "Nro"}, {"type": "raw_number", "value": 12}],
                [rich({"type": "text", "text": "a"}), {"type": "action", "element": {"text": plain("Avaa")}}],
            ],
        },
        "Nro | 12\na | [Avaa]",
    ),
    "carousel": ({"type": "carousel", "elements": [CARD, CARD]}, "Lasku 12\nMeri Oy\nLasku 12\nMeri Oy"),
    "menu": (
        {"type": "actions", "elements": [button("Hyväksy", "a"), {"type": "overflow"}, {"type": "datepicker"}]},
        "[Hyväksy] [⋯] <datepicker>",
    ),
}


@pytest.mark.parametrize("case", READ)
def test_a_block_is_read(case: str) -> None:
    block, text = READ[case]
    assert blocks_text([block]) == text


def test_words_of_what_is_no_text_object() -> None:
    assert (words("bare"), words(None), words(["x"]), words(plain("*a*")), words(mark("*a*"))) == (
        "bare",
        "",
        "",
        "*a*",
        "a",
    )


OPTIONS = [{"text": plain(name), "value": name.lower()} for name in ("Yksi", "Kaksi")]
ENTRIES: list[tuple[str, Any, dict[str, Any]]] = [
    ("multi_static_select", None, {"selected_options": []}),
    ("multi_static_select", "", {"selected_options": []}),
    ("multi_static_select", "yksi", {"selected_options": OPTIONS[:1]}),
    ("multi_static_select", {"kaksi"}, {"selected_options": OPTIONS[1:]}),
    ("datetimepicker", datetime(2026, 11, 27, 8, 30, tzinfo=UTC), {"selected_date_time": 1795768200}),
    ("datepicker", date(2026, 11, 27), {"selected_date": "2026-11-27"}),
    ("timepicker", time(8, 30), {"selected_time": "08:30"}),
    ("datepicker", "", {"selected_date": None}),
]


@pytest.mark.parametrize(("kind", "value", "state"), ENTRIES)
def test_what_somebody_puts_in_becomes_what_slack_sends(kind: str, value: Any, state: dict[str, Any]) -> None:
    element = {"type": kind, "action_id": "a", "options": OPTIONS}
    assert inputs.entry(element, value) == {"type": kind, **state}


def test_tiers_are_per_method_and_minute() -> None:
    now = [0.0]
    limits = Limits(lambda: now[0], "real")
    assert [limits.wait("users.list", "") for _ in range(21)] == [0] * 20 + [3]
    assert limits.wait("auth.test", "") == 0, "a method without a tier is not counted"
    assert limits.wait("conversations.list", "") == 0, "each method has its own bucket"
    now[0] = 3.0
    assert limits.wait("users.list", "") == 0
    assert limits.refused == ["users.list"]


def test_the_app_is_a_member_once() -> None:
    app = App()
    mine = Person(app.bot_user, "kierto", "Kierto", is_bot=True)
    assert [person.id for person in Workspace("One", [mine], [], app=app).people] == [app.bot_user]
    assert [person.id for person in Workspace("Two", [], [], app=app).people] == [app.bot_user]
