"""What Slack takes and what it refuses: a table of payloads against Block Kit's documented limits."""

# ruff: noqa: E501 - one payload, one line
from __future__ import annotations

import copy
from typing import Any

import invoice_cards as cards
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoice_cards import button, mark, plain

from sandbox.slack import check_message, check_view
from sandbox.slack.blockkit import check_blocks, check_options
from sandbox.slack.elements import ELEMENTS
from sandbox.slack.layout import BLOCKS

Block = dict[str, Any]
OPTION = {"text": plain("One"), "value": "1"}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}
CONFIRM = {"title": plain("Sure?"), "text": mark("Really"), "confirm": plain("Yes"), "deny": plain("No")}
CELL = {"type": "raw_text", "text": "x"}
RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}


def section(**more: Any) -> Block:
    return {"type": "section", "text": mark("x"), **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def field(element: Block, **more: Any) -> Block:
    return {"type": "input", "label": plain("L"), "element": {"action_id": "a", **element}, **more}


def select(count: int = 1, **more: Any) -> Block:
    options = [{"text": plain(f"Option {n}"), "value": str(n)} for n in range(count)]
    return {"type": "static_select", "action_id": "s", "options": options, **more}


def without(block: Block, *names: str) -> Block:
    return {name: value for name, value in block.items() if name not in names}


def table(rows: int, columns: int, **more: Any) -> Block:
    return {"type": "table", "rows": [[CELL] * columns for _ in range(rows)], **more}


def data_table(rows: int, **more: Any) -> Block:
    return {"type": "data_table", "caption": "c", "rows": [[CELL, CELL] for _ in range(rows)], **more}


TAKEN: dict[str, list[Block]] = {
    "section with text": [section()],
    "section of 3000": [section(text=mark("x" * 3000))],
    "section with 10 fields of 2000": [{"type": "section", "fields": [mark("x" * 2000)] * 10}],
    "section with image": [section(accessory=IMAGE)],
    "header of 150": [{"type": "header", "text": plain("h" * 150)}],
    "divider": [{"type": "divider"}],
    "50 blocks": [{"type": "divider"}] * 50,
    "context of 10": [{"type": "context", "elements": [mark("x")] * 9 + [IMAGE]}],
    "25 actions": [actions(*(button("b", f"a{n}") for n in range(25)))],
    "button of 75, value 2000": [actions(button("b" * 75, "a", value="v" * 2000, style="danger", confirm=CONFIRM))],
    "link button": [actions(button("b", "a", url="https://example.com"))],
    "100 options": [actions(select(100))],
    "initial option": [actions(select(3, initial_option={"text": plain("Option 1"), "value": "1"}))],
    "option groups": [actions(without(select(), "options") | {"option_groups": [{"label": plain("g"), "options": [OPTION]}]})],
    "external select": [actions({"type": "external_select", "action_id": "e", "min_query_length": 0})],
    "overflow of 5": [section(accessory={"type": "overflow", "action_id": "o", "options": select(5)["options"]})],
    "10 radios with mrkdwn": [actions({"type": "radio_buttons", "action_id": "r", "options": [{"text": mark(f"*{n}*"), "value": str(n)} for n in range(10)]})],
    "date and time": [actions({"type": "datepicker", "action_id": "d", "initial_date": "2026-11-30"}, {"type": "timepicker", "action_id": "t", "initial_time": "08:30"})],
    "same action_id in two blocks": [actions(button("b", "a")), actions(button("b", "a"))],
    "image": [IMAGE],
    "image of a Slack file": [{"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a"}],
    "rich text": [RICH],
    "rich list with mentions": [{"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "ordered", "elements": [
        {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}, {"type": "emoji", "name": "tada"}]}]}]}],
    "markdown of 12000": [{"type": "markdown", "text": "m" * 12_000}],
    "table 100 x 20": [table(100, 20, column_settings=[{"align": "right"}])],
    "data table of 201": [data_table(201, page_size=100)],
    "card": [{"type": "card", "title": mark("t" * 150), "body": mark("b" * 200), "actions": [button("b", f"a{n}") for n in range(3)]}],
    "carousel of 10": [{"type": "carousel", "elements": [{"type": "card", "body": mark("b")}] * 10}],
    "container": [{"type": "container", "title": plain("t"), "child_blocks": [section()], "is_collapsible": True}],
    "plan": [{"type": "plan", "title": "p", "tasks": [{"type": "task_card", "task_id": "1", "title": "t", "status": "complete"}]}],
    "input in a message": [field({"type": "plain_text_input"})],
    "initial option of an external select": [actions({"type": "external_select", "action_id": "e", "initial_option": OPTION})],
    "preview of a run": cards.preview(),
    "result of a run": cards.result_table(),
}  # fmt: skip

