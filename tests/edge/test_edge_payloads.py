"""Reading what people put into elements, and the one key of a thing said."""

from __future__ import annotations

from typing import Any

import pytest
from edge_support import ANNA, TEAM, Journeys, click, command, event, form, message, suggestion
from hypothesis import given
from hypothesis import strategies as st

from bot import payloads
from finance.canonical import dump, load
from handlers.said import Said

TABLE = Journeys().table


def option(value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": value.upper()}, "value": value}


RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "one "}, {"type": "link", "text": "two"}]},
        {
            "type": "rich_text_list",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
        },
    ],
}
ELEMENTS: list[tuple[dict[str, Any], str]] = [
    ({"type": "button", "value": "h"}, "h"),
    ({"type": "button"}, ""),
    ({"type": "static_select", "selected_option": option("a")}, "a"),
    ({"type": "static_select", "selected_option": None}, ""),
    ({"type": "external_select", "selected_option": option("id7")}, "id7"),
    ({"type": "radio_buttons", "selected_option": option("r")}, "r"),
    ({"type": "overflow", "selected_option": option("more")}, "more"),
    ({"type": "checkboxes", "selected_options": [option("a"), option("b")]}, "a,b"),
    ({"type": "multi_static_select", "selected_options": []}, ""),
    ({"type": "users_select", "selected_user": "U1"}, "U1"),
    ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, "U1,U2"),
    ({"type": "conversations_select", "selected_conversation": "C1"}, "C1"),
    ({"type": "multi_conversations_select", "selected_conversations": ["C1", "C2"]}, "C1,C2"),
    ({"type": "channels_select", "selected_channel": "C1"}, "C1"),
    ({"type": "multi_channels_select", "selected_channels": ["C3"]}, "C3"),
    ({"type": "datepicker", "selected_date": "2026-11-30"}, "2026-11-30"),
    ({"type": "datepicker", "selected_date": None}, ""),
    ({"type": "timepicker", "selected_time": "09:30"}, "09:30"),
    ({"type": "datetimepicker", "selected_date_time": 1_763_884_800}, "1763884800"),
    ({"type": "plain_text_input", "value": "Rivi 1\nRivi 2"}, "Rivi 1\nRivi 2"),
    ({"type": "plain_text_input", "value": None}, ""),
    ({"type": "number_input", "value": "24.5"}, "24.5"),
    ({"type": "email_text_input", "value": "a@b.fi"}, "a@b.fi"),
    ({"type": "file_input", "files": [{"id": "F1", "name": "a.csv"}, {"id": "F2"}]}, "F1,F2"),
    ({"type": "rich_text_input", "rich_text_value": RICH}, "one two\nx"),
    ({"type": "plain_text_input", "value": "a\x00b\ud800"}, "ab?"),
]


@pytest.mark.parametrize(("element", "value"), ELEMENTS, ids=[f"{e['type']}-{i}" for i, (e, _) in enumerate(ELEMENTS)])
def test_the_value_of_each_kind_of_element(element: dict[str, Any], value: str) -> None:
    said = payloads.read(form("row.save", {"block": {"field": element}}), TABLE)
    assert said is not None
    assert said.values == {"field": value}


def test_a_form_gives_its_files_and_joins_a_name_used_twice() -> None:
    values = {
        "a": {"papers": {"type": "file_input", "files": [{"id": "F1"}, {"id": "F2"}]}},
        "b": {"tag": {"type": "plain_text_input", "value": "x"}},
        "c": {"tag": {"type": "plain_text_input", "value": "y"}},
        "d": {"tag": {"type": "plain_text_input", "value": None}},
    }
    said = payloads.read(form("row.save", values), TABLE)
    assert said is not None
    assert said.files == ("F1", "F2")
    assert said.values == {"papers": "F1,F2", "tag": "x,y"}


def test_on_a_home_tab_a_form_is_opened_not_pushed() -> None:
    body = click("row.open")
    home = {"id": "VH", "type": "home", "hash": "1", "root_view_id": "VH", "private_metadata": "m"}
    said = payloads.read({**body, "view": home, "container": {"type": "view", "view_id": "VH"}}, TABLE)
    assert said is not None
    assert (said.view, said.root_view, said.meta) == ("", "", "m")


def test_a_press_of_several_is_the_first() -> None:
    body = click("row.open", "one")
    body["actions"].append({"type": "button", "action_id": "batch.send", "value": "two"})
    said = payloads.read(body, TABLE)
    assert said is not None
    assert (said.route, said.value) == ("row.open", "one")


def test_a_key_is_the_same_for_each_delivery_and_another_for_each_thing_said() -> None:
    different = [
        command("runs", trigger="1"),
        command("runs", trigger="2"),
        click("row.open", trigger="3"),
        click("row.open", trigger="4"),
        form("row.save"),
        form("row.save", {"b": {"f": {"type": "plain_text_input", "value": "x"}}}),
        form("other"),
        event(message("runs"), "Ev1"),
        event(message("runs"), "Ev2"),
        event(message("runs"), "Ev1", team="T2"),
        suggestion("customer.find", "a"),
        suggestion("customer.find", "b"),
    ]
    different[6]["view"]["hash"] = "157.def"
    keys = [payloads.key(body) for body in different]
    assert len(set(keys)) == len(keys)
    assert keys == [payloads.key(dict(reversed(body.items()))) for body in different]
    assert all(len(key) <= 190 for key in keys)


def test_a_form_sent_with_another_trigger_is_the_same_form() -> None:
    assert payloads.key(form("row.save", trigger="1")) == payloads.key(form("row.save", trigger="2"))


def test_a_very_long_id_still_gives_a_key_that_fits() -> None:
    assert len(payloads.key(event({"type": "message"}, "E" * 5000))) <= 190


def test_where_a_sentence_about_a_whole_form_stands() -> None:
    assert payloads.first_input(form("row.save")) == "amount"
    assert payloads.first_input(command("runs")) == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=12,
)
MEMBERS = [
    "event",
    "view",
    "actions",
    "user",
    "team",
    "state",
    "container",
    "channel",
    "message",
    "text",
    "command",
    "enterprise",
]


@given(
    st.sampled_from(["block_actions", "view_submission", "block_suggestion", "event_callback", ""]),
    st.dictionaries(st.sampled_from(MEMBERS), JSON, max_size=6),
)
def test_no_json_makes_a_reader_raise(kind: str, rest: dict[str, Any]) -> None:
    body = {"type": kind, **rest}
    said = payloads.read(body, TABLE)
    assert said is None or said.user is not None
    assert 0 < len(payloads.key(body)) <= 190
    payloads.foreign(body), payloads.first_input(body), payloads.revoked(body)  # type: ignore[unused-ignore]


@given(st.text(max_size=60), st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=4))
def test_what_is_kept_is_read_back_the_same(text: str, values: dict[str, str]) -> None:
    body = form("row.save", {"b": {k: {"type": "plain_text_input", "value": v} for k, v in values.items()}})
    body["view"]["private_metadata"] = text
    said = payloads.read(body, TABLE)
    assert said is not None
    assert load(Said, dump(said).encode().decode()) == said


def test_a_commands_payload_word_does_not_empty_it() -> None:
    body = payloads.parse(b"command=%2Fprocountor&text=payload+of+runs&team_id=T1", "application/x-www-form-urlencoded")
    assert body["text"] == "payload of runs"


def test_it_says_who_and_where() -> None:
    said = payloads.read(command("runs"), TABLE)
    assert said is not None
    assert (said.team, said.user, said.channel, said.trigger) == (TEAM, ANNA, "C0FINANCE", "13.37.a")
