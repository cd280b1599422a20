"""Everything Kierto says, it says in Finnish and in Swedish too, whole and with room for it."""

from __future__ import annotations

import re
from string import Formatter

import pytest
import words_in_source
from babel.messages.catalog import Catalog, Message
from words_in_source import Text

from handlers.views.puzzles import PARKED
from handlers.views.tongue import Tongue, catalogue

LANGUAGES = ("fi", "sv")
SAID = words_in_source.everything()
SAME: frozenset[str] = frozenset()  # texts that are the same in English: none so far
MARKS = re.compile(r"`[^`]*`|:[a-z][a-z_]+:|<[@#][^>]*>|\*|_(?=\W|$)")
ENDS = "?!:…."


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _texts(message: Message) -> tuple[str, ...]:
    """The message in English: one, or one and many."""
    return tuple(message.id) if isinstance(message.id, list | tuple) else (str(message.id),)


def _said(message: Message) -> tuple[str, ...]:
    """The message in the catalogue's language: one form, or one and many."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (str(message.string),)


def _file(language: str) -> str:
    return (words_in_source.ROOT / "handlers" / "words" / f"{language}.po").read_text(encoding="utf-8")


def _messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def _pairs(language: str) -> list[tuple[str, str]]:
    """Every English form with its translation."""
    return [pair for message in _messages(language) for pair in zip(_texts(message), _said(message), strict=True)]


def _form(catalog: Catalog, text: Text) -> tuple[str, ...]:
    message = catalog.get(text[0])
    return _said(message) if message else ()


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_call_says_a_text_that_can_be_found() -> None:
    assert SAID.unread == ()
    assert len(SAID.texts) > 100


def test_no_text_counts_in_one_place_and_not_in_another() -> None:
    ones = [one for one, _ in SAID.texts]
    assert sorted(one for one in set(ones) if ones.count(one) > 1) == []


def test_nothing_is_missing(language: str) -> None:
    there = {(*_texts(message), "")[:2] for message in _messages(language) if all(_said(message))}
    assert sorted(SAID.texts - there) == []


def test_nothing_is_out_of_use(language: str) -> None:
    there = {(*_texts(message), "")[:2] for message in _messages(language)}
    assert sorted(there - SAID.texts) == []
    assert list(catalogue(language).obsolete) == []


def test_the_header_is_right(language: str) -> None:
    head = _file(language).split("\n\n", 1)[0]
    assert f'"Language: {language}\\n"' in head
    assert '"Content-Type: text/plain; charset=UTF-8\\n"' in head
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in head


def test_every_text_stands_once(language: str) -> None:
    keys = re.findall(r"^msgid (.*)$", _file(language), re.MULTILINE)
    assert sorted({key for key in keys if keys.count(key) > 1}) == []
    assert len(keys) == len(_messages(language)) + 1


def test_nothing_is_doubtful(language: str) -> None:
    assert [message.id for message in _messages(language) if message.fuzzy] == []


def test_counted_texts_have_both_forms(language: str) -> None:
    for message in _messages(language):
        assert len(_said(message)) == len(_texts(message)), message.id
        assert all(_said(message)), message.id


def test_places_are_kept(language: str) -> None:
    wrong = [(english, said) for english, said in _pairs(language) if _places(english) != _places(said)]
    assert wrong == []


def test_marks_commands_and_emoji_are_kept(language: str) -> None:
    wrong = [(e, s) for e, s in _pairs(language) if sorted(MARKS.findall(e)) != sorted(MARKS.findall(s))]
    assert wrong == []


def test_nothing_was_left_in_english(language: str) -> None:
    assert [english for english, said in _pairs(language) if english == said and english not in SAME] == []


def test_texts_begin_and_end_as_the_english_does(language: str) -> None:
    for english, said in _pairs(language):
        assert (english[0] == " ", english[-1] == " ") == (said[0] == " ", said[-1] == " "), said
        assert [c for c in ENDS if english.endswith(c)] == [c for c in ENDS if said.endswith(c)], said


def test_texts_are_tidy(language: str) -> None:
    for _, said in _pairs(language):
        assert "  " not in said, said
        assert not set(said) & set("“'\""), f"{said}: a quotation mark here is ”, an apostrophe ’"
        assert not re.search(r"\s[.,;?!]", said), said


def test_there_is_room(language: str) -> None:
    """Titles and buttons of a form hold 24 characters, other buttons 40: told of 999 things, nothing is cut."""
    found = catalogue(language)
    for text, most in SAID.room:
        for said in (*text, *_form(found, text)):
            filled = said.replace("{n}", "999")
            assert len(filled) <= most, f"{filled}: {len(filled)} of {most}"


def test_the_tongue_says_one_and_many(language: str) -> None:
    say = Tongue(language)
    for one, many in SAID.texts:
        if many:
            forms = _form(catalogue(language), (one, many))
            assert (say.n(one, many, 1), say.n(one, many, 2)) == (
                say.fill(forms[0], {"n": 1}),
                say.fill(forms[1], {"n": 2}),
            )


@pytest.mark.parametrize(
    ("puzzle", "button"),
    [
        ("number_taken", "Send anyway"),
        ("written_over", "Send anyway"),
        ("content_differs", "Check again"),
        ("twice_in_use", "Check again"),
        ("reading_refused", "Check again"),
        ("given_up", "Check again"),
    ],
)
def test_a_button_is_called_what_the_sentences_call_it(language: str, puzzle: str, button: str) -> None:
    _, do = PARKED[puzzle]
    assert button in do.by("en")
    assert Tongue(language)(button) in do.by(language)