REFUSED: dict[str, tuple[list[Block], str, str]] = {
    "51 blocks": ([{"type": "divider"}] * 51, "/blocks", "no more than 50"),
    "unknown block": ([{"type": "banner"}], "/blocks/0/type", "unsupported type: banner"),
    "no type": ([{}], "/blocks/0/type", "unsupported type"),
    "not an object": (["x"], "/blocks/0", "must provide an object"),  # type: ignore[list-item]
    "unknown member": ([section(colour="red")], "/blocks/0/colour", "additional property"),
    "section without content": ([{"type": "section"}], "/blocks/0", "at least one of: text, fields"),
    "section of 3001": ([section(text=mark("x" * 3001))], "/blocks/0/text/text", "less than 3001"),
    "empty text": ([section(text=mark(""))], "/blocks/0/text/text", "more than 0"),
    "11 fields": ([{"type": "section", "fields": [mark("x")] * 11}], "/blocks/0/fields", "no more than 10"),
    "no fields": ([{"type": "section", "fields": []}], "/blocks/0/fields", "no fewer than 1"),
    "field of 2001": ([{"type": "section", "fields": [mark("x" * 2001)]}], "/blocks/0/fields/0/text", "less than 2001"),
    "text without type": ([section(text={"text": "x"})], "/blocks/0/text", "missing required field: type"),
    "emoji on mrkdwn": ([section(text={**mark("x"), "emoji": True})], "/blocks/0/text/emoji", "additional property"),
    "header of 151": ([{"type": "header", "text": plain("h" * 151)}], "/blocks/0/text/text", "less than 151"),
    "mrkdwn header": ([{"type": "header", "text": mark("h")}], "/blocks/0/text/type", "one of: plain_text"),
    "block_id of 256": ([section(block_id="b" * 256)], "/blocks/0/block_id", "less than 256"),
    "duplicate block_id": ([section(block_id="b"), section(block_id="b")], "/blocks", "b already exists"),
    "empty actions": ([actions()], "/blocks/0/elements", "no fewer than 1"),
    "26 actions": ([actions(*(button("b", f"a{n}") for n in range(26)))], "/blocks/0/elements", "no more than 25"),
    "duplicate action_id": ([actions(button("b", "a"), button("c", "a"))], "/blocks/0", "a already exists"),
    "button of 76": ([actions(button("b" * 76, "a"))], "/blocks/0/elements/0/text/text", "less than 76"),
    "button value 2001": ([actions(button("b", "a", value="v" * 2001))], "/blocks/0/elements/0/value", "less than 2001"),
    "button style success": ([actions(button("b", "a", style="success"))], "/blocks/0/elements/0/style", "one of: primary, danger"),
    "mrkdwn button": ([actions({**button("b", "a"), "text": mark("b")})], "/blocks/0/elements/0/text/type", "plain_text"),
    "button without text": ([actions(without(button("b", "a"), "text"))], "/blocks/0/elements/0", "missing required field: text"),
    "url without scheme": ([actions(button("b", "a", url="example.com"))], "/blocks/0/elements/0/url", "valid URL"),
    "url of 3001": ([actions(button("b", "a", url="https://e.fi/" + "x" * 3000))], "/blocks/0/elements/0/url", "less than 3001"),
    "action_id of 256": ([actions(button("b", "a" * 256))], "/blocks/0/elements/0/action_id", "less than 256"),
    "confirm without deny": ([actions(button("b", "a", confirm=without(CONFIRM, "deny")))], "/blocks/0/elements/0/confirm", "field: deny"),
    "confirm title 101": ([actions(button("b", "a", confirm={**CONFIRM, "title": plain("t" * 101)}))], "/blocks/0/elements/0/confirm/title/text", "less than 101"),
    "confirm text 301": ([actions(button("b", "a", confirm={**CONFIRM, "text": mark("t" * 301)}))], "/blocks/0/elements/0/confirm/text/text", "less than 301"),
    "confirm button 31": ([actions(button("b", "a", confirm={**CONFIRM, "deny": plain("n" * 31)}))], "/blocks/0/elements/0/confirm/deny/text", "less than 31"),
    "101 options": ([actions(select(101))], "/blocks/0/elements/0/options", "no more than 100"),
    "no options": ([actions(select(0))], "/blocks/0/elements/0/options", "no fewer than 1"),
    "neither options nor groups": ([actions(without(select(), "options"))], "/blocks/0/elements/0", "exactly one of"),
    "option text 76": ([actions({**select(), "options": [{"text": plain("x" * 76), "value": "1"}]})], "/blocks/0/elements/0/options/0/text/text", "less than 76"),
    "option value 151": ([actions({**select(), "options": [{"text": plain("x"), "value": "v" * 151}]})], "/blocks/0/elements/0/options/0/value", "less than 151"),
    "mrkdwn option in a select": ([actions({**select(), "options": [{"text": mark("x"), "value": "1"}]})], "/blocks/0/elements/0/options/0/text/type", "plain_text"),
    "option value twice": ([actions({**select(), "options": [OPTION, OPTION]})], "/blocks/0/elements/0/options/1/value", "duplicate"),
    "initial option not offered": ([actions(select(2, initial_option={"text": plain("x"), "value": "9"}))], "/blocks/0/elements/0/initial_option", "provided options"),
    "placeholder 151": ([actions(select(placeholder=plain("p" * 151)))], "/blocks/0/elements/0/placeholder/text", "less than 151"),
    "overflow of 6": ([section(accessory={"type": "overflow", "action_id": "o", "options": select(6)["options"]})], "/blocks/0/accessory/options", "no more than 5"),
    "11 radios": ([actions({**select(11), "type": "radio_buttons"})], "/blocks/0/elements/0/options", "no more than 10"),
    "checkbox initial not offered": ([actions({**select(2), "type": "checkboxes", "initial_options": [{"text": plain("x"), "value": "9"}]})], "/blocks/0/elements/0/initial_options", "provided options"),
    "bad date": ([actions({"type": "datepicker", "action_id": "d", "initial_date": "30.11.2026"})], "/blocks/0/elements/0/initial_date", "YYYY-MM-DD"),
    "bad time": ([actions({"type": "timepicker", "action_id": "d", "initial_time": "8:30"})], "/blocks/0/elements/0/initial_time", "HH:mm"),
    "text input in actions": ([actions({"type": "plain_text_input", "action_id": "t"})], "/blocks/0/elements/0/type", "unsupported type"),
    "unknown element": ([section(accessory={"type": "slider"})], "/blocks/0/accessory/type", "unsupported type: slider"),
    "image without alt_text": ([without(IMAGE, "alt_text")], "/blocks/0", "missing required field: alt_text"),
    "image without source": ([without(IMAGE, "image_url")], "/blocks/0", "exactly one of"),
    "11 in context": ([{"type": "context", "elements": [mark("x")] * 11}], "/blocks/0/elements", "no more than 10"),
    "button in context": ([{"type": "context", "elements": [button("b", "a")]}], "/blocks/0/elements/0/type", "unsupported type: button"),
    "markdown in all 12001": ([{"type": "markdown", "text": "m" * 6001}, {"type": "markdown", "text": "m" * 6000}], "/blocks", "12001 characters in all"),
    "table of 101 rows": ([table(101, 2)], "/blocks/0/rows", "no more than 100"),
    "table of 21 columns": ([table(2, 21)], "/blocks/0/rows/0", "no more than 20"),
    "uneven table": ([{"type": "table", "rows": [[CELL], [CELL, CELL]]}], "/blocks/0/rows", "same number"),
    "two tables": ([table(2, 2), table(2, 2)], "/blocks", "only 1 table"),
    "table of 10001 characters": ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 5001}], [{"type": "raw_text", "text": "x" * 5000}]]}], "/blocks/0/rows", "in all"),
    "data table of one row": ([data_table(1)], "/blocks/0/rows", "no fewer than 2"),
    "data table without caption": ([without(data_table(2), "caption")], "/blocks/0", "field: caption"),
    "data table header of numbers": ([{**data_table(1), "rows": [[{"type": "raw_number", "value": 1}], [CELL]]}], "/blocks/0/rows/0/0", "raw_text"),
    "page_size 101": ([data_table(2, page_size=101)], "/blocks/0/page_size", "between 1 and 100"),
    "alert in a message": ([{"type": "alert", "text": mark("x")}], "/blocks/0", "not supported in a message"),
    "card title 151": ([{"type": "card", "title": mark("t" * 151)}], "/blocks/0/title/text", "less than 151"),
    "card with 4 actions": ([{"type": "card", "body": mark("b"), "actions": [button("b", f"a{n}") for n in range(4)]}], "/blocks/0/actions", "no more than 3"),
    "card without content": ([{"type": "card", "subtitle": mark("s")}], "/blocks/0", "at least one of"),
    "container of input": ([{"type": "container", "title": plain("t"), "child_blocks": [field({"type": "plain_text_input"})]}], "/blocks/0/child_blocks/0/type", "unsupported"),
    "file_input in a message": ([field({"type": "file_input"})], "/blocks/0", "not supported in a message"),
    "rich text with unknown part": ([{"type": "rich_text", "elements": [{"type": "rich_text_poem", "elements": []}]}], "/blocks/0/elements/0/type", "unsupported"),
    "label of 2001": ([field({"type": "plain_text_input"}, label=plain("l" * 2001))], "/blocks/0/label/text", "less than 2001"),
    "mrkdwn label": ([field({"type": "plain_text_input"}, label=mark("l"))], "/blocks/0/label/type", "plain_text"),
    "max_length 3001": ([field({"type": "plain_text_input", "max_length": 3001})], "/blocks/0/element/max_length", "between 1 and 3000"),
    "min over max": ([field({"type": "plain_text_input", "min_length": 9, "max_length": 3})], "/blocks/0/element", "must not be greater"),
    "number without decimals flag": ([field({"type": "number_input"})], "/blocks/0/element", "field: is_decimal_allowed"),
    "verbatim on plain_text": ([section(text={**plain("x"), "verbatim": True})], "/blocks/0/text/verbatim", "additional property"),
    "emoji as a word": ([section(text={**plain("x"), "emoji": "yes"})], "/blocks/0/text/emoji", "must be a boolean"),
    "page_size in words": ([data_table(2, page_size="ten")], "/blocks/0/page_size", "must be an integer"),
    "page_size true": ([data_table(2, page_size=True)], "/blocks/0/page_size", "must be an integer"),
    "table of no rows": ([{"type": "table", "rows": [CELL]}], "/blocks/0/rows/0", ""),
    "collapsible with a divider": ([{"type": "container", "title": plain("t"), "child_blocks": [section()], "is_collapsible": True, "has_header_divider": True}], "/blocks/0", "has_header_divider cannot be set"),
    "collapsed but not collapsible": ([{"type": "container", "title": plain("t"), "child_blocks": [section()], "default_collapsed": True}], "/blocks/0", "needs is_collapsible"),
    "button as input": ([field(button("b", "a"))], "/blocks/0/element/type", "unsupported type: button"),
}  # fmt: skip


