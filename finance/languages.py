"""The languages Procountor can print an invoice in."""

from __future__ import annotations

from finance.faults import Choice

LANGUAGES = {
    "fi": "suomi / finska / Finnish",
    "sv": "ruotsi / svenska / Swedish",
    "en": "englanti / engelska / English",
    "et": "viro / estniska / Estonian",
    "no": "norja / norska / Norwegian",
    "da": "tanska / danska / Danish",
}

_SPELLINGS = {
    "fi": "fin suomi finnish finska fi-fi",
    "sv": "swe ruotsi swedish svenska sv-fi sv-se se",
    "en": "eng englanti english engelska en-gb en-us gb",
    "et": "est viro eesti estonian estniska ee",
    "no": "nor nob nb nn norja norsk norwegian norska",
    "da": "dan tanska dansk danish danska dk",
}


def find(text: str) -> str:
    """The ISO 639-1 code of the language meant by ``text``; "" when it is none of Procountor's six."""
    wanted = text.strip().casefold().replace("_", "-")
    if wanted in LANGUAGES:
        return wanted
    return next((code for code, words in _SPELLINGS.items() if wanted in words.split()), "")


def choices() -> tuple[Choice, ...]:
    """The six languages, Finland's own first."""
    return tuple(Choice(code, label) for code, label in LANGUAGES.items())
