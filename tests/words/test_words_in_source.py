"""The reader of texts misses none: what it overlooks would stay English for a Finnish reader."""

from __future__ import annotations

import pytest
import words_in_source

CASES = {
    "a plain text": ('def f(say): return say("One", n=1)', {("One", "")}),
    "a text over two lines": ('def f(say): return say("One " "two")', {("One two", "")}),
    "an added text": ('def f(say): return say("One" + " two")', {("One two", "")}),
    "either of two": ('def f(say, x): return say("One" if x else "Two")', {("One", ""), ("Two", "")}),
    "a text by a name": ('def f(say):\n    text = "One"\n    return say(text)', {("One", "")}),
    "one and many": ('def f(say): return say.n("One", "Many", 3)', {("One", "Many")}),
    "said by somebody": ('def f(here): return here.say("One") + here.say.n("A", "B", 2)', {("One", ""), ("A", "B")}),
    "inside a function's function": ('def f(say):\n    def g(): return say("One")\n    return g', {("One", "")}),
    "a command's help": ('@on.command("x", usage="NO", help="One")\ndef f(here): ...', {("One", "")}),
    "another program's help": ('@app.command(help="One")\ndef f(): ...', set()),
    "words of three languages": ("def f(say, row): return say.words(row.says, {})", set()),
}


@pytest.mark.parametrize("case", CASES)
def test_reads_a_text(case: str) -> None:
    source, texts = CASES[case]
    found = words_in_source.read(source, "m.py")
    assert found.texts == texts
    assert not found.unread


@pytest.mark.parametrize("call", ['say(f"One {x}")', "say(x)", 'say("One".upper())', 'say.n(f"{x}", "Many", x)'])
def test_says_which_call_cannot_be_read(call: str) -> None:
    assert words_in_source.read(f"def f(say, x): return {call}", "m.py").unread == ("m.py:1",)


def test_a_commands_help_is_said_later() -> None:
    assert words_in_source.read("def f(say, route): return say(route.help)", "m.py").unread == ()


@pytest.mark.parametrize(
    "source",
    [
        'def f(say): return Modal(say("One"), ())',
        'def f(say): return Modal(title=b.cut(say("One"), 24))',
        'def f(say, x):\n    title = say("One") if x else ""\n    return Modal(b.cut(title, 24), ())',
    ],
)
def test_knows_the_room_of_a_title(source: str) -> None:
    assert words_in_source.read(source, "m.py").room == ((("One", ""), 24),)
