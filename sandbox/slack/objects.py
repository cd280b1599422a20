"""Block Kit's composition objects: texts, options, confirm dialogs, filters (Slack reference, composition objects)."""

from __future__ import annotations

from typing import Any

from sandbox.slack.checks import (
    Check,
    Problems,
    Shape,
    at_least_one,
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

URL = matching(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+", "a valid URL", 3000)
ID = string(255, 1)
IMAGE_URL = matching(r"https?://\S+", "a valid image URL", 3000)


def _text(longest: int, kinds: tuple[str, ...]) -> Check:
    members = {
        "type": one_of(*kinds),
        "text": string(longest, 1),
        "emoji": boolean,
        "verbatim": boolean,
    }

    def emoji_is_plain(value: dict[str, Any], at: str, out: Problems) -> None:
        if value.get("type") == "mrkdwn" and "emoji" in value:
            note(out, f"{at}/emoji", "invalid additional property: emoji", "unknown")
        if value.get("type") == "plain_text" and "verbatim" in value:
            note(out, f"{at}/verbatim", "invalid additional property: verbatim", "unknown")

    return shaped(Shape(members, ("type", "text"), (emoji_is_plain,)))


def plain(longest: int) -> Check:
    """A plain_text object of up to `longest` characters."""
    return _text(longest, ("plain_text",))


def text(longest: int) -> Check:
    """A plain_text or mrkdwn object of up to `longest` characters."""
    return _text(longest, ("plain_text", "mrkdwn"))


CONFIRM = shaped(
    Shape(
        {
            "title": plain(100),
            "text": text(300),
            "confirm": plain(30),
            "deny": plain(30),
            "style": one_of("primary", "danger"),
        },
        ("title", "text", "confirm", "deny"),
    )
)


def option(*, rich: bool = False, url: bool = False) -> Check:
    """An option; `rich` ones (radio, checkboxes) may be mrkdwn, overflow ones may carry a url."""
    words = text(75) if rich else plain(75)
    members: dict[str, Check] = {"text": words, "value": string(150, 1), "description": words}
    if url:
        members["url"] = URL
    return shaped(Shape(members, ("text", "value")))


def unique_values(value: Any, at: str, out: Problems) -> None:
    """No two options share a value."""
    seen: set[str] = set()
    options = value if isinstance(value, list) else []
    for place, item in enumerate(options):
        key = item.get("value") if isinstance(item, dict) else None
        if isinstance(key, str) and key in seen:
            note(out, f"{at}/{place}/value", f"duplicate option value: {key}", "duplicate")
        seen.add(str(key))


def options(most: int, least: int = 1, *, rich: bool = False, url: bool = False) -> Check:
    """A list of options without repeated values."""
    each = items(option(rich=rich, url=url), most, least)

    def check(value: Any, at: str, out: Problems) -> None:
        each(value, at, out)
        unique_values(value, at, out)

    return check


OPTION_GROUPS = items(shaped(Shape({"label": plain(75), "options": options(100)}, ("label", "options"))), 100)

DISPATCH = shaped(Shape({"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)}))

FILTER = shaped(
    Shape(
        {
            "include": items(one_of("im", "mpim", "private", "public"), 4),
            "exclude_external_shared_channels": boolean,
            "exclude_bot_users": boolean,
        },
        (),
        (at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),),
    )
)

SLACK_FILE = shaped(Shape({"id": ID, "url": URL}, (), (exactly_one("id", "url"),)))

IMAGE_MEMBERS: dict[str, Check] = {
    "type": one_of("image"),
    "image_url": IMAGE_URL,
    "slack_file": SLACK_FILE,
    "alt_text": string(2000, 1),
    "image_width": integer(1, 100_000),
    "image_height": integer(1, 100_000),
    "image_bytes": integer(0, 10**9),
}
IMAGE = Shape(IMAGE_MEMBERS, ("type", "alt_text"), (exactly_one("image_url", "slack_file"),))
