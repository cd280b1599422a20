"""Slack's blocks as small functions: every text is cut to Slack's limits and foreign text is made harmless."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from finance.identifiers import hidden
from handlers.chat import Block

JOINER = "\u2060"
BLANK = "\u00a0"  # what stands in a cell in which nothing does
_ALIKE = {"*": "\N{ASTERISK OPERATOR}", "_": "\u02cd", "~": "\N{TILDE OPERATOR}", "`": "\u02cb"}
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

# Slack's reference: section text, button text, option text, header, modal title.
SECTION, BUTTON, OPTION, HEADER, TITLE, CONFIRM, PLACEHOLDER = 3000, 75, 75, 150, 24, 300, 150


_MARKS = re.compile(r"[&<>*_~`:@]")  # what could format; most names have nothing of it
_HALF = re.compile(r"&[a-z]{0,3}$")  # an entity that was cut through


def cut(text: str, most: int) -> str:
    """At most ``most`` characters, the last one an ellipsis when something was left out."""
    return text if len(text) <= most else _HALF.sub("", text[: most - 1]).rstrip() + "…"


def clean(text: str) -> str:
    """Foreign text without control, direction and zero-width characters; line breaks become spaces.

    What must not be read by others is hidden: identity codes, and accounts but for both ends.
    """
    spaced = " ".join(text.split())
    if not (spaced.isascii() and spaced.isprintable()):
        kept = "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
        spaced = " ".join(kept.split())
    return hidden(spaced)


def safe(text: str, most: int = 200) -> str:
    """Foreign text for mrkdwn: it can neither mention, link, format nor run over."""
    plain = cut(clean(text), most)
    if _MARKS.search(plain) is None:
        return plain
    start = JOINER if plain.startswith(">") else ""  # which would begin a quotation
    return start + "".join(_harmless(plain, at) for at in range(len(plain)))


def _harmless(text: str, at: int) -> str:
    """One character. Slack knows no escape for its marks: one that could format is replaced by one that looks like it.

    Inside a word a mark formats nothing and stays, so that numbers and addresses can be copied.
    """
    c = text[at]
    if c in _ENTITIES:
        return _ENTITIES[c]
    within = 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
    if c == ":" or (c == "@" and not within):
        return c + JOINER  # no emoji, no address, no mention
    return c if within and c != "`" else _ALIKE.get(c, c)


def paragraphs(lines: Sequence[str], most: int = 2900) -> list[Block]:
    """Lines of mrkdwn as few sections as Slack's limit allows; no line is lost or broken between two."""
    packed: list[str] = []
    for line in lines:
        short = cut(line, most)
        if packed and len(packed[-1]) + 1 + len(short) <= most:
            packed[-1] += "\n" + short
        else:
            packed.append(short)
    return [section(text) for text in packed]


def section(text: str, accessory: Block | None = None, block_id: str = "") -> Block:
    """A paragraph of mrkdwn (already made safe by its writer)."""
    block: Block = {"type": "section", "text": mrkdwn(text, SECTION)}
    if accessory:
        block["accessory"] = accessory
    return _named(block, block_id)


def table(rows: Sequence[Sequence[str]], left: Collection[int] = ()) -> Block:
    """Plain cells, to the right as amounts stand but for the columns ``left``; the first row is the head.

    At most a hundred rows, and one table in a message or on a Home tab.
    """
    cells = [[{"type": "raw_text", "text": clean(text) or BLANK} for text in row[:20]] for row in rows[:100]]
    columns = [{"align": "left" if place in left else "right"} for place, _ in enumerate(rows[0][:20])]
    return {"type": "table", "rows": cells, "column_settings": columns}