def modal(*blocks: Block, **more: Any) -> Block:
    return {"type": "modal", "title": plain("T"), "submit": plain("Go"), "blocks": list(blocks) or [section()], **more}


GOOD_VIEWS: dict[str, Block] = {
    "modal": modal(),
    "fix modal": cards.fix_modal(),
    "home": cards.home(),
    "100 blocks": modal(*[{"type": "divider"}] * 100),
    "title of 24": modal(title=plain("t" * 24)),
    "alert": modal({"type": "alert", "text": mark("x" * 200), "level": "error"}),
    "10 files": modal(field({"type": "file_input", "max_files": 10, "filetypes": ["csv"]})),
}

BAD_VIEWS: dict[str, tuple[Block, str, str]] = {
    "title of 25": (modal(title=plain("t" * 25)), "/view/title/text", "less than 25"),
    "no title": (without(modal(), "title"), "/view", "field: title"),
    "close of 25": (modal(close=plain("c" * 25)), "/view/close/text", "less than 25"),
    "input without submit": (without(modal(field({"type": "plain_text_input"})), "submit"), "/view/submit", "submit is required"),
    "101 blocks": (modal(*[{"type": "divider"}] * 101), "/view/blocks", "no more than 100"),
    "no blocks": ({**modal(), "blocks": []}, "/view/blocks", "no fewer than 1"),
    "metadata 3001": (modal(private_metadata="m" * 3001), "/view/private_metadata", "less than 3001"),
    "callback_id 256": (modal(callback_id="c" * 256), "/view/callback_id", "less than 256"),
    "table in a modal": (modal(table(2, 2)), "/view/blocks/0", "not supported in a modal"),
    "markdown in a modal": (modal({"type": "markdown", "text": "m"}), "/view/blocks/0", "not supported in a modal"),
    "11 files": (modal(field({"type": "file_input", "max_files": 11})), "/view/blocks/0/element/max_files", "between 1 and 10"),
    "alert of 201": (modal({"type": "alert", "text": mark("x" * 201)}), "/view/blocks/0/text/text", "less than 201"),
    "two focused": (modal(*(field({"type": "plain_text_input", "action_id": a, "focus_on_load": True}) for a in "ab")), "/view/blocks", "one element only"),
    "home with submit": ({**cards.home(), "submit": plain("Go")}, "/view/submit", "additional property"),
    "file field at home": ({"type": "home", "blocks": [field({"type": "file_input"})]}, "/view/blocks/0", "not supported in a home"),
    "unknown view": ({"type": "page", "blocks": []}, "/view/type", "unsupported type: page"),
    "300 KB": (modal(*(section(text=mark("x" * 2999)) for _ in range(100))), "/view", "250 KB"),
}  # fmt: skip


