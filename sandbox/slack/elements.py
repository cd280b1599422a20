"""Block Kit's elements and their limits as a table (Slack reference, block elements)."""

from __future__ import annotations

from typing import Any

from sandbox.slack.checks import (
    Check,
    Problems,
    Shape,
    anything,
    boolean,
    exactly_one,
    integer,
    items,
    matching,
    note,
    one_of,
    shaped,
    string,
)
from sandbox.slack.objects import CONFIRM, DISPATCH, FILTER, ID, IMAGE, OPTION_GROUPS, URL, option, options, plain
from sandbox.slack.walk import options_of

DAY = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "a date YYYY-MM-DD")
TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "a time HH:mm")
NUMBER = matching(r"-?\d+(\.\d+)?", "a number written as text", 100)
COMMON: dict[str, Check] = {"type": anything, "action_id": ID, "focus_on_load": boolean}
PICK = {**COMMON, "placeholder": plain(150), "confirm": CONFIRM}


def _offered(value: dict[str, Any], at: str, out: Problems) -> None:
    """What is chosen at the start is among the options."""
    known = [item.get("value") for item in options_of(value) if isinstance(item, dict)]
    first = value.get("initial_option")
    chosen = [first] if first else value.get("initial_options")
    for item in chosen if isinstance(chosen, list) else []:
        if isinstance(item, dict) and item.get("value") not in known:
            where = "initial_option" if first else "initial_options"
            note(out, f"{at}/{where}", "must be one of the provided options", "not_offered")


def _ordered(low: str, high: str) -> Check:
    def check(value: dict[str, Any], at: str, out: Problems) -> None:
        first, last = value.get(low), value.get(high)
        if isinstance(first, int) and isinstance(last, int) and first > last:
            note(out, at, f"{low} must not be greater than {high}")

    return check


def _select(more: dict[str, Check], *rules: Check, many: bool = False) -> Shape:
    several: dict[str, Check] = {"max_selected_items": integer(1, 100)} if many else {}
    return Shape({**PICK, **several, **more}, ("type",), rules)


def _written(more: dict[str, Check], *rules: Check, required: tuple[str, ...] = ()) -> Shape:
    members = {**COMMON, "placeholder": plain(150), "dispatch_action_config": DISPATCH}
    return Shape({**members, **more}, ("type", *required), rules)


def _choices(*, rich: bool, one: str, check: Check) -> Shape:
    members = {**COMMON, "options": options(10, rich=rich), one: check, "confirm": CONFIRM}
    return Shape(members, ("type", "options"), (_offered,))


LISTED = (exactly_one("options", "option_groups"), _offered)
OPTIONS: dict[str, Check] = {"options": options(100), "option_groups": OPTION_GROUPS}
QUERY: dict[str, Check] = {"min_query_length": integer(0, 1000)}
URL_TO: dict[str, Check] = {"response_url_enabled": boolean}
IDS = items(ID, 100, 0)

BUTTON = Shape(
    {
        **COMMON,
        "text": plain(75),
        "value": string(2000),
        "url": URL,
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
    ("type", "text"),
)

FEEDBACK = shaped(
    Shape(
        {"text": plain(75), "value": string(2000), "accessibility_label": string(75)},
        ("text", "value"),
    )
)

ELEMENTS: dict[str, Shape] = {
    "button": BUTTON,
    "workflow_button": Shape(
        {
            **COMMON,
            "text": plain(75),
            "workflow": anything,
            "style": one_of("primary", "danger"),
            "accessibility_label": string(75),
        },
        ("type", "text", "workflow"),
    ),
    "overflow": Shape({**COMMON, "options": options(5, url=True), "confirm": CONFIRM}, ("type", "options")),
    "static_select": _select({**OPTIONS, "initial_option": option()}, *LISTED),
    "multi_static_select": _select({**OPTIONS, "initial_options": options(100, 0)}, *LISTED, many=True),
    "external_select": _select({**QUERY, "initial_option": option()}),
    "multi_external_select": _select({**QUERY, "initial_options": options(100, 0)}, many=True),
    "users_select": _select({"initial_user": ID}),
    "multi_users_select": _select({"initial_users": IDS}, many=True),
    "conversations_select": _select(
        {"initial_conversation": ID, "default_to_current_conversation": boolean, "filter": FILTER, **URL_TO}
    ),
    "multi_conversations_select": _select(
        {"initial_conversations": IDS, "default_to_current_conversation": boolean, "filter": FILTER}, many=True
    ),
    "channels_select": _select({"initial_channel": ID, **URL_TO}),
    "multi_channels_select": _select({"initial_channels": IDS}, many=True),
    "radio_buttons": _choices(rich=True, one="initial_option", check=option(rich=True)),
    "checkboxes": _choices(rich=True, one="initial_options", check=options(10, 1, rich=True)),
    "datepicker": _select({"initial_date": DAY}),
    "timepicker": _select({"initial_time": TIME, "timezone": string(100, 1)}),
    "datetimepicker": Shape(
        {**COMMON, "initial_date_time": integer(1_000_000_000, 9_999_999_999), "confirm": CONFIRM}, ("type",)
    ),
    "plain_text_input": _written(
        {
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        _ordered("min_length", "max_length"),
    ),
    "email_text_input": _written({"initial_value": string(3000)}),
    "url_text_input": _written({"initial_value": string(3000)}),
    "number_input": _written(
        {"is_decimal_allowed": boolean, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        required=("is_decimal_allowed",),
    ),
    "rich_text_input": _written({"initial_value": anything}),
    "file_input": Shape({**COMMON, "filetypes": items(string(20, 1), 100), "max_files": integer(1, 10)}, ("type",)),
    "feedback_buttons": Shape(
        {**COMMON, "positive_button": FEEDBACK, "negative_button": FEEDBACK},
        ("type", "positive_button", "negative_button"),
    ),
    "icon_button": Shape(
        {
            **COMMON,
            "icon": one_of("trash"),
            "text": plain(75),
            "value": string(2000),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": IDS,
        },
        ("type", "icon", "text"),
    ),
    "image": IMAGE,
}

MENUS = frozenset(kind for kind in ELEMENTS if kind.endswith("_select"))
PICKERS = frozenset({"datepicker", "timepicker"})
GROUPS = frozenset({"radio_buttons", "checkboxes"})
IN_ACTIONS = MENUS | PICKERS | GROUPS | {"button", "workflow_button", "overflow", "datetimepicker", "rich_text_input"}
IN_SECTION = MENUS | PICKERS | GROUPS | {"button", "workflow_button", "overflow", "image"}
IN_INPUT = (
    MENUS
    | PICKERS
    | GROUPS
    | {"datetimepicker", "plain_text_input", "email_text_input", "url_text_input", "number_input"}
    | {"rich_text_input", "file_input"}
)