def without_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same for a Slack that takes no tables: a line for each row, without the head."""
    return tuple(plain for block in blocks for plain in (_lines(block) if block["type"] == "table" else [block]))


def _lines(block: Block) -> list[Block]:
    return paragraphs(
        ["• " + " · ".join(safe(cell["text"]) for cell in row if cell["text"] != BLANK) for row in block["rows"][1:]]
    )


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER)}


def context(text: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text, SECTION)]}


def divider() -> Block:
    return {"type": "divider"}


def mrkdwn(text: str, most: int) -> Block:
    """Formatted text; "verbatim": addresses and names in foreign text are not made into links."""
    return {"type": "mrkdwn", "text": cut(text, most), "verbatim": True}


def plain(text: str, most: int) -> Block:
    return {"type": "plain_text", "text": cut(text, most), "emoji": True}


def button(text: str, action: str, value: str, *, style: str = "", confirm: Block | None = None) -> Block:
    """A button; ``action`` is its route, ``value`` an opaque handle."""
    made: Block = {"type": "button", "text": plain(text, BUTTON), "action_id": action, "value": value}
    if style:
        made["style"] = style
    if confirm:
        made["confirm"] = confirm
    return made


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    """What a button asks before it acts."""
    return {
        "title": plain(title, 100),
        "text": plain(text, CONFIRM),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def actions(buttons: Sequence[Block], block_id: str = "") -> Block:
    return _named({"type": "actions", "elements": list(buttons[:25])}, block_id)


def option(value: str, label: str) -> Block:
    return {"text": plain(clean(label) or value, OPTION), "value": cut(value, 150)}


def select(action: str, placeholder: str, choices: Sequence[tuple[str, str]], chosen: str = "") -> Block:
    """One of up to a hundred choices (value, label)."""
    options = [option(value, label) for value, label in choices[:100]]
    made: Block = {"type": "static_select", "action_id": action, "options": options}
    made["placeholder"] = plain(placeholder, PLACEHOLDER)
    initial = next((o for o in options if o["value"] == chosen), None)
    if initial:
        made["initial_option"] = initial
    return made


def overflow(action: str, choices: Sequence[tuple[str, str]]) -> Block:
    """A menu behind three dots, of up to five things to do (value, label)."""
    return {"type": "overflow", "action_id": action, "options": [option(value, label) for value, label in choices[:5]]}


def search(action: str, placeholder: str, chosen: tuple[str, str] | None = None) -> Block:
    """A select whose choices come from us while one types."""
    made: Block = {"type": "external_select", "action_id": action, "min_query_length": 0}
    made["placeholder"] = plain(placeholder, PLACEHOLDER)
    if chosen and chosen[0]:
        made["initial_option"] = option(*chosen)
    return made


def person(action: str, chosen: str = "") -> Block:
    """A Slack user of the workspace."""
    made: Block = {"type": "users_select", "action_id": action}
    if chosen:
        made["initial_user"] = chosen
    return made


def people(action: str) -> Block:
    """Several Slack users of the workspace."""
    return {"type": "multi_users_select", "action_id": action}


def checkbox(action: str, label: str) -> Block:
    """A single box; its value is its own name."""
    return {"type": "checkboxes", "action_id": action, "options": [option(action, label)]}


def checkboxes(action: str, choices: Sequence[tuple[str, ...]], chosen: Collection[str] = ()) -> Block:
    """Up to ten boxes (value, label, and a line below it where it has one)."""
    options = [_box(*choice) for choice in choices[:10]]
    made: Block = {"type": "checkboxes", "action_id": action, "options": options}
    if ticked := [o for o in options if o["value"] in chosen]:
        made["initial_options"] = ticked
    return made


def _box(value: str, label: str, below: str | None = None) -> Block:
    made = option(value, label)
    if below is not None:
        made["description"] = plain(clean(below) or "–", OPTION)
    return made


def text_input(action: str, initial: str = "", *, lines: bool = False, most: int = 3000) -> Block:
    made: Block = {"type": "plain_text_input", "action_id": action, "multiline": lines, "max_length": most}
    if initial:
        made["initial_value"] = cut(initial, most)
    return made


def date_input(action: str, initial: str = "") -> Block:
    """A date picker; ``initial`` is ISO 8601."""
    made: Block = {"type": "datepicker", "action_id": action}
    if initial:
        made["initial_date"] = initial
    return made


def file_input(action: str, most: int = 10) -> Block:
    return {"type": "file_input", "action_id": action, "max_files": most}


def users(action: str, placeholder: str, chosen: str = "") -> Block:
    """Anybody of the workspace; who may be chosen is judged when the form is sent."""
    made: Block = {"type": "users_select", "action_id": action, "placeholder": plain(placeholder, PLACEHOLDER)}
    if chosen:
        made["initial_user"] = chosen
    return made


def picture(file: str, alt: str) -> Block:
    """A picture by the id of the file Slack keeps it in."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": cut(clean(alt), 2000) or "–"}


def field(block_id: str, label: str, element: Block, hint: str = "", *, optional: bool = False) -> Block:
    """A form's field; ``block_id`` is where its error is shown."""
    made: Block = {"type": "input", "block_id": block_id, "label": plain(label, 2000), "element": element}
    if hint:
        made["hint"] = plain(hint, 2000)
    made["optional"] = optional
    return made


def anew(blocks: Sequence[Block], meta: str) -> list[Block]:
    """Fields that are nobody's yet, in a form that has turned: Slack keeps what stands in a field of the same name.

    ``meta`` is what the form carries, another one for each thing it is about.
    """
    return [{**one, "block_id": at(one["block_id"], meta)} if one["type"] == "input" else one for one in blocks]


def at(name: str, meta: str) -> str:
    """Where such a field's error is shown."""
    return f"{name}.{meta[:12]}"


def _named(block: Block, block_id: str) -> Block:
    if block_id:
        block["block_id"] = block_id
    return block
