"""mrkdwn, read as Slack reads it, so that tests can tell text from a mention, a link or formatting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "text", "bold", "italic", "strike", "code", "pre", "quote", "link", "user", "usergroup", "broadcast",
    "channel", "date", "emoji",
]  # fmt: skip

TOKEN = re.compile(
    r"(?P<pre>```(?P<pre_in>.+?)```)"
    r"|(?P<code>`(?P<code_in>[^`\n]+)`)"
    r"|(?P<angle><(?P<angle_in>[^<>\n]+)>)"
    r"|(?P<emoji>:(?P<emoji_in>[a-z0-9_+'\-]+(?:::skin-tone-[2-6])?):)"
    r"|(?P<style>(?<![\w*_~])(?P<mark>[*_~])(?P<style_in>(?!\s)(?:(?!(?P=mark))[^\n])+?(?<!\s))(?P=mark)(?![\w*_~]))"
    r"|(?P<bare>(?<![\w@/])https?://[^\s<>|]+)",
    re.DOTALL,
)
STYLES: dict[str, Kind] = {"*": "bold", "_": "italic", "~": "strike"}
BROADCASTS = ("here", "channel", "everyone")
DATE = re.compile(r"date\^(-?\d+)\^([^|^]+)(?:\^([^|]+))?")


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of text: `text` is what a reader sees, `target` what it points to (id, address, unix time)."""

    kind: Kind
    text: str
    target: str = ""
    children: tuple[Node, ...] = ()


def unescape(text: str) -> str:
    """Slack's three entities back to characters."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _angle(inside: str) -> Node | None:
    body, bar, label = inside.partition("|")
    shown = unescape(label)
    if body.startswith("@"):
        return Node("user", shown or body, body[1:])
    if body.startswith("#"):
        return Node("channel", shown or body, body[1:])
    if body.startswith("!subteam^"):
        return Node("usergroup", shown or body, body.removeprefix("!subteam^"))
    if body.startswith("!date^"):
        found = DATE.fullmatch(body[1:])
        return Node("date", shown, found[1]) if found and bar else None
    if body.startswith("!"):
        return Node("broadcast", f"@{body[1:]}", body[1:]) if body[1:] in BROADCASTS else None
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", body):
        return Node("link", shown or unescape(body), unescape(body))
    return None


def _node(found: re.Match[str]) -> Node | None:
    if found["pre"]:
        return Node("pre", unescape(found["pre_in"]))
    if found["code"]:
        return Node("code", unescape(found["code_in"]))
    if found["angle"]:
        return _angle(found["angle_in"])
    if found["emoji"]:
        return Node("emoji", found["emoji"], found["emoji_in"])
    if found["bare"]:
        return Node("link", unescape(found["bare"]), unescape(found["bare"]))
    children = tuple(_inline(found["style_in"]))
    return Node(STYLES[found["mark"]], "".join(child.text for child in children), "", children)


def _inline(text: str) -> Iterator[Node]:
    plain, place = "", 0
    while found := TOKEN.search(text, place):
        node = _node(found)
        plain += text[place : found.start()]
        if node is None:  # a "<" that means nothing: the character itself, and reading goes on behind it
            plain, place = plain + text[found.start()], found.start() + 1
            continue
        if plain:
            yield Node("text", unescape(plain))
        yield node
        plain, place = "", found.end()
    if plain + text[place:]:
        yield Node("text", unescape(plain + text[place:]))


def parse(text: str) -> list[Node]:
    """The nodes of a mrkdwn text, quotes (lines that begin with >) included."""
    nodes: list[Node] = []
    for quoted, part in _quotes(text):
        children = tuple(_inline(part))
        if quoted:
            nodes.append(Node("quote", "".join(child.text for child in children), "", children))
        else:
            nodes += children
    return nodes


def _quotes(text: str) -> Iterator[tuple[bool, str]]:
    if "```" in text or not re.search(r"^(?:&gt;|>)", text, re.MULTILINE):
        yield False, text
        return
    kept: list[str] = []
    for line in text.splitlines(keepends=True):
        mark = re.match(r"(?:&gt;|>) ?", line)
        if mark:
            if kept:
                yield False, "".join(kept)
            kept = []
            yield True, line[mark.end() :]
        else:
            kept.append(line)
    if kept:
        yield False, "".join(kept)


def plain_text(text: str) -> str:
    """What a reader sees of a mrkdwn text."""
    return "".join(node.text for node in parse(text))


def flat(nodes: list[Node] | tuple[Node, ...]) -> Iterator[Node]:
    """Nodes and the nodes inside them."""
    for node in nodes:
        yield node
        yield from flat(node.children)


def nodes_of(payload: Any) -> list[Node]:
    """All nodes of every mrkdwn text in a message, view or block, rich_text mentions and links included."""
    return list(_walk(payload, top=True))


def _walk(value: Any, *, top: bool = False) -> Iterator[Node]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _walk(item)
        return
    if not isinstance(value, dict):
        return
    kind = value.get("type")
    if kind == "mrkdwn" or (top and isinstance(value.get("text"), str)):
        yield from flat(parse(str(value.get("text", ""))))
    yield from _rich(value)
    for name, member in value.items():
        if name != "text" or not isinstance(member, str):
            yield from _walk(member)


def _rich(value: dict[str, Any]) -> Iterator[Node]:
    names: dict[str, tuple[Kind, str]] = {
        "user": ("user", "user_id"),
        "usergroup": ("usergroup", "usergroup_id"),
        "channel": ("channel", "channel_id"),
        "broadcast": ("broadcast", "range"),
        "link": ("link", "url"),
    }
    kind, member = names.get(str(value.get("type")), ("text", ""))
    if member and isinstance(value.get(member), str):
        yield Node(kind, str(value.get("text") or value[member]), str(value[member]))