@pytest.mark.parametrize("case", TAKEN)
def test_slack_takes(case: str) -> None:
    blocks = TAKEN[case]
    before = copy.deepcopy(blocks)
    assert [str(problem) for problem in check_message({"text": "t", "blocks": blocks})] == []
    assert blocks == before


@pytest.mark.parametrize("case", REFUSED)
def test_slack_refuses(case: str) -> None:
    blocks, pointer, words = REFUSED[case]
    problems = check_message({"text": "t", "blocks": blocks})
    assert any(p.pointer == pointer and words in p.message for p in problems), problems


@pytest.mark.parametrize("case", GOOD_VIEWS)
def test_slack_takes_views(case: str) -> None:
    assert check_view(GOOD_VIEWS[case]) == []


@pytest.mark.parametrize("case", BAD_VIEWS)
def test_slack_refuses_views(case: str) -> None:
    view, pointer, words = BAD_VIEWS[case]
    assert any(p.pointer == pointer and words in p.message for p in check_view(view)), check_view(view)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({}, "no_text"),
        ({"text": "  "}, "no_text"),
        ({"text": ["x"]}, "invalid"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"text": "x", "metadata": {"event_type": "x", "event_payload": {"a": "y" * 8000}}}, "metadata_too_large"),
        ({"text": "x", "attachments": [{"blocks": [{"type": "nonsense"}]}]}, "unsupported"),
    ],
)
def test_messages_as_a_whole(payload: dict[str, Any], code: str) -> None:
    assert [problem.code for problem in check_message(payload)] == [code]


