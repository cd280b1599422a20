"""What is said of invoices is said of bills and claims in words of their own: each sentence whole, in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest
import words_in_source
from babel.messages.catalog import Message

from finance.explain import all_explanations
from finance.faults import Words
from finance.invoice import Kind
from handlers.views.puzzles import PARKED
from handlers.views.tongue import LANGUAGES, Tongue, catalogue
from handlers.views.wordlists import wordlist

SAID = words_in_source.everything()
ENDS = "?!:…."
KINDS = (Kind.BILL, Kind.CLAIM)


def tables() -> Iterator[Words]:
    """Every sentence that is kept side by side in three languages."""
    yield from (words for row in all_explanations() for words in (row.says, row.do))
    yield from (words for pair in PARKED.values() for words in pair)
    for name in ("heads", "fields"):
        yield from wordlist(name).values()


def messages(language: str, kind: Kind) -> list[Message]:
    return [message for message in catalogue(language, kind) if message.id]


def texts(said: object) -> tuple[str, ...]:
    return tuple(said) if isinstance(said, list | tuple) else (str(said),)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_a_sentence_about_invoices_that_is_really_said(language: str, kind: Kind) -> None:
    said = {one for one, _ in SAID.texts} | {words.en for words in tables()}
    assert [texts(m.id)[0] for m in messages(language, kind) if texts(m.id)[0] not in said] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_three_languages_have_the_same_sentences(kind: Kind) -> None:
    known = [[texts(m.id) for m in messages(language, kind)] for language in LANGUAGES]
    assert known[0] == known[1] == known[2]
    assert len(known[0]) == len(set(known[0])) > 80


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_places_marks_and_endings_are_kept(language: str, kind: Kind) -> None:
    for message in messages(language, kind):
        for english, said in zip(texts(message.id), texts(message.string), strict=True):
            assert said, english
            assert places(said) == places(english), said
            assert re.findall(r"`[^`]*`|\*", said) == re.findall(r"`[^`]*`|\*", english)
            assert [c for c in ENDS if english.endswith(c)] == [c for c in ENDS if said.endswith(c)], said
            assert "  " not in said
            if language != "en":
                assert not set(said) & set("“'\""), said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_room(language: str, kind: Kind) -> None:
    found = catalogue(language, kind)
    for text, most in SAID.room:
        message = found.get(text[0])
        for said in texts(message.string) if message else ():
            filled = said.replace("{n}", "999")
            assert len(filled) <= most, f"{filled}: {len(filled)} of {most}"


@pytest.mark.parametrize("kind", KINDS)
def test_it_speaks_of_what_is_bought_and_of_nothing_that_is_sold(kind: Kind) -> None:
    strange = {
        "en": r"(?<!e-)\binvoice|customer|buyer|\bsale|\bsold|seller",
        "fi": r"myyn|asiak|ostajalle|ostajan",
        "sv": r"försälj|\bkund(?!tj|e\b)|säljare|köparens",
    }
    for language, pattern in strange.items():
        told = [(m.id, s) for m in messages(language, kind) for s in texts(m.string) if re.search(pattern, s)]
        assert told == [], language


def test_a_tongue_says_it_and_falls_back_on_what_fits_both() -> None:
    for language, checked in (("en", "3 bills checked"), ("fi", "3 ostolaskua tarkistettu")):
        say = Tongue(language).about(Kind.BILL)
        assert say.n("{n} invoice checked", "{n} invoices checked", 3) == checked
        assert say("Cancel") == Tongue(language)("Cancel")
        assert say.about(Kind.SALES_INVOICE)("Checking the invoices…") == Tongue(language)("Checking the invoices…")
