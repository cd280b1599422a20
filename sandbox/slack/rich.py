"""The rich_text block: sections, lists, quotes, preformatted text and what stands in them."""

from __future__ import annotations

from sandbox.slack.checks import Check, Shape, anything, boolean, integer, items, one_of, shaped, string, typed
from sandbox.slack.objects import ID, URL

STYLE = shaped(
    Shape(
        {
            "bold": boolean,
            "italic": boolean,
            "strike": boolean,
            "underline": boolean,
            "code": boolean,
            "highlight": boolean,
            "client_highlight": boolean,
            "unlink": boolean,
        }
    )
)


def _inline(required: str, check: Check, **more: Check) -> Shape:
    return Shape({"type": anything, "style": STYLE, required: check, **more}, (required,))


INLINE: dict[str, Shape] = {
    "text": _inline("text", string(10_000, 1)),
    "link": _inline("url", URL, text=string(10_000), unsafe=boolean),
    "user": _inline("user_id", ID),
    "usergroup": _inline("usergroup_id", ID),
    "channel": _inline("channel_id", ID),
    "team": _inline("team_id", ID),
    "broadcast": _inline("range", one_of("here", "channel", "everyone")),
    "emoji": _inline("name", string(255, 1), unicode=string(100), skin_tone=integer(1, 6)),
    "color": _inline("value", string(20, 1)),
    "date": Shape(
        {
            "type": anything,
            "timestamp": integer(0, 9_999_999_999),
            "format": string(255, 1),
            "url": URL,
            "fallback": string(255),
            "timezone": string(100),
            "style": STYLE,
        },
        ("timestamp", "format"),
    ),
}
LINES = items(typed(INLINE), 1000, 0)
SECTION = Shape({"type": anything, "elements": LINES}, ("elements",))
BORDERED = Shape({"type": anything, "elements": LINES, "border": integer(0, 1)}, ("elements",))
LIST = Shape(
    {
        "type": anything,
        "style": one_of("bullet", "ordered"),
        "elements": items(typed({"rich_text_section": SECTION}), 1000),
        "indent": integer(0, 8),
        "offset": integer(0, 10_000),
        "border": integer(0, 1),
    },
    ("style", "elements"),
)
PARTS: dict[str, Shape] = {
    "rich_text_section": SECTION,
    "rich_text_list": LIST,
    "rich_text_quote": BORDERED,
    "rich_text_preformatted": Shape({**BORDERED.members, "language": string(50)}, ("elements",)),
}
RICH_TEXT = Shape({"type": anything, "block_id": ID, "elements": items(typed(PARTS), 1000)}, ("type", "elements"))