@pytest.mark.parametrize(
    ("answer", "good"),
    [({"options": []}, True), ({"options": [OPTION]}, True), ({}, False), (None, False), ({"options": [OPTION] * 2}, False),
     ({"option_groups": [{"label": plain("g"), "options": [OPTION]}]}, True), ({"options": [{"text": "One", "value": "1"}]}, False)],
)  # fmt: skip
def test_answers_to_suggestions(answer: Any, good: bool) -> None:
    assert (check_options(answer) == []) is good


NAMES = sorted({name for shape in BLOCKS.values() for name in shape.members} | {"options", "value", "initial_option"})
WORDS = sorted(BLOCKS) + sorted(ELEMENTS) + ["plain_text", "mrkdwn", "raw_text"]
LEAF = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.sampled_from(WORDS)
JSON = st.recursive(
    LEAF,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
        | st.builds(
            lambda kind, rest: {**rest, "type": kind},
            st.sampled_from(WORDS),
            st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
        )
    ),
    max_leaves=20,
)


@settings(max_examples=300)
@given(JSON, st.sampled_from(["message", "modal", "home"]))
def test_rubbish_is_refused_never_a_crash(blocks: Any, surface: str) -> None:
    problems = check_blocks(blocks, surface)
    assert problems or all(block["type"] in BLOCKS for block in blocks)
    check_view({"type": surface, "blocks": blocks, "title": blocks})
    check_options(blocks)


@given(st.integers(min_value=1, max_value=3200))
def test_the_edge_of_a_length_is_exact(size: int) -> None:
    assert bool(check_message({"blocks": [section(text=plain("x" * size))]})) is (size > 3000)
